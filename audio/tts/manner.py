"""How viewers of each type speak, whatever the engine: pace, pitch, liveliness. One row a type of the trade."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """Against the engine's normal voice."""

    rate: float
    """Times the normal pace."""
    semitones: float
    """Above the normal pitch."""
    liveliness: int
    """Spread of pitch, 0 flat to 99; 50 is normal. Engines that cannot set it ignore it."""


# Pace and pitch follow what listeners hear as a state of mind (Scherer 2003, "Vocal communication of emotion",
# table 2): anger and urgency fast, high and wide; boredom and low spirits slow, low and flat; joy high and wide. Half
# of what acted emotion shows is taken, so that every voice stays one people can listen to for an hour.
MANNERS = {
    "haggler": Manner(1.06, 1.0, 66),  # bargains with relish
    "price_comparer": Manner(1.0, -1.0, 40),  # reads out figures
    "product_skeptic": Manner(0.92, -2.0, 36),  # weighs each word
    "trust_skeptic": Manner(0.97, -3.0, 26),  # cold
    "contrarian": Manner(1.03, 0.0, 82),  # sing-song of a quibbler
    "troll": Manner(1.1, 2.0, 60),  # taunts
    "spammer": Manner(1.24, -1.5, 14),  # rattles it off
    "derailer": Manner(0.97, 3.0, 76),  # plays about
    "angry_returner": Manner(1.17, 4.0, 88),  # upset
    "impatient": Manner(1.2, 1.0, 50),  # in a hurry
    "bait": Manner(0.94, 0.5, 56),  # sounds harmless
    "low_room": Manner(0.88, -3.5, 24),  # hardly there
    "friendly": Manner(1.02, 3.5, 70),  # glad
    "special_care": Manner(0.84, 1.5, 46),  # unsure, slow
}
"""By viewer type."""
PLAIN = Manner(1.0, 0.0, 50)
"""Of a viewer whose type is not known."""


def manner_of(viewer_type: str) -> Manner:
    """Return how a type speaks; unknown ones speak plainly."""
    return MANNERS.get(viewer_type, PLAIN)
