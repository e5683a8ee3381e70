"""Engines give way to the loop: what computes for a quarter of a second must not hold up a frame that is due now.

Eight threads that compute without Python's lock, on two cores: at the loop's own priority they made its 20 ms frames
seconds late, five steps lower tens of milliseconds, with the machine's other work the same (2026-11-25).
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress

NICE = 5
"""Steps under the loop: a third of its weight where both want the same core, and nothing less where they do not."""


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
