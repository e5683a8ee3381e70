"""Work shared among processes, which stay for more: each has packs and models to read before its first piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def shared(work: Callable[[_Given], _Made], items: Iterable[_Given], workers: int) -> list[_Made]:
    """Return what work makes of each item, in their order.

    Args:
        work: Can be pickled, as its items and what it makes.
        items: What there is to do.
        workers: Processes that do it; with 1 it is this one.
    """
    if workers <= 1:
        return [work(item) for item in items]
    return list(_pool(workers).map(work, items))


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
