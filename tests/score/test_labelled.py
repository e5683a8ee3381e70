"""The labelled transcripts run end to end. Their labels are not read here: the product is never tuned to them."""

from __future__ import annotations

import json

import pytest

from coach.score.report import render
from coach.score.scorer import score
from coach.score.transcript import load_transcript
from evals.readings import scenario_of
from tests.data import data_folder, needs_test_data


@needs_test_data
@pytest.mark.slow
def test_every_labelled_transcript_is_read_scored_and_rendered() -> None:
    root = data_folder() / "scoring"
    files = sorted((root / "transcripts").glob("*.jsonl"))
    assert len(files) == 60
    for path in files:
        imported = load_transcript(path)
        assert imported.has_times
        assert not imported.problems
        card = score(scenario_of(root / "products" / f"{path.stem.split('__')[0]}.json"), imported.records)
        assert all(item.value is not None for item in card.scores[:2])
        spoken = "\n".join(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())
        assert all(quote.quote in spoken for point in card.coverage for quote in point.evidence)
        assert card.scenario_title in render(card, "md", "zh").replace("\\", "")
