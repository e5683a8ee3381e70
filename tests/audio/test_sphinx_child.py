from __future__ import annotations

import logging
import os
import signal
import threading

import pytest

from audio.asr.sphinx_child import CAN_FORK, Child

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")


def die() -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def fail() -> str:
    raise ValueError("no path")


def hang() -> str:
    threading.Event().wait()
    return "never"


def test_a_result_of_any_size_comes_back_and_the_parent_is_as_before() -> None:
    state = ["parent"]

    def work() -> str:
        state.append("child")
        return "word " * 100_000

    assert Child(work).result(10.0) == "word " * 100_000
    assert state == ["parent"]


@pytest.mark.parametrize("work", [die, fail])
def test_a_child_that_crashes_or_raises_has_no_result(work: type[str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    assert Child(work).result(10.0) is None


def test_a_child_that_takes_too_long_is_ended() -> None:
    child = Child(hang)
    assert not child.is_done()
    assert child.result(0.0) is None
    child.stop()
