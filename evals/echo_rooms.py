"""Rooms that do not exist: loudspeaker, walls and delay between a viewer's voice and the streamer's microphone.

Nothing here is recorded: reverberation is noise that falls exponentially (Moorer 1979) behind a direct sound and a few
first reflections, the loudspeaker is a second-order high-pass (a small box has no bass) and a tanh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.ports import EAR_RATE_HZ, Int16Array

FloatArray = NDArray[np.float64]

FIRST_REFLECTIONS_SEC = (0.002, 0.020)
"""Table, screen and nearest wall: 0.7 to 7 m more than the direct way."""
DIRECT_TO_REVERBERANT_DB = (-3.0, 6.0)
"""A microphone at arm's length of a loudspeaker, within and around the critical distance of a small room."""
BOX_HZ = (120.0, 300.0)
"""Resonance of laptop and desk loudspeakers."""
DRIVE = (0.5, 2.0)
"""Peak over the range in which tanh is straight: from clean to a laptop at full volume (about 10 % distortion)."""


@dataclass(frozen=True, slots=True)
class EchoRoom:
    """One way from loudspeaker to microphone."""

    response: FloatArray
    """Impulse response at 16 kHz, the direct sound first."""
    box_hz: float
    drive: float
    delay_ms: float
    """From a sample handed out to its direct sound, all of network, buffers and air."""
    level_db: float
    """Echo over what was played, both while it sounds."""

    def echo(self, played: Int16Array) -> FloatArray:
        """Return what of `played` (16 kHz) reaches the microphone, same length, same scale."""
        voice = played.astype(np.float64)
        wet = convolve(self._box(voice), self.response)
        delay = round(self.delay_ms * EAR_RATE_HZ / 1000)
        wet = np.concatenate([np.zeros(delay), wet])[: len(voice)]
        loud = float(np.sqrt(np.sum(voice**2)))
        return wet * (loud / max(1e-9, float(np.sqrt(np.sum(wet**2)))) * 10 ** (self.level_db / 20))

    def _box(self, voice: FloatArray) -> FloatArray:
        size = 1 << (len(voice) + 2048).bit_length()
        ratio = (np.fft.rfftfreq(size, 1 / EAR_RATE_HZ) / self.box_hz) ** 2
        boxed = np.fft.irfft(np.fft.rfft(voice, size) * ratio / (1 + ratio), size)[: len(voice)]
        peak = max(1.0, float(np.max(np.abs(boxed), initial=0.0)))
        pressed: FloatArray = np.tanh(self.drive * boxed / peak) / self.drive * peak
        return pressed


def echo_room(random: np.random.Generator, *, level_db: float, delay_ms: float, rt60_sec: float) -> EchoRoom:
    """Draw a room.

    Args:
        random: Decides walls and loudspeaker.
        level_db: Echo over what was played.
        delay_ms: To the direct sound.
        rt60_sec: Time in which the room falls by 60 dB; 0: no walls.
    """
    return EchoRoom(_response(random, rt60_sec), random.uniform(*BOX_HZ), random.uniform(*DRIVE), delay_ms, level_db)


def pink_noise(random: np.random.Generator, samples: int, level_dbfs: float) -> FloatArray:
    """Return noise of a quiet room, falling by 3 dB an octave above 50 Hz, at an int16 scale."""
    spectrum = np.fft.rfft(random.standard_normal(samples))
    shaped = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.fft.rfftfreq(samples, 1 / EAR_RATE_HZ), 50) / 50), samples)
    noise: FloatArray = shaped / np.std(shaped) * 10 ** (level_dbfs / 20) * 32768
    return noise


def convolve(sound: FloatArray, response: FloatArray) -> FloatArray:
    """Return the full convolution."""
    size = len(sound) + len(response) - 1
    fast = 1 << size.bit_length()
    full: FloatArray = np.fft.irfft(np.fft.rfft(sound, fast) * np.fft.rfft(response, fast), fast)[:size]
    return full


def _response(random: np.random.Generator, rt60_sec: float) -> FloatArray:
    if rt60_sec <= 0:
        return np.ones(1)
    time = np.arange(round(1.1 * rt60_sec * EAR_RATE_HZ)) / EAR_RATE_HZ
    tail = random.standard_normal(len(time)) * 10 ** (-3 * time / rt60_sec)
    soft = np.hanning(5)
    share = np.minimum(1, time / (0.5 * rt60_sec))  # walls take the high notes first
    tail = (1 - share) * tail + share * np.convolve(tail, soft / soft.sum(), "same")
    first, last = (round(sec * EAR_RATE_HZ) for sec in FIRST_REFLECTIONS_SEC)
    tail[:first] = 0
    for place in random.integers(first, last, 6):
        tail[place] += random.choice([-1, 1]) * random.uniform(2, 5)
    direct_to_rest = random.uniform(*DIRECT_TO_REVERBERANT_DB)
    tail *= 10 ** (-direct_to_rest / 20) / np.sqrt(np.sum(tail**2))
    tail[0] += 1
    response: FloatArray = tail
    return response
