"""Which rules play which type of viewer."""

from __future__ import annotations

from coach.room.haggler import Haggler
from coach.room.skeptic import Skeptic
from coach.room.troll import Troll
from coach.room.viewer import Temper
from coach.scenario.model import ViewerType

TEMPERS: dict[ViewerType, Temper] = {"haggler": Haggler(), "troll": Troll(), "product_skeptic": Skeptic()}
"""One entry per viewer type the room can play."""
