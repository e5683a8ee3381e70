from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.errors import EngineError
from coach.live.engines import Engines
from coach.live.warm import Warmth
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario
from coach.testing import LevelVad, ScriptedSynthesizer, ScriptedTurnModel
from tests.live.rehearsals import SCENARIOS
from tests.virtual_time import virtual_time


class SlowVoice(ScriptedSynthesizer):
    """Takes a second to load; may fail at first."""

    def __init__(self, *, failures: int = 0) -> None:
        super().__init__()
        self.loads: list[str] = []
        self._failures = failures

    async def prepare(self, language: str) -> None:
        self.loads.append(language)
        await asyncio.sleep(1)
        if len(self.loads) <= self._failures:
            raise EngineError(self.name, "the model is not there")


class WarmTurnModel(ScriptedTurnModel):
    """Counts how often it was made ready."""

    warmed = 0

    async def prepare(self) -> None:
        self.warmed += 1


def warmth(voice: SlowVoice, threads: ThreadPoolExecutor) -> tuple[Warmth, list[LevelVad]]:
    made: list[LevelVad] = []

    def vad() -> LevelVad:
        made.append(LevelVad())
        return made[-1]

    return Warmth(Engines(vad=vad, recognizer=lambda language: None, synthesizer=voice), threads), made


@virtual_time
async def test_each_engine_is_made_ready_once_and_whoever_comes_meanwhile_waits() -> None:
    with ThreadPoolExecutor(1) as threads:
        warm, made = warmth(voice := SlowVoice(), threads)
        loop, done = asyncio.get_running_loop(), list[float]()

        async def rehearse(after: float) -> None:
            await asyncio.sleep(after)
            await warm.for_rehearsal("en")
            done.append(loop.time())

        async with asyncio.TaskGroup() as tasks:
            for after in (0.0, 0.5, 3.0):
                tasks.create_task(rehearse(after))
    assert done == pytest.approx([1.0, 1.0, 3.0])
    assert (voice.loads, len(made)) == (["en"], 1)


@virtual_time
async def test_a_turn_model_is_warm_before_anybody_speaks() -> None:
    model = WarmTurnModel([0.0])
    with ThreadPoolExecutor(1) as threads:
        engines = Engines(vad=LevelVad, recognizer=lambda language: None, turn_model=model)
        warm = Warmth(engines, threads)
        await warm.for_rehearsal("en")
        await warm.for_rehearsal("zh")
    assert model.warmed == 1


@virtual_time
async def test_everything_covers_both_languages() -> None:
    with ThreadPoolExecutor(1) as threads:
        warm, made = warmth(voice := SlowVoice(), threads)
        await warm.everything()
    assert (voice.loads, len(made)) == (["en", "zh"], 1)


@virtual_time
async def test_a_product_that_cannot_be_compiled_is_told_and_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scenario = load_scenario(SCENARIOS / "en-US" / "home" / "kettle.yaml").scenario
    compiled: list[str] = []

    def compile_one(one: Scenario) -> None:
        compiled.append(one.id)
        if len(compiled) == 1:
            raise ValueError("an odd product")

    monkeypatch.setattr("coach.live.warm.sheet_of", compile_one)
    monkeypatch.setattr("coach.live.warm.make_ready", lambda one: None)
    with ThreadPoolExecutor(1) as threads:
        warm, _ = warmth(SlowVoice(), threads)
        await warm.everything(scenarios=[scenario, scenario])
    assert len(compiled) >= 2
    assert "an odd product" in caplog.text


@virtual_time
async def test_what_fails_holds_nobody_up_and_is_tried_again() -> None:
    with ThreadPoolExecutor(1) as threads:
        warm, _ = warmth(voice := SlowVoice(failures=1), threads)
        await warm.for_rehearsal("en")
        await warm.for_rehearsal("en")
        await warm.for_rehearsal("en")
    assert voice.loads == ["en", "en"]
