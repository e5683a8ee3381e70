"""The state of a selling point with what goes with it: words to quote, facts that are missing."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.score.coverage import measure_coverage
from coach.score.misread import Misread
from coach.score.point_states import (
    cleared,
    contradicted,
    in_doubt,
    missing_facts,
    most_likely,
    shares_of,
    with_readings,
)
from coach.score.points_ruled import best_quotes, heard_by_rules
from coach.score.readings import Reading
from coach.score.slips import FactErrors
from coach.score.timeline import fold
from coach.score.verdict import State, signs
from tests.score.logs import log, said, scenario
from tests.score.made_points import POINT, TEXT, heard, reading, seen

NO_ERRORS = FactErrors([], [], {}, [])
WRONG = reading(misstated=0.95, facts=((0.1, 0.3), (0.1, 0.8)))


def shares(hit: float = 0.0, partial: float = 0.0, miss: float = 0.0, misstated: float = 0.0) -> dict[State, float]:
    return {"hit": hit, "partial": partial, "miss": miss, "misstated": misstated}


def test_a_point_is_misstated_only_where_words_can_be_named() -> None:
    likely = shares(hit=0.05, misstated=0.95)
    assert most_likely(likely) == "misstated"
    assert most_likely(likely, misstated=False) == "hit"


def test_what_is_less_likely_wrong_than_not_is_not_called_so() -> None:
    assert most_likely(shares(hit=0.2, partial=0.2, miss=0.15, misstated=0.45)) == "hit"


@pytest.mark.parametrize(
    ("wrong", "doubted"), [(0.95, ()), (0.87, ("hit",)), (0.55, ("hit", "partial", "miss")), (0.4, ())]
)
def test_it_takes_more_to_be_sure_against_what_the_rules_heard(wrong: float, doubted: tuple[State, ...]) -> None:
    states: tuple[State, ...] = ("hit", "partial", "miss", "misstated")
    ruled = heard_by_rules(fold(log(said(1, 9, TEXT), end=20)), scenario())
    ruled = ruled._replace(heard={state: heard(state=state) for state in states})
    likely = shares(hit=1 - wrong, misstated=wrong)
    assert in_doubt(dict.fromkeys(states, likely), ruled) == set(doubted)


def test_only_words_read_as_contradicting_are_named_with_the_fact_they_contradict() -> None:
    found = {"p": [reading(misstated=0.4), WRONG]}
    named = contradicted([POINT], {"p": "misstated"}, NO_ERRORS, found, set())
    assert named == [Misread(0, "p", 0, len(TEXT), "seamless")]
    assert contradicted([POINT], {"p": "misstated"}, NO_ERRORS, found, {"p"}) == [named[0]._replace(sure=False)]
    assert contradicted([POINT], {"p": "hit"}, NO_ERRORS, found, set()) == []


def test_where_none_is_read_surely_what_contradicts_most_is_named_if_it_is_about_the_point() -> None:
    def named(*found: Reading) -> list[bool]:
        made = contradicted([POINT], {"p": "misstated"}, NO_ERRORS, {"p": found}, set())
        return [item.sure for item in made]

    most = reading(misstated=0.8)
    assert named(reading(misstated=0.75), most) == [True]
    assert named(reading(misstated=0.6)) == [False]
    assert named(reading(misstated=0.2)) == []
    for read in (most, WRONG):
        assert named(read._replace(rather=-5.0)) == []


def test_a_point_that_is_not_misstated_is_cleared_in_what_was_read_for_it() -> None:
    assert cleared({"p": "hit"}, {"p": [seen()]}, {"p": [reading()]}) == {"p": {1}}
    assert cleared({"p": "hit"}, {"p": [seen()]}, {"p": []}) == {"p": set()}
    assert cleared({"p": "misstated"}, {"p": [seen()]}, {"p": [WRONG]}) == {}


@pytest.mark.parametrize(
    ("state", "facts", "read", "missing"),
    [
        ("hit", (), [], []),
        ("miss", ("316 steel",), [], ["316 steel", "seamless"]),
        ("partial", ("316 steel",), [], ["seamless"]),
        ("partial", (), [reading(facts=((0.9, 0.0), (0.1, 0.0)))], ["seamless"]),
        ("partial", ("316 steel", "seamless"), [reading(facts=((0.4, 0.0), (0.9, 0.0)))], ["316 steel"]),
        ("partial", ("316 steel",), [reading(facts=((0.1, 0.0), (0.9, 0.0)))], ["seamless"]),
        ("misstated", ("316 steel",), [WRONG], ["seamless"]),
        ("misstated", ("316 steel", "seamless"), [WRONG], []),
    ],
)
def test_a_hit_misses_no_fact_and_a_partial_point_at_least_one(
    state: State, facts: tuple[str, ...], read: list[Reading], missing: list[str]
) -> None:
    assert missing_facts(POINT, [seen(*facts)], read, state) == missing


def test_a_missed_point_is_quoted_nowhere() -> None:
    made = with_readings({"p": [seen()]}, [POINT], {"p": [reading(hit=0.9)]}, {"p": "miss"})
    assert best_quotes(made["p"]) == []


def test_what_only_the_reader_hears_is_quoted_with_the_facts_it_tells() -> None:
    read = reading(hit=0.9, facts=((0.9, 0.0), (0.1, 0.0)))
    [told] = with_readings({"p": [seen(idea=False)]}, [POINT], {"p": [read]}, {"p": "partial"})["p"]
    assert (told.match.idea, told.match.facts_told) == (True, ("316 steel",))
    assert [quote.quote for quote in best_quotes([told])] == [TEXT]


@pytest.mark.parametrize(("proposed", "miss"), [(True, 0.0), (False, 0.7)])
def test_what_code_verified_of_a_proposal_is_never_missed(*, proposed: bool, miss: float) -> None:
    ruled = heard_by_rules(fold(log(said(1, 9, TEXT), end=20)), scenario())
    ruled = ruled._replace(seen={"p": [seen(proposed=proposed)]}, heard={"p": heard()})
    found = shares_of({"p": signs(POINT, heard(), [])}, ruled, {"p": []})["p"]
    assert found["miss"] >= miss
    assert (most_likely(found) == "miss") is not proposed


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("今天天气不错",),
        ("这件特别透气，百分之五十五的亚麻",),
        ("透气，百分之六十五是亚麻", "很轻，大概一百七八十克"),
    ],
)
def test_states_quotes_and_missing_facts_of_a_talk_fit(texts: tuple[str, ...]) -> None:
    records = log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(texts)), end=60)
    made = measure_coverage(fold(records), scenario(), language_for("zh-CN"))
    for point, asked in zip(made.points, scenario().product.selling_points, strict=True):
        assert (point.state == "miss") == (not point.evidence)
        assert bool(point.missing_facts) == (point.state != "hit")
        assert set(point.missing_facts) <= set(asked.must_facts)
