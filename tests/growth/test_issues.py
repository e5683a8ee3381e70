"""Focus points from found to closed, as tables."""

from __future__ import annotations

import pytest

from coach.growth.issues import Issue, issues_of
from coach.growth.result import Read, Result
from tests.growth.examples import amount, point, rehearsed

GAP = point("pacing.dead_air")
POINT = point("kettle/coverage.lid", drill="say_points")
SLOW = point("structure.no_close", drill="whole_loop")
CLAIM = point("compliance/absolute", drill="say_it_cleanly")


def only(*past: Result, wrong: dict[str, set[str]] | None = None) -> Issue:
    (issue,) = issues_of(past, wrong)
    return issue


def test_a_point_just_found_is_open_with_its_first_number() -> None:
    issue = only(rehearsed(1, GAP, readings={GAP.key: amount(4)}))
    assert (issue.state, issue.tested, issue.drills) == ("open", 0, 0)
    assert (issue.steps[0].amount, issue.steps[0].found) == (4, True)


@pytest.mark.parametrize(
    ("first", "later", "state"),
    [
        pytest.param(amount(4), amount(0), "solved", id="none-of-it"),
        pytest.param(amount(4, 0.5), amount(2, 0.5), "better", id="less"),
        pytest.param(amount(4, 0.5), amount(3.8, 0.5), "open", id="within-the-zone"),
        pytest.param(amount(4), amount(6), "open", id="more"),
        pytest.param(amount(4), None, "open", id="no-chance-to-show"),
    ],
)
def test_a_later_rehearsal_decides(first: Read, later: Read | None, state: str) -> None:
    readings = {} if later is None else {GAP.key: later}
    issue = only(rehearsed(1, GAP, readings={GAP.key: first}), rehearsed(2, readings=readings, remarked=(GAP.rule,)))
    assert issue.state == state
    assert issue.tested == (later is not None)


def test_what_is_measured_on_a_scale_is_solved_when_no_longer_remarked() -> None:
    first = rehearsed(1, GAP, readings={GAP.key: amount(4)})
    assert only(first, rehearsed(2, readings={GAP.key: amount(1)})).state == "solved"


def test_what_is_not_read_always_is_gone_when_it_is_not_remarked() -> None:
    for found in (SLOW, CLAIM):
        issue = only(rehearsed(1, found, readings={found.key: amount(0.5)}), rehearsed(2))
        assert (issue.state, issue.steps[-1].text and issue.steps[-1].text.en) == ("solved", "did not come up again")


def test_nothing_is_told_of_what_was_not_measured() -> None:
    gap = point("pacing.number_pace")
    first = rehearsed(1, gap, readings={gap.key: amount(0.5)})
    assert only(first, rehearsed(2, scores={"pacing": None})).tested == 0
    assert only(first, rehearsed(2, has_words=False)).tested == 0
    assert only(first, rehearsed(2, locale="zh-CN")).tested == 0


def test_a_selling_point_is_tested_only_with_its_product() -> None:
    first = rehearsed(1, POINT, readings={POINT.key: amount(2)})
    assert only(first, rehearsed(2, scenario_id="tote", readings={"tote/coverage.lid": amount(0)})).state == "open"
    assert only(first, rehearsed(2, readings={POINT.key: amount(0)})).state == "solved"


def test_what_was_told_wrong_is_not_tested_where_it_was_left_out() -> None:
    wrong = POINT.model_copy(update={"rule": "coverage.misstated"})
    first = rehearsed(1, wrong, readings={POINT.key: amount(3)})
    left_out = rehearsed(2, readings={POINT.key: amount(2)}, remarked=("coverage.missed",))
    assert (only(first, left_out).state, only(first, left_out).tested) == ("open", 0)
    half = rehearsed(3, readings={POINT.key: amount(1.2)}, remarked=("coverage.partial",))
    assert (only(first, left_out, half).state, only(first, left_out, half).tested) == ("better", 1)


def test_the_price_is_tested_only_where_somebody_asked() -> None:
    late = point("price.late")
    first = rehearsed(1, late, readings={late.key: amount(40)})
    assert (only(first, rehearsed(2)).state, only(first, rehearsed(2)).tested) == ("open", 0)
    assert only(first, rehearsed(2, readings={late.key: amount(0)})).state == "solved"


def test_the_latest_test_counts_and_all_are_kept() -> None:
    past = [rehearsed(day, readings={GAP.key: amount(value)}) for day, value in ((2, 0), (3, 2))]
    issue = only(rehearsed(1, GAP, readings={GAP.key: amount(4)}), *past)
    assert (issue.state, [step.amount for step in issue.steps]) == ("solved", [4, 0, 2])
    past.append(rehearsed(4, GAP, readings={GAP.key: amount(3)}))
    issue = only(rehearsed(1, GAP, readings={GAP.key: amount(4)}), *past)
    assert (issue.state, issue.rehearsal_id, [step.found for step in issue.steps]) == (
        "better",
        "r4",
        [True, False, False, True],
    )


def test_drills_are_counted_and_test_nothing() -> None:
    first = rehearsed(1, GAP, readings={GAP.key: amount(4)})
    drills = [
        rehearsed(2, kind="drill", skill="fill_the_gap", readings={GAP.key: amount(0)}),
        rehearsed(3, kind="drill", skill="even_pace"),
        rehearsed(4, kind="drill", skill="fill_the_gap", locale="zh-CN"),
    ]
    issue = only(*drills, first)
    assert (issue.drills, issue.tested, issue.state) == (1, 0, "open")
    found_again = rehearsed(5, GAP, readings={GAP.key: amount(4)})
    assert only(first, *drills, found_again).drills == 0


def test_a_finding_marked_as_wrong_is_no_issue() -> None:
    assert issues_of([rehearsed(1, GAP)], {"r1": {GAP.finding_id}}) == []


def test_open_ones_come_first_then_the_latest() -> None:
    past = [
        rehearsed(1, SLOW, readings={SLOW.key: amount(0.5)}),
        rehearsed(2, CLAIM, readings={CLAIM.key: amount(1)}),
        rehearsed(3, GAP, readings={GAP.key: amount(3)}),
    ]
    assert [(issue.key, issue.state) for issue in issues_of(past)] == [
        ("pacing.dead_air", "open"),
        ("compliance/absolute", "solved"),
        ("structure.no_close", "solved"),
    ]
