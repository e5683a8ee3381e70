"""Keeps other sites out of the room: whose name and whose page a request comes from, and how big it is."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coach.score.scorecard import Text
from web.problems import problem_body

MAX_BODY_BYTES = 256 * 1024
"""Largest request body; an offer is a few KB."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            # Components style themselves; a style cannot act.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(self), geolocation=()",
}


class HostPolicy:
    """Which `Host` and `Origin` headers are ours.

    A foreign page can make its own name point at this machine (DNS rebinding), but not a bare address: so addresses
    and `localhost` are let in, and names only where they were set.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {"localhost", *(name.lower().rstrip(".") for name in names)}

    def is_ours(self, host: str) -> bool:
        """Return whether a `Host` header names this room."""
        name = _hostname(f"//{host}")
        return name is not None and (name in self._names or _is_address(name))

    def is_same_origin(self, headers: Headers) -> bool:
        """Return whether a request that changes something comes from this room's own page, or from no page."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc.lower() == headers.get("host", "").lower()


class Guard:
    """ASGI middleware: checks requests, bounds their bodies, adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, policy: HostPolicy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None and scope["method"] not in _SAFE_METHODS:
            body = await _read_body(receive)
            if body is None:
                refusal = _too_large()
            else:
                receive = _replay(body, receive)
        if refusal is not None:
            await _refuse(send_guarded, *refusal)
            return
        await self._app(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str, Text] | None:
        host = headers.get("host", "")
        if not self._policy.is_ours(host):
            name = (_hostname(f"//{host}") or "?")[:100]
            text = Text(
                zh=f"本房间不以 {name} 这个名称开放。可在设置 COACH_SERVER__ALLOWED_HOSTS 中加入它。",
                en=f"This room is not open under the name {name}. Add it to COACH_SERVER__ALLOWED_HOSTS to allow it.",
            )
            return 403, "foreign_host", text
        if method not in _SAFE_METHODS and not self._policy.is_same_origin(headers):
            text = Text(zh="只有本房间自己的页面可以这样做。", en="Only this room's own page may do that.")
            return 403, "foreign_origin", text
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared[:20]) > MAX_BODY_BYTES:
            return _too_large()
        return None


def _too_large() -> tuple[int, str, Text]:
    limit = MAX_BODY_BYTES // 1024
    return 413, "too_large", Text(zh=f"请求超过 {limit} KB。", en=f"The request is larger than {limit} KB.")


async def _read_body(receive: Receive) -> bytes | None:
    """Return the whole body; None if it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a receive that gives the body once, then what the server says."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


async def _refuse(send: Send, status: int, code: str, text: Text) -> None:
    body = json.dumps(problem_body(code, text), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    # What is left of the body is not read: the connection must not be used again.
    headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _hostname(url: str) -> str | None:
    try:
        name = urlsplit(url).hostname
    except ValueError:
        return None
    return name.rstrip(".") if name else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
