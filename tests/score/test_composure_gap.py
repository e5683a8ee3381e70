from __future__ import annotations

import pytest

from coach.score.composure_gap import gap_findings
from coach.score.composure_shown import Pair
from coach.score.scorecard import Evidence, PressureCard, PressureFeature


def cards(name: str, count: int = 3) -> list[PressureCard]:
    """Return events with one measure each, the last the clearest."""
    return [
        PressureCard(
            seq=at,
            at=at,
            what="",
            score=50,
            said=Evidence(quote=f"answer {at}", seq=at),
            features=[PressureFeature(id=name, value=10.0 + at, score=50, weight=0.1)],
        )
        for at in range(count)
    ]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (Pair(id="rate", first=240, second=300, change=25.0), "from 240 to 300 a minute (+25%)"),
        (Pair(id="rate", first=240, second=180, change=-25.0), "from 240 to 180 a minute (-25%)"),
        (Pair(id="disturbances", first=0.5, second=3.1, change=2.6), "from 0.5 to 3.1 per 100"),
        (Pair(id="silence", first=12, second=31, change=19.0), "from 12% to 31%"),
    ],
)
def test_a_clear_difference_is_told_in_numbers(pair: Pair, words: str) -> None:
    found = gap_findings([pair], cards(pair.id))
    assert [(one.rule, one.tone) for one in found] == [("composure.gap", "neutral")]
    assert words in found[0].title.en
    assert found[0].evidence[0].quote == "answer 2"


@pytest.mark.parametrize(
    ("pair", "count"),
    [
        (Pair(id="rate", first=240, second=285, change=18.8), 3),
        (Pair(id="disturbances", first=3.1, second=0.5, change=-2.6), 3),  # fewer is no trouble
        (Pair(id="silence", first=12, second=31, change=19.0), 2),  # too few events
        (Pair(id="return", first=4, second=30, change=650.0), 3),  # has a finding of its own
        (Pair(id="rate", first=240, second=300), 3),
    ],
)
def test_little_or_too_few_is_not_told(pair: Pair, count: int) -> None:
    assert gap_findings([pair], cards(pair.id, count)) == []
