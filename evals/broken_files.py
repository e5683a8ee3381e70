"""`scenario check` on broken files: does each name its fault, and what does it cost?

The files are made by `tests/scenario/broken.py`. Each is checked in a process of its own: the time is that of the
check alone (the program is loaded already), the memory is the process's peak, interpreter and all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from coach.clock import Stopwatch
from evals.results import ROOT

LIMIT_SEC, LIMIT_MB = 1.0, 200.0
"""What no check may take."""
_TIMEOUT_SEC = 60


def run() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return summary and cases, as `bench viewers` keeps them."""
    from tests.scenario.broken import CORPUS

    cases = []
    with tempfile.TemporaryDirectory() as folder:
        for number, broken in enumerate(CORPUS):
            path = Path(folder) / f"{number:03d}.yaml"
            path.write_bytes(broken.content)
            found = _checked(path)
            where = found.pop("places")
            right = any(
                rule == broken.rule and line == (broken.line or line) and column == (broken.column or column)
                for rule, line, column in where
            )
            cases.append({"name": broken.name, "rule": broken.rule, "named": right, "placed": bool(where), **found})
    return _summary(cases), cases


def measure() -> dict[str, Any]:
    """Return the summary alone."""
    return run()[0]


def _summary(cases: list[dict[str, Any]]) -> dict[str, Any]:
    slowest = max(cases, key=lambda case: case["sec"])
    largest = max(cases, key=lambda case: case["mb"])
    return {
        "files": len(cases),
        "named_with_line_column_and_remedy": sum(case["named"] and case["told"] for case in cases),
        "slowest_sec": slowest["sec"],
        "slowest": slowest["name"],
        "most_mb": largest["mb"],
        "largest": largest["name"],
        "over_limit": [case["name"] for case in cases if case["sec"] > LIMIT_SEC or case["mb"] > LIMIT_MB],
        "failed": [case["name"] for case in cases if not (case["named"] and case["told"])],
    }


def _checked(path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "evals.broken_files", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_TIMEOUT_SEC,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _child(path: Path) -> dict[str, Any]:
    """Check one file here; the program is loaded before the clock starts."""
    from datetime import date

    from coach.error_texts import in_chinese
    from coach.room.scenario_check import Checker
    from coach.scenario.encoding import text_of
    from coach.scenario.finding import BrokenScenario
    from coach.scenario.load import read_bytes
    from tests.scenario.samples import VALID

    checker = Checker(date(2026, 11, 20))
    checker.check(VALID, "warm", "s.json")
    watch = Stopwatch()
    try:
        findings = checker.check(text_of(read_bytes(path), path.name), path.name, "s.json")
    except BrokenScenario as error:
        findings = error.findings
    sec = watch.elapsed_sec()
    errors = [finding for finding in findings if finding.severity == "error"]
    return {
        "sec": round(sec, 4),
        "mb": round(_peak_mb(), 1),
        "places": [(one.rule, one.place.line, one.place.column) for one in errors if one.place.line],
        "told": all(one.place.line and in_chinese(one.suggestion) and one.suggestion for one in errors),
    }


def _peak_mb() -> float:
    """Return this process's peak memory; 0 where the system does not say."""
    if os.name == "nt":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    print(json.dumps(_child(Path(sys.argv[1])) if len(sys.argv) > 1 else measure(), indent=2))
