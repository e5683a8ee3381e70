"""The streamer of a demo: recordings of a human, or a synthetic voice that says the scenario's selling points."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.pcm import resample, silence
from audio.wav import join_clips
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, Synthesizer, VoiceSpec
from coach.scenario.model import Scenario

_LEAD_SEC = 1.0
_GAP_SEC = 3.0
"""Between sentences and clips: long enough for a viewer who waits (1.2 s) to begin, so that some are cut off."""
TAIL_SEC = 6.0
"""After the last word: a viewer's answer is heard to its end."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the synthetic streamer."""

    text: str
    end: float
    """Seconds from the start of the sound."""


@dataclass(frozen=True, slots=True)
class StreamerSound:
    """What the ears of a demo hear."""

    pcm: Int16Array
    """int16 mono 16 kHz."""
    said: tuple[Said, ...] = ()
    """Empty for recordings."""

    @property
    def duration_sec(self) -> float:
        """Length."""
        return len(self.pcm) / EAR_RATE_HZ


def from_recordings(paths: Sequence[Path]) -> StreamerSound:
    """Join recordings, with air between them for viewers.

    Raises:
        AudioInputError: If one cannot be used; names it.
    """
    clips = [(path, _LEAD_SEC if number == 0 else _GAP_SEC) for number, path in enumerate(paths)]
    return StreamerSound(join_clips(clips, tail_silence_sec=TAIL_SEC))


async def from_synthesizer(scenario: Scenario, synthesizer: Synthesizer) -> StreamerSound:
    """Let a synthetic voice pitch the product.

    Raises:
        EngineError: If the synthesizer fails.
    """
    await synthesizer.prepare(scenario.language)
    voice = VoiceSpec(scenario.language, gender="female", seed=7)
    parts, said = [silence(round(_LEAD_SEC * EAR_RATE_HZ))], []
    for sentence in pitch(scenario):
        parts.append(await _spoken(sentence, voice, synthesizer))
        said.append(Said(sentence, sum(map(len, parts)) / EAR_RATE_HZ))
        parts.append(silence(round(_GAP_SEC * EAR_RATE_HZ)))
    parts.append(silence(round((TAIL_SEC - _GAP_SEC) * EAR_RATE_HZ)))
    return StreamerSound(np.concatenate(parts), tuple(said))


def pitch(scenario: Scenario) -> list[str]:
    """Return what the synthetic streamer says: a greeting, every selling point, the price."""
    name, price = scenario.product.name, scenario.product.price.live
    points = [point.statement or point.title for point in scenario.product.selling_points]
    if scenario.language == "zh":
        return [f"大家好，今天给大家介绍{name}。", *points, f"今天直播间价格是{price:g}元。"]
    return [f"Hello everyone, today I want to show you the {name}.", *points, f"The price today is {price:g} dollars."]


async def _spoken(text: str, voice: VoiceSpec, synthesizer: Synthesizer) -> Int16Array:
    async with aclosing(synthesizer.speak(text, voice)) as chunks:
        pcm = [chunk.pcm async for chunk in chunks]
    return resample(np.concatenate(pcm), MOUTH_RATE_HZ, EAR_RATE_HZ) if pcm else silence(0)
