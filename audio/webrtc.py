"""A browser as Ears and Mouth: aiortc's tracks on one side, the ports on the other.

All that knows aiortc's media is here, so that tuning its receiver touches one file.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from fractions import Fraction

from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av.audio.frame import AudioFrame

from audio.pcm import EarFramer, frame_of, silence
from coach.clock import LoopClock
from coach.ports import FRAME_SEC, MOUTH_FRAME, MOUTH_RATE_HZ, EarFrame, FrameSource, Int16Array

INBOX_FRAMES = 100
"""Microphone frames kept for a slow consumer, 2 s; older ones are lost, which shows as a jump in positions."""
STALL_SEC = 0.1
"""Longest lateness made up by sending late frames at once, s: what a browser's jitter buffer still plays in full.
After a longer stall the time is skipped, or the far side would stay that much behind."""
_TIME_BASE = Fraction(1, MOUTH_RATE_HZ)


class PeerEars:
    """Implements `coach.ports.Ears` for a remote audio track.

    Run `listen` beside `frames`: aiortc's own queue has no bound, so it is emptied all the time, whoever is slow.
    """

    def __init__(self, track: MediaStreamTrack, *, inbox_frames: int = INBOX_FRAMES) -> None:
        self._track = track
        self._framer = EarFramer()
        self._inbox: deque[EarFrame] = deque(maxlen=inbox_frames)
        self._grown = asyncio.Event()
        self._ended = False
        self._clock = LoopClock()
        self._heard_at = 0.0

    @property
    def silent_sec(self) -> float:
        """Seconds since sound last came over the network (or since construction); digital silence counts as sound."""
        return self._clock.now() - self._heard_at

    async def listen(self) -> None:
        """Move frames from the track to the inbox until the track ends; then `frames` ends too.

        Raises:
            AudioInputError: If the track sends what cannot be converted.
        """
        try:
            while True:
                self._take(await self._track.recv())
        except MediaStreamError:
            return
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

    def _take(self, frame: object) -> None:
        if not isinstance(frame, AudioFrame):
            raise TypeError(f"expected decoded audio from the remote track, got {type(frame).__name__}")
        self._heard_at = self._clock.now()
        self._inbox.extend(self._framer.feed(frame))
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

    def _due(self, count: int) -> float:
        return (self._origin or 0.0) + count * FRAME_SEC


class ViewerTrack(MediaStreamTrack):
    """The track a browser hears: 48 kHz mono, 960 samples a frame, silence while nothing is attached.

    aiortc calls `recv` and encodes the result in the default executor.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.source: FrameSource | None = None
        self.fault: Exception | None = None
        """What the source raised; it is detached then."""
        self.over = asyncio.Event()
        """Set once the track is stopped or its source has failed."""
        self._clock = LoopClock()
        self._pacer = Pacer()

    async def recv(self) -> AudioFrame:
        """Wait for the next deadline and return 20 ms.

        Raises:
            MediaStreamError: If the track is stopped.
        """
        if self.readyState != "live":
            raise MediaStreamError
        due, pts = self._pacer.next(self._clock.now())
        await self._clock.sleep_until(due)
        frame = frame_of(self._pull(), MOUTH_RATE_HZ)
        frame.pts = pts
        frame.time_base = _TIME_BASE
        return frame

    def stop(self) -> None:
        """End the track for good; whoever plays to it returns. Idempotent."""
        super().stop()
        self.over.set()

    def _pull(self) -> Int16Array:
        if self.source is None:
            return silence(MOUTH_FRAME)
        try:
            pcm = self.source.next_frame()
            if pcm.shape != (MOUTH_FRAME,):
                raise ValueError(f"expected a frame of shape ({MOUTH_FRAME},), got {pcm.shape}")
        except Exception as error:
            # aiortc would only log it and go mute; the one who plays must learn of it.
            self.source, self.fault = None, error
            self.over.set()
            return silence(MOUTH_FRAME)
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
