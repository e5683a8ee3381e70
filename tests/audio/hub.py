"""A hub on this machine that speaks the real one's paths: `/owner/name/resolve/commit/path`, redirect, byte ranges.

Each request of a file may be answered in its own way, given beforehand: that is how faults are played.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from audio.model_catalogue import CatalogueModel, ModelFile

REPO, REVISION = "somebody/some-model", "0123456789abcdef0123456789abcdef01234567"
Way = Literal["whole", "cut", "no-range", "403", "404", "407", "500", "page", "wrong", "longer"]


@dataclass
class Hub:
    """What is served and what was asked for."""

    files: dict[str, bytes]
    ways: list[Way] = field(default_factory=list)
    """How the next requests are answered; after the last one as they should be."""
    ranges: list[str] = field(default_factory=list)
    """Range headers that came, empty where there was none."""
    url: str = ""

    def model(self, model_id: str = "faster-whisper-tiny") -> CatalogueModel:
        """Describe what is served as a catalogue would."""
        files = tuple(ModelFile(name, len(body), sha256(body).hexdigest()) for name, body in self.files.items())
        return CatalogueModel(
            model_id, "recognizer", "whisper", ("zh", "en"), 1, "MIT", "", "", REPO, REVISION, files, folder="sub"
        )


@contextmanager
def serving(files: dict[str, bytes], *ways: Way) -> Iterator[Hub]:
    """Serve files on a free port of this machine for the block."""
    hub = Hub(files, list(ways))

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, hub)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(request: BaseHTTPRequestHandler, hub: Hub) -> None:
    resolved = re.fullmatch(rf"/{REPO}/resolve/{REVISION}/sub/(.+)", request.path)
    if resolved is not None:
        request.send_response(302)
        request.send_header("Location", f"/cdn/{resolved[1]}")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    body = hub.files.get(request.path.removeprefix("/cdn/"))
    hub.ranges.append(request.headers.get("Range", ""))
    way = hub.ways.pop(0) if hub.ways else "whole"
    if body is None or way.isdecimal():
        _send(request, 404 if body is None else int(way), b"no")
    elif way == "page":
        _send(request, 200, b"<html>Log in</html>", Content_Type="text/html; charset=utf-8")
    else:
        _send_file(request, body, way)


def _send_file(request: BaseHTTPRequestHandler, body: bytes, way: Way) -> None:
    if way == "wrong":
        body = bytes(byte ^ 1 for byte in body)
    elif way == "longer":
        body += b"more"
    wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    if wanted is None or way == "no-range":
        _send(request, 200, body, cut=way == "cut")
        return
    start = int(wanted[1])
    if start >= len(body):
        _send(request, 416, b"")
        return
    span = f"bytes {start}-{len(body) - 1}/{len(body)}"
    _send(request, 206, body[start:], cut=way == "cut", Content_Range=span)


def _send(request: BaseHTTPRequestHandler, status: int, body: bytes, *, cut: bool = False, **headers: str) -> None:
    request.send_response(status)
    request.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body[: len(body) // 2] if cut else body)
    if cut:
        request.wfile.flush()
        request.close_connection = True
