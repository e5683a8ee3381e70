"""Words as claims are looked for in them: folded, marks kept as `，`, `。`, `？` (`, . ?`), places traceable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

_HARD = frozenset("。！!；;\n…")
_ASKS = frozenset("？?")
_SOFT = frozenset("，,：:—~～")
MARKS = "，。？"
_MARKS_EN = {"，": ",", "。": ".", "？": "?"}
_ENGLISH = frozenset(_MARKS_EN.values())
_APOSTROPHES = frozenset("'’‘`´")
_HEARTS = {"❤": "心", "♥": "心", "💚": "微", "🍀": "微", "➕": "加", "+": "加"}
"""Signs that stand for words where contacts are hidden from a filter."""
_WORD = re.compile(r"\w|%")
_RUN = re.compile(r"([A-Za-z0-9\u4e00-\u9fff]+)|.", re.DOTALL)


class Flat(NamedTuple):
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


@lru_cache(maxsize=512)
def flatten(text: str, code: str) -> Flat:
    """Return a text made ready for `zh` or `en`."""
    pieces: list[str] = []
    starts: list[int] = []
    for run in _RUN.finditer(text):
        at = run.start()
        if run[1]:  # letters stand for themselves, however many
            pieces.append(run[1].lower())
            starts.append(at)
            continue
        if run[0] == " ":
            if code == "en":
                pieces.append(" ")
                starts.append(at)
            continue
        for piece in _folded(text, at, run[0], code):
            _put(piece, at, pieces, starts, code)
    if code == "en":
        pieces, starts = _spaced(text, pieces, starts)
    places = (range(at, at + len(piece)) for piece, at in zip(pieces, starts, strict=True))
    return Flat(text, "".join(pieces), tuple(chain.from_iterable(places)))


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


def _put(piece: str, at: int, pieces: list[str], starts: list[int], code: str) -> None:
    if code == "zh":
        doubled = piece in MARKS and bool(pieces) and pieces[-1] in MARKS
        if piece == " " or (doubled and piece == "，"):
            return
        if doubled:
            pieces[-1] = piece
            return
        pieces.append(piece)
        starts.append(at)
        return
    for char in f" {_MARKS_EN[piece]} " if piece in MARKS else piece:
        pieces.append(char)
        starts.append(at)


def _spaced(text: str, pieces: list[str], starts: list[int]) -> tuple[list[str], list[int]]:
    """Return English with single spaces, one at either end, and no mark at the head."""
    kept, where = [" "], [0]
    before, last = "", " "
    for piece, at in zip(pieces, starts, strict=True):
        if last == " " and (piece == " " or (piece in _ENGLISH and (not before or before in _ENGLISH))):
            continue
        kept.append(piece)
        where.append(at)
        before, last = (last, piece) if len(piece) == 1 else (piece[-2], piece[-1])
    if last != " ":
        kept.append(" ")
        where.append(len(text))
    return kept, where
