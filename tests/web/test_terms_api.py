"""How a rehearsal is opened: exposure, seed, a drawn product with time to prepare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.rooms import SCENARIO, open_room
from tests.web.test_api import finish, problem, records, say

TROLL = "  - {id: vex, type: troll, name: Vex}\n"
LAMP = SCENARIO.replace("en-mug", "en-lamp").replace("Ember mug", "Reed lamp")
CHALLENGE = SCENARIO.replace("en-mug", "en-draw") + "draw: {products: [en-mug, en-lamp], prep_sec: 60}\n"


async def opened(client: httpx.AsyncClient, **order: Any) -> dict[str, Any]:
    answer = await client.post("/api/rehearsals", json={"scenario": "en-mug", "input": "typed", **order})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("exposure", "level"), [("calm", 1), ("easy", 3), ("full", 4)])
async def test_a_rehearsal_says_how_much_pressure_was_left_in(tmp_path: Path, exposure: str, level: int) -> None:
    async with open_room(tmp_path) as client:
        write(tmp_path, storm=SCENARIO.replace("en-mug", "en-storm").replace("difficulty: 2", "difficulty: 4") + TROLL)
        made = await opened(client, scenario="en-storm", exposure=exposure)
        assert (made["exposure"], made["difficulty"], made["prep_sec"]) == (exposure, level, 0.0)
        started = (await records(client, made["id"]))["records"][0]["event"]
        assert (started["exposure"], started["difficulty"]) == (exposure, level)
        card = (await client.get(f"/api/rehearsals/{made['id']}")).json()["scenario"]
        assert ("vex" in {viewer["id"] for viewer in card["viewers"]}) == (exposure != "calm")
        assert (await finish(client, made["id"])).status_code == 200


async def test_calm_needs_no_consent(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        harsh = SCENARIO.replace("en-mug", "en-storm").replace("difficulty: 2", "difficulty: 4\nintensity_cap: 4")
        write(tmp_path, storm=harsh)
        await opened(client, scenario="en-storm", exposure="calm")


async def test_a_seed_may_be_chosen(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        made = await opened(client, seed=41)
        assert made["seed"] == (await records(client, made["id"]))["records"][0]["event"]["seed"] == 41


async def test_a_drawn_product_leaves_time_to_prepare(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        write(tmp_path, lamp=LAMP, draw=CHALLENGE)
        drawn = {}
        for seed in range(8):
            made = await opened(client, scenario="en-draw", seed=seed)
            assert made["prep_sec"] == 60
            card = (await client.get(f"/api/rehearsals/{made['id']}")).json()["scenario"]
            drawn[seed] = card["product"]["name"]
            page = await records(client, made["id"], since=1, wait=1.0)
            while not [record for record in page["records"] if record["event"]["type"] == "rehearsal_paused"]:
                page = await records(client, made["id"], since=1, wait=1.0)
            assert (await records(client, made["id"]))["records"][0]["event"]["prep_sec"] == 60
            await say(client, made["id"], type="resume")
            await finish(client, made["id"])
            text = (tmp_path / "rehearsals" / made["id"] / "scenario.yaml").read_text(encoding="utf-8")
            assert drawn[seed] in text
        assert set(drawn.values()) == {"Ember mug", "Reed lamp"}


async def test_a_challenge_is_marked_on_its_card(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        write(tmp_path, lamp=LAMP, draw=CHALLENGE)
        cards = {card["id"]: card for card in (await client.get("/api/scenarios")).json()}
    assert (cards["en-draw"]["prep_sec"], cards["en-mug"]["prep_sec"]) == (60, None)
    assert cards["en-mug"]["kind"] == "rehearsal"


async def test_an_exam_keeps_points_and_facts_to_itself_until_it_is_over(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        made = await opened(client, exam=True)
        assert (await records(client, made["id"]))["records"][0]["event"]["exam"] is True
        detail = (await client.get(f"/api/rehearsals/{made['id']}")).json()
        product = detail["scenario"]["product"]
        assert (detail["exam"], product["selling_points"], product["facts"], product["gifts"]) == (True, [], {}, [])
        assert (product["name"], product["price"]["live"] > 0) == ("Ember mug", True)
        await finish(client, made["id"])
        kept = (await client.get(f"/api/rehearsals/{made['id']}")).json()
        assert kept["exam"]
        assert kept["scenario"]["product"]["selling_points"]


async def test_a_rehearsal_is_no_exam_unless_asked_for(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        made = await opened(client)
        detail = (await client.get(f"/api/rehearsals/{made['id']}")).json()
        assert not detail["exam"]
        assert detail["scenario"]["product"]["selling_points"]
        await finish(client, made["id"])


@pytest.mark.parametrize("order", [{"exposure": "brutal"}, {"seed": -1}])
async def test_terms_that_are_none_are_refused(tmp_path: Path, order: dict[str, Any]) -> None:
    async with open_room(tmp_path) as client:
        answer = await client.post("/api/rehearsals", json={"scenario": "en-mug", **order})
        assert problem(answer) == (422, "invalid_request")


async def test_a_moment_of_an_earlier_rehearsal_is_played_again(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        made = await opened(client, seed=5)
        line: dict[str, Any] | None = None
        since = 0
        while line is None:
            page = await records(client, made["id"], since=since, wait=5.0)
            since += len(page["records"])
            line = next((record for record in page["records"] if record["event"]["type"] == "line_posted"), None)
        wanted = {"rehearsal_id": made["id"], "at_sec": line["at"] + 0.5}
        order = {"replay": wanted, "input": "typed"}
        assert problem(await client.post("/api/rehearsals", json=order)) == (409, "running")
        await finish(client, made["id"])
        answer = await client.post("/api/rehearsals", json=order)
        assert answer.status_code == 201, answer.text
        second = answer.json()
        started = (await records(client, second["id"]))["records"][0]["event"]
        assert (started["replay_of"], started["seed"], started["difficulty"]) == (made["id"], 5, 2)
        page = await records(client, second["id"], wait=5.0)
        while not (lines := [one["event"] for one in page["records"] if one["event"]["type"] == "line_posted"]):
            page = await records(client, second["id"], wait=5.0)
        assert lines[0]["text"] == line["event"]["text"]
        assert (await finish(client, second["id"])).status_code == 200


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"replay": {"rehearsal_id": "nobody", "at_sec": 3}}, 404, "unknown_rehearsal"),
        ({"replay": {"rehearsal_id": "nobody", "at_sec": -3}}, 422, "invalid_request"),
        ({"replay": {"rehearsal_id": "nobody", "at_sec": 3}, "scenario": "en-mug"}, 422, "invalid_request"),
        ({}, 422, "invalid_request"),
    ],
)
async def test_an_order_is_for_one_thing(tmp_path: Path, order: dict[str, Any], status: int, code: str) -> None:
    async with open_room(tmp_path) as client:
        assert problem(await client.post("/api/rehearsals", json=order)) == (status, code)
