"""When each word was said: from an engine's alignment, or spread over the speech where an engine tells none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from audio.asr.agreement import key
from audio.asr.speech_map import Span, seconds
from coach.ports import HeardWord

SHORTEST_SEC = 0.06
"""Least length of a word or character: nobody says more than some 16 syllables a second."""
LETTERS_PER_CHARACTER = 3
"""Latin letters that take about as long to say as a Chinese character, one syllable."""


@dataclass(frozen=True, slots=True)
class AlignedPiece:
    """A piece of text as an engine aligned it; pieces follow each other."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float


def aligned(parts: Sequence[str], pieces: Sequence[AlignedPiece], first: float, last: float) -> tuple[HeardWord, ...]:
    """Return units with the times of the pieces that hold their letters; () if the letters are not the same number.

    Args:
        parts: Units of the text.
        pieces: The engine's alignment of the same text.
        first: Earliest time, s; usually where speech begins.
        last: Latest time, s.
    """
    letters = [letter for piece in pieces for letter in _letters(piece)]
    if sum(len(key(part)) for part in parts) != len(letters):
        return ()
    ends = list(accumulate(len(key(part)) for part in parts))
    groups = [letters[end - len(key(part)) : end] for part, end in zip(parts, ends, strict=True)]
    bounds = _steady([group[0].start_sec for group in groups] + [letters[-1].end_sec], first, last) if groups else []
    return tuple(
        HeardWord(part, start, end, sum(letter.confidence for letter in group) / len(group))
        for part, group, (start, end) in zip(parts, groups, pairwise(bounds), strict=True)
    )


def spread(parts: Sequence[str], spans: Sequence[Span], language: str) -> tuple[HeardWord, ...]:
    """Return units laid over the stretches of speech in proportion to their length. They have no confidence.

    Args:
        parts: Units of the text.
        spans: Stretches of speech in samples.
        language: `zh` or `en`.
    """
    if not parts or not spans:
        return ()
    weights = [_weight(part, language) for part in parts]
    total = sum(weights)
    voiced = sum(last - first for first, last in spans)
    shares = [0.0, *accumulate(weight / total for weight in weights)]
    bounds = [_place(share * voiced, spans) for share in shares]
    bounds = _steady(bounds, seconds(spans[0][0]), seconds(spans[-1][1]))
    return tuple(HeardWord(part, start, end) for part, (start, end) in zip(parts, pairwise(bounds), strict=True))


def agreed_words(shown: Sequence[str], timed: Sequence[HeardWord]) -> tuple[HeardWord, ...]:
    """Return the units that a partial shows with the times of the newest reading, () where it is shorter than they."""
    if len(timed) < len(shown):
        return ()
    return tuple(HeardWord(part, word.start_sec, word.end_sec) for part, word in zip(shown, timed, strict=False))


def moved(words: Sequence[HeardWord], by_sec: float) -> tuple[HeardWord, ...]:
    """Return words later by so many seconds."""
    return tuple(
        HeardWord(word.text, word.start_sec + by_sec, word.end_sec + by_sec, word.confidence) for word in words
    )


def _letters(piece: AlignedPiece) -> list[AlignedPiece]:
    """Return the piece letter by letter, its time shared equally."""
    letters = key(piece.text)
    step = (piece.end_sec - piece.start_sec) / max(1, len(letters))
    return [
        AlignedPiece(letter, piece.start_sec + at * step, piece.start_sec + (at + 1) * step, piece.confidence)
        for at, letter in enumerate(letters)
    ]


def _weight(part: str, language: str) -> float:
    letters = len(key(part))
    if language == "en":
        return letters + 1  # the gap between words
    return 1.0 if letters <= 1 else letters / LETTERS_PER_CHARACTER


def _place(voiced: float, spans: Sequence[Span]) -> float:
    """Return the time (s) at which so many samples of speech are over."""
    for first, last in spans:
        if voiced <= last - first:
            return seconds(first + voiced)
        voiced -= last - first
    return seconds(spans[-1][1])


def _steady(bounds: Sequence[float], first: float, last: float) -> list[float]:
    """Return boundaries that lie between two times, each at least `SHORTEST_SEC` after the one before.

    Where that many words do not fit, they share the time equally.
    """
    steps = len(bounds) - 1
    if last - first < steps * SHORTEST_SEC:
        step = max(last - first, steps * 1e-3) / steps
        return [first + number * step for number in range(steps + 1)]
    steady: list[float] = []
    for number, bound in enumerate(bounds):
        least = steady[-1] + SHORTEST_SEC if steady else first
        steady.append(min(max(bound, least), last - (steps - number) * SHORTEST_SEC))
    return steady
