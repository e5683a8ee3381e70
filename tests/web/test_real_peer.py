"""The room over the wire: a real server on a real port, and aiortc in the browser's place."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import httpx
import numpy as np
import pytest
from aiortc import RTCDataChannel

from audio import webrtc
from audio.engines import choose
from audio.pcm import decode
from coach.events import CueShown
from coach.ports import MOUTH_RATE_HZ, Int16Array
from coach.score.scorecard import Scorecard
from commands.scoring import finish
from tests.data import audio_clip, needs_test_data
from tests.web.peers import Tab, served
from tests.web.rooms import compose
from web.peer import HIGH_BYTES

pytestmark = pytest.mark.slow
"""Real time passes here."""

SILENCE: Int16Array = np.zeros(0, dtype=np.int16)


def tone(*stretches: tuple[float, float], total_sec: float) -> Int16Array:
    """Sound that the scripted detector takes for speech, between the given seconds."""
    at = np.arange(round(total_sec * MOUTH_RATE_HZ)) / MOUTH_RATE_HZ
    wave = 9000 * np.sign(np.sin(2 * np.pi * 200 * at))
    loud = np.any([(at >= start) & (at < end) for start, end in stretches], axis=0)
    sound: Int16Array = np.where(loud, wave, 0).astype(np.int16)
    return sound


async def create(http: httpx.AsyncClient) -> str:
    answer = await http.post("/api/rehearsals", json={"scenario": "en-mug"})
    return str(answer.json()["id"])


async def test_records_and_sound_cross_the_wire_and_commands_come_back(tmp_path: Path) -> None:
    async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, tone((0.5, 1.2), total_sec=3)) as tab:
            await tab.connect()
            tab.send(type="ping", t=4)
            tab.send(type="say", text="It stays warm for hours.")
            await tab.until(lambda: {"utterance_heard", "speech_started"} <= set(tab.kinds()))
            await tab.until(lambda: tab.loud_frames > 5)
            tab.send(type="dance")
            await tab.until(lambda: len(tab.others) == 2)
            assert [(other["type"], other.get("code")) for other in tab.others] == [
                ("pong", None),
                ("error", "bad_command"),
            ]
            tab.send(type="end")
            await tab.until(lambda: "rehearsal_ended" in tab.kinds())
            assert [record["seq"] for record in tab.records] == list(range(len(tab.records)))
        card = await http.get(f"/api/rehearsals/{rehearsal}/scorecard")
        assert Scorecard.model_validate_json(card.content).scores[0].value == len(tab.records)


async def test_where_aiortc_is_not_as_known_its_own_buffer_carries_the_rehearsal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webrtc, "tap", lambda receiver, take: False)
    async with (
        served(compose(tmp_path)) as url,
        httpx.AsyncClient(base_url=url) as http,
        Tab(http, await create(http), tone((0.5, 1.2), total_sec=3)) as tab,
    ):
        await tab.connect()
        await tab.until(lambda: "utterance_heard" in tab.kinds())
        tab.send(type="end")
        await tab.until(lambda: "rehearsal_ended" in tab.kinds())


async def test_a_browser_that_hides_its_addresses_is_answered_at_once_and_connects(tmp_path: Path) -> None:
    async with (
        served(compose(tmp_path)) as url,
        httpx.AsyncClient(base_url=url) as http,
        Tab(http, await create(http), SILENCE, hides_addresses=True) as tab,
    ):
        await tab.connect()
        await tab.until(lambda: bool(tab.records))


async def test_a_second_tab_is_refused_unless_it_takes_over(tmp_path: Path) -> None:
    async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, SILENCE, "one") as first, Tab(http, rehearsal, SILENCE, "two") as second:
            await first.connect()
            await first.until(lambda: bool(first.records))
            refused = await second.offer()
            assert (refused.status_code, refused.json()["detail"]["code"]) == (409, "other_tab")

            await second.connect(takeover=True)
            async with asyncio.timeout(5):
                await first.closed.wait()
            assert [other["code"] for other in first.others] == ["taken_over"]
            await second.until(lambda: "rehearsal_resumed" in second.kinds())
            assert second.kinds()[0] == "rehearsal_started"
            detail = (await http.get(f"/api/rehearsals/{rehearsal}")).json()
            assert detail["connected"] is True


async def test_a_bad_offer_does_not_throw_the_connected_tab_out(tmp_path: Path) -> None:
    async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, SILENCE) as tab:
            await tab.connect()
            body = {"sdp": "v=0\r\n", "type": "offer", "client": "tab", "takeover": True}
            assert (await http.post(f"/api/rehearsals/{rehearsal}/offer", json=body)).status_code == 400
            tab.send(type="ping", t=1)
            await tab.until(lambda: bool(tab.others))
            assert not tab.closed.is_set()


async def test_a_tab_that_vanishes_is_noticed_and_the_rehearsal_waits_for_it(tmp_path: Path) -> None:
    async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, SILENCE) as tab:
            await tab.connect()
            await tab.until(lambda: bool(tab.records))
            await tab.vanish()
            page = f"/api/rehearsals/{rehearsal}/records"
            since, kinds = len(tab.records), list[str]()
            async with asyncio.timeout(15):
                while "rehearsal_paused" not in kinds:
                    fresh = (await http.get(page, params={"since": since, "wait": 5})).json()["records"]
                    since += len(fresh)
                    kinds += [record["event"]["type"] for record in fresh]
            detail = (await http.get(f"/api/rehearsals/{rehearsal}")).json()
            assert (detail["running"], detail["connected"]) == (True, False)


async def test_words_being_said_as_a_tab_closes_are_kept(tmp_path: Path) -> None:
    async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, tone((0.3, 20), total_sec=20)) as tab:
            await tab.connect()
            await tab.until(lambda: "speech_started" in tab.kinds())
            await asyncio.sleep(0.6)  # long enough for words
        page, kinds = f"/api/rehearsals/{rehearsal}/records", list[str]()
        async with asyncio.timeout(15):
            while "rehearsal_paused" not in kinds:
                answer = await http.get(page, params={"since": 0, "wait": 1})
                kinds = [record["event"]["type"] for record in answer.json()["records"]]
        assert kinds.index("utterance_heard") < kinds.index("rehearsal_paused")


async def test_the_last_records_arrive_when_the_server_stops(tmp_path: Path) -> None:
    async with asyncio.timeout(30):
        async with served(compose(tmp_path)) as url, httpx.AsyncClient(base_url=url) as http:
            rehearsal = await create(http)
            tab = Tab(http, rehearsal, SILENCE)
            await tab.__aenter__()
            await tab.connect()
            await tab.until(lambda: bool(tab.records))
    await tab.until(lambda: "rehearsal_ended" in tab.kinds(), within_sec=2)
    await tab.__aexit__()
    assert tab.records[-1]["event"]["reason"] == "stopped"
    assert (tmp_path / "rehearsals" / rehearsal / "scorecard.json").is_file()


async def test_a_page_that_freezes_costs_neither_memory_nor_time_and_catches_up(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    async with served(composition) as url, httpx.AsyncClient(base_url=url) as http:
        rehearsal = await create(http)
        async with Tab(http, rehearsal, SILENCE) as tab:
            await tab.connect()
            await tab.until(lambda: bool(tab.records))
            live = composition.host.get(rehearsal)
            assert live is not None
            tab.stall()
            for number in range(2000):
                live.log.append(CueShown(text=f"{number} " + "x" * 1000, rule="test"))
            await asyncio.sleep(1)
            assert 0 < max(queued_bytes()) <= HIGH_BYTES + 2000
            tab.go_on()
            await tab.until(lambda: len(tab.records) >= 2000, within_sec=90)  # some 2 MB, 6 s on a free core
            assert [record["seq"] for record in tab.records] == list(range(len(tab.records)))


def queued_bytes() -> list[int]:
    """What the data channels of this process have not sent yet."""
    return [thing.bufferedAmount for thing in gc.get_objects() if isinstance(thing, RTCDataChannel)]


@needs_test_data
async def test_a_human_voice_rehearses_loses_the_network_comes_back_and_misses_nothing(tmp_path: Path) -> None:
    """The embedded engines, recorded speech, 5 s without network, the same log to its end, a scorecard."""
    speech = decode(audio_clip("en/pydantic_marcelo.wav"), rate_hz=MOUTH_RATE_HZ)
    async with (
        served(compose(tmp_path, engines=choose(), score=finish)) as url,
        httpx.AsyncClient(base_url=url, timeout=60) as http,
    ):
        rehearsal = await create(http)
        async with Tab(http, rehearsal, speech) as before:
            await before.connect()
            await before.until(lambda: "utterance_heard" in before.kinds(), within_sec=60)
            await before.until(lambda: "line_voicing" in before.kinds(), within_sec=30)
            await before.until(lambda: before.loud_frames > 10)
            await before.vanish()
            await asyncio.sleep(5)

            async with Tab(http, rehearsal, speech) as after:
                await after.connect(since=len(before.records))
                await after.until(lambda: "rehearsal_resumed" in after.kinds())
                await after.until(lambda: "utterance_heard" in after.kinds(), within_sec=60)
                after.send(type="end")
                await after.until(lambda: "rehearsal_ended" in after.kinds())
        card = await http.get(f"/api/rehearsals/{rehearsal}/scorecard")
        kept = (await http.get(f"/api/rehearsals/{rehearsal}/records")).json()
    seen = before.records + after.records
    assert [record["seq"] for record in seen] == list(range(len(seen)))
    assert seen == kept["records"]
    assert any(record["event"].get("words") for record in seen if record["event"]["type"] == "utterance_heard")
    assert after.kinds().count("rehearsal_paused") == 1
    scored = Scorecard.model_validate_json(card.content)
    assert (scored.rehearsal_id, scored.end_reason) == (rehearsal, "streamer")
    assert [score.id for score in scored.scores] == ["pacing", "coverage", "composure"]
    for side in ("streamer", "viewers"):
        assert (tmp_path / "rehearsals" / rehearsal / f"{side}.ogg").stat().st_size > 1000
