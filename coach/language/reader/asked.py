"""What the reader is asked, what it answers, and how much it takes in; the sizes are those of training."""

from __future__ import annotations

from typing import NamedTuple

TEXT, STATEMENT, FACT, TRADE, LINE = 90, 50, 24, 4, 16
"""Most pieces read of an utterance, a point's statement, one of its facts, a trade, a viewer's line."""
LINE_OF, SHOULD, SHEET = 40, 10, 20
"""The same of a viewer's line that is answered, of its type with what should be done, of a line of the sheet."""
SHEET_LINES, ANSWERED = 3, 2
"""Lines of the sheet beside the prices that an answer is read with, and turns of an answer."""
THEN = ">>"
"""Stands between a viewer's line and what the streamer says next."""
FACTS = 4
WORDS = 240
"""Most pieces of a text that are compared with a point."""


class Asked(NamedTuple):
    """One selling point to be looked for."""

    statement: str
    facts: tuple[str, ...]

    @property
    def words(self) -> str:
        """All words of the point."""
        return " ".join((self.statement, *self.facts))


class Said(NamedTuple):
    """What a streamer said, and the viewer's line right before it."""

    text: str
    line: str = ""


class FactRead(NamedTuple):
    """How likely a fact is said, and said wrong."""

    said: float
    wrong: float


class PointRead(NamedTuple):
    """How likely an utterance asserts a point in full, in part, not at all, and contradicts it; sums to 1."""

    hit: float
    partial: float
    miss: float
    misstated: float
    facts: tuple[FactRead, ...]
    """Of its first four facts."""

    @property
    def asserted(self) -> float:
        """How likely it asserts the point, in full or in part."""
        return self.hit + self.partial


class LineRead(NamedTuple):
    """Log-odds that words state a line of the product sheet rightly, or contradict it, against saying nothing of it."""

    told: float
    wrong: float


class AnswerRead(NamedTuple):
    """How likely an answer to a viewer is good, weak, bad, and none, which sums to 1."""

    well: float
    weak: float
    badly: float
    unanswered: float
    replies: float
    """Log-odds that the words answer the line at all, against other words of the same talk."""


class ClaimRead(NamedTuple):
    """What a passage is taken for: log-odds that it breaks a rule of selling, and how likely it is of each category."""

    odds: float
    shares: tuple[float, ...]
    """In the order of `coach.language.claims.rule.Category`."""
