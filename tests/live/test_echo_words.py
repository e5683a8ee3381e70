"""The viewer's own words in the streamer's microphone do not interrupt it."""

import pytest

from coach.language import language_for
from coach.live.echo_words import died_with_viewer, is_echo_of

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


@pytest.mark.parametrize(
    ("start", "end", "silenced_at", "is_echo"),
    [
        (8.94, 9.15, 9.0, True),
        (8.94, 9.15, None, False),  # nobody was silenced
        (8.94, 9.40, 9.0, False),  # it went on into the silence
        (8.55, 9.15, 9.0, False),  # long enough to be told by its words
        (9.02, 9.15, 9.0, False),  # it began after the viewer fell silent
        (8.70, 8.95, 9.0, False),  # it was over before
    ],
)
def test_a_sound_that_dies_with_the_viewer_is_the_viewer(
    start: float, end: float, silenced_at: float | None, is_echo: bool
) -> None:
    assert died_with_viewer(start, end, silenced_at) is is_echo
