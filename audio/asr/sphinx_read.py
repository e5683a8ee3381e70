"""What one pocketsphinx decoder makes of one utterance: words with times, and how probable the path was."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from audio.asr.sphinx_features import Cepstra
from coach.ports import HeardWord

FRAME_SEC = 0.01
"""The acoustic model's step (`frate` 100)."""
_FILLER = ("<", "[", "+")
"""How the names of silence, noise and sentence ends begin: <s>, <sil>, [NOISE], ++COUGH++."""
_SENONE_SHIFT = 10
"""pocketsphinx's SENSCR_SHIFT: binary digits by which it scales scores down inside the search."""
_LOG_TINY = math.log(5e-324)
"""The binding gives scores as exp(); a long segment's underflows to 0. This is the least it can have been."""


class Segment(Protocol):
    """One word or filler of the best path."""

    word: str
    start_frame: int
    end_frame: int
    """Inclusive."""
    ascore: float
    lscore: float
    prob: float


class Decoder(Protocol):
    """The part of `pocketsphinx.Decoder` that is used here (the package ships no types)."""

    def start_utt(self) -> None:
        """Begin an utterance."""

    def process_cep(self, data: bytes, no_search: bool, full_utt: bool) -> None:
        """Take float32 cepstra. While streaming, one frame at a time: 5.1.1 mixes up the frames of longer pieces."""

    def end_utt(self) -> None:
        """Finish the search."""

    def seg(self) -> Iterable[Segment] | None:
        """Return the best path, None without one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word or filler of a path."""

    start_frame: int
    end_frame: int
    """Inclusive."""
    score: float
    """Log score, acoustic and language together."""
    word: HeardWord | None
    """None for a filler."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one decoder made of an utterance."""

    words: tuple[HeardWord, ...]
    score: float
    """Mean log score of the path a frame, acoustic and language together; -inf if there is no path."""
    steps: tuple[Step, ...] = ()
    """The path that it was read off."""

    @property
    def text(self) -> str:
        """The words, joined by spaces."""
        return " ".join(word.text for word in self.words)


NOTHING = Reading((), -math.inf)


def feed(decoder: Decoder, cepstra: Cepstra) -> None:
    """Go on with an utterance by further frames, shape (n, 13)."""
    for frame in np.ascontiguousarray(cepstra, "<f4"):
        decoder.process_cep(frame.tobytes(), False, False)


def reading(decoder: Decoder, *, is_over: bool = True) -> Reading:
    """Return the best path so far; words have a confidence only if the utterance is over.

    Until then pocketsphinx has no word lattice to tell posteriors from, and calls every word certain.
    """
    steps = tuple(_step(segment, has_posteriors=is_over) for segment in decoder.seg() or ())
    frames = sum(step.end_frame - step.start_frame + 1 for step in steps)
    words = tuple(step.word for step in steps if step.word is not None)
    return Reading(words, sum(step.score for step in steps) / frames, steps) if frames > 0 else NOTHING


def _step(segment: Segment, *, has_posteriors: bool) -> Step:
    return Step(
        segment.start_frame,
        segment.end_frame,
        _log(segment.ascore) + _language(segment),
        None if segment.word.startswith(_FILLER) else _word(segment, has_posteriors=has_posteriors),
    )


def _word(segment: Segment, *, has_posteriors: bool) -> HeardWord:
    return HeardWord(
        text=re.sub(r"\(\d+\)$", "", segment.word),  # without the number of a further pronunciation: the(2)
        start_sec=segment.start_frame * FRAME_SEC,
        end_sec=(segment.end_frame + 1) * FRAME_SEC,
        confidence=min(max(segment.prob, 0.0), 1.0) if has_posteriors else None,
    )


def _language(segment: Segment) -> float:
    """Return the language score in the acoustic score's unit: pocketsphinx scales down those of words alone."""
    return _log(segment.lscore) * (1 if segment.word.startswith(_FILLER) else 2**_SENONE_SHIFT)


def _log(score: float) -> float:
    return math.log(score) if score > 0.0 else _LOG_TINY
