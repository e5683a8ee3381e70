"""The decorator that makes an async test run in virtual time.

@virtual_time
async def test_the_room_closes_after_ten_minutes() -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

from coach.virtual_time import VirtualTimeLoop, run_virtual

__all__ = ["VirtualTimeLoop", "run_virtual", "virtual_time"]

P = ParamSpec("P")


def virtual_time(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Make an async test run in virtual time; its fixtures stay as they are."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        run_virtual(test(*args, **kwargs))

    return run
