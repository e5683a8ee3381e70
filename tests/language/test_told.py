"""Facts told in other words than the sheet's."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.clause import read_clauses
from coach.language.match import match_point
from coach.language.point import compile_point
from coach.language.told import told_facts

SHELF = ("the shelf folds away flat and holds 12 pounds", ["folds away flat", "12 pounds"])
RUG = ("it does not shed and it is not dyed", ["doesn't shed", "not dyed"])
TENT_ZH = ("手一抛就打开,收纳袋有背带,不能机洗", ["手抛打开", "收纳袋背带", "不能机洗"])
FILTER_ZH = ("滤芯90天换一次,换芯自己动手", ["90天", "自己换芯"])

CASES = [
    ("en", SHELF, "the shelf goes flat and then it just folds right away, twelve pounds it takes", SHELF[1]),
    ("en", SHELF, "the shelf goes flat and folds right away, it takes some weight", ["folds away flat"]),
    ("en", SHELF, "the shelf goes flat against the wall, twelve pounds it takes", ["12 pounds"]),
    ("en", SHELF, "I think it folds away flat, maybe", []),
    ("en", RUG, "no thread sheds off it, and we never had it dyed, the rug", ["doesn't shed", "not dyed"]),
    ("en", RUG, "it doesn't shed at all. The yarn is dyed by hand.", ["doesn't shed"]),
    ("zh", TENT_ZH, "一抛手它就打开了，收纳袋上缝了条背带，机洗可不行", TENT_ZH[1]),
    ("zh", TENT_ZH, "一抛手它就打开了，袋子另买", ["手抛打开"]),
    ("zh", FILTER_ZH, "滤芯九十天一换，换的时候芯子你自己拧就行", FILTER_ZH[1]),
    ("zh", FILTER_ZH, "滤芯好几个月一换，换的时候芯子你自己拧就行", ["自己换芯"]),
    ("zh", FILTER_ZH, "滤芯好像九十天吧一换", []),
]


@pytest.mark.parametrize(("code", "point", "text", "told"), CASES)
def test_most_of_a_fact_in_any_order_tells_it(
    code: str, point: tuple[str, list[str]], text: str, told: list[str]
) -> None:
    statement, facts = point
    compiled = compile_point((), tuple(facts), statement, "", code)
    assert list(told_facts(read_clauses(text, code).told, compiled.facts, code)) == told


def test_only_an_asserted_point_has_facts_told() -> None:
    facts = ["folds away flat", "12 pounds"]
    texts = ("my tyre went flat on the way here", "the shelf you fold up, it goes flat, and away it is")
    found = [match_point(text, [], facts, SHELF[0], language_for("en")) for text in texts]
    assert [(match.idea, match.facts_told) for match in found] == [(False, ()), (True, ("folds away flat",))]
