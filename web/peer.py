"""One browser's connection to one rehearsal: audio both ways, records out, commands in."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing, suppress

from aiortc import (
    RTCConfiguration,
    RTCDataChannel,
    RTCPeerConnection,
    RTCRtpReceiver,
    RTCRtpTransceiver,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamTrack
from aiortc.rtcconfiguration import RTCBundlePolicy

from audio.webrtc import PeerEars, PeerMouth
from coach.clock import LoopClock
from coach.errors import InputError
from coach.events import dump_record
from coach.live.rehearsal import LiveRehearsal
from coach.score.scorecard import Text
from web.offer import for_speech
from web.wire import Ping, Refusal, Since, obey, read_command

logger = logging.getLogger(__name__)

CHANNEL = "events"
CONNECT_SEC = 20.0
"""Longest wait for a browser that was answered, s."""
LOST_SEC = 6.0
"""Without sound and without messages a connection counts as lost, s. ICE itself takes 30 s to notice."""
LAST_WORDS_SEC = 2.0
"""How long a connection that is over waits for the words its streamer was just saying."""
LINGER_SEC = 5.0
"""How long the connection outlives its rehearsal, so that the last records arrive, s."""
CLOSE_SEC = 5.0
"""Longest wait for aiortc to close, s."""
HIGH_BYTES = 256 * 1024
"""Unsent bytes at which records wait; a browser that stalls reads the log later, nothing piles up here."""
LOW_BYTES = 64 * 1024
"""Unsent bytes at which they go on."""


class Peer:
    """Order: answer, then run; `dismiss` at any time.

    Invariant: at most `HIGH_BYTES` and one record are queued for the browser, however it behaves.
    """

    def __init__(self, rehearsal: LiveRehearsal, client: str, *, cancels_echo: bool | None = None) -> None:
        self.client = client
        self.gone = asyncio.Event()
        """Set once everything of this connection is closed."""
        self._rehearsal = rehearsal
        self._cancels_echo = cancels_echo
        # Left out, `iceServers` would mean a public STUN server.
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        self._mouth = PeerMouth()
        self._audio = _opus_only(self._connection.addTransceiver(self._mouth.track, direction="sendrecv"))
        self._mouth.track.sender = self._audio.sender
        self._ears: PeerEars | None = None
        self._channel: RTCDataChannel | None = None
        self._clock = LoopClock()
        self._sign_at = 0.0
        self._up = asyncio.Event()
        self._over = asyncio.Event()
        self._has_room = asyncio.Event()
        self._tasks: asyncio.TaskGroup | None = None
        self._sending: asyncio.Task[None] | None = None
        self._connection.on("track", self._on_track)
        self._connection.on("datachannel", self._on_channel)
        self._connection.on("connectionstatechange", self._on_state)

    async def answer(self, offer: str) -> str:
        """Take an offer that `read_offer` accepted and return the whole answer, candidates included.

        Raises:
            InputError: If it cannot be answered after all; the connection is closed then.
        """
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
            if self._ears is None:
                raise InputError("Expected a microphone track in the offer.")
            await self._connection.setLocalDescription()
        except BaseException as error:
            await self._close()
            if isinstance(error, InputError) or not isinstance(error, Exception):
                raise
            raise InputError(f"The offer cannot be answered: {error}") from error
        return for_speech(self._connection.localDescription.sdp)

    async def run(self) -> None:
        """Serve the connection until it is lost, dismissed, or its rehearsal is over; then close it."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                job = tasks.create_task(self._serve(), name=f"peer {self._rehearsal.id}")
                await self._over.wait()
                self._tasks = None
                if self._ears is not None:
                    self._ears.end()
                    await asyncio.wait({job}, timeout=LAST_WORDS_SEC)
                job.cancel()
                if self._sending is not None:
                    self._sending.cancel()
        finally:
            self._tasks = None
            await self._close()

    def dismiss(self, code: str, text: Text) -> None:
        """Say why and end the connection; `gone` is set when that is done."""
        self._send(Refusal(code=code, message=text).model_dump_json())
        self._over.set()

    # --- serving --------------------------------------------------------------------------------------------

    async def _serve(self) -> None:
        """Run the conversation over this connection; set `_over` in the end."""
        try:
            async with asyncio.timeout(CONNECT_SEC):
                await self._up.wait()
            if self._ears is not None:
                await self._converse(self._ears)
        except TimeoutError:
            logger.info("no connection came up: rehearsal=%s", self._rehearsal.id)
        finally:
            self._over.set()

    async def _converse(self, ears: PeerEars) -> None:
        self._sign_at = self._clock.now()
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(ears.listen(), name="microphone")
            watching = tasks.create_task(self._watch(ears), name="watch")
            await self._rehearsal.converse(ears, self._mouth, cancels_echo=self._cancels_echo)
            if self._rehearsal.ended:
                await asyncio.sleep(LINGER_SEC)
            watching.cancel()
            listening.cancel()

    async def _watch(self, ears: PeerEars) -> None:
        """Notice a far side that vanished without a word."""
        while True:
            quiet = min(ears.silent_sec, self._clock.now() - self._sign_at)
            if quiet >= LOST_SEC:
                break
            await asyncio.sleep(LOST_SEC - quiet)
        logger.info("connection lost: rehearsal=%s", self._rehearsal.id)
        self._over.set()

    async def _send_from(self, since: int) -> None:
        """Send the log from record `since` on, no faster than the browser takes it."""
        async with aclosing(self._rehearsal.log.follow(since)) as records:
            async for record in records:
                await self._wait_for_room()
                self._send(dump_record(record).decode())

    async def _wait_for_room(self) -> None:
        while self._channel is not None and self._channel.bufferedAmount > HIGH_BYTES:
            self._has_room.clear()
            await self._has_room.wait()

    def _send(self, text: str) -> None:
        if self._channel is not None and self._channel.readyState == "open":
            self._channel.send(text)

    # --- what aiortc reports --------------------------------------------------------------------------------

    def _on_track(self, track: MediaStreamTrack) -> None:
        if track.kind == "audio" and self._ears is None:
            self._ears = PeerEars(track, self._audio.receiver)
            self._mouth.track.misses = self._ears.misses

    def _on_channel(self, channel: RTCDataChannel) -> None:
        if channel.label != CHANNEL or self._channel is not None:
            channel.close()
            return
        self._channel = channel
        channel.bufferedAmountLowThreshold = LOW_BYTES
        channel.on("bufferedamountlow", self._has_room.set)
        channel.on("message", self._on_message)
        channel.on("close", self._over.set)

    def _on_state(self) -> None:
        state = self._connection.connectionState
        if state == "connected":
            self._up.set()
        elif state in ("failed", "closed"):
            self._over.set()

    def _on_message(self, data: str | bytes) -> None:
        self._sign_at = self._clock.now()
        command = read_command(data)
        match command:
            case Refusal():
                self._reply(command.model_dump_json())
            case Since():
                self._restart_sending(command.seq)
            case Ping():
                self._reply(obey(self._rehearsal, command).model_dump_json())
            case _:
                answer = obey(self._rehearsal, command)
                if isinstance(answer, Refusal):
                    self._reply(answer.model_dump_json())

    def _reply(self, text: str) -> None:
        """Answer, unless the browser asks faster than it reads."""
        if self._channel is not None and self._channel.bufferedAmount <= HIGH_BYTES:
            self._send(text)

    def _restart_sending(self, since: int) -> None:
        if self._tasks is None:
            return
        if self._sending is not None:
            self._sending.cancel()
        since = min(since, len(self._rehearsal.log.records))
        self._sending = self._tasks.create_task(self._send_from(since), name="records")

    # --- the end --------------------------------------------------------------------------------------------

    async def _close(self) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SEC):
                    await self._drain()
                    await self._connection.close()
        finally:
            self._mouth.track.stop()
            self.gone.set()

    async def _drain(self) -> None:
        """Give the last words half a second to leave."""
        for _ in range(10):
            if self._channel is None or self._channel.readyState != "open" or not self._channel.bufferedAmount:
                return
            await asyncio.sleep(0.05)


def _opus_only(transceiver: RTCRtpTransceiver) -> RTCRtpTransceiver:
    """Let nothing but Opus be negotiated: both directions carry packets that we encode and decode ourselves."""
    known = RTCRtpReceiver.getCapabilities("audio")
    if known is not None:
        transceiver.setCodecPreferences([codec for codec in known.codecs if codec.mimeType == "audio/opus"])
    return transceiver
