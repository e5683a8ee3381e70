from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coach.score.batch.journal import opened
from coach.score.batch.overview import overview
from coach.score.batch.overview_words import WORDS
from coach.score.batch.rows import empty_row
from coach.score.batch.tally import Distribution, Tally, Trend
from tests.score.batch.files import GOOD, OTHER
from tests.score.batch.test_outputs import filled


def shown(tmp_path: Path, language: str) -> str:
    root = tmp_path / "in"
    for streamer, talks in {"mei": [GOOD, OTHER, GOOD], "<b>bo": [OTHER]}.items():
        (root / streamer).mkdir(parents=True)
        for number, talk in enumerate(talks):
            (root / streamer / f"{number}.jsonl").write_text(talk, encoding="utf-8")
    (root / "bad.jsonl").write_text("broken", encoding="utf-8")
    with opened(tmp_path / "out") as journal:
        filled(journal, root)
        return overview(journal, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_file_that_needs_nothing_else(tmp_path: Path, language: str) -> None:
    page = shown(tmp_path, language)
    at = 0 if language == "zh" else 1
    for key in ("spread", "weakest", "compliance", "trend", "worst_files"):
        assert WORDS[key][at] in page
    assert "透气不闷" in page
    assert "bad.jsonl" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "@media print" in page
    anchors = set(re.findall(r'href="#(file-\d+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'id="(file-\d+)"', page))


def test_what_is_to_be_practised_is_one_row_and_counts_a_file_once() -> None:
    tally = Tally()
    bait = ("被带节奏：{}次", "The bait was taken, {}×")
    for number, places in enumerate(([("b.1", 3), ("b.2", 1)], [("b.1", 2)])):
        focus = [(name, *(text.format(count) for text in bait)) for name, count in places]
        focus += [("pace", "语速", "Pace")][:number]
        tally.add(row(f"{number}.jsonl"), {"title": "S", "points": [], "focus": focus, "compliance": []})
    assert tally.advised(0) == [("被带节奏", 2), ("语速", 1)]
    assert tally.advised(1) == [("The bait was taken", 2), ("Pace", 1)]


def test_names_from_outside_are_escaped(tmp_path: Path) -> None:
    page = shown(tmp_path, "en")
    assert "<b>bo" not in page
    assert "&lt;b&gt;bo" in page


def row(path: str, **values: Any) -> dict[str, Any]:
    return {
        **{key: 0 for key, value in empty_row("", "").items() if value is None},
        **{"error": None, "passed": None, "overall": None, "pacing": None, "coverage": None, "composure": None},
        **{"path": path, "place": 0, "streamer": "", "problems": 0, "scenario_id": "s"},
        **values,
    }


def notes(*compliance: list[Any]) -> dict[str, Any]:
    return {"title": "S", "points": [["p", "P", "P0", "hit"]], "focus": [], "compliance": list(compliance)}


def test_the_worst_are_kept_and_the_rest_only_counted() -> None:
    tally = Tally()
    for number in range(1000):
        found = ["M", "absolute", f"term {number}", "q", None, "r"]
        tally.add(row(f"{number}", overall=float(number % 100), compliance_m=1), notes(found))
    tally.add(row("last", overall=50.0, compliance_h=1), notes(["H", "medical", "cures", "q", None, "r"]))
    assert [item["path"] for item in tally.worst_files()[:3]] == ["0", "100", "200"]
    assert [item["term"] for item in tally.worst_findings()[:2]] == ["cures", "term 0"]
    assert (len(tally.worst), len(tally.findings), tally.severities["M"]) == (20, 30, 1000)
    [(_, point)] = tally.weakest(5)
    assert (point.states["hit"], point.share_hit) == (1001, 1.0)


def test_quantiles_are_read_off_the_bars() -> None:
    spread = Distribution()
    for value in range(100):
        spread.add(value + 0.5)
    assert [spread.quantile(share) for share in (0.25, 0.5, 0.75)] == pytest.approx([25, 50, 75])
    spread.add(100.0)
    assert sum(spread.bins) == 101


@pytest.mark.parametrize("count", [1, 2, 48, 49, 50, 97, 1000, 4999])
def test_a_long_trend_is_averaged_and_keeps_its_course(count: int) -> None:
    trend = Trend("mei")
    for number in range(count):
        trend.add(100 * number / max(1, count - 1))
    assert trend.files == count
    assert len(trend.means) <= 48
    assert trend.means == sorted(trend.means)
    assert trend.last == pytest.approx(100 if count > 1 else 0)
    if count >= 48:
        assert trend.change == pytest.approx(66, abs=4)
