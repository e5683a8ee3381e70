"""How much of a sentence that was to be read out is in what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from coach.language import Language
from coach.language.numbers_zh import read_out
from coach.language.spoken_en import spoken_words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ZH_UNIT = re.compile(r"[a-z0-9]+|[^\W\d_]")
_ZH_PIECE = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.%]*|[^\W\d_]|[^\w\s])[^\w\s]*\s*")
_EN_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class SaidWord:
    """One word (en) or character (zh) of the sentence as it is written, with the mark behind it."""

    text: str
    is_heard: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence against what was heard of it."""

    words: tuple[SaidWord, ...]
    """Joined they are the sentence."""
    share: float
    """Share of its spoken words that were heard in their order, 0 to 1."""


def said(sentence: str, heard: str, language: Language) -> Said:
    """Compare by what is spoken: 40 and forty are the same, marks and capitals do not count."""
    pieces = list(_pieces(sentence, language))
    owners = [(number, unit) for number, piece in enumerate(pieces) for unit in _spoken(piece, language)]
    match = SequenceMatcher(None, [unit for _, unit in owners], _spoken(heard, language), autojunk=False)
    found = [0] * len(pieces)
    for block in match.get_matching_blocks():
        for number, _ in owners[block.a : block.a + block.size]:
            found[number] += 1
    wanted = [sum(1 for number, _ in owners if number == own) for own in range(len(pieces))]
    words = tuple(
        SaidWord(piece, is_heard=bool(need) and 2 * got >= need)
        for piece, need, got in zip(pieces, wanted, found, strict=True)
    )
    return Said(words, sum(found) / len(owners) if owners else 0.0)


def _pieces(sentence: str, language: Language) -> Iterator[str]:
    pattern = _ZH_PIECE if language.code == "zh" else _EN_PIECE
    return (piece.group() for piece in pattern.finditer(sentence.strip()))


def _spoken(text: str, language: Language) -> list[str]:
    """Return what is said for a text: characters (zh, numerals read out) or words (en) in lower case."""
    plain = language.normalise(text)
    if language.code == "zh":
        return _ZH_UNIT.findall(_NUMBER.sub(lambda number: read_out(number.group()), plain))
    return [word.lower() for word in spoken_words(plain)]
