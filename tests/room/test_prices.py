"""Which numbers are prices, and what is done with them: words beyond a comma belong to another price."""

from __future__ import annotations

from typing import Any

import pytest

from coach.room.reading import prices_in
from coach.room.sheet import sheet_of
from tests.score.logs import EN, ZH, scenario


def read(base: dict[str, Any], text: str) -> list[tuple[float, str]]:
    return [(said.value, said.use) for said in prices_in(text, sheet_of(scenario(base)))]


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("知道你想省一点，89已经是今天的价了", [(89, "named")]),
        ("八十三做不了，八十九", [(83, "refused"), (89, "named")]),
        ("不，就89", [(89, "named")]),
        ("真不贵，89", [(89, "named")]),
        ("你想83，真做不了", [(83, "refused")]),
        ("你说，八十三", [(83, "refused")]),
        ("比原价159便宜70块", [(159, "anchor")]),
        ("今天89，立减70元", [(89, "named")]),
        ("比平时少了七十块，八十九到手", [(89, "named")]),
        ("便宜到85给你", [(85, "named")]),
    ],
)
def test_prices_zh(text: str, prices: list[tuple[float, str]]) -> None:
    assert read(ZH, text) == prices


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("I can't do thirty, 36 is the price", [(30, "refused"), (36, "named")]),
        ("it's 36, I can't do 30", [(36, "named"), (30, "refused")]),
        ("that's 24 dollars less than list, $36 today", [(36, "named")]),
        ("you save 24 dollars, it's 36", [(36, "named")]),
        ("36 today, that's 24 bucks cheaper", [(36, "named")]),
        ("24 off, so 36 tonight", [(36, "named")]),
        ("you said 30, I can't", [(30, "refused")]),
        ("I can't sell it at thirty, that was a typo", [(30, "refused")]),
        ("we're not letting these go for $30", [(30, "refused")]),
        ("I really couldn't give this one to you for 30", [(30, "refused")]),
        ("no way I can sell it at 30", [(30, "refused")]),
        ("I can't believe I'm doing this for 30 dollars", [(30, "named")]),
        ("I don't do this for everyone but 30 dollars", [(30, "named")]),
        ("I don't usually do it for 30 dollars", [(30, "named")]),
        ("I'm not able to sell it at 30 dollars but 34 dollars is yours", [(30, "refused"), (34, "named")]),
    ],
)
def test_prices_en(text: str, prices: list[tuple[float, str]]) -> None:
    assert read(EN, text) == prices
