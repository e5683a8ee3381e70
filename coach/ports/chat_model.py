"""A language model."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model that answers in a stream."""

    name: str

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int = 120) -> AsyncGenerator[str, None]:
        """Yield pieces of the answer as they come. Closing the iterator cancels the request.

        Raises:
            EngineError: On any failure of network or server.
        """
        ...

    async def aclose(self) -> None:
        """Release connections. Idempotent."""
        ...
