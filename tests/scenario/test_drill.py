"""A drill on a scenario's own product."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.scenario.drill import drill_of
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score.drills import DRILL_SEC, DRILLS, Drill

SHIPPED = Library([Path(__file__).resolve().parents[2] / "scenarios"]).all()
ONE = SHIPPED[0]


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
@pytest.mark.parametrize("loaded", SHIPPED[::9], ids=lambda loaded: loaded.scenario.id)
def test_every_drill_can_be_made_of_any_scenario_and_is_read_back_the_same(
    drill: object, loaded: LoadedScenario
) -> None:
    told = next(item for item in DRILLS.values() if item is drill)
    made = drill_of(loaded, told.id, told.viewer, DRILL_SEC)
    again = parse_scenario(made.text).scenario
    assert again == made.scenario
    assert (again.kind, again.skill, again.duration_sec) == ("drill", told.id, 180)
    assert again.product == loaded.scenario.product
    assert again.intensity_cap <= 2
    assert again.events == []
    if told.viewer is None:
        assert not {viewer.type for viewer in again.viewers} & {"troll", "bait", "spammer"}
    else:
        assert [viewer.type for viewer in again.viewers] == [told.viewer]


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
def test_a_drill_says_what_its_room_does(drill: Drill) -> None:
    """In calm nobody cuts in, but who came with the scenario may write and, at a pause, speak."""
    density = drill_of(ONE, drill.id, drill.viewer, DRILL_SEC).scenario.density
    promised = "nobody cuts in" in drill.text.en, "没有人抢话" in drill.text.zh
    assert promised == ((density.cut_ins is False,) * 2)
    assert not re.search("没有人打断|[Nn]obody interrupts", drill.text.zh + drill.text.en)
    if density.cut_ins is False:
        assert "speak" in drill.text.en
        assert "开口" in drill.text.zh


def test_the_scenarios_own_viewer_comes_where_it_has_one() -> None:
    wanted = ONE.scenario.viewers[0]
    made = drill_of(ONE, "hold_price", wanted.type, 180).scenario
    assert made.viewers == [wanted]


def test_a_drill_made_from_a_drill_is_named_once() -> None:
    first = drill_of(ONE, "hold_price", "haggler", 180, "守住价格")
    second = drill_of(first, "say_points", None, 180, "讲清一个卖点")
    assert second.scenario.title == f"讲清一个卖点 · {ONE.scenario.title}"
