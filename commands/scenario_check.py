"""`scenario check`: what is wrong or unwise in scenario files, where, and what to write instead."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.compose import ROOT
from commands.console import complain, line
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.scenario_check import Checker
    from coach.scenario.finding import Finding
    from coach.scenario.load import LoadedScenario

_OK, _FAULTY, _UNREADABLE = 0, 1, 2
_STYLES = {"error": "red", "warning": "yellow", "info": "dim"}


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare its arguments."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("arg.paths"))
    parser.add_argument("--fix", action="store_true", help=say("arg.check.fix"))
    parser.add_argument("--json", action="store_true", help=say("arg.check.json"))


@dataclass(frozen=True, slots=True)
class Checked:
    """One file."""

    path: Path
    findings: tuple[Finding, ...]
    fixed: tuple[Finding, ...] = ()
    diff: str = ""
    recoded: str = ""
    """Encoding that the file was in, where it is UTF-8 only now."""
    backup: Path | None = None

    @property
    def code(self) -> int:
        """0 without errors, 1 with, 2 where the file as a whole cannot be used."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        return _OK if not errors else _FAULTY if all(finding.place.line for finding in errors) else _UNREADABLE


def run(options: argparse.Namespace, say: Say) -> int:
    """Check: exit 0 without errors, 1 with, 2 where a file cannot be read."""
    from coach.clock import wall_time
    from coach.room.scenario_check import Checker
    from coach.settings import load_settings
    from commands.compose import library

    checker = Checker(wall_time().date(), library(load_settings()).all)
    checked = [_check(file, checker, fix=options.fix) for path in options.paths for file in _files(path, say)]
    checked = list(_with_same_ids(checked))
    if options.json:
        sys.stdout.write(json.dumps(as_json(checked), ensure_ascii=False, indent=2) + "\n")
    else:
        for one in checked:
            _show(one, say)
        line(say("check.total", files=len(checked), faulty=sum(one.code != _OK for one in checked)))
    return max((one.code for one in checked), default=_UNREADABLE)


def _files(path: Path, say: Say) -> Iterator[Path]:
    """Yield a file as it is, and the scenarios of a folder."""
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.rglob("*.y*ml") if file.is_file())
    if not found:
        complain(say("check.empty", path=path))
    yield from found


def _check(path: Path, checker: Checker, *, fix: bool) -> Checked:
    from coach.scenario.encoding import text_of
    from coach.scenario.finding import BrokenScenario
    from coach.scenario.load import read_bytes
    from commands.scenario_fix import fix_file

    name, schema = str(path), schema_from(path)
    try:
        raw = read_bytes(path)
        if fix:
            return fix_file(path, raw, lambda text: checker.check(text, name, schema))
        return Checked(path, tuple(checker.check(text_of(raw, name), name, schema)))
    except BrokenScenario as error:
        return Checked(path, tuple(error.findings))


def _with_same_ids(checked: Sequence[Checked]) -> Iterator[Checked]:
    """Add an error to each file whose id a file before it has; rehearsals that were kept share theirs rightly."""
    from coach.scenario.lint_plan import same_id_findings

    first: dict[str, LoadedScenario] = {}
    for one in checked:
        loaded = None if len(checked) == 1 or _is_kept(one.path) else _loaded(one.path)
        shelf = [first.setdefault(loaded.scenario.id, loaded)] if loaded else []
        found = same_id_findings(loaded, shelf, "error") if loaded else []
        # The library may have warned of the same two files already.
        others = [finding for finding in one.findings if finding.rule != "same_id"]
        yield replace(one, findings=(*found, *others)) if found else one


def _is_kept(path: Path) -> bool:
    """Return whether a scenario is the one that a rehearsal beside it was played with."""
    from coach.score.batch.find import EVENTS, SCENARIO

    return path.name == SCENARIO and path.with_name(EVENTS).is_file()


def _loaded(path: Path) -> LoadedScenario | None:
    """Return a scenario, None of a file that does not load: its own faults are told."""
    from coach.errors import ScenarioError
    from coach.scenario.load import load_scenario

    try:
        return load_scenario(path)
    except ScenarioError:
        return None


def schema_from(path: Path) -> str:
    """Return where the schema is, seen from a scenario file."""
    from coach.scenario.schema import SCHEMA_FILE

    try:
        return Path(os.path.relpath(ROOT / SCHEMA_FILE, path.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return (ROOT / SCHEMA_FILE).as_posix()


def _show(checked: Checked, say: Say) -> None:
    if checked.recoded:
        line(say("check.recoded", path=checked.path, encoding=checked.recoded))
    if checked.diff:
        line(checked.diff)
    if checked.backup:
        line(say("check.fixed", path=checked.path, count=len(checked.fixed), backup=checked.backup))
    for finding in checked.findings:
        complain(finding.told(say.sentence))
    if checked.code == _OK:
        line(say("check.ok", path=checked.path))


# --- JSON ----------------------------------------------------------------------------------------------------


def as_json(checked: Sequence[Checked]) -> dict[str, Any]:
    """Return what `--json` prints: keys stay as they are."""
    return {
        "files": [str(one.path) for one in checked],
        "errors": sum(finding.severity == "error" for one in checked for finding in one.findings),
        "findings": [
            *(_finding(finding, one.path, fixed=True) for one in checked for finding in one.fixed),
            *(_finding(finding, one.path, fixed=False) for one in checked for finding in one.findings),
        ],
    }


def _finding(finding: Finding, path: Path, *, fixed: bool) -> dict[str, Any]:
    return {
        "file": str(path),
        "line": finding.place.line,
        "column": finding.place.column,
        "field": finding.place.field,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": _both(finding.message),
        "suggestion": _both(finding.suggestion),
        "fixable": finding.edit is not None,
        "fixed": fixed,
    }


def _both(text: str) -> dict[str, str]:
    return {"zh": Say("zh").sentence(text), "en": str(text)}
