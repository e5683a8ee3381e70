"""Everything there is to say about a scenario file, broken or not: faults, layout, lint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from coach.scenario.finding import BrokenScenario, Finding
from coach.scenario.layout import layout_findings
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.scenario.yaml_tree import read_tree


class Checker:
    """Checks texts of scenarios.

    Args:
        today: What ages are measured against.
        library: Returns the scenarios that exist; asked only for files that load.
    """

    def __init__(self, today: date, library: Callable[[], Iterable[LoadedScenario]] = tuple) -> None:
        self._today = today
        self._library = library

    def check(self, text: str, name: str, schema: str) -> list[Finding]:
        """Return all findings in file order; a file that does not load has only its faults and its layout.

        Args:
            text: The whole file.
            name: What to call it in messages.
            schema: Path of `scenario.schema.json` as seen from the file.
        """
        try:
            layout = layout_findings(read_tree(text, name), schema)
            loaded = parse_scenario(text, name)
            found = [*layout, *self._review(loaded)]
        except BrokenScenario as error:
            found = [*error.findings, *self._layout(text, name, schema)]
        return sorted(found, key=lambda finding: (finding.place.line, finding.place.column))

    def _review(self, loaded: LoadedScenario) -> list[Finding]:
        from coach.room.scenario_lint import review  # loads the whole room: a file that does not load has no need of it

        return review(loaded, self._today, self._library())

    def _layout(self, text: str, name: str, schema: str) -> list[Finding]:
        try:
            return layout_findings(read_tree(text, name), schema)
        except BrokenScenario:
            return []
