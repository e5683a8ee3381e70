"""What word times say about a text: after which characters a pause stands, and which words are drawn out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.events import Word

PAUSE_SEC = 0.2
"""Silence after a word that makes it a filler (DOMAIN §3.3 a)."""
DRAWN_OUT = 1.6
"""Times the speaker's own median for a word from which it is a filler (DOMAIN §3.3 d)."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Places in one text. Offsets count its characters."""

    paused: frozenset[int] = frozenset()
    """Ends of words after which there is a pause."""
    drawn_out: frozenset[int] = frozenset()
    """Starts of words that took longer than the speaker needs for them."""


UNTIMED = Timing()
"""Of a text without word times: only its marks and its words can tell."""


def timing_of(text: str, words: Sequence[Word], usual: Mapping[str, float]) -> Timing:
    """Return the places of one utterance.

    Args:
        text: As recognised.
        words: Its words with times, in order; empty if there are none.
        usual: Word in lower case → the speaker's median duration in seconds.
    """
    if not words:
        return UNTIMED
    placed = list(placed_words(text.lower(), words))
    pairs = pairwise(placed)
    paused = frozenset(end for (_, end, word), (_, _, after) in pairs if after.start - word.end >= PAUSE_SEC)
    return Timing(paused, frozenset(_drawn_out(text.lower(), placed, usual)))


def durations(text: str, words: Sequence[Word], wanted: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield how long each use of a wanted word took, in seconds; a word may be spread over several timed ones."""
    lowered = text.lower()
    placed = list(placed_words(lowered, words))
    for name in wanted:
        for start, sec in _uses(lowered, placed, name):
            if start >= 0:
                yield name, sec


def placed_words(lowered: str, words: Sequence[Word]) -> Iterator[tuple[int, int, Word]]:
    """Yield start, end and word for each timed word that stands in a text in lower case, in order."""
    position = 0
    for word in words:
        name = word.text.strip().lower()
        at = lowered.find(name, position) if name else -1
        if at >= 0:
            position = at + len(name)
            yield at, position, word


def _uses(lowered: str, placed: Sequence[tuple[int, int, Word]], name: str) -> Iterator[tuple[int, float]]:
    starts = {start: word for start, _, word in placed}
    ends = {end: word for _, end, word in placed}
    at = lowered.find(name)
    while at >= 0:
        first, last = starts.get(at), ends.get(at + len(name))
        if first is not None and last is not None:
            yield at, last.end - first.start
        at = lowered.find(name, at + 1)


def _drawn_out(lowered: str, placed: Sequence[tuple[int, int, Word]], usual: Mapping[str, float]) -> Iterator[int]:
    for name, median in usual.items():
        yield from (start for start, sec in _uses(lowered, placed, name) if sec > DRAWN_OUT * median)
