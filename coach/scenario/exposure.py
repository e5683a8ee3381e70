"""Graded exposure: learn the technique in calm, then with some pressure, then as written (DOMAIN rows R14, R16; §1.5).

Stress-inoculation training goes up such a ladder (Saunders et al. 1996). The scenario is changed, not the playing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from coach.scenario.load import LoadedScenario
from coach.scenario.model import Density, EventKind, Intent, Scenario, ScenarioEvent, ScenarioViewer, ViewerType

Exposure = Literal["calm", "easy", "full"]
EXPOSURES: tuple[Exposure, ...] = get_args(Exposure)

HOSTILE: frozenset[ViewerType] = frozenset({"troll", "spammer", "contrarian", "derailer"})
"""Viewers who are not there for the product; the ladder's hostile share counts their lines."""
_PRESSING: frozenset[ViewerType] = HOSTILE | {"trust_skeptic", "angry_returner", "bait"}
"""Types whose lines count as pressure (DOMAIN §4.2: troll, trust attack, bait); an angry customer by design."""
_HARD: tuple[EventKind, ...] = ("pile_on", "raid", "link_failure", "zero_orders", "wrong_price")
"""Room events that test composure unless the author says otherwise."""
_ATTACKS: tuple[EventKind, ...] = ("pile_on", "raid")
_HARSH: tuple[Intent, ...] = ("heckle", "bait", "pile_on", "raid")
_CALM_CAP = 1
"""Intensity in calm: a viewer may be short, nobody mocks."""
_CALM_HOSTILITY = 1.0
"""A viewer its author makes more hostile than this does not come in calm."""
_NAMES = {"zh": "小安", "en": "Robin"}
"""Who comes in calm where everybody else stays away."""


def is_pressing(event: ScenarioEvent) -> bool:
    """Return whether a planned event is a pressure event: the author's word, else what it is."""
    return event.pressure if "pressure" in event.model_fields_set else event.kind in _HARD


def exposed(loaded: LoadedScenario, difficulty: int | None, exposure: Exposure) -> tuple[LoadedScenario, int]:
    """Return the scenario and the difficulty to play, the text kept as the author wrote it.

    Args:
        loaded: As the author wrote it.
        difficulty: Wished, 1 to 5; None: the scenario's.
        exposure: `calm`: difficulty 1, no hostile viewer, no cut-in, no pressure event. `easy`: difficulty less one,
            every other pressure event. `full`: as written.
    """
    scenario, level = exposed_scenario(loaded.scenario, difficulty, exposure)
    return replace(loaded, scenario=scenario), level


def exposed_scenario(scenario: Scenario, difficulty: int | None, exposure: Exposure) -> tuple[Scenario, int]:
    """Do the same to a scenario without its text."""
    level = scenario.difficulty if difficulty is None else difficulty
    match exposure:
        case "calm":
            return _calm(scenario), 1
        case "easy":
            return scenario.model_copy(update={"events": _half(scenario.events)}), max(1, level - 1)
        case "full":
            return scenario, level


def _calm(scenario: Scenario) -> Scenario:
    viewers = [viewer for viewer in scenario.viewers if _is_calm(viewer)] or [_friend(scenario)]
    here = {viewer.id for viewer in viewers}
    events = [event for event in scenario.events if not _troubles(event) and (event.viewer or "") in {*here, ""}]
    density = Density(hostile_share=0.0, cut_ins=False, voice_share=scenario.density.voice_share)
    cap = min(scenario.intensity_cap, _CALM_CAP)
    return scenario.model_copy(update={"viewers": viewers, "events": events, "density": density, "intensity_cap": cap})


def _is_calm(viewer: ScenarioViewer) -> bool:
    return viewer.type not in _PRESSING and (viewer.hostility or 0.0) <= _CALM_HOSTILITY


def _troubles(event: ScenarioEvent) -> bool:
    return is_pressing(event) or event.kind in _ATTACKS or event.intent in _HARSH


def _friend(scenario: Scenario) -> ScenarioViewer:
    return ScenarioViewer(id="calm-friend", type="friendly", name=_NAMES[scenario.language], channel="both")


def _half(events: list[ScenarioEvent]) -> list[ScenarioEvent]:
    """Return the events without every second one that tests composure."""
    kept, pressing = [], 0
    for event in events:
        pressing += is_pressing(event)
        if not is_pressing(event) or pressing % 2:
            kept.append(event)
    return kept
