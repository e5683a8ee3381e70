"""What scripted streamers say and recognise: `packs/streamer_<code>.yaml`."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml

_FOLDER = Path(__file__).parents[1] / "packs"


class Wordings(BaseModel):
    """One language's wordings of the streamers."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    fillers: tuple[str, ...]
    """Hesitations of a flustered streamer."""
    needs: dict[str, tuple[str, ...]]
    """What a viewer's line asks for → wordings it is known by."""
    acts: dict[str, tuple[str, ...]]
    """What a streamer does → templates with the slots of `Sheet`."""


@cache
def wordings(code: str) -> Wordings:
    """Return the wordings for `zh` or `en`."""
    text = (_FOLDER / f"streamer_{code}.yaml").read_text(encoding="utf-8")
    return Wordings.model_validate(read_yaml(text))
