"""Ten minutes of speech for timings: what viewers say by eSpeak, again and again, with pauses between."""

from __future__ import annotations

import numpy as np

from coach.ports import EAR_RATE_HZ, Int16Array
from evals.turns_echo import product_voices

_PAUSE_SEC = 0.7


def ten_minutes() -> Int16Array:
    """Return ten minutes of speech, mono, 16 kHz."""
    pause = np.zeros(round(_PAUSE_SEC * EAR_RATE_HZ), np.int16)
    once = np.concatenate([part for voice in product_voices() for part in (voice, pause)])
    wanted = 600 * EAR_RATE_HZ
    return np.tile(once, wanted // len(once) + 1)[:wanted]
