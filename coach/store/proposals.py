"""What a language model proposed for a rehearsal's coverage, in its folder: `proposals.json`.

Kept before the rehearsal is scored, so that every later scoring gives the same without asking again.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from coach.errors import StorageError
from coach.score.proposals import Proposals
from coach.store.files import write_atomically

PROPOSALS = "proposals.json"


def read_proposals(folder: Path) -> Proposals | None:
    """Return what was proposed; None where nobody was asked.

    Raises:
        StorageError: If the file is there and is damaged or cannot be read.
    """
    path = folder / PROPOSALS
    try:
        return Proposals.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error) from error
    except ValidationError as error:
        raise StorageError(
            "{path} is damaged; coverage is scored by rules alone. Delete the file to be rid of this warning.",
            path=path,
        ) from error


def write_proposals(folder: Path, proposals: Proposals) -> None:
    """Replace what was proposed in one step.

    Raises:
        StorageError: If the disk refuses.
    """
    write_atomically(folder / PROPOSALS, proposals.model_dump_json(indent=2) + "\n")
