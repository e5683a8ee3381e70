from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from coach.event_log import EventLog
from coach.events import (
    CueShown,
    Event,
    LineVoiced,
    LineVoicing,
    RehearsalPaused,
    RehearsalResumed,
    SpeechPaused,
    SpeechStarted,
    UtteranceHeard,
)
from coach.language import language_for
from coach.live.cues import Cues, cues_for
from coach.live.terms import Terms
from coach.scenario.load import LoadedScenario
from coach.scenario.model import DemoWindow
from coach.testing import Say, ScriptedRecognizer
from tests.live.rehearsals import events, room, talk
from tests.virtual_time import virtual_time


class At:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    async def sleep_until(self, at: float) -> None:
        self.at = at


def cues(
    timed: list[tuple[float, Event]], until: float, locale: str = "en-US", demo: tuple[float, float] | None = None
) -> list[tuple[float, str]]:
    """Play events on their times and return the cues with theirs; time passes in steps of a quarter second."""
    windows = [DemoWindow(from_sec=demo[0], to_sec=demo[1])] if demo else []
    policy = Cues(language_for(locale), windows)
    clock = At()
    log = EventLog(clock)
    shown: list[tuple[float, str]] = []
    waiting = sorted(timed, key=lambda pair: pair[0])
    paused = False
    for step in range(int(until * 4) + 1):
        clock.at = step / 4
        while waiting and waiting[0][0] <= clock.at:
            event = waiting.pop(0)[1]
            policy.observe(log.append(event))
            paused = isinstance(event, RehearsalPaused) or (paused and not isinstance(event, RehearsalResumed))
        cue = None if paused else policy.due(clock.at)
        if cue is not None:
            shown.append((clock.at, cue.text))
    return shown


def said(start: float, end: float, text: str) -> list[tuple[float, Event]]:
    return [
        (start, SpeechStarted(start=start)),
        (end, SpeechPaused(start=end)),
        (end + 0.25, UtteranceHeard(utterance_id=f"u{start}", text=text, start=start, end=end)),
    ]


def spoken(start: float, end: float) -> list[tuple[float, Event]]:
    line, text = f"l{start}", "Is it waterproof?"
    return [
        (start, LineVoicing(line_id=line, viewer_id="ann", text=text, intent="ask", start=start)),
        (
            end,
            LineVoiced(line_id=line, viewer_id="ann", text=text, heard_text=text, cut_off=False, start=start, end=end),
        ),
    ]


FAST = "word " * 40
CALM = "word " * 26
"""In ten seconds: 240 and 156 words a minute."""
FAST_ZH = "这是一句说得很快很快很快的话" * 5
CALM_ZH = "这是一句说得不快也不慢的话吧" * 3


@pytest.mark.parametrize(
    ("timed", "until", "expected"),
    [
        pytest.param([*said(1, 11, FAST), *said(11.5, 21.5, FAST)], 24, [(21.75, "Slower")], id="too fast"),
        pytest.param([*said(1, 11, CALM), *said(11.5, 21.5, CALM)], 24, [], id="a calm pace"),
        pytest.param(said(1, 11, FAST), 13, [], id="too little to tell a pace"),
        pytest.param([*said(1, 11, FAST), *said(11.5, 21.5, CALM)], 24, [], id="fast, but not over the stretch"),
        pytest.param(said(1, 6, CALM), 16, [(14.25, "Keep talking")], id="silence"),
        pytest.param([], 14, [(13.0, "Keep talking")], id="silence from the start, once there was time to settle"),
        pytest.param([*said(1, 6, CALM), *spoken(8, 13)], 20, [], id="no silence while a viewer speaks"),
        pytest.param([*said(1, 6, CALM), *spoken(8, 13)], 22, [(21.0, "Keep talking")], id="silence after a viewer"),
        pytest.param(said(1, 20, CALM)[:2], 27, [], id="a pause is no end"),
        pytest.param(said(1, 2, CALM)[:2], 30, [(27.0, "Keep talking")], id="a noise that came to nothing"),
        pytest.param(
            [*said(1, 6, CALM), (8, RehearsalPaused(reason="streamer")), (40, RehearsalResumed(paused_sec=32.0))],
            47,
            [],
            id="a pause is no silence",
        ),
    ],
)
def test_a_cue_comes_when_any_speaker_would_want_it(
    timed: list[tuple[float, Event]], until: float, expected: list[tuple[float, str]]
) -> None:
    assert cues(timed, until) == expected


@pytest.mark.parametrize(("text", "expected"), [(FAST_ZH, ["慢一点"]), (CALM_ZH, [])])
def test_chinese_is_counted_in_characters(text: str, expected: list[str]) -> None:
    timed = [*said(1, 11, text), *said(11.5, 21.5, text)]
    assert [cue for _, cue in cues(timed, 24, "zh-CN")] == expected


def test_cues_are_sparse() -> None:
    shown = cues([*said(1, 11, FAST), *said(11.5, 21.5, FAST)], 200)
    times = [at for at, _ in shown]
    assert len(shown) == 4
    assert all(later - earlier >= 20 for earlier, later in pairwise(times))
    again = [at for at, text in shown if text == "Keep talking"]
    assert all(later - earlier >= 60 for earlier, later in pairwise(again))


def test_nothing_is_said_while_something_is_shown_in_silence() -> None:
    assert cues(said(1, 6, CALM), 29, demo=(8, 30)) == []
    assert [at for at, _ in cues(said(1, 6, CALM), 40, demo=(8, 30))] == [30.25]


@pytest.mark.parametrize(
    ("setting", "exam", "typed", "given"),
    [
        ("sparse", False, False, True),
        ("off", False, False, False),
        ("sparse", True, False, False),
        ("sparse", False, True, False),
    ],
)
async def test_cues_are_off_unless_asked_for_and_never_in_an_exam(
    setting: str, exam: bool, typed: bool, given: bool
) -> None:
    async with room() as here:
        scenario = here.scenario.scenario.model_copy(update={"cues": setting})
        assert (cues_for(scenario, exam=exam, typed=typed) is not None) == given


def sparse(loaded: LoadedScenario) -> LoadedScenario:
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"cues": "sparse"}))


@virtual_time
@pytest.mark.parametrize(("exam", "told"), [(False, True), (True, False)])
async def test_a_silent_room_is_told_by_one_word(exam: bool, told: bool) -> None:
    async with room(recognizer=ScriptedRecognizer(["so this is our kettle."])) as here:
        rehearsal = await here.host.create(sparse(here.scenario), terms=Terms(exam=exam))
        await talk(rehearsal, [Say(1.0, 3.0)], 30.0)
        assert [event.text for event in events(rehearsal, CueShown)] == (["Keep talking"] if told else [])
        rehearsal.end()
        await asyncio.wait_for(rehearsal.finished(), 60)
