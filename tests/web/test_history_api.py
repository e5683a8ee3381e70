"""The history: what comes next, lists, trends, focus points, storage, comparison."""

from __future__ import annotations

from pathlib import Path

from tests.web.rooms import compose, open_app, open_room
from tests.web.test_api import create, finish, problem, say
from tests.web.test_scorecards_api import rehearsed, scored


async def test_a_newcomer_is_offered_the_easiest_scenario_of_a_language(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        step = (await client.get("/api/next", params={"locale": "en-US"})).json()
        assert (step["kind"], step["scenario_id"], step["exposure"]) == ("first", "en-mug", "calm")
        assert (await client.get("/api/next", params={"locale": "zh"})).json() is None
        assert problem(await client.get("/api/next", params={"locale": "../x"})) == (422, "invalid_request")


async def test_the_next_step_is_the_drill_of_the_first_focus_point_and_starts_at_once(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        step = (await client.get("/api/next", params={"locale": "en"})).json()
        focus = card["focus"][0]
        assert (step["kind"], step["rehearsal_id"], step["drill_id"]) == ("drill", rehearsal, focus["drill_id"])
        assert step["finding"] == focus["title"]
        assert step["rule"]
        order = {"drill": {"id": step["drill_id"], "rehearsal_id": step["rehearsal_id"]}, "input": "typed"}
        drill = (await client.post("/api/rehearsals", json=order)).json()["id"]
        assert (await client.get("/api/next")).json()["kind"] == "rejoin"
        await say(client, drill, type="say", text="Welcome, this mug stays warm for hours.")
        await finish(client, drill)
        assert (await client.get("/api/next")).json()["kind"] == "again"


async def test_a_finding_marked_as_wrong_leads_nowhere(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        for focus in card["focus"]:
            url = f"/api/rehearsals/{rehearsal}/findings/{focus['finding_id']}/feedback"
            await client.put(url, json={"mark": "wrong"})
        step = (await client.get("/api/next")).json()
        assert (step["kind"], step["rule"]) == ("again", "")
        assert step["difficulty"] == 3


async def test_a_running_rehearsal_is_the_next_step(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        rehearsal = await create(client)
        step = (await client.get("/api/next", params={"locale": "zh"})).json()
        assert (step["kind"], step["rehearsal_id"]) == ("rejoin", rehearsal)
