"""Performs a demo: a recorded or synthetic streamer in the real loop, in real time, drawn on the terminal."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Sequence
from pathlib import Path

from rich.live import Live

from audio.pcm import is_cut_short
from audio.wav import FileMouth
from coach.errors import InputError
from coach.events import UtteranceHeard, WordsHeard
from coach.live.engines import Engines
from coach.live.rehearsal import LiveRehearsal
from coach.live.terms import Terms
from coach.scenario.load import LoadedScenario
from coach.settings import Settings
from coach.store.keeper import Keeper
from commands.compose import chat_model, engines, host
from commands.console import line, stdout, styled
from commands.streamer import StreamerSound, from_recordings, from_synthesizer
from commands.talk import Phrase, Talk, TalkingEars
from commands.texts import Say
from commands.timeline import Timeline


def perform(
    settings: Settings,
    keeper: Keeper,
    scenario: LoadedScenario,
    terms: Terms,
    recordings: Sequence[Path],
    limit_sec: float | None,
    say: Say,
) -> str:
    """Run one rehearsal to its scorecard and draw it; return its id.

    Args:
        settings: Which engines to use.
        keeper: Where it is kept.
        scenario: What is rehearsed.
        terms: How it is played this time.
        recordings: The streamer's voice; none: a synthetic one.
        limit_sec: Longest it may take; None: until everything is said.
        say: Texts.

    Raises:
        InputError: If a recording cannot be used, or there is no voice at all.
        StorageError: If it cannot be kept.
    """
    # What fails is an event, and drawn as one; the same on stderr would break the picture.
    logging.basicConfig(level=logging.ERROR)
    return asyncio.run(_perform(settings, keeper, scenario, terms, recordings, limit_sec, say))


async def _perform(
    settings: Settings,
    keeper: Keeper,
    scenario: LoadedScenario,
    terms: Terms,
    recordings: Sequence[Path],
    limit_sec: float | None,
    say: Say,
) -> str:
    chosen = engines(settings, chat_model(settings.llm))
    async with host(settings, chosen, keeper, limit=1) as room:
        line(say("demo.title", title=scenario.scenario.title, id=scenario.scenario.id), "bold")
        sound = await _sound(chosen, scenario, recordings, say)
        hears = chosen.recognizer(scenario.scenario.language) is not None
        tell_engines(chosen, scenario, say, hears=hears, typed=sound.knows_words)
        limit = min(limit_sec or math.inf, scenario.scenario.duration_sec)
        line(say("demo.length", seconds=min(limit, sound.duration_sec)))
        rehearsal = await room.create(scenario, terms=terms)
        await _rehearse(rehearsal, sound, limit, say, typed=not hears)
        return rehearsal.id


async def _sound(chosen: Engines, scenario: LoadedScenario, recordings: Sequence[Path], say: Say) -> StreamerSound:
    if recordings:
        sound = await asyncio.to_thread(from_recordings, recordings)
        for path in await asyncio.to_thread(_cut_short, recordings):
            line(say("demo.cut_short", path=path), "yellow")
        return sound
    if chosen.synthesizer is None or "synthesizer" not in chosen.names_for(scenario.scenario.language):
        raise InputError(say("demo.no_voice"))
    line(say("demo.synthetic"), "yellow")
    return await from_synthesizer(scenario.scenario, chosen.synthesizer)


def _cut_short(recordings: Sequence[Path]) -> list[Path]:
    return [path for path in recordings if is_cut_short(path)]


def tell_engines(chosen: Engines, scenario: LoadedScenario, say: Say, *, hears: bool, typed: bool = False) -> None:
    """Say what hears and speaks; `typed`: whether words are handed over as text where nothing hears."""
    known = chosen.names_for(scenario.scenario.language)
    names = {port: known.get(port, "–") for port in ("recognizer", "synthesizer", "chat_model")}
    if not hears:
        names["recognizer"] = "–"
    line(
        say("demo.engines", recognizer=names["recognizer"], synthesizer=names["synthesizer"], chat=names["chat_model"])
    )
    if not hears:
        line(
            say("demo.deaf_typed" if typed else "demo.deaf", language=say(f"language.{scenario.scenario.language}")),
            "yellow",
        )


async def _rehearse(rehearsal: LiveRehearsal, sound: StreamerSound, limit: float, say: Say, *, typed: bool) -> None:
    """Let the streamer talk to the room and draw what happens, until all is said or `limit` seconds are over."""

    def said(phrase: Phrase) -> None:
        if typed:  # without a recogniser, the words are handed over as if typed
            rehearsal.say(phrase.text)

    ears = TalkingEars(Talk(sound.phrases), rehearsal.log, rehearsal.clock, said=said, over=rehearsal.end)
    async with asyncio.TaskGroup() as group:
        group.create_task(_draw(rehearsal, say, typed=typed), name="timeline")
        talking = group.create_task(rehearsal.converse(ears, FileMouth(None, rehearsal.clock)), name="streamer")
        ending = group.create_task(_end_at(rehearsal, limit), name="end")
        await talking
        rehearsal.end()
        await rehearsal.finished()
        ending.cancel()


async def _end_at(rehearsal: LiveRehearsal, at: float) -> None:
    """End the rehearsal while its ears are still open: their end would count as a lost connection."""
    await rehearsal.clock.sleep_until(at)
    rehearsal.end()


async def _draw(rehearsal: LiveRehearsal, say: Say, *, typed: bool) -> None:
    """Print every record that tells something; on a terminal, the words being recognised below.

    Where words are handed over as typed, the same sentence is also heard as sound without words: not told again.
    """
    timeline = Timeline(say)
    console = stdout()
    with Live(console=console, transient=True, refresh_per_second=8, auto_refresh=console.is_terminal) as live:
        async for record in rehearsal.log.follow():
            if isinstance(record.event, WordsHeard):
                live.update(styled(f"… {record.event.text}", "dim cyan"))
            elif isinstance(record.event, UtteranceHeard):
                live.update(styled(""))
            if typed and isinstance(record.event, UtteranceHeard) and not record.event.text:
                continue
            drawn = timeline.draw(record)
            if drawn is not None:
                console.print(drawn)
