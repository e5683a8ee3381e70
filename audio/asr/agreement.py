"""What readings of a growing utterance agree on (LocalAgreement-2), and the units that they are compared by."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ZH_UNIT = re.compile(r"[A-Za-z0-9]+(?:[.,'’%+&-]*[A-Za-z0-9]+)*|\S")
_END_MARK = re.compile(r"[^\w%]+$")
_LATIN = re.compile(r"[A-Za-z0-9]")


def units(text: str, language: str) -> list[str]:
    """Return what a language is read in: words in English, characters (Latin runs and numbers whole) in Chinese.

    Marks stay with the unit before them; a mark at the very beginning is dropped.
    """
    found = text.split() if language == "en" else _ZH_UNIT.findall(text)
    kept: list[str] = []
    for unit in found:
        if key(unit):
            kept.append(unit)
        elif kept:
            kept[-1] += unit
    return kept


def joined(parts: Sequence[str], language: str) -> str:
    """Return units as one text: English with spaces, Chinese with spaces only between Latin words."""
    if language == "en":
        return " ".join(parts)
    text = ""
    for part in parts:
        text += f" {part}" if text and _LATIN.match(text[-1]) and _LATIN.match(part) else part
    return text


def key(unit: str) -> str:
    """Return what makes a unit the same as another: letters and digits, whatever the case and the marks."""
    return "".join(char for char in unit if char.isalnum()).casefold()


class Agreement:
    """Shows what two readings in a row begin with, never less than it has shown.

    A longer agreement may reword what was shown: two readings that know more outweigh two that knew less.

    Args:
        language: `zh` or `en`.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._before: list[str] = []
        self._shown: list[str] = []

    def hear(self, text: str) -> list[str]:
        """Take the newest reading; return the units agreed on so far, without the mark at their end.

        Readers put a full stop wherever the sound breaks off, so it says nothing about the sentence.
        """
        now = units(text, self._language)
        agreed = _common(self._before, now)
        self._before = now
        if len(agreed) >= len(self._shown):
            self._shown = [*agreed[:-1], _END_MARK.sub("", agreed[-1])] if agreed else []
        return self._shown


def _common(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return the units of `now` that both begin with."""
    agreed: list[str] = []
    for old, new in zip(before, now, strict=False):
        if key(old) != key(new):
            break
        agreed.append(new)
    return agreed
