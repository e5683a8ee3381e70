"""A stand-in for PortAudio: devices that are opened like real ones and called back by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from audio import device as device_module
from audio import sound_devices
from audio.sound_devices import Device
from coach.ports import Int16Array


class PortAudioError(Exception):
    """As sounddevice names it."""


@dataclass
class Status:
    """What a callback is told."""

    input_overflow: bool = False
    output_underflow: bool = False


@dataclass
class Stream:
    """One open stream."""

    options: dict[str, Any]
    log: list[str] = field(default_factory=list)
    latency: float = 0.01

    def start(self) -> None:
        self.log.append("start")

    def abort(self, ignore_errors: bool = True) -> None:
        self.log.append("abort")

    def close(self, ignore_errors: bool = True) -> None:
        self.log.append("close")

    def hear(self, pcm: Int16Array, *, overflow: bool = False) -> None:
        """Let the microphone call back with sound, all channels alike."""
        block = np.repeat(pcm, self.options["channels"])
        self.options["callback"](block.tobytes(), len(pcm), None, Status(input_overflow=overflow))

    def hear_all(self, blocks: Iterable[Int16Array]) -> None:
        """Let it call back with block after block."""
        for block in blocks:
            self.hear(block)

    def want(self, samples: int, *, underflow: bool = False) -> Int16Array:
        """Let the speaker call back for sound; return what it gets, all channels in turn."""
        out = bytearray(b"\x55" * (2 * samples * self.options["channels"]))
        self.options["callback"](memoryview(out), samples, None, Status(output_underflow=underflow))
        return np.frombuffer(bytes(out), np.int16)

    def unplug(self) -> None:
        """End as when the device is gone."""
        self.options["finished_callback"]()


class SoundCard:
    """What `audio.device` and `audio.sound_devices` use of sounddevice.

    Args:
        rate_hz: The only rate it can do; None: any.
        channels: The only number of channels it can do; None: any.
        busy: Whether opening fails.
    """

    PortAudioError = PortAudioError

    def __init__(self, *, rate_hz: int | None = None, channels: int | None = None, busy: bool = False) -> None:
        self._rate_hz = rate_hz
        self._channels = channels
        self._busy = busy
        self.streams: list[Stream] = []

    def check_input_settings(self, **asked: Any) -> None:
        self._check(asked)

    check_output_settings = check_input_settings

    def _check(self, asked: dict[str, Any]) -> None:
        if self._rate_hz not in (None, asked["samplerate"]):
            raise PortAudioError("Invalid sample rate [PaErrorCode -9997]")
        if self._channels not in (None, asked["channels"]):
            raise PortAudioError("Invalid number of channels [PaErrorCode -9998]")

    def RawInputStream(self, **options: Any) -> Stream:
        if self._busy:
            raise PortAudioError("Error opening RawInputStream: Device unavailable [PaErrorCode -9985]")
        self.streams.append(Stream(options))
        return self.streams[-1]

    RawOutputStream = RawInputStream


def device(name: str = "USB microphone", number: int = 0, *, inputs: int = 2, outputs: int = 2, **more: Any) -> Device:
    """Return a device."""
    return Device(number, name, "ALSA", inputs, outputs, more.pop("rate_hz", 44_100), **more)


def plugged(card: SoundCard) -> Callable[[], SoundCard]:
    """Return what takes the place of `portaudio`."""
    return lambda: card


def put_in(monkeypatch: pytest.MonkeyPatch, card: SoundCard) -> SoundCard:
    """Let a card take the place of `portaudio` for a test."""
    for module in (device_module, sound_devices):
        monkeypatch.setattr(module, "portaudio", plugged(card))
    return card
