"""What a product sheet proves, so that saying it is no violation."""

from __future__ import annotations

import pytest

from coach.language.claims import SheetProof, find_claims

ZH = SheetProof(
    category="food",
    stock=300,
    prices=(88.0, 59.0),
    told=("海苔脆", "6岁以上可以吃", "不含色素"),
    certificates=("有机产品认证 OR-1",),
    code="zh",
)
PETS = SheetProof(category="home", stock=170, told=("鸡肉冻干", "三个月以上的猫"), code="zh")
PETS_EN = SheetProof(category="home", stock=170, told=("chicken bites",), code="en")
EN = SheetProof(category="home", stock=300, prices=(88.0, 59.0), told=("hinges covered for life",), code="en")


@pytest.mark.parametrize(
    ("proof", "text", "grave"),
    [
        (ZH, "过了今晚恢复八十八", False),
        (ZH, "过了今晚恢复两百八", True),
        (ZH, "七岁的宝宝也能吃", False),
        (ZH, "三岁的宝宝也能吃", True),
        (ZH, "没色素", False),
        (ZH, "没防腐剂", True),
        (EN, "the hinges are covered for life", False),
        (EN, "macys sells this for three hundred", True),
        (EN, "macys sells this for eighty eight", False),
    ],
)
def test_what_the_sheet_proves_is_cleared(proof: SheetProof, text: str, grave: bool) -> None:
    found = [claim for claim in find_claims(text, proof) if claim.severity == "H" and not claim.turned_down]
    assert bool(found) is grave


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("there's a hundred and seventy left", []),
        ("one hundred and seventy in stock, no rush", []),
        ("a hundred and sixty nine of them left", []),
        ("only a hundred and ten left", ["a hundred and ten left"]),
        ("only seventy left", ["seventy left"]),
        ("two hundred and seventy left", ["two hundred and seventy left"]),
    ],
)
def test_a_figure_is_held_against_the_stock_as_a_whole(text: str, terms: list[str]) -> None:
    assert [claim.term for claim in find_claims(text, PETS_EN) if not claim.turned_down] == terms


@pytest.mark.parametrize(
    "text",
    [
        "四个月以上的猫都可以吃",
        "一个月的小奶狗也能吃",
        "两岁的猫咪也能吃",
        "毛孩子都能放心吃",
        "狗宝宝也可以吃",
        "ten week old puppies can have it",
        "an eight week old kitten is totally fine with it",
        "newborn kittens are fine",
        "a puppy can chew it all day",
        "小狗断奶以后就能吃",
    ],
)
def test_the_young_of_animals_are_no_minors(text: str) -> None:
    proof = PETS_EN if text.isascii() else PETS
    assert not [claim for claim in find_claims(text, proof) if not claim.turned_down]


@pytest.mark.parametrize(
    "text",
    [
        "四个月的宝宝也能吃",
        "一岁的孩子抓着吃都没事",
        "三个月的婴儿放心吃",
        "宝宝随便啃",
        "给娃吃没问题",
        "你家狗和两个月的宝宝都能吃",
        "eight week old babies can eat it",
        "six month olds can have it no problem",
        "my cat loves it and toddlers can eat it too",
        "babies can eat it, so can the puppy",
        "toddlers are fine with it",
    ],
)
def test_what_infants_may_have_is_found_beside_animals_too(text: str) -> None:
    proof = PETS_EN if text.isascii() else PETS
    assert [claim for claim in find_claims(text, proof) if not claim.turned_down]
