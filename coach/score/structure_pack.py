"""What a stage of the sale sounds like, what belongs in it, and other wordings that its rhythm is read from."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.room.phrasebook import Phrasebook

_FOLDER = Path(__file__).parent / "packs"


class StructurePack(BaseModel):
    """Wordings as they stand in flat text; those with signs are patterns."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    stages: dict[str, tuple[str, ...]]
    """Stage → its cues."""
    contains: dict[str, tuple[str, ...]]
    """What a stage must hold → wordings."""
    prompts: tuple[str, ...]
    """What asks viewers to do or answer something."""
    welcomes: tuple[str, ...]
    """What greets those who just came."""
    switches: tuple[str, ...]
    """What turns to another product."""
    formulas: tuple[str, ...]
    """Stock phrases that wear out when they are said all the time."""
    stock: tuple[str, ...]
    """Words too common to make a repeated stretch a formula."""


@cache
def structure_pack(code: str) -> StructurePack:
    """Return the shipped pack for `zh` or `en`."""
    data = read_yaml((_FOLDER / f"structure_{code}.yaml").read_text(encoding="utf-8"))
    return StructurePack.model_validate(data)


@cache
def cues(code: str) -> Phrasebook:
    """Return all wordings ready to be found: `stage:`, `has:`, `prompt`, `welcome`, `switch`, `formula`."""
    pack = structure_pack(code)
    kinds: dict[str, tuple[str, ...]] = {
        **{f"stage:{name}": listed for name, listed in pack.stages.items()},
        **{f"has:{name}": listed for name, listed in pack.contains.items()},
        "prompt": pack.prompts,
        "welcome": pack.welcomes,
        "switch": pack.switches,
    }
    return Phrasebook(kinds, code)
