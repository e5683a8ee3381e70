"""The right way to treat a viewer's line: answer, ignore, refuse or protect. Pure: type and words in, treatment out."""

from __future__ import annotations

from typing import Literal

Treatment = Literal["answer", "ignore", "refuse", "protect"]

_BY_TYPE: dict[str, Treatment] = {
    "troll": "ignore",
    "spammer": "ignore",
    "derailer": "ignore",
    "bait": "refuse",
    "compliance_bait": "refuse",
    "special_care": "protect",
}


def right_treatment(viewer_type: str, text: str, language: str) -> Treatment:
    """Return how a line should be treated (DOMAIN §3.7).

    Args:
        viewer_type: One of the fourteen types; the transcripts' names `comparer` and `compliance_bait` count too.
        text: The viewer's line.
        language: `zh` or `en`.
    """
    return _BY_TYPE.get(viewer_type, "answer")
