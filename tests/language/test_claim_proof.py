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
