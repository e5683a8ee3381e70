"""What a person sees of a running rehearsal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.errors import Sentence
from coach.events import (
    EngineFailed,
    Event,
    LineDucked,
    LineHeld,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    RoomChanged,
    TurnTimed,
    UtteranceHeard,
    ViewerJoined,
    ViewerLeft,
    WordsHeard,
)
from commands.texts import Say
from commands.timeline import ROOM_EVENTS, Timeline


def _cut_off(heard: str) -> LineVoiced:
    return LineVoiced(line_id="l1", viewer_id="ann", text="Too dear", heard_text=heard, cut_off=True, start=1, end=2)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (UtteranceHeard(utterance_id="u1", text="it is nine", start=1, end=2), "streamer: it is nine"),
        (
            UtteranceHeard(utterance_id="u1", text="", start=1, end=2),
            "streamer: (voice heard, no words understood)",
        ),
        (LinePosted(line_id="l1", viewer_id="ann", text="hm", intent="push"), "Ann (chat): hm"),
        (LinePosted(line_id="l1", viewer_id="bob", text="hm", intent="push", pressure=True), "bob (chat !): hm"),
        (LineVoicing(line_id="l1", viewer_id="ann", text="Too dear", intent="push", start=1), "Ann (aloud): Too dear"),
        (LineDucked(line_id="l1", speech_start=1.0), "turned down: the streamer may be talking"),
        (
            LineHeld(line_id="l1", speech_start=1.0, heard_text="Too"),
            "silent, keeps the place: the streamer is talking",
        ),
        (_cut_off("Too"), "Ann cut off; heard only: “Too”"),
        (_cut_off(""), "Ann cut off before a word was heard"),
        (ViewerLeft(viewer_id="ann", outcome="bought"), "Ann left (bought)"),
        (TurnTimed(kind="stop", total_ms=180.4, line_id="l1"), "silent after 180 ms"),
        (RehearsalEnded(reason="time"), "ends (time is up)"),
        (
            EngineFailed(port="recorder", engine="disk", error="no space", fallback="no recording"),
            "disk failed: no space → no recording",
        ),
        (LinePosted(line_id="l1", viewer_id="ann", text="a\x1b[2Jb", intent="push"), "Ann (chat): a[2Jb"),
    ],
)
def test_a_record_is_drawn_as_one_line(event: Event, line: str) -> None:
    timeline = Timeline(Say("en"))
    joined = ViewerJoined(viewer_id="ann", name="Ann", viewer_type="haggler", channel="both")
    assert timeline.draw(Record(seq=0, at=0.0, event=joined)) is None
    drawn = timeline.draw(Record(seq=1, at=75.25, event=event))
    assert drawn is not None
    assert drawn.plain == f"01:15.2  {line}"


def test_room_numbers_are_drawn_when_somebody_buys_or_the_room_tests_the_streamer() -> None:
    changes = [(90, 0, False), (91, 1, False), (92, 1, False), (40, 1, True)]
    events = [RoomChanged(viewers=v, orders=o, likes=5, pressure=p) for v, o, p in changes]
    timeline = Timeline(Say("en"))
    drawn = [timeline.draw(Record(seq=seq, at=0.0, event=event)) for seq, event in enumerate(events)]
    assert [line.plain[9:] if line else None for line in drawn] == [
        None,
        "91 watching · 1 orders · 5 likes",
        None,
        "40 watching · 1 orders · 5 likes",
    ]


@pytest.mark.parametrize("event", [WordsHeard(text="it", start=1.0), replace(_cut_off("Too dear"), cut_off=False)])
def test_what_tells_nothing_is_not_drawn(event: Event) -> None:
    assert Timeline(Say("zh")).draw(Record(seq=0, at=0.0, event=event)) is None


def test_room_events_are_told_in_words_in_both_languages() -> None:
    for lang in ("zh", "en"):
        timeline = Timeline(Say(lang))
        told = set()
        for number, reason in enumerate(ROOM_EVENTS):
            event = RoomChanged(viewers=100, orders=0, likes=5, reason=reason, pressure=True, shown_price=9)
            drawn = timeline.draw(Record(seq=number, at=float(number), event=event))
            assert drawn is not None
            told.add(drawn.plain[9:])
        assert len(told) == len(ROOM_EVENTS)
        assert any("9" in text for text in told)


_TOO_LONG = "too long: at most {count} characters in one line"


@pytest.mark.parametrize(
    ("error", "drawn"),
    [
        (Sentence("unusable words: {fault}", fault=Sentence(_TOO_LONG, count=28)),
         "m 出错：台词不能用：太长，一行最多 28 个字 → 改用备用台词"),
        (Sentence("the server broke off in the middle of its answer"), "m 出错：服务器的回答中断了 → 改用备用台词"),
        ("of an engine of one's own", "m 出错：of an engine of one's own → 改用备用台词"),
    ],
)  # fmt: skip
def test_what_failed_is_told_in_the_language_of_the_reader(error: str, drawn: str) -> None:
    event = EngineFailed(port="chat_model", engine="m", error=error, fallback="scripted line")
    found = Timeline(Say("zh")).draw(Record(seq=0, at=0.0, event=event))
    assert found is not None
    assert found.plain.endswith(drawn)
