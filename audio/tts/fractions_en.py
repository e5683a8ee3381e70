"""English fractions: 1/2, 1 1/2, ½, 1/4 lb; marks out of five or ten; inches."""

from __future__ import annotations

import re

from audio.tts.numerals_en import N, number, ordinal
from audio.tts.rule import rule
from audio.tts.units_en import END, UNIT, UNITS, many

_VULGAR = {"½": "a half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds"}


def _fraction(match: re.Match[str]) -> str:
    said = _part(match["above"], match["below"])
    if match["mark"]:
        return f"{said}{match['mark']}" if _closes_quotation(match) else f"{said} inch"
    return f"{said} {UNITS[match['unit']]}" if match["unit"] else said


def _mixed(match: re.Match[str]) -> str:
    """Read 1 1/2 and 2 3/4: one and a half, two and three quarters."""
    part = _part(match["above"], match["below"])
    unit = f" {many(UNITS[match['unit']], '2')}" if match["unit"] else ""
    return f"{number(match['whole'])} and {re.sub('^one ', 'a ', part)}{unit}"


def _vulgar(match: re.Match[str]) -> str:
    part = _VULGAR[match["part"]]
    return f"{number(match['whole'])} and {part}" if match["whole"] else part


def _out_of(match: re.Match[str]) -> str:
    return f"{number(match['got'])} out of {number(match['of'])}"


def _part(above: str, below: str) -> str:
    if below == "2":
        return "one half" if above == "1" else f"{number(above)} halves"
    if int(above) >= int(below):
        return f"{number(above)} {number(below)}"
    part = "quarter" if below == "4" else ordinal(below)
    return f"{number(above)} {part}{'' if above == '1' else 's'}"


def _inches(match: re.Match[str]) -> str:
    """Read 10" as inches, unless the mark closes a quotation."""
    said = number(match["low"])
    if _closes_quotation(match):
        return said + match["mark"]
    is_before_noun = re.match(r"\s[a-wyz]", match.string[match.end() :], re.IGNORECASE)
    return f"{said} {'inch' if is_before_noun else many('inch', match['low'])}"


def _closes_quotation(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    if match["mark"] == "”":
        return before.count("“") > before.count("”")
    return len(re.findall(r'(?<!\d)"', before)) % 2 == 1


FRACTIONS = (
    rule(r"(?<![\d/.])(?P<got>\d\.\d|[2-9]|10)/(?P<of>10)(?![\d/])", _out_of),
    rule(r"(?<![\d/.])(?P<got>\d\.\d|5)/(?P<of>5)(?![\d/])", _out_of),
    rule(r"(?<![\d/.])(?P<got>100)/(?P<of>100)(?![\d/])", _out_of),
    rule(
        rf"(?<![\d/.,$#])(?P<whole>\d{{1,3}})\s(?P<above>[1-7])/(?P<below>[2-8])(?![\d/])(?:\s?(?P<unit>{UNIT}){END})?",
        _mixed,
    ),
    rule(r"(?P<whole>\d{1,3})?\s?(?P<part>[½¼¾⅓⅔])", _vulgar),
    rule(
        rf"(?<![\d/.])(?P<above>[1-9]\d?)/(?P<below>[2-9]|[1-9]\d|100)(?![\d/])"
        rf'(?:\s?(?P<unit>{UNIT}){END}|(?P<mark>["”])(?!\w))?',
        _fraction,
    ),
    rule(rf'(?P<low>{N})(?P<mark>["”])(?!\w)', _inches),
)
