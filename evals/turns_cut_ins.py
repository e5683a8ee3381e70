"""Ends of utterances: false cut-ins in pauses, and how soon a finished sentence is known to be one.

Three kinds of material: recordings that pause by themselves; sentences into which pauses of 300 to 800 ms are spliced
inside a clause, filled with the recording's own background or with digital silence; whole sentences and two seconds of
background. Each is heard with words from a recogniser that makes no mistakes (0 and 80 ms after the pause is noticed),
without words, and by pocketsphinx (English). No clock: a frame is 20 ms.
"""

from __future__ import annotations

import itertools
import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from audio.vad.cascade import CascadeVad
from coach.language import Language, language_for
from coach.live.endpoint import Endpointer, Turn
from coach.live.finish import FinishEvidence
from coach.live.tuning import EndpointTimes
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, Int16Array
from evals.recordings import Recording
from evals.results import percentiles, rate
from evals.sound import active_rms, voiced_span
from evals.turns import Options, Section
from evals.word_times import SpokenWord, spoken_words

SPLICES = 3
"""Pauses tried in one sentence, each in a copy of its own."""
PAUSE_SEC = (0.3, 0.8)
FADE_SEC = 0.005
QUIET_DB = 25.0
"""A recording's quietest part is its background if it lies so far under its voice."""
AFTER_SEC = 2.0
LONGEST_SEC = 16.0
"""Longer recordings are talks, not sentences."""
NATURAL_SEC = (0.2, 1.0)
"""Gaps in recordings that pause by themselves which count: longer ones no loop can wait for."""
OPENERS = frozenset(
    [
        "and",
        "but",
        "or",
        "so",
        "because",
        "if",
        "when",
        "while",
        "although",
        "though",
        "which",
        "who",
        "where",
        "unless",
        "nor",
        "yet",
        "said",
    ]
)
"""English words that begin a clause: a pause before one is not inside a clause."""
LAGS_MS = {"oracle": 0.0, "oracle_80ms": 80.0}
HEARD_SEC = 0.06
"""How much of a word must have been spoken for a recogniser to know it."""
NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True)
class Case:
    """Sound, what is said in it, and the gap in it that is no end."""

    name: str
    kind: str
    """`spliced`, `natural` or `finished`."""
    half: str
    language: str
    pcm: Int16Array
    words: tuple[SpokenWord, ...]
    gaps: tuple[tuple[float, float], ...] = ()
    """Seconds in which no end may fall."""
    end: float = 0.0
    """Last voiced sample."""
    before: str = ""
    """Words before the gap."""


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


def measure(options: Options) -> Section:
    """Hear everything; deterministic for a seed and a set of recordings."""
    verdicts = [verdict for case in cases(options) for verdict in judge(case)]
    delays = defaultdict(list)
    for verdict in verdicts:
        if verdict.kind == "finished" and verdict.decision_ms is not None:
            delays[f"{verdict.language} {verdict.recognizer}"].append(verdict.decision_ms)
    return Section(
        summarise(verdicts),
        {"verdicts": [asdict(verdict) for verdict in verdicts]},
        {"end of utterance, ms after the last voiced sample": delays},
    )


# --- material -------------------------------------------------------------------------------------------------------


def cases(options: Options) -> Iterator[Case]:
    """Yield every case of the recordings."""
    taken = 0
    for recording in options.recordings:
        if recording.language not in ("zh", "en") or recording.tags & {"whisper", "breath", "conversation"}:
            continue
        pcm = recording.read()
        words = tuple(spoken_words(recording, pcm))
        natural = recording.tags & {"pause", "endpoint"}
        if natural:
            yield from _natural(recording, pcm, words)
        if len(pcm) / EAR_RATE_HZ <= LONGEST_SEC and words and not natural and "filler" not in recording.tags:
            yield _finished(recording, pcm, words)
            yield from _spliced(recording, pcm, words, options.seed)
        taken += 1
        if options.limit is not None and taken >= options.limit:
            return


def _natural(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...]) -> Iterator[Case]:
    gaps = tuple(gap for gap in quiet_gaps(pcm) if NATURAL_SEC[0] <= gap[1] - gap[0] <= NATURAL_SEC[1])
    if gaps:
        yield Case(recording.name, "natural", recording.half, recording.language, pcm, words, gaps)


def _finished(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...]) -> Case:
    end = acoustic_end(pcm)
    missing = round((end + AFTER_SEC) * EAR_RATE_HZ) - len(pcm)
    whole = _joined(pcm, background(pcm, missing)) if missing > 0 else pcm
    return Case(recording.name, "finished", recording.half, recording.language, whole, words, end=end)


def acoustic_end(pcm: Int16Array) -> float:
    """Return where the last voiced 5 ms block ends; what the detector has let go of before is no voice."""
    vad = CascadeVad()
    frames = range(len(pcm) // EAR_FRAME)
    voiced = [number for number in frames if vad.feed(pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]).speech >= 0.5]
    return voiced_span(pcm[: (voiced[-1] + 1) * EAR_FRAME] if voiced else pcm)[1]


def _spliced(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...], seed: int) -> Iterator[Case]:
    dice = random.Random(seed * 1_000_003 + zlib.crc32(recording.name.encode()))
    places = [number for number in range(1, len(words) - 1) if inside_clause(words, number)]
    for number in sorted(dice.sample(places, min(SPLICES, len(places)))):
        pause = round(dice.uniform(*PAUSE_SEC), 2)
        digital = dice.random() < 0.5
        yield splice(recording, pcm, words, number, pause, digital=digital)


def inside_clause(words: Sequence[SpokenWord], number: int) -> bool:
    """Return whether after word `number` the clause goes on, and without a pause of its own."""
    here, after = words[number], words[number + 1]
    return not here.closes and after.text not in OPENERS and after.start - here.end < 0.12


def splice(
    recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...], number: int, pause: float, *, digital: bool
) -> Case:
    """Return a sentence with a pause after word `number`."""
    at = words[number].end
    sample, size = round(at * EAR_RATE_HZ), round(pause * EAR_RATE_HZ)
    filling = np.zeros(size, np.int16) if digital else background(pcm, size)
    whole = _joined(_joined(pcm[:sample], filling), pcm[sample:])
    moved = tuple(
        word if index <= number else SpokenWord(word.text, word.start + pause, word.end + pause, word.closes)
        for index, word in enumerate(words)
    )
    before = (" " if recording.language == "en" else "").join(word.text for word in words[: number + 1])
    name = f"{recording.name}@{at:.2f}+{pause:.2f}{'d' if digital else 'b'}"
    return Case(name, "spliced", recording.half, recording.language, whole, moved, ((at, at + pause),), before=before)


def background(pcm: Int16Array, size: int) -> Int16Array:
    """Return the quietest 100 ms of a recording, played to and fro until long enough.

    A recording cut close has no background; a hiss 50 dB under its voice stands for it.
    """
    width = EAR_RATE_HZ // 10
    starts = range(0, max(1, len(pcm) - width), width // 4)
    levels = [float(np.square(pcm[start : start + width], dtype=np.float64).mean()) for start in starts]
    quiet = pcm[starts[int(np.argmin(levels))] :][:width]
    if min(levels) > active_rms(pcm) ** 2 / 10 ** (QUIET_DB / 10):
        hiss = np.random.default_rng(1).normal(0.0, active_rms(pcm) / 10 ** (50 / 20), size)
        return hiss.astype(np.int16)
    loop = np.concatenate((quiet, quiet[::-1]))
    return np.resize(loop, size).astype(np.int16)


def _joined(left: Int16Array, right: Int16Array) -> Int16Array:
    """Join with a short fade out and in: no sample is lost, no click is made."""
    size = min(round(FADE_SEC * EAR_RATE_HZ), len(left), len(right))
    if not size:
        return np.concatenate((left, right))
    ramp = np.linspace(1.0, 0.0, size)
    faded, rising = left.copy(), right.copy()
    faded[-size:] = (left[-size:] * ramp).astype(np.int16)
    rising[:size] = (right[:size] * ramp[::-1]).astype(np.int16)
    return np.concatenate((faded, rising))


def quiet_gaps(pcm: Int16Array) -> list[tuple[float, float]]:
    """Return stretches inside the speech in which no 20 ms frame comes near its level (30 dB under the loudest)."""
    frames = pcm[: len(pcm) - len(pcm) % EAR_FRAME].reshape(-1, EAR_FRAME).astype(np.float64)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = np.flatnonzero(level > max(np.quantile(level, 0.1) * 2.5, np.quantile(level, 0.98) / 30))
    return [((left + 1) * FRAME_SEC, right * FRAME_SEC) for left, right in itertools.pairwise(loud) if right > left + 1]


# --- hearing --------------------------------------------------------------------------------------------------------


class Hearer:
    """One endpointer with one recogniser over one sound."""

    def __init__(self, case: Case, recognizer: str, times: EndpointTimes) -> None:
        self._case = case
        self._language: Language = language_for(case.language)
        self._lag_sec = LAGS_MS[recognizer] / 1000 if recognizer in LAGS_MS else None
        self._times = times
        self._endpointer = Endpointer(times)
        self._evidence = FinishEvidence()
        self._start = 0.0
        self._due: tuple[float, float] | None = None
        self.ends: list[tuple[float, float]] = []
        """Rehearsal seconds and belief of every end."""

    def hear(self, pcm: Int16Array, speech: float, at: float) -> None:
        """Take one frame as the listener does."""
        evidence, endpointer = self._evidence, self._endpointer
        evidence.hear(pcm, is_speech=speech >= self._times.keep_threshold)
        self._recognize(at)
        is_silent = endpointer.open and at - endpointer.last_voiced > 1.5 * FRAME_SEC
        belief = evidence.finished(endpointer.last_voiced) if is_silent else None
        change = endpointer.hear(speech, at, belief, loud=evidence.loudness.is_loud)
        if change is None:
            return
        self._due = None
        if change.turn is Turn.STARTED:
            self._start = change.start
            evidence.begin()
        elif change.turn is Turn.PAUSED and self._lag_sec is not None:
            self._due = (at + self._lag_sec, change.last_voiced)
        elif change.turn is Turn.ENDED:
            self.ends.append((at, belief or 0.0))

    def _recognize(self, at: float) -> None:
        """Give the words said so far once the recogniser would have them."""
        if self._due is None or at < self._due[0]:
            return
        until = self._due[1]
        said = [word.text for word in self._case.words if self._start - 0.2 <= word.start <= until - HEARD_SEC]
        text = (" " if self._case.language == "en" else "").join(said)
        self._evidence.words(self._language.finished(text), until)
        self._due = None


def judge(case: Case, times: EndpointTimes | None = None) -> list[Verdict]:
    """Hear a case with every recogniser that knows its words, and without."""
    times = times or EndpointTimes()
    names = [*(LAGS_MS if case.words else ()), NO_WORDS]
    hearers = {name: Hearer(case, name, times) for name in names}
    vad = CascadeVad()
    for number in range(len(case.pcm) // EAR_FRAME):
        pcm = case.pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]
        speech = vad.feed(pcm).speech
        for hearer in hearers.values():
            hearer.hear(pcm, speech, (number + 1) * FRAME_SEC)
    return [_verdict(case, name, hearer.ends) for name, hearer in hearers.items()]


def _verdict(case: Case, recognizer: str, ends: Sequence[tuple[float, float]]) -> Verdict:
    cut = [
        belief for low, high in case.gaps for at, belief in ends[:1] if case.kind == "spliced" and low < at <= high
    ] or [belief for low, high in case.gaps for at, belief in ends if low < at <= high]
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
    )


# --- figures --------------------------------------------------------------------------------------------------------


def summarise(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the figures under the benchmark's stable keys."""
    with_words = [verdict for verdict in verdicts if verdict.recognizer == "oracle"]
    return {
        "false_cut_in_rate": _cut_rate([v for v in with_words if v.kind == "spliced"]),
        "natural_cut_in_rate": _cut_rate([v for v in with_words if v.kind == "natural"]),
        "decision_ms": _delays(with_words),
        "cut_ins": {
            half: _by(
                [verdict for verdict in verdicts if verdict.half == half],
                lambda verdict: f"{verdict.language}_{verdict.recognizer}",
            )
            for half in "ab"
        },
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
            "decision_ms": _delays(group),
        }
        for name, group in sorted(groups.items())
    }


def _cut_rate(verdicts: Sequence[Verdict]) -> float | None:
    return rate(sum(v.cuts for v in verdicts), sum(v.gaps for v in verdicts))


def _delays(verdicts: Sequence[Verdict]) -> dict[str, float | int | None]:
    ended = [v for v in verdicts if v.kind == "finished"]
    found = percentiles([v.decision_ms if v.decision_ms is not None else AFTER_SEC * 1000 for v in ended])
    return {**found, "later_than_1500": sum(v.decision_ms is None or v.decision_ms > 1500 for v in ended)}
