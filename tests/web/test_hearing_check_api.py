"""The sound check's "say this", against a real app with a scripted recogniser."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest

from coach.errors import EngineError
from coach.live import hearing_check
from coach.live.engines import Engines
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints
from coach.testing import LOUD, LevelVad, ScriptedRecognizer
from tests.web.rooms import compose, open_app
from tests.web.test_api import problem

PATH = "/api/scenarios/en-mug/hearing-check"
SENTENCE = "Stays warm for hours"


def sound(seconds: float, *, level: int = LOUD, rate: int = EAR_RATE_HZ, channels: int = 1) -> bytes:
    """A WAV of half a second of silence and then a constant level."""
    pcm = np.full(round(seconds * rate) * channels, level, dtype="<i2")
    pcm[: round(min(0.5, seconds / 2) * rate) * channels] = 0
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm.tobytes())
    return file.getvalue()


def engines(recognizer: ScriptedRecognizer | None) -> Engines:
    return Engines(vad=LevelVad, recognizer=lambda language: recognizer if language == "en" else None)


async def checked(folder: Path, body: bytes, *texts: str | EngineError) -> tuple[httpx.Response, ScriptedRecognizer]:
    recognizer = ScriptedRecognizer(texts)
    async with open_app(compose(folder, engines=engines(recognizer))) as client:
        return await client.post(PATH, content=body, headers={"Content-Type": "audio/wav"}), recognizer


async def test_the_sentence_is_about_the_product_and_says_who_listens(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, engines=engines(ScriptedRecognizer(())))) as client:
        answer = (await client.get(PATH)).json()
        assert answer == {"sentence": SENTENCE, "locale": "en-US", "engine": "scripted-recognizer"}
        assert problem(await client.get("/api/scenarios/nobody/hearing-check")) == (404, "unknown_scenario")


async def test_a_voice_is_understood(tmp_path: Path) -> None:
    answer, recognizer = await checked(tmp_path, sound(3.0), "stays warm for hours")
    body = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert (body["verdict"], body["share"], body["heard"]) == ("understood", 1.0, "stays warm for hours")
    assert "".join(word["text"] for word in body["words"]) == SENTENCE
    assert 0 <= body["took_sec"] < 10
    # Only the speech goes to the recogniser, with a little around it.
    assert recognizer.fed_sec == [pytest.approx(2.8)]
    recognizer.assert_complete()


@pytest.mark.parametrize(
    ("heard", "verdict", "matched"),
    [
        ("it stays warm", "partly", [True, True, False, False]),
        ("see you tomorrow then", "other", [False, False, False, False]),
        ("", "nothing", [False, False, False, False]),
    ],
)
async def test_what_was_not_understood_is_shown(tmp_path: Path, heard: str, verdict: str, matched: list[bool]) -> None:
    body = (await checked(tmp_path, sound(3.0), heard))[0].json()
    assert (body["verdict"], [word["heard"] for word in body["words"]]) == (verdict, matched)


async def test_silence_is_not_given_to_the_recogniser(tmp_path: Path) -> None:
    answer, recognizer = await checked(tmp_path, sound(5.0, level=20))
    assert (answer.json()["verdict"], recognizer.opened) == ("silent", 0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"RIFF",
        b"\x00" * 4000,
        sound(3.0, rate=8000),
        sound(3.0, channels=2),
        sound(0.2),
        sound(8.1)[:100],
        sound(3.0).replace(b"data", b"odd!"),
        bytes.fromhex("52494646247d000057415645666d802010007f0001000100803e0000007d00000200107f64617461") + bytes(2000),
    ],
)
async def test_what_is_no_recording_is_refused_in_one_sentence(tmp_path: Path, body: bytes) -> None:
    answer, recognizer = await checked(tmp_path, body)
    assert problem(answer) == (422, "not_a_recording")
    assert recognizer.opened == 0


async def test_eight_seconds_fit_and_more_do_not(tmp_path: Path) -> None:
    assert (await checked(tmp_path, sound(8.0), "stays warm for hours"))[0].status_code == 200


async def test_more_than_a_request_may_carry_is_refused(tmp_path: Path) -> None:
    assert problem((await checked(tmp_path, sound(9.0)))[0]) == (413, "too_large")


async def test_without_a_recogniser_it_says_so(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, engines=engines(None))) as client:
        assert (await client.get(PATH)).json()["engine"] is None
        answer = await client.post(PATH, content=sound(3.0))
    assert problem(answer) == (501, "no_recognizer")
    assert "语音识别" in answer.json()["detail"]["message"]["zh"]


async def test_a_recogniser_that_fails_is_told_and_the_next_check_works(tmp_path: Path) -> None:
    recognizer = ScriptedRecognizer([EngineError("scripted", "no memory"), "stays warm for hours"])
    async with open_app(compose(tmp_path, engines=engines(recognizer))) as client:
        assert problem(await client.post(PATH, content=sound(3.0))) == (503, "engine")
        assert (await client.post(PATH, content=sound(3.0))).json()["verdict"] == "understood"


class Slow(ScriptedRecognizer):
    """Understands once it is told to."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(texts)
        self.asked, self.may = asyncio.Event(), asyncio.Event()

    async def prepare(self, hints: RecognitionHints) -> None:
        """Wait where a check asks; the room, which warms its engines meanwhile, wants words on the way."""
        if not hints.partials:
            self.asked.set()
            await self.may.wait()

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Check that words on the way are not asked for: nobody sees them."""
        assert not hints.partials
        return super().open(hints, on_partial)


async def test_one_check_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing_check, "LIMIT_SEC", 600.0)  # a machine that stands still is not what is tried here
    slow = Slow(["stays warm for hours"])
    async with open_app(compose(tmp_path, engines=engines(slow))) as client, asyncio.TaskGroup() as tasks:
        first = tasks.create_task(client.post(PATH, content=sound(3.0)))
        asked = tasks.create_task(slow.asked.wait())
        await asyncio.wait({first, asked}, return_when=asyncio.FIRST_COMPLETED)
        assert not first.done(), first.result().text  # else nobody is asked, and this would wait for ever
        second = await client.post(PATH, content=sound(3.0))
        assert problem(second) == (503, "busy")
        assert second.headers["retry-after"] == "3"
        slow.may.set()
        assert (await first).json()["verdict"] == "understood"


async def test_nothing_is_kept(tmp_path: Path) -> None:
    await checked(tmp_path, sound(3.0), "stays warm for hours")
    assert not list((tmp_path / "rehearsals").glob("*"))


def test_speech_is_cut_out_with_a_little_around() -> None:
    from coach.live.hearing_check import speech_in

    pcm: Int16Array = np.zeros(EAR_RATE_HZ * 4, dtype=np.int16)
    pcm[16_000:32_000] = LOUD
    found = speech_in(pcm, LevelVad())
    assert found is not None
    assert len(found) == 16_000 + 2 * 15 * 320
    pcm[16_000 + 1_600 : 32_000] = 0
    assert speech_in(pcm, LevelVad()) is None
