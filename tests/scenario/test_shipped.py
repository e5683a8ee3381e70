from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach.scenario.library import Library
from coach.scenario.lint import lint
from coach.scenario.load import LoadedScenario
from coach.scenario.schema import SCHEMA_FILE, schema_text

ROOT = Path(__file__).parents[2]
SHIPPED = Library([ROOT / "scenarios"])


def test_two_scenarios_per_language_in_four_categories() -> None:
    loaded = SHIPPED.all()
    assert SHIPPED.broken() == []
    assert [item.scenario.locale for item in loaded] == ["en-US", "en-US", "zh-CN", "zh-CN"]
    assert len({item.scenario.category for item in loaded}) == 4


@pytest.mark.parametrize("loaded", SHIPPED.all(), ids=lambda item: item.scenario.id)
def test_shipped_scenarios_lint_clean_and_hold_what_practice_needs(loaded: LoadedScenario) -> None:
    scenario = loaded.scenario
    assert scenario.created is not None
    assert lint(loaded, scenario.created + timedelta(days=30)) == []
    assert {viewer.type for viewer in scenario.viewers} == {"haggler", "troll", "product_skeptic"}
    assert any(viewer.channel != "chat" for viewer in scenario.viewers)
    assert sum(event.pressure for event in scenario.events) >= 3
    assert 180 <= scenario.duration_sec <= 300


def test_the_schema_file_is_current() -> None:
    assert (ROOT / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()
