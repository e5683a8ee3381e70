"""Against a real local HTTP server that speaks the protocol: server-sent events over a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress

import openai  # noqa: F401 - loaded before the first test, since it takes long
import pytest

from coach.errors import EngineError
from coach.llm.openai_chat import OpenAIChat
from coach.ports import ChatMessage, ChatUsage

Handler = Callable[[dict[str, object], asyncio.StreamWriter], Awaitable[None]]
ASK = [ChatMessage("system", "Be Dana."), ChatMessage("user", "Say your line.")]
STREAM = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


def chunk(text: str | None, *, finish: str | None = None) -> str:
    delta = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n"


def status(code: int, text: str = '{"error": {"message": "secret detail"}}') -> Handler:
    async def answer(_: dict[str, object], writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
        writer.write((head + text).encode())

    return answer


def streams(*parts: str) -> Handler:
    async def answer(_: dict[str, object], writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM.encode())
        for part in parts:
            writer.write(part.encode())
            await writer.drain()

    return answer


@asynccontextmanager
async def served(handler: Handler, *, timeout_sec: float = 5.0) -> AsyncIterator[OpenAIChat]:
    closed = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            await handler(json.loads(await reader.readexactly(length)), writer)
            await writer.drain()
        finally:
            writer.close()
            closed.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    chat = OpenAIChat(f"http://127.0.0.1:{port}/v1", "m", "key", timeout_sec)
    try:
        yield chat
        async with asyncio.timeout(5):
            await closed.wait()
    finally:
        await chat.aclose()
        server.close()


async def collect(chat: OpenAIChat) -> list[str]:
    async with aclosing(chat.stream(ASK, max_tokens=50)) as pieces:
        return [piece async for piece in pieces]


async def test_pieces_come_as_they_are_streamed_and_the_request_is_what_was_asked() -> None:
    seen: dict[str, object] = {}

    async def answer(body: dict[str, object], writer: asyncio.StreamWriter) -> None:
        seen.update(body)
        await streams(chunk(""), chunk("Can you "), chunk("go lower?"), chunk(None, finish="stop"), "data: [DONE]\n\n")(
            body, writer
        )

    async with served(answer) as chat:
        assert await collect(chat) == ["Can you ", "go lower?"]
    assert (seen["model"], seen["stream"], seen["max_tokens"]) == ("m", True, 50)
    assert seen["messages"] == [
        {"role": "system", "content": "Be Dana."},
        {"role": "user", "content": "Say your line."},
    ]


def usage_chunk(prompt: int, completion: int) -> str:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
    return f"data: {json.dumps(body)}\n\n"


async def test_what_an_answer_took_is_told() -> None:
    told: list[ChatUsage] = []
    parts = (chunk("No."), chunk(None, finish="stop"), usage_chunk(31, 2), "data: [DONE]\n\n")
    async with served(streams(*parts)) as chat, aclosing(chat.stream(ASK, on_usage=told.append)) as pieces:
        assert [piece async for piece in pieces] == ["No."]
    assert told == [ChatUsage(31, 2)]


async def test_a_server_that_does_not_count_is_asked_without_from_then_on() -> None:
    asked: list[bool] = []

    async def answer(body: dict[str, object], writer: asyncio.StreamWriter) -> None:
        asked.append("stream_options" in body)
        if asked[-1]:
            await status(400, '{"error": {"message": "unknown field stream_options"}}')(body, writer)
        else:
            await streams(chunk("No."), chunk(None, finish="stop"), "data: [DONE]\n\n")(body, writer)

    async with served(answer) as chat:
        assert await collect(chat) == ["No."]
        assert await collect(chat) == ["No."]
    assert asked == [True, False, False]


@pytest.mark.parametrize(
    ("handler", "said", "retryable"),
    [
        (status(401), "refused the key", False),
        (status(404), "does not know this model", False),
        (status(429), "fewer requests", True),
        (status(503), "answered 503", True),
        (status(400), "answered 400", False),
        (status(200, "{not json"), "broke off", True),
        (streams(chunk("Can you ")), "broke off", True),
        (streams(chunk("Can you "), "data: {not json\n\n"), "unusable answer", True),
        (streams(), "broke off", True),
    ],
    ids=["401", "404", "429", "503", "400", "not-sse", "drop", "malformed", "empty"],
)
async def test_each_failure_is_one_sentence(handler: Handler, said: str, retryable: bool) -> None:
    async with served(handler) as chat:
        with pytest.raises(EngineError, match=said) as caught:
            await collect(chat)
    assert caught.value.retryable is retryable
    assert "secret detail" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_drop_inside_a_chunk_keeps_the_pieces_before_it() -> None:
    async def answer(_: dict[str, object], writer: asyncio.StreamWriter) -> None:
        body = chunk("Can you ").encode()
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        writer.write(head.encode() + f"{len(body):x}\r\n".encode() + body + b"\r\n50\r\ndata: {")

    async with served(answer) as chat:
        got: list[str] = []
        with pytest.raises(EngineError):  # noqa: PT012
            async with aclosing(chat.stream(ASK)) as pieces:
                async for piece in pieces:
                    got.append(piece)
    assert got == ["Can you "]


async def test_a_server_that_says_nothing_times_out() -> None:
    never = asyncio.Event()

    async def answer(_: dict[str, object], writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM.encode())
        await writer.drain()
        async with asyncio.timeout(1):
            await never.wait()

    async def quiet(body: dict[str, object], writer: asyncio.StreamWriter) -> None:
        with suppress(TimeoutError):
            await answer(body, writer)

    async with served(quiet, timeout_sec=0.1) as chat:
        with pytest.raises(EngineError, match="no answer within"):
            await collect(chat)
        never.set()


async def test_an_unreachable_server_is_named() -> None:
    chat = OpenAIChat("http://127.0.0.1:1/v1", "m", None, 1.0)
    with pytest.raises(EngineError, match=r"cannot reach http://127\.0\.0\.1:1/v1"):
        await collect(chat)
    await chat.aclose()
    await chat.aclose()


async def test_closing_the_stream_ends_the_request() -> None:
    hung_up = asyncio.Event()

    async def answer(_: dict[str, object], writer: asyncio.StreamWriter) -> None:
        writer.write((STREAM + chunk("Can you ")).encode())
        while not hung_up.is_set():
            try:
                writer.write(b": still here\n\n")
                await writer.drain()
                await asyncio.sleep(0)
            except ConnectionError:
                hung_up.set()

    async with served(answer) as chat:
        async with aclosing(chat.stream(ASK)) as pieces:
            assert await anext(pieces) == "Can you "
        async with asyncio.timeout(5):
            await hung_up.wait()
