"""What an answer gives on top of a price, and the price a piece that is left."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.room.givebacks import Givebacks, givebacks
from tests.room.test_handling import handled

GIFTS = {"zh": ("杯刷一把",), "en": ("travel pouch",)}


@pytest.mark.parametrize(
    ("line", "reply", "expected"),
    [
        ("80行不", "八十行，收到货我再返你六块", Givebacks(back=6.0)),
        ("80 运费呢", "八十，运费八块我出", Givebacks(back=8.0)),
        ("85 我有张10块的券", "八十五，那张券照样用", Givebacks(back=10.0)),
        ("买三送一吗", "行，三个的价，第四个送你了", Givebacks(free=1)),
        ("80包邮", "八十，邮费我来掏吧", Givebacks(more=True)),
        ("80返我5块", "八十可以，返不了，没有这个权限", Givebacks()),
        ("送点啥", "再送你一把杯刷", Givebacks()),
        ("80", "八十，七天内不满意可以退", Givebacks()),
        ("80 and?", "eighty, and I'll send you back five after it arrives", Givebacks(back=5.0)),
        ("do i get the third free", "sure, third one's on me", Givebacks(free=1)),
        ("80 plus my 10 off code", "eighty, and your code works on top", Givebacks(back=10.0)),
        ("shipping too?", "yep, I'll cover the shipping", Givebacks(more=True)),
        ("80 minus 10", "I can't give you ten back, sorry", Givebacks()),
        ("how long for returns", "thirty days, any reason", Givebacks()),
    ],
)
def test_what_is_given_back(line: str, reply: str, expected: Givebacks) -> None:
    code = "en" if line.isascii() and reply.isascii() else "zh"
    assert givebacks(line, reply, GIFTS[code], language_for(code)) == expected


@pytest.mark.parametrize(
    ("line", "reply", "below"),
    [
        ("85呗", "八十五行，你拍完我退你十块", True),
        ("买二送一行吗", "行啊，拍两件，我再给你塞一件进去", True),
        ("160俩", "一百六俩，行，给你", False),
        ("140俩", "一百四俩，行，给你", True),
        ("85呗", "八十五行，收纳袋照样送你", False),
        ("two for 90", "ninety for the two, alright", False),
        ("two for 70", "seventy for the two, alright", True),
        ("46?", "forty-six okay, and I'll refund you ten when it lands", True),
        ("46?", "forty-six okay, filters included", False),
    ],
)
def test_the_floor_is_kept_whatever_the_words(line: str, reply: str, below: bool) -> None:
    assert handled("haggler", line, reply).below_floor is below
