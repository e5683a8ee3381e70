"""Figures in digits, so that 百分之五十五 and "fifty-five percent" read like the 55 % of a product sheet."""

from __future__ import annotations

import re

from coach.language import language_for

_HAN = re.compile(r"[\u4e00-\u9fff]")
_AMID = re.compile(r"[米块元斤](?=.)")
"""Units that stand amid a Chinese figure: 一米七三, 八十九块九."""
_PERCENT = "百分之"
_TENTHS = re.compile(r"点|point")


def in_digits(text: str) -> str:
    """Return a text with its figures in digits; 一, "one" and halves stay words: they seldom count anything."""
    made, at = list[str](), 0
    for number in language_for("zh-CN" if _HAN.search(text) else "en-US").numbers(text):
        words = text[number.start : number.end]
        small = number.value == 1 or (number.value < 1 and not _TENTHS.search(words))
        if number.start < at or small or words[0].isdigit():
            continue
        amid = _AMID.search(words)
        unit = "%" if words.startswith(_PERCENT) else amid[0] if amid else ""
        made += [text[at : number.start], f"{number.value:.10g}{unit}"]
        at = number.end
    return "".join(made) + text[at:]
