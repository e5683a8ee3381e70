"""Selling points read by the learned reader in the utterances that come closest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio

from coach.language.clause import Clause, read_clauses
from coach.language.closeness import Stretch
from coach.language.reader.reader import Asked, PointRead, Said, reader
from coach.room.sheet import Sheet
from coach.scenario.model import SellingPoint
from coach.score.sightings import Turn

_MOST = 4
"""Utterances read for one point, the closest ones, however long the rehearsal: of those that assert or contradict a
point 87 in 100 are among its four closest (labelled talks). Reading all found no more, and more that was wrong."""
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


def readings(sheet: Sheet, turns: Sequence[Turn]) -> dict[str, list[Reading]]:
    """Return what was read for each point, in order of time; a point that nothing came close to has no reading."""
    points = sheet.scenario.product.selling_points
    found: dict[str, list[Reading]] = {point.id: [] for point in points}
    near = [_Near(sheet, turn) for turn in turns]
    for place, point in enumerate(points):
        closest = [(item.value(place), at) for at, item in enumerate(near)]
        chosen = sorted((item for item in closest if item[0] > 0), key=lambda item: (-item[0], item[1]))[:_MOST]
        asked = asked_of(point)
        for value, at in sorted(chosen, key=lambda item: item[1]):
            start, end, said = near[at].placed(place)
            [read] = reader().points([(said, asked)])
            found[point.id].append(Reading(at, read, start, end, value))
    return found


class _Near:
    """How close an utterance is to each point, by its words or by what a bare yes or no claims."""

    def __init__(self, sheet: Sheet, turn: Turn) -> None:
        self._turn, self._code = turn, sheet.language.code
        self._own = sheet.closeness.stretches(turn.text)
        self._claimed = sheet.closeness.stretches(turn.claim) if turn.claim else ()

    def value(self, place: int) -> float:
        """Return how close it is to a point, 0 to 1."""
        claimed = max((item.values[place] for item in self._claimed), default=0.0)
        return max(self._of(place), claimed)

    def _of(self, place: int) -> float:
        return max((item.values[place] for item in self._own), default=0.0)

    def placed(self, place: int) -> tuple[int, int, Said]:
        """Return where the clauses closest to a point stand, and what is read; a bare answer's claim is spelled out."""
        text = self._turn.text
        if not self._of(place):
            start, end, left, right = 0, len(text), 0, min(len(text), _ROOM[self._code])
        else:
            closest = max(self._own, key=lambda item: (item.values[place], -item.first, -item.width))
            start, end, left, right = _placed(text, closest, self._code)
        words = text[left:right]
        if self._turn.claim and not left:
            return start, end, Said(f"{self._turn.claim}{_COMMA[self._code]}{words}")
        return start, end, Said(words, self._turn.asked[-1] if self._turn.asked else "")


def asked_of(point: SellingPoint) -> Asked:
    """Return a point as the reader is asked for it: its title with it where the statement says something else."""
    title, said = point.title, point.statement or point.title
    alike = partial_ratio(title.lower(), said.lower()) >= _ALIKE
    return Asked(said if alike else f"{title}: {said}", tuple(point.must_facts))


def _placed(text: str, stretch: Stretch, code: str) -> tuple[int, int, int, int]:
    """Return where the closest clauses stand, and where what is read of the utterance does."""
    clauses = read_clauses(text, code)
    first, last = stretch.first, stretch.first + stretch.width - 1
    start, end = clauses[first].start, clauses[last].end
    if len(text) <= _ROOM[code]:
        return start, end, 0, len(text)
    return start, end, *_with_more(clauses, first, last, _ROOM[code])


def _with_more(clauses: Sequence[Clause], first: int, last: int, room: int) -> tuple[int, int]:
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
