"""What the scale benchmark makes of its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from evals import scale
from evals.latency import Run
from evals.load import Load
from evals.scale import Step, summary_of_steps
from evals.stages import STAGES
from evals.wire import Figures


def step(rehearsals: int, memory: float, answers: list[tuple[str, float]]) -> Step:
    """Answers are (clip, voice to voice in ms), of which 160 are silence and 10 the voice's end."""
    load = Load("http://127.0.0.1", 0)
    load._seconds["listening"], load._cpu["listening"] = 10.0 * rehearsals, 1.0 * rehearsals
    parts = {**dict.fromkeys(STAGES, 0.0), "endpoint_ms": 160.0, "voice_end_ms": 10.0}
    figures = Figures(
        voice_to_voice_ms=[ms for _, ms in answers],
        answers=[{"clip": clip, "voice_to_voice_ms": ms, **parts} for clip, ms in answers],
    )
    return Step(rehearsals, Run(figures=figures, load=load), 0.1, [memory])


async def test_a_rehearsal_more_costs_memory_and_latency() -> None:
    alone = step(1, 200.0, [("a", 200.0), ("a", 210.0), ("b", 220.0)])
    together = step(5, 240.0, [("a", 265.0), ("b", 275.0), ("c", 245.0)])
    summary = summary_of_steps([alone, together])
    assert summary["memory_per_rehearsal_mb"] == 10.0
    assert summary["p95_ratio"] == 1.25
    assert summary["after_decision_p95_ratio"] == 2.1
    assert (summary["added_ms"]["n"], summary["added_ms"]["p50"], summary["added_ms"]["max"]) == (2, 57.5, 60.0)
    assert summary["rehearsals_per_core"] == 10.0
    assert summary["at_once_5"]["cpu_core_share"] == 0.1


def test_growth_is_told_per_hour() -> None:
    assert scale.growth_per_hour([200.0, 201.0, 202.0, 203.0], 30.0) == 6.0
    assert scale.growth_per_hour([200.0], 30.0) is None


@pytest.mark.parametrize("wrong", ["many", "0,1", ""])
def test_a_wrong_count_is_told_what_was_expected(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InputError, match="expected numbers"):
        scale._counts(wrong)
