"""Turns of one real WebRTC peer with a practice room: talks with recordings and times what comes back, on one clock.

- Voice to voice: last voiced sample sent, to first loud block received of the line that answers it.
- Duck, stop: first voiced sample sent while a viewer speaks, to the viewer's fall by 6 dB, to its last loud block.
- Noise: a recorded noise while a viewer speaks: was the line stopped, when was it back at full level.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from audio.pcm import resample
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array
from evals import levels
from evals.peer import Peer, Said
from evals.recordings import Recording
from evals.sound import BLOCK_SEC, LOUD_RMS, at_level, block_rms, voiced_span
from evals.stages import answers, stages_of, why_missed

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
LEAD_SEC, TAIL_SEC = 0.1, 0.5
"""Of a clip's own background left before its first and after its last voiced block: a voice fades out in it."""
_DUCKED = 0.5
"""Share of the normal level under which a viewer counts as turned down: 6 dB."""
_FULL = 0.8
"""Share from which it is back: 2 dB."""


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
    answers: list[dict[str, Any]] = field(default_factory=list)
    """Each timed answer: `clip`, `voice_to_voice_ms` and, by `evals.stages`, where the time went."""
    misses: list[dict[str, Any]] = field(default_factory=list)
    """Each turn nobody answered: `clip` and how far it got in the server."""

    def add(self, other: Figures) -> None:
        """Take another peer's measurements in."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clip as the peer sends it."""

    name: str
    pcm: Int16Array
    """48 kHz, at the common level, with a little of its own background."""
    span: tuple[float, float]
    """Seconds of the first voiced sample and after the last one, as told from the whole recording."""

    @classmethod
    def of(cls, clip: Recording) -> Spoken:
        """Prepare a recording."""
        pcm = at_level(clip.read(), SPEECH_DBFS)
        first, last = voiced_span(pcm)
        begin = max(0, round((first - LEAD_SEC) * EAR_RATE_HZ))
        cut = pcm[begin : round((last + TAIL_SEC) * EAR_RATE_HZ)]
        lead = begin / EAR_RATE_HZ
        return cls(clip.name, resample(cut, EAR_RATE_HZ, MOUTH_RATE_HZ), (first - lead, last - lead))


def noise_clip(clip: Recording) -> Int16Array:
    """Return the loudest stretch of a noise, 48 kHz."""
    pcm = at_level(clip.read(), SPEECH_DBFS + NOISE_DB)
    size = min(len(pcm), round(NOISE_SEC * EAR_RATE_HZ))
    power = np.cumsum(np.concatenate([[0.0], pcm.astype(np.float64) ** 2]))
    begin = int((power[size:] - power[:-size]).argmax())
    return resample(pcm[begin : begin + size], EAR_RATE_HZ, MOUTH_RATE_HZ)


class Talk:
    """One streamer in one rehearsal: says clips one after the other and times what comes back.

    Args:
        peer: Connected.
        seed: Draws how long the streamer waits before talking over a viewer, and between turns.
    """

    def __init__(self, peer: Peer, *, seed: int = 1) -> None:
        self._peer = peer
        self._rng = random.Random(seed)
        self.figures = Figures()

    async def turn(self, clip: Spoken, kind: Kind, *, over: Spoken, noise: Int16Array | None) -> None:
        """Say a clip; the answer is heard out, talked over with `over`, or disturbed by `noise`."""
        answered = await self._say_and_time(clip)
        if answered is not None and kind == "barge":
            await self._wait(0.6, 1.6)
            await self._talk_over(over)
        elif answered is not None and kind == "noise" and noise is not None:
            await self._wait(0.6, 1.4)
            await self._disturb(noise, answered)
        await self._peer.quiet_for(1.0, 20)
        if kind == "listen" and answered is not None and self._was_cut_off(answered):
            self.figures.self_interruptions += 1
        await self._wait(0.0, 0.3)

    def close(self) -> Figures:
        """Return what was measured, with what the server says about it."""
        self.figures.server = self._peer.events("turn_timed")
        return self.figures

    async def _wait(self, least_sec: float, most_sec: float) -> None:
        await asyncio.sleep(self._rng.uniform(least_sec, most_sec))

    async def _say_and_time(self, clip: Spoken) -> str | None:
        """Say a clip and time the answer; return the id of the line that answers."""
        before = len(self._peer.events("line_voicing"))
        said = await self._peer.say(clip.pcm, clip.span)
        return await self._time_answer(clip, said, before)

    async def _time_answer(self, clip: Spoken, said: Said, before: int) -> str | None:
        figures, peer = self.figures, self._peer
        figures.turns += 1
        early = await peer.heard_after(said.first + 0.3, timeout_sec=0.0, until=said.last)
        if early is not None and len(peer.events("line_voicing")) > before:
            figures.cut_ins += 1
            return None
        line = await self._answer_to(said, before)
        begun = 0.0 if line is None else peer.zero + line["start"]
        first = await peer.heard_after(max(said.last, begun - BLOCK_SEC), timeout_sec=1.0) if line else None
        if first is None or line is None:
            figures.missed += 1
            figures.misses.append({"clip": clip.name, "why": why_missed(peer.records, said.first - peer.zero)})
            return None
        line_id = str(line["line_id"])
        voice_to_voice_ms = (first - said.last) * 1000
        figures.voice_to_voice_ms.append(voice_to_voice_ms)
        await asyncio.sleep(0.1)  # what the server timed comes right after the line
        parts = stages_of(peer.records, line_id, zero=peer.zero, said_last=said.last, heard=first)
        figures.answers.append({"clip": clip.name, "voice_to_voice_ms": round(voice_to_voice_ms, 1), **(parts or {})})
        return line_id

    async def _answer_to(self, said: Said, before: int) -> dict[str, Any] | None:
        """Wait for the line that answers what was said; None after `ANSWER_SEC`.

        A late answer to an earlier turn is none.
        """
        peer, loop = self._peer, asyncio.get_running_loop()
        while True:
            for line in peer.events("line_voicing")[before:]:
                if answers(peer.records, line, said.first - peer.zero):
                    return line
            if loop.time() >= said.last + ANSWER_SEC:
                return None
            await asyncio.sleep(0.01)

    async def _talk_over(self, clip: Spoken) -> None:
        """Talk over the viewer, time how it gets quieter and silent, and time the answer to that."""
        figures, peer = self.figures, self._peer
        before = len(peer.events("line_voicing"))
        said = await peer.say(clip.pcm, clip.span)
        normal = levels.normal(peer.levels, said.first)
        during = [(at, rms) for at, rms in peer.levels if said.first <= at < said.last + 0.1]
        if normal is not None:
            figures.barges += 1
            ducked, last = levels.falls(during, normal * _DUCKED), levels.silent_from(during)
            if ducked is not None:
                figures.duck_ms.append((ducked - said.first) * 1000)
            if last is None:
                figures.not_stopped += 1
            else:
                figures.stop_ms.append((last - said.first) * 1000)
        await self._time_answer(clip, said, before)

    async def _disturb(self, noise: Int16Array, line_id: str) -> None:
        """Play a noise over the viewer: it should go on, and be back at full level soon after."""
        figures, peer = self.figures, self._peer
        said = await peer.say(noise)
        await asyncio.sleep(0.9)
        normal = levels.normal(peer.levels, said.first)
        if normal is None:
            return
        figures.noises += 1
        if self._was_cut_off(line_id):
            figures.stopped_by_noise += 1
            return
        back = levels.rises([(at, rms) for at, rms in peer.levels if at >= said.first], normal * _FULL, said.last)
        if back is not None:
            figures.resume_ms.append(max(0.0, back - said.last) * 1000)

    def _was_cut_off(self, line_id: str) -> bool:
        return any(line["line_id"] == line_id and line["cut_off"] for line in self._peer.events("line_voiced"))


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
