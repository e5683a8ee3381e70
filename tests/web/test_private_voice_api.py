"""What the voice shows: asked for on the machine that keeps it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from coach.score.private_voice import PrivateEvent, PrivateVoice
from coach.score.scorecard import PressureFeature
from coach.store.private_voice import PRIVATE_VOICE, read_private_voice, write_private_voice
from tests.web.rooms import compose, running
from tests.web.test_api import create, finish, say
from web.app import create_app
from web.composition import Composition

SHIFT = 41.73
"""A value that stands nowhere else."""


def shown(rehearsal_id: str) -> PrivateVoice:
    row = PressureFeature(id="pitch", value=SHIFT, unit="st", score=0.0, weight=0.03)
    return PrivateVoice(rehearsal_id=rehearsal_id, events=[PrivateEvent(seq=1, at=2.0, features=[row])])


async def ask(
    composition: Composition, *, address: str = "127.0.0.1", headers: dict[str, str] | None = None, path: str = ""
) -> httpx.Response:
    """Rehearse, then ask from an address; `path` asks for something else of the rehearsal."""
    app = create_app(composition)
    here = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    there = httpx.ASGITransport(app, client=(address, 2))
    base = "http://localhost:8000"
    try:
        async with (
            running(app),
            httpx.AsyncClient(transport=here, base_url=base) as own,
            httpx.AsyncClient(transport=there, base_url=base) as other,
        ):
            rehearsal = await create(own)
            await say(own, rehearsal, type="say", text="Hello and welcome, this mug is blue.")
            await finish(own, rehearsal)
            write_private_voice(composition.keeper.folder(rehearsal), shown(rehearsal))
            return await other.get(f"/api/rehearsals/{rehearsal}/{path or 'private-voice'}", headers=headers)
    finally:
        composition.keeper.store.close()


async def test_the_streamer_reads_it_on_the_own_machine(tmp_path: Path) -> None:
    answer = await ask(replace(compose(tmp_path), private_voice=shown))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["events"][0]["features"][0]["value"] == SHIFT


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("192.168.1.20", {}),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.9"}),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.9"}),
    ],
)
async def test_nobody_else_does(tmp_path: Path, address: str, headers: dict[str, str]) -> None:
    answer = await ask(replace(compose(tmp_path), private_voice=shown), address=address, headers=headers)
    assert (answer.status_code, answer.json()["detail"]["code"]) == (403, "not_here")
    assert str(SHIFT) not in answer.text


async def test_an_installation_may_switch_it_off(tmp_path: Path) -> None:
    answer = await ask(compose(tmp_path))
    assert (answer.status_code, answer.json()["detail"]["code"]) == (404, "acoustic_off")


@pytest.mark.parametrize(
    "path", ["", "scorecard", "records", "report?format=json", "report?format=md", "report?format=html"]
)
async def test_nothing_else_that_the_room_tells_of_a_rehearsal_holds_it(tmp_path: Path, path: str) -> None:
    answer = await ask(compose(tmp_path), path=path or "scorecard")
    assert answer.status_code == 200
    assert str(SHIFT) not in answer.text
    assert "private_voice" not in answer.text


def test_the_file_is_for_this_account_alone_and_old_ones_do_not_count(tmp_path: Path) -> None:
    import os

    (tmp_path / "events.jsonl").write_text("")
    (tmp_path / "scorecard.json").write_text("{}")
    write_private_voice(tmp_path, shown("r"))
    path = tmp_path / PRIVATE_VOICE
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    assert read_private_voice(tmp_path) == shown("r")
    later = path.stat().st_mtime_ns + 10**9
    os.utime(tmp_path / "scorecard.json", ns=(later, later))
    assert read_private_voice(tmp_path) is None
    (tmp_path / PRIVATE_VOICE).write_text("{")
    assert read_private_voice(tmp_path) is None
