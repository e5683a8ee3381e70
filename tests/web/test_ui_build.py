"""The build with a stand-in for Node: Python runs `npm-cli.js` and `vite.js` that are written in Python."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from web.node import Node
from web.ui_build import UiBuild

VITE = """
import pathlib, sys
assert sys.argv[1] == "build"
dist = pathlib.Path("dist"); dist.mkdir(exist_ok=True)
(dist / "index.html").write_text(pathlib.Path("src/main.ts").read_text())
print("\\x1b[32mbuilt\\x1b[0m")
"""
NPM = f"""
import pathlib, sys
assert sys.argv[1] == "ci", sys.argv
bin = pathlib.Path("node_modules/vite/bin"); bin.mkdir(parents=True)
(bin / "vite.js").write_text({VITE!r})
pathlib.Path("node_modules/.package-lock.json").write_text("{{}}")
print("added 1 package")
"""
NPM_OFFLINE = "import sys; print('npm error code ENOTFOUND'); sys.exit(1)"
NPM_FOR_EVER = "import time; print('waiting', flush=True); time.sleep(60)"


class Bench:
    """A folder with sources, and what was told while building."""

    def __init__(self, folder: Path, npm: str = NPM) -> None:
        self.folder = folder / "ui"
        self.lines: list[str] = []
        self.told = asyncio.Event()
        """Set when npm has begun."""
        (self.folder / "src").mkdir(parents=True)
        (self.folder / "package.json").write_text("{}")
        (self.folder / "package-lock.json").write_text("{}")
        (self.folder / "src" / "main.ts").write_text("one")
        self.npm = folder / "npm-cli.js"
        self.npm.write_text(npm)

    async def find(self) -> Node | None:
        return Node(Path(sys.executable), self.npm, "v22.12.0")

    def open(self) -> UiBuild:
        self.lines.clear()
        return UiBuild(self.folder, progress=self.tell, find=self.find)

    def tell(self, line: str) -> None:
        self.lines.append(line)
        if line == "waiting":
            self.told.set()

    def change_source(self, text: str) -> None:
        (self.folder / "src" / "main.ts").write_text(text)

    def built(self) -> str:
        return (self.folder / "dist" / "index.html").read_text()


async def test_first_start_builds_later_ones_reuse_and_changed_sources_build_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first = bench.open()
    states: list[str] = [first.state]
    await first.run()
    assert [*states, first.state] == ["building", "ready"]
    assert bench.built() == "one"
    assert {"added 1 package", "built"} <= set(bench.lines)

    second = bench.open()
    assert second.state == "ready"
    await second.run()
    assert bench.lines == []

    bench.change_source("two")
    third = bench.open()
    assert third.state == "building"
    await third.run()
    assert bench.built() == "two"
    assert "added 1 package" not in bench.lines


async def test_without_node_the_page_is_missing_and_says_what_to_do(tmp_path: Path) -> None:
    async def none() -> Node | None:
        return None

    ui = UiBuild(Bench(tmp_path).folder, progress=lambda line: None, find=none)
    await ui.run()
    assert ui.state == "missing"
    assert ui.problem is not None
    assert "Node.js" in ui.problem.en
    assert "Node.js" in ui.problem.zh


async def test_without_a_registry_the_page_is_missing_and_says_why(tmp_path: Path) -> None:
    ui = Bench(tmp_path, NPM_OFFLINE).open()
    await ui.run()
    assert ui.state == "missing"
    assert ui.problem is not None
    assert "ENOTFOUND" in ui.problem.en
    assert "网络" in ui.problem.zh


async def test_without_sources_the_page_is_missing(tmp_path: Path) -> None:
    ui = UiBuild(tmp_path / "none", progress=lambda line: None)
    await ui.run()
    assert ui.state == "missing"


async def test_a_failed_rebuild_leaves_the_older_page_in_use(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    await bench.open().run()
    bench.change_source("two")
    (bench.folder / "node_modules" / "vite" / "bin" / "vite.js").write_text("raise SystemExit('syntax error')")
    ui = bench.open()
    await ui.run()
    assert ui.state == "ready"
    assert bench.built() == "one"
    assert any("syntax error" in line for line in bench.lines)
    assert bench.open().state == "building"


async def test_a_fault_nobody_thought_of_gives_the_build_up_and_harms_nothing_else(tmp_path: Path) -> None:
    # asyncio reads lines of at most 64 KiB.
    bench = Bench(tmp_path, "print('x' * 70_000)")
    build = bench.open()
    await build.run()
    assert build.state == "missing"
    assert build.problem is not None
    assert build.problem.zh.startswith("构建网页时出错：")


async def test_a_closed_terminal_does_not_stop_the_build(tmp_path: Path) -> None:
    bench = Bench(tmp_path)

    def closed(line: str) -> None:
        raise BrokenPipeError

    build = UiBuild(bench.folder, progress=closed, find=bench.find)
    await build.run()
    assert build.state == "ready"


@pytest.mark.slow
async def test_two_servers_of_one_checkout_build_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    first, second = bench.open(), bench.open()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(first.run())
        tasks.create_task(second.run())
    assert (first.state, second.state) == ("ready", "ready")
    assert bench.lines.count("added 1 package") == 1


async def test_a_server_that_stops_does_not_leave_the_build_running(tmp_path: Path) -> None:
    bench = Bench(tmp_path, NPM_FOR_EVER)
    ui = bench.open()
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        building = tasks.create_task(ui.run())
        await bench.told.wait()
        building.cancel()
    assert ui.state == "building"
