"""What leaves the room: a scorecard without measures of the voice, which are the streamer's alone (DOMAIN §4.3)."""

from __future__ import annotations

import re

from coach.score.scorecard import PressureCard, Scorecard

_ACOUSTIC = re.compile(r"(?:^|[._])(?:a\d|acoustic|pitch|loudness|f0|semitones?|jitter|shimmer|hnr|voice)(?:$|[._])")
"""Ids of measures of the voice itself: DOMAIN §4.2, a1 and a2, and what research would add."""


def shared(card: Scorecard) -> Scorecard:
    """Return the scorecard as it may be exported. Words, times and counts stay; the sound of the voice does not."""
    return card.model_copy(
        update={
            "metrics": [metric for metric in card.metrics if not is_acoustic(metric.id)],
            "findings": [finding for finding in card.findings if not is_acoustic(finding.rule.partition(".")[2])],
            "pressure": [_shared(item) for item in card.pressure],
        }
    )


def is_acoustic(name: str) -> bool:
    """Return whether an id names a measure of the voice."""
    return _ACOUSTIC.search(name.lower()) is not None


def _shared(item: PressureCard) -> PressureCard:
    return item.model_copy(update={"features": [one for one in item.features if not is_acoustic(one.id)]})
