"""The room on a machine whose network is off: nothing but loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.browser_room import find_chromium
from tests.data import needs_test_data

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
ALONE = ("unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""Runs a command in a network namespace of its own, with loopback alone."""


def may_be_alone() -> bool:
    """Return whether this machine lets us make a network namespace."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@needs_test_data
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
@pytest.mark.skipif(not may_be_alone(), reason="no network namespaces on this machine")
def test_a_rehearsal_by_voice_needs_no_network() -> None:
    """The same way through the page as with a network, viewers heard and cut off included."""
    test = "tests/browser/test_room.py::test_a_streamer_rehearses_by_voice_barges_in_and_reads_the_scorecard"
    run = subprocess.run(
        [*ALONE, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        cwd=ROOT,
        env=os.environ,  # noqa: TID251  # handed on as it is, not read
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert "1 passed" in run.stdout, run.stdout[-6000:] + run.stderr[-2000:]
