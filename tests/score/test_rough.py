"""Figures of a point that were said roughly, and only so."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.scenario.model import SellingPoint
from coach.score.rough import is_rough
from tests.score.made_points import heard

WEIGHT = SellingPoint(id="p", title="weight", statement="weighs 180 grams, of linen", must_facts=["180 grams", "linen"])
ZH = SellingPoint(id="p", title="重量", statement="整件180克", must_facts=["180克"])


@pytest.mark.parametrize(
    ("point", "texts", "rough"),
    [
        (WEIGHT, ["I believe it's a hundred and eighty grams"], True),
        (WEIGHT, ["I believe it's a hundred and eighty grams", "a hundred and eighty grams"], False),
        (WEIGHT, ["a hundred and eighty grams"], False),
        (WEIGHT, ["you hardly feel it"], False),
        (WEIGHT, ["I think I sold 40 of them"], False),
        (ZH, ["很轻，大概一百七八十克"], True),
        (ZH, ["整件才一百八十克"], False),
        (ZH, [], False),
    ],
)
def test_a_figure_is_rough_where_it_is_hedged_each_time(point: SellingPoint, texts: list[str], *, rough: bool) -> None:
    code = "zh-CN" if point is ZH else "en-US"
    assert is_rough(point, heard(), texts, language_for(code)) is rough


def test_what_the_rules_found_said_is_not_rough() -> None:
    said = heard("partial", 0.5, "180 grams", "linen")
    assert not is_rough(WEIGHT, said, ["I believe it's a hundred and eighty grams"], language_for("en"))
