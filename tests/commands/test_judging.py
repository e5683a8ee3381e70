"""The model that grades, asked about points too: whole rehearsals against a real local HTTP server."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openai  # noqa: F401 - loaded before the first test, since it takes long
import pytest
import yaml

import run_coach
from coach.live.engines import Engines
from coach.scenario.load import parse_scenario
from coach.score import too_short
from coach.score.scorecard import Scorecard
from coach.settings import JudgeSettings, load_settings
from coach.store.files import load_folder
from coach.store.keeper import Keeper
from coach.store.proposals import PROPOSALS
from coach.store.repository import SqlRehearsalStore
from coach.testing import LevelVad
from commands.compose import host
from commands.scoring import score_saved
from tests.score.logs import ZH

pytestmark = pytest.mark.slow

SCENARIO = parse_scenario(yaml.safe_dump(ZH, allow_unicode=True), "scenario.yaml")
SAID = "大热天站一下午后背都是爽的"
PROPOSAL = '{"point": "breathable", "turn": 0, "quote": "站一下午后背都是爽的"}'
Reply = Callable[[dict[str, Any]], tuple[int, str]]


@pytest.fixture(autouse=True)
def brief_ones_are_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Score the rehearsals of these tests, which end at once."""
    monkeypatch.setattr(too_short, "LEAST_SEC", 0.0)


def is_about_points(body: dict[str, Any]) -> bool:
    return "selling points" in body["messages"][0]["content"]


def proposing(body: dict[str, Any]) -> tuple[int, str]:
    """Propose one point; grade nothing."""
    return 200, PROPOSAL if is_about_points(body) else "?"


@contextmanager
def served(reply: Reply) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that streams one piece, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status, text = reply(asked[-1])
            choice = {"index": 0, "delta": {"content": text}, "finish_reason": "stop"}
            piece = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self.send_response(status)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            self.wfile.write(f"data: {json.dumps(piece)}\n\ndata: [DONE]\n\n".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def rehearsed(folder: Path, url: str, *, proposes_coverage: bool = True) -> tuple[Path, Scorecard]:
    """Rehearse by typing, to the scorecard; return the rehearsal's folder and what is in it."""
    judge = JudgeSettings(base_url=url, model="m", timeout_sec=5, proposes_coverage=proposes_coverage)
    keeper = Keeper(folder / "rehearsals", SqlRehearsalStore(f"sqlite:///{folder / 'coach.db'}"))
    engines = Engines(vad=LevelVad, recognizer=lambda language: None)
    try:
        async with host(load_settings(judge=judge), engines, keeper) as room:
            rehearsal = await room.create(SCENARIO, input="typed")
            await anext(rehearsal.log.follow())  # it has begun
            rehearsal.say(SAID)
            rehearsal.end()
            await rehearsal.finished()
    finally:
        keeper.store.close()
    path = keeper.folder(rehearsal.id)
    return path, Scorecard.model_validate_json((path / "scorecard.json").read_text(encoding="utf-8"))


def states(card: Scorecard) -> dict[str, str]:
    return {point.point_id: point.state for point in card.coverage}


async def test_what_a_model_proposes_is_kept_and_scored_the_same_ever_after(tmp_path: Path) -> None:
    with served(proposing) as (url, asked):
        folder, card = await rehearsed(tmp_path, url)
        [about_points] = filter(is_about_points, asked)
        assert len(asked) == 7
        again = score_saved(load_folder(folder))
        assert len(asked) == 7
    assert states(card) == {"breathable": "partial", "light": "miss"}
    assert card.coverage[0].evidence[0].proposed
    assert card.versions.engines["coverage_proposals"].startswith("m+")
    assert again.coverage == card.coverage
    assert again.versions.engines["coverage_proposals"] == card.versions.engines["coverage_proposals"]
    sent = json.loads(about_points["messages"][1]["content"])
    assert sent["utterances"] == [{"turn": 0, "text": SAID}]
    assert [point["id"] for point in sent["points"]] == ["breathable", "light"]


async def test_batch_and_rescore_use_what_is_kept_and_ask_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with served(proposing) as (url, asked):
        monkeypatch.setenv("COACH_JUDGE__BASE_URL", url)
        monkeypatch.setenv("COACH_JUDGE__PROPOSES_COVERAGE", "true")
        folder, _ = await rehearsed(tmp_path, url)
        before = len(asked)
        assert run_coach.main(["score", str(folder), "--format", "jsonl"]) == 0
        batch = Scorecard.model_validate(json.loads(capsys.readouterr().out)["scorecard"])
        assert run_coach.main(["rescore", str(folder), "--format", "json"]) == 0
        [changed] = json.loads(capsys.readouterr().out)
        assert len(asked) == before
    assert states(batch)["breathable"] == "partial"
    assert (changed["verdicts"], changed["scores"]) == ([], [])


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (lambda body: (500, ""), "the server answered 500"),
        (lambda body: (200, "我觉得都讲到了！" * 9), "no proposals in it"),
        (lambda body: (200, "{" * 100_000), "no proposals in it"),
    ],
    ids=["down", "garbage", "huge"],
)
async def test_a_server_that_misbehaves_costs_one_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, reply: Reply, sentence: str
) -> None:
    with served(reply) as (url, _):
        folder, card = await rehearsed(tmp_path, url)
    told = [record.getMessage() for record in caplog.records if "coverage" in record.getMessage()]
    assert [sentence in one for one in told] == [True]
    assert not (folder / PROPOSALS).exists()
    assert set(states(card).values()) == {"miss"}
    assert {item.by for item in card.judged} == {"rules"}


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (lambda body: (401, ""), {"zh": "服务器拒绝了密钥", "en": "the server refused the key"}),
        (lambda body: (500, ""), {"zh": "服务器返回 500（6 次）", "en": "the server answered 500 (6×)"}),
        (lambda body: (200, "?"), {"zh": "回答不是要求的格式（6 次）", "en": "not in the form asked for (6×)"}),
        (lambda body: (200, ""), {"zh": "回答是空的（6 次）", "en": "the answer was empty (6×)"}),
    ],
    ids=["key", "down", "garbage", "empty"],
)
async def test_a_report_says_that_the_judge_did_not_speak_and_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reply: Reply,
    told: dict[str, str],
) -> None:
    folder, _ = await rehearsed(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    with served(reply) as (url, _):
        monkeypatch.setenv("COACH_JUDGE__BASE_URL", url)
        for lang, sentence in told.items():
            for form in ("md", "html"):
                done = await asyncio.to_thread(
                    run_coach.main, ["report", str(folder), "--judge", "--format", form, "--lang", lang]
                )
                shown = capsys.readouterr()
                assert done == 0
                assert sentence in shown.err
                assert sentence in shown.out


async def test_a_report_says_that_nobody_could_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = await rehearsed(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_JUDGE__BASE_URL", "http://127.0.0.1:1/v1")
    await asyncio.to_thread(run_coach.main, ["report", str(folder), "--judge", "--lang", "zh"])
    assert "连不上 http://127.0.0.1:1/v1（6 次）" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://[::no/v1"], ids=["nobody", "nonsense"])
async def test_an_address_without_a_server_costs_no_scorecard(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    _, card = await rehearsed(tmp_path, url)
    assert sum("coverage is scored by rules alone" in record.getMessage() for record in caplog.records) == 1
    assert set(states(card).values()) == {"miss"}


async def test_nobody_is_asked_about_points_unless_it_was_set(tmp_path: Path) -> None:
    with served(proposing) as (url, asked):
        folder, card = await rehearsed(tmp_path, url, proposes_coverage=False)
    assert not any(map(is_about_points, asked))
    assert not (folder / PROPOSALS).exists()
    assert set(states(card).values()) == {"miss"}


async def test_a_damaged_file_is_warned_of_and_scored_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with served(proposing) as (url, _):
        folder, _ = await rehearsed(tmp_path, url)
    (folder / PROPOSALS).write_bytes(b"{")
    assert set(states(score_saved(load_folder(folder))).values()) == {"miss"}
    [told] = [record.getMessage() for record in caplog.records if PROPOSALS in record.getMessage()]
    assert told.startswith(f"{folder / PROPOSALS} is damaged; coverage is scored by rules alone.")
