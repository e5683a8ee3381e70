"""The labelled transcripts run end to end, scored once for all tests here.

The product is never tuned to them: no test looks at how often their labels agree.
"""

from __future__ import annotations

import pytest

from coach.score.report import render
from coach.score.transcript import load_transcript
from evals.labelled import LANGUAGES, TEXTS, Labelled, load_labelled
from evals.readings import measure
from tests.data import data_folder, needs_test_data

pytestmark = [pytest.mark.slow, needs_test_data]


@pytest.fixture(scope="module")
def items(workers: int) -> list[Labelled]:
    return load_labelled(data_folder() / "scoring", workers)


def test_every_labelled_transcript_is_read_scored_and_rendered(items: list[Labelled]) -> None:
    transcripts = data_folder() / "scoring" / "transcripts"
    assert len(items) == len(list(transcripts.glob("*.jsonl"))) == 60
    for item in items:
        imported = load_transcript(transcripts / f"{item.name}.jsonl")
        assert imported.has_times
        assert not imported.problems
        card = item.card
        assert all(score.value is not None for score in card.scores[:2])
        spoken = "\n".join(line["text"] for line in item.lines)
        assert all(quote.quote in spoken for point in card.coverage for quote in point.evidence)
        assert card.scenario_title in render(card, "md", "zh").replace("\\", "")


def test_readings_are_measured_per_language_kind_and_half(items: list[Labelled]) -> None:
    found = measure(items)
    groups = [found[language][text] for language in LANGUAGES for text in TEXTS]
    assert all(group["lines"] and group["points"] for group in groups)
    assert sum(group["lines"] for group in groups) == 438
    assert set(found) == {*LANGUAGES, "halves"}
    assert set(found["halves"]) == {"written_with", "checked_on"}
