"""Sounds and files made on the spot for the audio tests."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from coach.ports import Int16Array

TONE_HZ = 440


def tone(seconds: float, rate_hz: int, *, hz: float = TONE_HZ, level: float = 0.3) -> Int16Array:
    """A sine, int16."""
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return (np.sin(2 * np.pi * hz * time) * level * 32767).astype(np.int16)


def loudest_hz(pcm: Int16Array, rate_hz: int) -> float:
    """The frequency with most energy."""
    spectrum = np.abs(np.fft.rfft(pcm.astype(np.float64)))
    return float(np.argmax(spectrum) * rate_hz / len(pcm))


def onset_sec(pcm: Int16Array, rate_hz: int, *, after_sec: float = 0.0) -> float:
    """The first moment after `after_sec` that is not silence."""
    start = round(after_sec * rate_hz)
    loud = np.flatnonzero(np.abs(pcm[start:].astype(np.int32)) > 1500)
    return after_sec + float(loud[0]) / rate_hz


def write_sound(
    path: Path, codec: str, *, rate_hz: int, layout: str = "mono", sample_format: str = "s16", seconds: float = 2.0
) -> Path:
    """Encode a tone (on the left only, if stereo) with PyAV; the ending of the path says which container."""
    channels = 2 if layout == "stereo" else 1
    sound = np.zeros((channels, round(seconds * rate_hz)), np.int16)
    sound[0] = tone(seconds, rate_hz)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout, format=sample_format)
        assert isinstance(stream, av.AudioStream)
        resampler = av.AudioResampler(format=sample_format, layout=layout, rate=rate_hz, frame_size=_frame_size(stream))
        frame = AudioFrame.from_ndarray(_interleaved(sound), format="s16", layout=layout)
        frame.sample_rate = rate_hz
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


def _frame_size(stream: av.AudioStream) -> int:
    stream.codec_context.open()
    return stream.codec_context.frame_size or 1024


def _interleaved(sound: NDArray[np.int16]) -> NDArray[np.int16]:
    return np.ascontiguousarray(sound.T.reshape(1, -1))
