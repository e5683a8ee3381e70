"""A scorecard's numbers worked out again from a log, the slow way: on a grid of 0.1 ms, with nothing of `coach.score`.

What is known to be stated elsewhere is written here once more: the bands of the pack, the formulas of the report.
Word lists are read from the language pack, as data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

TICKS = 10_000
"""A second; every time in a log is a multiple of one."""
BANDS = {"hook": ((150, 185), (130, 205)), "explain": ((135, 175), (115, 195))}
"""Words a minute by stage: green, amber."""
WEIGHTS = {"P0": 2.0, "P1": 1.0, "P2": 0.5}
SHARES = {"hit": 1.0, "partial": 0.5, "miss": 0.0, "misstated": 0.0}

Mask = npt.NDArray[np.bool_]
Span = tuple[float, float]
PACK = yaml.safe_load(
    (Path(__file__).parents[2] / "coach" / "language" / "packs" / "en.yaml").read_text(encoding="utf-8")
)


@dataclass
class Moment:
    """One pressure event."""

    seq: int
    at: float
    cut_off: bool = False
    start: float | None = None
    """Where a line said aloud begins."""


@dataclass
class Result:
    """What became of it."""

    talking: bool
    latency: float | None
    back: float | None
    has_room: bool
    """Whether there was time to react before the next event or the end."""
    until: float


def ticks(sec: float) -> int:
    return round(sec * TICKS)


class ByHand:
    """One log and the stretches of voice in its recording."""

    def __init__(self, log: Path, voice: Iterable[Span]) -> None:
        self.records = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        self.utterances = sorted(
            (dict(event, seq=record["seq"]) for record, event in self.of("utterance_heard")), key=lambda u: u["start"]
        )
        self.end: float = max([self.records[-1]["at"], *(utterance["end"] for utterance in self.utterances)])
        self.voice = list(voice)
        spoken = self.mask((said["start"], said["end"]) for said in self.utterances if said["text"].strip())
        self.worded = [span for span in self.voice if spoken[ticks(span[0]) : ticks(span[1])].mean() >= 0.5]
        self.viewers = self.mask((event["start"], event["end"]) for _, event in self.of("line_voiced"))
        self.dead_air = list(self._dead_air())

    def of(self, kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return records of a type with their events."""
        return [(record, record["event"]) for record in self.records if record["event"]["type"] == kind]

    def mask(self, spans: Iterable[Span]) -> Mask:
        """Return the grid, true inside the spans."""
        grid = np.zeros(ticks(self.end), bool)
        for start, end in spans:
            grid[ticks(start) : ticks(end)] = True
        return grid

    # --- pacing -------------------------------------------------------------------------------------------------

    def _dead_air(self) -> Iterable[Span]:
        """Silences of 3 s and more that nothing excuses."""
        after_pressure = [(moment.at, min(moment.at + 3, self.end)) for moment in self.pressure()]
        silent = ~(self.mask(self.voice) | self.viewers | self.mask([(0, 5), *after_pressure]))
        edges = np.flatnonzero(np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8)))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start >= 3 * TICKS:
                yield start / TICKS, end / TICKS

    def windows(self) -> list[tuple[Span, float | None, float | None]]:
        """Windows of 30 s, one every 10 s, with speaking and articulation rate."""
        count = int((self.end - 30) // 10) + 1 if self.end > 30 else 0
        spans = [(10.0 * step, 10.0 * step + 30) for step in range(count)] or [(0.0, self.end)]
        units, known = self._units(), self.mask(self.worded)
        unknown = self.mask(self.voice) & ~known
        return [(span, *self._rates(span, units, known, self.viewers | unknown)) for span in spans]

    def _rates(
        self, span: Span, units: npt.NDArray[np.float64], known: Mask, away: Mask
    ) -> tuple[float | None, float | None]:
        here = slice(ticks(span[0]), ticks(span[1]))
        said, voiced = units[here].sum(), known[here].sum() / TICKS
        if voiced < 5 or said == 0:
            return None, None
        inside = np.flatnonzero(known[here])
        between = ~away[here][inside[0] : inside[-1] + 1]
        return 60 * said / max(between.sum() / TICKS, voiced), 60 * said / voiced

    def _units(self) -> npt.NDArray[np.float64]:
        """Words, each spread over the time it took."""
        grid = np.zeros(ticks(self.end) + 1)
        for utterance in self.utterances:
            for word in utterance["words"]:
                first, last = ticks(word["start"]), ticks(word["end"])
                grid[first : max(last, first + 1)] += count_words(word["text"]) / max(last - first, 1)
        return grid

    def pacing(self) -> float | None:
        """50% rate, 25% dead air, 25% fillers; None under 20 s of speech."""
        rated = [(span, rate) for span, rate, _ in self.windows() if rate is not None]
        if sum(end - start for start, end in self.voice) < 20 or not rated:
            return None
        judged = [item for item in rated if not self._is_silenced(*item)] or rated
        fit = float(sum(self._fit(*item) for item in judged) / len(judged))
        points = sum(10 if sec < 5 else 20 if sec < 8 else 30 for sec in self.dead_air_sec())
        dead_air = max(0.0, 1 - points / 100 * 300 / max(120.0, float(self.end)))
        fillers = min(1.0, max(0.0, (8 - self.fillers_per_min()) / 6))
        return 100 * (0.5 * fit + 0.25 * dead_air + 0.25 * fillers)

    def dead_air_sec(self) -> list[float]:
        """Lengths of the silences."""
        return [end - start for start, end in self.dead_air]

    def band(self, span: Span) -> tuple[Span, Span]:
        """Green and amber of the stage in the window's middle."""
        middle = sum(span) / 2
        return BANDS[next(event["name"] for record, event in self.of("stage_entered")[::-1] if record["at"] <= middle)]

    def _is_silenced(self, span: Span, rate: float) -> bool:
        silent = sum(max(0.0, min(end, span[1]) - max(start, span[0])) for start, end in self.dead_air)
        return rate < self.band(span)[0][0] and silent >= 3

    def _fit(self, span: Span, rate: float) -> float:
        green, amber = self.band(span)
        if rate < green[0]:
            return max(0.0, 1 - 0.5 * (green[0] - rate) / (green[0] - amber[0]))
        return max(0.0, 1 - 0.5 * (rate - green[1]) / (amber[1] - green[1])) if rate > green[1] else 1.0

    def fillers(self) -> int:
        """Words that carry nothing, by the lists of the pack."""
        return sum(count_fillers(utterance["words"]) for utterance in self.utterances)

    def fillers_per_min(self) -> float:
        """Against speech whose words are known."""
        return 60.0 * self.fillers() / sum(end - start for start, end in self.worded)

    # --- composure ----------------------------------------------------------------------------------------------

    def pressure(self) -> list[Moment]:
        """Lines and changes marked as pressure, each at its end."""
        found = [Moment(record["seq"], record["at"]) for record, event in self.of("line_posted") if event["pressure"]]
        found += [Moment(record["seq"], record["at"]) for record, event in self.of("room_changed") if event["pressure"]]
        ends = {event["line_id"]: event for _, event in self.of("line_voiced")}
        for record, event in self.of("line_voicing"):
            if event["pressure"]:
                over = ends[event["line_id"]]
                by_streamer = over["cut_off"] and over.get("cut_by") in (None, "streamer")
                found.append(Moment(record["seq"], over["end"], by_streamer, over["start"]))
        return sorted(found, key=lambda moment: (moment.at, moment.seq))

    def reactions(self, marks: list[float]) -> list[Result]:
        """What followed each event; `marks` are the moments on the selling thread."""
        events = self.pressure()
        ends = [event.at if event.start is None else event.start for event in events[1:]] + [self.end]
        ends = [max(event.at, end) for event, end in zip(events, ends, strict=True)]
        return [self._reaction(event, until, marks) for event, until in zip(events, ends, strict=True)]

    def _reaction(self, event: Moment, until: float, marks: list[float]) -> Result:
        talking = self._was_talking(event)
        answers = [
            utterance["start"]
            for utterance in self.utterances
            if utterance["start"] >= event.at - 0.3 or event.at < (utterance["start"] + utterance["end"]) / 2
        ]
        latency = max(0.0, answers[0] - event.at) if answers and not talking else None
        early = 1.0 if event.cut_off else 0.3
        back = min((max(0.0, mark - event.at) for mark in marks if mark >= event.at - early), default=None)
        reacted = back if talking else latency
        has_room = until - event.at >= 8 or (reacted is not None and event.at + reacted < until)
        return Result(talking, latency, back, has_room, until - event.at)

    def _was_talking(self, event: Moment) -> bool:
        """Speech on both sides of the event, its utterances at most 0.3 s apart."""
        talk = [(utterance["start"], utterance["end"]) for utterance in self.utterances]
        bridges = [(left[1], right[0]) for left, right in pairwise(talk)]
        grid = self.mask([*talk, *(bridge for bridge in bridges if bridge[1] - bridge[0] <= 0.3)])
        before, after = (0.0001, 0.0) if event.cut_off else (0.3001, 1.0)
        first, last = ticks(max(0.0, event.at - before)), min(ticks(event.at + after), len(grid) - 1)
        return bool(grid[first : last + 1].all())

    def cue_times(self, prices: Iterable[str]) -> list[float]:
        """When words of the stage or the price were said."""
        cues = "|".join(re.escape(cue) for cue in (*PACK["stage_cues"], *PACK["price_cues"], *prices))
        return [
            moment_of(utterance, found.start())
            for utterance in self.utterances
            for found in re.finditer(rf"\b(?:{cues})\b", utterance["text"])
        ]

    def time_of(self, seq: int, offset: int) -> float:
        """When the word at a character of an utterance was said."""
        return moment_of(next(utterance for utterance in self.utterances if utterance["seq"] == seq), offset)


def return_points(back: float | None, calm: dict[str, Any] | None) -> float:
    """Points of a return against the own calm: full within one spread, none from 3.5 of them."""
    if back is None:
        return 0.0
    centre = 5.0 if calm is None else min(10.0, calm["median"])
    spread = max(10.0, 1.4826 * calm["mad"] if calm is not None and calm["n"] >= 4 else 0.0)
    return float(100 * (1 - min(1.0, max(0.0, ((back - centre) / spread - 1) / 2.5))))


def weighed(features: list[dict[str, Any]]) -> float:
    """Weighted mean of what was measured; a slip caps it at 40."""
    counted = [(row["score"], row["weight"]) for row in features if row["score"] is not None and row["weight"]]
    score = sum(points * weight for points, weight in counted) / sum(weight for _, weight in counted)
    slipped = any(row["id"] == "language" and row["score"] == 0 for row in features)
    return float(min(score, 40.0) if slipped else score)


def median_score(cards: list[dict[str, Any]]) -> float | None:
    """Median of the scored events, None under three."""
    scores = [card["score"] for card in cards if card["score"] is not None]
    return float(median(scores)) if len(scores) >= 3 else None


def moment_of(utterance: dict[str, Any], offset: int) -> float:
    """When the word that begins at a character was said; the text is its words with one space between."""
    place = 0
    for word in utterance["words"]:
        if place + len(word["text"]) > offset:
            return float(word["start"])
        place += len(word["text"]) + 1
    raise AssertionError(f"no word at {offset} of {utterance['text']!r}")


def count_words(text: str) -> int:
    assert not re.search(r"\d", text), "the recogniser spells numbers out"
    return len(re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower()))


def count_fillers(words: list[dict[str, Any]]) -> int:
    """Fillers of one utterance without punctuation, "and then" (which counts in series) left out."""
    lists, texts = PACK["fillers"], [word["text"].lower() for word in words]
    filler = [text in lists["filled"] or (len(texts) == 1 and text in lists["filled_isolated"]) for text in texts]
    count = sum(filler)
    for phrase in (*lists["always"], *lists["not_after"]):
        for at in range(len(texts) - len(phrase.split()) + 1):
            after = at + len(phrase.split())
            if " ".join(texts[at:after]) == phrase and not _keeps_meaning(phrase, texts[:at], texts[after:]):
                filler[at:after] = [True] * (after - at)
                count += 1
    sure = list(filler)
    for at, text in enumerate(texts):
        beside = (at > 0 and sure[at - 1]) or (at + 1 < len(texts) and sure[at + 1])
        doubled = text == "like" and texts[at + 1 : at + 2] == ["like"]
        paused = at + 1 < len(texts) and words[at + 1]["start"] - words[at]["end"] >= 0.2
        count += text in lists["positional"] and (beside or doubled or paused)
    return count


def _keeps_meaning(phrase: str, before: list[str], after: list[str]) -> bool:
    lists = PACK["fillers"]
    heads = any(f" {' '.join(before)}".endswith(f" {word}") for word in lists["not_after"].get(phrase, ()))
    return heads or any(f"{' '.join(after)} ".startswith(f"{word} ") for word in lists["not_before"].get(phrase, ()))
