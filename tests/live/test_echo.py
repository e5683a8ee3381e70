"""Where the echo canceller sits in the loop, in virtual time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from coach.clock import LoopClock
from coach.events import EngineFailed, LineVoiced, LineVoicing, SpeechStarted
from coach.live.echo_tap import EchoTap
from coach.live.engines import Engines
from coach.live.host import RehearsalHost
from coach.live.rehearsal import LiveRehearsal
from coach.ports import MOUTH_FRAME, Int16Array, VadDecision
from coach.scenario.load import load_scenario
from coach.testing import (
    LOUD,
    LevelVad,
    MemoryKeeper,
    MemoryMouth,
    MemoryRecorder,
    Say,
    ScriptedEars,
    ScriptedEcho,
    ScriptedSynthesizer,
)
from coach.virtual_time import run_virtual
from tests.live.rehearsals import SCENARIOS, events, finish
from tests.virtual_time import virtual_time


class KeptLevels(MemoryRecorder):
    """Keeps the peaks of what is recorded of the streamer."""

    def __init__(self) -> None:
        super().__init__()
        self.peaks: list[int] = []

    def streamer(self, pcm: Int16Array, at: float) -> None:
        self.peaks.append(int(pcm.max()))


class KeptVad(LevelVad):
    """Keeps the peaks of what it is fed. Half of a loud frame is still loud."""

    def __init__(self, peaks: list[int]) -> None:
        self._peaks = peaks

    def feed(self, pcm: Int16Array) -> VadDecision:
        self._peaks.append(int(pcm.max()))
        return super().feed(pcm)


async def rehearse(
    echo: ScriptedEcho, script: list[Say], seconds: float
) -> tuple[LiveRehearsal, KeptLevels, list[int]]:
    recorder, fed = KeptLevels(), list[int]()
    asked: list[bool | None] = []

    def make(client_cancels: bool | None) -> ScriptedEcho:
        asked.append(client_cancels)
        return echo

    engines = Engines(
        vad=lambda: KeptVad(fed),
        recognizer=lambda language: None,
        synthesizer=ScriptedSynthesizer(),
        recorder=lambda folder: recorder,
        echo=make,
    )
    scenario = load_scenario(SCENARIOS / "en-US" / "home" / "kettle.yaml")
    async with RehearsalHost(engines, MemoryKeeper(Path("memory")), finish) as host:
        rehearsal = await host.create(scenario)
        mouth = MemoryMouth(rehearsal.clock)
        await rehearsal.converse(ScriptedEars(rehearsal.clock, script, seconds), mouth, cancels_echo=False)
        assert asked == [None, False]  # the first warms the libraries
        assert len(echo.played_at) == len(mouth.played)
    return rehearsal, recorder, fed


@virtual_time
async def test_the_recording_gets_the_raw_sound_and_the_detector_the_cleaned() -> None:
    echo = ScriptedEcho()
    _, recorder, fed = await rehearse(echo, [Say(1.0, 2.0)], 4.0)
    assert max(recorder.peaks) == LOUD
    assert max(fed) == LOUD // 2
    assert echo.cleaned == len(recorder.peaks)


@virtual_time
async def test_what_is_only_echo_neither_opens_an_utterance_nor_stops_a_viewer() -> None:
    rehearsal, _, _ = await rehearse(ScriptedEcho((0.0, 60.0)), [Say(at, at + 1.0) for at in range(2, 40, 3)], 40.0)
    assert events(rehearsal, LineVoicing)
    assert not any(line.cut_off for line in events(rehearsal, LineVoiced)[:-1])
    assert not events(rehearsal, SpeechStarted)


@virtual_time
async def test_an_echo_that_nothing_takes_out_is_told_once_however_often_one_reconnects() -> None:
    rehearsal, _, _ = await rehearse(ScriptedEcho(trouble="The microphone hears the viewers."), [], 3.0)
    (told,) = events(rehearsal, EngineFailed)
    assert (told.port, told.error, told.fallback) == ("echo", "The microphone hears the viewers.", "headphones help")


def test_every_frame_on_its_way_to_the_mouth_is_told_to_the_canceller_with_its_time() -> None:
    class Tone:
        def next_frame(self) -> Int16Array:
            return np.full(MOUTH_FRAME, 7, np.int16)

    async def pull() -> None:
        clock, echo = LoopClock(), ScriptedEcho()
        tap = EchoTap(Tone(), echo, clock)
        for number in range(3):
            await clock.sleep_until(number * 0.02)
            assert tap.next_frame()[0] == 7
        assert [round(at, 2) for at in echo.played_at] == [0.0, 0.02, 0.04]
        assert EchoTap(Tone(), None, clock).next_frame()[0] == 7

    run_virtual(pull())
