"""What the voice says at a pause: whether it came down and died away, or was held up or broken off."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, Int16Array

LOWEST_HZ, HIGHEST_HZ = 70.0, 450.0
"""Voices of grown people, from a low man to a lively woman."""
VOICED = 0.6
"""Normalised autocorrelation from which a frame has a pitch: usual voicing thresholds lie at 0.45 to 0.7."""
TAIL_SEC = 0.2
"""The last 200 ms before a pause carry the turn-final pitch (Gravano and Hirschberg 2011)."""
FADE_SEC = 0.12
"""The stretch whose level is judged, about the last vowel and what follows it."""
FADED_DB = 8.0
"""Level under the voice's own at which the last 120 ms tell nothing, dB."""
ODDS_PER_DB = 0.08
"""Log-odds of being finished for each dB. Both by scripts/fit_fade.py, from 600 sentences of eSpeak NG, whole and cut
off inside a clause."""
MOST_ODDS = 1.6
"""Log-odds that level alone can give, either way: less than a clear ending of the words."""
RANGE_SEC = 12.0
"""Pitch range is taken from so much of the latest speech."""
FEW_FRAMES = 25
"""Half a second of pitch, below which a speaker's range is not known."""

_FEWEST = 5
"""Frames of voice, 100 ms, below which nothing is told."""
_STEP = 2
_RATE_HZ = EAR_RATE_HZ // _STEP
_SPAN = 2 * EAR_FRAME // _STEP
"""40 ms at 8 kHz: two periods of the lowest voice and more."""
_SHORTEST, _LONGEST = int(_RATE_HZ / HIGHEST_HZ), int(_RATE_HZ / LOWEST_HZ)


class Prosody:
    """Follows pitch and level. One per connection; fed every frame, asked at pauses.

    Args:
        is_tonal: Whether the pitch of the last syllable is the word's own (Mandarin) and tells nothing of an end.
    """

    def __init__(self, *, is_tonal: bool = False) -> None:
        self._is_tonal = is_tonal
        self._samples = np.zeros(2 * EAR_FRAME, np.float32)
        self._pitches: deque[float] = deque(maxlen=round(RANGE_SEC / FRAME_SEC))
        self._tail: deque[tuple[float, float]] = deque(maxlen=round(2 * TAIL_SEC / FRAME_SEC))
        self._last_st = 0.0

    def forget(self) -> None:
        """Forget the present voice, as after a gap."""
        self._samples[:] = 0.0
        self._pitches.clear()
        self._tail.clear()

    def hear(self, pcm: Int16Array, *, under_voice_db: float, is_voiced: bool) -> None:
        """Take one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.
            under_voice_db: How far the frame lies under the voice's level.
            is_voiced: Whether it belongs to speech; others only fill the window.
        """
        self._samples[:EAR_FRAME] = self._samples[EAR_FRAME:]
        self._samples[EAR_FRAME:] = pcm
        if not is_voiced:
            return
        semitones = self._semitones()
        self._tail.append((semitones, under_voice_db))
        if not math.isnan(semitones):
            self._pitches.append(semitones)

    def finished(self) -> float:
        """Return the log-odds that voice alone gives for a finished utterance; 0 where it tells nothing.

        Weights follow what is published on turn ends (Gravano and Hirschberg 2011; Ward 2019): a fall to the bottom
        of the range speaks for an end, a level tone in its middle against one, a voice that dies away for one.
        """
        if len(self._tail) < _FEWEST:
            return 0.0
        return self._of_pitch() + self._of_level()

    def level_at_end(self) -> float | None:
        """Return how far the last 120 ms of voice lie under its level, dB; None if there is too little of it."""
        if len(self._tail) < _FEWEST:
            return None
        under = [level for _, level in self._tail][-round(FADE_SEC / FRAME_SEC) :]
        return sum(under) / len(under)

    def _of_level(self) -> float:
        """Judge how the voice stopped: last syllables are weak and die away, speech broken off stands at full level."""
        level = self.level_at_end()
        return 0.0 if level is None else min(MOST_ODDS, max(-MOST_ODDS, (level - FADED_DB) * ODDS_PER_DB))

    def _of_pitch(self) -> float:
        """Judge where in the speaker's range the last pitch lies, and whether it was held."""
        frames = round(TAIL_SEC / FRAME_SEC)
        tail = [pitch for pitch, _ in list(self._tail)[-frames:] if not math.isnan(pitch)]
        if len(tail) < 3 or len(self._pitches) < FEW_FRAMES:
            return 0.0
        low, middle = np.percentile(np.fromiter(self._pitches, float), (10, 50))
        height = (float(np.median(tail[-4:])) - float(low)) / max(1.0, float(middle - low))
        odds = 0.0 if self._is_tonal else min(0.8, max(-0.8, 0.8 - 1.2 * height))
        return odds - (0.8 if self._is_held() else 0.0)

    def _is_held(self) -> bool:
        """Return whether the last 300 ms are one steady tone, as in 嗯 and "uh": under a semitone of movement."""
        tail = [pitch for pitch, _ in list(self._tail)[-round(0.3 / FRAME_SEC) :]]
        return len(tail) >= 15 and not any(map(math.isnan, tail)) and max(tail) - min(tail) < 1.0

    def _semitones(self) -> float:
        """Return the pitch of the last 40 ms in semitones over 1 Hz, nan where there is none."""
        halved = self._samples.reshape(-1, _STEP).mean(axis=1)
        halved = halved - halved.mean()
        agreement = _agreement(halved)
        best = int(np.argmax(agreement))
        if agreement[best] < VOICED:
            return math.nan
        # The shortest period that agrees nearly as well: multiples of a period agree too.
        lag = int(np.argmax(agreement >= 0.9 * agreement[best]))
        while lag + 1 < len(agreement) and agreement[lag + 1] > agreement[lag]:
            lag += 1
        return 12.0 * math.log2(_RATE_HZ / (lag + _SHORTEST))


def _agreement(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the normalised autocorrelation at every period of a voice."""
    head = _SPAN - _LONGEST
    fixed = samples[:head].astype(np.float64)
    energy = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    products = np.correlate(samples.astype(np.float64), fixed, "valid")[_SHORTEST : _LONGEST + 1]
    starts = np.arange(_SHORTEST, _LONGEST + 1)
    moving = energy[starts + head] - energy[starts]
    return np.asarray(products / np.sqrt(np.maximum(moving * energy[head], 1e-3)))
