"""One line of a transcript, checked."""

from __future__ import annotations

import math
from typing import Literal

from pydantic import BaseModel, Field, field_validator

from coach.errors import Sentence
from coach.value_faults import shown

MAX_SEC = 86_400.0
"""Latest moment taken, s: a day. Beyond, times are of another kind, and scoring would work through every second."""


class LineViewer(BaseModel):
    """Who wrote a line; the id is a name where there is none."""

    id: str = Field(min_length=1, max_length=200)
    type: str = ""


class TranscriptLine(BaseModel):
    """One line of a transcript; further keys are ignored."""

    role: Literal["streamer", "viewer"]
    text: str = Field(max_length=20_000)
    t0: float | None = Field(default=None, ge=0)
    t1: float | None = Field(default=None, ge=0)
    viewer: LineViewer | None = None

    @field_validator("viewer", mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return {"id": value.strip()} if value.strip() else None

    @field_validator("t0", "t1", mode="before")
    @classmethod
    def _no_truth(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError(no_number(value))
        return value

    @field_validator("t0", "t1")
    @classmethod
    def _plausible(cls, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError(Sentence("expected seconds as a plain number"))
        if value is not None and value > MAX_SEC:
            raise ValueError(not_seconds(value))
        return value

    @property
    def is_timed(self) -> bool:
        """Whether it says when it was said."""
        if self.role == "viewer":
            return self.t0 is not None
        return self.t0 is not None and self.t1 is not None


def not_seconds(value: float) -> Sentence:
    """Return what to say of a time that cannot be seconds."""
    return Sentence(
        "times are seconds from the start, at most {most:.0f}; got {value:.10g}, which looks like a clock time or "
        "milliseconds",
        most=MAX_SEC,
        value=value,
    )


def no_number(value: bool) -> Sentence:
    """Return what to say of a time that is true or false."""
    return Sentence("expected {expected}, got {value}", expected=Sentence("seconds as a number"), value=shown(value))
