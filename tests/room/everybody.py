"""A scenario with a viewer of every type, and utterances that do every move, for tests of the room."""

from __future__ import annotations

from typing import get_args

from coach.room.reading import Move, MoveKind, Reading
from coach.scenario.model import Care, Scenario, ScenarioViewer, ViewerType
from tests.room.simulate import shipped

TYPES: tuple[ViewerType, ...] = get_args(ViewerType)
CARES: tuple[Care, ...] = get_args(Care)
MOVES: tuple[MoveKind, ...] = get_args(MoveKind)


def everybody(name: str = "kettle", *, difficulty: int = 3, cap: int = 4) -> Scenario:
    """Return a shipped scenario peopled with one viewer of each type and each kind of care, without planned lines."""
    scenario = shipped(name)
    viewers = [ScenarioViewer(id=kind, type=kind, name=f"{kind}_1") for kind in TYPES if kind != "special_care"]
    viewers += [ScenarioViewer(id=f"care_{care}", type="special_care", name=f"{care}_2", care=care) for care in CARES]
    return scenario.model_copy(
        update={"viewers": viewers, "events": [], "difficulty": difficulty, "intensity_cap": cap}
    )


def did(*kinds: MoveKind, text: str = "", target: str = "", value: float | None = None) -> Reading:
    """Return the reading of an utterance that made these moves."""
    return Reading(
        text or "well then let me put it to you like this",
        tuple(Move(kind, value=value, target=target) for kind in kinds),
    )
