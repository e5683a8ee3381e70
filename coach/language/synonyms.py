"""Everyday words that stand for each other when two sentences are compared, from `packs/synonyms_<code>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from operator import add
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.language.stems import base

_FOLDER = Path(__file__).parent / "packs"
_PAIR = 2
_LOOSE = "~"
"""Begins a line of words that are near each other, and yet none says what another says."""


class Synonyms(BaseModel):
    """Words of one language, a line for each meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    words: tuple[str, ...]


@cache
def load_synonyms(code: str) -> Synonyms:
    """Return the pack shipped for a language code."""
    text = (_FOLDER / f"synonyms_{code}.yaml").read_text(encoding="utf-8")
    return Synonyms.model_validate(read_yaml(text))


@cache
def meanings(code: str) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Return words and the numbers of their meanings: en by `stems.base`, zh by the first two characters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for number, line in enumerate(load_synonyms(code).words):
        for word in line.removeprefix(_LOOSE).split():
            found.setdefault(word[:_PAIR] if code == "zh" else base(word), []).append((word, number))
    return {key: tuple(words) for key, words in found.items()}


def meanings_en(word: str) -> frozenset[int]:
    """Return the meanings of an English word."""
    return frozenset(number for _, number in meanings("en").get(base(word), ()))


def meanings_zh(run: str) -> frozenset[int]:
    """Return the meanings of the words in a run of characters."""
    table, found = meanings("zh"), list[int]()
    for at, pair in enumerate(map(add, run, run[1:])):
        if pair in table:
            found += [number for word, number in table[pair] if run.startswith(word, at)]
    return frozenset(found)


@cache
def _strict(code: str) -> frozenset[int]:
    return frozenset(number for number, line in enumerate(load_synonyms(code).words) if not line.startswith(_LOOSE))


def same_words(word: str, code: str) -> frozenset[str]:
    """Return the words that say what this one says (zh), or what is left of them without endings (en)."""
    found: set[str] = set()
    for number in (meanings_en(word) if code == "en" else meanings_zh(word)) & _strict(code):
        words = load_synonyms(code).words[number].split()
        if code == "en" or word in words:
            found.update(map(base, words) if code == "en" else words)
    return frozenset(found)
