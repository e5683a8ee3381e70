"""Turns of one real WebRTC peer with a practice room: talks with recordings and times what comes back, on one clock.

- Voice to voice: last voiced sample sent, to first loud block received of the line that answers it.
- Duck, stop: first voiced sample sent while a viewer speaks, to the viewer's fall by 6 dB, to its last loud block.
- Noise: a recorded noise while a viewer speaks: was the line stopped, when was it back at full level.
"""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Literal

import numpy as np

from audio.pcm import resample
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array
from evals.peer import Peer, Said
from evals.recordings import Recording
from evals.sound import BLOCK_SEC, LOUD_RMS, at_level, block_rms, voiced_span

Kind = Literal["listen", "barge", "noise"]
SPEECH_DBFS = -26.0
"""Level of every streamer clip; clips of one file differ by 20 dB otherwise."""
NOISE_DB = -10.0
"""Level of noises against speech."""
NOISE_SEC = 1.2
SHORTEST_SEC, LONGEST_SEC, PAUSE_SEC = 0.8, 8.0, 0.25
"""A clip that counts as one turn: so long, and without so long a pause; cut-ins on pauses are `bench turns`'."""
ANSWER_SEC = 4.0
"""An answer later than this is missed."""
LEAD_SEC, TAIL_SEC = 0.1, 0.05
"""Of a clip's own background left before its first and after its last voiced block."""
_DUCKED = 0.5
"""Share of the normal level under which a viewer counts as turned down: 6 dB."""
_FULL = 0.8
"""Share from which it is back: 2 dB."""
_RUN = 4
"""Blocks (20 ms) over which a level counts, so that one dip of the codec does not."""


@dataclass(slots=True)
class Figures:
    """Raw measurements, ms."""

    voice_to_voice_ms: list[float] = field(default_factory=list)
    duck_ms: list[float] = field(default_factory=list)
    stop_ms: list[float] = field(default_factory=list)
    resume_ms: list[float] = field(default_factory=list)
    turns: int = 0
    cut_ins: int = 0
    """Turns in which a viewer spoke before the streamer had finished."""
    missed: int = 0
    """Turns nobody answered."""
    self_interruptions: int = 0
    """Lines that were cut off although the streamer was silent."""
    noises: int = 0
    stopped_by_noise: int = 0
    barges: int = 0
    not_stopped: int = 0
    server: list[dict[str, Any]] = field(default_factory=list)
    """What the server itself measured: its TurnTimed events."""

    def add(self, other: Figures) -> None:
        """Take another peer's measurements in."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def streamer_clip(clip: Recording) -> Int16Array:
    """Return a clip as the peer sends it: 48 kHz, at the common level, cut to its voiced part."""
    pcm = at_level(clip.read(), SPEECH_DBFS)
    first, last = voiced_span(pcm)
    cut = pcm[max(0, round((first - LEAD_SEC) * EAR_RATE_HZ)) : round((last + TAIL_SEC) * EAR_RATE_HZ)]
    return resample(cut, EAR_RATE_HZ, MOUTH_RATE_HZ)


def noise_clip(clip: Recording) -> Int16Array:
    """Return the loudest stretch of a noise, 48 kHz."""
    pcm = at_level(clip.read(), SPEECH_DBFS + NOISE_DB)
    size = min(len(pcm), round(NOISE_SEC * EAR_RATE_HZ))
    power = np.cumsum(np.concatenate([[0.0], pcm.astype(np.float64) ** 2]))
    begin = int((power[size:] - power[:-size]).argmax())
    return resample(pcm[begin : begin + size], EAR_RATE_HZ, MOUTH_RATE_HZ)


async def converse(
    peer: Peer,
    clips: Sequence[Int16Array],
    noises: Sequence[Int16Array],
    *,
    turns: int,
    seed: int = 1,
    limit_sec: float = float("inf"),
) -> Figures:
    """Talk so many turns, or so long; every answer is heard out, talked over, or disturbed, in turn."""
    loop = asyncio.get_running_loop()
    over = loop.time() + limit_sec
    figures, rng = Figures(), random.Random(seed)
    kinds: list[Kind] = ["listen", "barge", "noise"] if noises else ["listen", "barge"]
    begin = rng.randrange(len(clips))
    await peer.quiet_for(0.5, 20)
    for number, kind in enumerate(islice(cycle(kinds), turns)):
        if loop.time() >= over:
            break
        clip = clips[(begin + number) % len(clips)]
        answered = await _say_and_time(peer, clip, figures)
        if answered is not None and kind == "barge":
            await asyncio.sleep(rng.uniform(0.6, 1.6))
            await _talk_over(peer, clips[(begin + number + 1) % len(clips)], figures)
        elif answered is not None and kind == "noise":
            await asyncio.sleep(rng.uniform(0.6, 1.4))
            await _disturb(peer, noises[number % len(noises)], answered, figures)
        await peer.quiet_for(1.0, 20)
        if kind == "listen" and answered is not None and _was_cut_off(peer, answered):
            figures.self_interruptions += 1
        await asyncio.sleep(rng.uniform(0.0, 0.3))
    figures.server = peer.events("turn_timed")
    return figures


async def _say_and_time(peer: Peer, clip: Int16Array, figures: Figures) -> str | None:
    """Say a clip and time the answer; return the id of the line that answers."""
    before = len(peer.events("line_voicing"))
    said = peer.voice.say(clip)
    await said.done.wait()
    return await _time_answer(peer, said, before, figures)


async def _time_answer(peer: Peer, said: Said, before: int, figures: Figures) -> str | None:
    figures.turns += 1
    early = await peer.heard_after(said.first + 0.3, timeout_sec=0.0, until=said.last)
    if early is not None and len(peer.events("line_voicing")) > before:
        figures.cut_ins += 1
        return None
    first = await peer.heard_after(said.last, timeout_sec=ANSWER_SEC)
    await asyncio.sleep(0.1)
    spoken = peer.events("line_voicing")[before:]
    if first is None or not spoken:
        figures.missed += 1
        return None
    figures.voice_to_voice_ms.append((first - said.last) * 1000)
    return str(spoken[-1]["line_id"])


async def _talk_over(peer: Peer, clip: Int16Array, figures: Figures) -> None:
    """Talk over the viewer, time how it gets quieter and silent, and time the answer to that."""
    before = len(peer.events("line_voicing"))
    said = peer.voice.say(clip)
    await said.done.wait()
    normal = _normal_level(peer, said.first)
    during = [(at, rms) for at, rms in peer.levels if said.first <= at < said.last + 0.1]
    if normal is not None:
        figures.barges += 1
        ducked, last = falls(during, normal * _DUCKED), silent_from(during)
        if ducked is not None:
            figures.duck_ms.append((ducked - said.first) * 1000)
        if last is None:
            figures.not_stopped += 1
        else:
            figures.stop_ms.append((last - said.first) * 1000)
    await _time_answer(peer, said, before, figures)


async def _disturb(peer: Peer, noise: Int16Array, line_id: str, figures: Figures) -> None:
    """Play a noise over the viewer: it should go on, and be back at full level soon after."""
    said = peer.voice.say(noise)
    await said.done.wait()
    ended = said.last
    await asyncio.sleep(0.9)
    normal = _normal_level(peer, said.first)
    if normal is None:
        return
    figures.noises += 1
    if _was_cut_off(peer, line_id):
        figures.stopped_by_noise += 1
        return
    back = rises([(at, rms) for at, rms in peer.levels if at >= said.first], normal * _FULL, ended)
    if back is not None:
        figures.resume_ms.append(max(0.0, back - ended) * 1000)


def _was_cut_off(peer: Peer, line_id: str) -> bool:
    return any(line["line_id"] == line_id and line["cut_off"] for line in peer.events("line_voiced"))


def _normal_level(peer: Peer, at: float) -> float | None:
    """Return the viewer's level in the half second before `at`; None if nobody spoke."""
    before = [rms for when, rms in peer.levels if at - 0.5 < when < at]
    loud = [rms for rms in before if rms > LOUD_RMS]
    return statistics.median(loud) if len(loud) > len(before) / 2 else None


def falls(levels: Sequence[tuple[float, float]], limit: float) -> float | None:
    """Return when the level first stayed under `limit` for 20 ms."""
    for index in range(len(levels) - _RUN + 1):
        if all(rms < limit for _, rms in levels[index : index + _RUN]):
            return levels[index][0]
    return None


def silent_from(levels: Sequence[tuple[float, float]]) -> float | None:
    """Return when the last loud block before 250 ms of silence had arrived."""
    last: float | None = None
    for at, rms in levels:
        if rms > LOUD_RMS:
            last = at + 0.005
        elif last is not None and at - last > 0.25:
            return last
    return None


def rises(levels: Sequence[tuple[float, float]], limit: float, after: float) -> float | None:
    """Return when the level, from `after` on, was first over `limit` for 20 ms; `after` if it never fell."""
    later = [(at, rms) for at, rms in levels if at >= after]
    for index in range(len(later) - _RUN + 1):
        if all(rms > limit for _, rms in later[index : index + _RUN]):
            return later[index][0]
    return None


def is_a_turn(clip: Recording) -> bool:
    """Return whether a clip is one sentence said in one breath, without a pause that an answer fits in."""
    pcm = at_level(clip.read(), SPEECH_DBFS)
    first, last = voiced_span(pcm)
    return SHORTEST_SEC <= last - first <= LONGEST_SEC and longest_pause(pcm) < PAUSE_SEC


def longest_pause(pcm: Int16Array) -> float:
    """Return the longest quiet stretch between a clip's first and last voiced block, s."""
    first, last = voiced_span(pcm)
    blocks = block_rms(pcm[round(first * EAR_RATE_HZ) : round(last * EAR_RATE_HZ)], EAR_RATE_HZ)
    limit = max(LOUD_RMS, float(np.quantile(blocks, 0.05)) * 2) if len(blocks) else LOUD_RMS
    longest = run = 0
    for quiet in blocks < limit:
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    return longest * BLOCK_SEC
