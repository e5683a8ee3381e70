"""Chinese as it is read out, counted in characters: prices, years, telephone numbers, Latin letters, 儿化."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from coach.language.numbers_zh import read_out

_ARABIC = re.compile(r"(?P<sign>[¥￥])?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>%)?")
_DIGITS = re.compile(r"(?<![\d.,])(?:\d{7,}|0\d+|(?:19|20)\d\d(?=年)|(?:\d{3,4}[- ])+\d{4})(?![\d.,])")
"""Telephone and order numbers and years: read digit by digit."""
_FRACTION = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_LATIN = re.compile(r"[A-Za-z]+")
_ERHUA = re.compile(r"(?<=[\u3400-\u9fff])(?<![女婴幼孩宠胎少小男侄孤健])儿(?![子童女孙媳科歌])")
_HAN = re.compile(r"[\u3400-\u9fff〇]")


@lru_cache(maxsize=2048)
def spoken_units(text: str) -> int:
    """Return characters as spoken: 99 is 九十九, ¥99 九十九块, VIP three letters; 儿化 merges."""
    folded = unicodedata.normalize("NFKC", _ERHUA.sub("", text).replace("℃", "度"))
    read = _ARABIC.sub(_read_out, _FRACTION.sub(_fraction_read, _DIGITS.sub(_digits_read, folded)))
    return len(_HAN.findall(read)) + sum(map(_latin_syllables, _LATIN.findall(read)))


def _read_out(found: re.Match[str]) -> str:
    number = read_out(found["number"])
    if found["percent"]:
        return "百分之" + number
    return number.replace("点", "块") if found["sign"] and "点" in number else number + ("块" if found["sign"] else "")


def _digits_read(found: re.Match[str]) -> str:
    return "".join("零一二三四五六七八九"[int(char)] for char in found.group() if char.isdecimal())


def _fraction_read(found: re.Match[str]) -> str:
    return f"{read_out(found[2])}分之{read_out(found[1])}"


def _latin_syllables(run: str) -> int:
    """Return syllables of a Latin run: VIP is spelled out, logo is read."""
    if (run.isupper() and len(run) <= 5) or len(run) <= 2:
        return len(run)
    return max(1, len(re.findall(r"[aeiouy]+", run.lower())) - (run.lower().endswith("e") and len(run) > 3))
