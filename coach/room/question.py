"""What a viewer's line asks about, and whether an utterance answers it. Pure: words in, topics out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.room.reading import Reading, read
from coach.scenario.model import Scenario

Topic = Literal[
    "price", "gift", "shipping", "size", "evidence", "after_sales", "link", "stock", "identity", "usage", "fact"
]
"""What is asked about; `fact` is a selling point, fact or certificate of the product sheet, named in `targets`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What one line of a viewer asks about. Empty if it asks nothing."""

    text: str
    topics: tuple[Topic, ...] = ()
    targets: tuple[str, ...] = ()
    """Selling points (ids), facts and certificates (names) it is about."""
    amount: float | None = None
    """Price the viewer names, in the product's currency."""

    def about(self, *topics: Topic) -> bool:
        """Return whether it asks about one of these."""
        return any(topic in self.topics for topic in topics)


def question_of(text: str, scenario: Scenario) -> Question:
    """Return what a viewer's line asks about."""
    reading = read(text, scenario)
    targets = [move.target for move in reading.moves if move.kind in ("mentions_point", "mentions_fact")]
    return Question(text, ("fact",) if targets else (), tuple(dict.fromkeys(targets)))


def answers(reading: Reading, question: Question) -> bool:
    """Return whether an utterance answers the question."""
    return any(reading.mentions(target) for target in question.targets)
