"""Marks of findings, reports to keep, drills to start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from coach.events import Record
from coach.scenario.load import LoadedScenario
from coach.score.schema import schema_text
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from tests.web.rooms import compose, open_app
from tests.web.test_api import create, finish, problem, say


def scored(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Scorecard:
    """The product's own scorer."""
    return score(scenario.scenario, records)


async def rehearsed(client: httpx.AsyncClient) -> tuple[str, dict[str, Any]]:
    rehearsal = await create(client)
    await say(client, rehearsal, type="say", text="Hello and welcome, this mug is blue.")
    card: dict[str, Any] = (await finish(client, rehearsal)).json()
    return rehearsal, card


async def mark(client: httpx.AsyncClient, rehearsal: str, finding: str, mark: str | None) -> httpx.Response:
    return await client.put(f"/api/rehearsals/{rehearsal}/findings/{finding}/feedback", json={"mark": mark})


async def test_a_finding_is_marked_kept_and_unmarked(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        finding = card["focus"][0]["finding_id"]
        assert card["marks"] == {}
        answer = await mark(client, rehearsal, finding, "wrong")
        assert (answer.status_code, answer.json()) == (200, {"marks": {finding: "wrong"}})
        again = (await client.get(f"/api/rehearsals/{rehearsal}/scorecard")).json()
        rest = [point for point in card["focus"] if point["finding_id"] != finding]
        assert again == {**card, "marks": {finding: "wrong"}, "focus": rest}
        store = SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")
        assert Keeper(tmp_path / "rehearsals", store).marks(rehearsal) == {finding: "wrong"}
        assert [row.mark for row in store.marks(rehearsal)] == ["wrong"]
        store.close()
        assert (await mark(client, rehearsal, finding, None)).json() == {"marks": {}}
        assert (await client.get(f"/api/rehearsals/{rehearsal}/scorecard")).json() == card


async def test_what_cannot_be_marked_says_so(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, _ = await rehearsed(client)
        assert problem(await mark(client, rehearsal, "no.such", "useful")) == (404, "unknown_finding")
        assert problem(await mark(client, "nobody", "x", "useful")) == (404, "unknown_rehearsal")
        assert problem(await mark(client, rehearsal, "start.spoke", "great")) == (422, "invalid_request")
        running = await create(client)
        assert problem(await mark(client, running, "x", "useful")) == (409, "running")


async def test_a_report_is_a_file_in_either_language_with_the_marks(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        await mark(client, rehearsal, card["focus"][0]["finding_id"], "not_useful")
        url = f"/api/rehearsals/{rehearsal}/report"
        page = await client.get(url, params={"format": "html", "lang": "zh"})
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["content-disposition"] == f'attachment; filename="{rehearsal}.html"'
        assert '<html lang="zh-CN">' in page.text
        assert (await client.get(url, params={"format": "md"})).text.startswith("# Rehearsal report")
        whole = (await client.get(url, params={"format": "json"})).json()
        assert whole["marks"] == {card["focus"][0]["finding_id"]: "not_useful"}
        assert problem(await client.get(url, params={"format": "pdf"})) == (422, "invalid_request")


async def test_a_damaged_scorecard_is_told_and_not_marked(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, _ = await rehearsed(client)
        (tmp_path / "rehearsals" / rehearsal / "scorecard.json").write_text("{", encoding="utf-8")
        assert problem(await client.get(f"/api/rehearsals/{rehearsal}/scorecard")) == (409, "unreadable_scorecard")
        assert problem(await mark(client, rehearsal, "start.spoke", "useful")) == (409, "unreadable_scorecard")


async def test_the_schema_is_published(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path)) as client:
        assert (await client.get("/api/scorecard/schema")).json() == json.loads(schema_text())


async def test_a_drill_on_the_rehearsed_product_is_started_by_its_id(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path, score=scored)) as client:
        rehearsal, card = await rehearsed(client)
        drills = {drill["id"]: drill for drill in (await client.get("/api/drills")).json()}
        wanted = card["focus"][0]["drill_id"]
        assert drills[wanted]["duration_sec"] == 180
        order = {"drill": {"id": "hold_price", "rehearsal_id": rehearsal}, "input": "typed"}
        made = await client.post("/api/rehearsals", json=order)
        assert made.status_code == 201, made.text
        played = (await client.get(f"/api/rehearsals/{made.json()['id']}")).json()["scenario"]
        assert (played["kind"], played["skill"], played["duration_sec"]) == ("drill", "hold_price", 180)
        assert [viewer["type"] for viewer in played["viewers"]] == ["haggler"]
        assert played["product"]["name"] == "Ember mug"
        assert played["title"] == "Hold the price · A mug that stays warm"


@pytest.mark.parametrize(
    ("drill", "answer"),
    [
        ({"id": "fly", "rehearsal_id": "r"}, (404, "unknown_drill")),
        ({"id": "hold_price", "rehearsal_id": "nobody"}, (404, "unknown_rehearsal")),
    ],
)
async def test_a_drill_that_is_none_is_refused(tmp_path: Path, drill: dict[str, str], answer: tuple[int, str]) -> None:
    async with open_app(compose(tmp_path)) as client:
        assert problem(await client.post("/api/rehearsals", json={"drill": drill})) == answer


async def test_one_of_three_is_ordered(tmp_path: Path) -> None:
    async with open_app(compose(tmp_path)) as client:
        order = {"scenario": "en-mug", "drill": {"id": "hold_price", "rehearsal_id": "r"}}
        assert problem(await client.post("/api/rehearsals", json=order)) == (422, "invalid_request")
