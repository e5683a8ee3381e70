"""Pauses and where they stand: at the end of a clause, or inside one, where they show hesitation (DOMAIN §3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from coach.language import Language
from coach.language.timing import placed_words
from coach.score.bands import BandPack
from coach.score.intervals import Interval, merge, overlap
from coach.score.timeline import Spoken, Timeline

Place = Literal["clause_end", "inside"]
_MARKS = tuple(",.;!?…，。；！？、")
_FLUENT_SEC = 1.5
"""Speech without a pause after a silence that makes it deliberate. This project's own."""


@dataclass(frozen=True, slots=True)
class PlacedPause:
    """A silence between two words or utterances of the streamer, nobody else speaking in it."""

    start: float
    end: float
    place: Place
    is_hesitation: bool
    is_deliberate: bool
    """Longer than usual at the end of a clause, and fluent speech follows."""

    @property
    def sec(self) -> float:
        """Length in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Said:
    """A word and all that was said before it in its utterance."""

    text: str
    start: float
    end: float
    before: str
    """The utterance up to its end."""
    after: str
    """The rest of it."""
    syllables: int
    opens: bool
    """Whether it begins an utterance."""


def place_pauses(timeline: Timeline, language: Language, pack: BandPack) -> tuple[PlacedPause, ...]:
    """Return the pauses of a timed log from the shortest felt one on, in order.

    Without word times only the silences between utterances are known.
    """
    said = [word for item in timeline.voiced if item.text.strip() for word in _said(item, language)]
    usual = _usual_syllable(said)
    away = merge([*timeline.viewer_voice, *timeline.paused])
    found = []
    for at, (left, right) in enumerate(pairwise(said)):
        silence = (left.end, right.start)
        if right.start - left.end >= pack.clause_pause.least and not overlap(silence, away):
            found.append(_placed(said, at, silence, usual, language, pack))
    return tuple(found)


def _said(item: Spoken, language: Language) -> Iterator[_Said]:
    text, words = item.text, item.heard.words
    placed = list(placed_words(text.lower(), words)) if words else []
    if not placed:
        yield _Said(text, item.start, item.end, text, "", 0, opens=True)
        return
    for number, (_, end, word) in enumerate(placed):
        syllables = language.syllables(word.text)
        yield _Said(word.text, word.start, word.end, text[:end], text[end:], syllables, opens=number == 0)


def _usual_syllable(said: Sequence[_Said]) -> float | None:
    """Return the speaker's median seconds a syllable, None without word times."""
    each = [(word.end - word.start) / word.syllables for word in said if word.syllables]
    return median(each) if each else None


def _placed(
    said: Sequence[_Said], at: int, silence: Interval, usual: float | None, language: Language, pack: BandPack
) -> PlacedPause:
    left, right, sec = said[at], said[at + 1], silence[1] - silence[0]
    is_long = sec >= pack.hesitation_sec
    inside = not _ends_clause(left, language, look_closely=is_long)
    stumbles = is_long and inside and (_stumbles(left, right, language) or _is_drawn_out(left, usual, pack))
    limits = pack.clause_pause
    deliberate = not inside and limits.normal < sec <= limits.deliberate and _is_fluent(said, at + 1, language)
    return PlacedPause(*silence, "inside" if inside else "clause_end", stumbles, deliberate)


def _ends_clause(left: _Said, language: Language, *, look_closely: bool) -> bool:
    """Return whether a clause may end here: by the mark after it, by its last words, else by their shape."""
    following = left.after.lstrip()[:1]
    if following in _MARKS and following:
        return True
    if any(span.end == len(left.before.rstrip()) for span in language.fillers(left.before + left.after)):
        return False
    ending = language.ending(left.before)
    if ending != "unknown" or not look_closely:
        return ending != "open" if not left.after.strip() else ending == "finished"
    return (language.finished(left.before) or 0.0) > 0


def _stumbles(left: _Said, right: _Said, language: Language) -> bool:
    """Return whether a filler or a repeat stands beside the silence."""
    before, whole = len(left.before), left.before + (left.after if not right.opens else "")
    fillers = language.fillers(whole)
    beside = any(span.end >= before - 1 and span.start <= before + 1 for span in fillers)
    opening = language.fillers(right.text) if right.opens else []
    again = left.text.lower() == right.text.lower() and not right.opens
    across = any(span.start < before <= span.end for span in language.disturbances(whole))
    return beside or bool(opening and opening[0].start <= 1) or again or across


def _is_drawn_out(left: _Said, usual: float | None, pack: BandPack) -> bool:
    return bool(usual and left.syllables) and (left.end - left.start) / left.syllables > pack.drawn_out * (usual or 1.0)


def _is_fluent(said: Sequence[_Said], at: int, language: Language) -> bool:
    """Return whether speech goes on without a pause or a filler for a while."""
    start = said[at].start
    for left, right in pairwise(said[at:]):
        if left.end - start >= _FLUENT_SEC:
            break
        if right.start - left.end >= 0.25:
            return False
    return not language.fillers(said[at].text)
