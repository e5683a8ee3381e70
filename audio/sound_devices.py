"""The sound card's devices: which there are, and finding one by number or by a part of its name.

The only module that imports sounddevice; where PortAudio is not installed, it says so in a sentence.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal

from coach.errors import AudioInputError, MissingPart

Direction = Literal["input", "output"]

_NO_WORDS = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)(
    lambda *told: None
)
"""Lives as long as the library may call it."""


Fault = Literal["silent_system", "none", "unknown", "several", "closed"]


class SoundCardError(AudioInputError):
    """A device that cannot be used. `fault` says in one word why; `values` fill the sentence."""

    def __init__(self, fault: Fault, sentence: str, **values: object) -> None:
        self.fault = fault
        self.values = values
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class Device:
    """One device."""

    number: int
    name: str
    system: str
    """How it is reached: ALSA, Core Audio, WASAPI …"""
    inputs: int
    """Channels."""
    outputs: int
    """Channels."""
    rate_hz: int
    """The rate it does best."""
    is_default_input: bool = False
    is_default_output: bool = False

    def channels(self, direction: Direction) -> int:
        """Return how many channels it has one way."""
        return self.inputs if direction == "input" else self.outputs


@dataclass(frozen=True, slots=True)
class Format:
    """How a device is opened; samples are int16."""

    rate_hz: int
    channels: int


def portaudio() -> ModuleType:
    """Return sounddevice.

    Raises:
        MissingPart: If it or PortAudio is not installed; says how to get it.
    """
    try:
        import sounddevice
    except ModuleNotFoundError as error:
        raise MissingPart(
            "Sound card: the Python package 'sounddevice' is not installed. Run: uv sync --extra voice"
        ) from error
    except OSError as error:  # its library is missing
        raise MissingPart(
            "Sound card: PortAudio is not installed. On Debian or Ubuntu run: sudo apt install libportaudio2"
        ) from error
    _silence_alsa()
    module: ModuleType = sounddevice
    return module


@cache
def _silence_alsa() -> None:
    """Keep ALSA from writing about every plugin it tries, in the middle of what is drawn; errors are returned too."""
    try:
        library = ctypes.CDLL("libasound.so.2")
        library.snd_lib_error_set_handler(_NO_WORDS)
    except (OSError, AttributeError):  # not a machine with ALSA
        return


def devices() -> list[Device]:
    """Return all devices, by number.

    Raises:
        MissingPart: If PortAudio is not installed.
        SoundCardError: If the sound system does not answer.
    """
    sd = portaudio()
    try:
        systems = sd.query_hostapis()
        found = list(sd.query_devices())
        default_input, default_output = _default(sd, "input"), _default(sd, "output")
    except sd.PortAudioError as error:
        reason = why(error)
        raise SoundCardError("silent_system", f"The sound system does not answer: {reason}.", reason=reason) from error
    return [_device(number, entry, systems, default_input, default_output) for number, entry in enumerate(found)]


def pick(wanted: str | None, direction: Direction, among: list[Device]) -> Device:
    """Return a device.

    Args:
        wanted: Its number or a part of its name; None: the system's default, else the first.
        direction: What it must be able to do.
        among: All devices.

    Raises:
        SoundCardError: If there is none, or none such, or several such; lists them.
    """
    kind = "microphone" if direction == "input" else "speaker"
    able = [device for device in among if device.channels(direction) > 0]
    if not able:
        how = "Connect one, or rehearse in the browser: run_coach.py serve"
        raise SoundCardError("none", f"There is no {kind} on this machine. {how}", kind=kind)
    if wanted is None:
        default = [device for device in able if _is_default(device, direction)]
        return (default or able)[0]
    fitting = _matching(wanted, able)
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"{device.number} {device.name}" for device in (fitting or able))
    problem = "several fit" if fitting else "there is none such"
    raise SoundCardError(
        "several" if fitting else "unknown",
        f"Expected one {kind}, got {wanted!r}: {problem}. Choose by number: {listed}",
        kind=kind,
        wanted=wanted,
        listed=listed,
    )


def usable_format(device: Device, direction: Direction, rate_hz: int) -> Format:
    """Return how to open a device: at the wanted rate in mono if it can, else as it does best.

    Raises:
        SoundCardError: If it cannot be opened in any way; says why.
    """
    sd = portaudio()
    check = sd.check_input_settings if direction == "input" else sd.check_output_settings
    most = device.channels(direction)
    channels = [1, min(2, most)] if most > 1 else [1]
    trouble = ""
    for rate in dict.fromkeys((rate_hz, device.rate_hz, 48_000, 44_100)):
        for count in channels:
            try:
                check(device=device.number, channels=count, dtype="int16", samplerate=rate)
            except (sd.PortAudioError, ValueError) as error:
                trouble = trouble or why(error)
            else:
                return Format(rate, count)
    raise cannot_open(device, trouble)


def cannot_open(device: Device, reason: str) -> SoundCardError:
    """Return what to raise for a device that does not open."""
    return SoundCardError(
        "closed",
        f"{device.name!r} cannot be opened: {reason}. Another program may hold it: close it, allow this program to "
        "use it, or choose another with --microphone or --speaker (run_coach.py talk --devices lists them).",
        name=device.name,
        reason=reason,
    )


def why(error: Exception) -> str:
    """Return PortAudio's reason without its numbers."""
    text = str(error.args[0]) if error.args else type(error).__name__
    return text.partition(" [PaErrorCode")[0].removeprefix("Error opening Raw").rstrip(".")


def _default(sd: Any, direction: Direction) -> int:
    """Return the default device's number, or -1; asking through `query_devices(kind=…)` raises where there is none."""
    defaults = sd.default.device
    return int(defaults[0 if direction == "input" else 1])


def _device(number: int, entry: Any, systems: Any, default_input: int, default_output: int) -> Device:
    return Device(
        number=number,
        name=str(entry["name"]),
        system=str(systems[entry["hostapi"]]["name"]),
        inputs=int(entry["max_input_channels"]),
        outputs=int(entry["max_output_channels"]),
        rate_hz=round(float(entry["default_samplerate"])),
        is_default_input=number == default_input,
        is_default_output=number == default_output,
    )


def _matching(wanted: str, able: list[Device]) -> list[Device]:
    if wanted.isdecimal():
        return [device for device in able if device.number == int(wanted)]
    exact = [device for device in able if device.name.casefold() == wanted.casefold()]
    return exact or [device for device in able if wanted.casefold() in device.name.casefold()]


def _is_default(device: Device, direction: Direction) -> bool:
    return device.is_default_input if direction == "input" else device.is_default_output
