"""Two attempts side by side: real scorecards of scripted streamers, and what may be said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.events import RehearsalStarted
from coach.growth.compare import Comparison, compare
from coach.growth.compare_terms import Attempt
from coach.growth.issues import issues_of
from coach.growth.result import Result, result_of
from coach.room.simulated.manner import StreamerName
from coach.room.simulated.simulate import staged
from coach.scenario.library import Library
from coach.score.focus_readings import fact_of
from coach.score.focus_states import focus_states
from coach.score.scorecard import Interval, Scorecard
from coach.score.scorer import score
from tests import started as beginnings
from tests.growth.examples import FIRST, rehearsed
from tests.score import logs

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def card(streamer: StreamerName, scenario_id: str = "en-pour-kettle") -> Scorecard:
    """What the real scorer says of a scripted streamer."""
    scenario = Library([SCENARIOS]).get(scenario_id).scenario
    made = score(scenario, staged(scenario, streamer, 1).records)
    return made.model_copy(update={"rehearsal_id": f"{streamer}-{scenario_id}"})


def began(day: float, **changes: Any) -> RehearsalStarted:
    values: dict[str, Any] = {
        "rehearsal_id": f"r{day:g}",
        "scenario_id": "en-pour-kettle",
        "locale": "en-US",
        "input": "voice",
        "started_at": (FIRST + timedelta(days=day)).isoformat(),
    }
    return beginnings.started(**(values | changes))


def scores(base: Scorecard, **values: float | None) -> Scorecard:
    """The same scorecard with other named scores, without intervals."""
    changed = [
        item.model_copy(update={"value": values.get(item.id, item.value), "interval": None}) for item in base.scores
    ]
    return base.model_copy(update={"scores": changed})


def compared(first: Scorecard, second: Scorecard, past: tuple[Result, ...] = (), **changes: Any) -> Comparison:
    return compare(Attempt(first, began(1)), Attempt(second, began(8, **changes)), past)


REPEATS = tuple(rehearsed(-day, scores={"pacing": 60.0 + day % 2 * 4, "coverage": 80.0}) for day in range(1, 6))
"""Repeats whose pacing scatters by four points: a change counts from 7.8 points on."""
WILD = tuple(rehearsed(-day, scores={"pacing": 20.0 + day % 2 * 70, "coverage": 80.0}) for day in range(1, 6))


def row(found: Comparison, name: str) -> Any:
    return next(item for item in found.scores if item.id == name)


def test_the_earlier_one_comes_first_whatever_the_order() -> None:
    one, other = Attempt(card("flustered"), began(1)), Attempt(card("skilled"), began(8))
    found = compare(other, one)
    assert (found.before.rehearsal_id, found.after.rehearsal_id) == (
        "flustered-en-pour-kettle",
        "skilled-en-pour-kettle",
    )
    assert found == compare(one, other)
    assert found.obstacles == []


@pytest.mark.parametrize(
    ("before", "after", "past", "verdict", "words"),
    [
        pytest.param(50, 60, REPEATS, "better", "Up 10 points", id="up"),
        pytest.param(60, 50, REPEATS, "worse", "Down 10 points", id="down"),
        pytest.param(50, 55, REPEATS, "same", "a change counts from 8 points", id="scatter"),
        pytest.param(50, 90, (), "unknown", "after a few more repeats", id="nothing-to-tell-scatter-by"),
        pytest.param(50, 90, REPEATS[:3], "unknown", "40 points apart", id="too-few-repeats"),
        pytest.param(20, 92, WILD, "unknown", "after a few more repeats", id="scatter-over-half-the-scale"),
        pytest.param(None, 90, REPEATS, "unmeasured", "not measured", id="unmeasured"),
        pytest.param(50, 50, (), "same", "same score twice", id="equal"),
    ],
)
def test_what_is_said_of_a_score(
    before: float | None, after: float, past: tuple[Result, ...], verdict: str, words: str
) -> None:
    base = card("flustered")
    found = row(compared(scores(base, pacing=before), scores(base, pacing=after), past), "pacing")
    assert found.verdict == verdict
    assert words in found.text.en


def test_intervals_that_meet_are_no_change() -> None:
    base = card("flustered")
    spread = [
        scores(base, composure=value).model_copy(
            update={
                "scores": [
                    item.model_copy(update={"value": value, "interval": Interval(low=value - 15, high=value + 15)})
                    for item in base.scores
                ]
            }
        )
        for value in (50.0, 70.0)
    ]
    assert row(compared(spread[0], spread[1], REPEATS), "pacing").verdict == "same"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"exposure": "calm"}, ["exposure"]),
        ({"difficulty": 4}, ["difficulty"]),
        ({"scenario_hash": "other"}, ["edited"]),
        ({"input": "typed"}, ["input"]),
        ({"replay_of": "r1"}, ["kind"]),
    ],
)
def test_other_terms_are_no_comparison(changes: dict[str, Any], codes: list[str]) -> None:
    base = card("flustered")
    found = compared(scores(base, pacing=20), scores(base, pacing=90), REPEATS, **changes)
    assert [item.code for item in found.obstacles] == codes
    assert row(found, "pacing").verdict == "not_comparable"
    assert {item.verdict for item in found.rows} == {"none"}
    assert "do not compare" in found.summary.en
    assert found.obstacles[0].text.zh in found.summary.zh


def test_another_scenario_shares_no_selling_points() -> None:
    found = compared(card("skilled"), card("skilled", "en-bait-serum"))
    assert [item.code for item in found.obstacles] == ["scenario"]
    assert found.points == []
    assert row(found, "pacing").change is not None


def test_another_scorer_is_said_so_that_one_can_score_again() -> None:
    base = card("flustered")
    older = base.model_copy(update={"versions": base.versions.model_copy(update={"code": "older"})})
    assert [item.code for item in compared(older, base).obstacles] == ["scorer"]


def test_packs_of_another_language_are_no_other_scorer() -> None:
    base = card("flustered")
    packs = {name.replace(".en", ".zh"): version for name, version in base.versions.packs.items()}
    assert packs != base.versions.packs
    chinese = base.model_copy(update={"locale": "zh-CN", "versions": base.versions.model_copy(update={"packs": packs})})
    assert [item.code for item in compared(chinese, base).obstacles] == ["language"]


def test_selling_points_are_compared_one_by_one() -> None:
    base = card("flustered")
    first, second, *rest = base.coverage
    said = [one.model_copy(update={"state": "hit"}) for one in (first, second)]
    was = base.model_copy(update={"coverage": [first.model_copy(update={"state": "miss"}), said[1], *rest]})
    now = base.model_copy(update={"coverage": [*said, *rest]})
    found = compared(was, now)
    assert [point.verdict for point in found.points][:2] == ["better", "same"]
    assert "one selling point came across better" in found.summary.en.lower()


def test_rows_say_what_is_better_and_leave_out_what_neither_has() -> None:
    cards = card("flustered"), card("skilled")
    found = compared(*cards)
    rows = {item.id: item for item in found.rows}
    assert rows["fillers_per_min"].verdict == "better"
    lines = [len(one.handled) for one in cards]
    assert lines == [17, 18]
    assert [rows["handled.well"].of_before, rows["handled.well"].of_after] == lines
    assert all(item.before is not None or item.after is not None for item in found.rows)
    back = {item.id: item for item in compared(card("skilled"), card("flustered")).rows}
    assert back["fillers_per_min"].verdict == "worse"


def test_the_first_sentence_names_what_moved_or_says_that_nothing_did() -> None:
    base = card("flustered")
    moved = compared(scores(base, pacing=40), scores(base, pacing=60), REPEATS)
    assert moved.summary.en == "Pacing is up 20 points."
    assert moved.summary.zh == "节奏高了 20 分。"
    assert compared(base, base, REPEATS).summary.en.startswith("Not a clear change yet")


def test_focus_points_of_the_earlier_one_are_followed_up() -> None:
    found = compared(card("flustered"), card("skilled"))
    assert [state.finding_id for state in found.focus] == [point.finding_id for point in card("flustered").focus]


@pytest.mark.slow
def test_a_result_reads_what_the_scorecard_reads() -> None:
    """The index's readings and the scorecard's look back agree on what became of focus points."""
    agree = {"solved": "solved", "better": "better", "unchanged": "open", "worse": "open", "not_seen": "open"}
    checked = 0
    for first in ("flustered", "silent", "rude", "banned_claims", "skilled"):
        for second in ("skilled", "flustered", "rude"):
            before, after = card(first), card(second)
            issues = {
                issue.point.finding_id: issue
                for issue in issues_of([result_of(before, began(1)), _without_focus(result_of(after, began(2)))])
            }
            for state in focus_states(before, after):
                assert issues[state.finding_id].state == agree[state.state], (first, second, state)
                checked += 1
    assert checked >= 20


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("欢迎新来的姐妹它的保修是两年，今天到手只要59元", "solved"),
        ("欢迎新来的姐妹它的保修是五年，今天到手89元", "unchanged"),
        ("欢迎新来的姐妹，今天到手只要59元", "not_seen"),
    ],
)
def test_each_fact_told_wrong_is_followed_by_itself(now: str, state: str) -> None:
    sheet = {**logs.scenario().product.model_dump(), "facts": {"面料": "55%亚麻 45%棉", "保修": "两年"}}
    own = logs.scenario(product=sheet)
    before, after = (
        score(own, logs.log(logs.said(1, 20, text), end=40))
        for text in ("这件衬衫保修是五年放心用，今天到手只要59元", now)
    )
    assert {error.fact for error in before.fact_errors} == {"保修", "price"}
    (found,) = (
        finding
        for finding in before.findings
        if finding.rule.startswith("facts.") and fact_of(finding, before) == "保修"
    )
    focus = [before.focus[0].model_copy(update={"finding_id": found.id})]
    before = before.model_copy(update={"focus": focus})
    assert focus_states(before, after)[0].state == state
    (issue,) = issues_of([result_of(before, began(1)), _without_focus(result_of(after, began(2)))])
    assert (issue.state, issue.tested) == ("solved" if state == "solved" else "open", int(state != "not_seen"))


def _without_focus(result: Result) -> Result:
    return result.model_copy(update={"focus": []})


def test_a_log_without_a_beginning_is_compared_all_the_same() -> None:
    found = compare(Attempt(card("flustered"), None), Attempt(card("skilled"), replace(began(8))))
    assert found.before.started_at is None
