"""What the rules alone make of the selling points of a talk."""

from __future__ import annotations

import pytest

from coach.score.points_ruled import best_quotes, facts_said, heard_by_rules
from coach.score.timeline import fold
from coach.score.verdict import Heard, State
from tests.score.logs import log, said, scenario
from tests.score.made_points import seen


def ruled(*texts: str) -> Heard:
    records = log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(texts)), end=60)
    return heard_by_rules(fold(records), scenario()).heard["breathable"]


@pytest.mark.parametrize(
    ("texts", "state", "facts", "figure"),
    [
        (["今天天气不错"], "miss", set(), False),
        (["这件特别透气"], "partial", set(), False),
        (["这件特别透气", "里面有55%亚麻"], "hit", {"55%亚麻"}, False),
        (["透气，百分之六十五是亚麻"], "misstated", set(), True),
        (["透气，百分之六十五是亚麻", "刚才说错了，是百分之五十五的亚麻"], "hit", {"55%亚麻"}, False),
    ],
)
def test_states_by_rules(texts: list[str], state: State, facts: set[str], *, figure: bool) -> None:
    found = ruled(*texts)
    assert (found.state, found.facts, found.figure) == (state, frozenset(facts), figure)
    assert (found.strength > 0) == (state != "miss")


def test_facts_count_wherever_they_were_said() -> None:
    assert facts_said([seen("316 steel"), seen("seamless", idea=False)]) == {"316 steel", "seamless"}


def test_loose_words_are_not_quoted_beside_sure_ones() -> None:
    sure, loose = seen("316 steel"), seen()
    loose = loose._replace(match=loose.match._replace(strength=0.3))
    assert len(best_quotes([loose])) == 1
    assert len(best_quotes([sure, loose])) == 1
    assert len(best_quotes([sure] * 5)) == 3
    assert best_quotes([seen(idea=False)]) == []
