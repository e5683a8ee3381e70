"""Cuts text into clauses that can be spoken before the rest is known."""

from __future__ import annotations

import re
from typing import Literal

from coach.language.word_cut import word_cut

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_MARK = re.compile(r"[.!?;…。！？；\n,:、，：]+")
_WIDE = frozenset("…。！？；、，：\n")
"""Marks that never stand inside a figure, an address or a face."""
_STOPS = frozenset(".!?;…。！？；\n")
_CLOSERS = "\"')]}”’」』）】"
_FIRST_WORDS = (4, 6)
"""Words after which a first clause without a mark is cut, twice as many characters in Chinese: about 1.5 s of speech,
in which the rest streams in. Source: SPEECH §5.3."""
_LATER_WORDS = 8
"""Shortest later clause at a comma, so that speech does not fall into pieces. Source: as above."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'])(?:(?:mr|mrs|ms|dr|st|vs|approx|incl|max|min|ca|dept|est|jr|sr|fig|e\.g|i\.e|eg|ie|cf)|[a-hj-z])$",
    re.I,
)
"""What a point belongs to that ends no sentence; single letters are initials."""
_NUMBERED = re.compile(r"(?:^|[\s(\"'])(?:no|nr)$", re.I)
"""What a point belongs to if a number follows."""
_MAY_END = re.compile(r"(?:^|[\s(\"'])(?:etc|[ap]\.?m|u\.?s|u\.?k|inc|ltd|co)$", re.I)
"""What a point belongs to and may still end a sentence: then a capital follows."""

Verdict = Literal["stop", "pause", "none", "unknown"]


class ClauseSplitter:
    """Text pieces in, speakable clauses out; joined, the clauses are the text without outer white space.

    The first clause ends at the first mark, or after a few words if none comes; later ones at the end of a sentence,
    or at a mark once they are long enough. A mark inside a figure, an address or after an abbreviation never cuts, so
    what follows it must be known before it counts.

    Args:
        by_words: Whether a first clause without a mark may be cut between words. Wanted while a text streams in; a
            text that is there as a whole is better left to the synthesizer.
    """

    def __init__(self, *, by_words: bool = True) -> None:
        self._by_words = by_words
        self._held = ""
        self._given = 0

    def feed(self, piece: str) -> list[str]:
        """Add text and return the clauses that are now complete."""
        self._held += piece
        clauses = []
        while (cut := self._cut()) is not None:
            clause, self._held = self._held[:cut], self._held[cut:]
            if clause.strip():
                clauses.append(clause)
                self._given += 1
        return clauses

    def flush(self) -> list[str]:
        """Return what is left at the end of the text."""
        rest, self._held = self._held, ""
        return [rest] if rest.strip() else []

    def _cut(self) -> int | None:
        """Return where the first complete clause ends, or None."""
        for mark in _MARK.finditer(self._held):
            verdict = _verdict(self._held, mark)
            if verdict == "unknown":
                return None
            if verdict == "none" or not re.search(r"\w", self._held[: mark.start()]):
                continue
            if verdict == "stop" or self._given == 0 or _words(self._held[: mark.start()]) >= _LATER_WORDS:
                return _after_closers(self._held, mark.end())
        if self._by_words and self._given == 0:
            return word_cut(self._held, *_FIRST_WORDS)
        return None


def _verdict(text: str, mark: re.Match[str]) -> Verdict:
    """Say what a run of marks does; `unknown` while what follows is not there yet."""
    end = _after_closers(text, mark.end())
    if end >= len(text):
        return "unknown"
    kind: Verdict = "stop" if _STOPS & set(mark.group()) else "pause"
    if _WIDE & set(mark.group()) or len(mark.group()) > 1:
        return kind
    before = text[: mark.start()]
    if not re.match(rf"[\s{_HAN}]", text[end]):
        # A comma between letters is a typing habit; all else is part of a figure, an address or a face.
        is_habit = mark.group() in ",!?" and text[end].isalpha() and before[-1:].isalpha()
        return kind if is_habit and not re.search(r"[/@.]\S*$", before) else "none"
    if mark.group() in ":;" and end > mark.end() and not before[-1:].strip():
        return "none"  # :) and ;)
    return _at_point(text, mark.start(), end) if mark.group() == "." and end == mark.end() else kind


def _at_point(text: str, at: int, end: int) -> Verdict:
    """Judge a point with white space or Chinese after it."""
    before = text[:at]
    if _ABBREVIATED.search(before):
        return "none"
    numbered, may_end = _NUMBERED.search(before), _MAY_END.search(before)
    if not (numbered or may_end):
        return "stop"
    follows = text[end:].lstrip()
    if not follows:
        return "unknown"
    return "none" if (follows[0].isdigit() if numbered else not follows[0].isupper()) else "stop"


def _after_closers(text: str, at: int) -> int:
    """Return the place after closing quotes and brackets."""
    while at < len(text) and text[at] in _CLOSERS:
        at += 1
    return at


def _words(text: str) -> float:
    """Return about how many words a text has; two Chinese characters count as one."""
    han = len(re.findall(f"[{_HAN}]", text))
    return han / 2 + len(re.findall(rf"[^\W{_HAN}]+(?:['’.,][^\W{_HAN}]+)*", text))
