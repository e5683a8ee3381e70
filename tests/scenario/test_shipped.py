from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from coach.room.scenario_lint import review
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario
from coach.scenario.model import EventKind, Intent, ViewerType
from coach.scenario.moves import MOVES
from coach.scenario.schema import SCHEMA_FILE, schema_text

ROOT = Path(__file__).parents[2]
SHIPPED = Library([ROOT / "scenarios"])


CATEGORIES = {"apparel", "beauty", "food", "home", "electronics", "health"}


def test_the_library_covers_the_trade_in_both_languages() -> None:
    assert SHIPPED.broken() == []
    scenarios = [item.scenario for item in SHIPPED.all()]
    for locale in ("zh-CN", "en-US"):
        here = [scenario for scenario in scenarios if scenario.locale == locale]
        assert len(here) >= 14
        assert {scenario.category for scenario in here} == CATEGORIES
        assert {scenario.difficulty for scenario in here} == {1, 2, 3, 4, 5}
        assert {viewer.type for scenario in here for viewer in scenario.viewers} == set(get_args(ViewerType))
        assert len({scenario.skill for scenario in here if scenario.kind == "drill"}) >= 3
        kinds = {event.kind for scenario in here for event in scenario.events}
        assert kinds == set(get_args(EventKind)) - {"audience_surge"}


@pytest.mark.parametrize("loaded", SHIPPED.all(), ids=lambda item: item.scenario.id)
def test_shipped_scenarios_lint_clean_and_hold_what_practice_needs(loaded: LoadedScenario) -> None:
    scenario = loaded.scenario
    assert scenario.created is not None
    found = review(loaded, scenario.created + timedelta(days=30), SHIPPED.all())
    assert [str(finding) for finding in found if finding.rule != "consent"] == []
    assert 180 <= scenario.duration_sec <= 600
    if scenario.kind == "drill":
        assert len(scenario.viewers) == 1
        assert scenario.skill
        assert scenario.duration_sec == 180
    if scenario.difficulty > 1 and scenario.skill != "protect_viewer":
        assert sum(event.pressure for event in scenario.events) >= 2
        assert any(viewer.channel != "chat" for viewer in scenario.viewers)


def test_what_a_draw_may_bring_is_there_in_the_same_language() -> None:
    shelf = {item.scenario.id: item.scenario for item in SHIPPED.all()}
    drawn = [scenario for scenario in shelf.values() if scenario.draw is not None]
    assert drawn
    for scenario in drawn:
        assert scenario.draw is not None
        assert {shelf[name].locale for name in scenario.draw.products} == {scenario.locale}


def test_the_schema_file_is_current() -> None:
    assert (ROOT / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_every_key_is_explained_in_both_languages_and_moves_and_intents_are_offered() -> None:
    schema = json.loads(schema_text())
    models = {"Scenario": schema, **schema["$defs"]}
    for name, model in models.items():
        for key, spec in model["properties"].items():
            english, chinese = spec["description"].split("\n")
            assert english.endswith("."), (name, key)
            assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), (name, key)
    assert models["ScenarioEvent"]["properties"]["move"]["anyOf"][0]["enum"] == list(MOVES)
    assert set(models["ScenarioViewer"]["properties"]["lines"]["properties"]) == set(get_args(Intent))
