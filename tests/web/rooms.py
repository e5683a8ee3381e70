"""A whole practice room for tests: the real app, host, keeper and database, with scripted engines."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import httpx
import numpy as np
from fastapi import FastAPI

from audio.asr.browser import BrowserRecognizer
from coach.events import Record
from coach.live.engines import Engines
from coach.live.host import Finish, RehearsalHost
from coach.ports import SpeechChunk, VoiceSpec
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario
from coach.score.scorecard import NamedScore, Scorecard, Text, Versions
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from coach.testing import LevelVad, ScriptedSynthesizer
from web.app import create_app
from web.composition import Composition, EngineReport

SCENARIO = """\
id: en-mug
version: 3
locale: en-US
title: A mug that stays warm
category: home
difficulty: 2
duration_sec: 300
product:
  name: Ember mug
  price: {list: 40, live: 29, floor: 25, currency: USD}
  stock: 12
  facts: {size: 300 ml}
  selling_points:
    - {id: warm, priority: P0, title: Stays warm for hours}
viewers:
  - {id: joe, type: haggler, name: Joe, channel: voice, price_limit: 27}
"""


def finish(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Scorecard:
    """A scorer whose coverage is the number of records."""
    text = Text(zh="短", en="short")
    return Scorecard(
        rehearsal_id=folder.name,
        scenario_id=scenario.scenario.id,
        scenario_title=scenario.scenario.title,
        locale=scenario.scenario.locale,
        summary=text,
        scores=[NamedScore(id="coverage", name=text, value=float(len(records)), method=text)],
        versions=Versions(scorer="test"),
    )


class Buzzer(ScriptedSynthesizer):
    """Speaks in a 200 Hz buzz: Opus takes a constant level out."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per word."""
        async with aclosing(super().speak(text, voice)) as chunks:
            async for chunk in chunks:
                buzz = np.where(np.arange(len(chunk.pcm)) // 120 % 2, chunk.pcm, -chunk.pcm)
                yield SpeechChunk(buzz.astype(np.int16), chunk.words)


def scripted_engines() -> Engines:
    """No recogniser but the page's own, a voice that buzzes, no recording."""
    return Engines(
        vad=LevelVad, recognizer=lambda language: None, synthesizer=Buzzer(), page_recognizer=BrowserRecognizer
    )


def compose(folder: Path, *, limit: int = 2, engines: Engines | None = None, score: Finish = finish) -> Composition:
    """Return what an app serves, kept in `folder`; the caller closes the keeper's store."""
    scenarios = folder / "scenarios"
    scenarios.mkdir()
    (scenarios / "mug.yaml").write_text(SCENARIO, encoding="utf-8")
    keeper = Keeper(folder / "rehearsals", SqlRehearsalStore(f"sqlite:///{folder / 'coach.db'}"))
    host = RehearsalHost(engines or scripted_engines(), keeper, score, limit=limit, version="1.2.3")
    report = EngineReport("vad", "level", ready=True, note=Text(zh="测试", en="a test"))
    return Composition(
        host=host, keeper=keeper, library=Library([scenarios]), version="1.2.3", engines=(report,), recovered=()
    )


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Enter the app's lifespan, which ASGI transports do not."""
    async with app.router.lifespan_context(app):
        yield


@asynccontextmanager
async def open_room(folder: Path, *, limit: int = 2) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running room, without sockets."""
    async with open_app(compose(folder, limit=limit)) as client:
        yield client


@asynccontextmanager
async def open_app(composition: Composition) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a room put together elsewhere; closes its index."""
    app = create_app(composition)
    transport = httpx.ASGITransport(app)
    try:
        async with running(app), httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            yield client
    finally:
        composition.keeper.store.close()
