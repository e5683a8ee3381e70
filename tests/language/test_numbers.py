from __future__ import annotations

import math

import pytest

from coach.language import language_for

ZH = [
    ("八十九块九", [(89.9, "money")]),
    ("八十九块九毛九", [(89.99, "money")]),
    ("89块9包邮", [(89.9, "money")]),
    ("六十九块九一盒", [(69.9, "money"), (1, "~盒")]),
    ("39块9两盒", [(39.9, "money"), (2, "~盒")]),
    ("89.9元", [(89.9, "money")]),
    ("¥89.9", [(89.9, "money")]),
    ("一百五十九元", [(159, "money")]),
    ("两百", [(200, "")]),
    ("一百五", [(150, "")]),
    ("一百零五克", [(105, "g")]),
    ("两千三", [(2300, "")]),
    ("一万二", [(12_000, "")]),
    ("3万", [(30_000, "")]),
    ("1,200毫安", [(1200, "mah")]),
    ("百分之五十五", [(55, "%")]),
    ("55%亚麻 45%棉", [(55, "%"), (45, "%")]),
    ("四点六克", [(4.6, "g")]),
    ("一点五升", [(1.5, "ml")]),
    ("一个半小时", [(1.5, "min")]),
    ("半小时", [(0.5, "min")]),
    ("一半", [(0.5, "")]),
    ("八折", [(8, "discount")]),
    ("九五折", [(9.5, "discount")]),
    ("五块一斤", [(5, "money"), (1, "g")]),
    ("单次7小时，配盒28小时", [(7, "min"), (28, "min")]),
    ("二零二六年", [(2026, "")]),
    ("连两台", [(2, "~台")]),
    ("平时一百五十九今天八十九块九", [(159, "~今"), (89.9, "money")]),
    ("三二一上链接", []),
    ("第一点说一下，我们统一，一起看一看", []),
    ("十分好用，千万别错过，万一没了", []),
    ("周三和双十一", []),
    ("IPX4级", []),
]
EN = [
    ("eighty nine", [(89, "")]),
    ("eighty-nine dollars", [(89, "money")]),
    ("a hundred and twenty", [(120, "")]),
    ("twenty five", [(25, "")]),
    ("nine ninety nine", [(9.99, "")]),
    ("twenty nine ninety five", [(29.95, "")]),
    ("eight oh five", [(8.05, "")]),
    ("$89.99", [(89.99, "money")]),
    ("half the price", [(0.5, "")]),
    ("two and a half hours", [(2.5, "min")]),
    ("ten and a quarter inches", [(10.25, "inch")]),
    ("four point six grams", [(4.6, "g")]),
    ("four point two five", [(4.25, "")]),
    ("two coats of oil", [(2, "~coat")]),
    ("a dozen eggs", [(12, "~egg")]),
    ("twenty percent off", [(20, "%")]),
    ("180g linen", [(180, "g")]),
    ("thirty-day returns", [(30, "day")]),
    ("1,200 mah", [(1200, "mah")]),
    ("3k sold", [(3000, "~sold")]),
    ("two thousand three hundred", [(2300, "")]),
    ("this one, the one, one of them", []),
    ("IPX4 and USB3", []),
    ("a nice day", []),
]


def read(code: str, text: str) -> list[tuple[float, str]]:
    return [(span.value, span.unit) for span in language_for(code).numbers(text)]


@pytest.mark.parametrize(("text", "expected"), ZH)
def test_chinese_numbers_are_read_with_their_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert read("zh", text) == expected


@pytest.mark.parametrize(("text", "expected"), EN)
def test_english_numbers_are_read_with_their_units(text: str, expected: list[tuple[float, str]]) -> None:
    assert read("en", text) == expected


@pytest.mark.parametrize(
    ("code", "text", "rough"),
    [
        ("zh", "三十几", True),
        ("zh", "九百多台", True),
        ("zh", "大概四十五分贝", True),
        ("zh", "七八个", True),
        ("zh", "四十五分贝", False),
        ("en", "about ninety", True),
        ("en", "ninety or so", True),
        ("en", "a couple of years", True),
        ("en", "ninety grams", False),
    ],
)
def test_rough_figures_are_told_from_exact_ones(code: str, text: str, rough: bool) -> None:
    assert [span.approximate for span in language_for(code).numbers(text)] == [rough]


def test_a_price_said_in_two_groups_keeps_its_other_reading() -> None:
    [span] = language_for("en").numbers("it is one fifty nine")
    assert span.readings() == (1.59, 159.0, 1.0, 59.0)


def test_amounts_of_one_dimension_compare_across_units() -> None:
    zh = language_for("zh-CN")
    [kilo] = zh.numbers("一公斤")
    [grams] = zh.numbers("1000克")
    assert kilo.amount == grams.amount
    assert kilo.unit == grams.unit


def test_offsets_cut_the_number_out_of_the_text() -> None:
    text = "今天到手八十九块九，平时159"
    assert [text[span.start : span.end] for span in language_for("zh").numbers(text)] == ["八十九块九", "159"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "一" * 5000),
        ("zh", "亿" * 200),
        ("zh", f"百分之{'九' * 900}"),
        ("zh", f"{'一' * 400}分之{'一' * 400}"),
        ("zh", f"{'9' * 400}万"),
        ("en", "nine hundred " * 200),
        ("en", f"{'9' * 400} million dollars"),
        ("en", f"1{',000' * 400} point five"),
    ],
)
def test_a_number_without_end_is_read_as_a_finite_one(code: str, text: str) -> None:
    spans = language_for(code).numbers(text)
    assert all(math.isfinite(value) for span in spans for value in span.readings())


@pytest.mark.parametrize(
    ("text", "values"),
    [("五十九一袋", [59, 1]), ("一百二一支", [120, 1]), ("一百二十一支", [121]), ("一百六十九两支", [169, 2])],
)
def test_a_chinese_numeral_ends_with_its_last_digit(text: str, values: list[float]) -> None:
    assert [number.value for number in language_for("zh").numbers(text)] == values
