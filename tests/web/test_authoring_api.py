"""Writing scenarios over HTTP: real folders, the real linter, real simulating processes."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from coach.room.simulated.worker import SimulationOrder
from coach.scenario.library import Library
from coach.store.shelf import Shelf
from commands.authoring import plan_of
from commands.scenario_check import schema_from
from run_coach import main
from tests.web.rooms import SCENARIO, compose, open_app
from tests.web.test_api import problem
from web.authoring import Authoring
from web.simulating import Simulations

SHELF = "/api/authoring/scenarios"
ROOT = Path(__file__).resolve().parents[2]
MINE = (
    SCENARIO.replace("id: en-mug", "id: en-cup")
    .replace("A mug that", "A cup that")
    .replace("title: Stays warm for hours}", "title: Stays warm for hours, statement: Warm for three hours}")
)
BAD_KEY = MINE.replace("category: home", "categry: home")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A room with one shipped scenario, `en-mug`, and an empty shelf."""
    composition = compose(tmp_path)
    shelf = Shelf(tmp_path / "own")
    shipped = tmp_path / "scenarios"
    authoring = Authoring(shelf, plan_of, shipped=shipped, schema=schema_from(shelf.played_file("x")))
    library = Library([shipped, shelf.published])
    async with open_app(replace(composition, authoring=authoring, library=library)) as client:
        yield client


async def created(room: httpx.AsyncClient, text: str = MINE) -> dict[str, Any]:
    answer = await room.post(SHELF, json={"text": text, "author": "Ann"})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def check(room: httpx.AsyncClient, text: str, **more: str) -> dict[str, Any]:
    answer = await room.post("/api/authoring/check", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


# --- the check ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        BAD_KEY,
        MINE.replace("list: 40", "list: $40").replace("type: haggler", "type: hagler"),
        MINE.replace("title: A", "title：A"),
        MINE + "events:\n  - {at_sec: 900, viewer: jo, intent: push}\n",
        MINE.replace("Joe", "Joe 😀"),
        "",
        "- a list\n",
        MINE.replace("\n", "\n\t", 3),
    ],
)
async def test_the_check_says_what_the_command_says(
    room: httpx.AsyncClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "own/published/en-cup.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    main(["scenario", "check", "--json", str(file), "--lang", "en"])
    told = json.loads(capsys.readouterr().out)["findings"]
    file.unlink()
    found = (await check(room, text, id="en-cup"))["findings"]
    keys = ("rule", "severity", "line", "column", "field", "message", "suggestion")
    assert [{key: one[key] for key in keys} for one in found] == [{key: one[key] for key in keys} for one in told]
    assert [one["edit"] is not None for one in found] == [one["fixable"] for one in told]


async def test_a_finding_names_its_place_and_the_edit_as_the_page_counts(room: httpx.AsyncClient) -> None:
    text = MINE.replace("title: A cup", "title: 😀 A cup").replace("category: home", "categry: home")
    finding = next(one for one in (await check(room, text))["findings"] if one["rule"] == "unknown_key")
    units = text.encode("utf-16-le")
    marked = units[2 * finding["start"] : 2 * finding["end"]].decode("utf-16-le")
    edit = finding["edit"]
    replaced = units[2 * edit["start"] : 2 * edit["end"]].decode("utf-16-le")
    assert (marked, replaced, edit["new"]) == ("categry", "categry", "category")
    assert finding["message"]["zh"] != finding["message"]["en"]


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1]\nb: *a\n",
        "a: !!python/object/apply:os.system [echo]\n",
        "[" * 5_000,
        "a: " + "{a: " * 2_000,
        "\n".join(f"k{number}: [{', '.join(['x'] * 50)}]" for number in range(1_000)),
        "\0\x07",
        "? [a]\n: b\n",
        "id: x\n--- \nid: y\n",
        "x" * 262_000,
    ],
)
async def test_hostile_yaml_is_only_findings(room: httpx.AsyncClient, text: str) -> None:
    answer = await check(room, text)
    assert not answer["loads"]
    assert answer["plan"] is None
    assert answer["findings"]


async def test_a_text_larger_than_the_room_takes_is_refused(room: httpx.AsyncClient) -> None:
    answer = await room.post("/api/authoring/check", json={"text": "x" * 300_000})
    assert problem(answer) == (413, "too_large")


async def test_the_plan_says_what_happens_when_and_who_comes(room: httpx.AsyncClient) -> None:
    text = MINE + (
        "stages: [{name: hook, until_sec: 40}, {name: close}]\n"
        "events:\n  - {at_sec: 45, viewer: joe, intent: push, pressure: true}\n"
        "  - {when: price_said, kind: audience_drop, to: 60}\n"
    )
    plan = (await check(room, text))["plan"]
    assert plan["stages"] == [{"name": "hook", "at_sec": 0}, {"name": "close", "at_sec": 40}]
    assert plan["arrivals"][0]["id"] == "joe"
    assert plan["arrivals"][0]["at_sec"] == 0
    timed, waiting = plan["moments"]
    assert (timed["at_sec"], timed["pressure"], timed["viewer"]) == (45, True, "joe")
    assert (waiting["at_sec"], waiting["when"]["en"]) == (None, "when the price is said")
    assert waiting["what"]["zh"] == "在线掉到 60"


async def test_the_schema_is_the_published_one(room: httpx.AsyncClient) -> None:
    answer = await room.get("/api/authoring/schema")
    assert answer.json() == json.loads((ROOT / "scenarios/scenario.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "order",
    [
        {"locale": "en-US"},
        {"locale": "zh-CN", "category": "beauty", "difficulty": 4, "minutes": 10},
        {"locale": "zh-CN", "skill": "hold_price", "minutes": 3, "types": ["haggler"]},
    ],
)
async def test_a_template_checks_clean_and_has_a_free_id(room: httpx.AsyncClient, order: dict[str, Any]) -> None:
    text = (await room.post("/api/authoring/template", json=order)).json()["text"]
    answer = await check(room, text)
    assert answer["loads"]
    assert [one for one in answer["findings"] if one["severity"] == "error"] == []
    await created(room, text)
    again = (await room.post("/api/authoring/template", json=order)).json()["text"]
    assert (await check(room, again))["id"] == f"{answer['id']}-2"


# --- the shelf ----------------------------------------------------------------------------------------------------


async def test_the_list_has_shipped_own_and_broken_ones(room: httpx.AsyncClient, tmp_path: Path) -> None:
    await created(room)
    await created(room, "id: en-broken\nproduct: [\n")
    (tmp_path / "scenarios/bad.yaml").write_text("id: [", encoding="utf-8")
    shelf = (await room.get(SHELF)).json()
    cards = {one["id"]: (one["origin"], one["state"], one["loads"]) for one in shelf["scenarios"]}
    assert cards == {
        "en-cup": ("own", "draft", True),
        "en-broken": ("own", "draft", False),
        "en-mug": ("shipped", "published", True),
    }
    assert [one["file"] for one in shelf["broken"]] == ["bad.yaml"]
    lint = (await room.get("/api/authoring/lint")).json()
    assert lint["en-cup"]["errors"] == 0
    assert lint["en-broken"]["errors"] == 1


async def test_a_draft_is_played_by_those_who_ask_for_it_and_listed_once_published(room: httpx.AsyncClient) -> None:
    await created(room)
    assert [one["id"] for one in (await room.get("/api/scenarios")).json()] == ["en-mug"]
    order = {"scenario": "en-cup", "input": "typed"}
    assert problem(await room.post("/api/rehearsals", json=order))[0] == 404
    assert (await room.get(f"{SHELF}/en-cup/card")).json()["title"] == "A cup that stays warm"
    assert (await room.post("/api/rehearsals", json={**order, "draft": True})).status_code == 201
    published = await room.put(f"{SHELF}/en-cup/published", json={"version": 1})
    assert published.json()["state"] == "published"
    assert [one["id"] for one in (await room.get("/api/scenarios")).json()] == ["en-cup", "en-mug"]
    assert (await room.post("/api/rehearsals", json=order)).status_code == 201
    assert (await room.delete(f"{SHELF}/en-cup/published")).json()["state"] == "draft"
    assert [one["id"] for one in (await room.get("/api/scenarios")).json()] == ["en-mug"]


async def test_a_running_rehearsal_keeps_the_text_it_began_with(room: httpx.AsyncClient, tmp_path: Path) -> None:
    await created(room)
    order = {"scenario": "en-cup", "input": "typed", "draft": True}
    rehearsal = (await room.post("/api/rehearsals", json=order)).json()["id"]
    saved = await room.put(f"{SHELF}/en-cup", json={"text": MINE.replace("live: 29", "live: 19"), "base": 1})
    assert saved.json()["saved"] == 2
    assert (await room.delete(f"{SHELF}/en-cup")).status_code == 204
    assert (await room.get(f"/api/rehearsals/{rehearsal}")).json()["scenario"]["product"]["price"]["live"] == 29
    assert (tmp_path / "rehearsals" / rehearsal / "scenario.yaml").read_text(encoding="utf-8") == MINE


async def test_a_save_on_top_of_an_old_version_is_a_conflict(room: httpx.AsyncClient) -> None:
    await created(room)
    first = await room.put(f"{SHELF}/en-cup", json={"text": MINE + "# one\n", "base": 1, "author": "Bo", "note": "n"})
    assert [one["number"] for one in first.json()["versions"]] == [2, 1]
    second = await room.put(f"{SHELF}/en-cup", json={"text": MINE + "# two\n", "base": 1})
    assert problem(second) == (409, "conflict")
    assert (await room.get(f"{SHELF}/en-cup")).json()["text"].endswith("# one\n")
    assert (await room.get(f"{SHELF}/en-cup/versions/1")).json()["text"] == MINE
    knowing = await room.put(f"{SHELF}/en-cup", json={"text": MINE + "# two\n", "base": 2})
    assert knowing.json()["saved"] == 3


async def test_two_saves_at_the_same_moment_are_one_version_and_one_conflict(room: httpx.AsyncClient) -> None:
    await created(room)
    orders = [{"text": f"{MINE}# {number}\n", "base": 1} for number in range(6)]
    answers = await asyncio.gather(*(room.put(f"{SHELF}/en-cup", json=order) for order in orders))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


async def test_a_broken_draft_is_kept_but_not_published_and_not_played(room: httpx.AsyncClient) -> None:
    await created(room, BAD_KEY)
    refused = await room.put(f"{SHELF}/en-cup/published", json={"version": 1})
    assert problem(refused) == (422, "not_clean")
    assert "category" in refused.json()["detail"]["message"]["zh"]
    order = {"scenario": "en-cup", "input": "typed", "draft": True}
    assert problem(await room.post("/api/rehearsals", json=order))[0] == 422
    assert problem(await room.get(f"{SHELF}/en-cup/card"))[0] == 422


async def test_shipped_scenarios_are_read_only_and_ids_unique(room: httpx.AsyncClient) -> None:
    assert (await room.get(f"{SHELF}/en-mug")).json()["origin"] == "shipped"
    assert problem(await room.post(SHELF, json={"text": SCENARIO})) == (409, "id_taken")
    assert problem(await room.put(f"{SHELF}/en-mug", json={"text": SCENARIO, "base": 0})) == (404, "unknown_scenario")
    assert problem(await room.delete(f"{SHELF}/en-mug")) == (403, "read_only")
    await created(room)
    assert problem(await room.post(SHELF, json={"text": MINE})) == (409, "id_taken")
    other = await room.put(f"{SHELF}/en-cup", json={"text": MINE.replace("en-cup", "en-mug"), "base": 1})
    assert problem(other) == (422, "other_id")
    assert problem(await room.post(SHELF, json={"text": "title: no id\n"})) == (422, "no_id")


@pytest.mark.parametrize("name", ["..%2F..%2Fetc", "%2e%2e", "a%2Fb", "A", "a%00", "x" * 80, "a.yaml", "%5C.."])
async def test_no_path_leads_out_of_the_shelf(room: httpx.AsyncClient, tmp_path: Path, name: str) -> None:
    before = sorted(str(path) for path in tmp_path.rglob("*.yaml"))
    for answer in (
        await room.get(f"{SHELF}/{name}"),
        await room.put(f"{SHELF}/{name}", json={"text": "id: x\n", "base": 0}),
        await room.put(f"{SHELF}/{name}/published", json={"version": 1}),
        await room.delete(f"{SHELF}/{name}"),
        await room.get(f"{SHELF}/{name}/yaml"),
    ):
        assert answer.status_code in (404, 405, 422), answer.text
    assert sorted(str(path) for path in tmp_path.rglob("*.yaml")) == before


async def test_a_scenario_is_downloaded_as_a_file(room: httpx.AsyncClient) -> None:
    answer = await room.get(f"{SHELF}/en-mug/yaml")
    assert answer.text == SCENARIO
    assert answer.headers["Content-Disposition"] == 'attachment; filename="en-mug.yaml"'


async def test_half_a_surrogate_is_refused_and_not_a_crash(room: httpx.AsyncClient) -> None:
    raw = b'{"text": "id: \\ud800"}'
    answer = await room.post("/api/authoring/check", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 422), answer.text


async def test_a_room_without_a_desk_says_so(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path)) as client:
        assert problem(await client.get(SHELF)) == (404, "authoring_off")


# --- simulating ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_simulated_rehearsals_come_line_by_line_and_are_the_commands_own(
    room: httpx.AsyncClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = MINE.replace("duration_sec: 300", "duration_sec: 60")
    order = {"text": text, "streamers": ["skilled", "rude"], "seeds": 2}
    answer = await room.post("/api/authoring/simulate", json=order)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [(line["kind"], line.get("streamer"), line.get("seed")) for line in lines] == [
        ("played", "skilled", 0), ("played", "rude", 0), ("played", "skilled", 1), ("played", "rude", 1),
        ("finished", None, None),
    ]  # fmt: skip
    file = tmp_path / "cup.yaml"
    file.write_text(text, encoding="utf-8")
    main(["scenario", "simulate", str(file), "--streamer", "skilled", "--seeds", "2", "--json"])
    told = json.loads(capsys.readouterr().out)["streamers"]["skilled"]["rehearsals"]
    ours = [{key: line[key] for key in told[0]} for line in lines if line.get("streamer") == "skilled"]
    assert ours == told
    read = await room.post("/api/authoring/transcript", json={"text": text, "streamer": "skilled", "seed": 1})
    kinds = {line["what"] for line in read.json()["lines"]}
    assert {"said", "joined"} <= kinds
    assert len([line for line in read.json()["lines"] if line["what"] == "said"]) == told[1]["utterances"]


async def test_a_text_that_does_not_load_is_not_played(room: httpx.AsyncClient) -> None:
    assert problem(await room.post("/api/authoring/simulate", json={"text": BAD_KEY}))[0] == 422


@pytest.mark.slow
async def test_playing_stops_at_once_when_nobody_reads(tmp_path: Path) -> None:
    simulations = Simulations(places=1)
    gone = False

    async def is_gone() -> bool:
        return gone

    before = children()
    order = SimulationOrder(MINE, ("skilled",), tuple(range(500)))
    lines = []
    async for line in simulations.run(order, is_gone):
        lines.append(line)
        assert simulations.full
        assert len(children() - before) == 1
        gone = True
    assert len(lines) == 1
    assert children() == before
    assert not simulations.full


@pytest.mark.slow
async def test_playing_too_long_is_given_up_and_said() -> None:
    async def is_gone() -> bool:
        return False

    order = SimulationOrder(MINE, ("skilled",), tuple(range(500)))
    lines = [line async for line in Simulations().run(order, is_gone, limit_sec=0.0)]
    assert lines == [{"kind": "stopped", "reason": "too_long"}]


def children() -> set[int]:
    """Return the processes that this one has started and that still run."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not listed.exists():
        pytest.skip("no list of processes on this system")
    return {int(number) for number in re.findall(r"\d+", listed.read_text(encoding="ascii"))}


async def test_a_scenario_looked_at_is_no_second_file_of_its_own_id(room: httpx.AsyncClient, tmp_path: Path) -> None:
    shipped = (await room.get(f"{SHELF}/en-mug")).json()["text"]
    assert "same_id" not in {one["rule"] for one in (await check(room, shipped, id="en-mug"))["findings"]}
    copy = next(one for one in (await check(room, shipped))["findings"] if one["rule"] == "same_id")
    assert copy["message"]["en"] == "the id 'en-mug' is already used by mug.yaml"
    assert "mug.yaml" in copy["message"]["zh"]
    assert str(tmp_path) not in json.dumps(copy)


async def test_broken_files_are_told_without_their_folders(room: httpx.AsyncClient, tmp_path: Path) -> None:
    (tmp_path / "scenarios" / "second.yaml").write_text(SCENARIO, encoding="utf-8")
    listed = await room.get(SHELF)
    assert "mug.yaml" in listed.json()["broken"][0]["message"]["en"]
    assert str(tmp_path) not in listed.text


async def test_own_scenarios_are_checked_once_and_again_when_they_change(room: httpx.AsyncClient) -> None:
    await created(room)
    first = (await room.get("/api/authoring/lint")).json()["en-cup"]
    assert (await room.get("/api/authoring/lint")).json()["en-cup"] == first
    await room.put(f"{SHELF}/en-cup", json={"text": BAD_KEY, "base": 1})
    assert (await room.get("/api/authoring/lint")).json()["en-cup"]["errors"] > first["errors"]
