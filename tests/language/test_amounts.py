"""Figures of words beside those of a line of the sheet."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.amounts import compared


@pytest.mark.parametrize(
    ("locale", "words", "line", "agrees", "differs"),
    [
        ("zh-CN", "装个二十八升没问题", "容量: 12升", False, True),
        ("zh-CN", "十五分钟就好", "时间: 15分钟", True, False),
        ("zh-CN", "今天一百二十九", "容量: 12升", False, False),
        ("en-US", "it holds like 28 liters", "capacity: 20 liters", False, True),
        ("en-US", "that's twenty liters in there", "capacity: 20 liters", True, False),
        ("en-US", "there are three of us", "capacity: 20 liters", False, False),
    ],
)
def test_figures_agree_or_differ(locale: str, words: str, line: str, agrees: bool, differs: bool) -> None:
    found = compared(words, line, language_for(locale))
    assert (found.agrees, found.differs) == (agrees, differs)
