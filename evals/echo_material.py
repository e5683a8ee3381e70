"""Viewers, streamers, noises and rooms that are all made on the spot: what the echo canceller's constants are set on.

Nobody is recorded here, so recordings stay what they are for: a check. Viewers and streamers are eSpeak NG's voices in
the settings of the product's viewers, never the same in one case; noises are synthesised; rooms are those of
`evals.echo_rooms`. In a third of the cases a viewer speaks a second line after a pause of seconds, in which the clocks
of loudspeaker and microphone may have parted by some samples.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from audio.pcm import resample
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, VoiceSpec
from evals.echo_microphone import box_response
from evals.echo_rooms import FloatArray, convolve, echo_room, pink_noise
from evals.sound import at_level, voiced_span

LEVELS_DB = (-6.0, -14.0, -22.0, -30.0)
DELAYS_MS = (20.0, 60.0, 100.0, 180.0, 250.0)
RT60_SEC = (0.0, 0.3, 0.6)
VIEWER_DBFS, STREAMER_DBFS, NOISE_DBFS = -20.0, -23.0, -40.0
KINDS = ("alone", "noise", "barge_in")
DRIFT_SAMPLES = 10.0
"""Either way: 100 millionths over six silent seconds."""
_LEAD_SEC, _BREATH_SEC, _LAST_SEC = 1.0, 0.2, 7.0

_TEXTS = {
    "en": (
        "Can you do any better on the price? I would take two of them right now.",
        "I bought one like this last year and it fell apart after three washes, so why should I trust you?",
        "Is it true that it stays cool in summer, or is that just something you say?",
        "Okay, but what happens if it does not fit? Do I have to pay for sending it back?",
        "Wait a moment, let me show you the inside of it before you go on about the price.",
        "Today it is thirty nine dollars, and shipping is free for everybody in this room.",
    ),
    "zh": (
        "能不能再便宜一点，我买两件，马上就下单。",
        "我去年买过差不多的，洗了三次就变形了，怎么相信你？",
        "隔壁直播间同样的东西便宜二十块，说实话。",
        "不合适怎么办？退货运费谁出？",
        "等一下，我先给大家看看里面的做工，再说价格好不好。",
        "今天只要三十九块，全部包邮，七天无理由退换。",
    ),
}


@dataclass(frozen=True, slots=True)
class Made:
    """One case: what is played and what the microphone hears of it and beside it, 16 kHz, same length."""

    kind: str
    level_db: float
    delay_ms: float
    rt60_sec: float
    drift: float
    """Samples by which the echo of the second line comes later."""
    lines: int
    played: Int16Array
    heard: Int16Array
    near: FloatArray
    """What is heard beside the echo."""
    onset_sec: float | None
    """When the streamer's voice begins; None where nobody barges in."""


def made(count: int, seed: int) -> list[Made]:
    """Return cases, the same for the same arguments."""
    random = np.random.default_rng(seed)
    voices = asyncio.run(_voices(48))
    return [_case(number, random, voices[:32], voices[32:]) for number in range(count)]


def without_echo(case: Made, seed: int = 0) -> Made:
    """Return the same sounds in a quiet room with headphones on."""
    quiet = pink_noise(np.random.default_rng(seed), len(case.played), -65.0) + case.near
    return replace(case, heard=_int16(quiet))


def _case(number: int, random: np.random.Generator, viewers: Sequence[Int16Array], near: Sequence[Int16Array]) -> Made:
    kind, lines = KINDS[number // 3 % 3], 2 if number % 3 == 0 else 1
    one, other = (at_level(viewers[int(at)], VIEWER_DBFS) for at in random.integers(0, len(viewers), 2))
    played, start = _lines(one, other, lines, random)
    level_db, delay_ms, rt60_sec = (float(random.choice(some)) for some in (LEVELS_DB, DELAYS_MS, RT60_SEC))
    drift = float(random.uniform(-DRIFT_SAMPLES, DRIFT_SAMPLES)) if lines == 2 and random.random() < 0.6 else 0.0
    beside, onset = np.zeros(len(played)), None
    if kind != "alone":
        sound = _noise(random) if kind == "noise" else at_level(near[int(random.integers(len(near)))], STREAMER_DBFS)
        begin = start + round(EAR_RATE_HZ * random.uniform(0.3 if lines == 2 else 0.6, 4))
        heard = sound[: len(played) - begin]
        beside[begin : begin + len(heard)] = heard
        onset = begin / EAR_RATE_HZ + voiced_span(np.asarray(sound, np.int16))[0] if kind == "barge_in" else None
    room = echo_room(random, level_db=level_db, delay_ms=delay_ms, rt60_sec=rt60_sec)
    wet = convolve(
        np.tanh(room.drive * played / np.abs(played.astype(np.float64)).max()),
        convolve(room.response, box_response(room.box_hz)),
    )
    wet = wet[: len(played)] * (_loud(played) / _loud(wet[: len(played)]) * 10 ** (level_db / 20))
    echo = _later(wet, delay_ms * EAR_RATE_HZ / 1000)
    if drift:
        second = start - EAR_RATE_HZ // 2
        echo[second:] = _later(wet, delay_ms * EAR_RATE_HZ / 1000 + drift)[second:]
    hiss = pink_noise(random, len(played), random.uniform(-70, -55))
    return Made(kind, level_db, delay_ms, rt60_sec, drift, lines, played, _int16(echo + hiss + beside), beside, onset)


def _lines(one: Int16Array, other: Int16Array, lines: int, random: np.random.Generator) -> tuple[Int16Array, int]:
    """Return what is played and the number of the last line's first sample."""
    breath = _silence(_BREATH_SEC)
    whole = np.concatenate([other, breath, one, breath, other, breath, one])[: round(_LAST_SEC * EAR_RATE_HZ)]
    before = [_silence(_LEAD_SEC)]
    if lines == 2:
        before += [one[: round(random.uniform(2, 4) * EAR_RATE_HZ)], _silence(random.uniform(2, 6))]
    return np.concatenate([*before, whole, _silence(0.6)]), sum(len(part) for part in before)


def _noise(random: np.random.Generator) -> FloatArray:
    """Return a fan, a keyboard, knocks, a tune or something like a laugh, 1 to 4 s."""
    makers: tuple[Callable[[np.random.Generator, int], FloatArray], ...] = (_fan, _keys, _knocks, _tune, _laugh)
    sound = makers[random.integers(len(makers))](random, round(EAR_RATE_HZ * random.uniform(1, 4)))
    noise: FloatArray = sound / np.sqrt(np.mean(sound**2)) * 10 ** (NOISE_DBFS / 20) * 32768
    return noise


def _fan(random: np.random.Generator, samples: int) -> FloatArray:
    return pink_noise(random, samples, NOISE_DBFS)


def _keys(random: np.random.Generator, samples: int) -> FloatArray:
    stroke = np.exp(-np.arange(400) / 60)
    return _struck(samples, random.uniform(0.08, 0.3, 80), lambda: random.standard_normal(400) * stroke)


def _knocks(random: np.random.Generator, samples: int) -> FloatArray:
    place = np.arange(2000)
    return _struck(
        samples,
        random.uniform(0.2, 0.7, 30),
        lambda: (
            np.sin(2 * np.pi * random.uniform(80, 300) * place / EAR_RATE_HZ) * np.exp(-place / 400)
            + 0.2 * random.standard_normal(2000) * np.exp(-place / 100)
        ),
    )


def _tune(random: np.random.Generator, samples: int) -> FloatArray:
    time = np.arange(EAR_RATE_HZ // 2) / EAR_RATE_HZ

    def note() -> FloatArray:
        hz = random.choice([262, 294, 330, 392, 440, 523, 587])
        tone = sum((np.sin(2 * np.pi * hz * n * time) / n**1.5 for n in range(1, 6)), np.zeros(len(time)))
        return np.asarray(tone * np.exp(-4 * time))

    return _struck(samples, random.uniform(0.15, 0.5, 40), note)


def _laugh(random: np.random.Generator, samples: int) -> FloatArray:
    """Return one breathy syllable again and again."""
    time, hz = np.arange(samples) / EAR_RATE_HZ, random.uniform(150, 350)
    beat = np.maximum(0, np.sin(2 * np.pi * random.uniform(4, 6) * time))
    tone = sum((np.sin(2 * np.pi * hz * n * time) / n for n in range(1, 10)), np.zeros(samples))
    return np.asarray(beat * (tone + 0.5 * random.standard_normal(samples)))


def _struck(samples: int, gaps_sec: FloatArray, blow: Callable[[], FloatArray]) -> FloatArray:
    sound = np.zeros(samples)
    sound[0] = 1e-6  # never all silence
    for begin in (np.cumsum(gaps_sec) * EAR_RATE_HZ).astype(int):
        part = blow()[: max(0, samples - begin)]
        sound[begin : begin + len(part)] += part
    return sound


async def _voices(count: int) -> list[Int16Array]:
    from audio.tts.espeak import EspeakSynthesizer

    synthesizer, voices = EspeakSynthesizer(), []
    try:
        for number in range(count):
            language = ("zh", "en")[number % 2]
            await synthesizer.prepare(language)
            spec = VoiceSpec(language=language, gender=("female", "male")[number // 4 % 2], seed=1000 + number)
            text = _TEXTS[language][number // 2 % 6]
            pcm = np.concatenate([chunk.pcm async for chunk in synthesizer.speak(text, spec)])
            voices.append(resample(pcm, MOUTH_RATE_HZ, EAR_RATE_HZ))
    finally:
        await synthesizer.aclose()
    return voices


def _later(sound: FloatArray, samples: float) -> FloatArray:
    """Return a sound later by any part of a sample."""
    wide = np.concatenate([sound, np.zeros(EAR_RATE_HZ // 2)])
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(len(wide)) * samples)
    late: FloatArray = np.fft.irfft(np.fft.rfft(wide) * turn, len(wide))[: len(sound)]
    return late


def _loud(sound: FloatArray | Int16Array) -> float:
    return float(np.sqrt(np.sum(sound.astype(np.float64) ** 2)))


def _silence(seconds: float) -> Int16Array:
    return np.zeros(round(seconds * EAR_RATE_HZ), np.int16)


def _int16(sound: FloatArray) -> Int16Array:
    return np.asarray(np.clip(np.rint(sound), -32768, 32767), np.int16)
