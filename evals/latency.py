"""Voice-to-voice and stop latency on the wire, and what one rehearsal costs.

    uv run python -m evals.latency CLIP.wav … [--turns 12] [--out evals/results]

Starts the real server, connects a real WebRTC peer with a one-frame jitter buffer over loopback, talks with recorded
speech and times what comes back on one clock. Voice to voice: last voiced sample sent to first loud block received.
Barge-in: first voiced sample sent to the viewer's sound falling by 6 dB (duck) and to its last loud block (silent).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from audio.pcm import decode
from coach.ports import Int16Array
from evals.peer import LOUD_RMS, Peer

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "evals" / "cases" / "latency.yaml"


@dataclass(slots=True)
class Figures:
    """Raw measurements, ms unless said otherwise."""

    voice_to_voice: list[float] = field(default_factory=list)
    duck: list[float] = field(default_factory=list)
    silent: list[float] = field(default_factory=list)
    server_answer: list[dict[str, float]] = field(default_factory=list)
    """What the server itself measured for the same answers."""
    cpu_percent: float = 0.0
    """Of one core, over the whole rehearsal."""
    rss_mb: float = 0.0
    unanswered: int = 0
    """Turns after which nobody spoke. Turns in which a viewer spoke of its own accord count in neither."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", nargs="+", type=Path, help="recorded speech of one language")
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--out", type=Path, default=ROOT / "evals" / "results")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        server, url = start_server(Path(folder))
        try:
            figures = asyncio.run(measure(url, server.pid, options.clips, options.turns))
        finally:
            server.terminate()
            server.wait(20)
    report = summary(figures)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "latency.json").write_text(json.dumps({"summary": report, "raw": asdict(figures)}, indent=2))
    print(json.dumps(report, indent=2))
    return 0


def start_server(data_dir: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the practice room on a free port and return it with its address."""
    environment = {
        **os.environ,
        "COACH_DATA_DIR": str(data_dir),
        "COACH_SCENARIO_DIRS": json.dumps([str(SCENARIO.parent)]),
        "COACH_SERVER__BUILD_UI": "false",
    }
    command = [sys.executable, str(ROOT / "run_coach.py"), "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"Practice room: (http://\S+)", line)
        if found:
            return server, found.group(1)
    raise RuntimeError(f"the server ended with {server.wait()} before it said where it listens")


async def measure(url: str, pid: int, paths: list[Path], turns: int) -> Figures:
    """Talk `turns` times; let every second answer finish and cut off the others."""
    figures = Figures()
    clips = [to_48k(decode(path)) for path in paths]
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        await wait_for(http)
        created = await http.post("/api/rehearsals", json={"scenario": "eval-latency"})
        created.raise_for_status()
    loop = asyncio.get_running_loop()
    async with Peer(url, created.json()["id"]) as peer:
        await peer.quiet_for(1.0, 20)
        cpu, began = cpu_seconds(pid), loop.time()
        for turn in range(turns):
            await one_turn(peer, clips[turn % len(clips)], figures, barge=turn % 2 == 1)
        figures.cpu_percent = 100 * (cpu_seconds(pid) - cpu) / (loop.time() - began)
        figures.rss_mb = rss_mb(pid)
        figures.server_answer = [event for event in peer.events("turn_timed") if event["kind"] == "answer"]
        peer.send(type="end")
        await asyncio.sleep(0.5)
    return figures


async def one_turn(peer: Peer, clip: Int16Array, figures: Figures, *, barge: bool) -> None:
    """Say a clip, time the answer, and cut it off or let it end."""
    before = len(peer.events("line_voicing"))
    said = peer.voice.say(clip)
    await said.done.wait()
    first = await peer.heard_after(said.last, timeout_sec=6.0)
    await asyncio.sleep(0.1)
    spoken = peer.events("line_voicing")[before:]
    if first is None or not spoken:
        figures.unanswered += 1
        return
    if spoken[0]["reply_to"] is not None:
        figures.voice_to_voice.append((first - said.last) * 1000)
    if barge:
        await asyncio.sleep(0.6)
        await cut_off(peer, clip, figures)
    await peer.quiet_for(2.0, 30)


async def cut_off(peer: Peer, clip: Int16Array, figures: Figures) -> None:
    """Talk over the viewer and time how it gets quieter and silent."""
    said = peer.voice.say(clip)
    await said.done.wait()
    await asyncio.sleep(0.2)
    before = [rms for at, rms in peer.levels if said.first - 0.5 < at < said.first and rms > LOUD_RMS]
    during = [(at, rms) for at, rms in peer.levels if said.first <= at < said.first + 1.5]
    if not before:
        return
    last = silence_begins(during)
    if last is not None:
        figures.silent.append((last - said.first) * 1000)
    ducked = duck_begins(during, statistics.median(before))
    if ducked is not None:
        figures.duck.append((ducked - said.first) * 1000)


def silence_begins(levels: list[tuple[float, float]]) -> float | None:
    """Return when the last loud block before 250 ms of silence arrived."""
    last: float | None = None
    for at, rms in levels:
        if rms > LOUD_RMS:
            last = at
        elif last is not None and at - last > 0.25:
            return last
    return None


def duck_begins(levels: list[tuple[float, float]], normal: float) -> float | None:
    """Return when the running 100 ms maximum first fell 6 dB under the normal level."""
    for index in range(20, len(levels)):
        if max(rms for _, rms in levels[index - 20 : index]) < normal / 2:
            return levels[index - 20][0]
    return None


def to_48k(pcm: Int16Array) -> Int16Array:
    """Make a 16 kHz clip fit for the peer's microphone."""
    positions = np.arange(len(pcm) * 3) / 3
    return np.interp(positions, np.arange(len(pcm)), pcm).astype(np.int16)


async def wait_for(http: httpx.AsyncClient) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        try:
            if (await http.get("/healthz")).status_code == 200:
                return
        except httpx.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the server did not answer within 20 s")


def cpu_seconds(pid: int) -> float:
    """Return user and system seconds of a process and its children, the recogniser among them (Linux)."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    """Return resident memory of a process and its children in MB (Linux)."""
    pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in family(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    found = [pid]
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == pid:
            found.append(int(entry.parent.name))
    return found


def summary(figures: Figures) -> dict[str, Any]:
    """Return p50 and p95 of each list."""
    report: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "cpu_percent_of_one_core": round(figures.cpu_percent, 1),
        "rss_mb": round(figures.rss_mb),
        "unanswered": figures.unanswered,
    }
    for name in ("voice_to_voice", "duck", "silent"):
        values = sorted(getattr(figures, name))
        if values:
            p95 = values[min(len(values) - 1, round(0.95 * (len(values) - 1)))]
            report[f"{name}_ms"] = {
                "n": len(values),
                "p50": round(statistics.median(values)),
                "p95": round(p95),
                "min": round(values[0]),
                "max": round(values[-1]),
            }
    return report


if __name__ == "__main__":
    sys.exit(main())
