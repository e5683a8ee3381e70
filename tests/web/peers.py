"""A browser's part, played by aiortc: microphone in, viewers and records out, over a real server on a real port."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from fractions import Fraction
from random import Random
from typing import Any, Self

import httpx
import numpy as np
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av.audio.frame import AudioFrame

from coach.clock import LoopClock
from coach.ports import FRAME_SEC, MOUTH_FRAME, MOUTH_RATE_HZ, Int16Array
from web.app import create_app
from web.composition import Composition
from web.serve import RoomServer, open_socket, url_of

HIDDEN = "0b5e1d6e-6f0a-4f0c-9a5e-1d2c3b4a5f60.local"
"""What browsers put in an address's place before the microphone is allowed."""
LOUD = 500
"""Peak above which a received frame counts as sound."""


@asynccontextmanager
async def served(composition: Composition) -> AsyncIterator[str]:
    """Serve on a free port of this machine, on the loop of the test; yield the URL."""
    listener = open_socket("127.0.0.1", 0)
    ready = asyncio.Event()
    server = RoomServer(create_app(composition), ready.set)
    try:
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(server.serve(sockets=[listener]))
            await ready.wait()
            try:
                yield url_of("127.0.0.1", listener)
            finally:
                server.should_exit = True
                await asyncio.wait({serving})
    finally:
        listener.close()
        composition.keeper.store.close()


class Microphone(MediaStreamTrack):
    """Speaks what it is given, once, then is silent."""

    kind = "audio"

    def __init__(self, pcm: Int16Array) -> None:
        super().__init__()
        self._pcm = pcm
        self._count = 0
        self._clock = LoopClock()

    async def recv(self) -> AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        await self._clock.sleep_until(self._count * FRAME_SEC)
        pcm = np.zeros(MOUTH_FRAME, dtype=np.int16)
        part = self._pcm[self._count * MOUTH_FRAME : (self._count + 1) * MOUTH_FRAME]
        pcm[: len(part)] = part
        frame = AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = MOUTH_RATE_HZ, self._count * MOUTH_FRAME
        frame.time_base = Fraction(1, MOUTH_RATE_HZ)
        self._count += 1
        return frame


def is_sound(datagram: bytes) -> bool:
    """Return whether it is RTP or RTCP, not DTLS or STUN. Source: RFC 7983, 7."""
    return 127 < datagram[0] < 192


class Spoiled:
    """The same bad luck every time: which packets are lost, and how late the others are.

    Args:
        loss: Share of packets lost, 0 to 1.
        jitter_sec: Greatest delay, s; packets overtake each other.
    """

    def __init__(self, loss: float, jitter_sec: float) -> None:
        self._loss = loss
        self._jitter_sec = jitter_sec
        self._random = Random(f"{loss} {jitter_sec}")
        self.sent = self.lost = 0

    def next(self) -> float | None:
        """Return the delay of the next packet, s, or None if it is lost."""
        self.sent += 1
        if self._random.random() < self._loss:
            self.lost += 1
            return None
        return self._random.random() * self._jitter_sec


class Tab:
    """One browser tab on one rehearsal. Use inside `async with`; leaving it closes the connection."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        rehearsal: str,
        pcm: Int16Array,
        client: str = "tab",
        *,
        hides_addresses: bool = False,
    ) -> None:
        self.records: list[dict[str, Any]] = []
        self.others: list[dict[str, Any]] = []
        """Pongs and refusals."""
        self.loud_frames = 0
        self.closed = asyncio.Event()
        self._news = asyncio.Event()
        self._http = http
        self._url = f"/api/rehearsals/{rehearsal}/offer"
        self._client = client
        self._hides_addresses = hides_addresses
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connection.addTrack(Microphone(pcm))
        self._channel = self._connection.createDataChannel("events")
        self._channel.on("message", self._on_message)
        self._channel.on("close", self.closed.set)
        self._connection.on("track", self._on_track)
        self._tasks = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()
        await self._tasks.__aexit__(None, None, None)

    async def offer(self, *, takeover: bool = False) -> httpx.Response:
        """Offer without taking the answer."""
        await self._connection.setLocalDescription(await self._connection.createOffer())
        sdp = self._connection.localDescription.sdp
        if self._hides_addresses:
            sdp = re.sub(r"(?m)^(a=candidate:\S+ 1 udp \d+ )\S+", rf"\g<1>{HIDDEN}", sdp)
        body = {"sdp": sdp, "type": "offer", "client": self._client}
        return await self._http.post(self._url, json=body | {"takeover": takeover})

    async def connect(self, *, since: int = 0, takeover: bool = False) -> None:
        """Connect and ask for the records from `since` on."""
        opened = asyncio.Event()
        self._channel.on("open", opened.set)
        answer = await self.offer(takeover=takeover)
        assert answer.status_code == 200, answer.text
        await self._connection.setRemoteDescription(RTCSessionDescription(**answer.json()))
        async with asyncio.timeout(10):
            await opened.wait()
        self.send(type="since", seq=since)

    def send(self, **command: Any) -> None:
        """Send a command over the data channel."""
        self._channel.send(json.dumps(command))

    async def vanish(self) -> None:
        """Stop sending and receiving without a word, as a machine does that loses its network."""
        await self._connection.getTransceivers()[0].sender.transport.transport.stop()

    async def until(self, holds: Callable[[], bool], within_sec: float = 20) -> None:
        """Wait until something holds, looking whenever anything arrives."""
        async with asyncio.timeout(within_sec):
            while not holds():
                self._news.clear()
                await self._news.wait()

    def spoil(self, network: Spoiled) -> None:
        """Send and receive sound over a bad network from now on; the data channel repairs itself."""
        ice = self._connection.getTransceivers()[0].sender.transport.transport
        send, receive = ice._send, ice._recv

        async def late(data: bytes, delay_sec: float) -> None:
            await asyncio.sleep(delay_sec)
            with suppress(ConnectionError):
                await send(data)

        async def lossy_send(data: bytes) -> None:
            fate = network.next() if is_sound(data) else 0.0
            if fate:
                self._tasks.create_task(late(data, fate))
            elif fate is not None:
                await send(data)

        async def lossy_receive() -> bytes:
            while is_sound(data := await receive()) and network.next() is None:
                pass
            return data

        vars(ice).update(_send=lossy_send, _recv=lossy_receive)

    def stall(self) -> None:
        """Take nothing more from the data channel, and acknowledge nothing; sound goes on."""

        async def drop(data: bytes) -> None:
            return

        assert self._connection.sctp is not None
        self._connection.sctp._handle_data = drop  # type: ignore[method-assign]  # what a frozen page looks like

    def go_on(self) -> None:
        """Take messages again."""
        assert self._connection.sctp is not None
        del self._connection.sctp._handle_data

    def kinds(self) -> list[str]:
        """Types of the events received, in order."""
        return [record["event"]["type"] for record in self.records]

    def _on_message(self, data: str) -> None:
        message = json.loads(data)
        (self.records if "seq" in message else self.others).append(message)
        self._news.set()

    def _on_track(self, track: MediaStreamTrack) -> None:
        self._tasks.create_task(self._listen(track))

    async def _listen(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                assert isinstance(frame, AudioFrame)
                self.loud_frames += int(np.abs(frame.to_ndarray().astype(np.int32)).max()) > LOUD
                self._news.set()
        except MediaStreamError:
            return
