"""What mentors need of the room: own scenarios, checks of texts, the plan of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from coach.clock import wall_time
from coach.room.scenario_check import Checker
from coach.scenario.finding import Finding
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Scenario
from coach.score.scorecard import Text
from coach.store.shelf import Shelf

_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class PlannedMoment:
    """Something that happens by plan."""

    what: Text
    """What happens, in words."""
    kind: str
    """`line` or what happens to the room, such as `audience_drop`."""
    pressure: bool
    event: int
    """Its place in the file's `events`, from 0."""
    at_sec: float | None = None
    when: Text | None = None
    """What it waits for, where it comes at no fixed time."""
    viewer: str | None = None


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """What a scenario will do, as `scenario show` tells it."""

    duration_sec: float
    stages: tuple[tuple[str, float], ...]
    """Name and second of entry of those that are entered."""
    moments: tuple[PlannedMoment, ...]
    arrivals: dict[str, float]
    """Viewer id to second of arrival; who stays away at this difficulty is missing."""
    tempo: Text
    """How busy and how hostile the room is, in a sentence."""


class LintState(NamedTuple):
    """How many findings of each severity a text has."""

    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Authoring:
    """The mentor's part of a composition."""

    shelf: Shelf
    plan: Callable[[Scenario], ScenarioPlan]
    shipped: Path
    """Folder of the scenarios that come with the product."""
    schema: str
    """Path of `scenario.schema.json` as seen from an own scenario's published file."""
    _lint: dict[tuple[str, date], LintState] = field(default_factory=dict)

    def check(
        self, text: str, scenario_id: str | None, library: Callable[[], Iterable[LoadedScenario]]
    ) -> list[Finding]:
        """Return what `scenario check` says of a text that is, or would become, this own scenario."""
        name = str(self.shelf.played_file(scenario_id or "new"))
        return Checker(wall_time().date(), library).check(text, name, self.schema)

    def lint_state(self, loaded: LoadedScenario, library: Callable[[], Iterable[LoadedScenario]]) -> LintState:
        """Return the counts for a file that loads; remembered for the day, as ages are part of it."""
        today = wall_time().date()
        key = (loaded.hash, today)
        known = self._lint.get(key)
        if known is None or loaded.scenario.draw is not None:  # what may be drawn depends on the other files
            known = counted(Checker(today, library).check(loaded.text, loaded.name, self.schema))
            if len(self._lint) >= _REMEMBERED:
                self._lint.clear()
            self._lint[key] = known
        return known


def counted(findings: Iterable[Finding]) -> LintState:
    """Return how many findings of each severity there are."""
    found = [finding.severity for finding in findings]
    return LintState(found.count("error"), found.count("warning"), found.count("info"))
