"""A microphone in a simulated room: it hears the viewers as they are being played, and what else there is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audio.pcm import resample
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, MOUTH_RATE_HZ, Int16Array
from evals.echo_rooms import EchoRoom, FloatArray, convolve, pink_noise
from evals.loop import Room, Scene, Sound

_LEAD = 960
"""Samples of the resampler that are warm before and after the frame wanted."""


class EchoMicrophone:
    """Implements `evals.loop.Microphone`. The echo's level is set once, by a stretch of the viewer's voice.

    Args:
        room: The way of the sound.
        voice: The viewer at full level, 16 kHz.
        sounds: What else is heard, as in a `Scene`.
        room_dbfs: Level of the room's own noise.
        random: Draws the noise.
    """

    def __init__(
        self,
        room: EchoRoom,
        voice: Int16Array,
        sounds: Sequence[Sound],
        *,
        room_dbfs: float,
        random: np.random.Generator,
    ) -> None:
        self._scene = Scene(sounds)
        self._noise = pink_noise(random, 10 * EAR_RATE_HZ, room_dbfs)
        self._drive, self._peak = room.drive, float(np.abs(voice.astype(np.float64)).max()) or 1.0
        self._delay = round(room.delay_ms * EAR_RATE_HZ / 1000)
        self._response = convolve(room.response, box_response(room.box_hz))
        wet = convolve(self._pressed(voice.astype(np.float64)), self._response)[: len(voice)]
        gain = np.sqrt(np.sum(voice.astype(np.float64) ** 2) / max(1e-9, np.sum(wet**2))) * 10 ** (room.level_db / 20)
        self._response = self._response * gain

    def frame(self, number: int, room: Room) -> Int16Array:
        """Return one frame of echo, sounds and noise, clipped to int16."""
        near = self._scene.frame(number, room).astype(np.float64)
        begin = room.origin + number * FRAME_SEC
        place = number * EAR_FRAME % (len(self._noise) - EAR_FRAME)
        mix = near + self._echo(begin, room) + self._noise[place : place + EAR_FRAME]
        return np.asarray(np.clip(np.rint(mix), -32768, 32767), np.int16)

    def _echo(self, begin: float, room: Room) -> FloatArray:
        """Return what of the track reaches the microphone in the 20 ms from `begin` (rehearsal seconds)."""
        if not room.mouth.times:
            return np.zeros(EAR_FRAME)
        reach = len(self._response) + EAR_FRAME
        end = round((begin + FRAME_SEC - room.mouth.times[0]) * EAR_RATE_HZ) - self._delay
        played = self._played(end, reach, room)
        if not played.any():
            return np.zeros(EAR_FRAME)
        return convolve(self._pressed(played), self._response)[reach - EAR_FRAME : reach]

    def _played(self, end: int, samples: int, room: Room) -> FloatArray:
        """Return the track's `samples` before number `end`, 16 kHz; frames come without a gap in virtual time."""
        ratio = MOUTH_RATE_HZ // EAR_RATE_HZ
        first = max(0, (end - samples - _LEAD) * ratio // 960)
        last = max(first, min(len(room.mouth.frames), -(-(end + _LEAD) * ratio // 960)))
        frames = room.mouth.frames[first:last]
        if not frames or not any(frame.any() for frame in frames):
            return np.zeros(samples)
        narrow = resample(np.concatenate(frames), MOUTH_RATE_HZ, EAR_RATE_HZ).astype(np.float64)
        offset = end - samples - first * 960 // ratio
        whole = np.concatenate([np.zeros(max(0, -offset)), narrow[max(0, offset) :], np.zeros(samples)])
        return np.asarray(whole[:samples])

    def _pressed(self, voice: FloatArray) -> FloatArray:
        return np.asarray(np.tanh(self._drive * voice / self._peak) / self._drive * self._peak)


def box_response(box_hz: float, samples: int = 512) -> FloatArray:
    """Return a small loudspeaker's impulse response: second-order high-pass, zero phase made causal."""
    ratio = (np.fft.rfftfreq(samples, 1 / EAR_RATE_HZ) / box_hz) ** 2
    whole = np.fft.irfft(ratio / (1 + ratio), samples)
    return np.asarray(np.roll(whole, 32)[:256])
