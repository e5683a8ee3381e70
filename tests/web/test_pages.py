from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from coach.score.scorecard import Text
from web.pages import install_pages
from web.ui_build import UiBuild


def built(folder: Path) -> UiBuild:
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>room</title>")
    (dist / "assets" / "main-1a2b.js").write_text("run()")
    (dist / ".sources").write_text("hash")
    (folder / "secret.txt").write_text("secret")
    ui = UiBuild(folder, progress=lambda line: None)
    ui.state = "ready"
    return ui


def open_app(ui: UiBuild | None) -> httpx.AsyncClient:
    app = FastAPI()
    install_pages(app, ui)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


@pytest.mark.parametrize(
    ("path", "status", "text", "cache"),
    [
        ("/", 200, "room", "no-cache"),
        ("/rehearsals/20261122/scorecard", 200, "room", "no-cache"),
        ("/assets/main-1a2b.js", 200, "run()", "immutable"),
        ("/assets/main-0000.js", 404, "", ""),
        ("/api/nothing", 404, "", ""),
        ("/api", 404, "", ""),
        ("/.sources", 200, "room", "no-cache"),
        ("/..%2fsecret.txt", 200, "room", "no-cache"),
        ("/assets/..%2f..%2fsecret.txt", 404, "", ""),
        ("/%00", 200, "room", "no-cache"),
        ("/" + "a" * 300, 200, "room", "no-cache"),
        ("/" + "a/" * 3000, 200, "room", "no-cache"),
        ("/assets/%00.js", 404, "", ""),
        ("/assets/" + "a" * 300, 404, "", ""),
    ],
)
async def test_built_files_are_served_and_other_paths_are_the_pages_own(
    tmp_path: Path, path: str, status: int, text: str, cache: str
) -> None:
    async with open_app(built(tmp_path)) as client:
        answer = await client.get(path)
    assert answer.status_code == status
    assert text in answer.text
    assert "secret" not in answer.text
    assert cache in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "gzip"), ("identity", None)])
async def test_scripts_are_sent_compressed_to_who_takes_it(tmp_path: Path, accepted: str, coding: str | None) -> None:
    async with open_app(built(tmp_path)) as client:
        answer = await client.get("/assets/main-1a2b.js", headers={"Accept-Encoding": accepted})
    assert answer.text == "run()"
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer.headers["Cache-Control"]


async def test_while_the_page_is_built_a_plain_one_refreshes_itself(tmp_path: Path) -> None:
    ui = UiBuild(tmp_path, progress=lambda line: None)
    ui.last_line = "<b>halfway</b>"
    async with open_app(ui) as client:
        answer = await client.get("/")
    assert 'http-equiv="refresh"' in answer.text
    assert "&lt;b&gt;halfway" in answer.text
    assert "<script" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_missing_page_says_in_both_languages_what_to_do(tmp_path: Path) -> None:
    ui = UiBuild(tmp_path, progress=lambda line: None)
    ui.state, ui.problem = "missing", Text(zh="缺少 Node", en="No Node")
    async with open_app(ui) as client:
        answer = await client.get("/anything")
    assert "缺少 Node" in answer.text
    assert "No Node" in answer.text
    assert "refresh" not in answer.text


async def test_without_ui_the_server_says_so() -> None:
    async with open_app(None) as client:
        assert "COACH_SERVER__BUILD_UI" in (await client.get("/")).text


async def test_without_a_build_what_was_built_is_served(tmp_path: Path) -> None:
    bare = UiBuild(tmp_path, build=False, progress=lambda line: None)
    await bare.run()
    async with open_app(bare) as client:
        assert "COACH_SERVER__BUILD_UI" in (await client.get("/")).text
    built(tmp_path)
    ready = UiBuild(tmp_path, build=False, progress=lambda line: None)
    await ready.run()
    async with open_app(ready) as client:
        assert "room" in (await client.get("/")).text
