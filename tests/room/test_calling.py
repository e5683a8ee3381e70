from __future__ import annotations

import pytest

from coach.room.calling import begins_with, calls

OTHERS = {
    "zh": ("小美爱省钱", "老陈", "配料表研究员", "痘痘退退退", "隔壁抽手机", "好"),
    "en": ("June", "just_say_yes", "will", "May", "latebus22"),
}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "老陈，克重是一百八"),
        ("zh", "嗯，老陈你问的克重是一百八"),
        ("zh", "小美姐，今天就是八十九"),
        ("zh", "@小美爱省钱 八十九"),
        ("en", "June, on high it runs nine hours"),
        ("en", "okay, june: nine hours"),
        ("en", "Hey May, it needs no seasoning"),
        ("en", "latebus22, it's 29"),
        ("en", "thanks June!"),
    ],
)
def test_whom_an_utterance_begins_with(code: str, text: str) -> None:
    assert begins_with(OTHERS[code], text, code)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "配料里面有花生和腰果，过敏的千万别吃"),
        ("zh", "痘痘肌先在耳后试一下"),
        ("zh", "手机电脑都能连，蓝牙的"),
        ("zh", "小美女们放心，机洗不缩水的"),
        ("zh", "好看的，上身特别显瘦"),
        ("en", "it's just thirty days, you send it back"),
        ("en", "it will not rust, it's seasoned"),
        ("en", "no, it may go straight on the stove"),
        ("en", "you're just rude"),
        ("en", "June asked the same, nine hours"),
    ],
)
def test_everyday_words_call_nobody(code: str, text: str) -> None:
    assert not begins_with(OTHERS[code], text, code)


def test_a_name_at_the_end_calls_too() -> None:
    assert calls("June", "It's nine hours on high, June.", "en")
    assert calls("小美爱省钱", "今天就是八十九，小美", "zh")
    assert calls("June", "That's on the low side, June. It runs nine hours.", "en")
    assert calls("小美爱省钱", "这个问得好，小美。今天就是八十九", "zh")
    assert not calls("June", "It came in May, June, and July.", "en")
    assert not calls("will", "it will not rust", "en")
