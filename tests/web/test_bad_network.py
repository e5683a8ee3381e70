"""Rehearsing over a network that loses and shuffles packets: real server, real datagrams, always the same bad luck."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import httpx
import numpy as np
import pytest

from coach.live.engines import Engines
from coach.ports import MOUTH_RATE_HZ, Int16Array
from coach.testing import LevelVad
from tests.web.peers import Spoiled, Tab, served
from tests.web.rooms import Buzzer, compose

pytestmark = pytest.mark.slow
"""Real time passes here."""

TURN_SEC, GAP_SEC, TURNS = 0.8, 2.4, 6
LOSSES = (0.02, 0.05)
"""Shares of the packets."""


def turns() -> Int16Array:
    """A buzz of `TURN_SEC` and a gap, again and again."""
    at = np.arange(round((0.5 + TURNS * (TURN_SEC + GAP_SEC)) * MOUTH_RATE_HZ)) / MOUTH_RATE_HZ
    speaking = ((at - 0.5) % (TURN_SEC + GAP_SEC) < TURN_SEC) & (at >= 0.5)
    wave = np.where(at * 400 % 2 < 1, 9000, -9000)
    sound: Int16Array = np.where(speaking, wave, 0).astype(np.int16)
    return sound


async def test_every_turn_is_heard_at_its_place_and_viewers_are_heard(tmp_path: Path) -> None:
    """One rehearsal over each network, at the same time."""
    engines = Engines(vad=LevelVad, recognizer=lambda language: None, synthesizer=Buzzer())
    networks = [Spoiled(loss, 0.030) for loss in LOSSES]
    async with (
        served(compose(tmp_path, engines=engines)) as url,
        httpx.AsyncClient(base_url=url) as http,
        asyncio.TaskGroup() as both,
    ):
        tabs = [both.create_task(rehearsed(http, network)) for network in networks]
    for network, tab in zip(networks, tabs, strict=True):
        assert network.lost > 0
        check(tab.result())


async def rehearsed(http: httpx.AsyncClient, network: Spoiled) -> Tab:
    """Say all turns over this network, hear a viewer, end."""
    rehearsal = (await http.post("/api/rehearsals", json={"scenario": "en-mug"})).json()["id"]
    async with Tab(http, rehearsal, turns()) as tab:
        await tab.connect()
        tab.spoil(network)
        await tab.until(lambda: tab.kinds().count("utterance_heard") >= TURNS, within_sec=60)
        tab.send(type="say", text="It stays warm for hours.")
        await tab.until(lambda: tab.loud_frames > 10)
        tab.send(type="end")
        await tab.until(lambda: "rehearsal_ended" in tab.kinds())
    return tab


def check(tab: Tab) -> None:
    """All turns have their places."""
    heard = [record["event"] for record in tab.records if record["event"]["type"] == "utterance_heard"][:TURNS]
    # Where a turn was said is known from the sound alone; that it is logged there shows that no delay has piled up.
    steps = [later["end"] - earlier["end"] for earlier, later in pairwise(heard)]
    assert steps == pytest.approx([TURN_SEC + GAP_SEC] * (TURNS - 1), abs=0.1)
