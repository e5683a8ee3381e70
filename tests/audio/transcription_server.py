"""A real local HTTP server with `/v1/audio/transcriptions`, which knows some recordings by heart."""

from __future__ import annotations

import io
import json
import threading
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

from coach.ports import Int16Array

Answer = Callable[["Request"], tuple[int, bytes]]


@dataclass(frozen=True)
class Request:
    """One request as it came in."""

    path: str
    key: str
    fields: dict[str, str]
    pcm: Int16Array
    rate_hz: int


@dataclass
class TranscriptionServer:
    """Where it listens and what it was asked."""

    base_url: str
    requests: list[Request] = field(default_factory=list)


def knows(clips: Sequence[tuple[Int16Array, str]]) -> Answer:
    """Answer with as many words of a known clip as were sent of it; sound that is unknown has no words."""

    def answer(request: Request) -> tuple[int, bytes]:
        for pcm, text in clips:
            if len(request.pcm) <= len(pcm) and np.array_equal(request.pcm, pcm[: len(request.pcm)]):
                parts = text.split()
                return says(" ".join(parts[: round(len(parts) * len(request.pcm) / len(pcm))]))(request)
        return says("")(request)

    return answer


def says(text: str) -> Answer:
    """Answer every request with this text."""
    return lambda _: (200, json.dumps({"text": text}).encode())


def page() -> Answer:
    """Answer with a web page, as an address without `/v1` often does."""
    return lambda _: (200, b"<html>welcome</html>")


def fails(code: int, body: bytes = b'{"error": {"message": "secret detail"}}') -> Answer:
    """Answer every request with a status."""
    return lambda _: (code, body)


@contextmanager
def serving(answer: Answer) -> Iterator[TranscriptionServer]:
    """Serve until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = _read(self)
            served.requests.append(request)
            code, body = answer(request)
            try:
                self.send_response(code)
                kind = "text/html" if body.startswith(b"<") else "application/json"
                self.send_header("content-type", kind)
                if code == 429:
                    self.send_header("retry-after", "20")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                self.close_connection = True  # the client has gone

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = TranscriptionServer(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _read(handler: BaseHTTPRequestHandler) -> Request:
    body = handler.rfile.read(int(handler.headers["content-length"]))
    head = f"content-type: {handler.headers['content-type']}\r\n\r\n".encode()
    fields: dict[str, str] = {}
    sound = b""
    for part in message_from_bytes(head + body).walk():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if name == "file":
            assert isinstance(content, bytes)
            sound = content
        elif name is not None:
            assert isinstance(content, bytes)
            fields[str(name)] = content.decode()
    with wave.open(io.BytesIO(sound)) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        rate_hz = file.getframerate()
    return Request(handler.path, handler.headers.get("authorization", ""), fields, pcm, rate_hz)
