"""Which rules play which type of viewer."""

from __future__ import annotations

from coach.room.haggler import Haggler
from coach.room.skeptic import Skeptic
from coach.room.troll import Troll
from coach.room.viewer import Temper
from coach.scenario.model import ViewerType

_HAGGLER, _TROLL, _SKEPTIC = Haggler(), Troll(), Skeptic()
TEMPERS: dict[ViewerType, Temper] = {
    "haggler": _HAGGLER,
    "price_comparer": _HAGGLER,
    "product_skeptic": _SKEPTIC,
    "trust_skeptic": _SKEPTIC,
    "contrarian": _SKEPTIC,
    "troll": _TROLL,
    "spammer": _TROLL,
    "derailer": _TROLL,
    "angry_returner": _SKEPTIC,
    "impatient": _SKEPTIC,
    "bait": _SKEPTIC,
    "low_room": _SKEPTIC,
    "friendly": _SKEPTIC,
    "special_care": _SKEPTIC,
}
"""One entry per viewer type. Types without rules of their own yet borrow the nearest."""
