"""What contradicts a point without a figure."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.match import match_point


def wrong(code: str, text: str, **point: object) -> list[str]:
    given = {"aliases": (), "facts": (), "statement": "", **point}
    match = match_point(text, language=language_for(code), **given)  # type: ignore[arg-type]
    return [text[item.number.start : item.number.end] for item in match.contradictions]


SUGAR = {"title": "不加蔗糖", "statement": "不加蔗糖，甜味来自低聚果糖", "facts": ("不加蔗糖",)}
WARRANTY = {"title": "质保", "statement": "一年内只换不修", "facts": ("一年",), "topics": ("质保",)}
COTTON = {"title": "全棉", "statement": "100%棉，贴身透气", "facts": ("100%棉",), "aliases": ("纯棉",)}
STOVE = {"title": "灶具通用", "statement": "燃气和电磁炉都能用", "facts": ("燃气", "电磁炉")}
RATING = {"title": "防晒值", "statement": "SPF50，日常够用", "facts": ("SPF50",)}
SHRINK = {"title": "预缩水", "statement": "水洗缩率不超过3%", "facts": ("3%",), "aliases": ("缩水",)}
PUMP = {"title": "airless pump", "statement": "dark airless pump", "facts": ("airless",)}
RETURNS = {"title": "free returns", "statement": "30 days to return", "facts": ("30 days",), "topics": ("returns",)}
SCENT = {"title": "no added fragrance", "statement": "no added fragrance", "facts": ("no added fragrance",)}


@pytest.mark.parametrize(
    ("code", "text", "point", "found"),
    [
        ("zh", "里面加了蔗糖才好喝", SUGAR, True),
        ("zh", "没有加蔗糖的", SUGAR, False),
        ("zh", "这个质保是终身的", WARRANTY, True),
        ("zh", "质保一年", WARRANTY, False),
        ("zh", "我们没有质保", WARRANTY, True),
        ("zh", "它是纯棉里带氨纶", COTTON, True),
        ("zh", "没有氨纶，就是纯棉", COTTON, False),
        ("zh", "电磁炉用不了", STOVE, True),
        ("zh", "电磁炉能用", STOVE, False),
        ("zh", "SPF一百", RATING, True),
        ("zh", "SPF五十", RATING, False),
        ("zh", "基本不缩水", SHRINK, False),
        ("en", "it has a glass dropper bottle with a dropper", PUMP, True),
        ("en", "it's an airless pump", PUMP, False),
        ("en", "we do no returns", RETURNS, True),
        ("en", "thirty days to return it", RETURNS, False),
        ("en", "it has real fragrance", SCENT, True),
        ("en", "there's no fragrance in it", SCENT, False),
        ("en", "if it had fragrance i'd know", SCENT, False),
    ],
)
def test_words_against_a_point(code: str, text: str, point: dict[str, object], found: bool) -> None:
    assert bool(wrong(code, text, **point)) is found, wrong(code, text, **point)
