"""The streamer's own file beside a rehearsal, `private_voice.json`: pitch and loudness, in no scorecard and no export.

Made only when its owner asks for it, readable for the account that runs the room alone, gone with the rehearsal.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from coach.score.private_voice import PrivateVoice
from coach.store.files import EVENTS, SCORECARD, write_atomically

PRIVATE_VOICE = "private_voice.json"


def read_private_voice(folder: Path) -> PrivateVoice | None:
    """Return what was measured, unless the rehearsal has been scored again since, or the file is damaged."""
    path = folder / PRIVATE_VOICE
    try:
        made = path.stat().st_mtime_ns
        if any((folder / name).stat().st_mtime_ns > made for name in (SCORECARD, EVENTS)):
            return None
        return PrivateVoice.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def write_private_voice(folder: Path, voice: PrivateVoice) -> None:
    """Replace the file in one step.

    Raises:
        StorageError: If the disk refuses.
    """
    write_atomically(folder / PRIVATE_VOICE, voice.model_dump_json(indent=2) + "\n", private=True)
