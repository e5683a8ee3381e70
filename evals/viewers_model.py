"""Viewers' lines from a language model that misbehaves: is each in time, in character, said, and each fault counted?

Requests are taken from simulated rehearsals; they are worded by the live loop's own writer through the OpenAI client
against a local server (`evals/faulty_model.py`). Times are real; the budgets are those of `ReplyTimes`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from typing import Any

from coach.live.gate import Gate
from coach.live.tuning import ReplyTimes
from coach.live.writer import LineWriter
from coach.llm.openai_chat import OpenAIChat
from coach.ports import ChatMessage
from coach.room.check import fault
from coach.room.request import LineRequest
from coach.room.simulated.simulate import staged
from coach.scenario.model import Scenario
from evals.faulty_model import FAULTS, faulty_model

LINES_EACH = 4
"""Lines per kind of fault, language and channel."""
SLACK_MS = 150.0
"""What the loop may be late on a busy machine and still count as within budget."""
_AT_A_TIME = 8
_LOOKS_EVERY_SEC = 0.02


@dataclass(slots=True)
class Case:
    """One line asked for."""

    kind: str
    request: LineRequest
    late_ms: float = 0.0
    """How long after its budget the first words were there; negative if before."""
    text: str = ""
    by_model: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> str | None:
        """What is wrong with what was said; a line that broke off is judged as far as it went."""
        return None if self.text.strip() == self.request.text else fault(self.text, self.request.brief)


def requests(scenarios: Sequence[Scenario]) -> list[LineRequest]:
    """Return as many spoken and typed requests of the scenarios as are needed, those that grant nothing."""
    found: list[LineRequest] = []
    for code in ("zh", "en"):
        asked = [
            request
            for scenario in [one for one in scenarios if one.language == code][:3]
            for request in staged(scenario, "flustered", 1).requests
            if not request.brief.may_concede
        ]
        for channel in ("chat", "voice"):
            found += [request for request in asked if request.channel == channel][:LINES_EACH]
    return found


def run(scenarios: Sequence[Scenario]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return (summary, every case that went wrong)."""
    cases, lag_ms = asyncio.run(_all(requests(scenarios)))
    return summary(cases, lag_ms), [
        {"kind": case.kind, "line": case.request.text, "said": case.text, "wrong": case.wrong, "late_ms": case.late_ms}
        for case in cases
        if case.wrong or case.late_ms > SLACK_MS or not case.text.strip() or _miscounted(case)
    ]


def summary(cases: Sequence[Case], lag_ms: float) -> dict[str, Any]:
    """Return counts, in all and by kind; `loop_lag_ms` is the longest the event loop itself was held up meanwhile."""
    return {
        **_counts(cases),
        "slack_ms": SLACK_MS,
        "loop_lag_ms": round(lag_ms, 1),
        "by_kind": {kind: _counts([case for case in cases if case.kind == kind]) for kind in ("good", *FAULTS)},
    }


def _counts(cases: Sequence[Case]) -> dict[str, Any]:
    return {
        "lines": len(cases),
        "by_model": sum(case.by_model for case in cases),
        "late": sum(case.late_ms > SLACK_MS for case in cases),
        "latest_ms": round(max((case.late_ms for case in cases), default=0.0), 1),
        "out_of_character": sum(case.wrong is not None for case in cases),
        "lost": sum(not case.text.strip() for case in cases),
        "miscounted": sum(_miscounted(case) for case in cases),
    }


def _miscounted(case: Case) -> bool:
    """Return whether a fault was not told exactly once, or one was told where there was none."""
    return len(case.faults) != (0 if case.kind == "good" else 1)


async def _all(asked: Sequence[LineRequest]) -> tuple[list[Case], float]:
    """Word every request under every fault; return the cases and the loop's longest delay, ms."""
    cases = [Case(kind, request) for kind in ("good", *FAULTS) for request in asked]
    gate = asyncio.Semaphore(_AT_A_TIME)
    lags: list[float] = [0.0]
    async with faulty_model() as model, AsyncExitStack() as clients:
        # Clients are made and used once before anything is timed, as at the start of the program.
        chats = {name: OpenAIChat(model.url, name) for name in {_model_name(case) for case in cases}}
        for chat in chats.values():
            clients.push_async_callback(chat.aclose)
        await _warm(OpenAIChat(model.url, "good-en"))
        async with asyncio.TaskGroup() as watching:
            watch = watching.create_task(_watch_lag(lags))
            async with asyncio.TaskGroup() as group:
                for case in cases:
                    group.create_task(_word(case, chats[_model_name(case)], gate))
            watch.cancel()
    return cases, max(lags)


def _model_name(case: Case) -> str:
    return f"{case.kind}-{case.request.brief.language}"


async def _warm(chat: OpenAIChat) -> None:
    async with aclosing(chat.stream([ChatMessage("user", "hello")])) as pieces:
        async for _ in pieces:
            pass
    await chat.aclose()


async def _watch_lag(lags: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(_LOOKS_EVERY_SEC)
        lags.append((loop.time() - before - _LOOKS_EVERY_SEC) * 1000)


async def _word(case: Case, chat: OpenAIChat, gate: asyncio.Semaphore) -> None:
    times = ReplyTimes()
    async with gate:
        writer = LineWriter(chat, times, lambda _, sentence: case.faults.append(sentence))
        if case.request.channel == "chat":
            await _typed(case, writer, times)
        else:
            await _spoken(case, writer, times)


async def _typed(case: Case, writer: LineWriter, times: ReplyTimes) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    worded = await writer.whole(case.request)
    case.late_ms = (loop.time() - begun) * 1000 - times.chat_line_ms
    case.text, case.by_model = worded.text, worded.writer != "scripted"


async def _spoken(case: Case, writer: LineWriter, times: ReplyTimes) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()
    gate = Gate()
    gate.open()
    first = True
    async for worded in writer.clauses(case.request, gate):
        if first:
            case.late_ms = (loop.time() - begun) * 1000 - times.first_clause_ms
            first = False
        case.text += worded.text
        case.by_model = case.by_model or worded.writer != "scripted"
