"""Engines get a limit: what does not come in time counts as failed, and the loop goes on without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from coach.errors import EngineError
from coach.live.tuning import ReplyTimes
from coach.ports import SpeechChunk


async def in_time(
    chunks: AsyncGenerator[SpeechChunk, None], engine: str, times: ReplyTimes
) -> AsyncGenerator[SpeechChunk, None]:
    """Pass a clause's sound on as it comes. The caller closes `chunks`.

    Raises:
        EngineError: If the next sound does not come in time.
    """
    limit_ms = times.first_sound_ms
    while True:
        try:
            async with asyncio.timeout(limit_ms / 1000):
                chunk = await anext(chunks, None)
        except TimeoutError as error:
            raise EngineError(engine, "no sound within {limit_ms} ms.", retryable=True, limit_ms=limit_ms) from error
        if chunk is None:
            return
        yield chunk
        limit_ms = times.sound_gap_ms
