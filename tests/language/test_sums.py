"""Figures that are worked out of those of a product sheet."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.language.contradict_figures import FigureSheet
from coach.language.sheet_line import SheetLine

CRISPS = (
    SheetLine("规格", "规格：一盒12小包，共360克"),
    SheetLine("质保", "质保：一年"),
    SheetLine("加热", "加热：15分钟自动停"),
)
BANK = (SheetLine("capacity", "capacity: 10,000 mAh, about two phone charges"),)
BARS = (SheetLine("box", "box: 12 bars of 55 g"), SheetLine("belt", "belt weight: 29 cm wide, 1.2 kg"))


def _sheet(lines: tuple[SheetLine, ...], code: str) -> FigureSheet:
    return FigureSheet(lines, (), language_for("zh-CN" if code == "zh" else "en-US"))


@pytest.mark.parametrize(
    ("code", "lines", "text", "said", "right"),
    [
        ("zh", CRISPS, "一小包三十克", "三十", True),
        ("zh", CRISPS, "两包六十克", "六十", True),
        ("zh", CRISPS, "一小包五十克", "五十", False),
        ("zh", CRISPS, "一刻钟就停了", "一", True),
        ("zh", CRISPS, "质保是三年", "三", False),
        ("en", BARS, "the whole box is 660 grams", "660", True),
        ("en", BARS, "two bars is 110 grams", "110", True),
        ("en", BARS, "two bars is 150 grams", "150", False),
        ("en", BANK, "it's twenty thousand milliamps", "twenty", False),
        ("en", BARS, "eleven and a half inches wide", "eleven", True),
        ("en", BARS, "it's fifteen inches wide", "fifteen", False),
    ],
)
def test_what_is_worked_out_is_right(
    code: str, lines: tuple[SheetLine, ...], text: str, said: str, *, right: bool
) -> None:
    assert _sheet(lines, code).allows(text, text.index(said), lines[0]) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [("七十度的水它吃不消", True), ("七十度的水随便用", False), ("八公分的进不去", True), ("七十度都用不坏", False)],
)
def test_what_is_too_much_is_no_claim(text: str, *, right: bool) -> None:
    line = SheetLine("水温", "水温：40度，高6厘米")
    assert FigureSheet((line,), (), language_for("zh-CN")).allows(text, 0, line) is right
