"""One table per rule of what breaks speech (DOMAIN §3.3, F4), with what it must leave alone."""

from __future__ import annotations

import pytest

from coach.language import language_for

RULES: dict[str, list[tuple[str, str, list[tuple[str, str]]]]] = {
    "a word said twice on the way": [
        ("zh", "我们上周到，到工厂看过", [("到，到", "repeat")]),
        ("zh", "刚才，刚才还有一百人", [("刚才，刚才", "repeat")]),
        ("zh", "杯盖杯盖也能拆", [("杯盖杯盖", "repeat")]),
        ("zh", "他还问、还问了价", [("还问、还问", "repeat")]),
        ("zh", "我我觉得行", [("我我", "repeat")]),
        ("zh", "茶叶是云云南的", [("云云", "repeat")]),
        ("zh", "杯子是送送的", [("送送", "repeat")]),
        ("zh", "所以我，我不说", [("我，我", "repeat")]),
        ("zh", "能保温温度是是七十度", [("是是", "repeat")]),
        ("zh", "能放放三个月", [("放放", "repeat")]),
        ("zh", "它震震得快，送送两个盖子", [("震震", "repeat"), ("送送", "repeat")]),
        ("zh", "还有那个还有杯套", [("还有那个还有", "repeat")]),
        ("zh", "整支是可以可以冲的", [("可以可以", "repeat")]),
        ("zh", "对，就，就这些", [("就，就", "repeat")]),
        ("en", "the the lid is it is it tight enough", [("the the", "repeat"), ("is it is it", "repeat")]),
        ("en", "it holds, it holds, um, two cups", [("it holds, it holds", "repeat")]),
        (
            "en",
            "it's close to the hand, um, close to the hand's edge",
            [("close to the hand, um, close to the hand's", "repeat")],
        ),
        ("en", "so it's so it's steel", [("so it's so it's", "repeat")]),
        (
            "en",
            "th-the lid, I-I mean b-but re-read the co-op so-so",
            [("th-the", "repeat"), ("I-I", "repeat"), ("b-but", "repeat")],
        ),
        ("en", "for the, er, for the office", [("for the, er, for the", "repeat")]),
        ("en", "the lid is, the lid, it's steel", [("the lid is, the lid", "repeat")]),
    ],
    "emphasis, echo and courtesy": [
        ("zh", "快点快点，有的有的，谢谢谢谢大家，对对对", []),
        ("zh", "好，好看吧，没有没有我们是棉的", []),
        ("zh", "还剩三件三件啊，五号五号五号", []),
        ("zh", "别吵别吵听我说，都给都给你们", []),
        ("en", "item four, item four, very very soft, go go go", []),
        ("en", "I know, I know. Thank you, thank you all", []),
        ("en", "I love it, I love it so much, one more time one more time everyone", []),
        ("en", "if it fits it fits, you use it it works", []),
        ("en", "twenty five twenty five it's a deal", []),
    ],
    "words that language itself doubles": [
        ("zh", "妈妈常常慢慢看看，软绵绵的，清清楚楚，一件一件", []),
        ("zh", "产品品质，水果果干，今天天气，国家家电", []),
        ("zh", "骂你你都不听，它扣上它就不漏", []),
        ("zh", "给我看看颜色，漱漱口，试一试，摸上去滑滑的，用着用着就软了", []),
        ("zh", "问医生医生也这么说", []),
        ("zh", "三号，三号链接，保温杯，保温杯看一下", []),
    ],
    "doubled fillers are fillers": [
        ("zh", "这个这个面料，然后然后，就是就是", []),
        ("zh", "嗯嗯嗯好", []),
        ("en", "um um it's fine", []),
        ("en", "I'm, um, I'm new here", [("I'm, um, I'm", "repeat")]),
        ("en", "it's twenty uh twenty's fine", [("twenty uh twenty's", "repeat")]),
    ],
    "the second time with other characters of the same sound": [
        ("zh", "这款手机首机壳也送", [("手机首机", "repeat")]),
        ("zh", "这款手机收起来很薄", []),
    ],
    "there and back": [
        ("zh", "你看杯盖，杯底，杯盖这里有硅胶", [("杯盖，杯底，杯盖", "repair")]),
        ("zh", "大码，小码，中码都有", []),
    ],
    "a figure broken off and said in full": [
        ("zh", "一盒是三十，三十二片", [("三十，三十", "repeat")]),
        ("zh", "有三十，四十二片的", []),
        ("zh", "纱线是六、六十支", [("六、六", "repeat")]),
    ],
    "a clause begun anew": [
        ("zh", "它送，它会送一个杯套", [("它送，它会送", "fragment")]),
        ("zh", "这款是，内胆是钢的", [("这款是，", "fragment")]),
        ("zh", "容量是，我看一下啊，五百毫升", [("是，我看一下", "fragment")]),
        ("zh", "那我看一下……嗯没写", [("我看一下……嗯", "fragment")]),
        ("en", "There's a, er, there was a card", [("There's a, er, there", "fragment")]),
        ("en", "I wouldn't, um, I'm not sure", [("I wouldn't, um, I'm", "fragment")]),
        ("en", "link it loop by loop, by hand", []),
        ("en", "He's, she's fine", [("He's, she's", "fragment")]),
        ("en", "It's, yeah. It's both", [("It's, yeah", "fragment")]),
        ("en", "the kids were, they were so loud", [("the kids were, they", "fragment")]),
        ("en", "the size of... there's no size", [("the size of... there's", "fragment")]),
        ("en", "this is a it's a lamp", [("this is a it's", "fragment")]),
        ("en", "the okay we have it here", [("the okay", "fragment")]),
        ("en", "i was gonna what was it", [("i was gonna what", "fragment")]),
        ("en", "where's my where's the card", [("where's my where's", "fragment")]),
        ("en", "it's a, I mean, two of them", [("it's a, I mean, two", "fragment")]),
        ("en", "It is, it really is. Here you are, it's yours", []),
        ("en", "I know where it's from, they're from here", []),
        ("en", "it melts... and... there's a corner", []),
        ("en", "it's, like, tiny, and it's what's left", []),
        ("en", "the i phone case, worth the wait i guess", []),
    ],
    "a word cut off": [
        ("en", "wa- warranty", [("wa-", "fragment")]),
        ("en", "a well-made x-ray", []),
    ],
    "a slip put right where it was made": [
        ("zh", "九十九，不对，八十九", [("不对", "repair")]),
        ("zh", "有十三不对十四包", [("不对", "repair")]),
        ("zh", "一百八，哦不，是一百五", [("哦不，", "repair")]),
        ("zh", "蓝色，说错了，绿色", [("说错了", "repair")]),
        ("zh", "轻不轻对不对，不对称的，说错了你们提醒我", []),
        ("zh", "啊对对对，不对，我讲错了", []),
        ("en", "it's ten, no, wait, it's five", [("no, wait", "repair")]),
        ("en", "it holds ten sorry twelve", [("sorry twelve", "repair")]),
        ("en", "There, no, there", [("no, there", "repair")]),
        ("en", "it's forty no, it's fifty", [("no, it's", "repair")]),
        ("en", "no, it's fine, no problem, sorry we sold out", []),
    ],
}


@pytest.mark.parametrize(
    ("code", "text", "expected"), [case for cases in RULES.values() for case in cases], ids=lambda value: str(value)
)
def test_a_break_is_told_from_emphasis(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.text, span.kind) for span in language_for(code).disturbances(text)] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("zh", "刚才我讲错了，是两年", ["讲错了"]),
        ("zh", "讲得对", []),
        ("en", "Scratch that, I misspoke, it's two years", ["Scratch that", "I misspoke"]),
        ("en", "I scratched it", []),
    ],
)
def test_corrections_are_found_wherever_the_slip_was(code: str, text: str, expected: list[str]) -> None:
    assert [span.text for span in language_for(code).corrections(text)] == expected
