"""Viewers who come back through the loudspeaker: do they interrupt themselves, and is the streamer heard over them?

A viewer speaks one long line, in the product's own synthetic voices and in recorded ones; simulated rooms
(`evals.echo_rooms`) bring it back to the microphone while the whole live loop runs, so a viewer that is turned down
echoes less. In a third of the cases nobody else is heard, in a third there is noise, in a third the streamer cuts in.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from multiprocessing import get_context
from typing import Any, Literal

import numpy as np

from audio.echo import EchoGuard
from audio.pcm import resample
from coach.events import LineDucked, LineVoiced, LineVoicing
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, SpeechChunk, VoiceSpec
from evals.barge_case import scenario
from evals.cast import engines
from evals.echo_microphone import EchoMicrophone
from evals.echo_rooms import echo_room
from evals.loop import Played, Sound, rehearse
from evals.recordings import Recording
from evals.results import percentiles
from evals.sound import at_level, voiced_span
from evals.turns import Options, Section
from evals.turns_barge import beginning, is_barge_in

LEVELS_DB = (-6.0, -14.0, -22.0, -30.0)
"""Echo over what was played."""
DELAYS_MS = (20.0, 100.0, 250.0)
RT60_SEC = (0.0, 0.3, 0.6)
VIEWER_DBFS = -20.0
STREAMER_DBFS = -23.0
NOISE_DBFS = -40.0
"""A street, a fan, a keyboard at some distance: 17 dB under the streamer."""
ROOM_DBFS = (-70.0, -55.0)
LINE_SEC = 9.0
BARGE_SEC = (0.6, 5.0)
"""After the line's first sample."""
KINDS = ("alone", "noise", "barge_in")

Kind = Literal["alone", "noise", "barge_in"]


@dataclass(frozen=True, slots=True)
class EchoCase:
    """One line through one room."""

    kind: Kind
    level_db: float
    delay_ms: float
    rt60_sec: float
    voice: Int16Array
    """The viewer, 16 kHz."""
    near: Int16Array | None
    """Streamer or noise, 16 kHz, at its level."""
    after_sec: float
    """When it begins after the line's first sample."""
    seed: int
    near_over_echo_db: float | None = None
    """If set, the streamer's level is set against the echo instead."""


@dataclass(frozen=True, slots=True)
class EchoOutcome:
    """What the viewer's track did."""

    interrupted: bool
    """Whether the line was cut off, or silenced for more than 100 ms, with nobody speaking."""
    cut_off: bool
    """Whether it was cut off; else it went on where it was."""
    ducks: int
    """Times it was turned down with nobody speaking."""
    stop_ms: float | None
    """From the streamer's first voiced 5 ms block to the last sound of the viewer; None: not stopped."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what came of it."""

    case: EchoCase
    outcome: EchoOutcome


class OneClip:
    """Speaks the same sound whatever the text, with one word mark. A little noise keeps it apart from silence."""

    name = "one-clip"

    def __init__(self, voice: Int16Array) -> None:
        wide = resample(voice, EAR_RATE_HZ, MOUTH_RATE_HZ)
        hiss = np.random.default_rng(1).integers(8, 12, len(wide)) * np.where(np.arange(len(wide)) % 2, 1, -1)
        self._pcm = np.clip(wide.astype(np.int32) + hiss, -32768, 32767).astype(np.int16)

    async def prepare(self, language: str) -> None:
        """Need nothing."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield it at once."""
        await asyncio.sleep(0)
        yield SpeechChunk(self._pcm)

    async def aclose(self) -> None:
        """Hold nothing."""


def measure(options: Options) -> Section:
    """Run the grid with the product's voices, and with recorded ones where there are some."""
    judged = [Judged(case, attributed(case)) for case in cases(options, product_voices())]
    recorded = [item.read() for item in options.recordings if is_barge_in(item)]
    long = [at_level(pcm, VIEWER_DBFS) for pcm in recorded if len(pcm) > 5 * EAR_RATE_HZ]
    human = [Judged(case, attributed(case)) for case in cases(options, long)] if long else []
    return Section(
        {**summarise([*judged, *human]), "echo": {"synthetic": summarise(judged), "recorded": summarise(human)}},
        {"cases": [_row(item) for item in (*judged, *human)]},
    )


def cases(
    options: Options,
    voices: Sequence[Int16Array],
    *,
    levels_db: Sequence[float] = LEVELS_DB,
    delays_ms: Sequence[float] = DELAYS_MS,
    rt60_sec: Sequence[float] = RT60_SEC,
    kinds: Sequence[Kind] = ("alone", "noise", "barge_in"),
    near_over_echo_db: float | None = None,
) -> list[EchoCase]:
    """Return the grid; voices, sounds and moments are drawn by `options.seed`."""
    dice = random.Random(options.seed)
    near = {kind: _near(options.recordings, kind) for kind in kinds}
    grid = []
    for level_db, delay_ms, rt60, kind in product(levels_db, delays_ms, rt60_sec, kinds):
        sounds = near[kind]
        grid.append(
            EchoCase(
                kind,
                level_db,
                delay_ms,
                rt60,
                _line(dice.choice(voices), dice.choice(voices)),
                dice.choice(sounds)() if sounds else None,
                dice.uniform(*BARGE_SEC),
                dice.randrange(1 << 30),
                near_over_echo_db,
            )
        )
    dice.shuffle(grid)
    kept = [case for case in grid if case.near is not None or case.kind == "alone"]
    return kept if options.limit is None else kept[: options.limit]


def attributed(case: EchoCase) -> EchoOutcome:
    """Run a case; what a noise does by itself, without any echo, is not held against the echo."""
    outcome = run_case(case)
    if case.kind != "noise" or not (outcome.interrupted or outcome.ducks):
        return outcome
    alone = run_case(replace(case, level_db=-90.0))
    return EchoOutcome(
        outcome.interrupted and not alone.interrupted,
        outcome.cut_off and not alone.cut_off,
        max(0, outcome.ducks - alone.ducks),
        outcome.stop_ms,
    )


def run_case(case: EchoCase, *, mode: str = "auto", cancels_echo: bool | None = None) -> EchoOutcome:
    """Run one line through the loop.

    Args:
        case: What is heard.
        mode: Setting of the canceller.
        cancels_echo: What the far side says of itself.
    """
    dice = np.random.default_rng(case.seed)
    room = echo_room(dice, level_db=case.level_db, delay_ms=case.delay_ms, rt60_sec=case.rt60_sec)
    sounds = []
    if case.near is not None:
        sounds = [Sound(_levelled(case), at=case.after_sec, line=1)]
    microphone = EchoMicrophone(room, case.voice, sounds, room_dbfs=dice.uniform(*ROOM_DBFS), random=dice)
    chosen = engines(OneClip(case.voice))
    chosen.echo = lambda _: EchoGuard(mode, client_cancels=cancels_echo)
    played = rehearse(
        scenario("en"), microphone, seconds=2.2 + LINE_SEC + 1.0, engines=chosen, phase_ms=dice.uniform(0, 20)
    )
    return judge(played, sounds[0] if case.kind == "barge_in" else None)


def judge(played: Played, streamer: Sound | None) -> EchoOutcome:
    """Read from records and track what became of the line."""
    line = next(event for _, event in played.events(LineVoicing) if isinstance(event, LineVoicing))
    begun = onset = np.inf
    if streamer is not None and streamer.begun is not None:
        begun = streamer.begun
        onset = begun + voiced_span(streamer.pcm)[0]
    ends = [(at, event) for at, event in played.events(LineVoiced) if isinstance(event, LineVoiced)]
    cut = any(event.cut_off and at < min(begun, played.times[-1] - 0.5) for at, event in ends)
    over = ends[0][0] if ends else played.times[-1]
    gaps = _gaps(played, line.start, over + 0.3)
    alone = [begin for begin, length in gaps if begin < begun and begin + length < over and length > 0.1]
    ducks = sum(line.start <= at < begun for at, _ in played.events(LineDucked))
    stops = [begin for begin, length in gaps if begin >= begun and length > 0.25]
    stop_ms = round((stops[0] - onset) * 1000, 1) if stops else None
    return EchoOutcome(cut or bool(alone), cut, ducks, stop_ms)


def summarise(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return the figures under the benchmark's stable keys."""
    barged = [item for item in judged if item.case.kind == "barge_in"]
    stops = [item.outcome.stop_ms for item in barged if item.outcome.stop_ms is not None]
    return {
        "self_interruptions": sum(item.outcome.interrupted for item in judged),
        "echo_cut_off": sum(item.outcome.cut_off for item in judged),
        "echo_cases": len(judged),
        "echo_ducks": sum(item.outcome.ducks for item in judged),
        "echo_stop_ms": percentiles(stops),
        "echo_barge_ins_missed": sum(item.outcome.stop_ms is None for item in barged),
    }


def product_voices() -> list[Int16Array]:
    """Return what viewers of the shipped kind say, by the embedded synthesiser, 16 kHz.

    Said in a process of its own: eSpeak's breath and pitch go on from what it said before, and the sounds are to be
    the same each time, whatever else a program has had said.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        return fresh.submit(_voices).result()


def _voices() -> list[Int16Array]:
    return asyncio.run(_spoken())


async def _spoken() -> list[Int16Array]:
    from audio.tts.espeak import EspeakSynthesizer

    synthesizer, voices = EspeakSynthesizer(), []
    try:
        for number, (language, text) in enumerate(_LINES):
            await synthesizer.prepare(language)
            spec = VoiceSpec(language=language, gender=("female", "male")[number % 2], seed=number)
            pcm = np.concatenate([chunk.pcm async for chunk in synthesizer.speak(text, spec)])
            voices.append(at_level(resample(pcm, MOUTH_RATE_HZ, EAR_RATE_HZ), VIEWER_DBFS))
    finally:
        await synthesizer.aclose()
    return voices


_LINES = (
    ("en", "Can you do any better on the price? I would take two of them right now."),
    ("en", "I bought one like this last year and it fell apart after three washes, so why should I trust you?"),
    ("en", "Is it true that it stays cool in summer, or is that just something you say?"),
    ("en", "Okay, but what happens if it does not fit? Do I have to pay for sending it back?"),
    ("zh", "能不能再便宜一点，我买两件，马上就下单。"),
    ("zh", "我去年买过差不多的，洗了三次就变形了，怎么相信你？"),
    ("zh", "隔壁直播间同样的东西便宜二十块，说实话。"),
    ("zh", "不合适怎么办？退货运费谁出？"),
)


def _near(recordings: Iterable[Recording], kind: Kind) -> list[Callable[[], Int16Array]]:
    """Return what can be heard beside the echo, read when it is drawn."""
    if kind == "alone":
        return []
    if kind == "noise":
        return [partial(_at, item, NOISE_DBFS) for item in recordings if item.language == "noise"]
    return [partial(_spoken_over, item) for item in recordings if is_barge_in(item)]


def _at(recording: Recording, dbfs: float) -> Int16Array:
    return at_level(recording.read(), dbfs)


def _spoken_over(recording: Recording) -> Int16Array:
    return beginning(at_level(recording.read(), STREAMER_DBFS))


def _levelled(case: EchoCase) -> Int16Array:
    assert case.near is not None
    if case.near_over_echo_db is None or case.kind != "barge_in":
        return case.near
    return at_level(case.near, VIEWER_DBFS + case.level_db + case.near_over_echo_db)


def _line(one: Int16Array, other: Int16Array) -> Int16Array:
    """Return a line of the length wanted, of one voice and then another, with a breath between sentences."""
    breath = np.zeros(round(0.2 * EAR_RATE_HZ), np.int16)
    whole = np.concatenate([one, breath, other, breath, one, breath, other])
    return whole[: round(LINE_SEC * EAR_RATE_HZ)]


def _gaps(played: Played, start: float, end: float) -> list[tuple[float, float]]:
    """Return (begin, length) in seconds of the line's stretches of digital silence, to 5 ms."""
    blocks = np.abs(played.sound().astype(np.int32)).reshape(-1, 240).max(axis=1)
    times = np.repeat(played.times, 4) + np.tile(np.arange(4) * 0.005, len(played.times))
    inside = (times >= start) & (times < end)
    silent, times = blocks[inside] == 0, times[inside]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(int), [0]])))
    return [(float(times[a]), float((b - a) * 0.005)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _row(item: Judged) -> dict[str, Any]:
    case, outcome = item.case, item.outcome
    return {
        "kind": case.kind,
        "level_db": case.level_db,
        "delay_ms": case.delay_ms,
        "rt60_sec": case.rt60_sec,
        "after_sec": round(case.after_sec, 2),
        "interrupted": outcome.interrupted,
        "cut_off": outcome.cut_off,
        "ducks": outcome.ducks,
        "stop_ms": outcome.stop_ms,
    }
