"""The rubric: what is asked, with six anchors each."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from coach.language.pack_text import read_yaml

_FILE = Path(__file__).resolve().parent.parent / "packs" / "rubric.yaml"
HIGHEST = 5
MOST_ITEMS = 4
"""Items of one request: more of them and models begin to copy one score to the next (DOMAIN §4.5)."""


class Words(BaseModel):
    """One text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str
    en: str

    def of(self, code: str) -> str:
        """Return the text in a language."""
        return self.zh if code == "zh" else self.en


class Anchors(BaseModel):
    """What each score from 0 to 5 looks like."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: tuple[str, ...] = Field(min_length=HIGHEST + 1, max_length=HIGHEST + 1)
    en: tuple[str, ...] = Field(min_length=HIGHEST + 1, max_length=HIGHEST + 1)

    def of(self, code: str) -> tuple[str, ...]:
        """Return the anchors in a language, the lowest first."""
        return self.zh if code == "zh" else self.en


class Item(BaseModel):
    """One thing that is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: Words
    anchors: Anchors
    good: Words
    bad: Words


class Rubric(BaseModel):
    """The shipped pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    groups: tuple[tuple[str, ...], ...]
    """Items that go into one request together."""
    items: dict[str, Item]

    @model_validator(mode="after")
    def _whole(self) -> Rubric:
        grouped = [name for group in self.groups for name in group]
        if sorted(grouped) != sorted(self.items) or any(len(group) > MOST_ITEMS for group in self.groups):
            raise ValueError(f"expected every item in one group of at most {MOST_ITEMS}")
        return self


@cache
def load_rubric() -> Rubric:
    """Return the shipped pack."""
    return Rubric.model_validate(read_yaml(_FILE.read_text(encoding="utf-8")))
