"""A whole recording as utterances: cut where the speaker pauses, each read by a recogniser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from coach.events import UtteranceHeard, Word
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints, Recognizer

Stretch = tuple[float, float]

PAUSE_SEC = 0.7
"""A longer silence ends an utterance: pauses inside a clause last 0.3 to 0.8 s, between sentences longer ones."""
LONGEST_SEC = 20.0
"""Longer speech is cut at its longest pause: recognisers read 30 s at a time at most, and slips spread to the end."""
MARGIN_SEC = 0.2
"""Sound kept around an utterance: first and last consonants lie below what a voice detector takes for speech."""


async def transcribe(
    pcm: Int16Array, stretches: Sequence[Stretch], recognizer: Recognizer, hints: RecognitionHints
) -> list[UtteranceHeard]:
    """Return what is said in a recording, in order; stretches in which no words are heard are left out.

    Args:
        pcm: Shape (n,), int16, 16 kHz mono; second 0 is its first sample.
        stretches: (start, end) of speech, s, as `audio.features` finds them.
        recognizer: Prepared for the hints.
        hints: Language and likely words.

    Raises:
        EngineError: If the recogniser fails.
    """
    heard: list[UtteranceHeard] = []
    for number, inside in enumerate(utterances(stretches)):
        start, end = inside[0][0], inside[-1][1]
        first = max(0, round((start - MARGIN_SEC) * EAR_RATE_HZ))
        sound = pcm[first : round((end + MARGIN_SEC) * EAR_RATE_HZ)]
        # The same hints object would mean the same speaker, whose voice recognisers learn in the background: results
        # would depend on how far they have come.
        async with aclosing(recognizer.open(replace(hints, partials=False), _ignore)) as hearing:
            hearing.feed(sound)
            final = await hearing.final()
        if final.text.strip():
            voiced = round(sum(last - begun for begun, last in inside), 3)
            words = _words(final, first / EAR_RATE_HZ, start, end)
            heard.append(
                UtteranceHeard(
                    utterance_id=f"u{number}",
                    text=final.text,
                    start=start,
                    end=end,
                    words=words,
                    voiced_sec=voiced,
                    engine=final.engine or recognizer.name,
                )
            )
    return heard


def utterances(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches of each utterance."""
    inside: list[Stretch] = []
    for stretch in stretches:
        if inside and stretch[0] - inside[-1][1] >= PAUSE_SEC:
            yield from _short_enough(inside)
            inside = []
        inside.append(stretch)
    if inside:
        yield from _short_enough(inside)


def _short_enough(inside: list[Stretch]) -> Iterator[list[Stretch]]:
    start, end = inside[0][0], inside[-1][1]
    if end - start <= LONGEST_SEC:
        yield inside
    elif len(inside) == 1:
        pieces = int((end - start) // LONGEST_SEC) + 1
        size = (end - start) / pieces
        yield from ([(round(start + at * size, 3), round(start + (at + 1) * size, 3))] for at in range(pieces))
    else:
        cut = max(range(1, len(inside)), key=lambda at: (inside[at][0] - inside[at - 1][1], -at))
        yield from _short_enough(inside[:cut])
        yield from _short_enough(inside[cut:])


def _words(final: Hypothesis, offset: float, start: float, end: float) -> tuple[Word, ...]:
    """Return word times as seconds of the recording, inside the utterance."""

    def inside(at: float) -> float:
        return round(min(max(offset + at, start), end), 3)

    return tuple(Word(text=word.text, start=inside(word.start_sec), end=inside(word.end_sec)) for word in final.words)


def _ignore(partial: Hypothesis) -> None:
    """Partials help nobody here."""
