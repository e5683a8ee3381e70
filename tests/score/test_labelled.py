"""The labelled transcripts run end to end. Their labels are not looked at here: the product is never tuned to them."""

from __future__ import annotations

import pytest

from coach.score.report import render
from coach.score.transcript import load_transcript
from evals.labelled import load_labelled
from tests.data import data_folder, needs_test_data


@needs_test_data
@pytest.mark.slow
def test_every_labelled_transcript_is_read_scored_and_rendered() -> None:
    root = data_folder() / "scoring"
    items = load_labelled(root, workers=2)
    assert len(items) == len(list((root / "transcripts").glob("*.jsonl"))) == 60
    for item in items:
        imported = load_transcript(root / "transcripts" / f"{item.name}.jsonl")
        assert imported.has_times
        assert not imported.problems
        card = item.card
        assert all(score.value is not None for score in card.scores[:2])
        spoken = "\n".join(line["text"] for line in item.lines)
        assert all(quote.quote in spoken for point in card.coverage for quote in point.evidence)
        assert card.scenario_title in render(card, "md", "zh").replace("\\", "")
