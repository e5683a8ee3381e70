"""Sounds for judging ends of utterances: recordings that pause, sentences with pauses spliced in, whole sentences."""

from __future__ import annotations

import itertools
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audio.vad.cascade import CascadeVad
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, Int16Array
from evals.recordings import Recording
from evals.sound import active_rms, voiced_span
from evals.turns import Options
from evals.word_times import SpokenWord, spoken_words

SPLICES = 3
"""Pauses tried in one sentence, each in a copy of its own."""
PAUSE_SEC = (0.3, 0.8)
FADE_SEC = 0.005
QUIET_DB = 25.0
"""A recording's quietest part is its background if it lies so far under its voice."""
AFTER_SEC = 2.0
LONGEST_SEC = 16.0
"""Longer recordings are talks, not sentences."""
NATURAL_SEC = (0.2, 1.0)
"""Gaps in recordings that pause by themselves which count: longer ones no loop can wait for."""
OPENERS = frozenset(
    [
        "and",
        "but",
        "or",
        "so",
        "because",
        "if",
        "when",
        "while",
        "although",
        "though",
        "which",
        "who",
        "where",
        "unless",
        "nor",
        "yet",
        "said",
    ]
)
"""English words that begin a clause: a pause before one is not inside a clause."""


@dataclass(frozen=True, slots=True)
class Case:
    """Sound, what is said in it, and the gap in it that is no end."""

    name: str
    kind: str
    """`spliced`, `natural` (pauses inside sentences), `between` (after a sentence) or `finished`."""
    half: str
    language: str
    pcm: Int16Array
    words: tuple[SpokenWord, ...]
    gaps: tuple[tuple[float, float], ...] = ()
    """Seconds in which no end may fall."""
    end: float = 0.0
    """Last voiced sample."""
    before: str = ""
    """Words before the gap."""
    is_whole: bool = False
    """Whether the transcript says that the sentence ends here. Corpora without marks are cut where readers paused."""


def cases(options: Options) -> Iterator[Case]:
    """Yield every case of the recordings."""
    taken = 0
    for recording in options.recordings:
        if recording.language not in ("zh", "en") or recording.tags & {"whisper", "breath", "conversation"}:
            continue
        pcm = recording.read()
        words = tuple(spoken_words(recording, pcm))
        natural = recording.tags & {"pause", "endpoint"}
        if natural:
            yield from _natural(recording, pcm, words)
        if len(pcm) / EAR_RATE_HZ <= LONGEST_SEC and words and not natural and "filler" not in recording.tags:
            yield _finished(recording, pcm, words)
            yield from _spliced(recording, pcm, words, options.seed)
        taken += 1
        if options.limit is not None and taken >= options.limit:
            return


def _natural(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...]) -> Iterator[Case]:
    """Yield the pauses inside sentences, and apart from them those after a full stop of the transcript."""
    found: dict[str, list[tuple[float, float]]] = {"natural": [], "between": []}
    for low, high in quiet_gaps(pcm):
        if NATURAL_SEC[0] <= high - low <= NATURAL_SEC[1]:
            before = [word.mark for word in words if word.start < low]
            found["between" if before and before[-1] and before[-1] in ".!?。！？" else "natural"].append((low, high))
    for kind, gaps in found.items():
        if gaps:
            yield Case(recording.name, kind, recording.half, recording.language, pcm, words, tuple(gaps))


def _finished(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...]) -> Case:
    end = acoustic_end(pcm)
    missing = round((end + AFTER_SEC) * EAR_RATE_HZ) - len(pcm)
    whole = _joined(pcm, background(pcm, missing)) if missing > 0 else pcm
    ends = recording.transcript.rstrip().endswith(tuple(".!?。！？"))
    return Case(recording.name, "finished", recording.half, recording.language, whole, words, end=end, is_whole=ends)


def acoustic_end(pcm: Int16Array) -> float:
    """Return where the last voiced 5 ms block ends; what the detector has let go of before is no voice."""
    vad = CascadeVad()
    frames = range(len(pcm) // EAR_FRAME)
    voiced = [number for number in frames if vad.feed(pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]).speech >= 0.5]
    return voiced_span(pcm[: (voiced[-1] + 1) * EAR_FRAME] if voiced else pcm)[1]


def _spliced(recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...], seed: int) -> Iterator[Case]:
    dice = random.Random(seed * 1_000_003 + zlib.crc32(recording.name.encode()))
    places = [number for number in range(1, len(words) - 1) if inside_clause(words, number)]
    for number in sorted(dice.sample(places, min(SPLICES, len(places)))):
        pause = round(dice.uniform(*PAUSE_SEC), 2)
        digital = dice.random() < 0.5
        yield splice(recording, pcm, words, number, pause, digital=digital)


def inside_clause(words: Sequence[SpokenWord], number: int) -> bool:
    """Return whether after word `number` the clause goes on, and without a pause of its own."""
    here, after = words[number], words[number + 1]
    return not here.mark and after.text not in OPENERS and after.start - here.end < 0.12


def splice(
    recording: Recording, pcm: Int16Array, words: tuple[SpokenWord, ...], number: int, pause: float, *, digital: bool
) -> Case:
    """Return a sentence with a pause after word `number`."""
    at = words[number].end
    sample, size = round(at * EAR_RATE_HZ), round(pause * EAR_RATE_HZ)
    filling = np.zeros(size, np.int16) if digital else background(pcm, size)
    whole = _joined(_joined(pcm[:sample], filling), pcm[sample:])
    moved = tuple(
        word if index <= number else SpokenWord(word.text, word.start + pause, word.end + pause, word.mark)
        for index, word in enumerate(words)
    )
    before = (" " if recording.language == "en" else "").join(word.text for word in words[: number + 1])
    name = f"{recording.name}@{at:.2f}+{pause:.2f}{'d' if digital else 'b'}"
    return Case(name, "spliced", recording.half, recording.language, whole, moved, ((at, at + pause),), before=before)


def background(pcm: Int16Array, size: int) -> Int16Array:
    """Return the quietest 100 ms of a recording, played to and fro until long enough.

    A recording cut close has no background; a hiss 50 dB under its voice stands for it.
    """
    width = EAR_RATE_HZ // 10
    starts = range(0, max(1, len(pcm) - width), width // 4)
    levels = [float(np.square(pcm[start : start + width], dtype=np.float64).mean()) for start in starts]
    quiet = pcm[starts[int(np.argmin(levels))] :][:width]
    if min(levels) > active_rms(pcm) ** 2 / 10 ** (QUIET_DB / 10):
        hiss = np.random.default_rng(1).normal(0.0, active_rms(pcm) / 10 ** (50 / 20), size)
        return hiss.astype(np.int16)
    loop = np.concatenate((quiet, quiet[::-1]))
    return np.resize(loop, size).astype(np.int16)


def _joined(left: Int16Array, right: Int16Array) -> Int16Array:
    """Join with a short fade out and in: no sample is lost, no click is made."""
    size = min(round(FADE_SEC * EAR_RATE_HZ), len(left), len(right))
    if not size:
        return np.concatenate((left, right))
    ramp = np.linspace(1.0, 0.0, size)
    faded, rising = left.copy(), right.copy()
    faded[-size:] = (left[-size:] * ramp).astype(np.int16)
    rising[:size] = (right[:size] * ramp[::-1]).astype(np.int16)
    return np.concatenate((faded, rising))


def quiet_gaps(pcm: Int16Array) -> list[tuple[float, float]]:
    """Return stretches inside the speech in which no 20 ms frame comes near its level (30 dB under the loudest)."""
    frames = pcm[: len(pcm) - len(pcm) % EAR_FRAME].reshape(-1, EAR_FRAME).astype(np.float64)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = np.flatnonzero(level > max(np.quantile(level, 0.1) * 2.5, np.quantile(level, 0.98) / 30))
    return [((left + 1) * FRAME_SEC, right * FRAME_SEC) for left, right in itertools.pairwise(loud) if right > left + 1]
