"""A browser as Ears and Mouth: aiortc's tracks on one side, the ports on the other.

Both ways aiortc carries Opus packets and nothing else: what arrives is taken from it before its own jitter buffer and
decoder (`audio.tap`), what leaves is encoded here, so no thread of its pool is in the way of a frame.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from fractions import Fraction
from functools import partial
from typing import Any

from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from aiortc.rtcrtpsender import RTCRtpSender
from aiortc.rtp import RtpPacket
from av.audio.frame import AudioFrame
from av.packet import Packet

from audio.earline import EarLine
from audio.jitter import JitterBuffer, Piece
from audio.opus import SpeechEncoder, open_decoder
from audio.packet_line import PacketLine, line_after
from audio.pcm import EarFramer
from audio.rhythm import Rhythm
from audio.tap import tap
from coach.clock import LoopClock
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_FRAME,
    MOUTH_RATE_HZ,
    MOUTH_SILENCE,
    EarFrame,
    FrameSource,
    Int16Array,
)

INBOX_FRAMES = 100
"""Microphone frames kept for a slow consumer, 2 s; older ones are lost, which shows as a jump in positions."""
STALL_SEC = 0.1
"""Longest lateness made up by sending late frames at once, s: what a browser's jitter buffer still plays in full.
After a longer stall the time is skipped, or the far side would stay that much behind."""
SLEW_SEC = 0.0005
"""How far one frame's deadline may move to follow the microphone's rhythm: less than any network's jitter."""
_TIME_BASE = Fraction(1, MOUTH_RATE_HZ)


class PeerEars:
    """Implements `coach.ports.Ears` for a remote audio track.

    Run `listen` beside `frames`: what comes is taken all the time, whoever is slow.

    Args:
        track: The remote track; its end is the end of the ears.
        receiver: The track's receiver. With it packets are taken as they arrive; without it, or where aiortc is not
            the one we know, the track is read: aiortc's own buffer then adds 60 ms, and more after each loss.
    """

    def __init__(
        self, track: MediaStreamTrack, receiver: RTCRtpReceiver | None = None, *, inbox_frames: int = INBOX_FRAMES
    ) -> None:
        self._track = track
        self._framer = EarFramer()
        self._inbox: deque[EarFrame] = deque(maxlen=inbox_frames)
        self._grown = asyncio.Event()
        self._ended = False
        self._clock = LoopClock()
        self._heard_at = 0.0
        self._source: int | None = None
        self._buffer, self._line = JitterBuffer(), EarLine(open_decoder())
        self._gap = asyncio.Event()
        self._rhythm = Rhythm()
        self.tapped = receiver is not None and tap(receiver, self._take_packet)

    @property
    def silent_sec(self) -> float:
        """Seconds since sound last came over the network (or since construction); digital silence counts as sound."""
        return self._clock.now() - self._heard_at

    def misses(self, in_sec: float) -> float:
        """Return by how many seconds a moment `in_sec` from now lies behind the best one to answer a frame."""
        return self._rhythm.misses(self._clock.now() + in_sec)

    async def listen(self) -> None:
        """Move sound to the inbox until the track ends; then `frames` ends too.

        Raises:
            AudioInputError: If the track sends what cannot be converted.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                releasing = tasks.create_task(self._release(), name="packets behind a gap")
                await self._read_track()
                releasing.cancel()
        finally:
            self.end()

    def end(self) -> None:
        """Let `frames` end after what has come; the connection is over."""
        self._ended = True
        self._grown.set()

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield 20 ms frames as they come, until the track ends. To be iterated once, inside `aclosing`."""
        while True:
            while self._inbox:
                yield self._inbox.popleft()
            if self._ended:
                return
            self._grown.clear()
            await self._grown.wait()

    # --- packets --------------------------------------------------------------------------------------------

    def _take_packet(self, packet: RtpPacket) -> None:
        now = self._clock.now()
        if packet.ssrc != self._source:
            # Another stream: a browser that renegotiated, or restarted its sender.
            self._source, self._buffer = packet.ssrc, JitterBuffer(self._buffer.end_at(now))
        self._heard_at = now
        self._hear(self._buffer.add(packet.sequence_number, packet.timestamp, packet.payload, now), now)
        if self._buffer.due is not None:
            self._gap.set()

    async def _release(self) -> None:
        """Let go what waits behind a gap, or fill in silence that is not sent, when its time has come."""
        while True:
            due = self._buffer.due
            if due is None:
                self._gap.clear()
                await self._gap.wait()
                continue
            await self._clock.sleep_until(due)
            now = self._clock.now()
            self._hear(self._buffer.poll(now), now)

    def _hear(self, pieces: list[Piece], now: float) -> None:
        for piece in pieces:
            self._keep(self._line.feed(piece, now), now)
        if pieces:
            self._grown.set()

    def _keep(self, frames: list[EarFrame], now: float) -> None:
        for frame in frames:
            self._rhythm.heard((frame.position + EAR_FRAME) / EAR_RATE_HZ, now)
        self._inbox.extend(frames)

    # --- the track ------------------------------------------------------------------------------------------

    async def _read_track(self) -> None:
        try:
            while True:
                self._take(await self._track.recv())
        except MediaStreamError:
            return

    def _take(self, frame: object) -> None:
        if not isinstance(frame, AudioFrame):
            raise TypeError(f"expected decoded audio from the remote track, got {type(frame).__name__}")
        self._heard_at = self._clock.now()
        self._keep(self._framer.feed(frame), self._heard_at)
        self._grown.set()


class Pacer:
    """Deadlines of 20 ms frames, counted from the first one so that waits never add up to drift."""

    def __init__(self) -> None:
        self._origin: float | None = None
        self._count = 0

    def next(self, now: float) -> tuple[float, int]:
        """Plan the next frame.

        Args:
            now: Seconds on any monotonic clock.

        Returns:
            When to send it, on the same clock, and its first sample's number at 48 kHz. After more than `STALL_SEC`
            of lateness both jump ahead to the present.
        """
        if self._origin is None:
            self._origin = now
        late = now - self._due(self._count)
        if late > STALL_SEC:
            self._count += int(late / FRAME_SEC)
        planned = self._count
        self._count += 1
        return self._due(planned), planned * MOUTH_FRAME

    def nudge(self, seconds: float) -> None:
        """Let later frames be due that much later (negative: earlier), by at most `SLEW_SEC`."""
        if self._origin is not None:
            self._origin += max(-SLEW_SEC, min(SLEW_SEC, seconds))

    def _due(self, count: int) -> float:
        return (self._origin or 0.0) + count * FRAME_SEC


class ViewerTrack(MediaStreamTrack):
    """The track a browser hears: 48 kHz mono, 960 samples a packet, silence while nothing is attached.

    aiortc calls `recv` and sends what it gets: Opus encoded here, on the loop (0.2 ms a frame while someone speaks).
    Handed frames instead, aiortc would encode in the default executor, behind whatever blocks there.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.source: FrameSource | None = None
        self.misses: Callable[[float], float] | None = None
        """`PeerEars.misses` of the same far side: frames leave right after the microphone's have come, not up to 20 ms
        later, and keep to the far side's clock."""
        self.sender: RTCRtpSender | None = None
        """Who calls `recv`. With it all packets but the first are sent from here (`audio.packet_line`)."""
        self.fault: Exception | None = None
        """What the source raised; it is detached then."""
        self.over = asyncio.Event()
        """Set once the track is stopped or its source has failed."""
        self._clock = LoopClock()
        self._pacer = Pacer()
        self._encoder = SpeechEncoder()
        self._sent = -1
        """First sample of the packet given last, 48 kHz."""

    async def recv(self) -> Packet[Any]:
        """Wait for the next deadline and return 20 ms as one Opus packet; with `sender`, return the first one only.

        Raises:
            MediaStreamError: If the track is stopped.
        """
        if self.readyState != "live":
            raise MediaStreamError
        line = line_after(self.sender, self._sent) if self.sender is not None and self._sent >= 0 else None
        if line is not None:
            await self._send_all(line)
        await self._clock.sleep_until(self._due())
        packet = Packet(self._encoder.encode(self._pull()))
        packet.pts = self._sent
        packet.time_base = _TIME_BASE
        return packet

    def stop(self) -> None:
        """End the track for good; whoever plays to it returns. Idempotent."""
        super().stop()
        self.over.set()

    async def _send_all(self, line: PacketLine) -> None:
        """Send packet after packet until the track is stopped, each out of a timer's call: no task is woken for it."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._timer = self._clock.call_at(self._due(), partial(self._send, line, over))
        try:
            await over
        finally:
            self._timer.cancel()

    def _send(self, line: PacketLine, over: asyncio.Future[None]) -> None:
        if over.done():
            return
        try:
            if self.readyState != "live":
                raise MediaStreamError
            line.send(self._encoder.encode(self._pull()), self._sent)
        except Exception as error:  # of the connection: what the source raises is told to the player
            over.set_exception(error)
        else:
            self._timer = self._clock.call_at(self._due(), partial(self._send, line, over))

    def _due(self) -> float:
        """Plan the next packet: return when it is to leave, and note its place in the stream."""
        now = self._clock.now()
        due, self._sent = self._pacer.next(now)
        if self.misses is not None:
            self._pacer.nudge(-self.misses(due - now))
        return due

    def _pull(self) -> Int16Array:
        if self.source is None:
            return MOUTH_SILENCE
        try:
            pcm = self.source.next_frame()
            if pcm.shape != (MOUTH_FRAME,):
                raise ValueError(f"expected a frame of shape ({MOUTH_FRAME},), got {pcm.shape}")
        except Exception as error:
            # aiortc would only log it and go mute; the one who plays must learn of it.
            self.source, self.fault = None, error
            self.over.set()
            return MOUTH_SILENCE
        return pcm


class PeerMouth:
    """Implements `coach.ports.Mouth`; put its `track` on the peer connection."""

    def __init__(self) -> None:
        self.track = ViewerTrack()

    async def play(self, source: FrameSource) -> None:
        """Let the far side hear `source` until cancelled or the connection is gone.

        Raises:
            RuntimeError: If something is playing already.
            Exception: Whatever `source.next_frame` raised.
        """
        if self.track.source is not None:
            raise RuntimeError("expected a free mouth, but another source is playing")
        self.track.source = source
        try:
            await self.track.over.wait()
        finally:
            self.track.source = None
        if self.track.fault is not None:
            raise self.track.fault
