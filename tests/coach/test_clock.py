from __future__ import annotations

import ast
import asyncio
from datetime import UTC
from pathlib import Path

import pytest

from coach.clock import LoopClock, Stopwatch, wall_time
from tests.virtual_time import virtual_time

ROOT = Path(__file__).resolve().parents[2]


@virtual_time
async def test_the_rehearsal_clock_begins_at_zero_whenever_it_is_made() -> None:
    await asyncio.sleep(5)
    clock = LoopClock()
    assert clock.now() == 0.0
    await asyncio.sleep(1.5)
    assert clock.now() == pytest.approx(1.5)


@virtual_time
async def test_absolute_deadlines_do_not_add_up_to_drift() -> None:
    clock = LoopClock()
    for tick in range(1, 101):
        await asyncio.sleep(0.007)
        await clock.sleep_until(tick * 0.020)
    assert clock.now() == pytest.approx(2.0, abs=1e-6)


@virtual_time
async def test_a_deadline_in_the_past_lets_others_run_and_returns() -> None:
    clock = LoopClock()
    await asyncio.sleep(1)
    await clock.sleep_until(0.2)
    assert clock.now() == 1.0


def test_wall_time_is_in_utc_and_a_stopwatch_never_goes_back() -> None:
    assert wall_time().tzinfo is UTC
    watch = Stopwatch()
    first = watch.elapsed_sec()
    assert 0.0 <= first <= watch.elapsed_sec()


def test_only_the_clock_module_reads_a_clock() -> None:
    folders = [ROOT / name for name in ("coach", "audio", "web", "commands") if (ROOT / name).is_dir()]
    sources = [path for folder in folders for path in folder.rglob("*.py") if "node_modules" not in path.parts]
    assert {path.relative_to(ROOT).as_posix() for path in sources if clock_reads(path)} == {"coach/clock.py"}


def clock_reads(path: Path) -> set[str]:
    """Return what reads the time there; `time.sleep` only passes it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names.add(f"{node.value.id}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    clocks = {
        f"time.{name}{unit}" for name in ("time", "monotonic", "perf_counter", "process_time") for unit in ("", "_ns")
    }
    return names & (clocks | {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"})
