"""Scoring many files: transcripts, event logs, rehearsal folders. Writing and showing is the caller's."""

from __future__ import annotations

import csv
import io
import json
import logging
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.transcript import load_transcript

logger = logging.getLogger(__name__)

EVENTS = "events.jsonl"
SCENARIO = "scenario.yaml"
_CHUNK = 8

FIELDS = (
    "path",
    "scenario_id",
    "rehearsal_id",
    "duration_sec",
    "pacing",
    "coverage",
    "composure",
    "hit",
    "partial",
    "miss",
    "misstated",
    "speaking_rate",
    "fillers_per_min",
    "dead_air",
    "pressure_events",
    "focus_1",
    "focus_2",
    "problems",
    "error",
)
"""Columns of a row, in order. Empty means not measured."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one file."""

    path: Path
    scorecard: Scorecard | None
    """None where the file could not be scored; `error` says why."""
    problems: tuple[str, ...] = ()
    """Lines left out, each as `path:line: what`."""
    error: str | None = None


def find_files(paths: Sequence[Path | str]) -> list[Path]:
    """Return the files to score, each once: files as given, folders searched for `*.jsonl` in order of name.

    Raises:
        InputError: If a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob("*.jsonl"))))
        elif path.is_file():
            found[path] = None
        else:
            raise InputError(
                "{path}: expected a transcript, an events.jsonl or a folder of them, found nothing there", path=path
            )
    return list(found)


def score_files(files: Sequence[Path], scenario: Scenario | None = None, *, workers: int = 1) -> Iterator[BatchResult]:
    """Score files one after another, or on several processes; results come in the order of `files`.

    Args:
        files: As `find_files` returns them.
        scenario: What they rehearse; None takes the `scenario.yaml` beside each log.
        workers: Processes; 1 works in this one.
    """
    work = partial(score_file, scenario=scenario)
    if workers <= 1 or len(files) <= 1:
        yield from map(work, files)
        return
    # Fresh processes: a forked copy of a threaded program may deadlock.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(workers, len(files)), mp_context=context) as pool:
        yield from pool.map(work, files, chunksize=_CHUNK)


def score_file(path: Path, scenario: Scenario | None = None) -> BatchResult:
    """Score one file; what is wrong with it, or with scoring it, is in the result."""
    try:
        used = scenario or _scenario_beside(path)
        imported = load_transcript(path)
        card = score(used, imported.records)
    except InputError as error:
        return BatchResult(path, None, error=error.text)
    except Exception as error:
        # One odd file must not cost the others of a long run their results.
        logger.exception("scoring failed: %s", path)
        return BatchResult(path, None, error=f"{path}: scoring failed ({type(error).__name__}: {error}); please report")
    return BatchResult(path, card, tuple(str(problem) for problem in imported.problems))


def _scenario_beside(path: Path) -> Scenario:
    beside = path.parent / SCENARIO
    if not beside.is_file():
        raise InputError(
            "{path}: expected a scenario; give one, or put {file} beside the file", path=path, file=SCENARIO
        )
    return load_scenario(beside).scenario


# --- rows ------------------------------------------------------------------------------------------------------


def row(result: BatchResult) -> dict[str, Any]:
    """Return one result as flat values under FIELDS; None where not measured."""
    base: dict[str, Any] = dict.fromkeys(FIELDS)
    base |= {"path": str(result.path), "problems": len(result.problems), "error": result.error}
    card = result.scorecard
    if card is None:
        return base
    metrics = {metric.id: metric.value for metric in card.metrics}
    base |= {"scenario_id": card.scenario_id, "rehearsal_id": card.rehearsal_id, "duration_sec": card.duration_sec}
    base |= {item.id: item.value for item in card.scores}
    base |= {
        state: sum(point.state == state for point in card.coverage) for state in ("hit", "partial", "miss", "misstated")
    }
    base |= {name: metrics.get(name) for name in ("speaking_rate", "fillers_per_min", "dead_air")}
    base["pressure_events"] = len(card.pressure)
    base |= {f"focus_{at}": focus.finding_id for at, focus in enumerate(card.focus, start=1)}
    return base


def jsonl_line(result: BatchResult) -> str:
    """Return one result with its whole scorecard as a JSON line, newline included."""
    card = result.scorecard.model_dump(mode="json") if result.scorecard else None
    value = {"path": str(result.path), "error": result.error, "problems": list(result.problems), "scorecard": card}
    return json.dumps(value, ensure_ascii=False) + "\n"


def csv_header() -> str:
    """Return the header line, newline included."""
    return _csv_line(list(FIELDS))


def csv_line(result: BatchResult) -> str:
    """Return one result as a CSV line, newline included. Cells that a spreadsheet would run as formulas are quoted."""
    values = row(result)
    return _csv_line([_harmless(values[name]) for name in FIELDS])


def _csv_line(cells: list[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
