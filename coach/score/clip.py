"""The stretch of the recordings that shows a finding: what led to it, what was said, a little room around."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.scorecard import Evidence

_LEAD_SEC = 1.0
_TAIL_SEC = 1.5
"""Room around words, so that no first or last sound is missing and the ear finds its way in. By design."""
_LED_TO_IT_SEC = 20.0
"""A line this long before the answer still belongs to it (DOMAIN §4.2)."""
_LONGEST_SEC = 30.0
_LINE_SEC = 3.0
"""A comment has no end; this long is shown of it."""


def clip_of(evidence: Sequence[Evidence], end_sec: float | None) -> tuple[float | None, float | None]:
    """Return start and end in seconds, or nothing where times are unknown or nothing was spoken aloud.

    The first quote decides the place; a line of a viewer before it within 20 s comes along.
    """
    timed = [(item, item.start) for item in evidence if item.start is not None and item.end != item.start]
    if not timed:
        return None, None
    first, start = timed[0]
    end = first.end if first.end is not None else start + _LINE_SEC
    led = [at for item, at in timed[1:] if item.speaker == "viewer" and 0 <= start - at <= _LED_TO_IT_SEC]
    start = max(0.0, min([start, *led]) - _LEAD_SEC)
    end = min(end + _TAIL_SEC, start + _LONGEST_SEC)
    if end_sec is not None:
        end = min(end, end_sec)
    return (round(start, 2), round(end, 2)) if end > start else (None, None)
