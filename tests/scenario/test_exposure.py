from __future__ import annotations

from typing import Any

import pytest

from coach.scenario.exposure import HOSTILE, exposed, exposed_scenario, is_pressing
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario, ScenarioEvent
from tests.room.rooms import room
from tests.room.simulate import SCENARIOS

FILES = sorted(SCENARIOS.rglob("*/*/*.yaml"))
EVENTS: list[dict[str, Any]] = [
    {"at_sec": 10, "viewer": "haggler", "intent": "ask"},
    {"at_sec": 20, "viewer": "haggler", "intent": "push", "pressure": True},
    {"at_sec": 30, "kind": "raid"},
    {"at_sec": 40, "viewer": "troll", "intent": "heckle"},
    {"at_sec": 50, "kind": "audience_surge", "to": 300},
    {"at_sec": 60, "kind": "link_failure"},
    {"at_sec": 70, "kind": "pile_on", "pressure": False},
]


def times(scenario: Scenario) -> list[float | None]:
    return [event.at_sec for event in scenario.events]


def test_calm_leaves_out_whatever_presses() -> None:
    scenario, level = exposed_scenario(room(events=EVENTS, difficulty=4, intensity_cap=3), None, "calm")
    assert level == 1
    assert [viewer.id for viewer in scenario.viewers] == ["haggler", "product_skeptic"]
    assert times(scenario) == [10, 50]
    assert (scenario.intensity_cap, scenario.density.hostile_share, scenario.density.cut_ins) == (1, 0.0, False)


def test_easy_keeps_every_other_pressure_event_and_is_a_level_less() -> None:
    scenario, level = exposed_scenario(room(events=EVENTS, difficulty=4), None, "easy")
    assert level == 3
    assert times(scenario) == [10, 20, 40, 50, 60, 70]
    assert [exposed_scenario(room(), wished, "easy")[1] for wished in (1, 2, 5)] == [1, 1, 4]


def test_full_is_as_written() -> None:
    scenario = room(events=EVENTS, difficulty=4)
    assert exposed_scenario(scenario, None, "full") == (scenario, 4)
    assert exposed_scenario(scenario, 2, "full") == (scenario, 2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_somebody_is_there_in_calm_even_if_the_scenario_knows_only_trolls(language: str) -> None:
    scenario, _ = exposed_scenario(room("troll", "spammer", language=language, kind="drill"), None, "calm")
    assert [viewer.type for viewer in scenario.viewers] == ["friendly"]


def test_a_viewer_written_as_hostile_stays_away_too() -> None:
    scenario, _ = exposed_scenario(room("haggler", "friendly", viewer={"hostility": 2.5}), None, "calm")
    assert [viewer.id for viewer in scenario.viewers] == ["calm-friend"]


@pytest.mark.parametrize(
    ("event", "pressing"),
    [
        ({"kind": "raid"}, True),
        ({"kind": "raid", "pressure": False}, False),
        ({"kind": "zero_orders"}, True),
        ({"kind": "audience_drop", "to": 5}, False),
        ({"kind": "audience_drop", "to": 5, "pressure": True}, True),
        ({"viewer": "a", "intent": "push"}, False),
    ],
)
def test_what_counts_as_pressure(event: dict[str, Any], pressing: bool) -> None:
    assert is_pressing(ScenarioEvent.model_validate({"at_sec": 1, **event})) == pressing


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_scenario_has_a_calm_and_an_easy_run(path: Any) -> None:
    loaded = load_scenario(path)
    calm, level = exposed(loaded, 5, "calm")
    assert level == 1
    assert calm.text == loaded.text
    assert not {viewer.type for viewer in calm.scenario.viewers} & HOSTILE
    assert not [event for event in calm.scenario.events if is_pressing(event)]
    easy, level = exposed(loaded, None, "easy")
    assert level == max(1, loaded.scenario.difficulty - 1)
    pressing = sum(map(is_pressing, loaded.scenario.events))
    assert sum(map(is_pressing, easy.scenario.events)) == (pressing + 1) // 2
