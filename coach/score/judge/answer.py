"""What the model answered, as far as it can be believed: known items, scores in range, quotes that were said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.language import Language
from coach.score.judge.rubric import HIGHEST

_MOST_CHARS = 20_000
"""Of an answer; a longer one is none."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One score of one sample."""

    score: float | None
    turn: int | None = None
    quote: str = ""
    is_sound: bool = True
    """Whether it is an opinion at all: a score out of range, without words that were said, or left out is none."""


_NONE = Opinion(None, is_sound=False)


def read_answer(
    text: str, wanted: Sequence[str], said: Mapping[int, str], language: Language
) -> dict[str, Opinion] | None:
    """Return the opinions of an answer; None where it is no answer at all.

    A score without a quote that the streamer said, in that turn and exactly (case and punctuation aside), is dropped
    to null. Items that were not asked for are left out, missing ones are null.

    Args:
        text: What the model wrote; words around the JSON are passed over.
        wanted: Ids of the items that were asked for.
        said: The streamer's turns by number.
        language: Of the talk.
    """
    items = _items(text)
    if items is None:
        return None
    found = dict.fromkeys(wanted, _NONE)
    for item in items:
        name = item.get("id")
        if isinstance(name, str) and name in found:
            found[name] = _opinion(item, said, language)
    return found


def _items(text: str) -> list[dict[str, Any]] | None:
    inside = re.search(r"\{.*\}", text[:_MOST_CHARS], re.DOTALL)
    if inside is None:
        return None
    try:
        value = json.loads(inside.group())
    except (ValueError, RecursionError):
        return None
    items = value.get("items") if isinstance(value, dict) else None
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else None


def _opinion(item: Mapping[str, Any], said: Mapping[int, str], language: Language) -> Opinion:
    score, turn, quote = item.get("score", ""), item.get("turn"), item.get("quote")
    if score is None:
        return Opinion(None)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= HIGHEST:
        return _NONE
    if isinstance(turn, bool) or not isinstance(turn, int) or not isinstance(quote, str):
        return _NONE
    exact = _exact(quote, said.get(turn, ""), language)
    return Opinion(float(score), turn, exact) if exact else _NONE


def _exact(quote: str, text: str, language: Language) -> str:
    """Return the part of a turn that a quote repeats, as it stands there; "" if it was not said."""
    quote = quote.strip().strip("\"'“”‘’「」…")
    at = text.find(quote)
    if quote and at >= 0:
        return text[at : at + len(quote)]
    wanted = language.normalise(quote)
    return text.strip() if wanted and wanted in language.normalise(text) else ""
