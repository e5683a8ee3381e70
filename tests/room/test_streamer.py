"""How long the room has been quiet: aloud, and where every sentence takes time to type."""

from __future__ import annotations

from typing import Literal

import pytest

from coach.events import SpeechStarted, UtteranceHeard
from coach.room.streamer import Streamer
from tests.started import started


@pytest.mark.parametrize(("source", "silent"), [("voice", 10.0), ("typed", 0.0)])
def test_typing_takes_time(source: Literal["voice", "typed"], silent: float) -> None:
    streamer = Streamer()
    streamer.note(UtteranceHeard(utterance_id="u1", text="hi", start=5.0, end=5.0, source=source), 5.0)
    assert streamer.silent_sec(15.0) == silent
    assert streamer.silent_sec(35.0) > 15.0


def test_the_first_sentence_takes_its_time_too() -> None:
    streamer = Streamer()
    streamer.note(started(locale="en-US", input="typed"), 0.0)
    assert streamer.silent_sec(11.0) == 0.0
    streamer.note(SpeechStarted(start=12.0), 12.0)
    streamer.note(UtteranceHeard(utterance_id="u1", text="hi", start=12.0, end=13.0), 13.0)
    assert streamer.silent_sec(18.0) == 5.0
