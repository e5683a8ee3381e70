"""What the language model of one rehearsal took: requests, tokens, money."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from coach.events import ModelUsed
from coach.ports import ChatMessage, ChatModel, ChatUsage

_CHARS_PER_TOKEN = 4
"""Letters of a token where the server does not count: OpenAI's own rule of thumb for English."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters that are about a token each."""
_MESSAGE_TOKENS = 4
"""What a message takes beside its text."""
_PER = 1_000_000


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """What a million tokens cost."""

    prompt: float
    completion: float
    currency: str = ""


class CountedChat:
    """A chat model whose use is counted. Implements `coach.ports.ChatModel`; one per rehearsal.

    Args:
        chat: Answers.
        prices: None: tokens are counted, money is not.
    """

    def __init__(self, chat: ChatModel, prices: TokenPrices | None = None) -> None:
        self.name = chat.name
        self._chat = chat
        self._prices = prices
        self._requests = self._prompt = self._completion = self._estimated = 0

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int = 120,
        on_usage: Callable[[ChatUsage], None] | None = None,
    ) -> AsyncGenerator[str, None]:
        """Yield what the model answers; count it however the answer ends."""
        told: list[ChatUsage] = []
        said = ""
        self._requests += 1
        try:
            async with aclosing(self._chat.stream(messages, max_tokens=max_tokens, on_usage=told.append)) as pieces:
                async for piece in pieces:
                    said += piece
                    yield piece
        finally:
            self._count(messages, said, told)
            if on_usage is not None and told:
                on_usage(told[-1])

    async def aclose(self) -> None:
        """Leave the model open: it is shared."""

    def used(self) -> ModelUsed | None:
        """Return the sum as an event; None if nothing was asked."""
        if not self._requests:
            return None
        return ModelUsed(
            model=self.name,
            requests=self._requests,
            prompt_tokens=self._prompt,
            completion_tokens=self._completion,
            estimated_requests=self._estimated,
            cost=self._cost(),
            currency=self._prices.currency if self._prices else "",
        )

    def _count(self, messages: Sequence[ChatMessage], said: str, told: Sequence[ChatUsage]) -> None:
        if told:
            self._prompt += told[-1].prompt_tokens
            self._completion += told[-1].completion_tokens
            return
        self._estimated += 1
        self._prompt += sum(tokens(message.content) + _MESSAGE_TOKENS for message in messages)
        self._completion += tokens(said)

    def _cost(self) -> float | None:
        if self._prices is None:
            return None
        return round((self._prompt * self._prices.prompt + self._completion * self._prices.completion) / _PER, 6)


def tokens(text: str) -> int:
    """Return about how many tokens a text is."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // _CHARS_PER_TOKEN)
