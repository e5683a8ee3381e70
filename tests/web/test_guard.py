from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from web.guard import MAX_BODY_BYTES, Guard, HostPolicy


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST", "DELETE"])])
    transport = httpx.ASGITransport(Guard(app, HostPolicy(["127.0.0.1", "Room.Example"])))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("192.0.2.9", 200),
        ("room.example", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
async def test_only_addresses_and_known_names_are_let_in(client: httpx.AsyncClient, host: str, status: int) -> None:
    assert (await client.get("/", headers={"Host": host})).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8000"}, 200),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:3000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_a_page_of_another_site_cannot_drive_the_room(
    client: httpx.AsyncClient, method: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.request(method, "/", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert set(answer.json()["detail"]["message"]) == {"zh", "en"}


async def test_bodies_are_bounded_whether_or_not_their_length_is_declared(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(MAX_BODY_BYTES // 1024 + 2):
            yield b"x" * 1024

    assert (await client.post("/", content=b"x" * MAX_BODY_BYTES)).text == f"{MAX_BODY_BYTES} bytes"
    assert (await client.post("/", content=b"x" * (MAX_BODY_BYTES + 1))).status_code == 413
    assert (await client.post("/", content=pieces())).status_code == 413


async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient) -> None:
    for answer in (await client.get("/"), await client.get("/", headers={"Host": "evil.example"})):
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "connect-src 'self';" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
