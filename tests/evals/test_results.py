"""What a benchmark leaves behind can be read again and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.errors import InputError
from evals import results
from evals.keep import keep
from evals.results import Result, percentiles, rate, ratios


@pytest.mark.parametrize(
    ("values", "p50", "p95"),
    [([], None, None), ([4.0], 4.0, 4.0), ([1.0, 2.0, 9.0], 2.0, 9.0), ([float(n) for n in range(1, 101)], 50.5, 95.0)],
)
def test_percentiles_are_nearest_rank(values: list[float], p50: float | None, p95: float | None) -> None:
    found = percentiles(values)
    assert (found["n"], found["p50"], found["p95"]) == (len(values), p50, p95)


def test_a_share_of_nothing_is_not_zero() -> None:
    assert rate(0, 0) is None
    assert rate(1, 3) == 0.333


def test_ratios_compare_what_both_runs_measured() -> None:
    now = {"a_ms": {"n": 3, "p50": 150.0}, "rate": 0.1, "new": 1.0, "gone": None, "flag": True}
    before = {"a_ms": {"n": 3, "p50": 100.0}, "rate": 0.0, "gone": 5.0, "flag": True}
    assert ratios(now, before) == {"a_ms.n": 1.0, "a_ms.p50": 1.5}


def test_a_result_names_machine_and_engines_and_compares_with_its_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "BASELINES", tmp_path / "baselines")
    first = Result("demo", {"v": {"p50": 2.0}}, engines={"vad": "level"}, plots={"ms": {"v": [1.0, 3.0], "none": []}})
    first.write(tmp_path / "baselines")
    path = Result("demo", {"v": {"p50": 3.0}}, engines={"vad": "level"}).write(tmp_path / "out")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["baseline_ratios"] == {"v.p50": 1.5}
    assert {"processor", "cores", "python", "load_1min"} <= data["machine"].keys()
    table = path.with_suffix(".md").read_text(encoding="utf-8")
    assert "vad: level" in table
    assert "| v.p50 | 3.0 | × 1.5 |" in table
    assert (tmp_path / "baselines" / "demo.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert not path.with_suffix(".svg").exists()


def test_a_kept_result_is_what_the_next_run_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "BASELINES", tmp_path / "baselines")
    Result("demo", {"v": 2.0}, {"all": [1.0, 3.0]}, plots={"ms": {"v": [1.0, 3.0]}}).write(tmp_path / "results")
    kept = keep("demo", tmp_path / "results", tmp_path / "baselines")
    assert "raw" not in json.loads(kept.read_text(encoding="utf-8"))
    assert kept.with_suffix(".svg").exists()
    again = json.loads(Result("demo", {"v": 1.0}).write(tmp_path / "results").read_text(encoding="utf-8"))
    assert again["baseline_ratios"] == {"v": 0.5}
    with pytest.raises(InputError, match=r"run_coach\.py bench other"):
        keep("other", tmp_path / "results", tmp_path / "baselines")
