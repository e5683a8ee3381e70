"""What became of the focus points of the rehearsal before."""

from __future__ import annotations

from typing import Any

import pytest

from coach.score import handling_findings
from coach.score.focus_readings import LINES
from coach.score.focus_states import focus_states, with_marks, with_states
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import log, posted, said, scenario

WHOLE = "欢迎新来的姐妹今天看亚麻衬衫特别透气55%亚麻夏天不闷"
HALF = "欢迎新来的姐妹今天看亚麻衬衫特别透气夏天不闷"
NONE = "欢迎新来的姐妹今天天气真好大家晚上都吃了什么呀"


def card(text: str, **changes: Any) -> Scorecard:
    whole = score(scenario(), log(said(1, 20, text), end=40))
    return whole.model_copy(update=changes)


def about(card: Scorecard, finding_id: str) -> Scorecard:
    """The scorecard with one finding as its only focus point, whatever it would choose."""
    point = card.focus[0].model_copy(update={"finding_id": finding_id})
    return card.model_copy(update={"focus": [point], "rehearsal_id": "before"})


@pytest.mark.parametrize(
    ("then", "now", "state", "numbers"),
    [
        (NONE, WHOLE, "solved", ("was not said", "came across")),
        (NONE, HALF, "better", ("was not said", "half there, 1 fact missing")),
        (HALF, HALF, "unchanged", ("half there, 1 fact missing", "half there, 1 fact missing")),
        (HALF, NONE, "worse", ("half there, 1 fact missing", "was not said")),
    ],
)
def test_a_selling_point_is_followed(then: str, now: str, state: str, numbers: tuple[str, str]) -> None:
    (found,) = focus_states(about(card(then), "coverage.breathable"), card(now))
    assert (found.state, found.before.en, found.now.en) == (state, *numbers)


def test_what_was_told_wrong_is_not_tested_where_it_is_not_told() -> None:
    told = card(WHOLE)
    wrong = [point.model_copy(update={"state": "misstated"}) for point in told.coverage]
    finding = told.findings[0].model_copy(update={"id": "coverage.breathable", "rule": "coverage.misstated"})
    before = about(told.model_copy(update={"coverage": wrong, "findings": [finding]}), finding.id)
    states = [(found.state, found.now.en) for now in (NONE, WHOLE) for found in focus_states(before, card(now))]
    assert states == [("not_seen", "was not said"), ("solved", "came across")]


PRICED = [(2, 6, "这件亚麻衬衫夏天穿着特别透气"), (70, 74, "今天到手只要89元")]


@pytest.mark.parametrize(
    ("asked_at", "state", "waited"),
    [(68.0, "solved", "2 s"), (45.0, "better", "25 s"), (20.0, "unchanged", "50 s"), (None, "not_seen", None)],
)
def test_a_question_for_the_price_is_followed_in_seconds(asked_at: float, state: str, waited: str | None) -> None:
    def talk(at: float | None) -> Scorecard:
        said_lines = [said(*line) for line in PRICED]
        asked = [] if at is None else [posted(at, "多少钱")]
        return score(scenario(), log(*sorted([*said_lines, *asked], key=lambda item: item[0]), end=90))

    before = talk(20.0)
    (found,) = focus_states(about(before, "price.late"), talk(asked_at))
    assert found.before.en == "50 s"
    assert (found.state, found.now.en if waited else None) == (state, waited)


def test_silence_and_another_product_are_not_seen() -> None:
    before = about(card(NONE), "coverage.breathable")
    silent = score(scenario(), log(end=30))
    assert focus_states(before, silent)[0].state == "not_seen"
    # It stands after the words for "this time" and for "last time".
    assert focus_states(before, silent)[0].now.zh == "没有可以比的话"
    other = card(WHOLE)
    points = [point.model_copy(update={"point_id": "other"}) for point in other.coverage]
    assert focus_states(before, other.model_copy(update={"coverage": points}))[0].state == "not_seen"


def lines(handled: str, count: int, of: int, should: str = "answer") -> list[dict[str, Any]]:
    base = {"viewer_id": "mei", "viewer_type": "haggler", "text": "能便宜吗", "should": should, "noticed": True}
    return [{**base, "seq": seq, "handled": handled if seq < count else "well"} for seq in range(of)]


def handled(rows: list[dict[str, Any]], rule: str = "handling.unanswered") -> Scorecard:
    base = card(WHOLE)
    row = base.findings[0].model_copy(update={"id": rule, "rule": rule, "tone": "practise"})
    return Scorecard.model_validate({**base.model_dump(), "handled": rows, "findings": [row.model_dump()]})


@pytest.mark.parametrize(
    ("then", "now", "state", "numbers"),
    [
        ((4, 5), (0, 5), "solved", ("4 of 5 lines", "0 of 5 lines")),
        ((4, 5), (2, 8), "better", ("4 of 5 lines", "2 of 8 lines")),
        ((4, 8), (5, 9), "unchanged", ("4 of 8 lines", "5 of 9 lines")),
        ((1, 8), (5, 9), "worse", ("1 of 8 lines", "5 of 9 lines")),
        ((1, 8), (0, 0), "not_seen", ("1 of 8 lines", "it had no chance to come up")),
    ],
)
def test_lines_are_compared_as_shares(
    then: tuple[int, int], now: tuple[int, int], state: str, numbers: tuple[str, str]
) -> None:
    before = about(handled(lines("unanswered", *then)), "handling.unanswered")
    (found,) = focus_states(before, handled(lines("unanswered", *now)))
    assert (found.state, found.before.en, found.now.en) == (state, *numbers)


def test_every_handling_rule_is_read_as_its_finding_counts_it() -> None:
    kinds = {kind.rule: (kind.handled, kind.should) for kind in handling_findings._KINDS}
    assert kinds == LINES


def test_the_scorecard_looks_back_and_names_the_rehearsal() -> None:
    before = about(card(NONE), "coverage.breathable")
    now = score(scenario(), log(said(1, 20, WHOLE), end=40), before=before)
    assert now.compared_with == "before"
    assert [item.state for item in now.focus_states] == ["solved"]
    alone = score(scenario(), log(said(1, 20, WHOLE), end=40))
    assert (alone.compared_with, alone.focus_states) == ("", [])


def test_a_pressure_focus_without_pressure_is_not_seen() -> None:
    rude = log(said(1, 12, WHOLE), posted(13, "骗子", pressure=True), said(14, 16, "爱买不买"), end=40)
    slipped = score(scenario(), rude)
    name = next(item.id for item in slipped.findings if item.rule == "composure.language")
    (found,) = focus_states(about(slipped, name), card(WHOLE))
    assert (found.state, found.before.en) == ("not_seen", "1 of 1 moments")


def test_a_price_that_was_never_answered_is_no_price_held() -> None:
    granted = score(scenario(), log(posted(10, "70我就拍"), said(12, 15, "行吧，七十给你"), end=30))
    silent = score(scenario(), log(said(1, 5, WHOLE), posted(10, "70我就拍"), end=80))
    held = score(scenario(), log(posted(10, "70我就拍"), said(12, 15, "七十给不到，今天就是八十九"), end=30))
    before = about(granted, "handling.below_floor")
    assert [focus_states(before, now)[0].state for now in (silent, held)] == ["not_seen", "solved"]


def test_a_point_marked_wrong_is_none_and_nothing_became_of_it() -> None:
    before = with_marks(about(card(NONE), "coverage.breathable"), {"coverage.breathable": "wrong"})
    assert before.focus == []
    kept = about(card(NONE), "coverage.breathable").model_copy(update={"marks": {"coverage.breathable": "wrong"}})
    assert focus_states(kept, card(WHOLE)) == []
    assert with_states(card(WHOLE), kept).compared_with == card(WHOLE).compared_with
    assert with_marks(kept, {"coverage.breathable": "useful"}).focus == kept.focus


@pytest.mark.parametrize(
    ("now", "state", "told"),
    [
        ("欢迎新来的姐妹今天天气真好大家晚上都吃了什么呀", "not_seen", "it did not come up"),
        ("欢迎新来的姐妹它的保修是两年放心用", "solved", "nothing wrong"),
    ],
)
def test_a_fact_told_wrong_is_not_solved_where_it_did_not_come_up(now: str, state: str, told: str) -> None:
    sheet = {**scenario().product.model_dump(), "facts": {"面料": "55%亚麻 45%棉", "保修": "两年"}}
    own = scenario(product=sheet)
    before = score(own, log(said(1, 8, "这件衬衫保修是五年放心用"), end=40))
    finding = next(item for item in before.findings if item.rule.startswith("facts."))
    assert before.fact_errors[0].fact == "保修"
    after = score(own, log(said(1, 20, now), end=40))
    (found,) = focus_states(about(before, finding.id), after)
    assert (found.state, found.now.en) == (state, told)


@pytest.mark.parametrize(("now", "state"), [(NONE, "not_seen"), (f"{NONE}，今天到手89元", "solved")])
def test_a_price_told_wrong_is_not_solved_where_no_price_is_told(now: str, state: str) -> None:
    before = score(scenario(), log(said(1, 8, "这件亚麻衬衫今天到手只要59元"), end=40))
    finding = next(item for item in before.findings if item.rule.startswith("facts."))
    assert before.fact_errors[0].fact == "price"
    (found,) = focus_states(about(before, finding.id), card(now))
    assert found.state == state
