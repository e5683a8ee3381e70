"""A streamer's browser in Python: a real WebRTC peer that talks, listens and times both on one clock."""

from __future__ import annotations

import asyncio
import fractions
import json
from collections import deque
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Self

import av
import httpx
import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.jitterbuffer import JitterBuffer
from aiortc.mediastreams import MediaStreamError
from av.packet import Packet

from audio.opus import SpeechEncoder
from audio.webrtc import PeerEars
from coach.ports import EAR_RATE_HZ, Int16Array
from evals.bad_network import BadNetwork
from evals.sound import BLOCK_SEC, LOUD_RMS, block_rms, voiced_span

RATE_HZ = 48_000
FRAME = 960
KEPT_BLOCKS = 12_000
"""5 ms blocks a peer remembers, a minute: longer than any turn, so that an hour costs no more than a minute."""
LATE_SEC = 5.0
"""Sound that has not gone out so long after its end never will: the connection is gone."""


@dataclass(slots=True)
class Said:
    """When a clip went out: loop seconds of its first and last voiced sample."""

    first: float = 0.0
    last: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Voice(MediaStreamTrack):
    """A microphone that is silent until given something to say, paced on absolute deadlines.

    Encoded as a browser does it, mono with in-band FEC; aiortc's own way, stereo in a thread, would cost the machine
    more than the server does.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._queue: deque[tuple[Int16Array, int, int, Said]] = deque()
        self._begun: float | None = None
        self._count = 0
        self._encoder = SpeechEncoder()

    def say(self, pcm: Int16Array, span: tuple[float, float] | None = None) -> Said:
        """Queue 48 kHz sound; the result is filled in as it is sent.

        Args:
            pcm: The sound.
            span: Seconds of its first voiced sample and after its last; default `evals.sound.voiced_span`, which needs
                some of the background around a voice to tell it.
        """
        begin, end = span or voiced_span(pcm, RATE_HZ)
        first, last = round(begin / BLOCK_SEC), max(0, round(end / BLOCK_SEC) - 1)
        said = Said()
        padded = np.concatenate([pcm, np.zeros(-len(pcm) % FRAME, dtype=np.int16)])
        for start in range(0, len(padded), FRAME):
            self._queue.append((padded[start : start + FRAME], first - start // 240, last - start // 240, said))
        return said

    @property
    def queued_sec(self) -> float:
        """Seconds of sound still to be sent."""
        return len(self._queue) * 0.02

    async def recv(self) -> Packet[Any]:
        """Return the next 20 ms at its deadline."""
        loop = asyncio.get_running_loop()
        if self._begun is None:
            self._begun = loop.time()
        await asyncio.sleep(max(0.0, self._begun + self._count * 0.02 - loop.time()))
        packet = Packet(self._encoder.encode(self._take(loop.time())))
        packet.pts = self._count * FRAME
        packet.time_base = fractions.Fraction(1, RATE_HZ)
        self._count += 1
        return packet

    def _take(self, now: float) -> Int16Array:
        if not self._queue:
            return np.zeros(FRAME, dtype=np.int16)
        pcm, first, last, said = self._queue.popleft()
        if 0 <= first < 4:
            said.first = now + first * 0.005 - 0.02
        if 0 <= last < 4:
            said.last = now + (last + 1) * 0.005 - 0.02
        if not self._queue or self._queue[0][3] is not said:
            said.done.set()
        return pcm


class Peer:
    """One connection to a practice room. `records` grows with the log, `loud` with what was heard."""

    def __init__(
        self, base_url: str, rehearsal_id: str, *, client: str = "bench", network: BadNetwork | None = None
    ) -> None:
        self._base_url = base_url
        self._id = rehearsal_id
        self._client = client
        self._network = network
        self._pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._channel = self._pc.createDataChannel("events")
        self._group = asyncio.TaskGroup()
        self._tasks: list[asyncio.Task[None]] = []
        self.voice = Voice()
        self.records: list[dict[str, Any]] = []
        self.levels: deque[tuple[float, float]] = deque(maxlen=KEPT_BLOCKS)
        """(loop seconds, RMS) of each received 5 ms block of the last minute."""
        self.grown = asyncio.Event()
        self.zero = float("inf")
        """Loop seconds of the rehearsal's second 0, by the record that came quickest: 1 to 2 ms late."""

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        self._pc.addTrack(self.voice)
        self._pc.on("track", self._heard_track)
        opened = asyncio.Event()
        self._channel.on("open", opened.set)
        self._channel.on("message", self._message)
        await self._pc.setLocalDescription(await self._pc.createOffer())
        offer = self._pc.localDescription
        body = {"sdp": offer.sdp, "type": offer.type, "client": self._client, "echo_cancellation": True}
        async with httpx.AsyncClient(base_url=self._base_url, trust_env=False) as http:
            answer = await http.post(f"/api/rehearsals/{self._id}/offer", json=body)
            answer.raise_for_status()
        await self._pc.setRemoteDescription(RTCSessionDescription(answer.json()["sdp"], answer.json()["type"]))
        async with asyncio.timeout(10):
            await opened.wait()
        if self._network is not None:
            self._network.spoil(self._pc, self._group)
        self.send(type="since", seq=0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pc.close()
        for task in self._tasks:  # a track whose far side went first does not end
            task.cancel()
        with suppress(MediaStreamError):
            await self._group.__aexit__(None, None, None)

    async def say(self, pcm: Int16Array, span: tuple[float, float] | None = None) -> Said:
        """Say something (see `Voice.say`) and return once it has gone out.

        Raises:
            RuntimeError: If the connection takes no more sound.
        """
        said = self.voice.say(pcm, span)
        try:
            async with asyncio.timeout(self.voice.queued_sec + LATE_SEC):
                await said.done.wait()
        except TimeoutError as error:
            state = self._pc.connectionState
            raise RuntimeError(f"the connection takes no more sound: it is {state}, see the server's log") from error
        return said

    def send(self, **command: Any) -> None:
        """Send a command on the data channel."""
        self._channel.send(json.dumps(command))

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Return the events of a type, oldest first."""
        return [record["event"] for record in self.records if record["event"]["type"] == kind]

    async def heard_after(self, since: float, timeout_sec: float, until: float | None = None) -> float | None:
        """Return when the first loud block after `since` and, if given, before `until` arrived (loop seconds)."""
        loop = asyncio.get_running_loop()
        while True:
            recent = takewhile(lambda level: level[0] >= since, reversed(self.levels))
            loud = [at for at, rms in recent if rms > LOUD_RMS and (until is None or at < until)]
            if loud:
                return loud[-1]
            if loop.time() >= since + timeout_sec:
                return None
            await asyncio.sleep(0.01)

    async def quiet_for(self, seconds: float, timeout_sec: float) -> bool:
        """Wait until nothing loud has arrived for `seconds`."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_sec
        while loop.time() < deadline:
            last = next((at for at, rms in reversed(self.levels) if rms > LOUD_RMS), 0.0)
            if loop.time() - last > seconds:
                return True
            await asyncio.sleep(0.02)
        return False

    def _message(self, message: str | bytes) -> None:
        data = json.loads(message)
        if "seq" in data:
            self.records.append(data)
            self.zero = min(self.zero, asyncio.get_running_loop().time() - data["at"])
            self.grown.set()

    def _heard_track(self, track: MediaStreamTrack) -> None:
        receiver = next(one for one in self._pc.getReceivers() if one.track is track)
        if self._network is not None:
            through_losses = self._listen_through_losses(PeerEars(track, receiver))
            self._tasks.append(self._group.create_task(through_losses, name="listen"))
            return
        receiver._RTCRtpReceiver__jitter_buffer = JitterBuffer(capacity=16, prefetch=1)  # type: ignore[attr-defined]  # the yardstick: one-frame prefetch
        self._tasks.append(self._group.create_task(self._listen(track), name="listen"))

    async def _listen_through_losses(self, ears: PeerEars) -> None:
        """Hear as a browser does, which goes on after a lost packet; aiortc's buffer stays 0.3 s behind for good.

        A frame is taken as heard a frame later than it came, as with the other buffer.
        """
        self._tasks.append(self._group.create_task(ears.listen(), name="packets"))
        loop = asyncio.get_running_loop()
        async with aclosing(ears.frames()) as frames:
            async for frame in frames:
                now = loop.time() + FRAME / RATE_HZ
                self.levels += [
                    (now + n * 0.005, float(rms)) for n, rms in enumerate(block_rms(frame.pcm, EAR_RATE_HZ))
                ]

    async def _listen(self, track: MediaStreamTrack) -> None:
        loop = asyncio.get_running_loop()
        with suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                assert isinstance(frame, av.AudioFrame)
                pcm = frame.to_ndarray().astype(np.int16).reshape(-1, len(frame.layout.channels))[:, 0]
                self._hear(pcm, RATE_HZ, loop.time())

    def _hear(self, pcm: Int16Array, rate_hz: int, at: float) -> None:
        self.levels += [(at + number * BLOCK_SEC, float(rms)) for number, rms in enumerate(block_rms(pcm, rate_hz))]
