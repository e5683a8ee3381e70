from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.safe_word import is_safe_word


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "红灯", True),
        ("zh", "红灯！红灯！", True),
        ("zh", "嗯 红灯", True),
        ("zh", "红灯红灯安全词", True),
        ("zh", "安全词", True),
        ("zh", "红灯笼今天打折", False),
        ("zh", "这个红灯会亮", False),
        ("zh", "", False),
        ("zh", "嗯", False),
        ("en", "Red light.", True),
        ("en", "red light red light", True),
        ("en", "um, red light!", True),
        ("en", "safe word", True),
        ("en", "the red light means it is charging", False),
        ("en", "light red", False),
        ("en", "um", False),
    ],
)
def test_only_the_word_alone_stops(code: str, text: str, expected: bool) -> None:
    assert is_safe_word(text, language_for(code)) is expected
