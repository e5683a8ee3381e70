"""One turn as a file gives it, and what could not be used of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from coach.errors import Place, Sentence

Role = Literal["streamer", "viewer"]


@dataclass(frozen=True, slots=True)
class TranscriptProblem:
    """One line that could not be used, or something about the whole file."""

    place: Place
    text: Sentence

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one row, cue or line says, before roles are settled."""

    number: int
    """Line of the file, from 1."""
    text: str
    speaker: str = ""
    """Name or label that the file gives; empty where it names nobody."""
    t0: float | None = None
    t1: float | None = None
    viewer_id: str = ""
    viewer_type: str = ""
    role: str = ""
    """As the file writes it, in a column of its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person says about files that do not tell everything themselves."""

    role: Role | None = None
    """Of every line whose speaker the file or `speakers` does not settle."""
    speakers: Mapping[str, str] = field(default_factory=dict)
    """Name in the file: `streamer`, `viewer`, or `text` for a label that names nobody."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field (`text`, `role`, `speaker`, `t0`, `t1`, `viewer`, `type`, `streamer`): name of the csv column."""

    def key(self) -> str:
        """Return these choices as text, alike for alike choices."""
        return repr((self.role, sorted(self.speakers.items()), sorted(self.columns.items())))


@dataclass(slots=True)
class ReadFile:
    """A file as read: objects of the shape of transcript lines, and what was wrong."""

    values: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """(line number, object)."""
    problems: list[TranscriptProblem] = field(default_factory=list)
    streamer: str = ""
    """Who streamed, where the file says so."""
