"""Backchannels to try: synthesised at several voices and pitches, and cut from recordings with word times."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from coach.language import language_for
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, VoiceSpec
from evals.recordings import Recording

SPOKEN = {
    "zh": ("嗯", "嗯嗯", "对", "对对", "哦", "好的", "是的", "啊", "行"),
    "en": ("uh-huh", "mm-hmm", "yeah", "right", "okay", "sure", "mm", "I see"),
}
PITCHES = (0.8, 1.0, 1.25)
GENDERS: tuple[Literal["female", "male"], ...] = ("female", "male")


@dataclass(frozen=True, slots=True)
class Backchannel:
    """One sound that must not take the floor."""

    name: str
    language: str
    text: str
    pcm: Int16Array
    half: str


def backchannels(recorded: Sequence[Recording]) -> list[Backchannel]:
    """Return synthesised and recorded ones."""
    made = [
        Backchannel(f"espeak/{language}/{text}/{gender}/{pitch}", language, text, pcm, "ab"[index % 2])
        for language, texts in SPOKEN.items()
        for text in texts
        for index, (gender, pitch) in enumerate((gender, pitch) for gender in GENDERS for pitch in PITCHES)
        for pcm in (_spoken(text, VoiceSpec(language, gender, 1.0, pitch)),)
    ]
    return made + [item for recording in recorded for item in _recorded(recording)]


def _recorded(recording: Recording) -> list[Backchannel]:
    """Return a clip that is a backchannel as a whole, and those that its word times show to stand alone."""
    if "backchannel" in recording.tags:
        return [Backchannel(recording.name, recording.language, recording.transcript, recording.read(), recording.half)]
    times = recording.path.parents[1] / "segments" / f"{recording.path.stem}.tsv"
    if recording.language not in ("zh", "en") or not times.is_file():
        return []
    pcm = recording.read()
    return [
        Backchannel(f"{recording.name}#{start:.2f}", recording.language, text, _cut(pcm, start, end), recording.half)
        for start, end, text in _alone(_words(times), recording.language)
    ]


def _words(path: object) -> list[tuple[float, float, str]]:
    with open(str(path), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    if rows and "label" not in rows[0]:
        return []
    return [(float(row["start_s"]), float(row["end_s"]), (row["label"] or "").strip()) for row in rows]


def _alone(words: list[tuple[float, float, str]], language: str) -> list[tuple[float, float, str]]:
    """Return single words that are backchannels and have at least 200 ms of silence on both sides."""
    lexicon = language_for(language)
    spoken = [word for word in words if word[2]]
    found = []
    for index, (start, end, text) in enumerate(spoken):
        before = spoken[index - 1][1] if index else 0.0
        after = spoken[index + 1][0] if index + 1 < len(spoken) else end + 1.0
        if lexicon.is_backchannel(text) and start - before >= 0.2 and after - end >= 0.2:
            found.append((start, end, text))
    return found


def _cut(pcm: Int16Array, start: float, end: float) -> Int16Array:
    first, last = max(0, round((start - 0.05) * EAR_RATE_HZ)), round((end + 0.05) * EAR_RATE_HZ)
    return pcm[first:last]


@cache
def _spoken(text: str, voice: VoiceSpec) -> Int16Array:
    return asyncio.run(_speak(text, voice))


async def _speak(text: str, voice: VoiceSpec) -> Int16Array:
    from audio.pcm import resample
    from audio.tts.espeak import EspeakSynthesizer

    engine = EspeakSynthesizer()
    try:
        parts = []
        async with aclosing(engine.speak(text, voice)) as chunks:
            async for chunk in chunks:
                parts.append(chunk.pcm)
    finally:
        await engine.aclose()
    return resample(np.concatenate(parts), MOUTH_RATE_HZ, EAR_RATE_HZ)
