"""Which rules play which type of viewer."""

from __future__ import annotations

from coach.room.profile import Profile
from coach.room.types.angry_returner import AngryReturner
from coach.room.types.bait import Bait
from coach.room.types.contrarian import Contrarian
from coach.room.types.derailer import Derailer
from coach.room.types.friendly import Friendly
from coach.room.types.haggler import Haggler
from coach.room.types.impatient import Impatient
from coach.room.types.low_room import LowRoom
from coach.room.types.price_comparer import PriceComparer
from coach.room.types.product_skeptic import ProductSkeptic
from coach.room.types.spammer import Spammer
from coach.room.types.special_care import SpecialCare
from coach.room.types.troll import Troll
from coach.room.types.trust_skeptic import TrustSkeptic
from coach.room.viewer import Temper
from coach.scenario.model import ViewerType

TEMPERS: dict[ViewerType, Temper] = {
    "haggler": Haggler(),
    "price_comparer": PriceComparer(),
    "product_skeptic": ProductSkeptic(),
    "trust_skeptic": TrustSkeptic(),
    "contrarian": Contrarian(),
    "troll": Troll(),
    "spammer": Spammer(),
    "derailer": Derailer(),
    "angry_returner": AngryReturner(),
    "impatient": Impatient(),
    "bait": Bait(),
    "low_room": LowRoom(),
    "friendly": Friendly(),
    "special_care": SpecialCare(),
}
"""One entry per viewer type, T1 to T14 of the trade."""


def profile_of(viewer_type: ViewerType) -> Profile:
    """Return what is known of a type: motive, right treatment, numbers by difficulty."""
    return TEMPERS[viewer_type].profile
