"""Who is connected to which rehearsal: one tab at a time, each with its say."""

from __future__ import annotations

import asyncio
import logging
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np
from fastapi.concurrency import run_in_threadpool

from coach.live.rehearsal import LiveRehearsal
from coach.ports import MOUTH_FRAME
from coach.score.scorecard import Text
from web.problems import ApiProblem, rehearsal_over

if TYPE_CHECKING:
    from web.peer import Peer

logger = logging.getLogger(__name__)

_OTHER_TAB = Text(
    zh="这场排练已在另一个标签页中打开。可以在这里接管。",
    en="This rehearsal is open in another tab. You can take it over here.",
)
_TAKEN_OVER = Text(zh="另一个标签页接管了这场排练。", en="Another tab took this rehearsal over.")
_REPLACED = Text(zh="本页建立了新的连接。", en="This page opened a new connection.")
_CLOSING = Text(zh="服务器正在关闭。", en="The server is shutting down.")


class Switchboard:
    """Connects browsers to rehearsals. Its peers live in the given task group.

    Invariant: at most one peer per rehearsal; the old one is wholly gone before a new one is answered.
    """

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._peers: dict[str, Peer] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def connections(self) -> int:
        """Connections that are up or coming up."""
        return len(self._peers)

    async def connect(
        self, rehearsal: LiveRehearsal, sdp: str, client: str, *, takeover: bool, cancels_echo: bool | None = None
    ) -> str:
        """Answer a browser's offer.

        Args:
            rehearsal: What to connect to.
            sdp: The offer.
            client: The tab's own id; an older connection of the same tab is replaced.
            takeover: Whether to throw another tab out.
            cancels_echo: Whether the browser takes the viewers out of its microphone; None if it does not say.

        Returns:
            The answer's SDP.

        Raises:
            InputError: If the offer is not one this room can answer; nobody is thrown out then.
            ApiProblem: 409 if another tab is connected, 410 if the rehearsal has ended.
        """
        await run_in_threadpool(load_media)
        from web.offer import read_offer
        from web.peer import Peer

        offer = read_offer(sdp)
        lock = self._locks.setdefault(rehearsal.id, asyncio.Lock())
        async with lock:
            if rehearsal.ended:
                raise rehearsal_over(rehearsal.id)
            await self._make_place(rehearsal.id, client, takeover=takeover)
            peer = Peer(rehearsal, client, cancels_echo=cancels_echo)
            answer = await peer.answer(offer)
            self._peers[rehearsal.id] = peer
            self._tasks.create_task(self._run(rehearsal.id, peer), name=f"connection {rehearsal.id}")
            return answer

    async def close(self) -> None:
        """End all connections."""
        peers = list(self._peers.values())
        for peer in peers:
            peer.dismiss("closing", _CLOSING)
        for peer in peers:
            await peer.gone.wait()

    async def _make_place(self, rehearsal_id: str, client: str, *, takeover: bool) -> None:
        peer = self._peers.get(rehearsal_id)
        if peer is None:
            return
        if peer.client == client:
            peer.dismiss("replaced", _REPLACED)
        elif takeover:
            peer.dismiss("taken_over", _TAKEN_OVER)
        else:
            raise ApiProblem(409, "other_tab", _OTHER_TAB)
        await peer.gone.wait()

    async def _run(self, rehearsal_id: str, peer: Peer) -> None:
        """Run one peer; its faults stay its own."""
        try:
            await peer.run()
        except Exception:
            logger.exception("connection failed: rehearsal=%s", rehearsal_id)
        finally:
            if self._peers.get(rehearsal_id) is peer:
                del self._peers[rehearsal_id]


@cache
def load_media() -> None:
    """Load what the first offer needs, half a second: aiortc, whether it is the one we know, Opus, ciphers. Blocks.

    The server's start does not wait for it.
    """
    from importlib import import_module

    from aiortc import RTCCertificate

    from audio.opus import SpeechEncoder, open_decoder
    from audio.tap import is_known
    from web import peer
    from web.loopback import offer_loopback_alone

    offer_loopback_alone()
    is_known()
    open_decoder()
    SpeechEncoder().encode(np.ones(MOUTH_FRAME, dtype=np.int16))
    RTCCertificate.generateCertificate().getFingerprints()
    for module in ("cryptography.hazmat.primitives.serialization", "audio.recorder"):
        import_module(module)  # what aiortc and a rehearsal load when the first one begins
    logger.debug("media ready: %s", peer.__name__)
