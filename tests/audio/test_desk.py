"""In which order work reaches an engine's threads. Work here waits for a gate, never for a clock."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
import pytest_asyncio

from audio.asr.desk import Desk
from coach.errors import EngineError


@dataclass
class Gate:
    """Holds the engine's thread until opened, so that what is queued meanwhile is queued for certain."""

    open: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def pass_through(self) -> str:
        self.reached.set()
        assert self.open.wait(30)
        return "gate"


@dataclass
class Talker:
    """Has partial work a number of times."""

    name: str
    done: list[str]
    left: int = 1

    def next_work(self) -> Callable[[], str] | None:
        if not self.left:
            return None
        self.left -= 1
        return lambda: self.name

    def work_done(self, result: str | None) -> None:
        self.done.append(result or f"{self.name} failed")


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk[str]]:
    desk: Desk[str] = Desk("engine")
    yield desk
    await desk.aclose(lambda: None)


def note(done: list[str], name: str) -> str:
    done.append(name)
    return name


async def drained(desk: Desk[str]) -> None:
    """Return when all that was queued is done: an urgent piece lets at most one partial go before it, so ask often."""
    for _ in range(12):
        await desk.submit(lambda: "")


async def test_finals_go_first_in_their_order_and_partials_take_turns(desk: Desk[str]) -> None:
    gate, done = Gate(), list[str]()
    held = desk.submit(gate.pass_through)
    talkers = [Talker(name, done, left=2) for name in "abc"]
    for talker in talkers:
        desk.call(talker)
        desk.call(talker)  # one place in the line each
    finals = [desk.submit(partial(note, done, name)) for name in ("first", "second")]
    assert desk.is_pressed
    gate.open.set()
    await asyncio.gather(held, *finals)
    await drained(desk)
    assert done == ["first", "second", "a", "b", "c"]
    for talker in talkers:
        desk.call(talker)
    await drained(desk)
    assert done[5:] == ["a", "b", "c"]
    assert not desk.is_pressed


async def test_a_final_that_nobody_waits_for_is_taken_back(desk: Desk[str]) -> None:
    gate, done = Gate(), list[str]()
    held = desk.submit(gate.pass_through)
    given_up = desk.submit(partial(note, done, "given up"))
    wanted = desk.submit(partial(note, done, "wanted"))
    given_up.cancel()
    gate.open.set()
    assert await wanted == "wanted"
    assert await held == "gate"
    assert done == ["wanted"]


async def test_work_that_fails_harms_nobody_else(desk: Desk[str]) -> None:
    def fail() -> str:
        raise EngineError("engine", "broken.")

    failing, fine = desk.submit(fail), desk.submit(lambda: "fine")
    with pytest.raises(EngineError, match="broken"):
        await failing
    assert await fine == "fine"


async def test_closing_refuses_what_waits_and_what_is_in_hand() -> None:
    desk: Desk[str] = Desk("engine")
    gate, ended = Gate(), list[str]()
    in_hand, waiting = desk.submit(gate.pass_through), desk.submit(lambda: "late")
    await asyncio.to_thread(gate.reached.wait, 30)
    async with asyncio.TaskGroup() as group:
        group.create_task(desk.aclose(lambda: ended.append("closed")))
        for answer in (in_hand, waiting):
            with pytest.raises(EngineError, match="closed"):
                await answer
        assert ended == []  # the piece in hand cannot be taken from the thread
        gate.open.set()
    assert ended == ["closed"]
    await desk.aclose(lambda: ended.append("again"))
    with pytest.raises(EngineError, match="closed"):
        desk.submit(lambda: "late")
    assert ended == ["closed"]


async def test_several_threads_work_side_by_side() -> None:
    desk: Desk[str] = Desk("engine", threads=2)
    gates = [Gate(), Gate()]
    both = [desk.submit(gate.pass_through) for gate in gates]
    third = desk.submit(lambda: "third")
    for gate in gates:
        await asyncio.to_thread(gate.reached.wait, 30)
    assert desk.is_pressed
    gates[1].open.set()
    assert await third == "third"
    assert not both[0].done()
    gates[0].open.set()
    assert await asyncio.gather(*both) == ["gate", "gate"]
    await desk.aclose(lambda: None)
