from __future__ import annotations

import asyncio
import threading
import wave
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
import pytest_asyncio

from audio.asr import pocketsphinx, sphinx_process
from audio.asr.desk import Desk
from audio.asr.pocketsphinx import PocketsphinxRecognizer
from audio.asr.sphinx_process import Request
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints
from tests.data import audio_clip

YOUNG_MAN = "en/pocketsphinx_librivox_0880.wav"


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer() -> AsyncIterator[PocketsphinxRecognizer]:
    recognizer = PocketsphinxRecognizer()
    yield recognizer
    await recognizer.aclose()


def recording(name: str) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


async def hear(recognizer: PocketsphinxRecognizer, hints: RecognitionHints, pcm: Int16Array) -> str:
    hearing = recognizer.open(hints, lambda _: None)
    hearing.feed(pcm)
    try:
        return (await hearing.final()).text
    finally:
        await hearing.aclose()


@pytest.mark.slow
async def test_a_name_in_no_dictionary_is_heard_if_the_scenario_has_it(
    recognizer: PocketsphinxRecognizer,
) -> None:
    pcm = recording("en/librispeech_1998-15444-0008.wav")
    returns = "free returns within a week"
    plain, hinted = RecognitionHints("en", (returns,)), RecognitionHints("en", (returns, "An adult takes ten minims."))
    assert "minims" in (await hear(recognizer, hinted, pcm)).split()
    assert "minims" not in (await hear(recognizer, plain, pcm)).split()


@pytest.mark.slow
async def test_speech_beside_the_scenario_is_left_to_the_general_decoder(recognizer: PocketsphinxRecognizer) -> None:
    hints = RecognitionHints("en", ("fifty five percent linen", "two years of warranty"), ("linen",))
    heard = await hear(recognizer, hints, recording(YOUNG_MAN))
    assert heard.startswith("he was not")
    assert heard.endswith("young man")


@pytest.mark.slow
async def test_hints_without_anything_in_them_serve(recognizer: PocketsphinxRecognizer) -> None:
    await recognizer.prepare(RecognitionHints("en"))
    assert "young man" in await hear(recognizer, RecognitionHints("en", ("", "!!"), ("  ",)), recording(YOUNG_MAN))


@pytest.mark.slow
async def test_a_dead_process_is_replaced_by_the_next_final(recognizer: PocketsphinxRecognizer) -> None:
    hints = RecognitionHints("en")
    await recognizer.prepare(hints)
    recognizer.break_off()
    assert "young man" in await hear(recognizer, hints, recording(YOUNG_MAN))


class DyingProcess:
    """A recogniser's process that dies of every request, so many times."""

    def __init__(self, deaths: int) -> None:
        self.deaths = deaths

    def ask(self, request: Request) -> Hypothesis | None:
        if self.deaths:
            self.deaths -= 1
            raise EngineError("pocketsphinx", "died.", retryable=True)
        return Hypothesis(f"{len(request.pcm) if request.pcm is not None else 0} samples")

    def kill(self) -> None: ...
    def close(self) -> None: ...


def with_process(monkeypatch: pytest.MonkeyPatch, process: DyingProcess) -> PocketsphinxRecognizer:
    monkeypatch.setattr(pocketsphinx, "SphinxProcess", lambda: process)
    return PocketsphinxRecognizer()


async def test_a_final_is_asked_once_more_after_a_death_with_all_its_audio_and_then_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recognizer = with_process(monkeypatch, DyingProcess(1))
    assert await hear(recognizer, RecognitionHints("en"), np.zeros(320, np.int16)) == "320 samples"
    await recognizer.aclose()
    recognizer = with_process(monkeypatch, DyingProcess(2))
    with pytest.raises(EngineError, match="died") as failure:
        await hear(recognizer, RecognitionHints("en"), np.zeros(320, np.int16))
    assert failure.value.retryable
    await recognizer.aclose()


async def test_audio_of_a_final_that_was_taken_back_still_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, int, int]] = []
    in_hand = threading.Event()

    class Noting(DyingProcess):
        def ask(self, request: Request) -> Hypothesis | None:
            in_hand.wait(10)
            sent.append((request.kind, request.offset, len(request.pcm) if request.pcm is not None else 0))
            return None

    recognizer = with_process(monkeypatch, Noting(0))
    busy = recognizer.ask(Request("prepare", RecognitionHints("en")))
    hearing = recognizer.open(RecognitionHints("en"), lambda _: None)
    hearing.feed(np.zeros(4_000, np.int16))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await hearing.final()
    in_hand.set()
    await busy
    hearing.feed(np.zeros(4_000, np.int16))
    while len(sent) < 2:
        await asyncio.sleep(0)
    await hearing.aclose()
    await recognizer.aclose()
    pieces = [(offset, samples) for kind, offset, samples in sent if kind == "partial"]
    assert pieces[0][0] == 0
    assert sum(samples for _, samples in pieces) >= 4_000
    assert not [request for request in sent if request[0] == "final"]


@pytest.mark.slow
async def test_an_utterance_outlives_the_process_that_began_it(recognizer: PocketsphinxRecognizer) -> None:
    pcm = recording(YOUNG_MAN)
    partials: asyncio.Queue[str] = asyncio.Queue()
    hearing = recognizer.open(RecognitionHints("en"), lambda partial: partials.put_nowait(partial.text))
    hearing.feed(pcm[: 2 * EAR_RATE_HZ])
    await partials.get()
    recognizer.break_off()
    hearing.feed(pcm[2 * EAR_RATE_HZ :])
    heard = await hearing.final()
    await hearing.aclose()
    assert "young man" in heard.text


@pytest.mark.parametrize("language", ["zh", "de", ""])
async def test_other_languages_than_english_are_refused_with_a_way_out(language: str) -> None:
    recognizer = PocketsphinxRecognizer()
    hints = RecognitionHints(language)
    with pytest.raises(EngineError, match=r"English only.*Type instead"):
        await recognizer.prepare(hints)
    with pytest.raises(EngineError, match="English only"):
        recognizer.open(hints, lambda _: None)
    await recognizer.aclose()


async def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx_process, "find_spec", lambda name: None)
    recognizer = PocketsphinxRecognizer()
    with pytest.raises(EngineError, match="uv sync --extra voice"):
        await recognizer.prepare(RecognitionHints("en"))
    await recognizer.aclose()


@pytest.mark.parametrize("pcm", [np.zeros(320, np.float32), np.zeros((320, 1), np.int16)])
async def test_anything_but_a_row_of_int16_is_refused(pcm: Int16Array) -> None:
    recognizer = PocketsphinxRecognizer()
    with pytest.raises(ValueError, match="row of int16"):
        recognizer.open(RecognitionHints("en"), lambda _: None).feed(pcm)
    await recognizer.aclose()


class Partials:
    """A listener with so many pieces of partial work."""

    def __init__(self, name: str, pieces: int, done: list[str], desk: Desk[str]) -> None:
        self.name, self.pieces, self.done, self.desk = name, pieces, done, desk

    def next_work(self) -> Callable[[], str] | None:
        self.pieces -= 1
        return (lambda: self.name) if self.pieces >= 0 else None

    def work_done(self, result: str | None) -> None:
        self.done.append(result or "failed")
        self.desk.call(self)


async def test_finals_go_before_partials_and_partials_take_turns() -> None:
    desk: Desk[str] = Desk("test")
    done: list[str] = []
    for name in ("a", "b"):
        desk.call(Partials(name, 2, done, desk))
    final = desk.submit(lambda: "final")
    final.add_done_callback(lambda answer: done.append(answer.result()))
    taken_back = desk.submit(lambda: "never")
    taken_back.cancel()
    while len(done) < 5:
        await asyncio.sleep(0)
    assert done == ["a", "final", "b", "a", "b"]
    await desk.aclose(lambda: None)
    with pytest.raises(EngineError, match="closed"):
        desk.submit(lambda: "late")
