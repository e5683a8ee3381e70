"""The streamer of a demo waits for the room: one viewer is cut off, the next heard out."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from coach.clock import LoopClock
from coach.event_log import EventLog
from coach.events import Event, LineVoiced, LineVoicing
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC
from commands.streamer import phrases_of
from commands.talk import BREATH_SEC, CUT_IN_SEC, LAST_CHANCE_SEC, TAIL_SEC, Phrase, Talk, TalkingEars
from tests.virtual_time import virtual_time


def phrase(sec: float, gap_sec: float = 0.0, text: str = "", *, level: int = 1) -> Phrase:
    return Phrase(np.full(round(sec * EAR_RATE_HZ), level, np.int16), gap_sec, text)


def begun(at: float) -> tuple[float, Event]:
    return at, LineVoicing(line_id="l", viewer_id="v", text="How much is it?", intent="ask", start=at)


def over(at: float, heard: str = "How much", *, cut_off: bool) -> tuple[float, Event]:
    return at, LineVoiced(
        line_id="l", viewer_id="v", text="How much is it?", heard_text=heard, cut_off=cut_off, start=0, end=at
    )


def starts(gaps: list[float], events: list[tuple[float, Event]]) -> list[float]:
    """Return when each of several phrases of 1 s began."""
    talk = Talk([phrase(1.0, gap_sec, level=number) for number, gap_sec in enumerate(gaps, start=1)])
    found: dict[int, float] = {}
    left = list(events)
    for number in range(round(30 / FRAME_SEC)):
        at = number * FRAME_SEC
        while left and left[0][0] <= at:
            talk.note(left.pop(0)[1])
        found.setdefault(int(talk.next_frame(at)[0]), at)
    return [found[level] for level in range(1, len(gaps) + 1)]


@pytest.mark.parametrize(
    ("events", "second"),
    [
        # Nobody uses the air.
        ([], 2.0 + 3.0),
        # A viewer begins in it: cut off, though not before there was something to hear.
        ([begun(3.0), over(4.4, cut_off=True)], 3.0 + CUT_IN_SEC),
        # Too short a line to be cut off: a breath, then on.
        ([begun(3.0), over(3.8, "How much is it?", cut_off=False)], 3.8 + BREATH_SEC),
        # The one before was cut off, so this one is heard out.
        ([begun(1.1), over(1.5, cut_off=True), begun(3.0), over(7.0, cut_off=False)], 7.0 + BREATH_SEC),
        # Of the one before nothing was heard, which is no cut-off line to show.
        ([begun(1.1), over(1.5, "", cut_off=True), begun(3.0), over(4.4, cut_off=True)], 3.0 + CUT_IN_SEC),
        # A viewer talked over the end of the phrase and goes on.
        ([begun(1.1), over(9.0, cut_off=False)], 1.1 + CUT_IN_SEC),
    ],
)
def test_what_a_viewer_does_decides_when_the_streamer_goes_on(events: list[tuple[float, Event]], second: float) -> None:
    assert starts([1.0, 3.0, 3.0], events)[:2] == pytest.approx([1.0, second], abs=0.05)


def test_the_last_phrase_waits_longer_while_nobody_has_been_cut_off() -> None:
    assert starts([1.0, 3.0], [])[1] == pytest.approx(2.0 + LAST_CHANCE_SEC, abs=0.05)
    assert starts([1.0, 3.0], [begun(1.1), over(1.6, cut_off=True)])[1] == pytest.approx(2.0 + 3.0, abs=0.05)


def test_a_recording_is_cut_in_its_pauses_and_gets_air_after_long_talk() -> None:
    pcm = np.arange(20 * EAR_RATE_HZ, dtype=np.int32).astype(np.int16)
    voiced = [(0.0, 5.0), (5.1, 6.0), (7.0, 10.0), (11.0, 20.0)]
    phrases = phrases_of(pcm, voiced, 1.0)
    # The pause at 5 s is too short; 6.5 s of talk are not long, 10.5 s are.
    assert [(len(item.pcm) / EAR_RATE_HZ, item.gap_sec) for item in phrases] == [(6.5, 1.0), (4.0, 0.0), (9.5, 3.0)]
    assert np.array_equal(np.concatenate([item.pcm for item in phrases]), pcm)


@virtual_time
async def test_the_ears_play_in_real_time_and_tell_what_was_said() -> None:
    clock = LoopClock()
    said: list[tuple[float, str]] = []
    ended: list[float] = []
    talk = Talk([phrase(1.01, 0.5, "one"), phrase(1.0, 0.0, "two")])
    ears = TalkingEars(
        talk,
        EventLog(clock),
        clock,
        said=lambda item: said.append((clock.now(), item.text)),
        over=lambda: ended.append(clock.now()),
    )
    async with asyncio.timeout(25):
        async for frame in ears.frames():
            assert frame.pcm.shape == (EAR_FRAME,)
            assert clock.now() == pytest.approx(frame.position / EAR_RATE_HZ + FRAME_SEC, abs=0.001)
            if frame.position >= 22 * EAR_RATE_HZ:
                break
    assert [text for _, text in said] == ["one", "two"]
    two = 0.5 + 1.01 + LAST_CHANCE_SEC + 1.0
    assert [at for at, _ in said] == pytest.approx([1.51, two], abs=0.1)
    assert ended == pytest.approx([two + TAIL_SEC], abs=0.1)
