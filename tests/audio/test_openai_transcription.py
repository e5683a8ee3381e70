"""Against a real local HTTP server that speaks the protocol."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import openai  # noqa: F401 - loaded before the first test, since it takes long
import pytest

from audio.asr.openai_transcription import OpenAITranscriptionRecognizer, wav_bytes
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hypothesis, RecognitionHints
from tests.audio.phrases import SHOW, YANSHI, said
from tests.audio.transcription_server import Answer, Request, TranscriptionServer, fails, page, says, serving

pytestmark = pytest.mark.slow
EN, ZH = RecognitionHints("en"), RecognitionHints("zh", ("亚麻衬衫", "收纳袋"))


async def ask(
    server: TranscriptionServer, hints: RecognitionHints = EN, *, timeout_sec: float = 5.0, key: str | None = "key"
) -> Hypothesis:
    recognizer = OpenAITranscriptionRecognizer(server.base_url, "small", key, timeout_sec=timeout_sec)
    hearing = recognizer.open(hints, lambda _: None)
    hearing.feed(said(SHOW if hints.language == "en" else YANSHI, hints.language))
    try:
        return await hearing.final()
    finally:
        await hearing.aclose()
        await recognizer.aclose()


def then(*answers: Answer) -> Answer:
    left = list(answers)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


async def test_the_request_is_what_was_said_and_the_words_get_times() -> None:
    with serving(says("Let me show you how it works.")) as server:
        heard = await ask(server)
    request = server.requests[0]
    assert (request.path, request.key) == ("/v1/audio/transcriptions", "Bearer key")
    assert (request.fields["model"], request.fields["language"]) == ("small", "en")
    assert "prompt" not in request.fields
    assert request.rate_hz == EAR_RATE_HZ
    assert np.array_equal(request.pcm, said(SHOW, "en"))
    assert heard.text == "Let me show you how it works"
    assert [word.text for word in heard.words] == heard.text.split()
    assert heard.words[0].start_sec >= 0.2
    assert heard.words[-1].end_sec <= len(request.pcm) / EAR_RATE_HZ
    assert all(word.confidence is None for word in heard.words)


async def test_names_go_along_as_a_prompt_and_chinese_comes_back_simplified() -> None:
    with serving(says("我來演示 一下,怎麼使用.")) as server:
        heard = await ask(server, ZH)
    assert server.requests[0].fields["prompt"] == "今天直播间介绍：亚麻衬衫、收纳袋。"
    assert server.requests[0].fields["language"] == "zh"
    assert heard.text == "我来演示一下，怎么使用"


async def test_an_echo_of_the_prompt_is_asked_again_without_it() -> None:
    with serving(then(says("亚麻衬衫、收纳袋。"), says("我来演示"))) as server:
        assert (await ask(server, ZH)).text == "我来演示"
    assert ["prompt" in request.fields for request in server.requests] == [True, False]


@pytest.mark.parametrize(
    ("answer", "said", "retryable", "requests"),
    [
        (fails(401), "refused the key", False, 1),
        (fails(403), "refused the key", False, 1),
        (fails(404), "does not know this model or path", False, 1),
        (fails(400), "answered 400", False, 1),
        (fails(429), "fewer requests", True, 1),
        (fails(503), "answered 503", True, 2),
        (fails(200, b"{not json"), "is unusable", True, 2),
        (fails(200, b'{"words": []}'), "is unusable", True, 2),
        (page(), "a page instead of the protocol; check COACH_TRANSCRIPTION__BASE_URL", False, 1),
    ],
    ids=["401", "403", "404", "400", "429", "503", "not-json", "no-text", "page"],
)
async def test_each_failure_is_one_sentence_and_only_what_may_pass_is_tried_again(
    answer: Answer, said: str, retryable: bool, requests: int
) -> None:
    with serving(answer) as server, pytest.raises(EngineError, match=said) as caught:
        await ask(server)
    assert caught.value.retryable is retryable
    assert "secret detail" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(server.requests) == requests


async def test_a_server_that_asks_for_fewer_requests_is_left_alone_for_as_long_as_it_says() -> None:
    with serving(fails(429)) as server:
        recognizer = OpenAITranscriptionRecognizer(server.base_url, "small", timeout_sec=5.0)
        for _ in range(3):
            hearing = recognizer.open(EN, lambda _: None)
            hearing.feed(said(SHOW, "en"))
            with pytest.raises(EngineError, match="fewer requests"):
                await hearing.final()
            await hearing.aclose()
        await recognizer.aclose()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Let me show you. " * 500, "Let me show you"),
        ("no no no no", "no no no no"),
        (" ".join(f"word{number}" for number in range(400)), ""),
    ],
    ids=["loop", "said", "too much"],
)
async def test_more_than_anybody_can_have_said_is_not_believed(text: str, heard: str) -> None:
    with serving(says(text)) as server:
        assert (await ask(server)).text.rstrip(".") == heard


async def test_a_failure_that_passes_is_not_noticed() -> None:
    with serving(then(fails(503), says("Let me show you."))) as server:
        assert (await ask(server)).text == "Let me show you"


async def test_a_server_that_says_nothing_times_out() -> None:
    let_go = threading.Event()

    def silent(request: Request) -> tuple[int, bytes]:
        let_go.wait(10)
        return says("too late")(request)

    with serving(silent) as server:
        with pytest.raises(EngineError, match=r"no answer within 0\.2 s") as caught:
            await ask(server, timeout_sec=0.2)
        let_go.set()
    assert len(server.requests) == 1  # what took that long is not worth as long again
    assert caught.value.retryable


async def test_an_unreachable_server_is_named() -> None:
    with pytest.raises(EngineError, match=r"cannot reach http://127\.0\.0\.1:1/v1"):
        await ask(TranscriptionServer("http://127.0.0.1:1/v1"))


async def test_without_the_setting_there_are_no_partials_and_one_request() -> None:
    with serving(says("Let me show you how it works.")) as server:
        recognizer = OpenAITranscriptionRecognizer(server.base_url, "small")
        told: list[Hypothesis] = []
        hearing = recognizer.open(EN, told.append)
        pcm = said(SHOW, "en")
        for start in range(0, len(pcm), 320):
            hearing.feed(pcm[start : start + 320])
            await asyncio.sleep(0)
        first = await hearing.final()
        assert await hearing.final() is first
        await hearing.aclose()
        await recognizer.aclose()
    assert told == []
    assert len(server.requests) == 1


def test_a_wav_is_made_in_memory() -> None:
    data = wav_bytes(np.arange(100, dtype=np.int16))
    assert data[:4] == b"RIFF"
    assert len(data) == 44 + 200
