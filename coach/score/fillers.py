"""Words that carry nothing, counted with their places. Recognisers drop many, so every count means "at least"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from coach.language import Language, TextSpan
from coach.language.timing import durations, placed_words
from coach.score.scorecard import Evidence
from coach.score.timeline import Spoken

_SERIES = 3
"""Clause openers that count as fillers from this many within the span on (DOMAIN §3.3)."""
_SERIES_SEC = 30.0
_CLIP_SEC = 3.0
"""Sound before and after a filler that a clip plays."""
_FEW = 3
"""Uses of a word before its median duration means anything."""


@dataclass(frozen=True, slots=True)
class FillerUse:
    """One filler in one utterance."""

    spoken: Spoken
    span: TextSpan

    @property
    def word(self) -> str:
        """The word as it is counted."""
        return self.span.text.lower()

    @property
    def start(self) -> float:
        """When it was said, rehearsal seconds; without word times its share of the utterance decides."""
        placed = list(placed_words(self.spoken.text.lower(), self.spoken.heard.words))
        timed = next((word for start, end, word in placed if start <= self.span.start < end), None)
        if timed is not None:
            return timed.start
        share = self.span.start / max(1, len(self.spoken.text))
        return self.spoken.start + share * (self.spoken.end - self.spoken.start)

    def evidence(self) -> Evidence:
        """Return the utterance as the quote, and a clip of the moment."""
        whole, at = self.spoken.evidence(), self.start
        if whole.start is None or whole.end is None:
            return whole
        start, end = max(whole.start, at - _CLIP_SEC), min(whole.end, at + _CLIP_SEC)
        return whole.model_copy(update={"start": round(start, 2), "end": round(max(end, start), 2)})


@dataclass(frozen=True, slots=True)
class Fillers:
    """All of them."""

    uses: tuple[FillerUse, ...]

    def top(self, count: int = 2) -> list[tuple[str, int]]:
        """Return the most used words, the more frequent first."""
        counted = Counter(use.word for use in self.uses)
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:count]

    def first_of(self, word: str) -> FillerUse | None:
        """Return the first use of a word."""
        return next((use for use in self.uses if use.word == word), None)


def find_fillers(spoken: Sequence[Spoken], language: Language) -> Fillers:
    """Return the fillers of all utterances, clause openers (然后 …) where they come in series or open one."""
    usual = _usual(spoken, language)
    uses = [FillerUse(item, span) for item in spoken for span in language.fillers(item.text, item.heard.words, usual)]
    openers = [FillerUse(item, span) for item in spoken for span in language.serial_openers(item.text)]
    uses += [use for use in openers if _in_series(use, openers) or _resumes(use, language)]
    taken: set[tuple[int, int]] = set()
    kept = []
    for use in sorted(uses, key=lambda use: (use.spoken.start, use.spoken.seq, use.span.start)):
        place = (use.spoken.seq, use.span.start)
        if place not in taken:
            taken.add(place)
            kept.append(use)
    return Fillers(tuple(kept))


def _usual(spoken: Sequence[Spoken], language: Language) -> Mapping[str, float]:
    """Return the speaker's median duration of each word that position alone makes a filler, in seconds."""
    took: defaultdict[str, list[float]] = defaultdict(list)
    wanted = language.pack.fillers.positional
    for item in spoken:
        if item.heard.words:
            for word, sec in durations(item.text, item.heard.words, wanted):
                took[word].append(sec)
    return {word: median(times) for word, times in took.items() if len(times) >= _FEW}


def _resumes(use: FillerUse, language: Language) -> bool:
    """Return whether 然后 opens an utterance: there is nothing it could follow on from."""
    return use.span.start == 0 and use.word in language.pack.fillers.resuming


def _in_series(use: FillerUse, openers: Sequence[FillerUse]) -> bool:
    near = [
        other
        for other in openers
        if other.word == use.word and abs(other.spoken.start - use.spoken.start) <= _SERIES_SEC
    ]
    return len(near) >= _SERIES
