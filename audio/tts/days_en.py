"""English days: dates in figures, months by name, decades."""

from __future__ import annotations

import re

from audio.tts.numerals_en import ordinal, year
from audio.tts.rule import rule
from coach.language.numbers_en import read_out

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - months read better in a row
)


def _date(match: re.Match[str]) -> str:
    return f"{_MONTHS[int(match['month']) - 1]} {ordinal(str(int(match['day'])))}, {year(match['year'])}"


def _month_day(match: re.Match[str]) -> str:
    return f"{_MONTHS[int(match['month']) - 1]} {ordinal(str(int(match['day'])))}"


def _named_day(match: re.Match[str]) -> str:
    name = next(month for month in _MONTHS if month.startswith(match["name"][:3]))
    return f"{name} {ordinal(match['day'])}"


def _decade(match: re.Match[str]) -> str:
    """Read 90s, 1990s and 2010s: nineties, nineteen nineties, twenty tens."""
    last = "thousand" if match["tens"] == "00" else read_out(match["tens"])
    many = f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"
    return f"{_decade_head(match)}{many}"


def _decade_head(match: re.Match[str]) -> str:
    if not match["century"]:
        return ""
    return "two " if match["tens"] == "00" else f"{read_out(match['century'])} "


DAYS = (
    rule(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>1[0-2]|0?[1-9])[-/.](?P<day>3[01]|[12]\d|0?[1-9])(?!\d)", _date
    ),
    rule(r"(?<!\d)(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|[12]\d|0?[1-9])/(?P<year>(?:19|20)\d\d)(?!\d)", _date),
    rule(
        r"(?<![\d/.])(?P<month>1[0-2]|0?[1-9])/(?P<day>1[3-9]|2\d|3[01]|(?<=11/)11|(?<=12/)12)"
        r"(?![\d/.]|\s?(?:[\"”]|in\b|inch|of an?\b))",
        _month_day,
    ),
    rule(
        r"(?<![A-Za-z])(?P<name>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s"
        r"(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)?(?![\w:%$])",
        _named_day,
    ),
    rule(r"(?<![A-Za-z])(?P<part>mid|early|late)-(?=\d0s)", lambda match: f"{match['part']} "),
    rule(r"(?<![\d.,$])['’]?(?P<century>19|20)?(?P<tens>[2-9]0|(?<=20)[01]0)['’]?s(?![A-Za-z])", _decade),
)
