"""From the text of a line to what an engine should read, without losing where each word stood.

Pure. Prices, percentages, ranges and units are worded the way people say them where eSpeak NG reads them badly or
not at all (it drops ¥ and ℃ in Chinese, and says "dollar eighty nine point nine zero" in English); emoji are not
read aloud. Every spoken piece keeps the span of the original text it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MAX_CLAUSE_CHARS = 120
"""Bound of one call to an engine: about 8 s of English, 25 s of Chinese."""

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CLOSERS = r"""["'”’)\]]*"""
_BREAK = re.compile(rf"(?:[，。！？；：、…\n]+|[,.;:!?]+(?={_CLOSERS}(?:\s|$|[{_HAN}]))){_CLOSERS}")
_SAYABLE = re.compile(rf"[^\W_]|[{_HAN}]|[%&+@$€£¥]")
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}])"
    r"|\d+(?:[.,:]\d+)*"
    rf"|(?:(?![{_HAN}])[^\W\d_])+(?:['’\-](?:(?![{_HAN}])[^\W\d_])+)*"
    r"|[%&+@$€£¥]"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_RULES = re.compile(
    rf"(?P<money>(?:US\$|RMB|[$€£¥￥])\s?(?P<amount>{_NUMBER}))"
    rf"|(?P<percent>(?P<share>{_NUMBER})\s?[%％])"
    r"|(?P<range>(?<=\d)\s?[-–—~～]\s?(?=\d))"
    rf"|(?P<measure>(?P<count>{_NUMBER})\s?(?P<unit>kg|ml|cm|mm|km|g|L|℃|°C)(?![A-Za-z]))"
    r"|(?P<symbol>[&＆@＠])"
    r"|(?P<glued>(?<=[A-Za-z])(?=\d))"
)
_CURRENCY = {
    "zh": {"US$": "美元", "$": "美元", "€": "欧元", "£": "英镑", "¥": "元", "￥": "元", "RMB": "元"},
    "en": {"US$": "dollars", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yuan", "￥": "yuan", "RMB": "yuan"},
}
_UNITS = {
    "zh": {
        "kg": "公斤",
        "ml": "毫升",
        "cm": "厘米",
        "mm": "毫米",
        "km": "公里",
        "g": "克",
        "L": "升",
        "℃": "度",
        "°C": "度",
    },
    "en": {
        "kg": "kilos",
        "ml": "milliliters",
        "cm": "centimeters",
        "mm": "millimeters",
        "km": "kilometers",
        "g": "grams",
        "L": "liters",
        "℃": "degrees Celsius",
        "°C": "degrees Celsius",
    },
}
_SYMBOLS = {"zh": {"&": "和", "@": " "}, "en": {"&": " and ", "@": " at "}}


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the original text that ends where a speaker takes breath."""

    text: str
    start: int
    """Characters from the start of the original text."""


@dataclass(frozen=True, slots=True)
class Word:
    """One sayable word; in Chinese one character."""

    spoken_start: int
    """Characters from the start of the spoken text."""
    start: int
    """Characters from the start of the clause."""
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause as the engine gets it."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One or more whole words and the sample they begin at."""

    start: int
    """Characters from the start of the clause."""
    end: int
    sample: int


def clauses(text: str) -> Iterator[Clause]:
    """Cut a text at punctuation that asks for a pause, never inside a number, and at `MAX_CLAUSE_CHARS`.

    Stretches without anything to say are left out.
    """
    at = 0
    for end in [*(found.end() for found in _BREAK.finditer(text)), len(text)]:
        for start, stop in _bounded(text, at, end):
            if is_sayable(text[start:stop]):
                yield Clause(text[start:stop], start)
        at = end


def is_sayable(text: str) -> bool:
    """Return whether there is anything to read aloud."""
    return bool(_SAYABLE.search(_plain(text)))


def has_han(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return re.search(f"[{_HAN}]", text) is not None


def spoken(text: str, language: str) -> Spoken:
    """Word one clause for reading aloud.

    Args:
        text: One clause.
        language: `zh` or `en`.
    """
    plain = _plain(text)
    out: list[str] = []
    words: list[Word] = []
    length = at = 0

    def put(piece: str) -> None:
        nonlocal length
        out.append(piece)
        length += len(piece)

    for match in _RULES.finditer(plain):
        words.extend(_words(plain, at, match.start(), length))
        put(plain[at : match.start()])
        said = _say(match, language)
        if match.end() > match.start() and said.strip():
            words.append(Word(length + len(said) - len(said.lstrip()), match.start(), match.end()))
        put(said)
        at = match.end()
    words.extend(_words(plain, at, len(plain), length))
    put(plain[at:])
    return Spoken("".join(out), tuple(words))


def place(words: Sequence[Word], events: Iterable[tuple[int, int]]) -> list[PlacedWord]:
    """Give each word its first sample.

    Engines report words that are not words of the text (each digit after a decimal point, the half of a contraction)
    and join some that are ("of the", 便宜). A word's first event counts; a word without one belongs to the word before,
    so that the marks together cover every word, in order.

    Args:
        words: Of the spoken clause.
        events: (character of the spoken text, sample), in the order of the sound.
    """
    if not words:
        return []
    starts = [word.spoken_start for word in words]
    placed: list[tuple[int, int]] = []
    for position, sample in events:
        index = max(0, bisect_right(starts, position) - 1)
        if not placed or index > placed[-1][0]:
            placed.append((index, max(sample, placed[-1][1] if placed else 0)))
    if not placed:
        return []
    placed[0] = (0, placed[0][1])
    lasts = [index - 1 for index, _ in placed[1:]] + [len(words) - 1]
    return [
        PlacedWord(words[first].start, words[last].end, sample)
        for (first, sample), last in zip(placed, lasts, strict=True)
    ]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CLAUSE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_CLAUSE_CHARS) + 1 or start + MAX_CLAUSE_CHARS
        yield start, cut
        start = cut
    yield start, end


def _plain(text: str) -> str:
    """Fold full-width letters, digits and %, and blank what cannot be read; keeps every character's position."""
    return "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    if "\uff01" <= char <= "\uff5e" and (char.isalnum() or char in "％＋＄"):
        return chr(ord(char) - 0xFEE0)
    if char in "℃°￥":
        return char
    category = unicodedata.category(char)
    if category in {"So", "Sk", "Cc", "Cf", "Cs", "Cn", "Co", "Mn", "Me"} and char != "\n":
        return " "
    return char


def _words(plain: str, start: int, end: int, spoken_at: int) -> list[Word]:
    """Return the words of a stretch that is read as it stands."""
    found = _TOKEN.finditer(plain, start, end)
    return [Word(spoken_at + match.start() - start, match.start(), match.end()) for match in found]


def _say(match: re.Match[str], language: str) -> str:
    chinese = language == "zh"
    if match["money"]:
        return _say_money(match["money"], match["amount"], language)
    if match["percent"]:
        return f"百分之{match['share']}" if chinese else f"{match['share']} percent"
    if match["range"]:
        return "到" if chinese else " to "
    if match["measure"]:
        unit = _UNITS[language][match["unit"]]
        if chinese:
            return match["count"] + unit
        return f"{match['count']} {unit.replace('s', '', 1) if match['count'] == '1' else unit}"
    if match["symbol"]:
        return _SYMBOLS[language][{"＆": "&", "＠": "@"}.get(match["symbol"], match["symbol"])]
    # cmn takes a letter before a digit for pinyin with a tone ("A4" becomes à), so they are kept apart.
    return " "


def _say_money(money: str, amount: str, language: str) -> str:
    currency = _CURRENCY[language][money[: -len(amount)].strip()]
    whole, _, cents = amount.partition(".")
    if language == "zh":
        fraction = cents.rstrip("0")
        return f"{whole}.{fraction}{currency}" if fraction else f"{whole}{currency}"
    return _english_money(whole, cents, currency)


def _english_money(whole: str, cents: str, currency: str) -> str:
    if currency == "yuan" or len(cents) > 2:
        return f"{whole}.{cents} {currency}" if cents.strip("0") else f"{whole} {currency}"
    named = currency.removesuffix("s") if whole == "1" else currency
    hundredths = int(cents.ljust(2, "0"))
    if hundredths == 0:
        return f"{whole} {named}"
    if whole == "0" and currency != "pounds":
        return f"{hundredths} cents"
    return f"{whole} {named} {hundredths}"
