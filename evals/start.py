"""How soon a start is ready, and whether the first rehearsal is slower than the second.

The product's own `run_coach.py serve` is started in a process of its own, with its page built already, its own
engines and its own audience. From the second start on Python has compiled modules, here in a folder of the benchmark's
own. The very first start has none and is told apart; people wait for packages and the page then anyway.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from aiortc import RTCConfiguration, RTCPeerConnection

from coach.clock import Stopwatch
from coach.ports import Int16Array
from evals.peer import Peer
from evals.results import percentiles
from evals.server import ROOT

SCENARIO = "en-pour-kettle"
ANSWERED_SEC = 10.0
POLL_SEC = 0.02
CHOOSING_SEC = 6.0
"""From the open page to the room: nobody chooses a scenario and checks the microphone in less."""
UI = ROOT / "web" / "ui" / "dist" / "index.html"


def measure(clip: Int16Array, starts: int = 3) -> dict[str, Any]:
    """Start the room so many times and open two rehearsals in each; in one more start, one at once.

    Args:
        clip: What the streamer says, 48 kHz.
        starts: How many.

    Returns:
        `ready_ms` (start of the process to a healthy answer), `uncompiled_ready_ms` (the same for the very first start,
        which compiles its modules), `first_open_ms` and `second_open_ms` (asking for a
        rehearsal to a connected data channel, `CHOOSING_SEC` after the room is ready), `at_once_open_ms` (the same
        without that time), `first_final_ms` and `second_final_ms` (end of speech to its words).
    """
    asyncio.run(_practise())
    with tempfile.TemporaryDirectory() as compiled:
        uncompiled = asyncio.run(_once(clip, CHOOSING_SEC, Path(compiled)))["ready_ms"]
        found = [asyncio.run(_once(clip, CHOOSING_SEC, Path(compiled))) for _ in range(starts)]
        at_once = asyncio.run(_once(clip, 0.0, Path(compiled)))["first_open_ms"]
    keys = ("ready_ms", "first_open_ms", "second_open_ms", "first_final_ms", "second_final_ms")
    summary: dict[str, Any] = {key: percentiles([one[key] for one in found if key in one]) for key in keys}
    summary["uncompiled_ready_ms"] = round(uncompiled, 1)
    summary["at_once_open_ms"] = round(at_once, 1)
    summary["page_built"] = UI.is_file()
    first, second = summary["first_open_ms"]["p50"], summary["second_open_ms"]["p50"]
    summary["first_open_ratio"] = round(first / second, 2) if first and second else None
    return summary


async def _practise() -> None:
    """Connect two peers in this process: their own first time must not count as the room's."""
    caller, callee = (RTCPeerConnection(RTCConfiguration(iceServers=[])) for _ in range(2))
    opened = asyncio.Event()
    caller.createDataChannel("events").on("open", opened.set)
    await caller.setLocalDescription(await caller.createOffer())
    await callee.setRemoteDescription(caller.localDescription)
    await callee.setLocalDescription(await callee.createAnswer())
    await caller.setRemoteDescription(callee.localDescription)
    with suppress(TimeoutError):
        async with asyncio.timeout(10):
            await opened.wait()
    await caller.close()
    await callee.close()


async def _once(clip: Int16Array, wait_sec: float, compiled: Path) -> dict[str, float]:
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, _room(Path(folder), compiled) as (url, watch):
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as http:
            await _healthy(http)
            figures["ready_ms"] = watch.elapsed_sec() * 1000
            await asyncio.sleep(wait_sec)
            for number in ("first", "second"):
                figures |= {f"{number}_{key}": value for key, value in (await _rehearse(http, url, clip)).items()}
    return figures


@contextmanager
def _room(folder: Path, compiled: Path) -> Iterator[tuple[str, Stopwatch]]:
    """Start `serve`; yield its address and a watch that started with it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours = {"COACH_DATA_DIR": str(folder), "COACH_ENGINES__FETCH_HEARING": "false"}
    environment = {**kept, **ours, "PYTHONPYCACHEPREFIX": str(compiled), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(ROOT / "run_coach.py"), "serve", "--port", "0"]
    watch = Stopwatch()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    try:
        yield _address(server), watch
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return found[0]
    raise RuntimeError(f"the room ended with {server.wait()} before it said where it listens")


async def _healthy(http: httpx.AsyncClient) -> None:
    while True:
        try:
            if (await http.get("/healthz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(POLL_SEC)


async def _rehearse(http: httpx.AsyncClient, url: str, clip: Int16Array) -> dict[str, float]:
    """Open a rehearsal, say a clip, wait for its words, end it."""
    watch = Stopwatch()
    created = await http.post("/api/rehearsals", json={"scenario": SCENARIO})
    created.raise_for_status()
    async with Peer(url, created.json()["id"]) as peer:
        figures = {"open_ms": watch.elapsed_sec() * 1000}
        said = peer.voice.say(clip)
        await said.done.wait()
        loop = asyncio.get_running_loop()
        for _ in range(round(ANSWERED_SEC / POLL_SEC)):
            if peer.events("utterance_heard"):
                figures["final_ms"] = (loop.time() - said.last) * 1000
                break
            await asyncio.sleep(POLL_SEC)
        peer.send(type="end")
        await http.get(f"/api/rehearsals/{created.json()['id']}/scorecard")
    return figures


def first_turn(clips: Sequence[Int16Array]) -> Int16Array:
    """Return the shortest clip: one sentence is enough."""
    return min(clips, key=len)
