"""A viewer's line with what was said after it, as the reader is given it, and whether the words answer it at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.language.reader.asked import ANSWERED, SHEET_LINES
from coach.language.reader.nearest import nearest
from coach.language.reader.reader import reader
from coach.scenario.model import Product

CLEARLY = -2.25
"""Log-odds that words are an answer under which they are clearly none, unless they are of what the line was about.
Source: talks that the reader did not see: 3 of 100 answers are taken for none then, and 47 of 100 utterances that pass
a line over."""


class Answered(NamedTuple):
    """A viewer's line with what was said after it."""

    line: str
    kind: str
    """Type of the viewer."""
    should: str
    after: tuple[str, ...]
    """The utterances up to the next line, two at most; where the next line came at once, those after it."""


def asked_of(answered: Answered, product: Product) -> tuple[str, str, str, Sequence[str]]:
    """Return what the reader is given of an answer: line, words, kind of line, and prices with the nearest facts."""
    text = " ".join(answered.after[:ANSWERED])
    sheet = (_prices(product), *nearest(f"{answered.line} {text}", _lines(product), SHEET_LINES))
    return answered.line, text, f"{answered.kind} {answered.should}", sheet


def passes_over(answered: Answered, product: Product) -> bool:
    """Return whether words clearly go on with something else than the line."""
    return reader().handled(*asked_of(answered, product)).replies < CLEARLY


def _prices(product: Product) -> str:
    price = product.price
    return f"price {price.list:g} live {price.live:g} floor {price.floor:g}"


def _lines(product: Product) -> Sequence[str]:
    facts = [f"{name}: {value}" for name, value in product.facts.items()]
    return facts or [point.statement or point.title for point in product.selling_points]
