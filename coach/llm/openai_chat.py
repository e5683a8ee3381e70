"""Any server that speaks the OpenAI chat-completions protocol: Ollama, vLLM, llama.cpp, DashScope, DeepSeek."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from coach.errors import EngineError
from coach.ports import ChatMessage, ChatUsage

if TYPE_CHECKING:
    from openai import AsyncStream
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

_NO_KEY = "none"
"""Local servers want no key, but the client insists on one."""


class OpenAIChat:
    """Streams answers of one model. Implements `coach.ports.ChatModel`.

    Args:
        base_url: e.g. `http://127.0.0.1:11434/v1`.
        model: Name the server knows the model by.
        api_key: Key, or None for servers without.
        timeout_sec: Longest wait for the connection and for each next piece.
    """

    def __init__(self, base_url: str, model: str, api_key: str | None = None, timeout_sec: float = 10.0) -> None:
        # Imported here, not on first use: it takes seconds on a busy machine, which would stall a running rehearsal.
        from openai import AsyncOpenAI

        self.name = model
        self._base_url = base_url
        self._timeout_sec = timeout_sec
        self._tells_usage = True
        """Until the server refuses to."""
        self._client = AsyncOpenAI(base_url=base_url, api_key=api_key or _NO_KEY, timeout=timeout_sec, max_retries=0)

    async def stream(
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
            on_usage: Told at the end what the answer took, by servers that say so.

        Raises:
            EngineError: On any failure of network or server, also when the answer breaks off.
        """
        finished = False
        try:
            async with aclosing(self._chunks(messages, max_tokens)) as chunks:
                async for chunk in chunks:
                    if chunk.usage is not None and on_usage is not None:
                        on_usage(ChatUsage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens))
                    for choice in chunk.choices[:1]:
                        finished = finished or choice.finish_reason is not None
                        if choice.delta is not None and choice.delta.content:
                            yield choice.delta.content
        except Exception as error:  # the boundary: client, network and malformed answers raise all sorts
            raise self._failure(error) from error
        if not finished:
            raise EngineError(self.name, "the server broke off in the middle of its answer", retryable=True)

    async def aclose(self) -> None:
        """Release connections. Idempotent."""
        await self._client.close()

    async def _chunks(
        self, messages: Sequence[ChatMessage], max_tokens: int
    ) -> AsyncGenerator[ChatCompletionChunk, None]:
        said = [{"role": message.role, "content": message.content} for message in messages]
        answer = await self._ask(cast("list[ChatCompletionMessageParam]", said), max_tokens)
        try:
            async for chunk in answer:
                yield chunk
        finally:
            await answer.close()

    async def _ask(self, said: list[ChatCompletionMessageParam], max_tokens: int) -> AsyncStream[ChatCompletionChunk]:
        """Ask, and to be told what it took; servers that do not know that wish are asked without from then on."""
        from openai import BadRequestError, UnprocessableEntityError, omit

        while True:
            wants_usage = self._tells_usage
            try:
                return await self._client.chat.completions.create(
                    model=self.name,
                    messages=said,
                    max_tokens=max_tokens,
                    stream=True,
                    stream_options={"include_usage": True} if wants_usage else omit,
                )
            except (BadRequestError, UnprocessableEntityError):
                if not wants_usage:
                    raise
                self._tells_usage = False

    def _failure(self, error: Exception) -> EngineError:
        """Return one sentence for what went wrong; never the server's whole answer."""
        import openai

        match error:
            case openai.APITimeoutError():
                return EngineError(
                    self.name, "no answer within {seconds:g} s", retryable=True, seconds=self._timeout_sec
                )
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return EngineError(self.name, "the server refused the key; check the chat model's API key")
            case openai.NotFoundError():
                return EngineError(self.name, "the server does not know this model or path; check name and base URL")
            case openai.RateLimitError():
                return EngineError(self.name, "the server asks for fewer requests", retryable=True)
            case openai.APIStatusError():
                return EngineError(
                    self.name,
                    "the server answered {status}",
                    retryable=error.status_code >= 500,
                    status=error.status_code,
                )
            case openai.APIConnectionError():
                return EngineError(self.name, "cannot reach {url}", retryable=True, url=self._base_url)
            case _:
                return EngineError(self.name, "unusable answer ({fault})", retryable=True, fault=type(error).__name__)
