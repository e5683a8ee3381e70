"""Which device is taken for a name, and in what form it is opened."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from audio import sound_devices
from audio.sound_devices import Device, Format, SoundCardError, pick, usable_format
from coach.errors import MissingPart
from tests.audio.sound_card import SoundCard, device, put_in

DEVICES = [
    device("Built-in Microphone", 0, outputs=0),
    device("Headset", 1, is_default_input=True),
    device("Headset HDMI", 2, inputs=0, is_default_output=True),
    device("USB Microphone", 3, outputs=0),
]


@pytest.mark.parametrize(
    ("wanted", "direction", "found"),
    [
        (None, "input", "Headset"),
        (None, "output", "Headset HDMI"),
        ("3", "input", "USB Microphone"),
        ("usb", "input", "USB Microphone"),
        ("headset", "input", "Headset"),
        ("headset", "output", "Headset"),
        ("hdmi", "output", "Headset HDMI"),
    ],
)
def test_a_device_is_found_by_number_or_part_of_its_name(wanted: str | None, direction: str, found: str) -> None:
    assert pick(wanted, direction, DEVICES).name == found  # type: ignore[arg-type]  # a table


@pytest.mark.parametrize(
    ("wanted", "among", "said"),
    [
        ("microphone", DEVICES, "several fit. Choose by number: 0 Built-in Microphone; 3 USB Microphone"),
        ("nothing", DEVICES, "there is none such. Choose by number: 0 Built-in"),
        ("2", DEVICES, "there is none such"),
        (None, [], "no microphone on this machine"),
        (None, [device(inputs=0)], "no microphone on this machine"),
    ],
)
def test_what_cannot_be_found_is_answered_with_the_choices(
    wanted: str | None, among: Sequence[Device], said: str
) -> None:
    with pytest.raises(SoundCardError, match=said):
        pick(wanted, "input", list(among))


def test_without_a_default_the_first_able_device_is_taken() -> None:
    assert pick(None, "output", [device("a", 0, outputs=0), device("b", 1)]).name == "b"


@pytest.mark.parametrize(
    ("card", "form"),
    [
        (SoundCard(), Format(16_000, 1)),
        (SoundCard(channels=2), Format(16_000, 2)),
        (SoundCard(rate_hz=48_000), Format(48_000, 1)),
        (SoundCard(rate_hz=44_100, channels=2), Format(44_100, 2)),
    ],
)
def test_a_device_is_opened_as_near_to_our_format_as_it_can(
    monkeypatch: pytest.MonkeyPatch, card: SoundCard, form: Format
) -> None:
    put_in(monkeypatch, card)
    assert usable_format(device(), "input", 16_000) == form


def test_a_device_that_can_do_nothing_is_told_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, SoundCard(rate_hz=8_000))
    with pytest.raises(SoundCardError, match=r"'USB microphone' cannot be opened: Invalid sample rate\. Another"):
        usable_format(device(), "input", 16_000)


def test_without_portaudio_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(MissingPart, match="libportaudio2"):
        sound_devices.devices()
