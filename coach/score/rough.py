"""Figures of selling points that were only said roughly: about, I believe, almost."""

from __future__ import annotations

from collections.abc import Sequence

from coach.language import Language
from coach.language.clause import read_clauses
from coach.scenario.model import SellingPoint
from coach.score.verdict import Heard


def is_rough(point: SellingPoint, heard: Heard, texts: Sequence[str], language: Language) -> bool:
    """Return whether a figure of a point was said, and each time hedged or about.

    Args:
        point: The point.
        heard: What the rules make of it: a fact that they found said is.
        texts: What was read for it.
        language: Its language.
    """
    wanted = [
        {number.unit for number in language.numbers(fact)} for fact in point.must_facts if fact not in heard.facts
    ]
    clauses = [clause for text in texts for clause in read_clauses(text, language.code)]
    for units in wanted:
        said = [
            clause.is_hedged or number.approximate
            for clause in clauses
            for number in clause.numbers
            if number.unit in units
        ]
        if said and all(said):
            return True
    return False
