"""Load a scenario, or say everything that is wrong with it, each fault with file, line, column and field."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coach.errors import Place, Sentence
from coach.scenario.encoding import text_of
from coach.scenario.faults import problem_of
from coach.scenario.finding import BrokenScenario, Finding, broken
from coach.scenario.model import Scenario
from coach.scenario.references import reference_problems
from coach.scenario.yaml_tree import MAX_BYTES, Tree, read_tree, too_large

MOST_FAULTS = 200
"""Faults told of one file; each costs a guess at what was meant, and nobody mends more before looking again."""


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
        BrokenScenario: If it cannot be read or is not a valid scenario; all faults found are in `findings`.
    """
    path = Path(path)
    return parse_scenario(text_of(read_bytes(path), str(path)), str(path))


def parse_scenario(text: str, name: str = "scenario") -> LoadedScenario:
    """Read a scenario from text.

    Args:
        text: YAML, at most `MAX_BYTES`.
        name: What to call it in messages.

    Raises:
        BrokenScenario: If it is not a valid scenario; all faults found are in `findings`.
    """
    tree = read_tree(text, name)
    scenario, problems = _validate(tree)
    if scenario is None or problems:
        raise BrokenScenario(problems)
    return LoadedScenario(scenario, text, name, hashlib.sha256(text.encode()).hexdigest())


def _validate(tree: Tree) -> tuple[Scenario | None, list[Finding]]:
    if not isinstance(tree.data, dict):
        what = Sentence("expected keys with values such as 'id: …', got something else")
        advice = Sentence("begin one with: run_coach.py scenario new")
        return None, [Finding("not_keys", "error", Place(tree.name, 1, 1), what, advice)]
    problems = [*tree.problems, *reference_problems(tree)]
    try:
        return Scenario.model_validate(tree.data), _most(problems, [], tree)
    except ValidationError as error:
        return None, _most(problems, error.errors(include_url=False), tree)


def _most(problems: list[Finding], faults: list[ErrorDetails], tree: Tree) -> list[Finding]:
    """Return the first `MOST_FAULTS`, and at the top of the file how many more there are."""
    told = problems[:MOST_FAULTS]
    told += [problem_of(fault, tree) for fault in faults[: MOST_FAULTS - len(told)]]
    more = len(problems) + len(faults) - len(told)
    if more:
        what = Sentence("{more} more faults are not listed", more=more)
        told.append(Finding("more_faults", "error", Place(tree.name, 1, 1), what, Sentence("mend those listed first")))
    return told


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that may be a scenario.

    Raises:
        BrokenScenario: If there is none, it cannot be read, or it is far too large.
    """
    try:
        if not path.is_file():
            what = Sentence("no such scenario file")
            raise broken("no_file", Place(str(path)), what, Sentence("give the path of a .yaml file, or an id"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        what = Sentence("cannot be read: {reason}", reason=error.strerror or error)
        raise broken("unreadable", Place(str(path)), what, Sentence("check who may read the file")) from error
    if len(raw) > MAX_BYTES:
        raise too_large(str(path), raw.decode("utf-8", "replace"))
    return raw
