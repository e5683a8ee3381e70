"""When the streamer's voice was there, and how many units it said when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import Word
from coach.language import Language
from coach.score.intervals import Interval, merge, overlap
from coach.score.scorecard import Text
from coach.score.timeline import Spoken, Timeline
from coach.score.voice import VoiceFeatures

_WORD_GAP_SEC = 0.2
"""Gaps between words up to here belong to articulation (DOMAIN §3.1: silences over 150-200 ms are removed)."""

_KNOWN_SHARE = 0.5
"""A stretch of which utterances with words cover less has no known words."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Units said evenly over a stretch of time."""

    start: float
    end: float
    units: float
    voiced_sec: float | None


@dataclass(frozen=True, slots=True)
class Speech:
    """The streamer's voice on the rehearsal clock."""

    stretches: tuple[Interval, ...]
    """When the voice was there; gaps between them are pauses."""
    worded: tuple[Interval, ...]
    """Those of them whose words are known."""
    unheard: tuple[Interval, ...]
    """Those of them whose words are not known: the recogniser failed or understood nothing. They make nobody slow."""
    pieces: tuple[_Piece, ...]
    """In order of their start."""
    longest_sec: float
    """Length of the longest piece."""
    is_measured: bool
    """Whether the stretches come from the recording, else from the log."""
    source: Text
    """Where the times come from."""

    @property
    def is_articulated(self) -> bool:
        """Whether voiced time is known, so that articulation rate means something."""
        return self.is_measured or (bool(self.pieces) and all(p.voiced_sec is not None for p in self.pieces))

    def units_in(self, window: Interval) -> float:
        """Return units said inside a window."""
        return sum(piece.units * _share(piece, window) for piece in self._near(window))

    def _near(self, window: Interval) -> tuple[_Piece, ...]:
        """Return the pieces that may touch a window: a long talk has thousands of words and dozens of windows."""
        first = bisect_left(self.pieces, window[0] - self.longest_sec, key=_start)
        return self.pieces[first : bisect_right(self.pieces, window[1], key=_start)]

    def voiced_in(self, window: Interval) -> float:
        """Return seconds of voice with known words inside a window, the best that is known."""
        if self.is_measured:
            return overlap(window, self.worded)
        return sum(
            (piece.end - piece.start if piece.voiced_sec is None else piece.voiced_sec) * _share(piece, window)
            for piece in self._near(window)
        )


def _start(piece: _Piece) -> float:
    return piece.start


def _share(piece: _Piece, window: Interval) -> float:
    if piece.end <= piece.start:
        return 1.0 if window[0] <= piece.start < window[1] else 0.0
    return overlap(window, [(piece.start, piece.end)]) / (piece.end - piece.start)


def speech_of(timeline: Timeline, language: Language, features: VoiceFeatures | None) -> Speech:
    """Return the streamer's speech: from the recording if it was measured, else from the log."""
    worded = [item for item in timeline.voiced if item.text.strip()]
    pieces = tuple(sorted((piece for item in worded for piece in _pieces(item, language)), key=_start))
    longest = max((piece.end - piece.start for piece in pieces), default=0.0)
    is_measured = features is not None and bool(features.voiced)
    if features is not None and is_measured:
        stretches = merge(features.voiced)
        source = Text(zh="录音的声音检测", en="voice detected in the recording")
    else:
        stretches = merge(stretch for item in timeline.voiced for stretch in _stretches(item))
        source = Text(zh="每句话的起止时间", en="times of the utterances")
    known = merge((item.start, item.end) for item in worded)
    unheard = tuple(stretch for stretch in stretches if not _is_known(stretch, known))
    heard = tuple(stretch for stretch in stretches if _is_known(stretch, known))
    return Speech(tuple(stretches), heard, unheard, pieces, longest, is_measured, source)


def _is_known(stretch: Interval, known: Sequence[Interval]) -> bool:
    """Return whether utterances with words (in order, disjoint) cover enough of a stretch."""
    first = bisect_right(known, stretch[0], key=_end_of)
    near = known[first : bisect_left(known, stretch[1], key=_start_of)]
    return overlap(stretch, near) >= _KNOWN_SHARE * (stretch[1] - stretch[0])


def _start_of(interval: Interval) -> float:
    return interval[0]


def _end_of(interval: Interval) -> float:
    return interval[1]


def _pieces(item: Spoken, language: Language) -> list[_Piece]:
    heard, units = item.heard, language.count_units(item.text)
    if not heard.words:
        return [_Piece(heard.start, heard.end, units, heard.voiced_sec)]
    counts = [language.count_units(word.text) for word in heard.words]
    scale = units / sum(counts) if sum(counts) else 0.0
    voiced = heard.voiced_sec
    if voiced is None:
        voiced = sum(end - start for start, end in _joined(heard.words))
    spans = sum(word.end - word.start for word in heard.words) or 1.0
    return [
        _Piece(word.start, word.end, count * scale, voiced * (word.end - word.start) / spans)
        for word, count in zip(heard.words, counts, strict=True)
    ]


def _stretches(item: Spoken) -> Sequence[Interval]:
    return _joined(item.heard.words) if item.heard.words else [(item.start, item.end)]


def _joined(words: Sequence[Word]) -> list[Interval]:
    return merge(((word.start, word.end) for word in words), bridge_sec=_WORD_GAP_SEC)
