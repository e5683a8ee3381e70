"""How a known price is spoken, so that it is heard beside other numbers ("item two forty two", 五十九一袋). Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from coach.language.numbers_zh import read_out

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIGITS = "零一二三四五六七八九"
_GOES_ON_ZH = "[点百千万十.％%度克岁斤号]|毫升|厘米|分钟|小时|(?<=[十百])[一二三四五六七八九]"
"""What makes it another number; after its units no numeral can (五十九一袋)."""
_GOES_ON_EN = f"(?:{'|'.join([*_ONES, 'hundred'])}|percent|ounces|inches|minutes|hours|days|degrees)"
_NUMERALS = "零一二三四五六七八九十百千万两点\\d"


@lru_cache(maxsize=512)
def spoken_price(price: float, code: str) -> re.Pattern[str]:
    """Return what finds a price in flat text, in digits or as it is read out."""
    forms = _forms_zh(price) if code == "zh" else _forms_en(price)
    body = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    if code == "zh":
        return re.compile(rf"(?<![{_NUMERALS}.])(?:{body})(?!{_GOES_ON_ZH})")
    return re.compile(rf"(?<= )(?<!hundred )(?<!hundred and )(?<!and a )(?:{body})(?= )(?! {_GOES_ON_EN} )")


def _forms_zh(price: float) -> set[str]:
    spoken, digits = read_out(f"{price:g}"), f"{price:g}"
    forms = {spoken, digits, spoken.replace("二百", "两百"), spoken.replace("两百", "二百")}
    if digits.isdigit() and len(digits) == 3:
        forms.add("".join(_DIGITS[int(digit)] for digit in digits))
    return forms


def _forms_en(price: float) -> set[str]:
    whole, cents = int(price), round(price * 100) % 100
    base = {str(whole), *_words(whole)}
    if not cents:
        return base
    tails = {str(cents), *_words(cents)}
    return {f"{head} {tail}" for head in base for tail in tails} | {f"{price:.2f}", f"{price:g}"}


def _words(number: int) -> set[str]:
    if number < 20:
        return {_ONES[number]}
    if number < 100:
        return {" ".join(filter(None, (_TENS[number // 10], _ONES[number % 10] if number % 10 else "")))}
    if number >= 1000:
        return set()
    head, rest = _ONES[number // 100], number % 100
    if not rest:
        return {f"{head} hundred", *({"a hundred"} if head == "one" else ())}
    tails = _words(rest)
    short = {f"{head} oh {tail}" for tail in tails} if rest < 10 else {f"{head} {tail}" for tail in tails}
    return short | {f"{head} hundred {joint}{tail}" for tail in tails for joint in ("", "and ")}
