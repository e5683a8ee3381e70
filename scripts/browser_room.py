"""A practice room in a process of its own, and a Chromium with a recording for a microphone.

For the browser tests and the screenshots. Chromium is the one installed on this machine; none is downloaded.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Int16Array = NDArray[np.int16]

ROOT = Path(__file__).resolve().parent.parent
MICROPHONE_HZ = 48_000
START_SEC = 240.0
"""Longest wait for a server that has to build the page first."""
STOP_SEC = 30.0


def find_chromium() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def chromium_flags(microphone: Path | None) -> list[str]:
    """Return flags for a Chromium that grants the microphone without asking.

    Args:
        microphone: WAV played again and again as the microphone; None for a machine that has none.
    """
    flags = ["--autoplay-policy=no-user-gesture-required"]
    if os.name == "posix" and os.geteuid() == 0:
        flags.append("--no-sandbox")
    if microphone is not None:
        flags += [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone}",
        ]
    return flags


def write_microphone(path: Path, clips: Sequence[Path], gaps_sec: Sequence[float]) -> Path:
    """Join 16 kHz mono clips into one 48 kHz WAV, with that much silence before each.

    Raises:
        ValueError: If a clip is not 16 kHz mono int16.
    """
    parts: list[Int16Array] = []
    for clip, gap_sec in zip(clips, gaps_sec, strict=True):
        parts += [np.zeros(round(gap_sec * MICROPHONE_HZ), dtype=np.int16), _tripled(clip)]
    return write_wav(path, np.concatenate(parts))


def write_wav(path: Path, samples: Int16Array) -> Path:
    """Write 48 kHz mono int16."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(MICROPHONE_HZ)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def _tripled(clip: Path) -> Int16Array:
    """Read a clip and bring it to three times its rate."""
    with wave.open(str(clip), "rb") as file:
        form = (file.getframerate(), file.getnchannels(), file.getsampwidth())
        if form != (16_000, 1, 2):
            raise ValueError(f"expected 16 kHz mono int16 in {clip.name}, got (rate, channels, bytes) {form!r}")
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    fine: Int16Array = np.interp(np.arange(len(samples) * 3) / 3, np.arange(len(samples)), samples).astype(np.int16)
    return fine


@contextmanager
def practice_room(data_dir: Path, *, models: Path | None = None) -> Iterator[str]:
    """Run `run_coach.py serve` on a free port; yield its URL once the page is there; stop it at the end.

    Args:
        data_dir: What it keeps and prints.
        models: Folder of the models that it has; none by default, and it fetches none.

    Raises:
        RuntimeError: If it does not start; carries what it printed.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    printed = data_dir / "server.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    engines = {"COACH_ENGINES__FETCH_HEARING": "false", "COACH_ENGINES__MODELS_DIR": str(models or data_dir / "models")}
    environment = {
        **kept,
        **engines,
        "COACH_DATA_DIR": str(data_dir / "data"),
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "200",
    }
    command = [sys.executable, str(ROOT / "run_coach.py"), "serve", "--port", "0", "--lang", "en"]
    with printed.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield _wait_for_url(server, printed)
        finally:
            _stop(server)


def _wait_for_url(server: subprocess.Popen[bytes], printed: Path) -> str:
    deadline = time.monotonic() + START_SEC
    while time.monotonic() < deadline:
        text = printed.read_text(encoding="utf-8", errors="replace")
        found = re.search(r"http://127\.0\.0\.1:\d+", text)
        if found and _page_is_there(text):
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the practice room did not start:\n{printed.read_text(encoding='utf-8', errors='replace')}")


def _page_is_there(printed: str) -> bool:
    """Return whether the build is over, if there was one; the room answers while it goes on."""
    return "The page is ready." in printed or (ROOT / "web/ui/dist/index.html").is_file()


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask it to end its rehearsals and leave; insist when it does not."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
    try:
        server.wait(STOP_SEC)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
