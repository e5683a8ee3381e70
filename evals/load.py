"""What serving costs while peers talk: processor share, memory, event-loop lag."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, Self

import httpx

from evals.peer import Peer
from evals.processes import cpu_seconds, family, memory_mb
from evals.sound import LOUD_RMS

STEP_SEC = 0.25
OPENING_SEC = 3.0
"""What a rehearsal costs to open, and the one before it to close and score, falls into so many seconds: a price paid
once, whatever the rehearsal lasts."""


class Load:
    """Samples a server's processes every quarter of a second. Use as a context; `watching` names the peers.

    Processor seconds of a step count as `opening` if any watched peer came within OPENING_SEC, else as `speaking` if
    any heard a viewer in it, else as `listening`. Shares are of one core and per watched peer, without openings.
    """

    def __init__(self, url: str, pid: int) -> None:
        self._url = url
        self._pid = pid
        self._peers: list[Peer] = []
        self._group = asyncio.TaskGroup()
        self._task: asyncio.Task[None] | None = None
        self._came: dict[Peer, float] = {}
        self._seconds = {"opening": 0.0, "listening": 0.0, "speaking": 0.0}
        self._cpu = dict(self._seconds)
        self._openings = 0
        self._metrics = ""
        self.idle_mb = 0.0
        self.memory_mb: list[float] = []

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        self.idle_mb = memory_mb(family(self._pid))
        self._task = self._group.create_task(self._sample(), name="load")
        return self

    async def __aexit__(self, *exc: object) -> None:
        async with httpx.AsyncClient(base_url=self._url, trust_env=False, timeout=10) as http:
            self._metrics = (await http.get("/metrics")).text
        if self._task is not None:
            self._task.cancel()
        await self._group.__aexit__(None, None, None)

    @contextmanager
    def watching(self, peer: Peer) -> Iterator[None]:
        """Attribute what happens inside the block to this peer too; what happens while there is none counts not."""
        self._peers.append(peer)
        self._came[peer] = asyncio.get_running_loop().time()
        self._openings += 1
        try:
            yield
        finally:
            self._peers.remove(peer)
            del self._came[peer]

    def summary(self) -> dict[str, Any]:
        """Return shares of one core per rehearsal, memory in MB and the loop's lag in ms."""
        total = self._seconds["listening"] + self._seconds["speaking"]
        cpu = self._cpu["listening"] + self._cpu["speaking"]
        opening = self._cpu["opening"] / self._openings if self._openings else None
        return {
            "cpu_core_share": round(cpu / total, 4) if total else None,
            "cpu_opening_sec": round(opening, 3) if opening is not None else None,
            "cpu_core_share_listening": self._share("listening"),
            "cpu_core_share_speaking": self._share("speaking"),
            "memory_mb": {"idle": round(self.idle_mb, 1), "most": round(max(self.memory_mb, default=0.0), 1)},
            "loop_lag_ms": lag_of(self._metrics),
        }

    def _share(self, state: str) -> float | None:
        return round(self._cpu[state] / self._seconds[state], 4) if self._seconds[state] else None

    async def _sample(self) -> None:
        loop = asyncio.get_running_loop()
        pids = family(self._pid)
        at, cpu = loop.time(), cpu_seconds(pids)
        for step in range(1 << 30):
            await asyncio.sleep(STEP_SEC)
            if step % 8 == 0:
                pids = family(self._pid)
            now, used = loop.time(), cpu_seconds(pids)
            if self._peers:
                state = self._state(at)
                self._seconds[state] += (now - at) * len(self._peers)
                self._cpu[state] += max(0.0, used - cpu)
                self.memory_mb.append(memory_mb(pids))
            at, cpu = now, used

    def _state(self, at: float) -> str:
        if any(at - self._came[peer] < OPENING_SEC for peer in self._peers):
            return "opening"
        return "speaking" if any(_hears_viewer(peer, at) for peer in self._peers) else "listening"


def _hears_viewer(peer: Peer, since: float) -> bool:
    recent = takewhile(lambda level: level[0] >= since, reversed(peer.levels))
    return any(rms > LOUD_RMS for _, rms in recent)


def lag_of(metrics: str) -> dict[str, float | None]:
    """Return p50 and p95 of the event loop's lag, ms: upper bounds of the histogram's buckets."""
    found = re.findall(r'^coach_loop_lag_ms_bucket\{le="([^"]+)"\} (\S+)$', metrics, re.MULTILINE)
    buckets = [(float(bound.replace("+Inf", "inf")), float(count)) for bound, count in found]
    total = buckets[-1][1] if buckets else 0.0
    return {name: _bound(buckets, total * share) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}


def _bound(buckets: Sequence[tuple[float, float]], wanted: float) -> float | None:
    return next((bound for bound, count in buckets if count >= wanted > 0), None)
