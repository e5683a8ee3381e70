"""Runs `run_coach.py` as a user does: a process of its own, somewhere else on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Return this process's environment without anybody's settings."""
    ours = os.environ  # noqa: TID251 (a child needs PATH and the like)
    kept = {name: value for name, value in ours.items() if not name.startswith("COACH_")}
    ours_now = {"COACH_DATA_DIR": str(data_dir), "COACH_ENGINES__FETCH_HEARING": "false"}
    return {**kept, **ours_now, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", **more}


def coach(*arguments: str | Path, data_dir: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; warnings of Python are errors there too."""
    return subprocess.run(
        [sys.executable, "-W", "error", ROOT / "run_coach.py", *arguments],
        cwd=data_dir,
        env=environment(data_dir, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
