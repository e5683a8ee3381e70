"""WebRTC's audio processing (AEC3 and its companions) from the `livekit` package, which is otherwise not used here.

The package is imported when the first canceller is built, and only its audio processing is called: no room, no
server, no socket. Its native library starts a small thread pool then, once per process.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any

import numpy as np

from audio.echo_reference import Float32Array
from audio.parts import is_installed
from coach.errors import MissingPart
from coach.ports import EAR_RATE_HZ, Int16Array

_STEP = EAR_RATE_HZ // 100
"""Samples of the 10 ms that WebRTC works in."""


def preload() -> None:
    """Import the package, 0.2 s once per process, so that the first echo does not wait for it. Starts no threads."""
    if is_installed("livekit"):
        with suppress(Exception):  # told when a canceller is built
            import_module("livekit.rtc.apm")


class WebRtcProcessing:
    """One microphone's processing; 0.16 ms for 20 ms.

    Args:
        noise: Whether steady noise is taken out too.
        gain: Whether the level is evened out.

    Raises:
        MissingPart: If `livekit` is not installed or its library cannot be loaded here.
    """

    def __init__(self, *, noise: bool = False, gain: bool = False) -> None:
        if not is_installed("livekit"):
            raise MissingPart("Echo cancellation needs the package livekit, which is not installed.")
        try:
            from livekit.rtc.apm import AudioProcessingModule
            from livekit.rtc.audio_frame import AudioFrame

            self._module: Any = AudioProcessingModule(
                echo_cancellation=True, noise_suppression=noise, high_pass_filter=True, auto_gain_control=gain
            )
        except Exception as error:  # a library for another machine fails in many ways; all mean: not usable
            raise MissingPart(
                "The package livekit cannot be used for echo cancellation here: {reason}", reason=error
            ) from error
        self._frame: Any = AudioFrame

    def process(self, played: Float32Array, heard: Int16Array, delay_ms: int) -> Int16Array:
        """Take the echo of `played` out of `heard`.

        Args:
            played: Shape (320,), float32, 16 kHz: what was played in the same 20 ms.
            heard: Shape (320,), int16, 16 kHz.
            delay_ms: How much later it comes back, as far as known.
        """
        spoken = np.clip(np.rint(played * 32768), -32768, 32767).astype(np.int16)
        clean = np.empty_like(heard)
        for start in range(0, len(heard), _STEP):
            part = slice(start, start + _STEP)
            self._module.process_reverse_stream(self._ten_ms(spoken[part]))
            frame = self._ten_ms(heard[part])
            self._module.set_stream_delay_ms(delay_ms)
            self._module.process_stream(frame)
            clean[part] = np.frombuffer(frame.data, np.int16)
        return clean

    def _ten_ms(self, pcm: Int16Array) -> Any:
        return self._frame(bytearray(pcm.tobytes()), EAR_RATE_HZ, 1, _STEP)
