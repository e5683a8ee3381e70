"""What the scenario plans: stages on the clock, events at a time or when something happens. Each fires once."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach.scenario.model import Scenario, ScenarioEvent, Stage

_SILENCE_SEC = 6.0
"""Default of `after_sec` for `when: silence`: past the 5 s that count as dead air."""


@dataclass(slots=True)
class Seen:
    """What has happened so far, as far as plans depend on it."""

    price_said: bool = False
    conceded: bool = False
    """Whether the streamer went down with the price."""
    points: set[str] = field(default_factory=set)
    moves: set[str] = field(default_factory=set)
    """Kinds of moves made so far."""
    bought: set[str] = field(default_factory=set)
    """Viewers who bought."""
    left: set[str] = field(default_factory=set)
    """Viewers who left without buying."""
    stage: str = ""
    silent_sec: float = 0.0


class Beats:
    """Tells which planned things are due."""

    def __init__(self, scenario: Scenario) -> None:
        self._stages = list(scenario.stages)
        self._events = list(scenario.events)
        self._next_start = 0.0

    def stages_due(self, now: float) -> list[Stage]:
        """Return stages entered since the last call, in order."""
        entered: list[Stage] = []
        while self._stages and now >= self._next_start:
            stage = self._stages.pop(0)
            self._next_start = stage.until_sec if stage.until_sec is not None else float("inf")
            entered.append(stage)
        return entered

    def events_due(self, now: float, seen: Seen) -> list[ScenarioEvent]:
        """Return events due now, in file order; they will not be returned again."""
        due = [event for event in self._events if _is_due(event, now, seen)]
        self._events = [event for event in self._events if not any(event is other for other in due)]
        return due


def _is_due(event: ScenarioEvent, now: float, seen: Seen) -> bool:
    if event.at_sec is not None:
        return now >= event.at_sec
    match event.when:
        case "price_said":
            return seen.price_said
        case "point_covered":
            return event.point in seen.points if event.point else bool(seen.points)
        case "stage":
            return seen.stage == event.stage
        case "reading":
            return event.move in seen.moves
        case "concession":
            return seen.conceded
        case "viewer_bought":
            return _whom(event) in seen.bought if _whom(event) else bool(seen.bought)
        case "viewer_left":
            return _whom(event) in seen.left if _whom(event) else bool(seen.left)
        case "silence":
            return seen.silent_sec >= (event.after_sec or _SILENCE_SEC)
        case _:
            return False


def _whom(event: ScenarioEvent) -> str | None:
    """Return whose purchase or leaving it waits for; None: anybody's. In a planned line `viewer` is who speaks."""
    return None if event.kind in ("line", "pile_on") else event.viewer
