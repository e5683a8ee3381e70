"""English numbers: "eighty nine", "a hundred and twenty", "ten and a quarter", "nine ninety nine" (a price), $89.99.

"nine ninety nine" is read as the price 9.99, because that is how prices are said in a live room; the reading 999 is
kept among `alternatives`, as are 159 for "one fifty nine" and 2026 for "twenty twenty six".
"""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache

from coach.language.pack import load_pack
from coach.language.spans import LARGEST, NumberSpan

_ONES = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True)
) | {
    "zero": 0,
    "oh": 0,
}
_TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SIZES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "grand": 1000}
_FRACTIONS = {"half": 0.5, "quarter": 0.25}
_WORD = re.compile(r"(?P<arabic>\d+(?:,\d{3})*(?:\.\d+)?)(?P<k>k\b)?|[a-z]+(?:'[a-z]+)?", re.I)
_WHOLE = frozenset(["whole", "full", "entire"])
_NO_TENTHS = frozenset(
    ["this", "that", "the", "my", "your", "some", "good", "selling", "a", "any", "to", "first", "what", "no"]
)
"""Words before a "point" that is none of a number."""
_LONGEST_CODE = 12
_PRONOUN_BEFORE = frozenset(
    [
        "this",
        "that",
        "the",
        "which",
        "each",
        "every",
        "no",
        "any",
        "another",
        "last",
        "next",
        "only",
        "some",
        "first",
        "other",
    ]
)
_PRONOUN_AFTER = frozenset(["of", "thing", "more", "reason", "day"])
_ROUGH_BEFORE = frozenset(
    ["about", "around", "roughly", "almost", "nearly", "over", "maybe", "some", "approximately", "under"]
)
_ROUGH_AFTER = ("ish", "-ish", " or so", " something", " plus", " odd", " give or take")


_SIGN = re.compile(
    rf"\d|{'|'.join(sorted((*_ONES.keys() - {'oh'}, *_TEENS, *_TENS, *_SIZES, 'dozen', 'half', 'couple', 'whole')))}"
)
"""What every number holds; in most clauses nothing does."""


class _Token:
    """One word or numeral with its place."""

    __slots__ = ("arabic", "end", "start", "text", "thousands")

    def __init__(self, found: re.Match[str]) -> None:
        self.text = found.group().lower()
        self.start, self.end = found.span()
        self.arabic = found["arabic"]
        self.thousands = bool(found["k"])


@lru_cache(maxsize=2048)
def read_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Return the numbers of an English text, in order."""
    if not _SIGN.search(text.lower()):
        return ()
    tokens = [_Token(found) for found in _WORD.finditer(text)]
    spans: list[NumberSpan] = []
    index, begins = 0, _beginnings()
    while index < len(tokens):
        token = tokens[index]
        read = _read(text, tokens, index) if token.text in begins or token.arabic else None
        if read is None:
            index += 1
            continue
        span, index = read
        spans.append(span)
    return tuple(spans)


@cache
def _beginnings() -> frozenset[str]:
    """Return the words that a number in words may begin with; units, as in "year and a half", among them."""
    listed = ("point", "a", "an", "half", "hundred", "dozen", *_ONES, *_TEENS, *_TENS)
    return frozenset(listed) | load_pack("en").units.keys()


def _read(text: str, tokens: list[_Token], index: int) -> tuple[NumberSpan, int] | None:
    token = tokens[index]
    if token.arabic:
        return None if _inside_a_code(text, token) else _read_arabic(text, tokens, index)
    special = _bare_tenths(tokens, index) or (_digit_by_digit(tokens, index) if token.text in _ONES else None)
    if special:
        return _made(text, tokens, index, *special, ())
    longer = _one_and_a_half(tokens, index)
    if longer:
        return longer
    group = _group(tokens, index)
    if group is None or _is_pronoun(tokens, index, group[1]):
        return None
    value, after = group
    together = after < len(tokens) and not text[tokens[after - 1].end : tokens[after].start].strip(" -")
    price = _price_tail(tokens, value, after) if together else None
    if price:
        return _made(text, tokens, index, *price)
    value, after = _decimals(tokens, value, after)
    value, after = _and_fraction(tokens, value, after)
    return _made(text, tokens, index, value, after, ())


def _read_arabic(text: str, tokens: list[_Token], index: int) -> tuple[NumberSpan, int]:
    token = tokens[index]
    value = min(float(token.arabic.replace(",", "")), LARGEST) * (1000 if token.thousands else 1)
    after = index + 1
    while after < len(tokens) and tokens[after].text in _SIZES:
        value = min(value * _SIZES[tokens[after].text], LARGEST)
        after += 1
    value, after = _and_fraction(tokens, value, after)
    return _made(text, tokens, index, value, after, ())


def _inside_a_code(text: str, token: _Token) -> bool:
    """Return whether the digits belong to a name such as IPX4 or USB3."""
    before = text[token.start - 1 : token.start]
    return before.isalpha() or before == "."


def _group(tokens: list[_Token], index: int) -> tuple[float, int] | None:
    """Return the value of one number-word group and the index after it."""
    word = tokens[index].text
    if word in ("a", "an", "half"):
        return _with_article(tokens, index)
    below = _below_hundred(tokens, index)
    if word == "hundred" and index + 1 < len(tokens) and tokens[index + 1].text in ("and", *_TENS, *_TEENS):
        return _sized(tokens, 1, index)  # "hundred and twenty", its "a" left out
    if below is None:
        return (12.0, index + 1) if word == "dozen" else None
    return _sized(tokens, *below)


def _with_article(tokens: list[_Token], index: int) -> tuple[float, int] | None:
    following = [token.text for token in tokens[index + 1 : index + 3]]
    if tokens[index].text == "half":
        if following[:2] == ["a", "dozen"]:
            return 6.0, index + 3
        return 0.5, index + 1
    if following[:1] == ["dozen"]:
        return 12.0, index + 2
    if following[:1] == ["couple"]:
        return 2.0, index + 2
    if (
        following[:1] and following[0] in _WHOLE and following[1:] and following[1] in load_pack("en").units
    ):  # a whole year
        return 1.0, index + 2
    if following[:1] and following[0] in _SIZES and following[0] != "grand":
        return _sized(tokens, 1, index + 1)
    return None


def _bare_tenths(tokens: list[_Token], index: int) -> tuple[float, int] | None:
    """Return "point two" with nothing before the point; no "point one of you"."""
    before = tokens[index - 1].text if index else ""
    if tokens[index].text != "point" or before in _NO_TENTHS or index + 1 >= len(tokens):
        return None
    value, after = _decimals(tokens, 0.0, index)
    return (
        (value, after) if value and (after >= len(tokens) or tokens[after].text not in ("of", "is", "that")) else None
    )


def _digit_by_digit(tokens: list[_Token], index: int) -> tuple[float, int] | None:
    """Return three digits or more said one by one ("nine two five"), which is no count up or down."""
    after = index
    while after < len(tokens) and tokens[after].text in _ONES:
        after += 1
    digits = [_ONES[token.text] for token in tokens[index:after]]
    steps = {right - left for left, right in itertools.pairwise(digits)}
    priced = len(digits) == 3 and tokens[index + 1].text == "oh"  # eight oh five
    if not 3 <= len(digits) <= _LONGEST_CODE or not digits[0] or priced or steps in ({1}, {-1}):
        return None
    if after < len(tokens) and (tokens[after].text in _SIZES or tokens[after].text == "point"):
        return None
    return float("".join(map(str, digits))), after


def _one_and_a_half(tokens: list[_Token], index: int) -> tuple[NumberSpan, int] | None:
    """Return "year and a half", whose one is not said."""
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    unit = load_pack("en").units.get(tokens[index].text) if following == "and" else None
    before = tokens[index - 1] if index else None
    if unit is None or (before and (before.arabic or before.text in _ONES or before.text.endswith("s"))):
        return None
    value, after = _and_fraction(tokens, 1.0, index + 1)
    if after == index + 1:
        return None
    return NumberSpan(value, tokens[index].start, tokens[after - 1].end, unit[0], unit[1]), after


def _below_hundred(tokens: list[_Token], index: int) -> tuple[int, int] | None:
    word = tokens[index].text
    if word in _TENS:
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        ones = _ONES.get(following, 0)
        return _TENS[word] + ones, index + (2 if ones else 1)
    if word in _TEENS:
        return _TEENS[word], index + 1
    if word in _ONES and word != "oh":
        return _ONES[word], index + 1
    return None


def _sized(tokens: list[_Token], value: float, index: int) -> tuple[float, int]:
    """Fold hundreds and thousands, with their optional "and"."""
    total = 0.0
    while index < len(tokens) and tokens[index].text in _SIZES:
        size = _SIZES[tokens[index].text]
        value = min(value * size, LARGEST)
        index += 1
        if size >= 1000:
            total, value = total + value, 0.0
        rest = _rest_of_size(tokens, index)
        if rest:
            value += rest[0]
            index = rest[1]
    return total + value, index


def _rest_of_size(tokens: list[_Token], index: int) -> tuple[int, int] | None:
    if index < len(tokens) and tokens[index].text == "and":
        index += 1
    return _below_hundred(tokens, index) if index < len(tokens) else None


def _price_tail(tokens: list[_Token], value: float, after: int) -> tuple[float, int, tuple[float, ...]] | None:
    """Return the price of "nine ninety nine", "twenty nine ninety five", "eight oh five"."""
    if not 1 <= value < 100 or after >= len(tokens) or value != int(value):
        return None
    if tokens[after].text == "oh" and after + 1 < len(tokens) and tokens[after + 1].text in _ONES:
        cents: tuple[int, int] | None = (_ONES[tokens[after + 1].text], after + 2)
    else:
        cents = _below_hundred(tokens, after)
        if cents is None or cents[0] < 10:
            return None
    if cents is None:
        return None
    return round(value + cents[0] / 100, 2), cents[1], (value * 100 + cents[0], value, float(cents[0]))


def _decimals(tokens: list[_Token], value: float, after: int) -> tuple[float, int]:
    """Fold "point six" and "point two five"."""
    if after + 1 >= len(tokens) or tokens[after].text != "point":
        return value, after
    digits, index = "", after + 1
    while index < len(tokens) and tokens[index].text in _ONES:
        digits += str(_ONES[tokens[index].text])
        index += 1
    if digits:
        return float(f"{int(value)}.{digits}"), index
    tail = _below_hundred(tokens, index) if index < len(tokens) else None
    return (float(f"{int(value)}.{tail[0]}"), tail[1]) if tail else (value, after)


def _and_fraction(tokens: list[_Token], value: float, after: int) -> tuple[float, int]:
    """Fold "and a half" and "and a quarter"."""
    words = [token.text for token in tokens[after : after + 3]]
    if len(words) == 3 and words[0] == "and" and words[1] in ("a", "one") and words[2] in _FRACTIONS:
        return value + _FRACTIONS[words[2]], after + 3
    return value, after


def _is_pronoun(tokens: list[_Token], index: int, after: int) -> bool:
    """Return whether "one" stands for a thing, not a count."""
    if tokens[index].text != "one" or after != index + 1:
        return False
    before = tokens[index - 1].text if index else ""
    following = tokens[after].text if after < len(tokens) else ""
    return before in _PRONOUN_BEFORE or following in _PRONOUN_AFTER


def _made(
    text: str, tokens: list[_Token], index: int, value: float, after: int, alternatives: tuple[float, ...]
) -> tuple[NumberSpan, int]:
    start, end = tokens[index].start, tokens[after - 1].end
    unit, scale = _unit(text, tokens, start, end, after)
    span = NumberSpan(
        value=value,
        start=start,
        end=end,
        unit=unit,
        scale=scale,
        approximate=_is_rough(text, tokens, index, end),
        alternatives=alternatives if unit != "money" or value * 100 > 2000 else (),
    )
    return span, after


def _unit(text: str, tokens: list[_Token], start: int, end: int, after: int) -> tuple[str, float]:
    if text[max(0, start - 1) : start] in ("$", "£", "€"):
        return "money", 1.0
    if text[end : end + 1] == "%":
        return "%", 1.0
    words = [token.text for token in tokens[after : after + 3]]
    if words[:2] == ["of", "a"]:
        words = words[2:]
    if tokens[after - 1].text in ("half", "quarter") and words[:1] in (["a"], ["an"]):  # half an hour
        words = words[1:]
    units = load_pack("en").units
    adjacent = bool(words) and text[end : tokens[after].start].strip(" -") == ""
    for length in (2, 1) if adjacent or text[end : end + 1] != "," else ():
        known = units.get(" ".join(words[:length])) if len(words) >= length else None
        if known:
            return known
    if not adjacent or words[0].partition("'")[0] in load_pack("en").stop:
        return "", 1.0
    return f"~{words[0].removesuffix('s')}", 1.0


def _is_rough(text: str, tokens: list[_Token], index: int, end: int) -> bool:
    rest = text[end : end + 14].lower()
    if any(rest.startswith(mark) for mark in _ROUGH_AFTER) or (
        tokens[index].text == "a" and "couple" in text[tokens[index].start : end].lower()
    ):
        return True
    return index > 0 and tokens[index - 1].text in _ROUGH_BEFORE


_ONES_READ = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_READ = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def read_out(value: str) -> str:
    """Return how an Arabic numeral is read, e.g. "159" → "one hundred fifty nine", "4.6" → "four point six"."""
    whole, _, tenths = value.replace(",", "").partition(".")
    read = _read_whole(int(whole or "0"))
    return " ".join([read, "point", *(_ONES_READ[int(char)] for char in tenths)]) if tenths else read


def _read_whole(number: int) -> str:
    for name, size in (("million", 1_000_000), ("thousand", 1000), ("hundred", 100)):
        if number >= size:
            rest = number % size
            return f"{_read_whole(number // size)} {name}" + (f" {_read_whole(rest)}" if rest else "")
    if number < 20:
        return _ONES_READ[number]
    return _TENS_READ[number // 10] + (f" {_ONES_READ[number % 10]}" if number % 10 else "")
