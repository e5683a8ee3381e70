"""How often Python looks for objects that hold each other: scoring makes few, and the search walks what caches hold."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (10_000, 10, 10)
"""Objects more than there were, then tenfold twice. At Python's own 700 the search took a fifth of the time."""


_HARDLY = (100_000, 10, 10)
"""In a process that does nothing else: scoring leaves no such objects, only an error's traceback may."""


def hardly_collect() -> None:
    """Look for such objects hardly ever, and among those there are now never again; for a process that only scores."""
    gc.set_threshold(*_HARDLY)
    gc.collect()
    gc.freeze()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for such objects less often inside the block."""
    usual = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
