"""Serves the built page, or a plain one that says why there is none."""

from __future__ import annotations

import gzip
from functools import lru_cache
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

from coach.score.scorecard import Text
from web.ui_build import SWITCHED_OFF, UiBuild

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Names in `assets/` carry a hash of their content."""
_NEVER = {"Cache-Control": "no-cache"}
_REFRESH_SEC = 2
_PACKED = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
"""What is sent compressed: a third of the bytes, which a phone in the same network notices."""

_BUILDING = Text(
    zh="正在准备练习室的网页，第一次启动需要一两分钟。本页会自动刷新。",
    en="The practice room's page is being prepared; the first start takes a minute or two. This page refreshes itself.",
)


def install_pages(app: FastAPI, ui: UiBuild | None) -> None:
    """Answer every path that is not the API's. To be called after all routers are in."""

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404, "There is no such address")
        if ui is None:
            return _plain(SWITCHED_OFF)
        if ui.state == "building":
            return _plain(_BUILDING, note=ui.last_line, refresh=True)
        if ui.state == "missing" or not (ui.dist / "index.html").is_file():
            return _plain(ui.problem or _BUILDING)
        return _from_dist(ui.dist, path, packed="gzip" in request.headers.get("accept-encoding", ""))


def _from_dist(dist: Path, path: str, *, packed: bool) -> Response:
    """Return a built file; any other path is one of the page's own, which `index.html` shows."""
    found = _inside(dist, path)
    if found is not None and path.startswith("assets/") and packed and found.suffix in _PACKED:
        headers = {**_FOR_EVER, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(_zipped(found), media_type=_PACKED[found.suffix], headers=headers)
    if found is not None:
        return FileResponse(found, headers=_FOR_EVER if path.startswith("assets/") else _NEVER)
    if path.startswith("assets/"):
        # An old page asks for files of an older build: HTML in their place would be a puzzle.
        raise HTTPException(404, "There is no such file")
    return FileResponse(dist / "index.html", headers=_NEVER)


@lru_cache(maxsize=64)
def _zipped(file: Path) -> bytes:
    """Compress a file once: its name changes with its content."""
    return gzip.compress(file.read_bytes(), compresslevel=6)


def _inside(dist: Path, path: str) -> Path | None:
    """Return the file a path names, if it is one, lies in `dist` and is not hidden."""
    if any(part.startswith(".") for part in path.split("/")):
        return None
    try:
        file = (dist / path).resolve()
        return file if file.is_relative_to(dist.resolve()) and file.is_file() else None
    except (OSError, ValueError):
        # No file has such a name: too long, or with a zero byte in it.
        return None


def _plain(text: Text, *, note: str = "", refresh: bool = False) -> HTMLResponse:
    """Return a page without script: Chinese first, then English."""
    head = f'<meta http-equiv="refresh" content="{_REFRESH_SEC}">' if refresh else ""
    details = f"<pre>{escape(note)}</pre>" if note else ""
    html = f"""<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{head}
<title>Live Coach · 直播陪练</title>
<style>
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 12vh auto; padding: 0 1.5rem;
  color: #1d2430; background: #f7f7f5 }}
pre {{ white-space: pre-wrap; background: #ecece8; padding: .75rem 1rem; border-radius: .5rem; font-size: .85rem }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e8e8e4; background: #16181c }} pre {{ background: #24272d }} }}
</style>
</head>
<body>
<h1>Live Coach · 直播陪练</h1>
<p>{escape(text.zh)}</p>
<p lang="en">{escape(text.en)}</p>
{details}
<p><a href="/api/status">/api/status</a> · <a href="/api/openapi.json">/api/openapi.json</a></p>
</body>
</html>
"""
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})
