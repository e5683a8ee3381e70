"""A drill made from a scenario: the same product, three minutes, one viewer or a calm room."""

from __future__ import annotations

from coach.scenario.exposure import exposed_scenario
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.scenario.model import Scenario, ScenarioViewer, ViewerType
from coach.scenario.text import keys_of, text_of

_MOST_HOSTILE = 2
"""Drills stay below the tone that asks for consent."""
_TITLE = 80
"""Longest title a scenario may have, characters."""
_JOINT = " · "
_ROOM_KEYS = ("stages", "demo_windows", "events", "goals", "pass", "draw", "density")
_NAMES = {"zh": "小路", "en": "Alex"}
"""Who comes where the scenario has no viewer of the type."""


def drill_of(
    loaded: LoadedScenario, drill_id: str, viewer: ViewerType | None, sec: float, name: str = ""
) -> LoadedScenario:
    """Return a short scenario with a text of its own, so that it is kept and scored like any other.

    Args:
        loaded: The scenario that was rehearsed.
        drill_id: Becomes its `skill`.
        viewer: The type of the one viewer who comes and comes back; None leaves those in who do not press.
        sec: How long it lasts.
        name: What the drill is called, put before the scenario's title.
    """
    scenario = loaded.scenario
    keys = keys_of(scenario)
    for key in _ROOM_KEYS:
        keys.pop(key, None)
    if viewer is None:
        viewers, level = exposed_scenario(scenario, None, "calm")[0].viewers, 1
        keys["density"] = {"hostile_share": 0.0, "cut_ins": False}
    else:
        viewers, level = [_only(scenario, viewer)], min(scenario.difficulty, _MOST_HOSTILE)
    keys |= {
        "kind": "drill",
        "skill": drill_id,
        "title": _titled(name, scenario),
        "difficulty": level,
        "duration_sec": sec,
        "viewers": [item.model_dump(mode="json", by_alias=True, exclude_unset=True) for item in viewers],
        "intensity_cap": min(scenario.intensity_cap, _MOST_HOSTILE),
    }
    return parse_scenario(text_of(keys, f"Drill {drill_id} on {scenario.id}."), loaded.name)


def _titled(name: str, scenario: Scenario) -> str:
    """Return the drill's name before the title; a drill made from a drill is named once."""
    title = scenario.title.rpartition(_JOINT)[2] if scenario.kind == "drill" else scenario.title
    return f"{name}{_JOINT}{title}"[:_TITLE] if name else title


def _only(scenario: Scenario, kind: ViewerType) -> ScenarioViewer:
    """Return the scenario's viewer of a type, else a new one who bargains within the prices."""
    found = next((viewer for viewer in scenario.viewers if viewer.type == kind), None)
    if found is not None:
        return found
    care = {"care": "allergy"} if kind == "special_care" else {}
    return ScenarioViewer.model_validate(
        {"id": "drill-viewer", "type": kind, "name": _NAMES[scenario.language], "channel": "both", **care}
    )
