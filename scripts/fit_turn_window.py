"""Find by how much the turn model's opinion differs with a short window, on speech made by eSpeak NG; print it.

    uv run scripts/fit_turn_window.py        # for audio/turn/smart_turn.py: SHORT_BIAS

Sentences of scripts/finish_text/ are spoken whole, and cut off before a word inside their clause, each with the silence
after which the model is asked. Whole and short network hear the same.
"""

from __future__ import annotations

import asyncio
import random
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from audio.tts.espeak import EspeakSynthesizer
from audio.turn import smart_turn
from coach.ports import EAR_RATE_HZ, Int16Array, VoiceSpec
from scripts.finish_text.examples import written_sentences
from scripts.finish_text.grammar import BOUNDARY
from scripts.fit_fade import NOISE, SEED, spoken

SENTENCES = 60
"""A language; each is heard twice."""
ASKED_SEC = 0.1
"""Silence that the model has heard when it is asked: `finished_ms` less `ask_ms`."""


def main() -> int:
    """Speak, ask both, print."""
    finished, unfinished = asyncio.run(differences())
    for name, found in (("finished", finished), ("unfinished", unfinished)):
        print(f"{name}: whole less short {found.mean():.2f}, standard deviation {found.std():.2f}, n {len(found)}")
    print(f"SHORT_BIAS of eSpeak = {np.concatenate((finished, unfinished)).mean():.1f}")
    return 0


async def differences() -> tuple[np.ndarray, np.ndarray]:
    """Return what the whole network says less what the short one does, of sentences and of their beginnings."""
    dice = random.Random(SEED)
    finished: list[float] = []
    unfinished: list[float] = []
    path = smart_turn.model_path()
    whole, short = (replace(smart_turn.opened(path, is_short=is_short), bias=0.0) for is_short in (False, True))
    espeak = EspeakSynthesizer()
    for code in ("en", "zh"):
        await espeak.prepare(code)
        sentences = [words for words in written_sentences(code) if 4 <= len(words) <= 16 and BOUNDARY not in words]
        for number, words in enumerate(dice.sample(sentences, min(SENTENCES, len(sentences)))):
            voice = VoiceSpec(code, dice.choice(["female", "male"]), seed=number)
            text = (" " if code == "en" else "").join(words) + ("." if code == "en" else "。")
            pcm, marks = await spoken(espeak, text, voice)
            for sound, found in ((pcm, finished), (pcm[: dice.choice(marks[2:-1] or marks)], unfinished)):
                heard = _with_silence(sound)
                found.append(smart_turn.judged_by(whole, heard) - smart_turn.judged_by(short, heard))
    await espeak.aclose()
    return np.array(finished), np.array(unfinished)


def _with_silence(sound: Int16Array) -> Int16Array:
    padded = np.concatenate((sound, np.zeros(round(ASKED_SEC * EAR_RATE_HZ)))).astype(np.float64)
    noise = np.random.default_rng(SEED).normal(0.0, NOISE, len(padded))
    return np.asarray((padded + noise).clip(-32768, 32767), np.int16)


if __name__ == "__main__":
    sys.exit(main())
