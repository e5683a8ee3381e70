"""Selling points read by the learned reader in the utterances that are likeliest about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.fuzz import partial_ratio

from coach.language.clause import Clause, are_compared, read_clauses
from coach.language.reader.asked import Asked, PointRead, Said
from coach.language.reader.reader import reader
from coach.room.sheet import Sheet
from coach.scenario.model import SellingPoint
from coach.score.about import Array, about, of_others
from coach.score.sightings import Turn

MOST = 5
"""Utterances read for one point, however long the rehearsal: the likeliest ones; reading more found no more."""
LEAST = -2.6
"""Up to these log-odds that it is about a point only the likeliest utterance is read for it: two are, on average."""
_ROOM = {"zh": 50, "en": 160}
"""Characters of an utterance that are read; of a longer one the clauses around the closest: amid much chat the reader
overlooks small words."""

_ALIKE = 60
"""How much of a title must stand in the statement, of 100, for the statement to say it."""
_COMMA = {"zh": "，", "en": ", "}
CONTRADICTS, ASSERTS = 0.9, 0.7
"""From how likely on words alone are taken to contradict a point, or to assert it."""


class Reading(NamedTuple):
    """One utterance read for one point."""

    at: int
    """Number of the utterance."""
    read: PointRead
    start: int
    end: int
    """The clauses closest to the point."""
    near: float
    """How close they are, 0 to 1."""
    likely: float
    """How likely the utterance is about the point (`coach.score.about`): log-odds."""
    rather: float = 0.0
    """How much likelier it is about this point than about the likeliest other one."""


class Looked(NamedTuple):
    """How the utterances of a talk look beside the points of a sheet."""

    asked: list[Asked]
    """Each point, as the reader is asked for it."""
    beside: list[Near]
    """Each utterance."""
    alike: Array
    """(utterances, points): log-odds that it is about a point, by all its words."""
    near: Array
    """(utterances, points): how close its closest clauses come, 0 to 1."""


def look(sheet: Sheet, turns: Sequence[Turn]) -> Looked:
    """Return how utterances look beside each point of a sheet, by their words alone."""
    asked = [asked_of(point) for point in sheet.scenario.product.selling_points]
    alike = reader().alike([f"{turn.claim} {turn.text}" if turn.claim else turn.text for turn in turns], asked)
    beside = [Near(sheet, turn) for turn in turns]
    near = np.array([[item.value(place) for place in range(len(asked))] for item in beside])
    return Looked(asked, beside, alike.astype(np.float64), near.reshape(alike.shape))


def readings(sheet: Sheet, turns: Sequence[Turn]) -> dict[str, list[Reading]]:
    """Return what was read for each point, in order of time; without any utterance on the product nothing was."""
    points = sheet.scenario.product.selling_points
    found: dict[str, list[Reading]] = {point.id: [] for point in points}
    if not turns or not points:
        return found
    asked, beside, alike, near = look(sheet, turns)
    likely = about(alike, near)
    rather = likely - of_others(likely)
    own = [at for at, item in enumerate(beside) if not item.is_compared]
    for place, point in enumerate(points):
        ranked = sorted(own, key=lambda at: (-likely[at, place], at))[:MOST]
        for at in sorted(at for rank, at in enumerate(ranked) if not rank or likely[at, place] > LEAST):
            start, end, said = beside[at].placed(place, asked[place])
            [read] = reader().points([(said, asked[place])])
            odds = float(likely[at, place]), float(rather[at, place])
            found[point.id].append(Reading(at, read, start, end, float(near[at, place]), *odds))
    return found


class Near:
    """How close an utterance is to each point, by its words or by what a bare yes or no claims."""

    def __init__(self, sheet: Sheet, turn: Turn) -> None:
        self._turn, self._code = turn, sheet.language.code
        self._own = sheet.closeness.stretches(turn.text)
        self._clauses = read_clauses(turn.text, self._code)
        self._claimed = sheet.closeness.stretches(turn.claim) if turn.claim else ()

    @property
    def is_compared(self) -> bool:
        """Whether all of it is about another product."""
        return bool(self._clauses) and are_compared(self._clauses)

    def value(self, place: int) -> float:
        """Return how close it is to a point, 0 to 1."""
        claimed = max((item.values[place] for item in self._claimed), default=0.0)
        return max(self._of(place), claimed)

    def _of(self, place: int) -> float:
        return max((item.values[place] for item in self._own), default=0.0)

    def placed(self, place: int, asked: Asked) -> tuple[int, int, Said]:
        """Return where the clauses closest to a point stand, and what is read; a bare answer's claim is spelled out."""
        text = self._turn.text
        clauses = self._clauses
        if self._of(place):
            closest = max(self._own, key=lambda item: (item.values[place], -item.first, -item.width))
            first, last = closest.first, closest.first + closest.width - 1
        elif self._turn.claim or not clauses:
            first, last = 0, len(clauses) - 1
        else:
            alike = reader().alike([text[clause.start : clause.end] for clause in clauses], [asked])
            first = last = int(alike[:, 0].argmax())
        start, end, left, right = _placed(text, clauses, first, last, self._code)
        return start, end, said_of(self._turn, left, right, self._code)


def said_of(turn: Turn, left: int, right: int, code: str) -> Said:
    """Return what is read of an utterance: a bare answer with what it claims, anything else after its question."""
    words = turn.text[left:right]
    if turn.claim and not left:
        return Said(f"{turn.claim}{_COMMA[code]}{words}")
    return Said(words, turn.asked[-1] if turn.asked else "")


def asked_of(point: SellingPoint) -> Asked:
    """Return a point as the reader is asked for it: its title with it where the statement says something else."""
    title, said = point.title, point.statement or point.title
    alike = partial_ratio(title.lower(), said.lower()) >= _ALIKE
    return Asked(said if alike else f"{title}: {said}", tuple(point.must_facts))


def _placed(text: str, clauses: Sequence[Clause], first: int, last: int, code: str) -> tuple[int, int, int, int]:
    """Return where the closest clauses stand, and where what is read of the utterance does."""
    if not clauses:
        return 0, len(text), 0, min(len(text), _ROOM[code])
    start, end = clauses[first].start, clauses[last].end
    if len(text) <= _ROOM[code]:
        return start, end, 0, len(text)
    return start, end, *with_more(clauses, first, last, _ROOM[code])


def with_more(clauses: Sequence[Clause], first: int, last: int, room: int) -> tuple[int, int]:
    """Return where some clauses and those around them stand, on both sides in turn as long as there is room."""
    grown = True
    while grown:
        grown = False
        for left, right in ((first - 1, last), (first, last + 1)):
            fits = left >= 0 and right < len(clauses) and clauses[right].end - clauses[left].start <= room
            if fits and (left < first or right > last):
                first, last, grown = min(first, left), max(last, right), True
    return clauses[first].start, clauses[last].end


def told_facts(point: SellingPoint, found: Sequence[Reading]) -> Mapping[str, float]:
    """Return how likely each of a point's facts is said somewhere."""
    return {
        fact: max((item.read.facts[at].said for item in found if at < len(item.read.facts)), default=0.0)
        for at, fact in enumerate(point.must_facts)
    }


def contradicts(read: PointRead) -> bool:
    """Return whether words say something else than the sheet."""
    return read.misstated >= CONTRADICTS


def asserts(read: PointRead) -> bool:
    """Return whether words say the point, in full or in part."""
    return not contradicts(read) and read.asserted >= ASSERTS


def read_of(point: SellingPoint, texts: Sequence[str]) -> list[PointRead]:
    """Return what each text says of a point."""
    return reader().points([(Said(text), asked_of(point)) for text in texts]) if texts else []


def read_at(points: Sequence[SellingPoint], text: str, start: int, end: int, code: str) -> list[PointRead]:
    """Return what words of an utterance, read with what stands around them, say of each of some points."""
    clauses = read_clauses(text, code)
    here = [at for at, clause in enumerate(clauses) if clause.start < end and clause.end > start]
    _, _, left, right = _placed(text, clauses if here else (), *((here[0], here[-1]) if here else (0, 0)), code)
    return reader().points([(Said(text[left:right]), asked_of(point)) for point in points])
