"""Find how much the level of the last 120 ms tells of an end, on speech made by eSpeak NG; print the two constants.

    uv run scripts/fit_fade.py        # for coach/live/prosody.py: FADED_DB and ODDS_PER_DB

Sentences of scripts/finish_text/ are spoken whole, and cut off before a word inside their clause. For two normal
distributions of one width, log-odds are a line through the middle between their means, as steep as their distance over
the variance. A machine's voice dies away less than a person's, so the line is rather too flat than too steep.
"""

from __future__ import annotations

import asyncio
import random
import sys
from contextlib import aclosing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from audio.tts.espeak import EspeakSynthesizer
from coach.live.loudness import Loudness
from coach.live.prosody import Prosody
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, VoiceSpec
from scripts.finish_text.examples import written_sentences
from scripts.finish_text.grammar import BOUNDARY

SENTENCES = 300
SEED = 20261125
SILENCE_SEC = 0.5
NOISE = 10.0
"""Standard deviation of the room's noise, int16: 70 dB under full scale."""
FADE = 80
"""Samples, 5 ms, over which a sentence is cut off."""
_STEP = MOUTH_RATE_HZ // EAR_RATE_HZ


def main() -> int:
    """Speak, measure, print."""
    finished, unfinished = asyncio.run(levels())
    apart = finished.mean() - unfinished.mean()
    variance = (finished.var() + unfinished.var()) / 2
    print(f"finished {finished.mean():.1f} dB under the voice, unfinished {unfinished.mean():.1f}")
    print(f"FADED_DB = {(finished.mean() + unfinished.mean()) / 2:.1f}")
    print(f"ODDS_PER_DB = {apart / variance:.3f}")
    return 0


async def levels() -> tuple[np.ndarray, np.ndarray]:
    """Return how far under the voice's level the end lies, dB, of sentences and of their beginnings."""
    dice, finished, unfinished = random.Random(SEED), [], []
    espeak = EspeakSynthesizer()
    for code in ("en", "zh"):
        await espeak.prepare(code)
        sentences = [words for words in written_sentences(code) if 6 <= len(words) <= 20 and BOUNDARY not in words]
        for number, words in enumerate(dice.sample(sentences, min(SENTENCES, len(sentences)))):
            voice = VoiceSpec(code, dice.choice(["female", "male"]), seed=number)
            text = (" " if code == "en" else "").join(words) + ("." if code == "en" else "。")
            pcm, marks = await spoken(espeak, text, voice)
            finished += _ending(pcm)
            unfinished += _ending(pcm[: dice.choice(marks[2:-1])]) if len(marks) > 3 else []
    await espeak.aclose()
    return np.array(finished), np.array(unfinished)


async def spoken(espeak: EspeakSynthesizer, text: str, voice: VoiceSpec) -> tuple[Int16Array, list[int]]:
    """Return the sound at 16 kHz and where its words begin."""
    sound, marks = [], []
    async with aclosing(espeak.speak(text, voice)) as chunks:
        async for chunk in chunks:
            sound.append(chunk.pcm)
            marks += [mark.sample // _STEP for mark in chunk.words]
    window = np.hanning(4 * _STEP + 1)
    smooth = np.convolve(np.concatenate(sound), window / window.sum(), "same")[::_STEP]
    return smooth.astype(np.int16), marks


def _ending(pcm: Int16Array) -> list[float]:
    """Return the level under the voice of the last 120 ms in a list, empty if there is too little voice."""
    sound = np.concatenate((pcm.astype(np.float64), np.zeros(round(SILENCE_SEC * EAR_RATE_HZ))))
    sound[len(pcm) - FADE : len(pcm)] *= np.linspace(1.0, 0.0, FADE)
    sound += np.random.default_rng(SEED).normal(0.0, NOISE, len(sound))
    heard, loudness, prosody = sound.clip(-32768, 32767).astype(np.int16), Loudness(), Prosody()
    for at in range(0, len(heard) - EAR_FRAME + 1, EAR_FRAME):
        frame = heard[at : at + EAR_FRAME]
        loudness.hear(frame, is_speech=True)
        prosody.hear(frame, under_voice_db=loudness.under_voice_db, is_voiced=loudness.is_loud)
    level = prosody.level_at_end()
    return [] if level is None else [level]


if __name__ == "__main__":
    sys.exit(main())
