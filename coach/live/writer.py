"""Words for a line: from the language model while it keeps its deadlines and its character, else scripted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial

from coach.errors import EngineError, Sentence
from coach.live.gate import Gate
from coach.live.sentences import ClauseSplitter
from coach.live.tuning import ReplyTimes
from coach.ports import ChatModel
from coach.room.check import fault
from coach.room.prompt import messages
from coach.room.request import LineRequest

logger = logging.getLogger(__name__)

SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True)
class Worded:
    """A clause, or a whole line, and who worded it."""

    text: str
    writer: str


class _Rejected(Exception):
    """The model's words broke a rule of the line."""

    def __init__(self, fault: str) -> None:
        self.fault = Sentence(fault) if not isinstance(fault, Sentence) else fault
        super().__init__(fault)


class LineWriter:
    """Words requests. One per rehearsal.

    Args:
        chat: None: always scripted.
        times: Deadlines.
        failed: Told (engine, one sentence) each time the model's words could not be used.
    """

    def __init__(self, chat: ChatModel | None, times: ReplyTimes, failed: Callable[[str, str], None]) -> None:
        self._chat = chat
        self._times = times
        self._failed = failed

    @property
    def instant(self) -> bool:
        """Whether words are there without waiting."""
        return self._chat is None

    async def whole(self, request: LineRequest) -> Worded:
        """Return a whole danmaku line."""
        if self._chat is None or request.fixed:
            return Worded(request.text, SCRIPTED)
        try:
            async with asyncio.timeout(self._times.chat_line_ms / 1000):
                text = await self._collect(self._chat, request)
        except (EngineError, TimeoutError, _Rejected) as error:
            self._give_up(self._chat, error)
            return Worded(request.text, SCRIPTED)
        return Worded(text, self._chat.name)

    async def clauses(self, request: LineRequest, gate: Gate) -> AsyncGenerator[Worded, None]:
        """Yield a spoken line clause by clause, the first as early as it can be spoken.

        Args:
            request: The line.
            gate: Keeps failures back while the line is only foreseen.
        """
        said = ""
        if self._chat is not None and not request.fixed:
            try:
                async with aclosing(self._from_model(self._chat, request)) as clauses:
                    async for clause in clauses:
                        said += clause
                        yield Worded(clause, self._chat.name)
            except (EngineError, TimeoutError, _Rejected) as error:
                gate.do(partial(self._give_up, self._chat, error))
        if not said:
            for clause in _split(request.text):
                yield Worded(clause, SCRIPTED)

    async def _collect(self, chat: ChatModel, request: LineRequest) -> str:
        text = ""
        async with aclosing(chat.stream(messages(request.brief))) as pieces:
            async for piece in pieces:
                text += piece
        return _checked(text.strip(), request)

    async def _from_model(self, chat: ChatModel, request: LineRequest) -> AsyncGenerator[str, None]:
        """Yield checked clauses; raises when one is late or breaks a rule."""
        splitter = ClauseSplitter()
        said = ""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._times.first_clause_ms / 1000
        async with aclosing(chat.stream(messages(request.brief))) as pieces:
            while True:
                async with asyncio.timeout_at(deadline):
                    piece = await anext(pieces, None)
                for clause in splitter.feed(piece) if piece is not None else splitter.flush():
                    said += clause
                    _checked(said.strip(), request)
                    yield clause
                    deadline = loop.time() + self._times.clause_gap_ms / 1000
                if piece is None:
                    break
        if not said:
            raise _Rejected("empty answer")

    def _give_up(self, chat: ChatModel, error: Exception) -> None:
        match error:
            case TimeoutError():
                sentence = Sentence("no words within {ms} ms", ms=self._times.first_clause_ms)
            case _Rejected():
                sentence = Sentence("unusable words: {fault}", fault=error.fault)
            case EngineError():
                sentence = error.message
            case _:
                sentence = Sentence(str(error))
        self._failed(chat.name, sentence)


def _checked(text: str, request: LineRequest) -> str:
    wrong = fault(text, request.brief)
    if wrong is not None:
        raise _Rejected(wrong)
    return text


def _split(text: str) -> list[str]:
    splitter = ClauseSplitter(by_words=False)
    return splitter.feed(text) + splitter.flush()
