"""The viewer's own words in the streamer's microphone do not interrupt it."""

import pytest

from coach.language import language_for
from coach.live.echo_words import is_echo_of

EN = "Can you do any better on the price? I would take two of them."
ZH = "能不能再便宜一点，我买两件，马上就下单。"


@pytest.mark.parametrize(
    ("locale", "spoken", "heard", "is_echo"),
    [
        ("en-US", EN, "can you do any better on the price", True),
        ("en-US", EN, "can you do any butter on the price", True),  # one word misheard
        ("en-US", EN, "better on the prize i would take", True),
        ("en-US", EN, "price", True),
        ("en-US", EN, "wait let me finish", False),
        ("en-US", EN, "no the price is fixed today", False),  # answers in the viewer's own words
        ("en-US", EN, "i would not take that", False),
        ("en-US", EN, "the linen is two hundred grams", False),
        ("zh-CN", ZH, "能不能再便宜一点", True),
        ("zh-CN", ZH, "能不能在便宜一点我买", True),
        ("zh-CN", ZH, "不能再便宜了真的", False),  # answers in the viewer's own words
        ("zh-CN", ZH, "等一下听我说完", False),
        ("zh-CN", ZH, "这件衣服我自己也穿", False),
        ("zh-CN", ZH, "好", False),
        ("en-US", "", "anything at all", False),
        ("en-US", EN, "", False),
    ],
)
def test_a_partial_that_mostly_repeats_the_viewer_is_an_echo(
    locale: str, spoken: str, heard: str, is_echo: bool
) -> None:
    assert is_echo_of(heard, spoken, language_for(locale)) is is_echo
