"""What reads words, loaded before somebody waits for it: lists, patterns, weights and the dictionary of a language."""

from __future__ import annotations

from coach.room.answered import Answered, passes_over
from coach.room.audience import Audience
from coach.room.reading import read
from coach.scenario.model import Scenario

_WEIGHED = {
    "zh": "这个是全网最好的，能治感冒。有人问是不是全网最低价，那可不敢说。",
    "en": "It is the best in the world and it cures colds. Somebody asked whether it is the lowest price ever, no.",
}
"""Talk with claims, made and turned down: weighing them needs the dictionary and the lists of guards."""


def make_ready(scenario: Scenario) -> None:
    """Let an audience form and read what its streamer may say. Blocks for a second; what was loaded stays."""
    Audience(scenario)
    passes_over(Answered("", "haggler", "answer", ("",)), scenario.product)
    for point in scenario.product.selling_points:
        read(point.statement or point.title, scenario)
    read(_WEIGHED[scenario.language], scenario)
