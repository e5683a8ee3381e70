"""What is said not to be had is no claim about the product; a denial of something else about it is none of that."""

from __future__ import annotations

import pytest

from coach.language.contradict import SheetLine, WordSheet

SCARF = WordSheet([SheetLine("面料", "面料：羊毛"), SheetLine("颜色", "颜色：灰、卡其")], (), "zh")
MUG = WordSheet(
    [SheetLine("body", "body: stoneware"), SheetLine("colors", "colors: comes in white and sage")], (), "en"
)


@pytest.mark.parametrize(
    "text",
    [
        "紫色没有，灰的卡其的有",
        "紫色没有哦",
        "紫色的没了",
        "紫色没有了哈",
        "紫色我们不做",
        "紫色这款没做",
        "紫色暂时没有现货",
        "紫色早就卖完了",
        "紫色断货了",
        "紫色已经下架了",
        "紫色、绿色都没有",
        "紫色没有，绿色也没有",
        "紫色没有哈，紫色染得不匀，所以没出",
        "没有紫色，紫色容易掉色",
    ],
)
def test_not_to_be_had_zh(text: str) -> None:
    assert SCARF.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "紫色没有色差",
        "紫色没有起球的",
        "紫色没有绿色显黑",
        "紫色没有问题，随便拍",
        "紫色没有断货",
        "紫色没卖完，还有",
        "紫色不是没有，刚到的",
        "紫色不掉色",
        "紫色不加钱",
        "没有别的，紫色只有两条",
        "紫色有，绿色没有",
        "紫色还有货，绿色没有",
        "绿色没有，紫色有的",
        "紫色我们有",
    ],
)
def test_something_else_denied_zh(text: str) -> None:
    assert [item.kind for item in SCARF.find(text)] == ["family.colour"]


@pytest.mark.parametrize(
    "text",
    [
        "purple we don't have, we have white",
        "no purple, just white and sage",
        "the purple color isn't available",
        "the purple one is not available right now",
        "purple shade, we never made that one",
        "purple and orange shades are sold out",
        "we have no purple, and purple color would fade",
    ],
)
def test_not_to_be_had_en(text: str) -> None:
    assert MUG.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "the purple color has no streaks",
        "it comes in purple and it's not gone yet",
        "we have purple, and gray is sold out",
        "we have purple but it's going fast",
        "the purple color doesn't fade",
    ],
)
def test_something_else_denied_en(text: str) -> None:
    assert [item.kind for item in MUG.find(text)] == ["family.colour"]


@pytest.mark.parametrize(
    "text", ["紫色没有，但是明天紫色就到", "紫色都卖光了，不过我们补货了，紫色现在有", "昨天紫色卖完了，今天又补了紫色"]
)
def test_what_is_back_is_claimed_again(text: str) -> None:
    assert SCARF.find(text)
