"""The whole answer of a language model, bounded in time and length."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from coach.errors import EngineError
from coach.ports import ChatMessage, ChatModel

_MOST_CHARS = 20_000
"""Of an answer; nobody listens to more."""


async def whole_answer(model: ChatModel, messages: Sequence[ChatMessage], *, max_tokens: int, limit_sec: float) -> str:
    """Return what a model answers, 20,000 characters at most.

    Args:
        model: Who is asked.
        messages: What.
        max_tokens: Longest answer, as the model is told.
        limit_sec: Longest wait for all of it.

    Raises:
        EngineError: As the model does, and where its answer is not whole in time.
    """
    answer = ""
    try:
        async with asyncio.timeout(limit_sec), aclosing(model.stream(messages, max_tokens=max_tokens)) as pieces:
            async for piece in pieces:
                answer += piece[: _MOST_CHARS - len(answer)]
                if len(answer) >= _MOST_CHARS:
                    break
    except TimeoutError as error:
        raise EngineError(model.name, "no answer within {seconds:g} s", retryable=True, seconds=limit_sec) from error
    return answer
