"""Plays recordings to a recogniser as a microphone would, and notes what it says when."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from audio.pcm import frames_of, silence
from coach.clock import LoopClock
from coach.errors import EngineError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, Hypothesis, Int16Array, RecognitionHints, Recognizer
from evals.processes import cpu_seconds, family
from evals.recordings import Recording

TAIL_SEC = 0.1
"""Quiet after each recording: what the live loop waits before it asks for the final words."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one recording."""

    name: str
    language: str
    """That the recogniser was told."""
    kind: str
    """`zh`, `en` or `noise`: what the recording is."""
    duration_sec: float
    transcript: str
    final: str = ""
    partials: tuple[tuple[float, str], ...] = ()
    """(seconds after the first sample, text)."""
    final_delay_ms: float = 0.0
    """From the last sample fed to the final words."""
    whole_ms: float = 0.0
    """A final of all of it, fed at once, with nothing read before."""
    error: str = ""


@dataclass(slots=True)
class Ran:
    """What one engine did."""

    heard: list[Heard] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)
    """Languages it does not know, and what it said to that."""
    cpu_sec: float = 0.0
    """While recordings were played in real time, all processes."""
    played_sec: float = 0.0


async def run(
    recognizer: Recognizer,
    recordings: Iterable[Recording],
    hints: Callable[[str], RecognitionHints],
    *,
    speed: float,
    told: Callable[[Heard], None],
) -> Ran:
    """Play every recording; noise is played to every language the engine knows.

    Args:
        recognizer: Closed by the caller.
        recordings: What is played.
        hints: Returns the hints for a language.
        speed: Times real time; figures of delay mean something at 1 only.
        told: Called after each recording.
    """
    ran = Ran()
    for recording in recordings:
        pcm = await asyncio.to_thread(recording.read)
        languages = ("en", "zh") if recording.language == "noise" else (recording.language,)
        for language in languages:
            if await _knows(recognizer, language, hints, ran):
                heard = await _hear(recognizer, recording, pcm, hints(language), speed, ran)
                ran.heard.append(heard)
                told(heard)
    return ran


async def _knows(recognizer: Recognizer, language: str, hints: Callable[[str], RecognitionHints], ran: Ran) -> bool:
    if language not in ran.unknown:
        try:
            await recognizer.prepare(hints(language))
        except EngineError as error:
            ran.unknown[language] = str(error)
    return language not in ran.unknown


async def _hear(
    recognizer: Recognizer, recording: Recording, pcm: Int16Array, hints: RecognitionHints, speed: float, ran: Ran
) -> Heard:
    facts = (recording.name, hints.language, recording.language, len(pcm) / EAR_RATE_HZ, recording.transcript)
    try:
        before = cpu_seconds(family(os.getpid()))
        final, partials, delay_ms = await _play(recognizer, pcm, hints, speed)
        ran.cpu_sec += cpu_seconds(family(os.getpid())) - before
        ran.played_sec += len(pcm) / EAR_RATE_HZ
        return Heard(*facts, final, tuple(partials), delay_ms, await _at_once(recognizer, pcm, hints))
    except EngineError as error:
        return Heard(*facts, error=str(error))


async def _play(
    recognizer: Recognizer, pcm: Int16Array, hints: RecognitionHints, speed: float
) -> tuple[str, list[tuple[float, str]], float]:
    clock = LoopClock()
    partials: list[tuple[float, str]] = []

    def note(partial: Hypothesis) -> None:
        partials.append((round(clock.now() * speed, 3), partial.text))

    hearing = recognizer.open(hints, note)
    try:
        for number, frame in enumerate(frames_of(pcm, EAR_FRAME)):
            await clock.sleep_until((number + 1) * FRAME_SEC / speed)
            hearing.feed(frame)
        hearing.feed(silence(round(TAIL_SEC * EAR_RATE_HZ)))
        asked = clock.now()
        final = await hearing.final()
        return final.text, partials, round((clock.now() - asked) * 1000, 1)
    finally:
        await hearing.aclose()


async def _at_once(recognizer: Recognizer, pcm: Int16Array, hints: RecognitionHints) -> float:
    """Return how long (ms) a final of the whole sound takes, so that engines compare by work and not by head start."""
    clock = LoopClock()
    hearing = recognizer.open(hints, lambda _: None)
    try:
        hearing.feed(pcm)
        await hearing.final()
        return round(clock.now() * 1000, 1)
    finally:
        await hearing.aclose()
