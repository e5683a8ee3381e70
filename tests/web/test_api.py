"""The HTTP API against a real host, keeper and database; engines are scripted and there is no socket."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from coach.events import Event
from coach.ports import RehearsalSummary
from coach.score.scorecard import Scorecard
from tests.web.offers import OFFER
from tests.web.rooms import SCENARIO, compose, open_room, running, scripted_engines
from web.app import create_app
from web.metrics import Metrics


async def create(client: httpx.AsyncClient, kind: str = "typed", **order: str) -> str:
    answer = await client.post("/api/rehearsals", json={"scenario": "en-mug", "input": kind, **order})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def say(client: httpx.AsyncClient, rehearsal: str, **command: Any) -> httpx.Response:
    return await client.post(f"/api/rehearsals/{rehearsal}/commands", json=command)


async def records(client: httpx.AsyncClient, rehearsal: str, since: int = 0, wait: float = 0) -> dict[str, Any]:
    answer = await client.get(f"/api/rehearsals/{rehearsal}/records", params={"since": since, "wait": wait})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def finish(client: httpx.AsyncClient, rehearsal: str) -> httpx.Response:
    await say(client, rehearsal, type="end")
    return await client.get(f"/api/rehearsals/{rehearsal}/scorecard")


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error that has the one shape of errors."""
    detail = answer.json()["detail"]
    assert set(detail) == {"code", "message"}
    assert detail["message"]["zh"]
    assert detail["message"]["en"]
    return answer.status_code, detail["code"]


async def test_scenarios_are_listed_without_what_gives_their_plan_away(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        (card,) = (await client.get("/api/scenarios")).json()
    assert card["id"] == "en-mug"
    assert card["product"]["price"] == {"list": 40, "live": 29, "floor": 25, "currency": "USD"}
    assert card["product"]["selling_points"] == [{"id": "warm", "title": "Stays warm for hours", "priority": "P0"}]
    assert card["viewers"] == [{"id": "joe", "type": "haggler", "name": "Joe", "channel": "voice"}]
    assert "events" not in card


async def test_a_typed_rehearsal_from_first_word_to_scorecard(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        assert (await say(client, rehearsal, type="say", text="It stays warm for hours.")).json()["type"] == "taken"
        page = await records(client, rehearsal)
        assert [record["seq"] for record in page["records"]] == list(range(len(page["records"])))
        kinds = [record["event"]["type"] for record in page["records"]]
        assert kinds[0] == "rehearsal_started"
        assert "utterance_heard" in kinds
        assert page["closed"] is False

        detail = (await client.get(f"/api/rehearsals/{rehearsal}")).json()
        assert (detail["running"], detail["connected"], detail["scenario"]["id"]) == (True, False, "en-mug")
        assert problem(await client.get(f"/api/rehearsals/{rehearsal}/scorecard")) == (409, "running")
        assert problem(await client.delete(f"/api/rehearsals/{rehearsal}")) == (409, "running")
        assert problem(await client.get(f"/api/rehearsals/{rehearsal}/audio/streamer")) == (409, "running")

        scored = await finish(client, rehearsal)
        card = Scorecard.model_validate_json(scored.content)
        page = await records(client, rehearsal)
        assert page["closed"] is True
        assert page["records"][-1]["event"] == {"type": "rehearsal_ended", "reason": "streamer"}
        assert card.scores[0].value == len(page["records"])
        detail = (await client.get(f"/api/rehearsals/{rehearsal}")).json()
        assert (detail["running"], detail["summary"]["state"], detail["scenario"]["version"]) == (False, "scored", 3)
        assert [row["id"] for row in (await client.get("/api/rehearsals")).json()] == [rehearsal]


async def test_since_gives_the_rest_and_a_long_poll_waits_for_the_next_record(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        known = len((await records(client, rehearsal))["records"])
        async with asyncio.TaskGroup() as tasks:
            polling = tasks.create_task(records(client, rehearsal, since=known, wait=20))
            await asyncio.sleep(0.05)
            assert not polling.done()
            await say(client, rehearsal, type="pause")
        assert polling.result()["records"][0]["seq"] == known
        assert (await records(client, rehearsal, since=10_000))["records"] == []


async def test_a_ping_comes_back_with_rehearsal_time(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        pong = (await say(client, await create(client), type="ping", t=17.5)).json()
    assert (pong["type"], pong["t"]) == ("pong", 17.5)
    assert pong["at"] >= 0


async def test_the_microphone_is_noted_once_without_its_name(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        for _ in range(2):
            await say(client, rehearsal, type="microphone", device="id|Desk mic", auto_gain_control=True)
        found = [one["event"] for one in (await records(client, rehearsal))["records"]]
    noted = [event for event in found if event["type"] == "microphone_used"]
    assert [(event["auto_gain_control"], event["noise_suppression"]) for event in noted] == [(True, None)]
    assert "Desk" not in str(noted)


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"type": "dance"},
        {"type": "say"},
        {"type": "say", "text": ""},
        {"type": "say", "text": "x" * 2001},
        {"type": "pause", "for": 3},
        {"type": "since", "seq": -1},
        [],
    ],
)
async def test_what_is_no_command_is_refused_with_a_sentence(tmp_path: Path, command: Any) -> None:
    async with open_room(tmp_path) as client:
        answer = await client.post(f"/api/rehearsals/{await create(client)}/commands", json=command)
    assert problem(answer) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/scorecard"),
        ("GET", "/records"),
        ("GET", "/audio/viewers"),
        ("POST", "/commands"),
        ("POST", "/offer"),
    ],
)
async def test_unknown_rehearsals_are_404_everywhere(tmp_path: Path, method: str, path: str) -> None:
    body = {"sdp": OFFER, "type": "offer", "client": "tab"} if path == "/offer" else {"type": "pause"}
    async with open_room(tmp_path) as client:
        for name in ("20261122-000000-aaaaaa", "x" * 200, "..", "..%2f..%2fetc"):
            url = f"/api/rehearsals/{name}{path}"
            answer = await client.request(method, url, json=body if method == "POST" else None)
            # Names with dots or slashes never reach an endpoint of rehearsals: another route refuses them.
            assert answer.status_code in ((404, 405) if name.startswith("..") else (404,))
            problem(answer)


async def test_an_ended_rehearsal_takes_no_commands_and_no_offers(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client, "voice")
        await finish(client, rehearsal)
        assert problem(await say(client, rehearsal, type="pause")) == (410, "ended")
        offer = {"sdp": OFFER, "type": "offer", "client": "tab"}
        assert problem(await client.post(f"/api/rehearsals/{rehearsal}/offer", json=offer)) == (410, "ended")


async def test_a_voice_rehearsal_nobody_has_connected_to_can_only_be_ended(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client, "voice")
        for command in ({"type": "say", "text": "hello"}, {"type": "pause"}, {"type": "resume"}):
            assert problem(await say(client, rehearsal, **command)) == (409, "not_begun")
        assert (await say(client, rehearsal, type="ping", t=1)).status_code == 200
        assert (await finish(client, rehearsal)).status_code == 200
        kinds = {record["event"]["type"] for record in (await records(client, rehearsal))["records"]}
        assert "rehearsal_ended" in kinds
        assert not kinds & {"utterance_heard", "rehearsal_paused"}


async def test_a_row_that_missed_its_end_has_no_scorecard_and_is_not_called_running(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    started = RehearsalSummary(
        id="20261122-000000-aaaaaa",
        scenario_id="en-mug",
        scenario_title="A mug",
        locale="en-US",
        state="running",
        started_at="2026-11-22T00:00:00+00:00",
    )
    files = composition.keeper.open(started, "")
    app = create_app(composition)
    transport = httpx.ASGITransport(app)
    url = f"/api/rehearsals/{started.id}/scorecard"
    async with running(app), httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        assert problem(await client.get(url)) == (409, "running")
        files.close()
        assert problem(await client.get(url)) == (404, "no_scorecard")
        shutil.rmtree(composition.keeper.folder(started.id))
        assert problem(await client.get(url)) == (404, "no_scorecard")
    composition.keeper.store.close()


async def test_a_fault_in_the_numbers_costs_only_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(metrics: Metrics, event: Event) -> None:
        raise KeyError(type(event).__name__)

    monkeypatch.setattr(Metrics, "observe", faulty)
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        await say(client, rehearsal, type="say", text="It stays warm for hours.")
        assert (await finish(client, rehearsal)).status_code == 200


async def test_a_line_that_is_sent_again_is_taken_once(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        for line in ({"id": "a"}, {"id": "a"}, {"id": "b"}, {}, {}):
            answer = await say(client, rehearsal, type="say", text="It stays warm.", **line)
            assert (answer.status_code, answer.json()["type"]) == (200, "taken")
        heard = [record["event"]["type"] for record in (await records(client, rehearsal))["records"]]
        assert heard.count("utterance_heard") == 4
        for wrong in ("", "x" * 65):
            assert (await say(client, rehearsal, type="say", text="Hello.", id=wrong)).status_code == 422


async def test_a_full_room_says_when_to_come_back(tmp_path: Path) -> None:
    async with open_room(tmp_path, limit=1) as client:
        await create(client)
        answer = await client.post("/api/rehearsals", json={"scenario": "en-mug"})
        assert problem(answer) == (503, "room_full")
        assert int(answer.headers["Retry-After"]) > 0
        assert "coach_rehearsals_refused_total 1" in (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"scenario": "no-such"}, 404, "unknown_scenario"),
        ({"scenario": "/etc/passwd.yaml"}, 404, "unknown_scenario"),
        ({"scenario": "en-mug", "difficulty": 9}, 422, "invalid_request"),
        ({"scenario": "en-mug", "input": "telepathy"}, 422, "invalid_request"),
        ({"scenario": "en-mug", "colour": "red"}, 422, "invalid_request"),
        ({"scenario": "en-mug", "words": "telepathy"}, 422, "invalid_request"),
    ],
)
async def test_a_wrong_order_is_refused(tmp_path: Path, order: dict[str, Any], status: int, code: str) -> None:
    async with open_room(tmp_path) as client:
        assert problem(await client.post("/api/rehearsals", json=order)) == (status, code)


@pytest.mark.parametrize("sdp", ["", "hello", "v=0\r\n", OFFER.replace("m=audio", "m=video"), "v=0\r\n" + "x" * 40_000])
async def test_an_sdp_that_is_none_is_400(tmp_path: Path, sdp: str) -> None:
    async with open_room(tmp_path) as client:
        offer = {"sdp": sdp, "type": "offer", "client": "tab"}
        answer = await client.post(f"/api/rehearsals/{await create(client, 'voice')}/offer", json=offer)
    assert problem(answer) == (400, "bad_offer")


async def test_a_typed_rehearsal_takes_no_offer(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        offer = {"sdp": OFFER, "type": "offer", "client": "tab"}
        answer = await client.post(f"/api/rehearsals/{await create(client)}/offer", json=offer)
    assert problem(answer) == (409, "typed")


async def test_recordings_are_served_in_ranges_and_deleted_with_the_rehearsal(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        await finish(client, rehearsal)
        base = f"/api/rehearsals/{rehearsal}"
        assert problem(await client.get(f"{base}/audio/streamer")) == (404, "no_recording")
        (tmp_path / "rehearsals" / rehearsal / "streamer.ogg").write_bytes(b"OggS" + bytes(range(100)))
        part = await client.get(f"{base}/audio/streamer", headers={"Range": "bytes=4-13"})
        assert (part.status_code, part.content) == (206, bytes(range(10)))
        assert part.headers["Content-Type"] == "audio/ogg"
        assert (await client.get(f"{base}/audio/other")).status_code == 422

        assert (await client.delete(base)).status_code == 204
        assert not (tmp_path / "rehearsals" / rehearsal).exists()
        assert problem(await client.get(base)) == (404, "unknown_rehearsal")


async def test_status_health_and_metrics_tell_what_runs(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        await create(client)
        status = (await client.get("/api/status")).json()
        assert status["version"] == "1.2.3"
        assert status["engines"][0]["note"] == {"zh": "测试", "en": "a test"}
        assert status["rehearsals"] == {"running": 1, "limit": 2}
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        metrics = (await client.get("/metrics")).text
        assert "coach_rehearsals_running 1" in metrics
        assert "coach_rehearsals_started_total 1" in metrics


async def test_a_foreign_page_cannot_open_a_rehearsal(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        order = {"scenario": "en-mug"}
        answer = await client.post("/api/rehearsals", json=order, headers={"Origin": "http://evil.example"})
        assert problem(answer) == (403, "foreign_origin")
        assert (await client.get("/api/rehearsals")).json() == []


async def test_the_servers_end_ends_scores_and_keeps_running_rehearsals(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
    assert (tmp_path / "rehearsals" / rehearsal / "scorecard.json").is_file()


async def test_openapi_names_the_body_of_every_json_answer(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    app = create_app(composition)
    transport = httpx.ASGITransport(app)
    async with running(app), httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        schema = (await client.get("/api/openapi.json")).json()
    composition.keeper.store.close()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                body = answer.get("content", {}).get("application/json", {}).get("schema", {})
                assert status == "204" or "application/json" not in answer.get("content", {}) or body, (path, method)
    names = set(schema["components"]["schemas"])
    assert {"Scorecard", "Record", "RecordsPage", "ScenarioCard", "Problem", "LineVoiced", "Say", "Pong"} <= names


async def test_words_of_the_browser_are_taken_only_where_the_streamer_chose_that(tmp_path: Path) -> None:
    words = {"type": "words", "result": 0, "text": "it stays warm", "final": False}
    async with open_room(tmp_path) as client:
        assert (await client.get("/api/status")).json()["browser_words"] is True
        chosen = await create(client, "voice", words="browser")
        assert (await say(client, chosen, **words)).json()["type"] == "taken"
        milliseconds = {**words, "result": 1_795_698_785_159}
        assert (await say(client, chosen, **milliseconds)).json()["type"] == "taken"
        without = await create(client, "voice")
        assert problem(await say(client, without, **words)) == (409, "not_asked")
        bad = await say(client, chosen, **{**words, "result": -1})
        assert bad.status_code == 422


async def test_a_room_that_takes_no_words_of_the_browser_says_so(tmp_path: Path) -> None:
    engines = scripted_engines()
    engines.page_recognizer = None
    composition = compose(tmp_path, engines=engines)
    app = create_app(composition)
    try:
        async with (
            running(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client,
        ):
            assert (await client.get("/api/status")).json()["browser_words"] is False
            order = {"scenario": "en-mug", "words": "browser"}
            answer = await client.post("/api/rehearsals", json=order)
            assert answer.status_code == 422
            assert "does not take them from the browser" in answer.text
    finally:
        composition.keeper.store.close()


async def test_harsh_viewers_need_the_streamers_consent(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        harsh = SCENARIO.replace("id: en-mug", "id: en-storm").replace(
            "difficulty: 2", "difficulty: 4\nintensity_cap: 4"
        )
        (tmp_path / "scenarios" / "storm.yaml").write_text(harsh, encoding="utf-8")
        order = {"scenario": "en-storm", "input": "typed"}
        assert problem(await client.post("/api/rehearsals", json=order)) == (422, "consent_needed")
        for more in ({"intensity": 2}, {"consent": True}):
            opened = await client.post("/api/rehearsals", json=order | more)
            assert opened.status_code == 201
            rehearsal = opened.json()["id"]
            await say(client, rehearsal, type="say", text="Hello.")
            started = (await records(client, rehearsal))["records"][0]["event"]
            assert started["intensity_cap"] == more.get("intensity", 4)
            await finish(client, rehearsal)


async def test_a_stop_ends_the_rehearsal_at_once(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        await say(client, rehearsal, type="say", text="It stays warm for hours.")
        assert (await say(client, rehearsal, type="stop")).json()["type"] == "taken"
        page = await records(client, rehearsal)
        assert page["records"][-1]["event"] == {"type": "rehearsal_ended", "reason": "safe_word"}


async def test_errors_name_folders_of_this_machine_to_nobody_else(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    app = create_app(composition)
    here, elsewhere = (
        httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url="http://localhost")
        for address in ("127.0.0.1", "192.0.2.7")
    )
    async with running(app), here, elsewhere:
        rehearsal = await create(here)
        await finish(here, rehearsal)
        card = tmp_path / "rehearsals" / rehearsal / "scorecard.json"
        card.unlink()
        card.mkdir()
        for client, sees in ((here, True), (elsewhere, False)):
            answer = await client.get(f"/api/rehearsals/{rehearsal}/scorecard")
            assert problem(answer) == (507, "storage")
            assert (str(tmp_path) in answer.text) == sees
    composition.keeper.store.close()
