"""What the page may tell about what is kept, and to whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from coach.settings import load_settings
from commands.disclosure import sends
from tests.web.rooms import compose, running
from web.app import create_app
from web.composition import Composition, Sends


async def told(composition: Composition, address: str = "127.0.0.1", **headers: str) -> dict[str, Any]:
    app = create_app(composition)
    transport = httpx.ASGITransport(app, client=(address, 1))
    try:
        async with running(app), httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            answer = await client.get("/api/privacy", headers=headers)
    finally:
        composition.keeper.store.close()
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    return body


async def test_this_machine_is_told_the_folder(tmp_path: Path) -> None:
    body = await told(compose(tmp_path))
    assert body == {
        "folder": str((tmp_path / "rehearsals").resolve()),
        "recorded": False,
        "private_voice": False,
        "browser_words": True,
        "reachable": False,
        "leaves": [],
    }


@pytest.mark.parametrize(("address", "headers"), [("192.168.1.20", {}), ("127.0.0.1", {"X-Forwarded-For": "10.0.0.9"})])
async def test_other_machines_are_not(tmp_path: Path, address: str, headers: dict[str, str]) -> None:
    assert (await told(compose(tmp_path), address, **headers))["folder"] is None


async def test_servers_are_named_and_those_on_this_machine_marked(tmp_path: Path) -> None:
    sent = (Sends("chat_model", "127.0.0.1"), Sends("transcription", "asr.example.com"))
    body = await told(replace(compose(tmp_path), bind_host="0.0.0.0", sends=sent))
    assert body["reachable"] is True
    assert body["leaves"] == [
        {"what": "chat_model", "host": "127.0.0.1", "this_machine": True},
        {"what": "transcription", "host": "asr.example.com", "this_machine": False},
    ]


def test_only_hosts_are_told_never_keys_or_passwords() -> None:
    settings = load_settings(
        llm={"base_url": "http://user:secret@llm.example.com:8000/v1"},
        database_url="postgresql://coach:secret@db.example.com/coach",
        transcription={"base_url": "https://asr.example.com/v1"},
        judge={"proposes_coverage": True},
    )
    # The transcription server is set up and not in use: nothing goes to it.
    assert sends(settings, []) == (Sends("chat_model", "llm.example.com"), Sends("database", "db.example.com"))


@pytest.mark.parametrize(("proposes", "sent"), [(False, ("judge",)), (True, ("judge", "proposals"))])
def test_all_that_a_judge_gets_is_told(proposes: bool, sent: tuple[str, ...]) -> None:
    settings = load_settings(judge={"base_url": "http://judge.example.com/v1", "proposes_coverage": proposes})
    assert tuple(one.what for one in sends(settings, [])) == sent
