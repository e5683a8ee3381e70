"""How often viewers are asked, welcomed and told to order, and what is said too often. Counts by the rules of §3.4."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

from coach.language import Language, language_for
from coach.room.heard import flatten
from coach.room.sheet import Sheet
from coach.score.structure import Structure, Turn
from coach.score.structure_pack import structure_pack
from coach.score.timeline import Timeline

PROMPT_SEC = 180.0
"""Longest stretch without asking viewers for anything (every 2 to 3 min)."""
WELCOME_SEC = 120.0
"""Longest stretch without welcoming those who just came (every 1 to 2 min)."""
CALLS_CLOSE = 1.0
"""Calls to order a minute, at least, while closing."""
CALLS_EXPLAIN = 0.5
"""Calls to order a minute, at most, while explaining."""
LINKS_CLOSE = 2
"""Times the link's number is said while closing, at least."""
QUICK_SEC = 60.0
QUICK_POINTS = 2
"""A product is given this long and this many points before the next one comes (quick-pass guard)."""
_OVERUSED_SHARE = 0.25
_OVERUSED_PER_MIN = 6.0
"""A phrase is overused in more than a quarter of the utterances, or said more than six times a minute."""
_OVERUSED_FROM = 4
"""Utterances from which a phrase can be overused at all."""
_MOST_IN_ONE = 2
"""Times that a phrase is said in one utterance, at most, when it is looked at."""
_WORDS = {"zh": 4, "en": 3}
"""Length of a stretch that is looked for again: characters, words."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest stretch without something."""

    sec: float
    start: float
    turn: Turn | None
    """The utterance in it, or before it, where it can be heard."""


@dataclass(frozen=True, slots=True)
class Overused:
    """A phrase that is said too often."""

    words: str
    count: int
    turns: list[Turn]
    share: float
    """Of the utterances."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls to order in some stages."""

    calls: int
    minutes: float

    @property
    def per_minute(self) -> float | None:
        """Calls a minute; None under half a minute."""
        return round(self.calls / self.minutes, 2) if self.minutes >= 0.5 else None


@dataclass(frozen=True, slots=True)
class QuickPass:
    """The first turn to another product, and how much this one was given before it."""

    turn: Turn
    sec: float | None
    points: int

    @property
    def is_too_quick(self) -> bool:
        """Whether less was given than the platforms ask for."""
        return self.points < QUICK_POINTS or (self.sec is not None and self.sec < QUICK_SEC)


def longest_gap(structure: Structure, kind: str, timeline: Timeline) -> Gap:
    """Return the longest stretch without a wording of this kind, from the start to the end."""
    begin = structure.turns[0].spoken.start if structure.turns else 0.0
    marks = [turn for turn in structure.turns if turn.hits[kind]]
    edges: list[tuple[float, Turn | None]] = [(begin, None), *((turn.spoken.start, turn) for turn in marks)]
    ends = [*(turn.spoken.start for turn in marks), timeline.end]
    gaps = [(end - start, start) for (start, _), end in zip(edges, ends, strict=True)]
    sec, start = max(gaps, default=(0.0, begin))
    middle = next((turn for turn in structure.turns if turn.spoken.start >= start + sec / 2), None)
    return Gap(max(0.0, sec), start, middle or (structure.turns[-1] if structure.turns else None))


def call_rate(structure: Structure, phase: str) -> Rate:
    """Return calls to order and the time spent in a phase (`explain`, `close`)."""
    inside = [turn for turn in structure.turns if turn.phase == phase]
    seconds = sum(max(0.0, turn.until - turn.spoken.start) for turn in inside)
    return Rate(sum(turn.calls for turn in inside), seconds / 60)


def links_said(structure: Structure) -> int:
    """Return how many closing utterances say the number of the link."""
    return sum(turn.phase == "close" and turn.has("link_number") for turn in structure.turns)


def quick_pass(structure: Structure, timeline: Timeline) -> QuickPass | None:
    """Return the first turn to another product, if there is one."""
    turns = structure.turns
    at = next((index for index, turn in enumerate(turns) if index and turn.hits["switch"]), None)
    if at is None:
        return None
    points: set[str] = set().union(*(turn.points for turn in turns[: at + 1]))
    sec = turns[at].spoken.start - turns[0].spoken.start if timeline.is_timed else None
    return QuickPass(turns[at], sec, len(points))


def overused(structure: Structure, sheet: Sheet, language: Language, minutes: float | None) -> Overused | None:
    """Return the phrase that is most overused, if any: a stock phrase, or a stretch that comes again and again."""
    turns = structure.turns
    if len(turns) < _OVERUSED_FROM:
        return None
    flats = [flatten(turn.spoken.text, language) for turn in turns]
    counts: Counter[str] = Counter()
    for flat in flats:
        counts.update(_phrases(flat, language))
    least = min(_OVERUSED_FROM, max(2.0, _OVERUSED_PER_MIN * (minutes or 0) / _MOST_IN_ONE))
    counts = Counter({words: many for words, many in counts.items() if many >= least and not _is_own(words, sheet)})
    said = {phrase: sum(flat.count(phrase) for flat in flats) for phrase in counts}
    worst = [
        (many / len(turns), phrase)
        for phrase, many in counts.items()
        if many >= _OVERUSED_FROM and many / len(turns) > _OVERUSED_SHARE
    ]
    if minutes:
        worst += [
            (count / minutes / 24, phrase) for phrase, count in said.items() if count / minutes > _OVERUSED_PER_MIN
        ]
    if not worst:
        return None
    _, phrase = max(worst, key=lambda item: (item[0], len(item[1]), item[1]))
    where = [turn for turn, flat in zip(turns, flats, strict=True) if phrase in flat]
    return Overused(phrase.strip(), said.get(phrase, len(where)), where, len(where) / len(turns))


def _phrases(flat: str, language: Language) -> set[str]:
    """Return stock phrases and stretches of an utterance."""
    stock = _stock(language.code)
    listed = {phrase for phrase in _formulas(language.code) if phrase in flat}
    size = _WORDS[language.code]
    if language.code == "zh":
        return listed | {flat[at : at + size] for at in range(len(flat) - size + 1) if flat[at : at + 2] not in stock}
    words = flat.split()
    runs = [words[at : at + size] for at in range(len(words) - size + 1)]
    return listed | {f" {' '.join(run)} " for run in runs if sum(word in stock for word in run) < size - 1}


@cache
def _stock(code: str) -> frozenset[str]:
    return frozenset(structure_pack(code).stock)


@cache
def _formulas(code: str) -> tuple[str, ...]:
    return tuple(flatten(formula, language_for(code)) for formula in structure_pack(code).formulas)


def _is_own(part: str, sheet: Sheet) -> bool:
    """Return whether a stretch holds words of the product sheet or a figure."""
    pieces = part.split() if " " in part else (part,)
    return any(f" {piece} " in sheet.own_text if " " in part else piece in sheet.own_text for piece in pieces) or any(
        char.isdigit() or char in _FIGURES for char in part
    )


_FIGURES = frozenset("一二三四五六七八九十百千万零两")
