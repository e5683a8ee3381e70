"""Holds a rehearsal over the sound card: the same loop as in the browser, drawn on the terminal."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from rich.live import Live
from rich.text import Text

from audio.device import SoundCardEars, SoundCardMouth
from audio.sound_devices import Device
from coach.events import MicrophoneUsed, UtteranceHeard, WordsHeard
from coach.language import language_for
from coach.live.microphone import device_name
from coach.live.rehearsal import LiveRehearsal
from coach.live.terms import Terms
from coach.scenario.load import LoadedScenario
from coach.settings import Settings
from coach.store.keeper import Keeper
from commands.compose import chat_model, engines, host
from commands.console import complain, harmless, line, stdout
from commands.performance import tell_engines
from commands.texts import Say
from commands.timeline import Timeline

_METER_STEPS = 20
_METER_FLOOR_DB = -60.0
"""Quieter than a quiet room."""
_MOST_WORDS = 50
"""Characters of the words on the way that fit behind the meter, Chinese ones being wide."""
_MOST_TYPED = 8192
"""Bytes read at a time; a line beyond is taken in pieces."""


@dataclass(frozen=True, slots=True)
class Cards:
    """The devices of a rehearsal."""

    microphone: Device
    speaker: Device


def hold(
    settings: Settings,
    keeper: Keeper,
    scenario: LoadedScenario,
    terms: Terms,
    cards: Cards,
    limit_sec: float | None,
    say: Say,
) -> str:
    """Hold one rehearsal to its scorecard; return its id.

    Raises:
        SoundCardError: If microphone or speaker cannot be opened.
        StorageError: If it cannot be kept.
    """
    # What fails is an event, and drawn as one; the same on stderr would break the picture.
    logging.basicConfig(level=logging.ERROR)
    return asyncio.run(_hold(settings, keeper, scenario, terms, cards, limit_sec or math.inf, say))


def _how(scenario: LoadedScenario, say: Say) -> str:
    """Return how to take part; the word that ends all pressure is one of the language that is listened for."""
    return say("talk.how", word=language_for(scenario.scenario.locale).pack.safe_words[0])


async def _hold(
    settings: Settings,
    keeper: Keeper,
    scenario: LoadedScenario,
    terms: Terms,
    cards: Cards,
    limit_sec: float,
    say: Say,
) -> str:
    ears, mouth = SoundCardEars(cards.microphone), SoundCardMouth(cards.speaker)
    chosen = engines(settings, chat_model(settings.llm))
    async with host(settings, chosen, keeper, limit=1) as room:
        try:
            await ears.open()
            await mouth.open()
            line(say("talk.title", title=scenario.scenario.title, id=scenario.scenario.id), "bold")
            line(say("talk.cards", microphone=cards.microphone.name, speaker=cards.speaker.name))
            hears = chosen.recognizer(scenario.scenario.language) is not None
            tell_engines(chosen, scenario, say, hears=hears)
            rehearsal = await room.create(scenario, terms=terms)
            rehearsal.microphone.use(_used(cards.microphone))
            line(_how(scenario, say), "dim")
            with _stopping(rehearsal.end), _typing(rehearsal.say):
                await _rehearse(rehearsal, ears, mouth, min(limit_sec, scenario.scenario.duration_sec), say)
            _tell_losses(ears, mouth, say)
            return rehearsal.id
        finally:
            try:
                await ears.aclose()
            finally:
                await mouth.aclose()


def _used(card: Device) -> MicrophoneUsed:
    """Return what the log says of a sound card's microphone, whose sound is taken as it comes."""
    name = device_name(f"{card.system}|{card.name}")
    return MicrophoneUsed(device=name, echo_cancellation=False, noise_suppression=False, auto_gain_control=False)


async def _rehearse(
    rehearsal: LiveRehearsal, ears: SoundCardEars, mouth: SoundCardMouth, limit_sec: float, say: Say
) -> None:
    """Let the streamer and the viewers talk, until an end is asked for, the time is over or a device is gone."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_draw(rehearsal, ears, say), name="timeline")
        ending = group.create_task(_end_at(rehearsal, limit_sec), name="end")
        await rehearsal.converse(ears, mouth, cancels_echo=False)
        rehearsal.end("disconnected" if ears.gone or mouth.gone else "streamer")
        await rehearsal.finished()
        ending.cancel()
    if ears.gone:
        complain(say("talk.microphone_gone", name=ears.device.name))
    if mouth.gone:
        complain(say("talk.speaker_gone", name=mouth.device.name))


async def _end_at(rehearsal: LiveRehearsal, at: float) -> None:
    """End the rehearsal while its ears are still open: their end would count as a lost connection."""
    if math.isfinite(at):
        await rehearsal.clock.sleep_until(at)
        rehearsal.end()


def _tell_losses(ears: SoundCardEars, mouth: SoundCardMouth, say: Say) -> None:
    if ears.xruns or mouth.xruns:
        line(say("talk.xruns", heard=ears.xruns, played=mouth.xruns), "yellow")


# --- the picture ------------------------------------------------------------------------------------------------


async def _draw(rehearsal: LiveRehearsal, ears: SoundCardEars, say: Say) -> None:
    """Print what the viewers write and say and what was understood; below it the level and the words on the way."""
    timeline, console = Timeline(say), stdout()
    below = _Below(ears)
    with Live(
        get_renderable=below.drawn,
        console=console,
        transient=True,
        refresh_per_second=8,
        auto_refresh=console.is_terminal,
    ):
        async for record in rehearsal.log.follow():
            if isinstance(record.event, WordsHeard):
                below.words = record.event.text
            elif isinstance(record.event, UtteranceHeard):
                below.words = ""
            drawn = timeline.draw(record)
            if drawn is not None:
                console.print(drawn)


class _Below:
    """The line under everything."""

    def __init__(self, ears: SoundCardEars) -> None:
        self._ears = ears
        self.words = ""

    def drawn(self) -> Text:
        """Return it as it is now."""
        return Text.assemble(
            (meter(self._ears.level_db), "green"), (f" {harmless(self.words[-_MOST_WORDS:])}", "dim cyan")
        )


def meter(level_db: float) -> str:
    """Return a bar for a level, dB below full scale."""
    share = 1 - min(0.0, max(_METER_FLOOR_DB, level_db)) / _METER_FLOOR_DB
    full = round(share * _METER_STEPS)
    return "█" * full + "░" * (_METER_STEPS - full)


# --- the keyboard -----------------------------------------------------------------------------------------------


@contextmanager
def _stopping(end: Callable[[], None]) -> Iterator[None]:
    """Let the first Ctrl-C end the rehearsal, so that it is scored; a second one stops the program."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)

    def asked(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before)
        loop.call_soon_threadsafe(end)

    signal.signal(signal.SIGINT, asked)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _typing(typed: Callable[[str], None]) -> Iterator[None]:
    """Take typed lines as if they had been spoken, for the block."""
    loop = asyncio.get_running_loop()
    open_ = threading.Event()
    open_.set()

    def hand_over(text: str) -> None:
        if open_.is_set() and not loop.is_closed():
            loop.call_soon_threadsafe(typed, text)

    # A daemon, because nothing can wake a thread that reads the keyboard.
    threading.Thread(target=_read_lines, args=(hand_over,), daemon=True, name="keyboard").start()
    try:
        yield
    finally:
        open_.clear()


def _read_lines(hand_over: Callable[[str], None]) -> None:
    """Hand over each line of standard input until its end.

    Read without Python's buffer: a thread that holds that buffer's lock at exit would abort the program.
    """
    rest = b""
    while True:
        try:
            read = os.read(sys.stdin.fileno(), _MOST_TYPED)
        except (OSError, ValueError, AttributeError):  # there is no standard input
            return
        if not read:
            return
        *lines, rest = (rest + read).split(b"\n")
        for text in lines:
            if text.strip():
                hand_over(text.decode("utf-8", errors="replace").strip())
