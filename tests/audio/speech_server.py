"""A real local HTTP server that speaks the OpenAI speech protocol with tones, and misbehaves when told to."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress

import numpy as np

RATE_HZ = 24_000
Body = dict[str, object]
Handler = Callable[[Body, asyncio.StreamWriter], Awaitable[None]]


def tone(text: str, rate_hz: int = RATE_HZ, *, amplitude: float = 0.3, lead_sec: float = 0.08) -> bytes:
    """Return silence and 60 ms of tone a character."""
    count = round(rate_hz * 0.06 * len(text))
    wave = np.sin(2 * np.pi * 440 * np.arange(count) / rate_hz) * amplitude * 32767
    return bytes(2 * round(lead_sec * rate_hz)) + wave.astype("<i2").tobytes()


def wav(pcm: bytes, rate_hz: int = RATE_HZ, *, size: int | None = None, bits: int = 16) -> bytes:
    """Return a WAV file; `size` is what its header states, as a streaming server does not know it."""
    stated = len(pcm) if size is None else size
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, rate_hz * bits // 8, bits // 8, bits)
    return b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + b"WAVE" + form + b"data" + struct.pack("<I", stated) + pcm


def sounds(data: Callable[[Body], bytes], kind: str = "audio/pcm", piece: int = 999) -> Handler:
    """Answer with bytes, in pieces of odd sizes so that samples are torn apart on the way."""

    async def answer(body: Body, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n".encode())
        payload = data(body)
        for start in range(0, len(payload), piece):
            writer.write(payload[start : start + piece])
            await writer.drain()

    return answer


def status(code: int, text: str = '{"error": {"message": "secret detail"}}') -> Handler:
    """Answer with a status and a body."""

    async def answer(_: Body, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {code} X\r\ncontent-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
        writer.write((head + text).encode())

    return answer


speaks = sounds(lambda body: tone(str(body["input"])))
"""A server as it should be."""


@asynccontextmanager
async def speech_server(handler: Handler, seen: list[Body] | None = None) -> AsyncIterator[str]:
    """Run the server and give its base URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length: ")[1].split("\r\n")[0])
            body = json.loads(await reader.readexactly(length))
            if seen is not None:
                seen.append({**body, "path": head.split(" ")[1]})
            await handler(body, writer)
            await writer.drain()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
