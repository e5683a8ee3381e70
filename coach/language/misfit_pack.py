"""The words of the judge of misfits, from `packs/misfit_<code>.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.language.stems import base

_FOLDER = Path(__file__).parent / "packs"


class MisfitPack(BaseModel):
    """Words of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    empty: str
    """Words that carry no meaning of their own."""
    cues: dict[str, str]
    """Ways of putting things → pattern."""
    opposites: tuple[str, ...]
    """Pairs of words of which the one rules out the other."""


@dataclass(frozen=True, slots=True)
class MisfitWords:
    """A pack compiled."""

    empty: frozenset[str]
    cues: dict[str, re.Pattern[str]]
    opposites: tuple[tuple[str, str], ...]


@cache
def load_misfit_words(code: str) -> MisfitWords:
    """Return the words shipped for a language code."""
    text = (_FOLDER / f"misfit_{code}.yaml").read_text(encoding="utf-8")
    pack = MisfitPack.model_validate(read_yaml(text))
    pairs = [pair.split() for pair in pack.opposites]
    named = (lambda word: word) if code == "zh" else base
    return MisfitWords(
        frozenset(pack.empty.split()),
        {name: re.compile(body if code == "zh" else rf"\b(?:{body})\b") for name, body in pack.cues.items()},
        tuple((named(left), named(right)) for left, right in pairs),
    )
