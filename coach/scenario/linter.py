"""Collects what rules find in a scenario that loads, each at its place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from coach.errors import Sentence
from coach.scenario.finding import Edit, Finding, Severity
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Intent, Scenario, ScenarioViewer
from coach.scenario.yaml_tree import Path, Tree, read_tree


class Linter:
    """One scenario and the findings on it so far."""

    def __init__(self, loaded: LoadedScenario, today: date) -> None:
        self.scenario: Scenario = loaded.scenario
        self.today = today
        self.tree: Tree = read_tree(loaded.text, loaded.name)
        self.findings: list[Finding] = []

    def add(
        self,
        rule: str,
        severity: Severity,
        path: Path,
        message: Sentence,
        suggestion: Sentence,
        edit: Edit | None = None,
    ) -> None:
        """Note one finding at the place of `path`."""
        self.findings.append(Finding(rule, severity, self.tree.place(path), message, suggestion, edit))


Rule: TypeAlias = Callable[[Linter], None]


def apply(rules: Sequence[Rule], loaded: LoadedScenario, today: date) -> list[Finding]:
    """Return what the rules find, in file order."""
    linter = Linter(loaded, today)
    for rule in rules:
        rule(linter)
    return sorted(linter.findings, key=lambda finding: (finding.place.line, finding.place.column))


def viewer_lines(scenario: Scenario) -> Iterator[tuple[Path, ScenarioViewer, Intent, str]]:
    """Yield every line that an author wrote for a viewer, with its path."""
    for number, viewer in enumerate(scenario.viewers):
        for intent, lines in viewer.lines.items():
            for place, text in enumerate(lines):
                yield ("viewers", number, "lines", intent, place), viewer, intent, text


def plain(text: str) -> str:
    """Return text without case, spaces and punctuation, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
