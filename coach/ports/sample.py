"""Formats of sound, the same everywhere."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Int16Array: TypeAlias = NDArray[np.int16]

FRAME_SEC = 0.020
EAR_RATE_HZ = 16_000
EAR_FRAME = 320
"""Samples of one microphone frame, 20 ms at 16 kHz."""
MOUTH_RATE_HZ = 48_000
MOUTH_FRAME = 960
"""Samples of one viewer frame, 20 ms at 48 kHz: Opus encodes it without a resampler in between."""
MOUTH_SILENCE: Int16Array = np.zeros(MOUTH_FRAME, np.int16)
"""The frame handed out while nobody speaks: known as silent by being this one, without a look into it."""
MOUTH_SILENCE.setflags(write=False)
