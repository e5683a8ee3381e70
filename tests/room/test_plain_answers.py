"""A short yes or no is right or wrong by the sheet, whatever its length."""

from __future__ import annotations

import pytest

from coach.room.plain_answers import is_right
from coach.scenario.model import Product

KITE = Product.model_validate(
    {
        "name": "Harbour kite",
        "price": {"list": 60, "live": 40, "floor": 35, "currency": "USD"},
        "stock": 90,
        "facts": {
            "frame": "fiberglass rods",
            "tail": "two tails included",
            "rain": "not for rain",
            "lead": "lead free",
        },
        "selling_points": [{"id": "p1", "title": "frame", "statement": "fiberglass rods that bend", "must_facts": []}],
    }
)
LAMP = Product.model_validate(
    {
        "name": "小夜灯",
        "price": {"list": 99, "live": 59, "floor": 50, "currency": "CNY"},
        "stock": 90,
        "facts": {"颜色": "奶白、雾蓝", "遥控": "带遥控器", "电池": "不含电池", "防水": "不防水"},
        "selling_points": [{"id": "p1", "title": "遥控", "statement": "带遥控器,躺着就能关", "must_facts": []}],
    }
)


@pytest.mark.parametrize(
    ("product", "code", "question", "reply", "right"),
    [
        (KITE, "en", "does it have tails?", "yep", True),
        (KITE, "en", "is there lead in it?", "none", True),
        (KITE, "en", "ok in the rain?", "sure", False),
        (KITE, "en", "ok in the rain?", "nope, keep it dry", True),
        (KITE, "en", "how long are the tails?", "yes", None),
        (KITE, "en", "does it glow?", "yes", None),
        (KITE, "en", "does it have tails?", "i think so, probably", None),
        (LAMP, "zh", "有雾蓝吗", "有的", True),
        (LAMP, "zh", "有遥控器没", "没有", False),
        (LAMP, "zh", "防水吗", "不防", True),
        (LAMP, "zh", "带电池吗", "带的", False),
        (LAMP, "zh", "多少钱", "可以", None),
    ],
)
def test_a_plain_answer_is_held_against_the_sheet(
    product: Product, code: str, question: str, reply: str, right: bool | None
) -> None:
    assert is_right(question, reply, product, code) is right
