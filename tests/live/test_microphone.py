from __future__ import annotations

import pytest

from coach.events import Event, MicrophoneUsed
from coach.live.microphone import MicrophoneNote, device_name
from coach.score.timeline import fold
from tests.score.logs import log

DESK = MicrophoneUsed(device="desk", auto_gain_control=False)
HEADSET = MicrophoneUsed(device="headset", auto_gain_control=True)


def test_what_is_known_before_the_log_begins_is_noted_when_it_does() -> None:
    noted: list[Event] = []
    note = MicrophoneNote(noted.append)
    note.use(DESK)
    assert noted == []
    note.begin()
    assert noted == [DESK]


def test_the_same_microphone_after_a_reconnection_is_not_noted_again() -> None:
    noted: list[Event] = []
    note = MicrophoneNote(noted.append)
    note.begin()
    for used in (DESK, DESK, HEADSET, DESK):
        note.use(used)
    assert noted == [DESK, HEADSET, DESK]


def test_names_carry_no_meaning_and_stay_the_same() -> None:
    assert device_name("abc|def|Desk microphone (046d:0825)") == device_name("abc|def|Desk microphone (046d:0825)")
    assert device_name("a") != device_name("b")
    assert "Desk" not in device_name("Desk")
    assert device_name("") == ""


@pytest.mark.parametrize(
    ("used", "device", "loud"),
    [
        ([], "", False),
        ([DESK], "desk", True),
        ([HEADSET], "headset", False),
        ([DESK, DESK], "desk", True),
        # Changed on the way: neither is the one of this rehearsal.
        ([DESK, HEADSET], "", False),
        ([MicrophoneUsed(device="desk")], "desk", False),  # nobody said that the gain was fixed
    ],
)
def test_a_rehearsal_is_of_one_microphone_or_of_none(used: list[MicrophoneUsed], device: str, loud: bool) -> None:
    timeline = fold(log(*((float(at), event) for at, event in enumerate(used)), end=60))
    assert (timeline.device, timeline.has_true_loudness) == (device, loud)
