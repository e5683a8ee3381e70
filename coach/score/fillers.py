"""Words that carry nothing, counted with their places. Recognisers drop many, so every count means "at least"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import Language, TextSpan
from coach.score.timeline import Spoken

_SERIES = 3
"""Clause openers that count as fillers from this many within the span on (DOMAIN §3.3)."""
_SERIES_SEC = 30.0


@dataclass(frozen=True, slots=True)
class FillerUse:
    """One filler in one utterance."""

    spoken: Spoken
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Fillers:
    """All of them."""

    uses: tuple[FillerUse, ...]

    def top(self, count: int = 2) -> list[tuple[str, int]]:
        """Return the most used words, the more frequent first."""
        counted = Counter(use.span.text.lower() for use in self.uses)
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:count]

    def first_of(self, word: str) -> FillerUse | None:
        """Return the first use of a word."""
        return next((use for use in self.uses if use.span.text.lower() == word), None)


def find_fillers(spoken: Sequence[Spoken], language: Language) -> Fillers:
    """Return the fillers of all utterances, clause openers (然后 …) where they come in series."""
    uses = [FillerUse(item, span) for item in spoken for span in language.fillers(item.text, item.heard.words)]
    openers = [FillerUse(item, span) for item in spoken for span in language.serial_openers(item.text)]
    uses += [use for use in openers if _in_series(use, openers)]
    taken: set[tuple[int, int]] = set()
    kept = []
    for use in sorted(uses, key=lambda use: (use.spoken.start, use.spoken.seq, use.span.start)):
        place = (use.spoken.seq, use.span.start)
        if place not in taken:
            taken.add(place)
            kept.append(use)
    return Fillers(tuple(kept))


def _in_series(use: FillerUse, openers: Sequence[FillerUse]) -> bool:
    near = [
        other
        for other in openers
        if other.span.text == use.span.text and abs(other.spoken.start - use.spoken.start) <= _SERIES_SEC
    ]
    return len(near) >= _SERIES
