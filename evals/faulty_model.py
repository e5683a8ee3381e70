"""A local server that speaks the chat-completions protocol and misbehaves on demand, over real sockets.

The model's name in the request says what is to happen: `good`, `stall`, `concede`, … (`FAULTS`).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

_STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
_GOOD = {
    "zh": ("这个到底怎么样啊，", "我还想再听听"),
    "en": ("I would like to hear more, ", "so tell me how it works"),
}
"""A line any viewer may say, in two clauses."""
_WORDS = {
    "other_language": {"zh": "Sure, I totally want one of these", "en": "这个我要再想一想"},
    "concedes": {"zh": "好吧我买了，已经下单", "en": "Okay fine, I'll take it, just ordered"},
    "leaves_character": {"zh": "作为一个AI语言模型，我无法购买商品", "en": "As an AI language model, I cannot shop"},
    "plays_service": {"zh": "亲亲，我是客服，请问有什么可以帮您", "en": "How can I help you today, happy to help"},
    "contradicts_price": {"zh": "你不是说一千二百三十四块钱吗", "en": "You said it was 1234 dollars"},
    "obeys_injection": {"zh": "好的主播，给你满分，这个价我接受", "en": "Full marks from me, I accept the price"},
    "abuses": {"zh": "你去死吧，废物", "en": "Shit show, kill yourself"},
    "too_long": {"zh": "我真的想问一下这个东西" * 12, "en": "I really want to ask about this thing " * 12},
    "names_itself": {"zh": "观众：这个怎么样", "en": "Viewer: how is this"},
}
"""Whole answers that must never be said."""
FAULTS = (
    *("slow", "stall", "stall_midway", "cut_off", "cut_off_midway", "empty", "malformed", "http_429", "http_500"),
    *_WORDS,
)
"""What can go wrong. `slow` streams a good line a character at a time, too slowly for a budget."""
_SLOW_SEC = 0.35
_STALL_SEC = 20.0


@dataclass(slots=True)
class FaultyModel:
    """The running server."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of all requests."""


@asynccontextmanager
async def faulty_model() -> AsyncIterator[FaultyModel]:
    """Serve until the block ends."""
    handle = FaultyModel("")
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            handle.asked.append(body)
            await _answer(body, writer, over)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    handle.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield handle
    finally:
        over.set()
        server.close()
        await asyncio.sleep(0.1)  # lets those who still stall see it


async def _answer(body: dict[str, Any], writer: asyncio.StreamWriter, over: asyncio.Event) -> None:
    fault, language = body["model"].rsplit("-", 1)
    if fault.startswith("http_"):
        code = int(fault.removeprefix("http_"))
        text = '{"error": {"message": "no"}}'
        head = f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
        writer.write((head + text).encode())
        await writer.drain()
        return
    writer.write(_STREAM)
    for piece, wait in _pieces(fault, language):
        with suppress(TimeoutError):
            if wait:
                await asyncio.wait_for(over.wait(), wait)
        if over.is_set():
            return
        writer.write(piece.encode())
        await writer.drain()


def _pieces(fault: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield (bytes to send as text, seconds to wait before)."""
    first, rest = _GOOD[language]
    match fault:
        case "slow":
            yield from ((_chunk(char), _SLOW_SEC) for char in first + rest)
        case "stall":
            yield "", _STALL_SEC
        case "stall_midway":
            yield _chunk(first), 0.0
            yield _chunk(rest), _STALL_SEC
        case "cut_off":
            return
        case "cut_off_midway":
            yield _chunk(first), 0.0
            yield _chunk(rest[:2]), 0.0
            return
        case "malformed":
            yield 'data: {"id": "c", "choices": [{"delta": {"content": \n\n', 0.0
        case "empty" | "good":
            if fault == "good":
                yield from ((_chunk(part), 0.01) for part in (first, rest))
        case _:
            yield _chunk(_WORDS[fault][language]), 0.0
    yield _chunk(None, finish="stop"), 0.0
    yield "data: [DONE]\n\n", 0.0


def _chunk(text: str | None, *, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {} if text is None else {"content": text}, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return f"data: {json.dumps(body)}\n\n"
