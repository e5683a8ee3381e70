"""Moves of manner: how something is said, in both languages, clean and as recognised."""

from __future__ import annotations

import random
import string

import pytest

from coach.room.reading import MoveKind, read
from coach.scenario.model import Scenario
from tests.room.simulate import shipped

SHIRT, CRISPS = shipped("linen-shirt"), shipped("oat-crisps")
KETTLE, LANTERN = shipped("kettle"), shipped("lantern")


ODD = [
    *(
        "嗯",
        "一百",
        "二百五",
        "百分之",
        "十",
        "万",
        "亿",
        "3.5",
        "%",
        "$",
        "¥",
        "９９",
        "①",
        "SPF50",
        "PA+++",
        "XS to 3X",
    ),
    *("half", "oh", "point", "of", "ninety", "'s", "'", "’", "(", "[", "\\", "。", "，", "…", "\n", "\u200d", "👍🏽"),
    *("\ufb01", "İ", "ß"),
]
"""Pieces that have broken readers of text before: signs, half a number, letters whose lower case is longer."""


def did(text: str, kind: MoveKind) -> bool:
    scenario = KETTLE if text.isascii() or "’" in text else SHIRT
    return read(text, scenario).did(kind)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            "apologises",
            [
                "不好意思，这个我们认",
                "抱歉让你等了",
                "i'm so sorry that happened",
                "our bad, that shouldn't have happened",
            ],
        ),
        (
            "routes_service",
            ["订单号发给后台客服", "你走售后入口", "send the order number to support", "use the help chat"],
        ),
        (
            "promises_followup",
            ["今晚给你回复", "下播我就去催", "i'll follow up by tomorrow", "i'll make sure they answer you"],
        ),
        ("demonstrates", ["我现在就倒水给你看", "我给你测一下", "let me pour water on it", "watch me fold it"]),
        ("corrects", ["刚才讲错了", "我更正一下，是八十九", "let me correct that", "i misspoke"]),
        ("protects", ["先问问医生", "让爸妈来拍", "please ask your doctor", "read the label for allergens"]),
        (
            "refuses_claim",
            ["全网最低这话我不敢说", "治病的话我不能讲", "i can't promise that", "i won't call it a cure"],
        ),
        ("sets_boundary", ["私人问题就不聊了", "说回产品", "let's keep it about the product", "not taking requests"]),
        ("dismisses", ["不用纠结这个", "你自己不会用吧", "google it", "take it up with the factory"]),
        ("insults", ["你懂什么", "爱买不买", "你脑子有病吧", "get a life", "who asked you", "sit down"]),
        ("threatens", ["给我拉黑", "场控把他踢出去", "you're blocked", "i'll ban you"]),
        ("hedges", ["应该是防水的吧", "我记得好像有", "i think it's steel", "probably, i guess"]),
        ("concurs", ["行吧，给你了", "那就八十", "okay deal", "sure, it's yours"]),
        ("pushes", ["闭眼入，别犹豫", "多囤几件", "just get it", "don't think about it, buy two"]),
        ("complains", ["嗓子都哑了，我尽力了", "i'm doing my best here"]),
        ("reproaches", ["你们说话好伤人", "why would you say that"]),
        ("changes_topic", ["然后，我讲到哪了", "um what else"]),
        ("confirms", ["可以的，机洗没问题", "嗯对，有货", "yes it does", "um yeah absolutely"]),
        ("declines", ["不行的呀", "呃不能机洗", "no it doesn't", "nope"]),
    ],
)
def test_said(kind: MoveKind, texts: list[str]) -> None:
    assert [text for text in texts if not did(text, kind)] == []


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("insults", ["滚筒洗衣机可以洗", "这件很显瘦", "it suits your face shape", "a smart idea"]),
        (
            "dismisses",
            [
                "你看一下吊牌",
                "这个问题问得好",
                "the box says ninety six degrees",
                "I hear you, but thirty is not possible",
            ],
        ),
        ("hedges", ["应季的都在这", "it holds ninety six degrees"]),
        ("concurs", ["这个价做不了", "that price i can't do"]),
        ("threatens", ["这条链接没有锁", "it blocks the steam"]),
        ("confirms", ["不可以机洗", "it does not whistle"]),
        (
            "overclaims",
            ["最好先手洗一次", "不能说全网最低", "有人问是不是最强，没有这种排名", "it isn't the best in the world"],
        ),
        ("overclaims", ["孕妇能不能用要问医生，我不敢说", "nobody can promise it cures anything"]),
        ("apologises", ["没关系不用道歉"]),
    ],
)
def test_not_said(kind: MoveKind, texts: list[str]) -> None:
    assert [text for text in texts if did(text, kind)] == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("这是全网最低价", "price_urgency"),
        ("我们是行业第一", "absolute"),
        ("喝了能降血压", "medical"),
        ("七天白两个度", "cosmetic"),
        ("一个月瘦十斤", "food_health"),
        ("保证有效，无效退款", "promise"),
        ("加我微信便宜点", "off_platform"),
        ("别家都是垃圾", "disparage"),
        ("跟大牌同一个工厂出来的", "counterfeit"),
        ("用妈妈手机拍一下就行", "minors"),
        ("写五星好评返现五块", "fake_data"),
        ("it cures insomnia", "medical"),
        ("lowest price anywhere", "price_urgency"),
        ("it's the best in the world", "absolute"),
        ("you'll lose ten pounds", "food_health"),
        ("venmo me instead", "off_platform"),
        ("those other brands are garbage", "disparage"),
        ("leave five stars and i'll refund you", "fake_data"),
    ],
)
def test_banned_claims_by_category(text: str, category: str) -> None:
    scenario = KETTLE if text.isascii() else SHIRT
    assert category in {move.target for move in read(text, scenario).of("overclaims")}


def test_true_stock_is_no_false_urgency() -> None:
    stocked = KETTLE.model_copy(update={"product": KETTLE.product.model_copy(update={"stock": 150})})
    assert not read("we have one hundred fifty left so no rush", stocked).did("overclaims")
    assert read("only three left hurry", stocked).did("overclaims")


def test_what_a_recogniser_wrote_with_the_same_sounds_is_read_as_meant() -> None:
    assert read("伞号连接直接拍", SHIRT).did("calls_to_action")
    assert read("这个我不敢保正", SHIRT).did("refuses_claim")
    assert read("今天到手八是九", SHIRT).of("gives_price")[0].value == 89


def test_a_figure_that_differs_from_the_sheet_is_a_misstatement() -> None:
    assert read("a full kettle boils in nine minutes", KETTLE).did("misstates")
    assert not read("a full kettle boils in four minutes", KETTLE).did("misstates")
    assert read("机洗缩水在百分之九以内", SHIRT).did("misstates")
    assert not read("机洗缩水在百分之三以内", SHIRT).did("misstates")


@pytest.mark.parametrize("scenario", [SHIRT, CRISPS, KETTLE, LANTERN], ids=lambda scenario: scenario.id)
def test_nothing_raises_on_odd_text(scenario: Scenario) -> None:
    rng = random.Random(7)
    pieces = ODD
    texts = ["", " ", "。。。", "👍" * 50, "9" * 400, "一" * 300, "a" * 10_000, "降噪" * 5_000, "\x00\x01", "no " * 300]
    texts += ["".join(rng.choices(pieces, k=rng.randint(1, 12))) for _ in range(120)]
    texts += [" ".join(rng.choices(pieces, k=rng.randint(1, 12))) for _ in range(120)]
    texts += ["".join(rng.choices(string.printable, k=60)) for _ in range(30)]
    for text in texts:
        assert read(text, scenario).text == text
