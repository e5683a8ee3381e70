"""A language model."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ChatUsage:
    """What one request took, as the server counts it."""

    prompt_tokens: int
    completion_tokens: int


class ChatModel(Protocol):
    """A language model that answers in a stream."""

    name: str

    def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int = 120,
        on_usage: Callable[[ChatUsage], None] | None = None,
    ) -> AsyncGenerator[str, None]:
        """Yield pieces of the answer as they come. Closing the iterator cancels the request.

        Args:
            messages: What the model is asked.
            max_tokens: Longest answer.
            on_usage: Told at the end of an answer, if the server says what it took.

        Raises:
            EngineError: On any failure of network or server.
        """
        ...

    async def aclose(self) -> None:
        """Release connections. Idempotent."""
        ...
