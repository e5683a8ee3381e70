"""Sentences that are told of something else than the product of a sheet."""

from __future__ import annotations

import pytest

from coach.language.strangers import Strangers

SOCKS = Strangers(["hiking socks", "wool", "padding"], ["merino from New Zealand", "survives a dip in the lake"], "en")
SHIRT = Strangers(["亚麻衬衫", "面料", "颜色"], ["55%亚麻 45%棉", "米白、雾蓝"], "zh")


@pytest.mark.parametrize(
    ("sheet", "text", "said", "other"),
    [
        (SOCKS, "my boots are leather", "leather", True),
        (SOCKS, "my socks are leather", "leather", False),
        (SOCKS, "the mug is ceramic", "ceramic", True),
        (SOCKS, "the padding is nylon", "nylon", False),
        (SOCKS, "it goes with my boots, it's nylon", "nylon", False),
        (SOCKS, "the one behind me is polyester", "polyester", True),
        (SOCKS, "my old pair was cotton, these are nylon", "nylon", False),
        (SOCKS, "i have a leather couch", "leather", True),
        (SOCKS, "the kids version is acrylic", "acrylic", True),
        (SOCKS, "we might get a silk pair next season", "silk", True),
        (SOCKS, "it holds 30 pounds", "30", False),
        (SHIRT, "我围裙是红色的", "红", True),
        (SHIRT, "我们这件是红色的", "红", False),
        (SHIRT, "我妈那件毛衣是羊绒的", "羊绒", True),
        (SHIRT, "真丝的吊带也好看", "真丝", True),
        (SHIRT, "五号链接那个是真丝的", "真丝", True),
        (SHIRT, "这件在五号链接，真丝的", "真丝", False),
        (SHIRT, "儿童款是纯棉的", "纯棉", True),
        (SHIRT, "有红色的，也有黑色的", "红", False),
        (SHIRT, "下一件是真丝的，先别走", "真丝", True),
    ],
)
def test_of_what_a_sentence_is_told(sheet: Strangers, text: str, said: str, *, other: bool) -> None:
    start = text.index(said)
    assert sheet.are_told(text, start, start + len(said)) is other


def test_a_kind_that_the_sheet_names_is_its_own() -> None:
    sheet = Strangers(["儿童款保温杯"], ["350毫升"], "zh")
    assert not sheet.are_told("儿童款是五百毫升的", 5, 7)
