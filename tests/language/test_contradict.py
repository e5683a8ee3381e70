"""Words against a product sheet: kinds that exclude each other, abilities turned round. The products are in no set."""

from __future__ import annotations

import pytest

from coach.language.contradict import SheetLine, WordSheet

QUILT = [
    SheetLine("面料", "面料：60支长绒棉"),
    SheetLine("填充", "填充：95%白鹅绒", part=frozenset({"填充", "里面"})),
    SheetLine("产地", "产地：江苏南通"),
    SheetLine("护理", "护理：只能干洗，不可机洗，不可暴晒"),
    SheetLine("拉链", "拉链：YKK双头拉链"),
]
SOUP = [
    SheetLine("口味", "口味：番茄、菌菇"),
    SheetLine("配料", "配料：不加味精，不含防腐剂，含牛奶和小麦"),
    SheetLine("储存", "储存：冷冻保存"),
    SheetLine("加热", "加热：可微波炉加热，不可明火"),
]
LAMP = [
    SheetLine("缩率", "布罩水洗缩率不超过2%"),
    SheetLine("灯罩", "灯罩：亚麻布罩", part=frozenset({"灯罩", "罩子"})),
    SheetLine("底座", "底座：榉木底座", part=frozenset({"底座"})),
    SheetLine("供电", "供电：充电式，可连续用8小时"),
    SheetLine("防水", "防水：不防水"),
]
BLANKET = [
    SheetLine("fabric", "fabric: 100% merino wool"),
    SheetLine("origin", "origin: woven in Peru"),
    SheetLine("care", "care: hand wash cold, no bleach, do not tumble dry"),
    SheetLine("color", "color: comes in navy and oat color"),
    SheetLine("returns", "returns: 30 days, opened is fine, free return shipping"),
    SheetLine("pilling", "pilling: less pilling than regular wool"),
]
BALM = [
    SheetLine("ingredients", "ingredients: beeswax, shea, no added fragrance, no alcohol"),
    SheetLine("scent", "scent: unscented"),
    SheetLine("package", "package: a twist-up stick"),
    SheetLine("testing", "testing: third-party lab tested"),
    SheetLine("children", "children: not for kids under 3"),
]


@pytest.mark.parametrize(
    ("code", "sheet", "text", "wrong"),
    [
        # another thing of the same kind
        ("zh", QUILT, "面料用的是涤纶混纺", "涤纶"),
        ("zh", QUILT, "里面填充的都是鸭绒", "鸭绒"),
        ("zh", QUILT, "这床被子是新西兰进口的", "新西兰"),
        ("zh", QUILT, "它开口是纽扣的", "纽扣"),
        ("zh", SOUP, "这个是榴莲味的", "榴莲"),
        ("zh", LAMP, "底座是铝合金的", "铝合金"),
        ("zh", LAMP, "它是插电的哦", "插电"),
        ("en", BLANKET, "it's a polyester blend, super easy", "polyester"),
        ("en", BLANKET, "and it's made in italy", "italy"),
        ("en", BLANKET, "The wool is, I want to say, Scottish?", "Scottish"),
        ("en", BALM, "it comes in a little jar so you scoop it", "jar"),
        ("en", BALM, "this was tested by the government", "the government"),
        # abilities turned round
        ("zh", QUILT, "洗衣机随便洗，机洗没问题", "洗衣机"),
        ("zh", QUILT, "大太阳底下暴晒也可以", "大太阳"),
        ("zh", SOUP, "里面放了味精提鲜", "味精"),
        ("zh", SOUP, "直接明火烧就行", "明火"),
        ("zh", SOUP, "不能放微波炉啊", "微波炉"),
        ("zh", LAMP, "掉水里也没事它是防水的", "防水"),
        ("zh", LAMP, "这个罩子怎么洗都不缩水", "缩水"),
        ("en", BLANKET, "you can just throw it in the dryer", "dryer"),
        ("en", BLANKET, "all sales final on blankets, sorry", "all sales final"),
        ("en", BLANKET, "it never ever pills up", "pills up"),
        ("en", BALM, "we infused it with real perfume", "perfume"),
        ("en", BALM, "yeah it's totally fine for your toddler", "toddler"),
        # invented proof
        ("en", BALM, "it's FDA approved, by the way", "FDA"),
        ("zh", SOUP, "我们拿了有机认证的", "有机认证"),
    ],
)
def test_contradictions(code: str, sheet: list[SheetLine], text: str, wrong: str) -> None:
    found = [text[item.start : item.end] for item in WordSheet(sheet, (), code).find(text)]
    assert wrong in found


@pytest.mark.parametrize(
    ("code", "sheet", "text"),
    [
        ("zh", QUILT, "面料就是长绒棉，没有涤纶"),
        ("zh", QUILT, "别家填充是鸭绒，我们这个是鹅绒"),
        ("zh", QUILT, "有人问是不是日本进口的，不是，南通产的"),
        ("zh", QUILT, "洗衣机不行，机洗会跑绒"),
        ("zh", QUILT, "别拿去暴晒"),
        ("zh", QUILT, "有没有机洗过的朋友？"),
        ("zh", QUILT, "要是你机洗了就会结团"),
        ("zh", SOUP, "没有那些味精防腐剂"),
        ("zh", SOUP, "不敢说是有机的"),
        ("zh", SOUP, "微波炉转三分钟就可以"),
        ("zh", LAMP, "底座是榉木的，灯罩是亚麻"),
        ("zh", LAMP, "基本不怎么缩水"),
        ("zh", LAMP, "它不防水，别放浴室"),
        ("zh", LAMP, "比塑料的有质感"),
        ("en", BLANKET, "there's no polyester in it"),
        ("en", BLANKET, "most of them are acrylic, this is merino"),
        ("en", BLANKET, "hang it up, never put it in the dryer"),
        ("en", BLANKET, "is it made in italy? no, peru"),
        ("en", BLANKET, "if it were polyester it would squeak"),
        ("en", BLANKET, "you can open it and still return it"),
        ("en", BLANKET, "good evening everyone, let's sit down"),
        ("en", BALM, "there's no added fragrance, no alcohol"),
        ("en", BALM, "i can't say it's fda approved"),
        ("en", BALM, "it's not for toddlers"),
        ("en", BALM, "instead of a jar you get a twist up stick"),
    ],
)
def test_no_contradiction(code: str, sheet: list[SheetLine], text: str) -> None:
    assert [text[item.start : item.end] for item in WordSheet(sheet, (), code).find(text)] == []


def test_only_one_of_several_contradicts_the_others() -> None:
    sheet = WordSheet(SOUP, (), "zh")
    assert [item.kind for item in sheet.find("口味只有番茄味")] == ["family.taste"]
    assert sheet.find("番茄味和菌菇味都有") == []


def test_a_wording_that_must_not_be_said_is_a_wrong_fact_where_it_names_one() -> None:
    sheet = WordSheet(BALM, ("made in USA", "never melts"), "en")
    assert [item.kind for item in sheet.find("it's made in the usa")] == ["family.origin"]


def test_all_the_sheet_has_may_be_called_the_only_ones() -> None:
    pot = WordSheet([SheetLine("灶具", "适用灶具：燃气灶和电陶炉")], (), "zh")
    assert pot.find("这个锅只能燃气灶和电陶炉用") == []
    assert pot.find("这个锅只能燃气灶用")


@pytest.mark.parametrize(
    ("sheet", "code", "text", "found"),
    [
        (SOUP, "zh", "这个汤只有番茄味，没有菌菇味", True),
        (SOUP, "zh", "想喝菌菇味的朋友，我们只有番茄味", True),
        (SOUP, "zh", "这个汤只有番茄和菌菇味", False),
        (BLANKET, "en", "it only comes in navy, not oat", True),
        (BLANKET, "en", "it only comes in navy and oat", False),
    ],
)
def test_what_is_ruled_out_is_in_no_list(sheet: list[SheetLine], code: str, text: str, *, found: bool) -> None:
    assert bool(WordSheet(sheet, (), code).find(text)) is found
