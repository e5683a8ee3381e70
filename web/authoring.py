"""What mentors need of the room: own scenarios, checks of texts, the plan of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
from coach.store.shelf import Own, Shelf

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
        """Return what `scenario check` says of a text of this scenario; without an id, of a new own one."""
        name = self._file_of(scenario_id, library) if scenario_id else str(self.shelf.played_file("new"))
        return Checker(wall_time().date(), library).check(text, name, self.schema)

    def _file_of(self, scenario_id: str, library: Callable[[], Iterable[LoadedScenario]]) -> str:
        """Return the file that has an id, so that it is not taken for a second one."""
        if scenario_id not in self.shelf:
            known = next((one.name for one in library() if one.scenario.id == scenario_id), None)
            if known is not None:
                return known
        return str(self.shelf.played_file(scenario_id))

    def lint_state(self, loaded: LoadedScenario, library: Callable[[], Iterable[LoadedScenario]]) -> LintState:
        """Return the counts for a file that loads; remembered for the day, as ages are part of it."""
        today = wall_time().date()
        key = (loaded.hash, today)
        known = self._lint.get(key)
        if known is None or loaded.scenario.draw is not None:  # what may be drawn depends on the other files
            known = _counted(Checker(today, library).check(loaded.text, loaded.name, self.schema))
            self._keep(key, known)
        return known

    def lint_state_of(self, own: Own, others: Sequence[LoadedScenario]) -> LintState:
        """Return the counts for an own scenario, broken or not; remembered until it, the day or the others change."""
        key = (f"{own.id} {own.newest.hash} {hash(tuple(one.scenario.id for one in others))}", wall_time().date())
        known = self._lint.get(key)
        if known is None:
            known = _counted(self.check(own.text, own.id, lambda: others))
            self._keep(key, known)
        return known

    def _keep(self, key: tuple[str, date], state: LintState) -> None:
        if len(self._lint) >= _REMEMBERED:
            self._lint.clear()
        self._lint[key] = state


def _counted(findings: Iterable[Finding]) -> LintState:
    """Return how many findings of each severity there are."""
    found = [finding.severity for finding in findings]
    return LintState(found.count("error"), found.count("warning"), found.count("info"))
