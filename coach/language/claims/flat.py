"""Words as claims are looked for in them: folded, marks kept as `，`, `。`, `？` (`, . ?`), places traceable."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_HARD = frozenset("。！!；;\n…")
_ASKS = frozenset("？?")
_SOFT = frozenset("，,：:—~～")
MARKS = "，。？"
_MARKS_EN = {"，": ",", "。": ".", "？": "?"}
_APOSTROPHES = frozenset("'’‘`´")
_HEARTS = {"❤": "心", "♥": "心", "💚": "微", "🍀": "微", "➕": "加", "+": "加"}
"""Signs that stand for words where contacts are hidden from a filter."""
_WORD = re.compile(r"\w|%")


@dataclass(frozen=True, slots=True)
class Flat:
    """A text made ready.

    Attributes:
        text: What was said.
        flat: zh: characters without spaces, `，`, `。`, `？` at marks. en: words and marks between single spaces,
            one at either end, no apostrophes.
        places: Where each character of `flat` stands in `text`.
    """

    text: str
    flat: str
    places: tuple[int, ...]

    def cut(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text that a stretch of the flat one stands for, without marks at its ends."""
        while start < end and self.flat[start] in " ，。？,.?":
            start += 1
        while end > start and self.flat[end - 1] in " ，。？,.?":
            end -= 1
        if start >= end:
            return 0, 0
        return self.places[start], self.places[end - 1] + 1

    def with_flat(self, flat: str) -> Flat:
        """Return the same text with characters put right; the length must not change."""
        return Flat(self.text, flat, self.places)


@lru_cache(maxsize=2048)
def flatten(text: str, code: str) -> Flat:
    """Return a text made ready for `zh` or `en`."""
    chars: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for piece in _folded(text, at, char, code):
            _put(piece, at, chars, places, code)
    if code == "en":
        return _spaced(text, chars, places)
    return Flat(text, "".join(chars), tuple(places))


def _folded(text: str, at: int, char: str, code: str) -> str:
    """Return what a character counts as: a letter, a mark, a space, or nothing."""
    if "\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isalnum()):
        return char.lower()
    if char in _APOSTROPHES:
        return "" if code == "en" else " "
    if char in ".．" and text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal():
        return "."
    if char in _ASKS:
        return "？"
    if char in _HARD or char in ".．":
        return "。"
    if char in _SOFT:
        between = text[at - 1 : at].isdecimal() and text[at + 1 : at + 4].isdecimal()
        return "" if char == "," and between else "，"
    if code == "zh" and char in _HEARTS:
        return _HEARTS[char]
    return "".join(piece if _WORD.match(piece) else " " for piece in unicodedata.normalize("NFKC", char).lower())


def _put(piece: str, at: int, chars: list[str], places: list[int], code: str) -> None:
    if code == "zh":
        doubled = piece in MARKS and bool(chars) and chars[-1] in MARKS
        if piece == " " or (doubled and piece == "，"):
            return
        if doubled:
            chars[-1] = piece
            return
        chars.append(piece)
        places.append(at)
        return
    for char in f" {_MARKS_EN[piece]} " if piece in MARKS else piece:
        chars.append(char)
        places.append(at)


def _spaced(text: str, chars: list[str], places: list[int]) -> Flat:
    """Return English with single spaces, one at either end, and no mark at the head."""
    kept, where = [" "], [0]
    for char, at in zip(chars, places, strict=True):
        if char == " " and kept[-1] == " ":
            continue
        if char in _MARKS_EN.values() and kept[-1] == " " and (len(kept) < 2 or kept[-2] in ",.?"):
            continue
        kept.append(char)
        where.append(at)
    if kept[-1] != " ":
        kept.append(" ")
        where.append(len(text))
    return Flat(text, "".join(kept), tuple(where))
