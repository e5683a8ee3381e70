"""What the scale benchmark makes of its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from evals import scale
from evals.latency import Run
from evals.load import Load
from evals.scale import Step, summary_of_steps
from evals.wire import Figures


def step(rehearsals: int, memory: float, answers: list[float]) -> Step:
    load = Load("http://127.0.0.1", 0)
    load._seconds["listening"], load._cpu["listening"] = 10.0 * rehearsals, 1.0 * rehearsals
    return Step(rehearsals, Run(figures=Figures(voice_to_voice_ms=answers), load=load), 0.1, [memory])


async def test_a_rehearsal_more_costs_memory_and_latency() -> None:
    summary = summary_of_steps([step(1, 200.0, [100.0] * 3), step(5, 240.0, [125.0] * 3)])
    assert summary["memory_per_rehearsal_mb"] == 10.0
    assert summary["p95_ratio"] == 1.25
    assert summary["rehearsals_per_core"] == 10.0
    assert summary["at_once_5"]["cpu_core_share"] == 0.1


@pytest.mark.parametrize("wrong", ["many", "0,1", ""])
def test_a_wrong_count_is_told_what_was_expected(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InputError, match="expected numbers"):
        scale._counts(wrong)
