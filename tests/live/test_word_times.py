"""Where words lie when the engine does not say."""

from __future__ import annotations

from itertools import pairwise

import pytest

from coach.live.word_times import placed_words
from coach.ports import MOUTH_RATE_HZ


def starts(text: str, seconds: float | None) -> list[tuple[str, float]]:
    marks = placed_words(text, None if seconds is None else round(seconds * MOUTH_RATE_HZ))
    return [(text[mark.offset : mark.offset + mark.length], round(mark.sample / MOUTH_RATE_HZ, 2)) for mark in marks]


@pytest.mark.parametrize(
    ("text", "seconds", "expected"),
    [
        ("一二三四", 1.0, [("一", 0.0), ("二", 0.25), ("三", 0.5), ("四", 0.75)]),
        ("便宜点。", 0.9, [("便", 0.0), ("宜", 0.3), ("点", 0.6)]),
        ("ba ba ba!", 0.6, [("ba", 0.0), ("ba", 0.2), ("ba", 0.4)]),
        ("", 1.0, []),
        ("…", 1.0, []),
    ],
)
def test_equal_words_share_the_sound_equally(text: str, seconds: float, expected: list[tuple[str, float]]) -> None:
    assert starts(text, seconds) == expected


def test_long_words_and_numbers_take_longer_and_marks_take_a_pause() -> None:
    (_, _), (_, a), (_, unbelievable), (_, price) = starts("so, a unbelievable 99", 3.0)
    assert unbelievable - a < price - unbelievable
    assert a > 0.3


def test_without_a_length_a_usual_pace_is_taken() -> None:
    marks = starts("这个价格真的已经是全网最低了", None)
    assert marks[-1][1] == pytest.approx(13 / 4.75, abs=0.15)
    assert starts("it really is the best deal of the week", None)[-1][1] == pytest.approx(8 / 3.8, abs=0.5)


def test_every_word_has_its_place_in_the_text_in_order() -> None:
    text = "Don't you think 12.50 dollars, for VIP, 太贵了吗？"
    marks = placed_words(text, 200_000)
    assert [text[mark.offset : mark.offset + mark.length] for mark in marks] == [
        *("Don't", "you", "think", "12.50", "dollars", "for", "VIP", "太", "贵", "了", "吗"),
    ]
    assert all(before.sample < after.sample for before, after in pairwise(marks))
    assert marks[-1].sample < 200_000
