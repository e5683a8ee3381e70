"""The judge of misfits (`coach.language.misfit`) on a scenario's selling points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.language.match import PointMatch
from coach.language.misfit import MisfitSheet, Verdict
from coach.language.misfit_figures import SheetFigures
from coach.language.misfit_line import MisfitLine, compile_line
from coach.room.sheet import Sheet, fact_names, point_texts
from coach.scenario.model import Product, SellingPoint

CONTRADICTS = 0.85
"""Probability from which a clause is held to contradict a point: a false one accuses an honest streamer."""


class Misfits:
    """One scenario's points, ready to be judged by.

    Args:
        sheet: Of the scenario.
        everyday: Words that are said of products of all kinds; the shipped ones by default.
    """

    def __init__(self, sheet: Sheet, everyday: frozenset[str] | None = None) -> None:
        product = sheet.scenario.product
        lines = [_line(point, sheet) for point in product.selling_points]
        figures = SheetFigures(
            [(*point_texts(point), *_linked(point, sheet)) for point in product.selling_points],
            [*map(" ".join, product.facts.items()), *product.gifts, *product.certificates],
            (product.price.list, product.price.live, product.price.floor, product.stock or 0),
            sheet.language,
        )
        self._ids = [point.id for point in product.selling_points]
        self.sheet = MisfitSheet(lines, figures, sheet.closeness, sheet.language, everyday)

    def judge(self, text: str, matches: Sequence[PointMatch]) -> Iterator[tuple[Verdict, str]]:
        """Yield what is made of the clauses that something speaks against, each with the point's id."""
        for verdict in self.sheet.judge(text, matches):
            yield verdict, self._ids[verdict.point]


def _line(point: SellingPoint, sheet: Sheet) -> MisfitLine:
    product = sheet.scenario.product
    linked = _linked(point, sheet)
    return compile_line(
        (point.title, point.statement),
        point.must_facts,
        (*point.aliases, *linked),
        [*_others(point, product), *(told for told in map(" ".join, product.facts.items()) if told not in linked)],
        sheet.language,
    )


def _linked(point: SellingPoint, sheet: Sheet) -> list[str]:
    """Return the sheet's facts that belong to a point."""
    product = sheet.scenario.product
    return [f"{name} {product.facts[name]}" for name in fact_names(point, product, sheet.language)]


def _others(point: SellingPoint, product: Product) -> list[str]:
    texts = [text for other in product.selling_points if other is not point for text in point_texts(other)]
    return [*texts, *product.gifts, product.name, *product.certificates]
