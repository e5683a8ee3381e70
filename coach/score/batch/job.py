"""What is done to every file of a run. Travels to other processes and machines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import coach
from coach.errors import Sentence
from coach.scenario.model import Scenario
from coach.score.formats.turn import Reading, TranscriptProblem
from coach.score.proposals import Proposals
from coach.score.scorer import SCORER_VERSION
from coach.score.transcript import ImportedTranscript
from coach.score.voice import VoiceFeatures

Hear: TypeAlias = Callable[[Path, Scenario], tuple[ImportedTranscript, VoiceFeatures | None]]
"""Turns a recording into records by a recogniser. Raises a CoachError where it cannot."""
Measure: TypeAlias = Callable[[Path], VoiceFeatures | None]
"""Measures the voice in the recording of a rehearsal's folder. Raises a CoachError where it cannot."""
Kept: TypeAlias = Callable[[Path], Proposals | None]
"""Returns what a language model proposed for a rehearsal, as it is kept in its folder."""


@dataclass(frozen=True, slots=True)
class Job:
    """How to score."""

    scenario_text: str | None = None
    """YAML; None takes the `scenario.yaml` beside each file."""
    scenario_name: str = "scenario"
    reading: Reading = field(default_factory=Reading)
    streamer_pattern: str = ""
    """Where in a path the streamer's id stands: see `streamer.streamer_of`."""
    roots: tuple[str, ...] = ()
    """Folders that were searched; their own names are no streamer's."""
    hear: Hear | None = None
    measure: Measure | None = None
    version: str = ""
    """Of the code, packs and engines; other versions score again."""
    proposed: Kept | None = None

    def key(self) -> str:
        """Return what, beside a file's own content, decides its result."""
        parts = (self.scenario_text, self.reading.key(), self.streamer_pattern, self.roots, self.version)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


class Task(NamedTuple):
    """One file to score."""

    path: str
    known: str = ""
    """Fingerprint of the result that is kept; the file is left alone if it would come out the same."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, in a form to keep and to send."""

    path: str
    fingerprint: str = ""
    """Of content, scenario, reading and versions; empty where the file could not be scored."""
    unchanged: bool = False
    """Whether the kept result stands; then all below is empty."""
    row: dict[str, Any] = field(default_factory=dict)
    """Values under `rows.COLUMNS`."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What the overview counts."""
    line: bytes = b""
    """The whole result as a line of JSON, compressed by zlib."""
    problems: tuple[TranscriptProblem, ...] = ()
    error: Sentence | None = None


_THAT_SCORE = frozenset({".py", ".yaml", ".css", ".json", ".npz", ".tsv", ".txt"})
"""Endings of the files that what is kept of a batch depends on."""


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return the scorer's version with a digest of the program's own code, packs and trained weights."""
    digest = hashlib.sha256()
    root = Path(coach.__file__ or "").parent
    for path in sorted(root.rglob("*")):
        if path.suffix in _THAT_SCORE and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return f"{SCORER_VERSION}+{digest.hexdigest()[:16]}"
