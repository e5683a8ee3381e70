"""The speakers a language's Piper voices offer, and which of them a viewer gets. Blocking, on the engine's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audio.tts.level import gain_to_target
from audio.tts.manner import manner_of
from audio.tts.piper_voice import NAME, LoadedVoice, VoiceConfig
from audio.tts.pitch import median_pitch
from audio.tts.stop import Stop
from audio.tts.wording import spoken
from coach.errors import EngineError
from coach.ports import VoiceSpec

_SAMPLE = {"zh": "你好，我想买两件，能便宜一点吗？", "en": "Hello there, I would like to take two of these, please."}
"""Spoken once by each speaker, to learn level and pitch."""
_MOST_SPEAKERS = 8
"""Of one voice file: viewers of one rehearsal are told apart by that many, and learning each takes about 0.3 s."""
_BETWEEN_HZ = 165.0
"""Speaking pitch between most men (85 to 155 Hz) and most women (165 to 255 Hz). Source: Baken & Orlikoff 2000."""
_COUSINS = (1.0, 1.06, 0.94)
"""Pitch of viewers who share a speaker."""
_AS_MALE, _AS_FEMALE = 0.86, 1.16
"""Pitch where no speaker of the wanted sex is there: two and a half semitones, as far as it stays natural."""
_RATES = (0.4, 2.5)
"""Pace at which a voice still says every sound."""
_PITCH_RANGE = (0.8, 1.25)
"""Pitch is changed by playing faster or slower at unchanged pace, which moves the voice's colour with it; beyond
this it sounds like a cartoon."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person among the voices."""

    voice: LoadedVoice
    number: int
    """Id within a voice of several."""
    gender: Literal["female", "male"] | None
    """By measured pitch; None if nothing could be measured."""
    gain: float
    """Brings the speaker to the common level."""


@dataclass(frozen=True, slots=True)
class Part:
    """How a viewer is spoken."""

    speaker: Speaker
    pitch: float
    """Times the speaker's own."""
    rate: float
    """Times the speaker's own pace, as heard."""


def load_cast(configs: Sequence[VoiceConfig], language: str, threads: int) -> tuple[Speaker, ...]:
    """Load the voices of a language and let each speaker say a sentence.

    Raises:
        EngineError: If a voice does not load or makes no sound.
    """
    cast: list[Speaker] = []
    for config in configs:
        voice = LoadedVoice(config, threads)
        count = min(_MOST_SPEAKERS, config.speakers)
        cast.extend(_tried(voice, number * config.speakers // count, language) for number in range(count))
    return tuple(cast)


def _tried(voice: LoadedVoice, number: int, language: str) -> Speaker:
    said = spoken(_SAMPLE[language], language)
    rendered = voice.render(said, speaker=number, pace=1.0, stop=Stop())
    if rendered is None or len(rendered.pcm) == 0:
        raise EngineError(NAME, "{path}: the voice makes no sound. Fetch both files again.", path=voice.config.path)
    pitch = median_pitch(rendered.pcm, voice.config.rate_hz)
    gender: Literal["female", "male"] | None = None if pitch is None else "female" if pitch > _BETWEEN_HZ else "male"
    return Speaker(voice, number, gender, gain_to_target(rendered.pcm, voice.config.rate_hz))


def part_for(cast: Sequence[Speaker], spec: VoiceSpec) -> Part:
    """Choose a speaker by the viewer's gender and seed, the same every time.

    Args:
        cast: Of the language; not empty.
        spec: The viewer's voice.
    """
    fitting = [speaker for speaker in cast if spec.gender == "neutral" or speaker.gender in (None, spec.gender)]
    shift = 1.0 if fitting else _AS_MALE if spec.gender == "male" else _AS_FEMALE
    chosen = fitting or list(cast)
    manner = manner_of(spec.viewer_type)
    # Half the manner's pitch: here it changes the colour of the voice too.
    pitch = spec.pitch * shift * _COUSINS[spec.seed // len(chosen) % len(_COUSINS)] * 2 ** (manner.semitones / 24)
    low, high = _PITCH_RANGE
    return Part(
        chosen[spec.seed % len(chosen)],
        min(high, max(low, pitch)),
        min(_RATES[1], max(_RATES[0], spec.rate * manner.rate)),
    )
