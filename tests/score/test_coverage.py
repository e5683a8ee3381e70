from __future__ import annotations

import pytest

from coach.score.scorer import score
from tests.score.logs import EN, log, posted, said, scenario

ZH_CASES = [
    (["这件特别透气，百分之五十五的亚麻"], "breathable", "hit", []),
    (["这件特别透气"], "breathable", "partial", ["55%亚麻"]),
    (["这件特别透气", "里面有55%亚麻"], "breathable", "hit", []),
    (["好像是百分之五十五的亚麻吧", "很透气"], "breathable", "partial", ["55%亚麻"]),
    (["今天天气不错"], "breathable", "miss", ["55%亚麻"]),
    (["有人问透气吗？这个问客服"], "breathable", "miss", ["55%亚麻"]),
    (["它不透气"], "breathable", "miss", ["55%亚麻"]),
    (["透气，百分之六十五是亚麻"], "breathable", "misstated", ["55%亚麻"]),
    (["透气，百分之六十五是亚麻，说错了，是百分之五十五的亚麻"], "breathable", "hit", []),
    (["透气，百分之六十五是亚麻", "刚才说错了，是百分之五十五的亚麻"], "breathable", "hit", []),
    (["整件才一百八十克，拿在手里没有分量"], "light", "hit", []),
    (["很轻，两百五十克"], "light", "misstated", ["180克"]),
    (["很轻，大概一百七八十克"], "light", "partial", ["180克"]),
    (["隔壁那件很轻，别家一百五十克"], "light", "miss", ["180克"]),
]
EN_CASES = [
    (["it's pre-seasoned with two coats of oil"], "seasoned", "hit", []),
    (["already pre-seasoned"], "seasoned", "partial", ["two coats"]),
    (["it is pre-seasoned with three coats of oil"], "seasoned", "misstated", ["two coats"]),
    (["we have two colors"], "seasoned", "miss", ["two coats"]),
    (["five point two pounds, it holds its heat"], "weight", "hit", []),
    (["that's how heavy it is, four pounds"], "weight", "misstated", ["5.2 pounds"]),
]


@pytest.mark.parametrize(("texts", "point", "state", "missing"), ZH_CASES)
def test_chinese_points_are_judged(texts: list[str], point: str, state: str, missing: list[str]) -> None:
    records = log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(texts)), end=60)
    found = next(item for item in score(scenario(), records).coverage if item.point_id == point)
    assert (found.state, found.missing_facts) == (state, missing)


@pytest.mark.parametrize(("texts", "point", "state", "missing"), EN_CASES)
def test_english_points_are_judged(texts: list[str], point: str, state: str, missing: list[str]) -> None:
    records = log(*(said(10 * at + 1, 10 * at + 9, text) for at, text in enumerate(texts)), end=60)
    found = next(item for item in score(scenario(EN), records).coverage if item.point_id == point)
    assert (found.state, found.missing_facts) == (state, missing)


def test_quotes_are_exact_and_timed() -> None:
    text = "大家好，这件特别透气，百分之五十五的亚麻，喜欢的拍"
    card = score(scenario(), log(said(3, 9, text), end=20))
    [quote] = card.coverage[0].evidence
    assert quote.quote == "这件特别透气，百分之五十五的亚麻"
    assert (quote.start, quote.end, quote.seq) == (3, 9, 1)


@pytest.mark.parametrize(
    ("asked", "answer", "state"),
    [
        ("是透气的那种，百分之五十五亚麻的吗", "是的", "hit"),
        ("透气吗", "透气的", "partial"),
        ("透气吗", "是这样的，我先看一下", "miss"),
        ("能包邮吗", "能的", "miss"),
    ],
)
def test_a_bare_answer_says_what_was_asked(asked: str, answer: str, state: str) -> None:
    card = score(scenario(), log(posted(1, asked), said(3, 9, answer), end=20))
    assert card.coverage[0].state == state


def test_a_viewers_words_cover_nothing() -> None:
    card = score(scenario(), log(posted(1, "这件透气吗 55%亚麻"), said(3, 9, "欢迎新来的"), end=20))
    assert card.coverage[0].state == "miss"


def test_a_bare_figure_answers_a_viewers_question_about_the_point() -> None:
    card = score(scenario(EN), log(posted(1, "how heavy is it"), said(3, 9, "four pounds"), end=20))
    assert card.coverage[1].state == "misstated"
