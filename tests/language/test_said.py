from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.said import said


@pytest.mark.parametrize(
    ("locale", "sentence", "heard", "flags"),
    [
        ("en-US", "It runs 40 hours.", "it runs forty hours", "1111"),
        ("en-US", "It runs 40 hours, all night.", "it runs all night", "110011"),
        ("en-US", "Just $29 today", "just twenty nine dollars today", "111"),
        ("en-US", "Fine in the rain", "", "0000"),
        ("en-US", "Fine in the rain", "the cat sat", "0010"),
        ("zh-CN", "六小时，还是热的。", "六小时还是热的", "1111111"),
        ("zh-CN", "只要89元", "只要八十九元", "1111"),
        ("zh-CN", "内胆316不锈钢", "内胆三百一十六步锈钢", "111011"),
        ("zh-CN", "机洗不缩水", "今天天气", "00000"),
    ],
)
def test_what_was_heard_is_marked_in_the_sentence(locale: str, sentence: str, heard: str, flags: str) -> None:
    found = said(sentence, heard, language_for(locale))
    assert "".join(word.text for word in found.words) == sentence
    got = "".join("1" if word.is_heard else "0" for word in found.words if word.text.strip("，。 "))
    assert got == flags


def test_the_share_counts_spoken_words() -> None:
    found = said("It runs 40 hours, all night", "runs forty hours", language_for("en-US"))
    assert found.share == pytest.approx(3 / 6)


def test_nothing_to_say_is_not_understood() -> None:
    assert said("", "hello", language_for("en-US")).share == 0.0
