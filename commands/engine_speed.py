"""Measures how quick the engines are on this machine, on sound made for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

import numpy as np

from coach.clock import LoopClock, Stopwatch
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_FRAME,
    MOUTH_RATE_HZ,
    EarFrame,
    EchoCanceller,
    Hearing,
    Int16Array,
    RecognitionHints,
    Recognizer,
    Synthesizer,
    TurnModel,
    Vad,
    VadDecision,
    VoiceSpec,
)

SENTENCES = {
    "zh": "这件亚麻衬衫今天直播间只要八十九块，",
    "en": "This linen shirt is only eighty nine today,",
}
"""Three seconds of what a streamer says."""
SOUND_SEC = 3.0
_VAD_FRAMES = 100
_JUDGEMENTS = 4


@dataclass(frozen=True, slots=True)
class HearingSpeed:
    """Of a recogniser."""

    ready_sec: float
    """Loading and warming."""
    final_sec: float
    """From the last sample to the words."""


@dataclass(frozen=True, slots=True)
class SpeakingSpeed:
    """Of a synthesizer."""

    ready_sec: float
    first_sec: float
    """From the text to the first sound."""
    share: float
    """Time for a second of sound, s."""


def vad_frame_sec(vad: Vad) -> float:
    """Return the time a voice detector takes for one frame of noise, s."""
    noise = (np.random.default_rng(1).standard_normal((_VAD_FRAMES, EAR_FRAME)) * 1000).astype(np.int16)
    vad.feed(noise[0])
    watch = Stopwatch()
    for frame in noise:
        vad.feed(frame)
    return watch.elapsed_sec() / _VAD_FRAMES


def echo_frame_sec(echo: EchoCanceller) -> float:
    """Return the time an echo canceller takes for one frame while a viewer is heard coming back, s."""
    random = np.random.default_rng(1)
    played = (random.standard_normal((_VAD_FRAMES, MOUTH_FRAME)) * 3000).astype(np.int16)
    decision = VadDecision(quick=True, speech=0.9)
    watch = Stopwatch()
    for number, frame in enumerate(played):
        at = number * FRAME_SEC
        echo.played(frame, at)
        echo.clean(EarFrame(frame[:: MOUTH_FRAME // EAR_FRAME] // 4, number * EAR_FRAME), at)
        echo.weigh(decision)
        echo.spoken()
    return watch.elapsed_sec() / _VAD_FRAMES


async def judging_sec(model: TurnModel) -> tuple[float, float]:
    """Return how long a turn model takes to load and to judge one pause, s.

    Raises:
        EngineError: If it failed.
    """
    watch = Stopwatch()
    await model.prepare()
    ready = watch.elapsed_sec()
    noise = (np.random.default_rng(1).standard_normal(8 * EAR_RATE_HZ) * 1000).astype(np.int16)
    for _ in range(_JUDGEMENTS):
        await model.judge(noise)
    return ready, (watch.elapsed_sec() - ready) / _JUDGEMENTS


async def speaking_speed(synthesizer: Synthesizer, language: str) -> tuple[SpeakingSpeed, Int16Array]:
    """Let a synthesizer speak a sentence; return its speed and the sound, 48 kHz.

    Raises:
        EngineError: If it failed.
    """
    watch = Stopwatch()
    await synthesizer.prepare(language)
    ready = watch.elapsed_sec()
    watch, first = Stopwatch(), 0.0
    parts: list[Int16Array] = []
    async with aclosing(synthesizer.speak(SENTENCES[language], VoiceSpec(language))) as chunks:
        async for chunk in chunks:
            first = first or watch.elapsed_sec()
            parts.append(chunk.pcm)
    pcm = np.concatenate(parts) if parts else np.zeros(1, np.int16)
    return SpeakingSpeed(ready, first, watch.elapsed_sec() * MOUTH_RATE_HZ / len(pcm)), pcm


async def hearing_speed(recognizer: Recognizer, language: str, pcm: Int16Array, *, live: bool = True) -> HearingSpeed:
    """Let a recogniser hear 3 s of speech; return its speed.

    Args:
        recognizer: Not in use by anybody else.
        language: `zh` or `en`.
        pcm: Sound at 16 kHz.
        live: Whether it comes as slowly as from a microphone, so that an engine that works ahead may do so.

    Raises:
        EngineError: If it failed.
    """
    hints = RecognitionHints(language, phrases=(SENTENCES[language],))
    watch = Stopwatch()
    await recognizer.prepare(hints)
    ready = watch.elapsed_sec()
    async with _open(recognizer, hints) as hearing:
        clock = LoopClock()
        for number, frame in enumerate(_frames(pcm)):
            if live:
                await clock.sleep_until((number + 1) * FRAME_SEC)
            hearing.feed(frame)
        watch = Stopwatch()
        await hearing.final()
        return HearingSpeed(ready, watch.elapsed_sec())


def speech_for_ears(pcm: Int16Array | None) -> Int16Array:
    """Return 3 s at 16 kHz of spoken sound at 48 kHz; without any, bursts of noise in the rhythm of syllables."""
    samples = round(SOUND_SEC * EAR_RATE_HZ)
    if pcm is None:
        beat = np.sin(np.arange(samples) * (2 * np.pi * 4 / EAR_RATE_HZ)) > 0
        noise: Int16Array = (np.random.default_rng(1).standard_normal(samples) * 2000 * beat).astype(np.int16)
        return noise
    from audio.pcm import resample

    heard: Int16Array = np.resize(resample(pcm, MOUTH_RATE_HZ, EAR_RATE_HZ), samples)
    return heard


@asynccontextmanager
async def _open(recognizer: Recognizer, hints: RecognitionHints) -> AsyncIterator[Hearing]:
    hearing = recognizer.open(hints, lambda hypothesis: None)
    try:
        yield hearing
    finally:
        await hearing.aclose()


def _frames(pcm: Int16Array) -> Iterator[Int16Array]:
    for start in range(0, len(pcm) - EAR_FRAME + 1, EAR_FRAME):
        yield pcm[start : start + EAR_FRAME]
