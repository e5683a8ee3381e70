"""Engines' threads are less urgent than the loop's."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from audio.asr.desk import Desk
from audio.priority import NICE, give_way

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")


def urgency() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_a_thread_that_gives_way_is_less_urgent_and_so_are_those_it_starts() -> None:
    def inherited() -> int:
        found: list[int] = []
        child = threading.Thread(target=lambda: found.append(urgency()))
        child.start()
        child.join()
        return found[0]

    with ThreadPoolExecutor(1, initializer=give_way) as engine:
        assert engine.submit(urgency).result() == urgency() + NICE
        assert engine.submit(inherited).result() == urgency() + NICE


async def test_a_recogniser_s_desk_gives_way() -> None:
    desk: Desk[int] = Desk("clerk")
    assert await desk.submit(urgency) == urgency() + NICE
    await desk.aclose(lambda: None)
