"""The sound card as Ears and Mouth: PortAudio's threads on one side, the ports on the other.

PortAudio calls back on threads of its own, which must never wait; they only move blocks through bounded buffers. The
loop converts. Time on the sound card is counted in samples: the card's clock decides when a frame is due, both ways.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from av.audio.resampler import AudioResampler

from audio.pcm import EarFramer, frame_of, silence
from audio.sound_devices import Device, Direction, Format, cannot_open, portaudio, usable_format, why
from coach.ports import (
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_FRAME,
    MOUTH_RATE_HZ,
    EarFrame,
    FrameSource,
    Int16Array,
)

INBOX_BLOCKS = 100
"""Blocks of microphone kept for a busy loop, 2 s; older ones are lost, which shows as a jump in positions."""
AHEAD_FRAMES = 2
"""Frames of viewers' sound handed over ahead of the card, 40 ms: what a loop on a busy laptop needs not to stutter.
Each costs 20 ms of a viewer who is told to be silent."""
STALL_SEC = 2.0
"""A card that has not called back for this long is gone; some systems do not say that it was unplugged."""
_SILENT_DB = -90.0
"""Level of digital silence, dB below full scale."""


class _Card:
    """One direction of a sound card: whether it is there, how late it is, and what it lost."""

    def __init__(
        self, device: Device, direction: Direction, rate_hz: int, kind: Callable[..., Any], ahead_sec: float = 0.0
    ) -> None:
        self.device = device
        self.format = usable_format(device, direction, rate_hz)
        self.gone = False
        """Whether the sound ended because the device was unplugged or switched off."""
        self.xruns = 0
        """How often sound was lost between card and loop, or the card wanted some that was not there."""
        self.latency_sec = 0.0
        """What sound takes between the device and here, with what is kept ahead."""
        self._called = _Bell()
        """Rung by every call back."""
        self._stopped = False
        self._stream = _Stream(kind, device, self.format)
        self._ahead_sec = ahead_sec

    async def open(self) -> None:
        """Switch it on.

        Raises:
            SoundCardError: If it cannot be opened; says why.
        """
        self._called.attach()
        self.latency_sec = self._ahead_sec + await self._stream.open(self._on_block, self._on_end)

    async def aclose(self) -> None:
        """Switch it off. Idempotent."""
        await self._stream.close()

    # On PortAudio's thread.

    def _on_block(self, data: Any, frames: int, time: Any, status: Any) -> None:
        raise NotImplementedError

    def _on_end(self) -> None:
        self._stopped = True
        self._called.ring()


class SoundCardEars(_Card):
    """Implements `coach.ports.Ears` for a microphone. What comes before `frames` is asked for is dropped beyond 2 s.

    Args:
        device: Which one.

    Raises:
        SoundCardError: If it cannot be opened; says why.
    """

    def __init__(self, device: Device) -> None:
        super().__init__(device, "input", EAR_RATE_HZ, portaudio().RawInputStream)
        self.level_db = _SILENT_DB
        """Of the last frame: root mean square, dB below full scale."""
        self._blocks: deque[tuple[int, Int16Array]] = deque(maxlen=INBOX_BLOCKS)
        """Number of the first sample on the card's time line, samples."""
        self._taken = 0

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield 20 ms frames as they come, until the microphone is gone: `gone` then says so. After `open`, once."""
        try:
            framer, expected = _Framer(self.format), None
            self._blocks.clear()
            self.xruns = 0
            while await self._more():
                start, block = self._blocks.popleft()
                framer.skip(start - expected if expected is not None else 0)
                expected = start + len(block)
                for frame in framer.feed(block):
                    self.level_db = _level(frame.pcm)
                    yield frame
        finally:
            await self.aclose()

    async def _more(self) -> bool:
        """Wait for the next block; False once the microphone is gone."""
        while not self._blocks:
            if self._stopped or not await self._called.rings_within(STALL_SEC):
                self.gone = True
                return False
        return True

    # On PortAudio's thread.

    def _on_block(self, data: Any, frames: int, time: Any, status: Any) -> None:
        block = _mono(np.frombuffer(bytes(data), np.int16), self.format.channels)
        if status.input_overflow or len(self._blocks) == INBOX_BLOCKS:
            self.xruns += 1
        self._blocks.append((self._taken, block))
        self._taken += frames
        self._called.ring()


class SoundCardMouth(_Card):
    """Implements `coach.ports.Mouth` for a speaker. The card's own pace asks for frames, so nothing drifts.

    Open, it is silent until `play`.

    Args:
        device: Which one.

    Raises:
        SoundCardError: If it cannot be opened; says why.
    """

    def __init__(self, device: Device) -> None:
        super().__init__(
            device, "output", MOUTH_RATE_HZ, portaudio().RawOutputStream, ahead_sec=AHEAD_FRAMES * FRAME_SEC
        )
        self._blocks: deque[bytes] = deque(maxlen=AHEAD_FRAMES + 1)
        self._rest = b""
        self._begun = False

    async def play(self, source: FrameSource) -> None:
        """Play until cancelled or the speaker is gone: `gone` then says so. After `open`, once."""
        outlet = _Outlet(self.format)
        try:
            while not self._stopped:
                while len(self._blocks) < AHEAD_FRAMES:
                    self._hand_over(outlet, source)
                if not await self._called.rings_within(STALL_SEC):
                    break
            self.gone = True
        finally:
            await self.aclose()

    def _hand_over(self, outlet: _Outlet, source: FrameSource) -> None:
        pcm = source.next_frame()
        if pcm.shape != (MOUTH_FRAME,):
            raise ValueError(f"expected a frame of shape ({MOUTH_FRAME},), got {pcm.shape}")
        self._blocks.append(outlet.feed(pcm))

    # On PortAudio's thread.

    def _on_block(self, data: Any, frames: int, time: Any, status: Any) -> None:
        size = len(data)
        parts = [self._rest]
        have = len(self._rest)
        while have < size and self._blocks:
            parts.append(self._blocks.popleft())
            have += len(parts[-1])
        sound = b"".join(parts)
        if self._begun and (status.output_underflow or have < size):
            self.xruns += 1  # before that the room is opening, and nothing can be lost
        self._begun = self._begun or have > 0
        data[:] = sound[:size].ljust(size, b"\0")
        self._rest = sound[size:]
        self._called.ring()


class _Bell:
    """An event that another thread may set."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self) -> None:
        """Ring in the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def ring(self) -> None:
        """Wake whoever waits. From any thread; nothing happens once the loop is gone."""
        if self._loop is not None and not self._loop.is_closed():
            try:
                self._loop.call_soon_threadsafe(self._event.set)
            except RuntimeError:  # the loop closed in between
                return

    async def rings_within(self, limit_sec: float) -> bool:
        """Wait for the next ring; False if none came in time."""
        try:
            async with asyncio.timeout(limit_sec):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class _Framer:
    """Blocks of a microphone at its own rate in, frames of the ears out; sound that was lost shows in positions."""

    def __init__(self, form: Format) -> None:
        self._rate_hz = form.rate_hz
        self._framer = EarFramer()
        self._offset = 0

    def skip(self, samples: int) -> None:
        """Note samples, at the microphone's rate, that never came."""
        self._offset += round(samples * EAR_RATE_HZ / self._rate_hz)

    def feed(self, block: Int16Array) -> list[EarFrame]:
        """Return the frames that a block completes."""
        frames = self._framer.feed(frame_of(block, self._rate_hz))
        return [EarFrame(frame.pcm, frame.position + self._offset) for frame in frames]


class _Outlet:
    """Frames of viewers' sound in, bytes in a speaker's own rate and channels out."""

    def __init__(self, form: Format) -> None:
        self._channels = form.channels
        direct = form.rate_hz == MOUTH_RATE_HZ
        self._resampler = None if direct else AudioResampler(format="s16", layout="mono", rate=form.rate_hz)

    def feed(self, pcm: Int16Array) -> bytes:
        """Convert one frame."""
        if self._resampler is not None:
            made = [frame.to_ndarray()[0] for frame in self._resampler.resample(frame_of(pcm, MOUTH_RATE_HZ))]
            pcm = np.concatenate(made).astype(np.int16) if made else silence(0)
        return np.repeat(pcm, self._channels).tobytes()


def _mono(samples: Int16Array, channels: int) -> Int16Array:
    if channels == 1:
        return samples
    mixed: Int16Array = samples.reshape(-1, channels).mean(axis=1).astype(np.int16)
    return mixed


def _level(pcm: Int16Array) -> float:
    power = float(np.mean(np.square(pcm.astype(np.float64))))
    return max(_SILENT_DB, 10 * np.log10(power / 32768.0**2)) if power > 0 else _SILENT_DB


class _Stream:
    """A PortAudio stream with a thread of its own for what may block: a sound server takes its time."""

    def __init__(self, kind: Any, device: Device, form: Format) -> None:
        self._kind = kind
        self._device = device
        self._format = form
        self._stream: Any = None
        self._closed = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sound card")

    async def open(self, callback: Any, finished: Callable[[], None]) -> float:
        """Open and start it; return its latency in seconds.

        Raises:
            SoundCardError: If it does not open.
        """
        sd = portaudio()

        def begin() -> None:
            self._stream = self._kind(
                device=self._device.number,
                channels=self._format.channels,
                samplerate=self._format.rate_hz,
                dtype="int16",
                blocksize=round(self._format.rate_hz * FRAME_SEC),
                latency="low",
                callback=callback,
                finished_callback=finished,
            )
            self._stream.start()

        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, begin)
        except (sd.PortAudioError, ValueError) as error:
            raise cannot_open(self._device, why(error)) from error
        return float(self._stream.latency)

    async def close(self) -> None:
        """Stop and close it, also where the device is gone, and after an opening that is still under way."""

        def end() -> None:
            if self._stream is not None:
                self._stream.abort(ignore_errors=True)
                self._stream.close(ignore_errors=True)

        if self._closed:
            return
        self._closed = True
        await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, end))
        self._thread.shutdown(wait=False)
