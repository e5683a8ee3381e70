"""A product's name says what it is called, not what is good about it."""

from __future__ import annotations

import pytest

from coach.room.sheet import sheet_of
from coach.scenario.library import Library
from tests.commands.running import ROOT


@pytest.mark.parametrize(
    ("scenario", "text", "told"),
    [
        ("en-pour-kettle", "Hi, welcome in, this is the Willow pour-over kettle.", False),
        ("en-pour-kettle", "this is the willow pour over kettle", False),
        ("en-pour-kettle", "The Willow pour-over kettle gives you a slow, steady pour.", True),
        ("zh-first-day-flask", "今天给大家带来一只我自己天天在用的山岚保温杯", False),
        ("zh-first-day-flask", "山岚保温杯早上装开水，六小时后还有68度", True),
    ],
)
def test_the_name_alone_tells_no_point(scenario: str, text: str, *, told: bool) -> None:
    points = sheet_of(Library([ROOT / "scenarios"]).find(scenario).scenario).points
    assert any(point.match(text).idea for point in points) is told
