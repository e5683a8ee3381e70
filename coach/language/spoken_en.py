"""English as it is read out: figures in words, prices, years, telephone numbers, capitals letter by letter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from coach.language.numbers_en import read_out
from coach.language.syllables_en import syllables_of

_ARABIC = re.compile(r"(?P<sign>\$)?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>%)?(?P<suffix>k\b)?", re.I)
_LONG_NUMBER = re.compile(r"(?<![\d.,])(?:\d{7,}|0\d+|(?:\d{3}[- ])+\d{4})(?![\d.,])")
"""Telephone and order numbers: read digit by digit."""
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"(?<![\d.])(\d+)(?:st|nd|rd|th)\b", re.I)
_YEAR = re.compile(r"19\d\d|20[1-9]\d")
_SPOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)*", re.I)
_SHOUTED = frozenset(
    {"OK", "SO", "NO", "NOT", "YES", "ALL", "NOW", "THE", "AND", "FOR", "YOU", "ONE", "WOW", "BUY", "TWO"}
)
"""Words in capitals that are no abbreviations."""


@lru_cache(maxsize=1024)
def spoken_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as it is read out."""
    folded = unicodedata.normalize("NFKC", text)
    read = folded
    if _DIGIT.search(folded):
        read = _ARABIC.sub(_read_out, _ORDINAL.sub(_ordinal_read, _LONG_NUMBER.sub(_digits_read, folded)))
    return tuple(_SPOKEN.findall(read))


@lru_cache(maxsize=2048)
def spoken_syllables(text: str) -> int:
    """Return an estimate by spelling; capitals such as USB are spelled out."""
    return sum(map(_syllables, spoken_words(text)))


def _read_out(found: re.Match[str]) -> str:
    number = found["number"]
    read = read_out(number)
    whole, _, cents = number.replace(",", "").partition(".")
    if found["sign"]:
        read = " ".join([read_out(whole), read_out(cents) if cents.strip("0") else "dollars"])
    elif _YEAR.fullmatch(number) and not found["percent"] and not found["suffix"]:
        read = _year_read(number)
    return f" {read}{' thousand' if found['suffix'] else ''}{' percent' if found['percent'] else ''} "


def _digits_read(found: re.Match[str]) -> str:
    return " ".join(read_out(char) for char in found.group() if char.isdecimal())


def _ordinal_read(found: re.Match[str]) -> str:
    """Return the words of an ordinal: 21st has as many as 21."""
    return read_out(found[1])


def _year_read(number: str) -> str:
    """Return how a year is said: "twenty twenty six"."""
    return f"{read_out(number[:2])} {read_out(number[2:]) if number[2:] != '00' else 'hundred'}"


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    is_spelled = word.isupper() and 2 <= len(word) <= 4 and word not in _SHOUTED
    return sum(map(syllables_of, word.lower())) if is_spelled else syllables_of(word.lower())
