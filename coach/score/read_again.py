"""Points that the rules heard in part or not at all, read again where talk came closest to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from coach.language.clause import Clause, read_clauses
from coach.language.closeness import Stretch
from coach.language.reader.reader import Asked, PointRead, reader
from coach.room.sheet import Sheet
from coach.scenario.model import SellingPoint
from coach.score.sightings import Seen, Turn

CONTRADICTS, ASSERTS, SAID = 0.7, 0.7, 0.85
"""From how likely on an utterance contradicts a point, asserts it, says one of its facts. On the labelled half `check`
the first gives nine right findings in ten."""
_NEAR = 0.03
"""How close an utterance must be to be read: 97 of 100 that assert a point are, of those that contradict it 85."""
_MOST = 3
"""Utterances read for one point, the closest ones, however long the rehearsal."""
_SHARE = 1 / 3
"""Of the points, heard in full, that make a talk one about the product."""
_ROOM = {"zh": 30, "en": 90}
"""Characters up to which clauses around the closest ones are read with them: amid other talk it overlooks much."""
_STRENGTH = 0.5
"""Of a point that only reading heard: less than a sure wording has."""


class Reread(NamedTuple):
    """One utterance read for one point."""

    at: int
    """Number of the utterance."""
    read: PointRead
    start: int
    end: int
    """The clauses closest to the point."""

    @property
    def contradicts(self) -> bool:
        """Whether it says something else than the sheet."""
        return contradicts(self.read)

    @property
    def asserts(self) -> bool:
        """Whether it says the point, in full or in part."""
        return asserts(self.read)


def contradicts(read: PointRead) -> bool:
    """Return whether a text says something else than the sheet."""
    return read.misstated >= CONTRADICTS


def asserts(read: PointRead) -> bool:
    """Return whether a text says the point, in full or in part."""
    return not contradicts(read) and read.asserted >= ASSERTS


def read_of(point: SellingPoint, texts: Sequence[str]) -> list[PointRead]:
    """Return what each text says of a point."""
    return reader().points([(text, _asked(point)) for text in texts]) if texts else []


def read_again(sheet: Sheet, turns: Sequence[Turn], wanted: Collection[str]) -> dict[str, list[Reread]]:
    """Return what was read for each wanted point, in order of time.

    Args:
        sheet: Of the scenario.
        turns: All utterances.
        wanted: Ids of the points that the rules heard in part or not at all.
    """
    points = sheet.scenario.product.selling_points
    chosen = {place: list[tuple[float, int, Stretch]]() for place, point in enumerate(points) if point.id in wanted}
    for at, turn in enumerate(turns if chosen else ()):
        nearest = _nearest(sheet, turn.text, len(points))
        if nearest and nearest[0] in chosen:
            place, value, stretch = nearest
            chosen[place].append((-value, at, stretch))
    asked = [
        (place, at, stretch)
        for place, near in chosen.items()
        for _, at, stretch in sorted(sorted(near, key=lambda item: item[:2])[:_MOST], key=lambda item: item[1])
    ]
    if not asked:
        return {}
    placed = [_placed(turns[at].text, stretch, sheet.language.code) for _, at, stretch in asked]
    texts = [turns[at].text[left:right] for (_, at, _), (_, _, left, right) in zip(asked, placed, strict=True)]
    read = reader().points([(text, _asked(points[place])) for text, (place, _, _) in zip(texts, asked, strict=True)])
    found: dict[str, list[Reread]] = {}
    for (place, at, _), (start, end, _, _), answer in zip(asked, placed, read, strict=True):
        found.setdefault(points[place].id, []).append(Reread(at, answer, start, end))
    return found


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


def _nearest(sheet: Sheet, text: str, count: int) -> tuple[int, float, Stretch] | None:
    """Return the point closest to an utterance, how close it is, and the stretch that is."""
    stretches = sheet.closeness.stretches(text)
    if not stretches:
        return None
    place = max(range(count), key=lambda place: (max(item.values[place] for item in stretches), -place))
    stretch = max(stretches, key=lambda item: (item.values[place], -item.first, -item.width))
    return (place, stretch.values[place], stretch) if stretch.values[place] > _NEAR else None


def _asked(point: SellingPoint) -> Asked:
    return Asked(point.statement or point.title, tuple(point.must_facts))


def is_on_topic(full: int, points: int) -> bool:
    """Return whether a talk is about the product beyond doubt, so that what only reading finds said may count.

    A talk of another product sounds like some of the points. What contradicts a point counts either way.

    Args:
        full: Points heard in full before.
        points: All points.
    """
    return full >= _SHARE * points


def with_rereads(
    seen: Mapping[str, Sequence[Seen]], points: Sequence[SellingPoint], reread: Mapping[str, Sequence[Reread]]
) -> dict[str, list[Seen]]:
    """Return what was seen with the points that only reading again found, and the facts it found said."""
    found = {point: list(items) for point, items in seen.items()}
    for point in points:
        for item in reread.get(point.id, ()):
            if item.asserts:
                found[point.id][item.at] = _told(found[point.id][item.at], point, item)
    return found


def _told(seen: Seen, point: SellingPoint, item: Reread) -> Seen:
    match = seen.match
    told = [fact for fact, read in zip(point.must_facts, item.read.facts, strict=False) if read.said >= SAID]
    more = tuple(fact for fact in told if fact not in match.facts_said and fact not in match.facts_told)
    match = match._replace(facts_told=(*match.facts_told, *more))
    if not match.idea:
        match = match._replace(idea=True, strength=_STRENGTH, start=item.start, end=item.end)
    return seen._replace(match=match)
