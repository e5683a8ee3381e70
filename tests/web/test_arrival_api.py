"""An engine that is fetched while the room is open: what the status says of it, and how long it is fetched."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx

from coach.score.scorecard import Text
from tests.web.rooms import compose, open_app
from web.composition import EngineReport

HANGS_SEC = 10.0
"""A test that takes longer waits for something that does not come."""
NOTE = Text(zh="已到 40%", en="40% so far")
COMING = EngineReport("recognizer", "none", ready=False, note=NOTE, arriving=True)
HERE = EngineReport("recognizer", "whisper", ready=True)


class Parcel:
    """Implements `web.composition.Arrival`; arrives when the test says so."""

    def __init__(self) -> None:
        self.rows = (COMING,)
        self.may = asyncio.Event()
        self.steps: list[str] = []

    async def run(self) -> None:
        """Wait."""
        self.steps.append("begun")
        try:
            await self.may.wait()
            self.rows = (HERE,)
        except asyncio.CancelledError:
            self.steps.append("cancelled")
            raise
        self.steps.append("here")

    def reports(self) -> tuple[EngineReport, ...]:
        """Return the one engine."""
        return self.rows


async def engines(client: httpx.AsyncClient) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = (await client.get("/api/status")).json()["engines"]
    return rows


async def test_the_status_says_what_arrives_and_what_has_arrived(tmp_path: Path) -> None:
    parcel = Parcel()
    async with open_app(replace(compose(tmp_path), arrival=parcel)) as client:
        coming = {"port": "recognizer", "name": "none", "ready": False, "note": NOTE.model_dump(), "arriving": True}
        assert await engines(client) == [coming]
        parcel.may.set()
        async with asyncio.timeout(HANGS_SEC):
            while "here" not in parcel.steps:
                await asyncio.sleep(0)
        here = {"port": "recognizer", "name": "whisper", "ready": True, "note": None, "arriving": False}
        assert await engines(client) == [here]
        assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert parcel.steps == ["begun", "here"]


async def test_where_nothing_arrives_the_status_says_what_the_start_found(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path)) as client:
        assert [(row["name"], row["arriving"]) for row in await engines(client)] == [("level", False)]


async def test_what_is_still_on_its_way_when_the_room_closes_is_given_up(tmp_path: Path) -> None:
    parcel = Parcel()
    async with asyncio.timeout(HANGS_SEC), open_app(replace(compose(tmp_path), arrival=parcel)) as client:
        await engines(client)
        assert parcel.steps == ["begun"]
    assert parcel.steps == ["begun", "cancelled"]
