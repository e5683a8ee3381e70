"""What a local engine speaks in one go, and how its sound is finished: level, edges, pause, word marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audio.tts.level import amplified, softened, sounding
from audio.tts.spoken import clauses
from coach.language.word_cut import word_cut
from coach.ports import MOUTH_RATE_HZ, Int16Array, SpeechChunk, WordMark

_PAUSE_SEC = {",": 0.14, "，": 0.14, "、": 0.08, ":": 0.18, "：": 0.18, ";": 0.2, "；": 0.2, "…": 0.3}
_STOP_PAUSE_SEC = 0.3
"""Pauses inside a text at normal pace, s. Source: short pauses of speakers cluster under 0.2 s, those between sentences
well above (Campione & Véronis 2002, "A large-scale multilingual study of silent pause duration")."""
_STOPS = ".!?。！？\n"
_CLOSERS = "\"'”’)] "


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the text given to `speak`."""

    text: str
    start: int
    """Characters from the start of that text."""
    goes_on: bool
    """Whether the speaker's voice should stay up: more of the sentence follows."""
    pause_sec: float
    """Silence after it at normal pace."""


def phrases(text: str, *, first_words: tuple[int, int] | None = None) -> Iterator[Phrase]:
    """Cut a text into what is spoken in one go. Stretches without anything to say are left out.

    After the last phrase there is a pause only if the text goes on: it ends with a comma or the like.

    Args:
        text: Of one `speak` call.
        first_words: Least and most words of the first piece, for engines that need time for a whole clause; cut
            between words, without a pause.
    """
    found = list(clauses(text))
    for number, clause in enumerate(found):
        is_last = number == len(found) - 1
        end = clause.text.rstrip(_CLOSERS)[-1:]
        pause = _PAUSE_SEC.get(end, _STOP_PAUSE_SEC if end in _STOPS and end else 0.0)
        if is_last and end not in _PAUSE_SEC:
            pause = 0.0
        goes_on = end in _PAUSE_SEC or (end not in _STOPS and (not is_last or text[-1:] == " "))
        cut = word_cut(clause.text, *first_words) if first_words and number == 0 else None
        if cut is not None:
            yield Phrase(clause.text[:cut], clause.start, goes_on=True, pause_sec=0.0)
            yield Phrase(clause.text[cut:], clause.start + cut, goes_on, pause)
        else:
            yield Phrase(clause.text, clause.start, goes_on, pause)


def ended(said: str, *, goes_on: bool) -> str:
    """Return what is said with the mark that tells an engine how the voice should end."""
    bare = said.rstrip()
    if bare.rstrip(_CLOSERS)[-1:] in {*_PAUSE_SEC, *_STOPS}:
        return bare
    return bare + ("," if goes_on else ".")


def finished(
    pcm: Int16Array, marks: Sequence[WordMark], gain: float, pause_sec: float, position: int
) -> SpeechChunk | None:
    """Return the chunk of a phrase: at its level, without silence around it, soft at the ends, its pause after it.

    Args:
        pcm: 48 kHz, as the engine gave it.
        marks: Characters as the caller counts them, samples from the start of `pcm`.
        gain: Of this voice, the same for all its phrases.
        pause_sec: Silence to add.
        position: Samples of this `speak` call before this phrase.
    """
    loud = amplified(pcm, gain)
    start, end = sounding(loud)
    if end <= start:
        return None
    sound = softened(loud[start:end])
    if pause_sec > 0:
        sound = np.concatenate([sound, np.zeros(round(pause_sec * MOUTH_RATE_HZ), np.int16)])
    last = end - start - 1
    placed = tuple(
        WordMark(mark.offset, mark.length, position + min(max(0, mark.sample - start), last)) for mark in marks
    )
    return SpeechChunk(sound, placed)
