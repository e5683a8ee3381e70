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

_BATCH = 8
"""Frames whose pitch is worked out together, unless somebody asks before: alone, each takes three times as long."""
_FEWEST = 5
"""Frames of voice, 100 ms, below which nothing is told."""
_STEP = 2
_RATE_HZ = EAR_RATE_HZ // _STEP
_SPAN = 2 * EAR_FRAME // _STEP
"""40 ms at 8 kHz: two periods of the lowest voice and more."""
_SHORTEST, _LONGEST = int(_RATE_HZ / HIGHEST_HZ), int(_RATE_HZ / LOWEST_HZ)
_HEAD = _SPAN - _LONGEST
"""Samples that are compared with what comes up to the longest period later."""
_STARTS = np.arange(_SHORTEST, _LONGEST + 1)
_SIZE = 512
"""Of the transforms: more than span and longest period together, so that no product wraps around."""

Floats = NDArray[np.float64]


class Prosody:
    """Follows pitch and level. One per connection; fed every frame, asked at pauses.

    Args:
        is_tonal: Whether the pitch of the last syllable is the word's own (Mandarin) and tells nothing of an end.
    """

    def __init__(self, *, is_tonal: bool = False) -> None:
        self._is_tonal = is_tonal
        self._pitches: deque[float] = deque(maxlen=round(RANGE_SEC / FRAME_SEC))
        self._tail: deque[tuple[float, float]] = deque(maxlen=round(2 * TAIL_SEC / FRAME_SEC))
        self._before: Int16Array = np.zeros(EAR_FRAME, np.int16)
        self._waiting: list[Int16Array] = []
        """The last 40 ms at each frame of voice whose pitch is not known yet, in halves."""
        self._levels: list[float] = []

    def forget(self) -> None:
        """Forget the present voice, as after a gap."""
        self._before = np.zeros(EAR_FRAME, np.int16)
        self._waiting.clear()
        self._levels.clear()
        self._pitches.clear()
        self._tail.clear()

    def hear(self, pcm: Int16Array, *, under_voice_db: float, is_voiced: bool) -> None:
        """Take one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.
            under_voice_db: How far the frame lies under the voice's level.
            is_voiced: Whether it belongs to speech; others only fill the window.
        """
        before, self._before = self._before, pcm.copy()
        if not is_voiced:
            return
        self._waiting += (before, self._before)
        self._levels.append(under_voice_db)
        if len(self._levels) >= _BATCH:
            self._catch_up()

    def _catch_up(self) -> None:
        """Work out the pitch of the frames that wait for it."""
        if not self._levels:
            return
        pitches = semitones(np.concatenate(self._waiting).reshape(len(self._levels), -1))
        self._tail.extend(zip(pitches, self._levels, strict=True))
        self._pitches.extend(pitch for pitch in pitches if not math.isnan(pitch))
        self._waiting.clear()
        self._levels.clear()

    def finished(self) -> float:
        """Return the log-odds that voice alone gives for a finished utterance; 0 where it tells nothing.

        Weights follow what is published on turn ends (Gravano and Hirschberg 2011; Ward 2019): a fall to the bottom
        of the range speaks for an end, a level tone in its middle against one, a voice that dies away for one.
        """
        self._catch_up()
        if len(self._tail) < _FEWEST:
            return 0.0
        return self._of_pitch() + self._of_level()

    def level_at_end(self) -> float | None:
        """Return how far the last 120 ms of voice lie under its level, dB; None if there is too little of it."""
        self._catch_up()
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


def semitones(windows: Int16Array) -> list[float]:
    """Return the pitch of stretches of 40 ms, shape (n, 640), in semitones over 1 Hz, nan where there is none."""
    sound = windows.astype(np.float64)
    halved = sound[:, ::_STEP] + sound[:, 1::_STEP]
    halved -= halved.sum(axis=1, keepdims=True) / _SPAN
    agreement = _agreement(halved)
    best = agreement.max(axis=1)
    # The shortest period that agrees nearly as well: multiples of a period agree too.
    early = (agreement >= 0.9 * best[:, None]).argmax(axis=1)
    falls = np.ones_like(agreement, dtype=np.bool_)
    falls[:, :-1] = agreement[:, 1:] <= agreement[:, :-1]
    falls &= np.arange(len(_STARTS)) >= early[:, None]
    lags = falls.argmax(axis=1)  # the peak that it leads up to
    pitches = np.where(best < VOICED, math.nan, 12.0 * np.log2(_RATE_HZ / (lags + _SHORTEST)))
    return [float(pitch) for pitch in pitches]


def _agreement(sound: Floats) -> Floats:
    """Return the normalised autocorrelation of each row at every period of a voice."""
    energy = np.zeros((len(sound), _SPAN + 1))
    np.cumsum(sound * sound, axis=1, out=energy[:, 1:])
    heads = np.fft.rfft(sound[:, :_HEAD], _SIZE)
    products = np.fft.irfft(np.fft.rfft(sound, _SIZE) * heads.conj(), _SIZE)[:, _SHORTEST : _LONGEST + 1]
    moving = energy[:, _STARTS + _HEAD] - energy[:, _STARTS]
    return np.asarray(products / np.sqrt(np.maximum(moving * energy[:, _HEAD, None], 1e-3)))
