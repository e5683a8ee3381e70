"""What comes next, as a table of pasts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coach.growth.next_step import NextStep, Offer, Running, next_step
from coach.growth.result import Result
from tests.growth.examples import FIRST, amount, point, rehearsed

KETTLE = Offer("kettle", "Kettle", "en-US", 2, 300)
TOTE = Offer("tote", "Tote", "en-US", 1, 240)
DRAWN = Offer("draw", "Draw", "en-US", 1, 200, is_drawn=True)
RAID = Offer("raid", "Raid", "en-US", 5, 360)
FLASK = Offer("flask", "保温杯", "zh-CN", 1, 240)
OFFERS = (RAID, DRAWN, KETTLE, TOTE, FLASK)

GAP, RATE = point("pacing.dead_air"), point("pacing.too_fast", drill="even_pace")
HELD = {"pacing.dead_air": amount(0)}


def step(*past: Result, day: float = 3, locale: str = "", wrong: dict[str, set[str]] | None = None) -> NextStep:
    found = next_step(past, OFFERS, now=FIRST + timedelta(days=day), locale=locale, wrong=wrong)
    assert found is not None
    return found


def test_a_newcomer_begins_with_the_easiest_of_the_language_in_calm() -> None:
    first = step(locale="en")
    assert (first.kind, first.scenario_id, first.exposure) == ("first", "tote", "calm")
    assert step(locale="zh-CN").scenario_id == "flask"
    assert next_step([], [], now=FIRST) is None
    assert next_step([], [FLASK], now=FIRST, locale="en") is None


def test_the_open_focus_point_is_drilled_with_its_quote_and_rule() -> None:
    found = step(rehearsed(0), rehearsed(2, GAP, RATE))
    assert (found.kind, found.drill_id, found.rehearsal_id) == ("drill", "fill_the_gap", "r2")
    assert (found.rule, found.quote, found.duration_sec) == ("pacing.dead_air", "and then", 180)
    assert "about pacing.dead_air" in found.reason.en
    assert "about pacing.dead_air" in found.reason.zh


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        pytest.param(
            [rehearsed(1, GAP), rehearsed(2, kind="drill", skill="fill_the_gap")], ("again", "kettle"), id="drilled"
        ),
        pytest.param(
            [rehearsed(1, GAP), rehearsed(2, kind="drill", skill="even_pace")], ("drill", "kettle"), id="other-drill"
        ),
        pytest.param([rehearsed(1, point(drill=""))], ("again", "kettle"), id="no-drill-trains-it"),
        pytest.param([rehearsed(1, point(drill="gone"))], ("again", "kettle"), id="drill-of-another-version"),
        pytest.param([rehearsed(1, GAP), rehearsed(2, readings=HELD)], ("onwards", "tote"), id="solved"),
        pytest.param([rehearsed(1, exposure="calm")], ("again", "kettle"), id="nothing-open-after-calm"),
        pytest.param(
            [rehearsed(1, GAP), rehearsed(2, kind="moment")], ("drill", "kettle"), id="a-moment-tests-nothing"
        ),
    ],
)
def test_what_follows(past: list[Result], expected: tuple[str, str]) -> None:
    found = step(*past)
    assert (found.kind, found.scenario_id) == expected


def test_a_finding_marked_as_wrong_is_passed_over() -> None:
    assert step(rehearsed(2, GAP, RATE), wrong={"r2": {"pacing.dead_air"}}).rule == "pacing.too_fast"
    assert step(rehearsed(2, GAP), wrong={"r2": {"pacing.dead_air"}}).kind == "onwards"


def test_the_ladder_of_pressure_is_climbed_rung_by_rung() -> None:
    assert step(rehearsed(1, exposure="calm")).exposure == "easy"
    assert step(rehearsed(1, exposure="easy")).exposure == "full"
    everything = [rehearsed(1, scenario_id=offer.id) for offer in OFFERS] + [rehearsed(2)]
    harder = step(*everything)
    assert (harder.kind, harder.scenario_id, harder.difficulty, harder.exposure) == ("again", "kettle", 3, "full")


def test_a_new_scenario_far_above_begins_with_half_its_pressure() -> None:
    past = [rehearsed(1, scenario_id=one) for one in ("tote", "draw")]
    found = step(*past, rehearsed(2))
    assert (found.kind, found.scenario_id, found.exposure) == ("onwards", "raid", "easy")


def test_after_a_long_break_one_begins_gently_with_what_is_known() -> None:
    found = step(rehearsed(0, GAP), day=31)
    assert (found.kind, found.exposure, found.scenario_id) == ("again", "calm", "kettle")
    assert "31" in found.reason.en
    assert step(rehearsed(0, GAP), day=30).kind == "drill"


def test_a_scenario_that_is_gone_is_not_offered_again() -> None:
    gone = rehearsed(1, GAP, scenario_id="gone"), rehearsed(2, kind="drill", skill="fill_the_gap")
    assert step(*gone).kind == "drill"
    assert step(rehearsed(1, scenario_id="gone", exposure="calm")).kind == "onwards"
    assert step(rehearsed(1, GAP, scenario_id="gone"), day=90).kind == "drill"
    known = [rehearsed(1, scenario_id=offer.id) for offer in OFFERS]
    assert next_step([*known, rehearsed(2, scenario_id="gone")], OFFERS, now=FIRST) is None


def test_another_language_does_not_count() -> None:
    assert step(rehearsed(2, GAP), locale="zh").kind == "first"
    assert step(rehearsed(2, GAP), locale="en").kind == "drill"


def test_who_rehearsed_in_another_language_is_not_told_of_having_rehearsed_nothing() -> None:
    other = step(rehearsed(2, GAP), locale="zh")
    assert (other.locale, other.scenario_id) == ("zh-CN", "flask")
    assert "还没有用中文排练过" in other.reason.zh
    assert "rehearsed in Chinese yet" in other.reason.en
    assert "rehearsed yet" in step(locale="zh").reason.en


def test_a_running_rehearsal_comes_before_all_else() -> None:
    running = Running("now", "kettle", "Kettle", "en-US")
    found = next_step([rehearsed(2, GAP)], OFFERS, now=FIRST + timedelta(days=3), locale="zh", running=running)
    assert found is not None
    assert (found.kind, found.rehearsal_id) == ("rejoin", "now")


def test_steps_praise_or_blame_nobody() -> None:
    """Row R132: support, not pressure."""
    pasts = [[], [rehearsed(2, GAP)], [rehearsed(2)], [rehearsed(1, exposure="calm")]]
    texts = [found.reason.en + found.title.en for past in pasts if (found := step(*past)) is not None]
    assert not any(word in text.lower() for text in texts for word in ("fail", "bad", "must", "should", "poor"))
