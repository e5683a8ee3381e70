"""Rehearsals over scripted ports, for tests in virtual time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from coach.events import (
    Event,
    Record,
)
from coach.live.engines import Engines
from coach.live.host import Finish, RehearsalHost
from coach.live.rehearsal import LiveRehearsal
from coach.ports import Recognizer
from coach.scenario.load import LoadedScenario, load_scenario
from coach.testing import (
    LevelVad,
    MemoryKeeper,
    MemoryMouth,
    MemoryRecorder,
    Say,
    ScriptedChat,
    ScriptedEars,
    ScriptedSynthesizer,
)

E = TypeVar("E")
SCENARIOS = Path(__file__).parents[2] / "scenarios"


@dataclass
class Values:
    """A scorecard as far as the host needs one."""

    records: int

    @property
    def scores(self) -> list[Values]:
        return []

    @property
    def id(self) -> str:
        return ""

    @property
    def value(self) -> float | None:
        return None

    def model_dump_json(self, *, indent: int | None = None) -> str:
        return f'{{"records": {self.records}}}'


def finish(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Values:
    return Values(len(records))


@dataclass
class Room:
    host: RehearsalHost
    keeper: MemoryKeeper
    recorder: MemoryRecorder
    scenario: LoadedScenario


@asynccontextmanager
async def room(
    *,
    recognizer: Recognizer | None = None,
    synthesizer: ScriptedSynthesizer | None = None,
    chat: ScriptedChat | None = None,
    recorder: MemoryRecorder | None = None,
    limit: int = 2,
    score: Finish = finish,
) -> AsyncIterator[Room]:
    kept = recorder or MemoryRecorder()
    engines = Engines(
        vad=LevelVad,
        recognizer=lambda language: recognizer if language == "en" else None,
        synthesizer=synthesizer,
        chat=chat,
        recorder=lambda folder: kept,
        names={"vad": "level"},
    )
    keeper = MemoryKeeper(Path("memory"))
    scenario = load_scenario(SCENARIOS / "en-US" / "home" / "kettle.yaml")
    async with RehearsalHost(engines, keeper, score, limit=limit) as host:
        yield Room(host, keeper, kept, scenario)


def events(rehearsal: LiveRehearsal, kind: type[E]) -> list[E]:
    return [record.event for record in rehearsal.log.records if isinstance(record.event, kind)]


def labels(rehearsal: LiveRehearsal, *kinds: type[Event]) -> list[str]:
    return [record.event.type for record in rehearsal.log.records if isinstance(record.event, kinds)]


async def talk(rehearsal: LiveRehearsal, script: list[Say], total_sec: float) -> MemoryMouth:
    mouth = MemoryMouth(rehearsal.clock)
    await rehearsal.converse(ScriptedEars(rehearsal.clock, script, total_sec), mouth)
    return mouth
