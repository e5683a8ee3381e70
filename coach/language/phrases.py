"""Finding listed wordings in running text, alike for every language."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from coach.language.spans import TextSpan

_CLAUSE = re.compile(r"[^，。！？；、…,;!?\n]+(?:(?<=\d)[.,](?=\d)[^，。！？；、…,;!?\n]+)*")
_STOP = re.compile(r"(?<!\d)\.|\.(?!\d)")
_QUESTION = re.compile(r"\s*[?？]")


_known: dict[bool, dict[int, tuple[Sequence[str], re.Pattern[str]]]] = {False: {}, True: {}}
"""Patterns by the identity of their list; the list is held, so that its identity stays its own."""
_MOST_KNOWN = 1024


def pattern_of(phrases: Sequence[str], whole_words: bool) -> re.Pattern[str]:
    """Return the pattern of a list; packs hand the same list over each time, and hashing it costs more."""
    known = _known[whole_words]
    found = known.get(id(phrases))
    if found is not None and found[0] is phrases:
        return found[1]
    pattern = _pattern(tuple(phrases), whole_words)
    if isinstance(phrases, tuple):  # a list might change
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known[id(phrases)] = (phrases, pattern)
    return pattern


@lru_cache(maxsize=1024)
def _pattern(phrases: tuple[str, ...], whole_words: bool) -> re.Pattern[str]:
    longest_first = sorted((phrase.lower() for phrase in phrases), key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    if not body:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![\w'])(?:{body})(?![\w'])" if whole_words else f"(?:{body})")


def find(text: str, phrases: Sequence[str], kind: str, *, whole_words: bool) -> list[TextSpan]:
    """Return where listed phrases stand, longest first where they overlap, in order."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a character whose lower case is longer would shift every offset
        lowered = text
    spans = [hit.span() for hit in pattern_of(phrases, whole_words).finditer(lowered)]
    return [TextSpan(text[start:end], start, end, kind) for start, end in spans]


def holds(text: str, phrases: Sequence[str], *, whole_words: bool) -> bool:
    """Return whether one of the listed phrases stands in a text."""
    return pattern_of(phrases, whole_words).search(text.lower()) is not None


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[TextSpan, ...]:
    """Return the stretches between punctuation marks; a stretch before a question mark is a `question`."""
    spans: list[TextSpan] = []
    for found in _CLAUSE.finditer(text):
        question = bool(_QUESTION.match(text, found.end()))
        spans.extend(_sentences(text, *found.span(), question))
    return tuple(spans)


def _sentences(text: str, start: int, end: int, question: bool) -> Iterable[TextSpan]:
    """Split at full stops that are no decimal points."""
    stops = [hit.end() for hit in _STOP.finditer(text, start, end)]
    if not stops:
        if text[start:end].strip(" ."):
            yield TextSpan(text[start:end], start, end, "question" if question else "clause")
        return
    cuts = [start, *stops, end]
    pieces = [(left, right) for left, right in itertools.pairwise(cuts) if text[left:right].strip(" .")]
    for left, right in pieces:
        last = (left, right) == pieces[-1]
        yield TextSpan(text[left:right], left, right, "question" if question and last else "clause")


def merged(spans: Iterable[TextSpan]) -> list[TextSpan]:
    """Return spans in order without those that overlap an earlier or longer one."""
    kept: list[TextSpan] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
