"""Quotes that are cut: whole words, exact substrings."""

import pytest

from coach.score.wording import ending


@pytest.mark.parametrize(
    ("text", "limit", "quoted"),
    [
        ("Get off, you've had four.", 40, "Get off, you've had four."),
        ("Mopsie, get off, you've already bought four.", 40, "get off, you've already bought four."),
        ("get off, you've already bought four", 6, "four"),
        ("supercalifragilistic", 6, "listic"),
        ("这双袜子洗了三十回都没变形", 6, "十回都没变形"),
        ("这双袜子洗了 30 回", 4, "30 回"),
    ],
)
def test_the_end_of_a_quote_begins_with_a_whole_word(text: str, limit: int, quoted: str) -> None:
    assert ending(text, limit) == quoted
    assert quoted in text
