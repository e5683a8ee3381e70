"""How fast prices, sizes and dates are said: where they run by, nobody has understood them (DOMAIN §3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from coach.events import Word
from coach.language import Language, TextSpan
from coach.language.timing import placed_words
from coach.score.timeline import Spoken, Timeline

_SHORTEST = 3
"""Syllables of a phrase whose rate means anything."""


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A figure with its unit, as it was said."""

    spoken: Spoken
    span: TextSpan
    start: float
    end: float
    rate: float
    """Syllables a second."""


@dataclass(frozen=True, slots=True)
class NumberPace:
    """All of them."""

    phrases: tuple[NumberPhrase, ...]

    def median_rate(self) -> float | None:
        """Return syllables a second, None without a phrase."""
        return median(item.rate for item in self.phrases) if self.phrases else None

    def over(self, limit: float) -> list[NumberPhrase]:
        """Return the phrases said faster, the fastest first."""
        return sorted((item for item in self.phrases if item.rate > limit), key=lambda item: (-item.rate, item.start))


def measure_number_pace(timeline: Timeline, language: Language) -> NumberPace:
    """Return the figures of all utterances that have word times."""
    timed = [item for item in timeline.voiced if item.heard.words]
    return NumberPace(tuple(phrase for item in timed for phrase in _phrases(item, language)))


def _phrases(item: Spoken, language: Language) -> Iterator[NumberPhrase]:
    numbers = [number for number in language.numbers(item.text) if number.unit]
    if not numbers:
        return
    placed = list(placed_words(item.text.lower(), item.heard.words))
    for number in numbers:
        inside = [place for place in placed if place[0] < number.end and place[1] > number.start]
        following = [place for place in placed if place[0] >= number.end][:1]
        inside += [place for place in following if _is_unit(place[2].text, number.unit, language)]
        if inside:
            yield from _timed(item, inside, language)


def _is_unit(word: str, unit: str, language: Language) -> bool:
    """Return whether a word is the unit of the number before it."""
    name = word.strip().lower().strip(".,!?")
    known = language.pack.units.get(name)
    return (known is not None and known[0] == unit) or (unit.startswith("~") and name.startswith(unit[1:]))


def _timed(item: Spoken, places: Sequence[tuple[int, int, Word]], language: Language) -> Iterator[NumberPhrase]:
    start, end = places[0][0], places[-1][1]
    first, last = places[0][2], places[-1][2]
    text, sec = item.text[start:end], last.end - first.start
    syllables = language.syllables(text)
    if sec > 0 and syllables >= _SHORTEST:
        span = TextSpan(text, start, end, "number")
        yield NumberPhrase(item, span, first.start, last.end, round(syllables / sec, 2))
