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
    "haggler": Manner(1.06, 1.0, 68),  # bargains with relish
    "price_comparer": Manner(1.0, -0.5, 42),  # reads out figures
    "product_skeptic": Manner(0.93, -1.0, 38),  # weighs each word
    "trust_skeptic": Manner(0.96, -2.0, 28),  # cold
    "contrarian": Manner(1.03, 0.5, 82),  # sing-song of a quibbler
    "troll": Manner(1.1, 1.5, 60),  # taunts
    "spammer": Manner(1.22, -0.5, 16),  # rattles it off
    "derailer": Manner(0.98, 1.5, 78),  # plays about
    "angry_returner": Manner(1.14, 2.5, 88),  # upset
    "impatient": Manner(1.2, 1.0, 48),  # in a hurry
    "bait": Manner(0.95, 0.0, 56),  # sounds harmless
    "low_room": Manner(0.9, -2.5, 24),  # hardly there
    "friendly": Manner(1.0, 2.0, 74),  # glad
    "special_care": Manner(0.86, 0.5, 46),  # unsure, slow
}
"""By viewer type."""
PLAIN = Manner(1.0, 0.0, 50)
"""Of a viewer whose type is not known."""


def manner_of(viewer_type: str) -> Manner:
    """Return how a type speaks; unknown ones speak plainly."""
    return MANNERS.get(viewer_type, PLAIN)
