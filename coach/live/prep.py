"""Time to prepare before the viewers come: the rehearsal begins paused, and the streamer may cut the wait short."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from coach.events import RehearsalResumed
from coach.live.rehearsal import LiveRehearsal


async def prepare(rehearsal: LiveRehearsal, prep_sec: float) -> None:
    """Pause a rehearsal as it begins, and let it go on after `prep_sec` seconds unless it has by then."""
    async with aclosing(rehearsal.log.follow()) as records:
        if await anext(records, None) is None:
            return
        rehearsal.pause()
        try:
            async with asyncio.timeout(prep_sec):
                async for record in records:
                    if isinstance(record.event, RehearsalResumed):
                        return
        except TimeoutError:
            rehearsal.resume()
