"""What a sheet denies of one place of the product leaves its other parts; a bare "lasts" is of the product itself."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.contradict import SheetLine, WordSheet
from coach.language.contradict_figures import FigureSheet

FLASK_TEXT = "no rubber touching the drink, the lining is all titanium ， no rubber"
FLASK = WordSheet(
    [
        SheetLine("name", "Trail flask"),
        SheetLine("body", "body: titanium"),
        SheetLine("lining", FLASK_TEXT, is_point=True),
    ],
    (),
    "en",
)
POT = WordSheet(
    [
        SheetLine("name", "养生壶"),
        SheetLine("材质", "材质：玻璃"),
        SheetLine("安心", "接触茶水的地方没有塑料，内壁全是玻璃", is_point=True),
    ],
    (),
    "zh",
)


@pytest.mark.parametrize(
    ("sheet", "text", "wrong"),
    [
        (FLASK, "the strap is rubber, sure", []),
        (FLASK, "the foot is made of rubber", []),
        (FLASK, "it comes with a rubber strap", []),
        (FLASK, "it's rubber inside", ["rubber"]),
        (FLASK, "the lining is rubber", ["rubber"]),
        (FLASK, "the flask is rubber", ["rubber"]),
        (FLASK, "there's rubber in it", ["rubber"]),
        (POT, "提手是塑料的，碰不到茶水", []),
        (POT, "底座用的是塑料", []),
        (POT, "内壁是塑料的", ["塑料"]),
        (POT, "它是塑料的", ["塑料"]),
        (POT, "这个壶是塑料做的", ["塑料"]),
    ],
)
def test_a_denial_of_one_place_leaves_other_parts(sheet: WordSheet, text: str, wrong: list[str]) -> None:
    assert [text[item.start : item.end] for item in sheet.find(text)] == wrong


def test_a_denial_of_the_whole_product_leaves_none() -> None:
    sheet = WordSheet([SheetLine("body", "there is no rubber in it, it is titanium", is_point=True)], (), "en")
    assert [item.kind for item in sheet.find("the strap is rubber")] == ["family.body"]


@pytest.mark.parametrize(
    ("line", "text", "wrong"),
    [
        ("heat: holds 90 degrees for 20 minutes", "it lasts forever", False),
        ("heat: holds 90 degrees for 20 minutes", "it holds its heat forever", True),
        ("battery: lasts 20 hours on a charge", "the battery lasts forever", True),
        ("bulb: lasts 3 years", "it lasts forever", True),
    ],
)
def test_for_ever_is_held_against_the_time_of_the_same_thing(line: str, text: str, wrong: bool) -> None:
    sheet = FigureSheet([SheetLine(line.partition(":")[0], line)], (), language_for("en-US"))
    assert bool(sheet.find(text)) is wrong
