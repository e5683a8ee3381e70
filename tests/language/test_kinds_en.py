"""Kinds of thing and abilities of the English pack, on sheets made up here."""

from __future__ import annotations

import pytest

from coach.language.contradict import WordSheet
from coach.language.sheet_line import SheetLine

SHEETS = {
    "boots": ["the boots run large, go by your shoe size chart", "waxed leather upper, not for the washing machine"],
    "robe": ["waffle weave cotton robe", "never dry clean it", "no softener"],
    "wipes": ["wipes go in the bin, never flush them", "no lab report yet"],
    "cooler": ["aluminum frame", "screw top lid", "300 lumen lamp"],
    "speaker": ["no water resistance, keep it dry", "quick charge in half an hour"],
    "salmon": ["wild caught salmon is the only ingredient"],
}
WRONG = [
    ("boots", "these run small, everybody says so"),
    ("robe", "it's percale, crisp as a shirt"),
    ("robe", "you can dry clean it, no problem"),
    ("wipes", "go ahead and flush them"),
    ("cooler", "it has a flip top lid"),
    ("cooler", "it's got fiberglass legs"),
    ("speaker", "it's got an ipx7 rating"),
    ("speaker", "there's no quick charge on it"),
    ("salmon", "the fish is farm raised"),
    ("salmon", "we add wheat to it"),
]
RIGHT = [
    ("boots", "they run large, so look at the chart"),
    ("boots", "if other boots run small on you, these won't"),
    ("robe", "don't dry clean it, please"),
    ("wipes", "you can't flush these"),
    ("cooler", "the lid's a screw top"),
    ("speaker", "it's not water resistant, mind the pool"),
    ("salmon", "a lot of fish are farm raised, ours is wild caught"),
    ("salmon", "there's no wheat in it"),
]


def found(name: str, text: str) -> list[str]:
    lines = [SheetLine(f"p{at}", line, is_point=True) for at, line in enumerate(SHEETS[name])]
    return [text[item.start : item.end] for item in WordSheet(lines, (), "en").find(text)]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_another_of_the_kind_or_an_ability_turned_round_contradicts(name: str, text: str) -> None:
    assert found(name, text)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_what_the_sheet_says_does_not(name: str, text: str) -> None:
    assert not found(name, text)
