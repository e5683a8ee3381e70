"""What the learned reader finds of the points in the utterances closest to them: quoted, few, and nobody accused."""

from __future__ import annotations

import pytest

from coach.language.reader.asked import Asked, PointRead, Said
from coach.language.reader.net import Array
from coach.language.reader.reader import Reader, reader
from coach.scenario.model import Scenario
from coach.score import readings as module
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import log, said

POINTS = {
    "zh-CN": [
        ("杯盖", "杯盖可以放进洗碗机清洗", ["杯盖可进洗碗机"]),
        ("内胆", "内胆是316不锈钢", ["316不锈钢"]),
        ("提手", "提手能折下去，放包里不占地方", ["提手可折"]),
    ],
    "en-US": [
        ("lid", "the lid is dishwasher safe", ["dishwasher safe lid"]),
        ("steel", "the inside is 316 stainless steel", ["316 stainless steel"]),
        ("handle", "the handle folds flat so it fits a bag", ["folding handle"]),
    ],
}


def scenario(locale: str) -> Scenario:
    points = [
        {"id": f"p{at}", "priority": "P0", "title": title, "statement": statement, "must_facts": facts}
        for at, (title, statement, facts) in enumerate(POINTS[locale], 1)
    ]
    product = {
        "name": "cup",
        "price": {"list": 99, "live": 79, "floor": 70, "currency": "CNY"},
        "selling_points": points,
    }
    viewers = [{"id": "v", "type": "haggler", "name": "v"}]
    made = {"id": "cup", "locale": locale, "title": "cup", "category": "home", "viewers": viewers, "product": product}
    return Scenario.model_validate(made)


def card(locale: str, *texts: str) -> Scorecard:
    records = log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(texts)), end=10 * len(texts) + 10)
    return score(scenario(locale), records)


@pytest.mark.parametrize("locale", POINTS)
def test_nobody_is_accused_of_what_the_sheet_says(locale: str) -> None:
    for _, statement, facts in POINTS[locale]:
        for text in (
            statement,
            f"{statement}，大家放心" if locale == "zh-CN" else f"so listen, {statement}, all right",
            *facts,
        ):
            assert card(locale, text).fact_errors == [], text


@pytest.mark.parametrize(
    ("locale", "text", "point", "quote"),
    [
        ("zh-CN", "杯盖只能手洗", "p1", "手洗"),
        ("en-US", "inside it's plain plastic, not steel", "p2", "plain plastic"),
    ],
)
def test_what_contradicts_a_point_in_other_words_is_quoted(locale: str, text: str, point: str, quote: str) -> None:
    found = card(locale, text)
    [state] = [item for item in found.coverage if item.point_id == point]
    assert state.state == "misstated"
    assert quote in state.evidence[0].quote
    assert state.evidence[0].quote in text


_OVERLOOKED = pytest.mark.xfail(strict=True, reason="可不能 after much other talk is read as 可")


@pytest.mark.parametrize("place", [pytest.param("before", marks=_OVERLOOKED), "after", "both"])
def test_a_contradiction_in_a_long_turn_is_read_with_what_stands_around_it(place: str) -> None:
    talk = "谢谢刚进来的姐姐，晚上好呀，吃了没有，今天风有点大，我们慢慢聊，不着急的，喝口水，" * 6
    text = f"{talk if place != 'after' else ''}杯盖可不能扔洗碗机，得手洗，{talk if place != 'before' else ''}"
    found = card("zh-CN", text)
    assert [(point.point_id, point.state) for point in found.coverage if point.state != "miss"] == [("p1", "misstated")]
    assert "杯盖可不能扔洗碗机" in found.coverage[0].evidence[0].quote


def test_what_was_misread_and_taken_back_is_told_as_such() -> None:
    wrong = "inside it's plain plastic, not steel"
    assert all(error.corrected for error in card("en-US", wrong, f"correction, {POINTS['en-US'][1][1]}").fact_errors)
    [error] = card("en-US", wrong, "correction, it is nine dollars more").fact_errors[:1]
    assert not error.corrected


def test_what_is_read_wrong_hides_no_other_slip() -> None:
    found = {error.fact for error in card("zh-CN", "杯盖可不能扔洗碗机今天到手五十九块").fact_errors}
    assert found == {"p1", "price"}


class _Counting(Reader):
    """The shipped reader, which counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Said, Asked]] = []

    def alike(self, texts: list[str], points: list[Asked]) -> Array:  # type: ignore[override]
        return reader().alike(texts, points)

    def points(self, pairs: list[tuple[Said, Asked]]) -> list[PointRead]:  # type: ignore[override]
        self.asked += pairs
        return reader().points(pairs)


def test_a_long_talk_is_read_no_more_often_than_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = _Counting()
    monkeypatch.setattr(module, "reader", lambda: counting)
    card("en-US", *(f"hand wash only for the lid, buyer number {number}" for number in range(40)))
    assert 0 < len(counting.asked) <= 5 * len(POINTS["en-US"])


def test_of_talk_about_nothing_one_utterance_is_read_for_each_point(monkeypatch: pytest.MonkeyPatch) -> None:
    counting = _Counting()
    monkeypatch.setattr(module, "reader", lambda: counting)
    found = card("en-US", "good evening everybody", "is it raining with you too", "that is my cat")
    assert found.fact_errors == []
    assert {point.state for point in found.coverage} == {"miss"}
    assert len(counting.asked) == len(POINTS["en-US"])
