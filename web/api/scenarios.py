"""The scenarios to choose from."""

from __future__ import annotations

from fastapi import APIRouter

from web.api.models import ScenarioCard
from web.state import State

router = APIRouter(prefix="/api/scenarios", tags=["scenarios"])


@router.get("")
def list_scenarios(state: State) -> list[ScenarioCard]:
    """Return every usable scenario, by locale and id. Broken files are left out; `scenario check` explains them."""
    return [ScenarioCard.of(loaded.scenario) for loaded in state.composition.library.all()]
