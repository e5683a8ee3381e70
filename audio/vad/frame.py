"""The one check that every detector makes."""

from __future__ import annotations

import numpy as np

from coach.ports import Int16Array


def require_frame(pcm: Int16Array, samples: int) -> None:
    """Check shape and type of one frame; frames are never padded silently.

    Raises:
        ValueError: If `pcm` is not int16 of shape (samples,).
    """
    if pcm.shape != (samples,) or pcm.dtype != np.int16:
        raise ValueError(f"Expected int16 of shape ({samples},), got {pcm.dtype} of shape {pcm.shape}.")
