"""Which words cost language control, with sentences of our own."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.score.composure_language import slips_in
from coach.score.timeline import fold
from tests.score.logs import EN, ZH, log, said, scenario


def slips(text: str, *, deserved: bool = True) -> list[str]:
    """Return what is held against an utterance; English where it is written in Latin letters."""
    code = "en-US" if text.isascii() else "zh-CN"
    spoken = fold(log(said(1, 9, text), end=10)).spoken[0]
    found = slips_in(spoken, scenario(EN if code == "en-US" else ZH), language_for(code), deserved=deserved)
    assert all(text[span.start : span.end].strip() == span.text for span in found)
    return [span.text for span in found]


@pytest.mark.parametrize(
    "text",
    [
        "你懂什么，穿不起就别在这儿说话",
        "自己洗坏了怪谁，爱买不买",
        "求求你们了，就拍一单吧",
        "再刷屏我就把你拉黑了",
        "You people are too stupid for linen, honestly.",
        "shut up and stop wasting my time",
        "I'll have you kicked out of here if you write that again.",
        "please please just buy one i am begging you",
        "我知道你住哪儿，小心点",
        "外地人素质低，我不伺候",
        "网上说会缩水那是骗你的",
        "不能说别家就好，他们那是骗人的",
        "I know where you work, so watch your back",
        "old people are useless, honestly",
    ],
)
def test_hostile_pleading_and_threatening_words(text: str) -> None:
    assert slips(text)


@pytest.mark.parametrize(
    "text",
    [
        "这位朋友说得对，面料确实薄，咱们看吊牌，55%亚麻",
        "谢谢提醒，有质疑很正常，检测报告在这儿，接着看尺码",
        "这个价我做不了主，89就是今天最低的了",
        "不合适可以退，运费险也有",
        "我不敢跟你说绝对不缩水，那是骗人的",
        "要是跟你保证一百次不起球，那就是骗你的了",
        "I could tell you it never rusts, but that would be a lie",
        "Fair question, here is the tag, two coats of oil.",
        "I hear you, that must have been annoying; send us the order number and we sort it out.",
        "No, I can't go lower than thirty six, but you get the scraper with it.",
        "Thanks for that, back to the handle.",
    ],
)
def test_firm_and_friendly_words_are_none(text: str) -> None:
    assert slips(text) == []


def test_a_brush_off_counts_where_the_line_deserved_an_answer() -> None:
    text = "你自己去看详情页，别问我"
    assert slips(text, deserved=True)
    assert slips(text, deserved=False) == []
