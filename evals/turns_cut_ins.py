"""Ends of utterances: false cut-ins in pauses, and how soon a finished sentence is known to be one.

Three kinds of material: recordings that pause by themselves; sentences into which pauses of 300 to 800 ms are spliced
inside a clause, filled with the recording's own background or with digital silence; whole sentences and two seconds of
background. Each is heard with words from a recogniser that makes no mistakes (0 and 80 ms after the pause is noticed),
without words, and by the recognisers that come by themselves (Moonshine for English, Whisper base for Chinese), the
turn model listening too; and without that model for comparison. No clock: a frame is 20 ms, and the model answers 60 ms
after it is asked.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from audio.asr.local import LocalRecognizer
from audio.turn.smart_turn import judged
from audio.vad.cascade import CascadeVad
from coach.language import Language, language_for
from coach.live.endpoint import Endpointer, Turn, TurnChange
from coach.live.finish import FinishEvidence
from coach.live.tuning import EndpointTimes
from coach.ports import EAR_FRAME, FRAME_SEC, Hearing, Int16Array, RecognitionHints
from evals.cut_in_case import AFTER_SEC, Case, cases
from evals.own_recognizers import MOONSHINE, WHISPER, own_recognizer
from evals.results import percentiles, rate
from evals.turns import Options, Section

PREROLL_FRAMES = 15
LAGS_MS = {"oracle": 0.0, "oracle_80ms": 80.0, MOONSHINE: 80.0, WHISPER: 230.0}
"""How long after a pause was noticed its words are there: what a final takes on a free core (`bench asr`)."""
ORACLES = ("oracle", "oracle_80ms")
SHIFTS = (-1.0, -0.5, 0.5, 1.0)
"""Log-odds added to every belief, for the curve of cut-ins against delay."""
HEARD_SEC = 0.06
"""How much of a word must have been spoken for a recogniser to know it."""
NO_WORDS = "no_words"
BARE = "_no_model"
"""Ends the names of those who hear without the turn model."""
JUDGED_SEC = 0.06
"""How long after a pause was noticed the turn model's opinion is there: it needs 50 ms of a free core."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the endpointer did with a case."""

    case: str
    kind: str
    half: str
    language: str
    recognizer: str
    cuts: int
    """Gaps in which the utterance was ended."""
    gaps: int
    decision_ms: float | None
    """From the last voiced sample to the end; None: none within `AFTER_SEC`."""
    before: str
    belief: float | None
    """Log-odds at the cut or the end."""
    is_whole: bool = False
    """See `Case`."""
    early: int = 0
    """Ends before the last word of a whole sentence, at whatever gaps its reader made."""


def measure(options: Options) -> Section:
    """Hear everything; deterministic for a seed and a set of recordings."""
    heard = list(cases(options))
    verdicts = [verdict for case in heard for verdict in judge(case)]
    verdicts += asyncio.run(judge_with_own(_thinned(heard)))
    delays = defaultdict(list)
    for verdict in verdicts:
        if verdict.kind == "finished" and verdict.decision_ms is not None:
            delays[f"{verdict.language} {verdict.recognizer}"].append(verdict.decision_ms)
    return Section(
        summarise(verdicts),
        {"verdicts": [asdict(verdict) for verdict in verdicts]},
        {"end of utterance, ms after the last voiced sample": delays},
    )


# --- hearing --------------------------------------------------------------------------------------------------------


class Judge:
    """The turn model over one sound. Hearers who ask the same are told the same: it is computed once."""

    def __init__(self, case: Case) -> None:
        self._pcm = case.pcm
        self._known: dict[tuple[int, int], float] = {}

    def opinion(self, start: float, at: float) -> float:
        """Return the log-odds that an utterance which began at `start` is over at `at`, seconds."""
        first = max(0, round(start / FRAME_SEC) - PREROLL_FRAMES) * EAR_FRAME
        asked = first, round(at / FRAME_SEC) * EAR_FRAME
        if asked not in self._known:
            self._known[asked] = judged(self._pcm[slice(*asked)])
        return self._known[asked]


class Hearer:
    """One endpointer with one recogniser over one sound."""

    def __init__(
        self,
        case: Case,
        recognizer: str,
        times: EndpointTimes,
        judge: Judge | None = None,
        shift: float = 0.0,
        *,
        answers: bool = False,
    ) -> None:
        self._case = case
        self._judge = judge
        self._judged: tuple[float, float] | None = None
        self._language: Language = language_for(case.language)
        self._lag_sec = LAGS_MS[recognizer] / 1000 if recognizer in LAGS_MS else None
        self._times = times
        self._shift = shift
        self._answers = answers
        self._endpointer = Endpointer(times)
        self._evidence = FinishEvidence(case.language)
        self._start = 0.0
        self.asked = 0
        """How often the turn model was asked."""
        self._due: tuple[float, float] | None = None
        self.given: str | None = None
        """What a real recogniser made of the present pause; in its place the transcript's words."""
        self.ends: list[tuple[float, float]] = []
        """Rehearsal seconds and belief of every end."""

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open and not in a pause."""
        return self._endpointer.speaking

    def hear(self, pcm: Int16Array, speech: float, at: float) -> TurnChange | None:
        """Take one frame as the listener does; return what changed."""
        evidence, endpointer = self._evidence, self._endpointer
        evidence.hear(pcm, is_speech=speech >= self._times.keep_threshold)
        self._recognize(at)
        if self._judged is not None and at >= self._judged[0]:
            evidence.learned(self._judged[1])
            self._judged = None
        is_silent = endpointer.open and at - endpointer.last_voiced > 1.5 * FRAME_SEC
        belief = evidence.finished(endpointer.last_voiced) + self._shift if is_silent else None
        is_loud, is_judged = evidence.loudness.is_loud, self._judged is not None
        change = endpointer.hear(speech, at, belief, loud=is_loud, is_judged=is_judged)
        if change is not None:
            self._act(change, at, belief or 0.0)
        if self._judge is not None and is_silent and endpointer.wants_opinion(*self._bounds(), at):
            self._judged = (at + JUDGED_SEC, self._judge.opinion(self._start, at))
            self.asked += 1
        return change

    def _bounds(self) -> tuple[float, float]:
        least, most = self._evidence.bounds(self._endpointer.last_voiced)
        return least + self._shift, most + self._shift

    def _act(self, change: TurnChange, at: float, belief: float) -> None:
        self._due = self._judged = None
        match change.turn:
            case Turn.STARTED:
                self._start = change.start
                self._evidence.begin()
            case Turn.PAUSED:
                if self._lag_sec is not None:
                    self._due = (at + self._lag_sec, change.last_voiced)
            case Turn.RESUMED:
                self._evidence.resumed()
            case Turn.ENDED:
                self.ends.append((at, belief))
            case Turn.DISCARDED:
                pass

    def _recognize(self, at: float) -> None:
        """Give the words said so far once the recogniser would have them."""
        if self._due is None or at < self._due[0]:
            return
        until = self._due[1]
        said = [word.text for word in self._case.words if self._start - 0.2 <= word.start <= until - HEARD_SEC]
        text = (" " if self._case.language == "en" else "").join(said) if self.given is None else self.given
        self._evidence.words(self._language.finished(text, answers=self._answers), until)
        self._due = None


def judge(case: Case, times: EndpointTimes | None = None) -> list[Verdict]:
    """Hear a case with every recogniser that knows its words, and without; each with the turn model and without."""
    times, judge = times or EndpointTimes(), Judge(case)
    names = [*(ORACLES if case.words else ()), NO_WORDS]
    hearers = {name: Hearer(case, name, times, judge) for name in names}
    hearers |= {f"{name}{BARE}": Hearer(case, name, times) for name in names}
    if case.words and case.kind in ("finished", "spliced"):
        hearers |= {f"{ORACLES[0]}{shift:+g}": Hearer(case, ORACLES[0], times, judge, shift) for shift in SHIFTS}
    vad = CascadeVad()
    for number in range(len(case.pcm) // EAR_FRAME):
        pcm = case.pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]
        speech = vad.feed(pcm).speech
        for hearer in hearers.values():
            hearer.hear(pcm, speech, (number + 1) * FRAME_SEC)
    return [verdict_of(case, name, hearer.ends) for name, hearer in hearers.items()]


def _thinned(heard: Sequence[Case]) -> list[Case]:
    """Return the sentences, each with one of its pauses: decoding all takes minutes."""
    kept: dict[tuple[str, str], Case] = {}
    for case in heard:
        if case.kind in ("finished", "spliced"):
            kept.setdefault((case.name.split("@")[0], case.kind), case)
    return list(kept.values())


async def judge_with_own(heard: Sequence[Case]) -> list[Verdict]:
    """Hear cases with the recognisers that come by themselves, general words only; the clock stands still meanwhile."""
    verdicts: list[Verdict] = []
    for language in ("en", "zh"):
        recognizer, hints = own_recognizer(language), RecognitionHints(language)
        if recognizer is None:
            continue
        await recognizer.prepare(hints)
        try:
            verdicts += [await _with_own(case, recognizer, hints) for case in heard if case.language == language]
        finally:
            await recognizer.aclose()
    return verdicts


async def _with_own(case: Case, recognizer: LocalRecognizer[Any], hints: RecognitionHints) -> Verdict:
    hearer, vad = Hearer(case, recognizer.name, EndpointTimes(), Judge(case)), CascadeVad()
    before: deque[Int16Array] = deque(maxlen=PREROLL_FRAMES)
    held: list[Int16Array] = []
    hearing: Hearing | None = None
    for number in range(len(case.pcm) // EAR_FRAME):
        pcm = case.pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]
        change = hearer.hear(pcm, vad.feed(pcm).speech, (number + 1) * FRAME_SEC)
        (held if hearing else before).append(pcm)
        if change and change.turn is Turn.STARTED:
            hearing, held = recognizer.open(hints, lambda _: None), list(before)
        if hearing and hearer.speaking:
            hearing.feed(np.concatenate(held))
            held = []
        if hearing and change and change.turn is Turn.PAUSED:
            hearer.given = (await hearing.final()).text
        if hearing and change and change.turn in (Turn.ENDED, Turn.DISCARDED):
            await hearing.aclose()
            hearing = None
            before.clear()
    if hearing:
        await hearing.aclose()
    return verdict_of(case, recognizer.name, hearer.ends)


def verdict_of(case: Case, recognizer: str, ends: Sequence[tuple[float, float]]) -> Verdict:
    """Return what the ends that a hearer told come to, each with the belief at which it came."""
    cut = [belief for low, high in case.gaps for at, belief in ends if low < at <= high]
    last = [(at, belief) for at, belief in ends if at > case.end - 0.1] if case.kind == "finished" else []
    return Verdict(
        case.name,
        case.kind,
        case.half,
        case.language,
        recognizer,
        cuts=sum(any(low < at <= high for at, _ in ends) for low, high in case.gaps),
        gaps=len(case.gaps),
        decision_ms=round((last[0][0] - case.end) * 1000, 1) if last else None,
        before=case.before,
        belief=round(last[0][1] if last else cut[0], 2) if last or cut else None,
        is_whole=case.is_whole,
        early=sum(at <= case.end - 0.1 for at, _ in ends) if case.kind == "finished" else 0,
    )


# --- figures --------------------------------------------------------------------------------------------------------


def summarise(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the figures under the benchmark's stable keys."""
    with_words = [verdict for verdict in verdicts if verdict.recognizer == "oracle"]
    return {
        "false_cut_in_rate": _cut_rate([v for v in with_words if v.kind == "spliced"]),
        "natural_cut_in_rate": _cut_rate([v for v in with_words if v.kind == "natural"]),
        "decision_ms": _delays(with_words),
        "decision_whole_ms": _delays([v for v in with_words if v.is_whole]),
        "ended_early_rate": _early_rate(with_words),
        "cut_ins": {
            half: _by(
                [v for v in verdicts if v.half == half and v.recognizer.removesuffix(BARE) in (*LAGS_MS, NO_WORDS)],
                lambda verdict: f"{verdict.language}_{verdict.recognizer}",
            )
            for half in "ab"
        },
        "cut_ins_against_delay": {
            name: _trade([v for v in verdicts if v.recognizer == name])
            for name in sorted({v.recognizer for v in verdicts if _is_curve(v.recognizer)})
        },
    }


def _is_curve(recognizer: str) -> bool:
    return recognizer in (ORACLES[0], ORACLES[0] + BARE) or recognizer.startswith((f"{ORACLES[0]}+", f"{ORACLES[0]}-"))


def _trade(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    delays = _delays(verdicts)
    return {
        "false_cut_in_rate": _cut_rate([v for v in verdicts if v.kind == "spliced"]),
        "p50": delays["p50"],
        "p95": delays["p95"],
    }


def _by(verdicts: Sequence[Verdict], key: Callable[[Verdict], str]) -> dict[str, Any]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[key(verdict)].append(verdict)
    return {
        name: {
            "false_cut_in_rate": _cut_rate([v for v in group if v.kind == "spliced"]),
            "pauses": sum(v.gaps for v in group if v.kind == "spliced"),
            "natural_cut_in_rate": _cut_rate([v for v in group if v.kind == "natural"]),
            "natural_pauses": sum(v.gaps for v in group if v.kind == "natural"),
            "between_sentences_rate": _cut_rate([v for v in group if v.kind == "between"]),
            "between_sentences": sum(v.gaps for v in group if v.kind == "between"),
            "decision_ms": _delays(group),
        }
        for name, group in sorted(groups.items())
    }


def _cut_rate(verdicts: Sequence[Verdict]) -> float | None:
    return rate(sum(v.cuts for v in verdicts), sum(v.gaps for v in verdicts))


def _early_rate(verdicts: Sequence[Verdict]) -> float | None:
    """Return the share of finished sentences that were ended before their last word."""
    finished = [v for v in verdicts if v.kind == "finished"]
    return rate(sum(v.early > 0 for v in finished), len(finished))


def _delays(verdicts: Sequence[Verdict]) -> dict[str, float | int | None]:
    ended = [v for v in verdicts if v.kind == "finished"]
    found = percentiles([v.decision_ms if v.decision_ms is not None else AFTER_SEC * 1000 for v in ended])
    return {**found, "later_than_1500": sum(v.decision_ms is None or v.decision_ms > 1500 for v in ended)}
