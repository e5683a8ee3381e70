"""Facts of the product sheet, beside its selling points, read by the learned reader where an utterance is about them.

Rules know kinds of things, figures and abilities; the reader hears the rest: 装个二十八升没问题 where it holds 12升.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from coach.language import Language
from coach.language.amounts import Compared, compared, differing
from coach.language.clause import are_compared, read_clauses
from coach.language.converse import is_converse, is_not_wholly
from coach.language.reader.asked import Asked, LineRead, Said
from coach.language.reader.reader import reader
from coach.room.sheet import Sheet, fact_names
from coach.score.about import Array
from coach.score.readings import Reading, said_at
from coach.score.sightings import Turn
from coach.score.weighing import Weighing, load_weighing

_LIKE, _LIKEST = 3.0, 1.0
"""From these log-odds that an utterance is about a fact, by its words alone, it is read for it; from the lower ones
where no other fact is likelier."""
_TO_CHECK, _SURE = 0.6, 0.75
"""From how likely words contradict a fact somebody is asked to check them, and are they taken to do so."""
AGREES = 0.5
"""From how likely words state another fact, or assert a point that holds the fact, they contradict none."""
_CLAUSES = 12
"""Clauses of an utterance that are read one by one for the words to quote."""
NOTHING, TOLD, WRONG = "nothing", "told", "wrong"
"""Outcomes: what words say of a fact of the sheet."""
SIGNS = ("bias", "told", "wrong", "said", "figures", "agrees", "differs", "only_differs", "none_agrees")
"""Signs of them: what the reader says, whether words and fact hold figures, and how these agree."""


class RowRead(NamedTuple):
    """Words that contradict a fact of the sheet."""

    at: int
    """Number of the utterance."""
    name: str
    """Of the fact."""
    start: int
    end: int
    is_figure: bool
    """Whether they are a figure."""
    sure: bool
    """Whether it is no matter for somebody to check."""


def row_of(name: str, value: str) -> str:
    """Return a fact of the sheet as it is read."""
    return f"{name}: {value}"


def alike_rows(turns: Sequence[Turn], rows: Sequence[str]) -> Array:
    """Return (utterances, rows): log-odds that an utterance, with the line it answers, is about a row."""
    texts = [" ".join((*turn.asked[-1:], turn.text)) for turn in turns]
    return reader().alike(texts, [Asked(row, ()) for row in rows]).astype(np.float64)


def are_read(alike: Array) -> list[int]:
    """Return the rows that an utterance is read for, by how alike each is, the likest first."""
    likest, *others = np.argsort(-alike, kind="stable").tolist()
    return [row for row in (likest, *others) if alike[row] >= (_LIKEST if row == likest else _LIKE)]


def signs_of(read: LineRead, figures: Compared) -> dict[str, float]:
    """Return the signs of what words say of a row.

    Args:
        read: What the reader says.
        figures: How the figures of words and row agree.
    """
    none_agrees = figures.said and figures.told and not figures.agrees
    values = (1.0, *read, *figures, figures.differs and not figures.agrees, none_agrees)
    return dict(zip(SIGNS, map(float, values), strict=True))


def rows_contradicted(sheet: Sheet, turns: Sequence[Turn], found: Mapping[str, Sequence[Reading]]) -> list[RowRead]:
    """Return where the reader finds facts of the sheet contradicted, at most one an utterance, in order of time.

    Args:
        sheet: The product sheet.
        turns: The utterances.
        found: What was read for each point.
    """
    facts = sheet.scenario.product.facts
    if not turns or not facts:
        return []
    names, rows = list(facts), [row_of(name, value) for name, value in facts.items()]
    alike, told = alike_rows(turns, rows), _told_points(sheet, found)
    made = []
    for at, turn in enumerate(turns):
        if are_compared(read_clauses(turn.text, sheet.language.code)):
            continue
        about = [(names[row], rows[row]) for row in are_read(alike[at])]
        if not any(at in told[name] for name, _ in about):
            made += _against(at, turn, about, sheet.language)
    return made


def _against(at: int, turn: Turn, about: Sequence[tuple[str, str]], language: Language) -> list[RowRead]:
    """Return the fact that an utterance contradicts most, if it does; not where it states another."""
    found = []
    for name, row in about:
        start, end, said = said_at(turn, row, language.code)
        shares = _shares(said, row, language)
        if shares[TOLD] >= AGREES:
            return []
        found.append((shares[WRONG], name, row, start, end))
    wrong, name, row, start, end = max(found, default=(0.0, "", "", 0, 0))
    if wrong < _TO_CHECK or is_converse(turn.text, row, language.code) or is_not_wholly(turn.text, language.code):
        return []
    start, end = _quoted(turn, row, language) or (start, end)
    figures = differing(turn.text[start:end], row, language)
    if len(figures) == 1:  # one figure is what is wrong
        start, end = start + figures[0].start, start + figures[0].end
    return [RowRead(at, name, start, end, is_figure=len(figures) == 1, sure=wrong >= _SURE)]


def _shares(said: Said, row: str, language: Language) -> dict[str, float]:
    return _weights().shares(signs_of(reader().line(said, row), compared(said.text, row, language)))


def _quoted(turn: Turn, row: str, language: Language) -> tuple[int, int] | None:
    """Return where the clause stands that contradicts a row most by itself; None where it takes more than one."""
    line = turn.asked[-1] if turn.asked else ""
    clauses = read_clauses(turn.text, language.code)
    alone = [
        (_shares(Said(turn.text[clause.start : clause.end], line), row, language)[WRONG], clause.start, clause.end)
        for clause in clauses[:_CLAUSES]
    ]
    wrong, start, end = max(alone, default=(0.0, 0, 0))
    return (start, end) if wrong >= _TO_CHECK else None


def _told_points(sheet: Sheet, found: Mapping[str, Sequence[Reading]]) -> dict[str, set[int]]:
    """Return for each fact the utterances that assert a point which holds it."""
    product = sheet.scenario.product
    told: dict[str, set[int]] = {name: set() for name in product.facts}
    for point in product.selling_points:
        here = {item.at for item in found[point.id] if item.read.asserted >= AGREES}
        for name in fact_names(point, product, sheet.language):
            told[name] |= here
    return told


@cache
def _weights() -> Weighing:
    return load_weighing("lines.yaml")
