from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

import pytest

from coach.errors import EngineError
from coach.events import ModelUsed
from coach.live.model_use import CountedChat, TokenPrices, tokens
from coach.ports import ChatMessage, ChatUsage

ASK = [ChatMessage("system", "Be Dana."), ChatMessage("user", "现在说")]


class Server:
    name = "m"

    def __init__(self, usage: ChatUsage | None, *, fails: bool = False) -> None:
        self._usage = usage
        self._fails = fails

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int = 120,
        on_usage: Callable[[ChatUsage], None] | None = None,
    ) -> AsyncGenerator[str, None]:
        yield "便宜"
        yield "点吧"
        if self._fails:
            raise EngineError("m", "broke off")
        if self._usage and on_usage:
            on_usage(self._usage)

    async def aclose(self) -> None:
        raise AssertionError("the model is shared and must stay open")


async def ask(chat: CountedChat, *, pieces: int = 9) -> None:
    async with aclosing(chat.stream(ASK)) as answer:
        async for _ in answer:
            pieces -= 1
            if not pieces:
                break


async def test_tokens_and_money_are_summed_as_the_server_counts() -> None:
    chat = CountedChat(Server(ChatUsage(300, 20)), TokenPrices(2.0, 8.0, "CNY"))
    assert chat.used() is None
    await ask(chat)
    await ask(chat)
    await chat.aclose()
    assert chat.used() == ModelUsed(
        model="m", requests=2, prompt_tokens=600, completion_tokens=40, cost=0.00152, currency="CNY"
    )


@pytest.mark.parametrize("pieces", [1, 9])
async def test_an_answer_cut_short_or_not_counted_is_estimated(pieces: int) -> None:
    chat = CountedChat(Server(ChatUsage(300, 20) if pieces == 1 else None))
    await ask(chat, pieces=pieces)
    prompt = tokens("Be Dana.") + tokens("现在说") + 8
    said = tokens("便宜" if pieces == 1 else "便宜点吧")
    assert chat.used() == ModelUsed(
        model="m", requests=1, prompt_tokens=prompt, completion_tokens=said, estimated_requests=1
    )


async def test_a_failed_answer_counts_too() -> None:
    chat = CountedChat(Server(None, fails=True))
    with pytest.raises(EngineError):
        await ask(chat)
    used = chat.used()
    assert used is not None
    assert (used.requests, used.completion_tokens, used.estimated_requests) == (1, 4, 1)


@pytest.mark.parametrize(("text", "count"), [("", 0), ("abcd", 1), ("abcde", 2), ("便宜点", 3), ("便宜 ok", 3)])
def test_tokens_of_a_text(text: str, count: int) -> None:
    assert tokens(text) == count
