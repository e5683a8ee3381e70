"""Load a scenario, or say everything that is wrong with it, each fault with file, line, column and field."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from coach.errors import Place, ScenarioError
from coach.scenario.faults import problem_of
from coach.scenario.model import Scenario
from coach.scenario.references import reference_problems
from coach.scenario.yaml_tree import MAX_BYTES, Problem, Tree, read_tree, too_large


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario with the exact text it came from."""

    scenario: Scenario
    text: str
    name: str
    """File name as given, for messages."""
    hash: str
    """SHA-256 of the text, hexadecimal."""


def load_scenario(path: Path | str) -> LoadedScenario:
    """Read a scenario file.

    Raises:
        ScenarioError: If it cannot be read or is not a valid scenario; all faults found are in `problems`.
    """
    path = Path(path)
    return parse_scenario(_read(path), str(path))


def parse_scenario(text: str, name: str = "scenario") -> LoadedScenario:
    """Read a scenario from text.

    Args:
        text: YAML, at most `MAX_BYTES`.
        name: What to call it in messages.

    Raises:
        ScenarioError: If it is not a valid scenario; all faults found are in `problems`.
    """
    tree = read_tree(text, name)
    scenario, problems = _validate(tree)
    if scenario is None or problems:
        raise ScenarioError(sorted(problems, key=lambda problem: (problem[0].line, problem[0].column)))
    return LoadedScenario(scenario, text, name, hashlib.sha256(text.encode()).hexdigest())


def _validate(tree: Tree) -> tuple[Scenario | None, list[Problem]]:
    if not isinstance(tree.data, dict):
        return None, [(Place(tree.name, 1, 1), "expected keys with values such as 'id: …', got something else")]
    problems = [*tree.problems, *reference_problems(tree)]
    try:
        return Scenario.model_validate(tree.data), problems
    except ValidationError as error:
        found = [problem_of(detail, tree) for detail in error.errors(include_url=False)]
        return None, problems + found


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise ScenarioError([(Place(str(path)), "no such scenario file")])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ScenarioError([(Place(str(path)), f"cannot be read: {error.strerror or error}")]) from error
    if len(raw) > MAX_BYTES:
        raise too_large(str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ScenarioError([(Place(str(path), line), "not UTF-8 text; save the file as UTF-8")]) from error
