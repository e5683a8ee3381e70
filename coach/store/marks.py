"""What a streamer marked findings of a rehearsal as, in the rehearsal's folder: `marks.json`, finding id to mark.

The folder holds the truth, so that marks travel with a copied rehearsal and outlive the index; the index has a row
per mark, for questions over all rehearsals.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from coach.errors import StorageError
from coach.score.scorecard import Mark
from coach.store.files import write_atomically

MARKS = "marks.json"
_KNOWN = frozenset(get_args(Mark))


def read_marks(folder: Path) -> dict[str, Mark]:
    """Return the marks of a rehearsal; what is damaged or unknown is left out.

    Raises:
        StorageError: If the file is there and cannot be read.
    """
    try:
        raw = (folder / MARKS).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(
            "The marks in {path} cannot be read: {reason}.", path=folder / MARKS, reason=error.strerror or error
        ) from error
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: cast(Mark, mark) for name, mark in sorted(found.items()) if isinstance(mark, str) and mark in _KNOWN}


def write_marks(folder: Path, marks: Mapping[str, Mark]) -> None:
    """Replace the marks of a rehearsal in one step.

    Raises:
        StorageError: If the disk refuses.
    """
    write_atomically(folder / MARKS, json.dumps(dict(sorted(marks.items())), ensure_ascii=False, indent=2) + "\n")
