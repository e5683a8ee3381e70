"""One labelled example that the reader is trained with, and how one of each question is made."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from coach.language.reader.asked import FACT, FACTS, LINE_OF, SHEET, SHEET_LINES, SHOULD, STATEMENT, TEXT
from coach.language.reader.nearest import nearest
from scripts.reader_rows import NOT_SAID, SAID, UNTOLD, WRONG

POINT = ("hit", "partial", "miss", "misstated")
HANDLED = ("well", "weak", "badly", "unanswered")


class Point(NamedTuple):
    """A selling point."""

    statement: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One example.

    Attributes:
        source: sentences, scoring, points, talks, claims, stated, twins.
        group: Its product or writer: what is left out is left out by these.
        parts: Texts of the row, each with the most pieces that are read of it.
        labels: Numbers of the answers that are right; one of them is enough.
        facts: Label of each fact, parts from the third on; empty where nothing is known of them.
        weight: How much it counts; 0: only what the large net says of it does.
        below: Whether an answer grants a price under the floor.
        own: Whether a person labelled it; the others are points of the same product that it says nothing of, or are
            made of the points themselves.
        text: Number of the text that a passage is from.
        line: The viewer's line right before what is said.
        odds: What the linear model of claims makes of a passage.
        held: Whether it is left out where the rest is tried.
    """

    question: Literal["point", "answer", "claim"]
    code: str
    source: str
    group: str
    parts: tuple[tuple[str, int], ...]
    labels: tuple[int, ...]
    facts: tuple[int, ...] = ()
    weight: float = 1.0
    below: bool = False
    own: bool = False
    text: int = 0
    line: str = ""
    odds: float = 0.0
    held: bool = False


class Sheets:
    """Points by language and product."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], list[Point]] = defaultdict(list)

    def add(self, code: str, product: str, sheet: dict[str, Any]) -> dict[str, Point]:
        """Return the points of a product sheet by their ids, and keep them."""
        found = {item["id"]: Point(item["statement"], tuple(item["must_facts"])) for item in sheet["selling_points"]}
        self.of[code, product] = list(found.values())
        return found


def point_case(code: str, source: str, group: str, said: str, point: Point, labels: Sequence[int], **more: Any) -> Case:
    """Return an utterance with what it says of a point."""
    parts = ((said, TEXT), (point.statement, STATEMENT), *((fact, FACT) for fact in point.facts[:FACTS]))
    return Case("point", code, source, group, parts, tuple(labels), **more)


def beside(case: Case, points: Sequence[Point], most: int, chance: random.Random) -> Iterator[Case]:
    """Yield the same utterance beside other points of its product, of which it says nothing."""
    for point in chance.sample(points, min(most, len(points))):
        facts = (NOT_SAID,) * len(point.facts[:FACTS])
        said, group = case.parts[0][0], case.group
        yield point_case(case.code, case.source, group, said, point, [2], facts=facts, weight=0.5, held=case.held)


def fact_labels(label: str, number: int) -> tuple[int, ...]:
    """Return what a label of the whole point tells of its facts."""
    one = number == 1
    known = {"hit": SAID, "miss": NOT_SAID, "misstated": WRONG if one else UNTOLD, "partial": UNTOLD}
    return (known[label],) * min(number, FACTS)


def price_line(sheet: dict[str, Any]) -> str:
    """Return the prices of a sheet as the reader is told them."""
    price = sheet["price"]
    return f"price {price['list']} live {price['live']} floor {price['floor']}"


def answer_case(
    code: str,
    source: str,
    group: str,
    asked: tuple[str, str, str],
    price: str,
    sheet: Sequence[str],
    handled: str,
    **more: Any,
) -> Case:
    """Return an answer to a viewer.

    Args:
        code: Language.
        source: As of `Case`.
        group: As of `Case`.
        asked: The viewer's line, the answer, and the viewer's type with what should be done.
        price: The prices as one line.
        sheet: The other lines of the product sheet.
        handled: How it was handled.
        **more: Other attributes of the case.
    """
    line, text, kind = asked
    near = nearest(f"{line} {text}", sheet, SHEET_LINES)
    parts = ((line, LINE_OF), (text, TEXT), (kind, SHOULD), *((told, SHEET) for told in (price, *near)))
    return Case("answer", code, source, group, parts, (HANDLED.index(handled),), own=True, **more)
