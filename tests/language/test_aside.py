"""Words named without being said of the product."""

from __future__ import annotations

import pytest

from coach.language.aside import is_compared_with, is_named_only, is_of_another, is_of_former

NAMED = [
    ("zh", "最厉害的手套？我可不敢这么叫", "最厉害"),
    ("zh", "去屑这个功效我们没写", "去屑"),
    ("zh", "永不生锈谁敢保证", "永不生锈"),
    ("zh", "想要真皮的别拍这一件", "真皮"),
    ("zh", "瘦不瘦看你自己动不动", "瘦"),
    ("zh", "他说“祖传秘方”四个字", "祖传秘方"),
    ("en", "softest blanket alive? come on", "softest blanket alive"),
    ("en", "chat says miracle cure, nah", "miracle cure"),
    ("en", "rustproof? no kettle is", "rustproof"),
    ("en", "it cures colds, nope, it's tea", "cures colds"),
    ("en", 'my cousin calls it "a fat burner" for fun', "fat burner"),
    ("en", "unbreakable is a word i stay away from", "unbreakable"),
    ("en", "solid oak this size would be like nine hundred dollars", "solid oak"),
    ("en", "real cashmere would cost you three hundred bucks", "real cashmere"),
    ("en", "one guy typed lifetime guarantee", "lifetime guarantee"),
]
SAID = [
    ("zh", "全网最低价，我们不赚钱", "全网最低"),
    ("zh", "永不生锈，放心", "永不生锈"),
    ("zh", "想不想瘦？一个月瘦十斤", "瘦十斤"),
    ("en", "softest blanket alive, order now", "softest blanket alive"),
    ("en", "it cures colds? yes it does", "cures colds"),
    ("en", "twenty grams? it's light so maybe less", "twenty grams"),
    ("en", "this is solid oak and it would cost you nine hundred dollars", "solid oak"),
    ("en", "solid oak that would be nine hundred dollars elsewhere", "solid oak"),
    ("en", "solid oak, you would pay nine hundred", "solid oak"),
    ("en", "the softest blanket alive would be ours", "softest blanket alive"),
    ("en", "solid oak would make anybody happy", "solid oak"),
    ("en", "she said it cured her knee", "cured"),
]


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


@pytest.mark.parametrize(("code", "text", "words"), NAMED)
def test_what_is_echoed_quoted_or_turned_down_is_only_named(code: str, text: str, words: str) -> None:
    assert is_named_only(text, *_span(text, words), code)


@pytest.mark.parametrize(("code", "text", "words"), SAID)
def test_what_stands_is_said(code: str, text: str, words: str) -> None:
    assert not is_named_only(text, *_span(text, words), code)


@pytest.mark.parametrize(
    ("code", "text", "figure", "another"),
    [
        ("en", "my old kettle took nine minutes", "nine", True),
        ("en", "the one from the supermarket holds two liters", "two", True),
        ("en", "forty watt ones are brighter", "forty", True),
        ("en", "i'm five foot nine", "five", True),
        ("en", "my old kettle broke, this one takes nine minutes", "nine", False),
        ("en", "it takes nine minutes", "nine", False),
        ("zh", "之前那台要烧九分钟", "九", True),
        ("zh", "我手机五千毫安", "五千", True),
        ("zh", "我自己一百三十斤穿中码", "一百三十", True),
        ("zh", "之前那台坏了，这台烧九分钟", "九", False),
        ("zh", "烧九分钟就开", "九", False),
    ],
)
def test_figures_of_other_things_are_no_figures_of_the_product(
    code: str, text: str, figure: str, another: bool
) -> None:
    assert is_of_another(text, *_span(text, figure), code) is another


def test_a_price_of_something_owned_before_is_no_former_price() -> None:
    assert is_of_former("my last one was two hundred", 16, "en")
    assert not is_of_former("the mall sells it for two hundred", 22, "en")


def test_a_name_may_head_a_comparison() -> None:
    assert is_compared_with("真皮一般更贵", 0, 2)
    assert not is_compared_with("真皮做的，更软", 0, 2)
