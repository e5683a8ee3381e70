"""English text as it is spoken: lower-case words, numbers and signs read out. The words of dictionary and model."""

from __future__ import annotations

import re

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
_SIGNS = {"%": "percent", "&": "and", "+": "plus", "@": "at"}
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yuan"}
_TOKEN = re.compile(r"[$£€¥]?\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*['’]?|[%&+@]")
_LONGEST = 12
"""Digits of the longest number read as one value; longer ones (codes, phone numbers) are read digit by digit."""


def spoken_words(text: str) -> list[str]:
    """Return the words of `text` as somebody would say them: `Only $29.90!` → only twenty nine ninety dollars."""
    words: list[str] = []
    for token in _TOKEN.findall(text):
        words.extend(_spoken(token))
    return words


def number_words(value: int) -> list[str]:
    """Return a whole number from 0 in words, without `and`: 215 → two hundred fifteen."""
    if value < 20:
        return [_UNITS[value]]
    if value < 100:
        return [_TENS[value // 10], *([_UNITS[value % 10]] if value % 10 else [])]
    scale, name = next((scale, name) for scale, name in _SCALES if value >= scale)
    rest = value % scale
    return [*number_words(value // scale), name, *(number_words(rest) if rest else [])]


def _spoken(token: str) -> list[str]:
    if token in _SIGNS:
        return [_SIGNS[token]]
    if token[0] in _MONEY:
        return [*_amount(token[1:]), _MONEY[token[0]]]
    if token[0].isdecimal():
        return _number(token)
    return [token.replace("’", "'").lower().rstrip("'")]


def _amount(digits: str) -> list[str]:
    """Read a price: 29.90 → twenty nine ninety; 5.00 → five."""
    whole, _, cents = digits.partition(".")
    words = _number(whole)
    return words if not cents.strip("0") else [*words, *number_words(int(cents[:2].ljust(2, "0")))]


def _number(token: str) -> list[str]:
    whole, _, decimals = token.replace(",", "").partition(".")
    words = number_words(int(whole)) if len(whole) <= _LONGEST else [_UNITS[int(digit)] for digit in whole]
    return [*words, "point", *(_UNITS[int(digit)] for digit in decimals)] if decimals else words
