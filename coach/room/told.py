"""Whether a line asks for what its viewer has just been told. Pure: a line and what was heard in, yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from coach.room.question import Question, question_of
from coach.room.reading import MoveKind, Reading
from coach.scenario.model import Intent, Scenario, ViewerType

_MINDS: tuple[ViewerType, ...] = ("friendly", "impatient", "low_room", "product_skeptic")
"""Types that ask in order to know; the others have come to press, whatever they were told."""
_ASKS: tuple[Intent, ...] = ("open", "ask", "push", "ignored_remark")
"""Lines that want to know something. Doubt may come after any answer."""
_TELLS: dict[str, tuple[MoveKind, ...]] = {
    "price": ("gives_price",),
    "link": ("calls_to_action",),
    "evidence": ("shows_evidence", "demonstrates"),
}
_PLAIN = ("price", "link")
"""What is asked for in so many words; whatever else the words remind of is not asked then."""


def was_told(line: str, kind: ViewerType, intent: Intent, heard: Sequence[Reading], scenario: Scenario) -> bool:
    """Return whether all that a line asks for was said while its viewer listened.

    Args:
        line: What the viewer would say.
        kind: Its type.
        intent: What the line does.
        heard: What it remembers.
        scenario: The product sheet.
    """
    if kind not in _MINDS or intent not in _ASKS or not heard:
        return False
    return told(question_of(line, scenario), heard)


def told(question: Question | None, heard: Sequence[Reading]) -> bool:
    """Return whether all of a question that can be told was; never where there is nothing of the kind in it."""
    if question is None:
        return False
    plain = [topic for topic in question.topics if topic in _PLAIN]  # "one number" of a price is no test report
    topics = plain or [topic for topic in question.topics if _can_be_told(topic, question)]
    found = [_is_told(topic, question, heard) for topic in topics]
    return bool(found) and all(found)


def _can_be_told(topic: str, question: Question) -> bool:
    return topic in _TELLS or (topic == "fact" and bool(question.targets)) or bool(question.facts)


def _is_told(topic: str, question: Question, heard: Sequence[Reading]) -> bool:
    if topic in _TELLS:
        return any(reading.did(*_TELLS[topic]) for reading in heard)
    return any(reading.mentions(name) for name in (*question.facts, *question.targets) for reading in heard)
