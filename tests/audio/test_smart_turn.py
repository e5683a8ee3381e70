"""The port of turn models: one suite for the fake and the real one; and what the real one knows."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from audio.pcm import decode
from audio.turn import smart_turn
from audio.turn.log_mel import log_mel
from audio.turn.smart_turn import SmartTurn, model_path
from coach.errors import EngineError, MissingPart
from coach.ports import EAR_RATE_HZ, SURE, Int16Array, TurnModel
from coach.testing import ScriptedTurnModel
from tests.data import audio_clip, manifest, needs_test_data

DICE = np.random.default_rng(1)
SOUNDS = {
    "empty": np.zeros(0, np.int16),
    "one sample": np.ones(1, np.int16),
    "silence": np.zeros(EAR_RATE_HZ, np.int16),
    "noise": (DICE.standard_normal(3 * EAR_RATE_HZ) * 3000).astype(np.int16),
    "clipped": np.where(DICE.random(EAR_RATE_HZ) < 0.5, -32768, 32767).astype(np.int16),
    "one level": np.full(9 * EAR_RATE_HZ, 32767, np.int16),
    "twenty seconds": (DICE.standard_normal(20 * EAR_RATE_HZ) * 300).astype(np.int16),
}
ENGINES: dict[str, Callable[[], TurnModel]] = {
    "scripted": lambda: ScriptedTurnModel([0.5], delay_sec=0.0),
    "smart-turn": SmartTurn,
}

pytestmark = pytest.mark.slow  # the network takes 30 ms a question and 100 ms to load


@asynccontextmanager
async def opened(name: str) -> AsyncGenerator[TurnModel, None]:
    model = ENGINES[name]()
    try:
        await model.prepare()
        yield model
    finally:
        await model.aclose()
        await model.aclose()


@pytest.mark.parametrize("sound", list(SOUNDS))
@pytest.mark.parametrize("engine", list(ENGINES))
async def test_any_sound_gives_log_odds_in_range(engine: str, sound: str) -> None:
    async with opened(engine) as model:
        assert -6.0 <= await model.judge(SOUNDS[sound]) <= 6.0


@pytest.mark.parametrize("engine", list(ENGINES))
async def test_the_same_sound_is_judged_alike_by_many_at_once(engine: str) -> None:
    async with opened(engine) as model:
        alone = await model.judge(SOUNDS["noise"])
        together = await asyncio.gather(*(model.judge(SOUNDS["noise"]) for _ in range(4)))
    assert together == [alone] * 4


@pytest.mark.parametrize("engine", list(ENGINES))
async def test_a_question_given_up_harms_no_other(engine: str) -> None:
    async with opened(engine) as model, asyncio.TaskGroup() as group:
        dropped = [group.create_task(model.judge(SOUNDS["noise"])) for _ in range(3)]
        await asyncio.sleep(0)
        for task in dropped:
            task.cancel()
        assert -6.0 <= await model.judge(SOUNDS["silence"]) <= 6.0


async def test_a_sound_is_judged_as_it_was_when_asked() -> None:
    async with opened("smart-turn") as model:
        sound = SOUNDS["noise"].copy()
        alone = await model.judge(sound)
        async with asyncio.TaskGroup() as group:
            asked = group.create_task(model.judge(sound))
            await asyncio.sleep(0)
            sound[:] = 0
    assert asked.result() == alone


async def test_closed_it_fails_in_a_sentence() -> None:
    model = SmartTurn()
    await model.aclose()
    with pytest.raises(EngineError, match="closed"):
        await model.judge(SOUNDS["silence"])


async def test_it_works_in_a_thread_of_its_own() -> None:
    async with opened("smart-turn"):
        assert any(thread.name.startswith("smart-turn") for thread in threading.enumerate())


def test_loudness_does_not_matter_and_only_the_last_six_seconds_do() -> None:
    sound = (DICE.standard_normal(6 * EAR_RATE_HZ) * 500).astype(np.int16)
    before = np.concatenate((SOUNDS["noise"], sound))
    assert smart_turn.judged(before) == smart_turn.judged(sound)
    assert smart_turn.judged(sound * 4) == pytest.approx(smart_turn.judged(sound), abs=0.2)


@pytest.mark.parametrize("content", [b"", b"no network", None])
async def test_a_file_that_is_no_network_is_told_in_a_sentence(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "smart-turn-v3.2-cpu.onnx"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(smart_turn, "model_path", lambda: path)
    model = SmartTurn()
    with pytest.raises(EngineError, match="not the turn model"):
        await model.prepare()
    await model.aclose()


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_path().exists()
    monkeypatch.setattr(smart_turn, "find_spec", lambda name: None)
    with pytest.raises(MissingPart, match="uv sync"):
        model_path()


def test_a_network_that_cannot_be_shortened_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise ValueError("expected another network")

    short = smart_turn.judged(SOUNDS["noise"])
    monkeypatch.setattr(smart_turn, "shortened", refuse)
    smart_turn._loaded.cache_clear()
    try:
        assert smart_turn.judged(SOUNDS["noise"]) != short
        assert smart_turn._network().frames == 800
    finally:
        smart_turn._loaded.cache_clear()


@needs_test_data
@pytest.mark.parametrize("folder", ["en", "zh"])
def test_the_short_window_says_what_the_whole_one_does(folder: str) -> None:
    clips = [clip for clip in manifest() if clip.language == folder and 2 < clip.duration_sec < 9][:12]
    assert len(clips) >= 6
    whole, short = (smart_turn.opened(model_path(), is_short=is_short) for is_short in (False, True))
    off = []
    for clip in clips:
        sound = decode(audio_clip(clip.name))
        parts = [sound[: len(sound) * share // 10] for share in (4, 7, 10)]
        off += [smart_turn.judged_by(short, part) - smart_turn.judged_by(whole, part) for part in parts]
    assert abs(float(np.mean(off))) < 0.6
    assert float(np.std(off)) < 1.5


@needs_test_data
@pytest.mark.parametrize("folder", ["en", "zh"])
def test_whole_sentences_sound_finished_and_their_halves_do_not(folder: str) -> None:
    """A picture of sound that is wrong somewhere would leave the network guessing."""
    clips = [
        clip for clip in manifest() if clip.language == folder and "asr" in clip.tags and 3 < clip.duration_sec < 9
    ][:12]
    assert len(clips) >= 6
    silence = np.zeros(EAR_RATE_HZ // 10, np.int16)
    sounds = [decode(audio_clip(clip.name)) for clip in clips]
    whole = [smart_turn.judged(np.concatenate((sound, silence))) for sound in sounds]
    halves = [smart_turn.judged(np.concatenate((sound[: len(sound) // 2], silence))) for sound in sounds]
    assert np.mean(whole) > np.mean(halves) + 1.5


def tone(hertz: float, sec: float = 1.0) -> Int16Array:
    return np.asarray(8000 * np.sin(2 * np.pi * hertz * np.arange(round(sec * EAR_RATE_HZ)) / EAR_RATE_HZ), np.int16)


@pytest.mark.parametrize(("hertz", "band"), [(200.0, 4), (1000.0, 26), (4000.0, 62)])
def test_a_tone_is_loudest_in_the_band_of_its_pitch(hertz: float, band: int) -> None:
    levels = log_mel(tone(hertz).astype(np.float32))
    assert levels.shape == (80, 100)
    assert abs(int(levels[:, 50].argmax()) - band) <= 1
    assert levels.max() - levels.min() <= 2.0


def test_the_largest_opinion_is_that_of_words() -> None:
    from coach.language.finish import LIMIT

    assert SURE == LIMIT
