"""A point of which one word was said was named, and is not told."""

from __future__ import annotations

from typing import Any

import pytest

from coach.score.advice import advice_for
from coach.score.focus_readings import read
from coach.score.material import Material
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, ZH, log, said, scenario

SPOUT: dict[str, Any] = {
    "id": "spout",
    "priority": "P0",
    "title": "Pours without drips",
    "statement": "The narrow spout pours a thin even stream and never drips",
    "aliases": ["narrow spout", "no drips"],
}
CUT: dict[str, Any] = {
    "id": "cut",
    "priority": "P0",
    "title": "版型遮肉",
    "statement": "落肩宽松版型，微胖的姐妹穿着也利落",
    "aliases": ["版型", "宽松"],
}


def card(base: dict[str, Any], point: dict[str, Any], *texts: str) -> Scorecard:
    product = {**base["product"], "selling_points": [*base["product"]["selling_points"], point]}
    lines = [said(2 + 8 * at, 8 + 8 * at, text) for at, text in enumerate(texts)]
    return score(scenario(base, product=product), log(*lines, end=60))


@pytest.mark.parametrize(
    ("base", "point", "texts"),
    [
        (EN, SPOUT, ["Back to the spout."]),
        (EN, SPOUT, ["Let me talk about the spout."]),
        (EN, SPOUT, ["Look at this spout.", "Now, the spout!"]),
        (ZH, CUT, ["看看这个版型"]),
        (ZH, CUT, ["回到版型"]),
    ],
)
def test_a_word_in_passing_is_no_more_than_half_a_point(
    base: dict[str, Any], point: dict[str, Any], texts: list[str]
) -> None:
    found = card(base, point, *texts)
    assert found.coverage[-1].state in ("partial", "miss")
    told = next(item for item in found.findings if item.id == f"coverage.{point['id']}")
    assert not told.detail.zh.endswith("：。")
    assert not told.detail.en.endswith(": .")


def test_what_is_only_named_says_so() -> None:
    found = card(EN, SPOUT, "Back to the spout.")
    told = next(item for item in found.findings if item.id == "coverage.spout")
    assert (told.rule, told.title.en) == ("coverage.partial", "“Pours without drips” was only named")
    assert read(found, told, found).text.en == "only named"
    product = {**EN["product"], "selling_points": [*EN["product"]["selling_points"], SPOUT]}
    assert "does for them" in advice_for(told, Material(scenario(EN, product=product))).why.en


@pytest.mark.parametrize(
    ("base", "point", "texts"),
    [
        (EN, SPOUT, ["The narrow spout pours a thin even stream."]),
        (EN, SPOUT, ["Back to the spout.", "It pours a thin stream, so nothing ever drips on the table."]),
        (ZH, CUT, ["落肩宽松版型，微胖穿着也利落"]),
    ],
)
def test_who_says_what_it_does_has_told_it(base: dict[str, Any], point: dict[str, Any], texts: list[str]) -> None:
    assert card(base, point, *texts).coverage[-1].state == "hit"
