"""The shape of Chinese words so far: classes of words and what the sentence still lacks, as cues for its end."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from coach.language.pack_text import read_yaml
from coach.language.shape_en import Shape

WINDOW = 30
"""Characters looked back."""
LONGEST = 4
"""Characters of the longest word of the list."""

_RUN = re.compile(r"[a-z]+|\d[\d.%]*|[\u3400-\u9fff]")
_OPEN = {"nouns": "N", "verbs.transitive": "VT", "verbs.intransitive": "VI", "adjectives": "A"}
_ANSWERS = frozenset(["所以", "就", "但", "但是", "可是", "都", "也", "那", "才", "却", "便", "还是", "于是"])
_THINGS = frozenset({"N", "pron", "U", "measure", "money", "ask", "num", "L"})
_PREDICATES = frozenset({"VT", "VI", "A", "be"})


def shape(text: str) -> Shape:
    """Return the shape of the last characters of a text without marks."""
    words, coarse = _segment(_RUN.findall(text.lower())[-WINDOW:])
    closed = _lexicon()[0]
    fine = tuple(word if word in closed else kind for word, kind in zip(words, coarse, strict=True))
    return Shape(fine, tuple(coarse), _state(words, coarse))


def _segment(runs: list[str]) -> tuple[list[str], list[str]]:
    """Cut into the longest known words from the left; unknown characters stand alone."""
    words: list[str] = []
    kinds: list[str] = []
    at = 0
    while at < len(runs):
        word, kind = _longest(runs, at)
        at += len(word) if kind not in ("L", "num") or not word.isascii() else 1
        words.append(word)
        kinds.append(kind)
    return words, kinds


def _longest(runs: list[str], at: int) -> tuple[str, str]:
    if runs[at].isascii():
        return runs[at], "num" if runs[at][0].isdigit() else "L"
    closed, opened = _lexicon()
    piece = []
    for run in runs[at : at + LONGEST]:
        if run.isascii():
            break
        piece.append(run)
    for size in range(len(piece), 0, -1):
        word = "".join(piece[:size])
        kind = closed.get(word) or opened.get(word)
        if kind:
            return word, kind
    return piece[0], "U"


def _state(words: list[str], kinds: list[str]) -> tuple[str, ...]:
    """Return openers unanswered, the last predicate and whether its object came, how far back, question, length."""
    owed, last, since, has_object, asks = 0, "none", 0, False, False
    for word, kind in zip(words, kinds, strict=True):
        since += 1
        if kind == "opener":
            owed += 1
        elif word in _ANSWERS and owed > 0:
            owed -= 1
        if kind in _PREDICATES:
            last, since, has_object = kind, 0, False
        elif kind in _THINGS:
            has_object = True
        asks = asks or kind in ("ask", "tag")
    length = sum(len(word) for word in words)
    step = next((step for step, limit in enumerate((1, 2, 3, 4, 6, 8, 11, 15, 20)) if length <= limit), 9)
    return (f"{min(2, owed)}", f"{last}{int(has_object)}", f"{min(since, 5)}", f"{int(asks)}", f"{step}")


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    """Return closed words → class and open words → class."""
    pack = read_yaml((Path(__file__).parent / "packs" / "words_zh.yaml").read_text(encoding="utf-8"))
    closed = {word: kind for kind, row in pack["closed"].items() for word in row.split()}
    opened: dict[str, str] = {}
    for path, kind in _OPEN.items():
        node = pack
        for name in path.split("."):
            node = node[name]
        for word in str(node).split():
            opened.setdefault(word, kind)
    return closed, opened
