"""The scenarios to choose from."""

from __future__ import annotations

from fastapi import APIRouter

from web.api.models import ScenarioCard
from web.state import State

router = APIRouter(prefix="/api/scenarios", tags=["scenarios"])


@router.get("")
def list_scenarios(state: State) -> list[ScenarioCard]:
    """Return every usable scenario: by locale, whole rehearsals before drills, the easiest first.

    Broken files are left out; `scenario check` explains them.
    """
    found = [loaded.scenario for loaded in state.composition.library.all()]
    found.sort(key=lambda scenario: (scenario.locale, scenario.kind == "drill", scenario.difficulty, scenario.id))
    return [ScenarioCard.of(scenario) for scenario in found]
