"""`bench scoring` on the project's own labelled transcripts, and talks made to fool the scorer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals import scoring
from evals.labelled import Labelled, load_labelled
from evals.scoring_misses import misses
from evals.scoring_speed import make_transcripts


@pytest.fixture(scope="module")
def own(workers: int) -> list[Labelled]:
    return load_labelled(scoring.OWN, workers)


@pytest.fixture(scope="module")
def found(own: list[Labelled], workers: int) -> dict[str, Any]:
    return scoring.measured(own, workers)


@pytest.mark.slow
def test_quotes_lead_back_to_the_turns_of_the_labels(own: list[Labelled]) -> None:
    for item in own:
        for point in item.card.coverage:
            for quote in point.evidence:
                turn = item.turn(quote.seq)
                assert turn is not None
                assert quote.quote in item.line(turn)


@pytest.mark.slow
def test_every_figure_is_there_for_each_language_and_text(own: list[Labelled], found: dict[str, Any]) -> None:
    for group in (found, *found["by_language"].values(), *found["by_text"].values()):
        for key in ("coverage_macro_f1", "misstated_recall", "evidence_hit_rate", "handled_accuracy", "grade_tau"):
            assert 0 <= group[key] <= 1, key
    assert found["by_language"]["zh"]["transcripts"] + found["by_language"]["en"]["transcripts"] == len(own)
    disagreements = round((1 - found["coverage_accuracy"]) * found["points"])
    assert sum(line.startswith("coverage ") for line in misses(own)) == pytest.approx(disagreements, abs=1)


@pytest.mark.slow
def test_nothing_made_to_fool_the_scorer_passes(found: dict[str, Any]) -> None:
    tried = found["adversarial"]
    assert set(tried["by_kind"]) >= {
        "silence", "one_sentence", "sheet_read", "key_words", "full_marks", "other_product", "sheet_read_with_viewers",
    }  # fmt: skip
    assert {kind: passed for kind, passed in tried["by_kind"].items() if passed} == {}


@pytest.mark.slow
def test_excellent_transcripts_stand_above_poor_ones(own: list[Labelled]) -> None:
    values = {item.name: item.card.overall.value for item in own if item.card.overall}
    for item in own:
        if item.labels["grade"] == "excellent":
            poor = values[f"{item.product}__poor"]
            best = values[item.name]
            assert best is not None
            assert poor is not None
            assert best > poor


def test_a_folder_without_a_set_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scoring.main(["--set", str(tmp_path)]) == 2
    assert "products/" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["zh", "en"])
def test_made_transcripts_are_new_each_time(tmp_path: Path, code: str) -> None:
    scenario = make_transcripts(tmp_path, code, 3)
    files = sorted((tmp_path / "in").glob("*.jsonl"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert scenario.is_file()
    assert len(set(texts)) == 3
    assert [len(text.splitlines()) for text in texts] == [25, 25, 25]
    starts = [json.loads(line)["t0"] for line in texts[0].splitlines()]
    assert starts == sorted(starts)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_few_of_their_clauses_come_twice_unless_asked_for(tmp_path: Path, code: str) -> None:
    for name, new in (("new", True), ("again", False)):
        (tmp_path / name).mkdir()
        make_transcripts(tmp_path / name, code, 10, new_clauses=new)
    assert _distinct(tmp_path / "new", code) > 0.9
    assert _distinct(tmp_path / "again", code) < 0.5


def _distinct(folder: Path, code: str) -> float:
    texts = [path.read_text(encoding="utf-8") for path in (folder / "in").glob("*.jsonl")]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    joint = "，" if code == "zh" else ", "
    clauses = [clause for line in lines if line["role"] == "streamer" for clause in line["text"].split(joint)]
    return len(set(clauses)) / len(clauses)
