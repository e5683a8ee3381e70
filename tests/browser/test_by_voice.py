"""A rehearsal by voice on a machine whose network is off: nothing but loopback."""

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
TEST = "tests/browser/by_voice.py"
ALONE = ("unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""Runs a command in a network namespace of its own, with loopback alone."""


def may_be_alone() -> bool:
    """Return whether this machine lets us make a network namespace."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@needs_test_data
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
def test_a_streamer_rehearses_by_voice_barges_in_and_reads_the_scorecard_without_a_network() -> None:
    """Server, browser and test are cut off together, so it is a run of its own."""
    alone = may_be_alone()
    run = subprocess.run(
        [*(ALONE if alone else ()), sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", TEST],
        cwd=ROOT,
        env=os.environ,  # noqa: TID251  # handed on as it is, not read
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert "1 passed" in run.stdout, run.stdout[-6000:] + run.stderr[-2000:]
    if not alone:
        pytest.skip("it went well, but with the network on: no network namespaces on this machine")
