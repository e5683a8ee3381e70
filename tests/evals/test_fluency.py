from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.agreement import spearman
from evals.fluency import measure, misses, read_all


@pytest.mark.parametrize(
    ("left", "right", "rho"),
    [([1, 2, 3], [10, 20, 30], 1.0), ([1, 2, 3], [3, 2, 1], -1.0), ([0, 0, 1], [0, 1, 1], 0.5), ([1, 1], [1, 2], None)],
)
def test_rank_correlation_shares_ranks_among_equals(left: list[float], right: list[float], rho: float | None) -> None:
    assert spearman(left, right) == rho


def case(folder: Path, name: str, lines: list[str], spans: list[list[int]], disturbed: list[list[int]]) -> None:
    for part in ("products", "transcripts", "labels"):
        (folder / part).mkdir(exist_ok=True)
    turns: list[dict[str, Any]] = [
        {"i": at, "t0": 4.0 * at, "t1": 4.0 * at + 3, "role": "streamer", "text": text} for at, text in enumerate(lines)
    ]
    labels = {"product": "p", "asr_like": False, "fillers": {"spans": spans}, "disturbance_turns": disturbed}
    (folder / "products" / "p.json").write_text(json.dumps({"locale": "en-US"}), encoding="utf-8")
    (folder / "transcripts" / f"{name}.jsonl").write_text("\n".join(map(json.dumps, turns)), encoding="utf-8")
    (folder / "labels" / f"{name}.json").write_text(json.dumps(labels), encoding="utf-8")


def test_misses_and_false_alarms_show_although_their_counts_cancel(tmp_path: Path) -> None:
    case(tmp_path, "p__good", ["um, it's a lamp", "we have, well, two"], [[1, 9, 13]], [])
    case(tmp_path, "p__poor", ["the the lamp"], [], [[0, 1]])
    found = measure(tmp_path)
    assert (found["filler_error"], found["filler_precision"], found["filler_recall"]) == (0.0, 0.0, 0.0)
    assert (found["by_language"]["en"]["disturbance_rho"], found["by_language"]["zh"]["transcripts"]) == (1.0, 0)
    assert list(misses(read_all(tmp_path))) == [
        "filler p__good clean 0: {um}, it's a lamp",
        "filler p__good clean 1: we have, [well], two",
    ]
