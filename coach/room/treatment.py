"""The right way to treat a viewer's line: answer, ignore, refuse or protect. Pure: type and words in, treatment out.

The type decides, unless the words do: whoever asks about a nut allergy is to be protected, whoever offers a deal past
the platform is to be refused, and a plain question about the price deserves its answer even from a troll. A genuine
bad opinion is answered, never muted (DOMAIN §3.8).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.pack import treatment_pack
from coach.room.phrasebook import Phrasebook

Treatment = Literal["answer", "ignore", "refuse", "protect"]

_BY_TYPE: dict[str, Treatment] = {
    "troll": "ignore",
    "spammer": "ignore",
    "derailer": "ignore",
    "bait": "refuse",
    "special_care": "protect",
}
_ALSO_CALLED = {"comparer": "price_comparer", "compliance_bait": "bait"}
_TRUSTING = frozenset({"friendly", "impatient", "low_room", "haggler", "derailer", ""})
"""Types whose words about health or age are about themselves, not a test of the product."""


def viewer_type_of(name: str) -> str:
    """Return a viewer type by the name that a transcript gives it (`comparer`, `compliance_bait`)."""
    return _ALSO_CALLED.get(name, name)


def right_treatment(viewer_type: str, text: str, language: str) -> Treatment:
    """Return how a line should be treated (DOMAIN §3.7).

    Args:
        viewer_type: One of the fourteen types; the transcripts' names `comparer` and `compliance_bait` count too.
        text: The viewer's line.
        language: `zh` or `en`, or a locale.
    """
    viewer_type = viewer_type_of(viewer_type)
    by_type = _BY_TYPE.get(viewer_type, "answer")
    if by_type in ("refuse", "protect"):
        return by_type
    found = _said(text, language_for(language).code)
    if viewer_type in _TRUSTING and "protect" in found:
        return "protect"
    if viewer_type != "spammer" and "refuse" in found:
        return "refuse"
    if by_type == "ignore":
        return "answer" if viewer_type != "spammer" and found == {"plain_question"} else "ignore"
    return "ignore" if "ignore" in found else "answer"


def _said(text: str, code: str) -> set[str]:
    return {hit.kind for hit in _wordings(code).find(flatten(text, language_for(code)))}


@cache
def _wordings(code: str) -> Phrasebook:
    pack = treatment_pack(code)
    kinds = ("protect", "refuse", "ignore", "plain_question")
    return Phrasebook({kind: getattr(pack, kind) for kind in kinds}, code)
