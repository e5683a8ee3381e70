"""When each word of a recording is spoken, as a recogniser that makes no mistakes would tell.

English is aligned by pocketsphinx (`set_align_text`). Where that fails, and for Chinese, units are spread evenly over
the voiced time and each boundary is moved to the deepest dip of level within 60 ms: syllables of read Mandarin last
about equally long, and between two of them the level dips.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from coach.ports import EAR_RATE_HZ, Int16Array
from evals.recordings import Recording
from evals.sound import BLOCK_SEC, Floats, block_rms, voiced_span

_SNAP_SEC = 0.06
_UNIT = {
    "en": re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*[^\sA-Za-z0-9]*"),
    "zh": re.compile(r"[\u3400-\u9fff]\W*|\w+\W*"),
}
_MARKS = re.compile(r"[,.;:!?，。；：！？、…—|\"“”]")


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word (en) or character (zh)."""

    text: str
    start: float
    end: float
    """Seconds from the recording's first sample."""
    mark: str
    """The punctuation mark that follows in the transcript, if any."""


def spoken_words(recording: Recording, pcm: Int16Array) -> list[SpokenWord]:
    """Return the words of a recording with times; empty without a transcript."""
    found = _UNIT[recording.language].findall(recording.transcript)
    closing = [mark.group() if (mark := _MARKS.search(unit)) else "" for unit in found]
    units = [re.sub(r"[^\w'’]", "", unit).lower().replace("’", "'") for unit in found]
    times = (_aligned(units, pcm) if recording.language == "en" else None) or _spread(len(units), pcm)
    return [SpokenWord(unit, *span, mark) for unit, span, mark in zip(units, times, closing, strict=True)]


@cache
def _decoder() -> Any:  # pocketsphinx ships no types
    from pocketsphinx import Decoder

    return Decoder(loglevel="FATAL", lm=None)


def _aligned(units: list[str], pcm: Int16Array) -> list[tuple[float, float]] | None:
    decoder = _decoder()
    if not units or any(decoder.lookup_word(unit) is None for unit in units):
        return None
    try:
        decoder.set_align_text(" ".join(units))
        decoder.start_utt()
        decoder.process_raw(pcm.tobytes(), full_utt=True)
        decoder.end_utt()
        segments = [
            (segment.start_frame / 100, (segment.end_frame + 1) / 100)
            for segment in decoder.seg() or ()
            if not segment.word.startswith(("<", "[", "+"))
        ]
    except RuntimeError:
        return None
    return segments if len(segments) == len(units) else None


def _spread(count: int, pcm: Int16Array) -> list[tuple[float, float]]:
    if not count:
        return []
    blocks = block_rms(pcm, EAR_RATE_HZ)
    first, last = voiced_span(pcm)
    loud = blocks > max(60.0, float(np.quantile(blocks, 0.9)) * 0.05)
    times = np.flatnonzero(loud) * BLOCK_SEC
    times = times[(times >= first) & (times < last)]
    if not len(times):
        return [(first, last)] * count
    edges = [float(times[min(len(times) - 1, round(step * len(times) / count))]) for step in range(count)]
    snapped = [first, *(_dip(blocks, edge) for edge in edges[1:]), last]
    return [(left, max(left, right)) for left, right in itertools.pairwise(snapped)]


def _dip(blocks: Floats, edge: float) -> float:
    low, high = (max(0, round((edge + side) / BLOCK_SEC)) for side in (-_SNAP_SEC, _SNAP_SEC))
    near = blocks[low : high + 1]
    return (low + int(near.argmin())) * BLOCK_SEC if len(near) else edge
