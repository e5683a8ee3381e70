"""Times and weights as they are said in words, and figures between which a speaker chooses."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.spelled import is_alternative, spelled


@pytest.mark.parametrize(
    ("locale", "text", "amount", "unit", "rough"),
    [
        ("en-US", "return it within the month", 1.0, "month", False),
        ("en-US", "it runs three quarters of an hour", 45.0, "min", False),
        ("en-US", "a quarter of an hour and it's dry", 15.0, "min", False),
        ("zh-CN", "一刻钟就停", 15.0, "min", False),
        ("zh-CN", "一个礼拜到货", 7.0, "day", False),
        ("zh-CN", "就八克多", 8.0, "g", True),
    ],
)
def test_times_and_weights_in_words_are_figures(
    locale: str, text: str, amount: float, unit: str, *, rough: bool
) -> None:
    [number] = spelled(text, language_for(locale))
    assert (number.amount, number.unit, number.approximate) == (amount, unit, rough)


@pytest.mark.parametrize(("text", "are_two"), [("60 or 90 days", True), ("96 for 2 hours", False)])
def test_for_is_no_or(text: str, *, are_two: bool) -> None:
    numbers = spelled(text, language_for("en-US"))
    assert is_alternative(numbers[0], numbers, text) is are_two
