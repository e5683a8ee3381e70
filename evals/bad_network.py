"""A network that loses and delays packets of sound, the same way every time, between one peer and the room."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from random import Random
from typing import Any

from aiortc import RTCPeerConnection


class BadNetwork:
    """Decides about each packet: lost in both directions, delayed on the way to the room.

    The data channel is spared: it repairs itself.

    Args:
        loss_percent: Packets lost.
        jitter_ms: Greatest delay of the others, evenly spread; packets overtake each other.
        seed: Of the luck.
    """

    def __init__(self, loss_percent: float, jitter_ms: float, seed: int = 1) -> None:
        self._loss = loss_percent / 100
        self._jitter_sec = jitter_ms / 1000
        self._random = Random(seed)
        self.sent = self.lost = 0

    def delay(self) -> float | None:
        """Return the delay of the next packet, s; None if it is lost."""
        self.sent += 1
        if self._random.random() < self._loss:
            self.lost += 1
            return None
        return self._random.random() * self._jitter_sec

    def spoil(self, connection: RTCPeerConnection, group: asyncio.TaskGroup) -> None:
        """Put this network between a connected peer and the room; packets under way are tasks of `group`.

        The hooks are private parts of aiortc; a version without them fails here, with an AttributeError.
        """
        transport: Any = connection.getTransceivers()[0].sender.transport.transport
        send, receive = transport._send, transport._recv

        async def deliver(data: bytes, delay_sec: float) -> None:
            await asyncio.sleep(delay_sec)
            with suppress(ConnectionError):
                await send(data)

        async def lossy_send(data: bytes) -> None:
            delay_sec = self.delay() if is_sound(data) else 0.0
            if delay_sec:
                group.create_task(deliver(data, delay_sec), name="packet")
            elif delay_sec is not None:
                await send(data)

        async def lossy_receive() -> bytes:
            while True:
                data: bytes = await receive()
                if not is_sound(data) or self.delay() is not None:
                    return data

        transport._send, transport._recv = lossy_send, lossy_receive


def is_sound(datagram: bytes) -> bool:
    """Return whether it is RTP or RTCP, not DTLS or STUN. Source: RFC 7983, 7."""
    return 127 < datagram[0] < 192
