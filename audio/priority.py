"""Engines give way to the loop: what computes for a quarter of a second must not hold up a frame that is due now.

Four threads that computed without Python's lock, on two cores with other work, made 20 ms frames 0.5 to 0.8 s
late (p95) at the loop's own priority, 60 to 70 ms two steps lower, and 40 to 70 ms five steps lower (2026-11-25).
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

NICE = 2
"""Steps under the loop. No more: beside other programs that want the same cores, engines still get two thirds of a
share."""


def give_way() -> None:
    """Lower the priority of this thread and of those it starts from now on. Only Linux has priorities of threads."""
    if sys.platform != "linux":
        return
    with suppress(OSError):
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICE)


def give_way_whole() -> None:
    """Lower the priority of this process."""
    if hasattr(os, "nice"):
        os.nice(NICE)
