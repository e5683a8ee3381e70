"""The true faster-whisper path, with meaningful text, on the micro Whisper of the test data."""

from __future__ import annotations

import asyncio
import json
import math
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from audio.asr.agreement import key
from audio.asr.local import partial_pace
from audio.asr.whisper import WhisperRecognizer
from audio.asr.whisper_model import load
from audio.asr.whisper_window import FULL, Window
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints
from tests.audio.phrases import (
    BUDGET,
    JIAGE,
    MORNING,
    PRICE,
    SAVES,
    SHENGSHI,
    SHOW,
    YANSHI,
    YUSUAN,
    micro_whisper,
    said,
)

pytestmark = pytest.mark.slow

PHRASES = [
    *(("en", text) for text in (BUDGET, PRICE, SHOW, SAVES)),
    *(("zh", text) for text in (YUSUAN, JIAGE, YANSHI, SHENGSHI)),
]
PIECE = EAR_RATE_HZ // 2


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let partials come as often on a busy machine as on an idle one."""
    monkeypatch.setattr("audio.asr.local.PARTIAL_SHARE", math.inf)
    monkeypatch.setattr("audio.asr.local.QUICK_SEC", math.inf)


@pytest.mark.parametrize(
    ("cost_sec", "utterances", "seconds"),
    [(0.0, 1, 0.45), (0.1, 1, 0.45), (0.1, 10, 2.0), (0.5, 1, 1.0), (0.5, 4, 4.0)],
)
def test_partials_of_all_take_no_more_than_half_the_engine(
    monkeypatch: pytest.MonkeyPatch, cost_sec: float, utterances: int, seconds: float
) -> None:
    monkeypatch.setattr("audio.asr.local.PARTIAL_SHARE", 0.5)
    assert partial_pace(cost_sec, utterances) == round(seconds * EAR_RATE_HZ)


async def heard(recognizer: WhisperRecognizer, language: str, pcm: Int16Array) -> tuple[Hypothesis, list[str]]:
    """Feed half a second at a time, giving the engine time to read; return the final and the partials."""
    told: list[str] = []
    hearing = recognizer.open(RecognitionHints(language), lambda partial: told.append(partial.text))
    for start in range(0, len(pcm), PIECE):
        hearing.feed(pcm[start : start + PIECE])
        await settled(recognizer, 1)
    final = await hearing.final()
    assert await hearing.final() is final
    await hearing.aclose()
    return final, told


async def settled(recognizer: WhisperRecognizer, talkers: int) -> None:
    """Return when the partials that are due now have been read: each empty final lets one of them go first."""
    for _ in range(talkers + 1):
        fence = recognizer.open(RecognitionHints("en"), lambda _: None)
        fence.feed(np.zeros(1, np.int16))
        await fence.final()
        await fence.aclose()


def note(told: list[str], hypothesis: Hypothesis) -> None:
    told.append(hypothesis.text)


async def test_every_sentence_is_understood_and_its_partials_grow_into_it() -> None:
    recognizer = WhisperRecognizer(micro_whisper())
    await recognizer.prepare(RecognitionHints("zh"))
    try:
        for language, text in PHRASES:
            final, told = await heard(recognizer, language, said(text, language))
            assert key(final.text) == key(text)
            assert final.engine == "faster-whisper"
            assert told, text
            assert [len(one) for one in told] == sorted(len(one) for one in told)
            assert all(key(text).startswith(key(one)) for one in told), told
    finally:
        await recognizer.aclose()


async def test_a_sentence_that_breaks_off_is_its_beginning() -> None:
    recognizer = WhisperRecognizer(micro_whisper())
    try:
        for language, text in (("en", PRICE), ("en", SAVES), ("zh", SHENGSHI), ("zh", JIAGE)):
            pcm = said(text, language)
            final, _ = await heard(recognizer, language, pcm[: len(pcm) // 2])
            assert final.text
            assert key(text).startswith(key(final.text)), final.text
            assert len(key(final.text)) < len(key(text))
    finally:
        await recognizer.aclose()


async def test_two_rehearsals_in_two_languages_share_the_model_and_each_gets_partials() -> None:
    recognizer = WhisperRecognizer(micro_whisper())
    await recognizer.prepare(RecognitionHints("en"))
    told: list[list[str]] = [[] for _ in PHRASES]
    hearings = [
        recognizer.open(RecognitionHints(language), partial(note, mine))
        for (language, _), mine in zip(PHRASES, told, strict=True)
    ]
    try:
        for start in range(0, 3 * EAR_RATE_HZ, PIECE):
            for hearing, (language, text) in zip(hearings, PHRASES, strict=True):
                hearing.feed(said(text, language)[start : start + PIECE])
            await settled(recognizer, len(PHRASES))
        async with asyncio.TaskGroup() as group:
            finals = [group.create_task(hearing.final()) for hearing in hearings]
        for final, mine, (_, text) in zip(finals, told, PHRASES, strict=True):
            assert key(final.result().text) == key(text)
            assert mine, text
            assert all(key(text).startswith(key(one)) for one in mine), mine
        for hearing in hearings:
            await hearing.aclose()
    finally:
        await recognizer.aclose()


async def test_noise_beside_speech_has_no_words() -> None:
    recognizer = WhisperRecognizer(micro_whisper())
    rng = np.random.default_rng(3)
    try:
        for level in (50, 600, 5000):
            final, told = await heard(recognizer, "en", rng.normal(0, level, 3 * EAR_RATE_HZ).astype(np.int16))
            assert (final.text, final.words, told) == ("", (), [])
    finally:
        await recognizer.aclose()


async def test_long_talk_of_many_sentences_comes_back_with_times_to_its_end() -> None:
    """The micro model knows one sentence at a time, so there is one on either side of the cut."""
    recognizer = WhisperRecognizer(micro_whisper())
    pcm = np.concatenate([said(BUDGET, "en"), np.zeros(17 * EAR_RATE_HZ, np.int16), said(SHOW, "en")])
    try:
        final, _ = await heard(recognizer, "en", pcm)
    finally:
        await recognizer.aclose()
    assert key(final.text) == key(BUDGET + SHOW)
    assert final.words[5].end_sec < 3
    assert final.words[6].start_sec > 19


def test_short_and_full_windows_read_the_same_and_the_dangerous_one_is_avoided() -> None:
    model = load(micro_whisper(), "cpu", "auto", 1)
    pcm = said(MORNING, "en")
    texts = {
        window.least_sec: model.read(model.encode(pcm, window), "en", [], 40).text
        for window in (FULL, Window(10.0, 2.0), Window(6.0, 1.0), Window(1.6, 0.0))
    }
    assert len(set(texts.values())) == 1, texts
    assert texts[30.0] == MORNING
    assert len(pcm) < 1.6 * EAR_RATE_HZ


def test_a_prompt_never_holds_commands() -> None:
    model = load(micro_whisper(), "cpu", "auto", 1)
    assert model.tokens("<|endoftext|><|zh|>") == [] or max(model.tokens("<|endoftext|><|zh|>")) < 901


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, text: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (folder / name).write_text(text)

    return damage


def cut_in_half(folder: Path) -> None:
    data = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(data[: len(data) // 2])


def other_tokenizer(folder: Path) -> None:
    content = json.loads((folder / "tokenizer.json").read_text())
    content["added_tokens"] = []
    (folder / "tokenizer.json").write_text(json.dumps(content))


def other_kind(folder: Path) -> None:
    (folder / "model.bin").rename(folder / "model.safetensors")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(remove("model.bin"), "model.bin is missing", id="no model"),
        pytest.param(remove("tokenizer.json"), "tokenizer.json is missing", id="no tokenizer"),
        pytest.param(remove("vocabulary.json"), "vocabulary", id="no vocabulary"),
        pytest.param(other_kind, "not converted to CTranslate2", id="for another program"),
        pytest.param(write("config.json", "{not json"), "cannot be read", id="broken config"),
        pytest.param(write("model.bin", "not a model"), "damaged or not that of a Whisper model", id="not a model"),
        pytest.param(cut_in_half, "damaged or not that of a Whisper model", id="half a model"),
        pytest.param(other_tokenizer, "not that of a Whisper model", id="tokenizer of another model"),
        pytest.param(write("preprocessor_config.json", '{"feature_size": 128}'), "128 mel bands", id="wrong bands"),
    ],
)
async def test_a_damaged_folder_is_told_in_a_sentence(
    tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(micro_whisper(), folder)
    damage(folder)
    recognizer = WhisperRecognizer(folder)
    with pytest.raises(EngineError, match=said) as caught:
        await recognizer.prepare(RecognitionHints("en"))
    assert "\n" not in str(caught.value)
    assert not caught.value.retryable
    await recognizer.aclose()


async def test_a_mended_folder_works_without_a_restart(tmp_path: Path) -> None:
    recognizer = WhisperRecognizer(tmp_path / "model")
    with pytest.raises(EngineError, match="found nothing"):
        await recognizer.prepare(RecognitionHints("en"))
    shutil.copytree(micro_whisper(), tmp_path / "model")
    await recognizer.prepare(RecognitionHints("en"))
    await recognizer.aclose()


async def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ggml.bin").write_bytes(b"x")
    recognizer = WhisperRecognizer(tmp_path / "ggml.bin")
    with pytest.raises(EngineError, match="found a file"):
        await recognizer.prepare(RecognitionHints("zh"))
    await recognizer.aclose()
