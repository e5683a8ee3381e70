"""Which type of viewer would have written a real comment. Rules only: clear wordings first, then what is asked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from coach.language import Language, language_for
from coach.language.pack_text import read_yaml
from coach.room.heard import flatten
from coach.room.pack import topic_pack
from coach.room.phrasebook import Phrasebook
from coach.scenario.model import Intent, ViewerType

_ORDER: tuple[ViewerType, ...] = (
    "special_care",
    "bait",
    "angry_returner",
    "spammer",
    "derailer",
    "troll",
    "price_comparer",
    "trust_skeptic",
    "haggler",
    "contrarian",
    "impatient",
    "product_skeptic",
    "friendly",
    "low_room",
)
"""The first of these whose wording is found: who must be protected or refused before who may be answered, and the
narrow types before the broad ones."""
_BY_TOPIC: tuple[tuple[str, ViewerType], ...] = (
    ("comparison", "price_comparer"),
    ("discount", "haggler"),
    ("gift", "haggler"),
    ("identity", "trust_skeptic"),
    ("evidence", "product_skeptic"),
    ("content", "product_skeptic"),
    ("hearing", "impatient"),
    ("link", "impatient"),
    ("price", "impatient"),
    ("size", "friendly"),
    ("color", "friendly"),
    ("shipping", "friendly"),
    ("after_sales", "friendly"),
    ("stock", "friendly"),
    ("usage", "friendly"),
)
"""Whose question it most likely is, where no wording tells."""
INTENTS: dict[ViewerType, Intent] = {
    "haggler": "push",
    "price_comparer": "push",
    "product_skeptic": "doubt",
    "trust_skeptic": "doubt",
    "contrarian": "heckle",
    "troll": "heckle",
    "spammer": "heckle",
    "derailer": "ask",
    "angry_returner": "push",
    "impatient": "push",
    "bait": "bait",
    "low_room": "ask",
    "friendly": "ask",
    "special_care": "ask",
}
"""What a line of a type usually does, after its first one."""
_AFTER_BUYING = frozenset({"shipping", "after_sales"})
_UNDONE = {
    "zh": re.compile(r"没(?!有?$)"),
    "en": re.compile(r"\b(?:(?:has|have|had|did)(?: not|n['’]?t)|never|still (?:no|not|nothing|waiting))\b"),
}
"""What should have happened and has not: said of shipping or a return, and no question, that is a complaint."""
_NOISE = re.compile(r"[\W\d_]*")


def comment_type(text: str, code: str) -> ViewerType | None:
    """Return the type of viewer a comment belongs to; None if it says nothing (signs, figures, one letter).

    Args:
        text: As typed.
        code: `zh` or `en`.
    """
    language = language_for(code)
    flat = flatten(text, language)
    kinds = _kinds(code, flat, text)
    for kind in _ORDER:
        if kind in kinds:
            return kind
    topics = {hit.kind for hit in _asks(code).find(flat)}
    if topics & _AFTER_BUYING and _UNDONE[code].search(text.lower()) and not _asks_anything(text):
        return "angry_returner"
    for topic, kind in _BY_TOPIC:
        if topic in topics:
            return kind
    return None if _NOISE.fullmatch(flat) or not _says(flat, language) else "friendly" if _asks_anything(text) else None


def _kinds(code: str, flat: str, text: str) -> set[str]:
    found = {hit.kind for hit in _wordings(code).find(flat)}
    return found | {hit.kind for hit in _wordings(code).find(text.lower()) if hit.kind == "spammer"}


def _says(flat: str, language: Language) -> bool:
    return len(flat.replace(" ", "")) >= (2 if language.code == "zh" else 3)


def _asks_anything(text: str) -> bool:
    return text.rstrip().endswith(("?", "？", "吗", "呢", "么", "不"))


@cache
def _wordings(code: str) -> Phrasebook:
    path = Path(__file__).parent / "packs" / f"comments_{code}.yaml"
    loaded: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    return Phrasebook(cast("dict[str, list[str]]", loaded["types"]), code)


@cache
def _asks(code: str) -> Phrasebook:
    return Phrasebook(topic_pack(code).asks, code)
