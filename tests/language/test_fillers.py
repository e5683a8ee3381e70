"""One table per rule of DOMAIN §3.3, with what it must find and what it must leave alone."""

from __future__ import annotations

import pytest

from coach.events import Word
from coach.language import language_for


def marked(code: str, text: str) -> list[str]:
    return [span.text for span in language_for(code).fillers(text)]


RULES: dict[str, list[tuple[str, str, list[str]]]] = {
    "F1 is counted anywhere, agreeing sounds and look-alikes are not": [
        ("zh", "嗯这款呃还有货", ["嗯", "呃"]),
        ("zh", "嗯嗯，嗯哼", []),
        ("zh", "啊……我想想", ["啊"]),
        ("zh", "啊一共三件", ["啊"]),
        ("zh", "啊，对了。啊对对对，啊是吗，啊找到了", []),
        ("zh", "今晚唔讲价", []),
        ("zh", "好啊，金额不大，限额三件，额头", []),
        ("en", "umm so uhh erm hmmm fine", ["umm", "uhh", "erm", "hmmm"]),
        ("en", "uh-huh, uh-oh, a 5 mm rim, the ER, her summer", []),
        ("en", "Ah… where is it", ["Ah"]),
        ("en", "Ah, thank you. Oh, nice. Well, sure.", []),
    ],
    "doubled": [
        ("zh", "那个那个杯子", ["那个", "那个"]),
        ("zh", "然后，然后我说", ["然后", "然后"]),
        ("zh", "就是就是杯口宽", ["就是", "就是"]),
        ("zh", "这个和那个", []),
        ("zh", "这个领口是立领，那个袖子是落肩", []),
        ("en", "it was like like huge", ["like", "like"]),
        ("en", "I like it, you like it", []),
    ],
    "beside a filled pause": [
        ("zh", "我想说那个，呃，杯子", ["那个", "呃"]),
        ("zh", "呃那个杯子呢", ["呃", "那个"]),
        ("zh", "嗯然后我们换一件", ["嗯", "然后"]),
        ("zh", "我选那个，嗯？", ["那个", "嗯"]),
        ("en", "we have uh basically two", ["uh", "basically"]),
        ("en", "Right. Um, next one", ["Right", "Um"]),
        ("en", "Right, next one. Um.", ["Um"]),
        ("en", "Right, so. Next one", ["Right"]),
        ("en", "right it's the blue one", ["right"]),
    ],
    "那个 at the head of a clause, unless it points or is the subject": [
        ("zh", "那个，杯盖呢", ["那个"]),
        ("zh", "好的，那个我看一下库存", ["那个"]),
        ("zh", "那个杯身是双层的", ["那个"]),
        ("zh", "各位好那个今天讲保温杯", ["那个"]),
        ("zh", "那个颜色没了，那个姐姐别急，那个链接不对", []),
        ("zh", "那个是赠品，那个也可以，那个不行", []),
        ("zh", "选那个小号，右边那个，我说的就是那个", []),
        ("zh", "三种颜色那个我自己用白的", ["那个"]),
        ("zh", "上面那个盖子能拆去年那个断货了", []),
    ],
    "然后 inside a text without marks, unless it tells an order": [
        ("zh", "三号链接然后白的黑的都有", ["然后"]),
        ("zh", "先放水然后放茶叶", []),
    ],
    "这个 only stalls before a question to oneself": [
        ("zh", "这个怎么讲，有点像软木", ["这个"]),
        ("zh", "这个杯子，这个我懂，要这个，谢谢", []),
    ],
    "就是 that opens a clause, unless it names, contrasts or gives a reason": [
        ("zh", "杯口很宽，就是你手能伸进去", ["就是"]),
        ("zh", "它很轻吧就是小朋友也拿得动", ["就是"]),
        ("zh", "保温八小时就是我早上灌的晚上还烫", ["就是"]),
        ("zh", "，就是说内胆是钢的", ["就是说"]),
        ("zh", "这个就是内胆，我要的就是它，就是这个", []),
        ("zh", "不是塑料，就是钢的", []),
        ("zh", "买它就是为了轻，就是要这种", []),
    ],
    "反正 and 其实 only where a pause follows": [
        ("zh", "反正，你看着办", ["反正"]),
        ("zh", "其实…我也没用过", ["其实"]),
        ("zh", "反正杯子不漏，其实挺好", []),
    ],
    "standing phrases": [
        ("zh", "颜色怎么说呢，偏灰", ["怎么说呢"]),
        ("zh", "怎么说你才信", []),
        ("en", "so yeah that's the lid, okay so next", ["so yeah", "okay so"]),
        ("en", "I think so yeah, it's okay so relax", []),
    ],
    "you know and I mean": [
        ("en", "it keeps, you know, hot, I mean really hot", ["you know", "I mean"]),
        ("en", "you know what I mean, do you know how, I mean it", []),
    ],
    "like: verb, comparison and quotation stay": [
        ("en", "I like it, you'd like that, people like mugs", []),
        ("en", "it looks like steel, tastes like mint, shaped like a pear", []),
        ("en", "just like mine, something like ten, put it on like a coat", []),
        ("en", "it's like a tiny oven. It's like nope. kind of like glass", []),
        ("en", "smash that like button, nothing like that", []),
    ],
    "like: set off, or without a use for grammar": [
        ("en", "It's, like, tiny. Like, really tiny", ["like", "Like"]),
        ("en", "ships in like two days with like a bow", ["like", "like"]),
        ("en", "i have like a hundred and it's like cheap", ["like", "like"]),
        ("en", "grab the mug like you won't regret it", ["like"]),
        ("en", "so like maybe like this week", ["like"]),
        ("en", "it like makes a click", ["like"]),
    ],
    "right and the stressed adverbs": [
        ("en", "it's dry, right? so it stays", ["right"]),
        ("en", "right now, the right lid, all right, that's right", []),
        ("en", "Actually, it's steel", ["Actually"]),
        ("en", "it's steel so basically it lasts", ["basically"]),
        ("en", "it's basically water and literally free", []),
    ],
    "F3 and F5 are no fillers": [
        ("zh", "家人们来，好，对，宝子们上链接，可能大概应该吧", []),
        ("en", "guys let's go, tap the heart, maybe I guess probably", []),
    ],
}


@pytest.mark.parametrize(
    ("code", "text", "expected"), [case for cases in RULES.values() for case in cases], ids=lambda value: str(value)
)
def test_a_filler_is_told_from_a_word_with_meaning(code: str, text: str, expected: list[str]) -> None:
    assert marked(code, text) == expected


def timed(*words: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(text=text, start=start, end=end) for text, start, end in words)


def test_a_pause_after_a_demonstrative_makes_it_a_filler() -> None:
    words = timed(("我", 0, 0.2), ("要", 0.2, 0.4), ("那", 0.4, 0.6), ("个", 0.6, 0.8), ("杯子", 1.1, 1.5))
    assert [span.start for span in language_for("zh").fillers("我要那个杯子", words)] == [2]
    close = timed(("我要", 0, 0.4), ("那个", 0.4, 0.8), ("杯子", 0.85, 1.5))
    assert language_for("zh").fillers("我要那个杯子", close) == []


def test_a_pause_before_it_opens_a_clause() -> None:
    words = timed(("很轻", 0, 0.5), ("那个", 1.1, 1.3), ("我", 1.3, 1.4), ("看看", 1.4, 1.8))
    assert [span.start for span in language_for("zh").fillers("很轻那个我看看", words)] == [2]


def test_a_word_drawn_out_beyond_the_speakers_own_is_a_filler() -> None:
    words = timed(("选", 0, 0.2), ("那个", 0.2, 0.75), ("杯子", 0.8, 1.2))
    assert [span.text for span in language_for("zh").fillers("选那个杯子", words, {"那个": 0.3})] == ["那个"]
    assert language_for("zh").fillers("选那个杯子", words, {"那个": 0.4}) == []


def test_a_pause_after_like_makes_it_a_filler() -> None:
    words = timed(("we", 0, 0.2), ("just", 0.2, 0.4), ("like", 0.4, 0.6), ("pour", 0.9, 1.2))
    assert [span.text for span in language_for("en").fillers("we just like pour", words)] == ["like"]
