"""An exchange as what reads answers learns from it."""

from __future__ import annotations

from typing import NamedTuple

from coach.language.reader.answering import AnswerRow

UNKNOWN = -1


class Case(NamedTuple):
    """A viewer's line with the words after it.

    Attributes:
        writer: Who wrote it, or the source of a single answer.
        row: As it is read.
        grade: Place in `GRADES`, or `UNKNOWN`.
        reply: 1 where the words answer the line, 0 where not, or `UNKNOWN`.
        is_moved: Whether the line stands where it was not written.
    """

    writer: str
    row: AnswerRow
    grade: int
    reply: int
    is_moved: bool
