"""Talk that is no talk to viewers: read, repeated, listed, too little."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.score.genuine import measure_genuine
from coach.score.timeline import fold
from tests.score.logs import EN, ZH, log, said, scenario

TALK_ZH = [
    "哈喽大家好，我是今天的主播，刚进来的朋友先别着急走。",
    "你们夏天穿衣服最怕什么，是不是出门走两步后背就湿了一大片。",
    "我身上这件呢，麻占了五成多，风一吹就能进来，真的不会粘在身上。",
    "来你看我把它放到秤上，一百八十克，比一部手机也重不了多少。",
    "有人问大码有没有，有的，到三个加，你把身高体重打出来我帮你看。",
    "今天在我这里给你八十九，平时是一百五十九，链接就在下面一号。",
    "不合适你就退，运费险我们已经帮你买好了，不用你自己掏钱。",
]
TALK_EN = [
    "Hey, welcome in everybody, grab a seat, I have got something really nice for you today.",
    "So if you are like me and you sweat the moment you walk out of the door in July, listen up.",
    "This one is more than half linen, so the air just goes straight through it when you move.",
    "I put it on the kitchen scale this morning and it was about the weight of my phone, look.",
    "Somebody was asking about larger sizes, and yes we do have them, tell me how tall you are.",
    "It is eighty nine for you today in this room, it is normally a lot more than that, item one.",
]


def faults(code: str, texts: list[str]) -> list[str]:
    """Return the faults found; each stops a pass and is told with a quote."""
    records = log(*(said(8.0 * at, 8.0 * at + 6, text) for at, text in enumerate(texts)), end=8.0 * len(texts))
    used = scenario(ZH if code == "zh" else EN)
    found = measure_genuine(fold(records), used, language_for(code))
    assert len(found.findings) == len(found.blockers)
    assert all(finding.evidence for finding in found.findings)
    return [finding.rule.removeprefix("genuine.") for finding in found.findings]


SHEET_ZH = ["亚麻纤维吸湿散热夏天穿不贴身", "整件只有180克拿在手里没有分量", "面料55%亚麻45%棉", "透气不闷55%亚麻"]
SHEET_EN = [
    "comes pre seasoned with two coats of oil ready to cook",
    "solid weight 5.2 pounds heavy enough to hold its heat",
    "seasoning pre seasoned with two coats of oil",
]
WORDS_ZH = ["透气 凉快 亚麻 轻薄 180克 很轻 55%亚麻 克重 面料"] * 2
WORDS_EN = ["pre-seasoned two coats ready weight 5.2 pounds heavy skillet ironwell cast iron oil"]


@pytest.mark.parametrize(
    ("code", "texts", "fault"),
    [
        ("zh", TALK_ZH[:1], "too_little"),
        ("en", TALK_EN[:2], "too_little"),
        ("zh", TALK_ZH + SHEET_ZH * 4, "read_aloud"),
        ("en", TALK_EN + SHEET_EN * 5, "read_aloud"),
        ("zh", TALK_ZH + [TALK_ZH[2]] * 7, "repeated"),
        ("en", TALK_EN + [TALK_EN[3] + " again"] * 6, "repeated"),
        ("zh", WORDS_ZH * 6, "word_list"),
        ("en", WORDS_EN * 9, "word_list"),
    ],
)
def test_what_is_no_talk(code: str, texts: list[str], fault: str) -> None:
    assert fault in faults(code, texts)


@pytest.mark.parametrize(("code", "texts"), [("zh", TALK_ZH), ("en", TALK_EN)])
def test_talk_is_talk(code: str, texts: list[str]) -> None:
    assert faults(code, texts) == []
