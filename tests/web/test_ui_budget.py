"""What the built page loads where: the room stays small, editor, charts and waveform come only where they are shown."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

DIST = Path(__file__).parents[2] / "web" / "ui" / "dist"
ROOM_GZIP_BYTES = 250_000
"""JavaScript of the room page, gzipped: DESIGN.md §9."""
LATER = ("cartesian2d", "wavesurfer", "cm-editor")
"""Words that ECharts, wavesurfer.js and CodeMirror leave in their bundled code."""
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
"""A static import, fetched before the importing file runs; `import("./x.js")` has a parenthesis and is none."""
ENTRY = re.compile(r"""(?:src|href)="/assets/([\w.-]+\.js)\"""")

pytestmark = pytest.mark.skipif(
    not (DIST / "index.html").is_file(), reason="the page is not built (npm run build in web/ui)"
)


def with_imports(names: set[str]) -> set[str]:
    """Return files with all that they need before they run."""
    known: set[str] = set()
    while waiting := names - known:
        known |= waiting
        names = known | {found for name in waiting for found in IMPORTED.findall(read(name))}
    return known


def read(name: str) -> str:
    return (DIST / "assets" / name).read_text(encoding="utf-8")


def room_files() -> set[str]:
    """Return what the page's first file needs: landing, set-up, room and scorecard are in it (web/ui/src/router.ts)."""
    return with_imports(set(ENTRY.findall((DIST / "index.html").read_text(encoding="utf-8"))))


def test_the_room_stays_within_its_budget() -> None:
    sizes = {name: len(gzip.compress((DIST / "assets" / name).read_bytes())) for name in room_files()}
    assert sizes
    assert sum(sizes.values()) <= ROOM_GZIP_BYTES, sizes


@pytest.mark.parametrize("word", LATER)
def test_editor_charts_and_waveform_come_only_where_they_are_shown(word: str) -> None:
    holders = {file.name for file in (DIST / "assets").glob("*.js") if word in read(file.name)}
    assert holders
    assert not holders & room_files()


def test_no_built_file_names_another_host() -> None:
    """Namespaces and addresses in messages are words; what a browser would fetch is not among them."""
    fetched = re.compile(r"""(?:src|href|url\(|import\(|fetch\()\s*=?\s*["'`]?https?://""")
    files = [*DIST.glob("*.html"), *(DIST / "assets").glob("*.js"), *(DIST / "assets").glob("*.css")]
    assert [file.name for file in files if fetched.search(file.read_text(encoding="utf-8"))] == []
