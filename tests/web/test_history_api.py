"""The history: what comes next, lists, trends, focus points, storage, comparison."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from coach.clock import wall_time
from coach.growth.result import VERSION
from coach.ports import RehearsalSummary
from commands.scoring import rescore_kept
from tests.growth.examples import point
from tests.growth.examples import rehearsed as made_up
from tests.web.rooms import compose, open_app, open_room
from tests.web.test_api import create, finish, problem, say
from tests.web.test_scorecards_api import rehearsed, scored
from web.composition import Composition

GAP = point("pacing.dead_air")


def kept(composition: Composition, number: int) -> None:
    """Index a made-up rehearsal of a day's time after the one before; every tenth is a drill."""
    title = "Tote" if number % 2 else "Kettle"
    result = made_up(
        number,
        *([GAP] if number == 29 else []),
        rehearsal_id=f"r{number}",
        kind="rehearsal" if number % 10 else "drill",
        scenario_id=title.lower(),
        scenario_title=title,
        started_at=wall_time() - timedelta(days=30 - number),
        scores={"pacing": 40.0 + number, "coverage": 60.0, "composure": float(number) if number else None},
    )
    row = RehearsalSummary(
        result.rehearsal_id,
        result.scenario_id,
        title,
        "en-US",
        "scored",
        result.started_at.isoformat(),
        scores={name: score.value for name, score in result.scores.items()},
        kind=result.kind,
    )
    composition.keeper.store.save(row)
    composition.keeper.store.save_result(row.id, VERSION, result.model_dump_json())


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


async def test_the_list_is_searched_filtered_sorted_and_paged(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    async with open_app(composition) as client:
        for number in range(30):
            kept(composition, number)
        page = (await client.get("/api/history", params={"limit": 10})).json()
        assert (page["total"], page["kept"], len(page["items"])) == (30, 30, 10)
        assert page["items"][0]["summary"]["id"] == "r29"
        assert page["scenarios"] == [
            {"id": "tote", "title": "Tote", "locale": "en-US"},
            {"id": "kettle", "title": "Kettle", "locale": "en-US"},
        ]

        async def ids(**params: str | int) -> list[str]:
            found = (await client.get("/api/history", params={"limit": 100, **params})).json()
            return [item["summary"]["id"] for item in found["items"]]

        assert await ids(offset=28) == ["r1", "r0"]
        assert await ids(sort="oldest", limit=2) == ["r0", "r1"]
        assert await ids(sort="pacing", limit=2) == ["r29", "r28"]
        assert (await ids(sort="composure"))[-1] == "r0"
        assert await ids(q="KETT", limit=2) == ["r28", "r26"]
        assert await ids(q="r1 tote") == ["r19", "r17", "r15", "r13", "r11", "r1"]
        assert await ids(q="100%") == []
        assert await ids(scenario="tote", limit=1) == ["r29"]
        assert await ids(language="zh") == []
        assert await ids(kind="drill") == ["r20", "r10", "r0"]
        assert await ids(status="running") == []
        assert problem(await client.get("/api/history", params={"sort": "best"})) == (422, "invalid_request")


async def test_a_row_says_what_is_known_of_it(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        running = await create(client)
        await client.put(f"/api/rehearsals/{rehearsal}/share", json={"note": ""})
        items = {item["summary"]["id"]: item for item in (await client.get("/api/history")).json()["items"]}
        assert (items[running]["running"], items[running]["exposure"]) == (True, None)
        row = items[rehearsal]
        assert (row["running"], row["exposure"], row["difficulty"]) == (False, "full", 2)
        assert (row["shared"], items[running]["shared"]) == (True, False)
        assert (row["unseen"], items[running]["unseen"]) == (0, 0)
        said = {"text": "Name the price before the gift."}
        await client.post(f"/api/reviews/{rehearsal}/comments", json=said, headers={"X-Coach-Mentor": "Lin"})
        items = {item["summary"]["id"]: item for item in (await client.get("/api/history")).json()["items"]}
        assert (items[rehearsal]["unseen"], items[running]["unseen"]) == (1, 0)
        assert [point["finding_id"] for point in row["focus"]] == [point["finding_id"] for point in card["focus"]]
        assert row["reasons"]["pacing"]["en"].startswith("This rehearsal was typed")


async def test_trends_and_focus_points_follow_from_the_index(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    async with open_app(composition) as client:
        for number in range(30):
            kept(composition, number)
        found = (await client.get("/api/history/trends", params={"language": "en"})).json()
        pacing = found["trends"][0]
        assert (pacing["verdict"], pacing["counted"], len(pacing["points"])) == ("rising", 27, 30)
        one = await client.get("/api/history/trends", params={"language": "en", "scenario": "tote", "weeks": 1})
        assert one.json()["trends"][0]["verdict"] == "too_few"
        focus = (await client.get("/api/history/focus", params={"language": "en"})).json()
        assert [(course["rule"], course["state"], course["drill_id"]) for course in focus] == [
            ("pacing.dead_air", "open", "fill_the_gap")
        ]
        assert (await client.get("/api/history/focus", params={"language": "zh"})).json() == []


async def test_several_are_deleted_at_once_and_what_runs_stays(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        done, _ = await rehearsed(client)
        running = await create(client)
        answer = await client.post("/api/history/delete", json={"ids": [done, running, done, "nobody", "../x"]})
        assert answer.json() == {"deleted": [done, "nobody", "../x"], "stayed": [running]}
        assert not (tmp_path / "rehearsals" / done).exists()
        assert [item["summary"]["id"] for item in (await client.get("/api/history")).json()["items"]] == [running]
        assert (await client.get("/api/history/focus")).json() == []
        assert problem(await client.post("/api/history/delete", json={"ids": []})) == (422, "invalid_request")


async def test_storage_is_told_and_recordings_are_given_back(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        done, _ = await rehearsed(client)
        folder = tmp_path / "rehearsals" / done
        for name, size in (("streamer.ogg", 7000), ("viewers.ogg", 2000), ("streamer.peaks", 500)):
            (folder / name).write_bytes(b"x" * size)
        (folder / "private_voice.json").write_text("{}", encoding="utf-8")
        running = await create(client)
        told = (await client.get("/api/storage")).json()
        assert told["folder"] == str((tmp_path / "rehearsals").resolve())
        assert (told["kept"]["rehearsals"], told["kept"]["recordings_bytes"], told["running"]) == (2, 9502, 1)
        assert told["removable"]["rehearsals"] == 1
        old = (await client.get("/api/storage", params={"older_than_days": 1})).json()
        assert old["removable"] == {"rehearsals": 0, "with_recordings": 0, "logs_bytes": 0, "recordings_bytes": 0}

        order = {"what": "recordings", "older_than_days": None}
        cleaned = (await client.post("/api/storage/clean", json=order)).json()
        assert cleaned == {"rehearsals": 1, "freed_bytes": 9502, "stayed": 1}
        assert sorted(path.suffix for path in folder.glob("*.ogg")) == []
        assert (await client.get(f"/api/rehearsals/{done}/scorecard")).status_code == 200

        gone = (await client.post("/api/storage/clean", json={"what": "rehearsals"})).json()
        assert (gone["rehearsals"], gone["stayed"]) == (1, 1)
        assert not folder.exists()
        assert (await client.get(f"/api/rehearsals/{running}")).json()["running"] is True


async def test_other_machines_are_not_told_the_folder(tmp_path: Path) -> None:
    async with open_room(tmp_path) as client:
        answer = await client.get("/api/storage", headers={"X-Forwarded-For": "10.0.0.9"})
        assert answer.json()["folder"] is None


async def test_two_rehearsals_are_compared_in_either_order(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        (one, _), (other, _) = await rehearsed(client), await rehearsed(client)
        found = (await client.get(f"/api/compare/{one}/{other}")).json()
        assert found == (await client.get(f"/api/compare/{other}/{one}")).json()
        assert {found["before"]["rehearsal_id"], found["after"]["rehearsal_id"]} == {one, other}
        assert found["obstacles"] == []
        assert found["points"][0]["verdict"] == "same"
        assert problem(await client.get(f"/api/compare/{one}/nobody")) == (404, "unknown_rehearsal")
        running = await create(client)
        assert problem(await client.get(f"/api/compare/{one}/{running}")) == (409, "running")
        (tmp_path / "rehearsals" / other / "scorecard.json").unlink()
        assert problem(await client.get(f"/api/compare/{one}/{other}")) == (404, "no_scorecard")


async def test_a_rehearsal_is_scored_again_where_the_room_can(tmp_path: Path) -> None:
    composition = compose(tmp_path, score=scored)
    again = replace(composition, rescore=lambda rehearsal_id: rescore_kept(composition.keeper, rehearsal_id))
    async with open_app(again) as client:
        done, card = await rehearsed(client)
        folder = tmp_path / "rehearsals" / done
        (folder / "scorecard.json").write_text("{}", encoding="utf-8")
        assert (await client.post(f"/api/rehearsals/{done}/rescore")).status_code == 204
        assert (await client.get(f"/api/rehearsals/{done}/scorecard")).json()["scores"] == card["scores"]
        assert (folder / "scorecard.1.json").read_text(encoding="utf-8") == "{}"
        assert problem(await client.post(f"/api/rehearsals/{await create(client)}/rescore")) == (409, "running")


async def test_a_room_that_cannot_score_again_says_so(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        done, _ = await rehearsed(client)
        assert problem(await client.post(f"/api/rehearsals/{done}/rescore")) == (501, "no_rescore")


async def test_one_rehearsal_is_scored_again_at_a_time(tmp_path: Path) -> None:
    composition = compose(tmp_path)
    begun, may_end = threading.Event(), threading.Event()

    def slow(_: str) -> bool:
        begun.set()
        return may_end.wait(5)

    async with open_app(replace(composition, rescore=slow)) as client, asyncio.TaskGroup() as tasks:
        rehearsal = await create(client)
        await finish(client, rehearsal)
        url = f"/api/rehearsals/{rehearsal}/rescore"
        first = tasks.create_task(client.post(url))
        await asyncio.to_thread(begun.wait, 5)
        second = await client.post(url)
        may_end.set()
        assert problem(second) == (503, "busy")
        assert second.headers["retry-after"] == "5"
        assert (await first).status_code == 204
        assert (await client.post(url)).status_code == 204
