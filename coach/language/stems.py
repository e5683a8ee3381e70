"""English words without their endings."""

from __future__ import annotations

import re
from functools import lru_cache

_IES = re.compile(r"(?<=[a-z]{2})ies$|(?<=[a-z]{2})ied$")
_SUFFIX = re.compile(r"(?:'s|es|s|ing|ed|ly|ity|ability|able|ible|ness)$")
_INFLECTION = re.compile(r"(?:'s|es|s|ing|ed)$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")
_SPELLINGS = (
    (re.compile(r"^(col|disc?ol|flav|od|fav|lab|hum|neighb|vap|arm|harb|behavi)our"), r"\1or"),
    (re.compile(r"is(?=(?:e|es|ed|er|ers|ing|ation)$)(?<=[a-z]{4})"), "iz"),
    (re.compile(r"(cen|li|me|fi|thea|lus)(t|b)re(?=s?$)"), r"\1\2er"),
    (re.compile(r"minium"), "minum"),
    (re.compile(r"(cance|trave|labe|mode|leve|fue)ll(?=(?:ed|ing|er|ers)$)"), r"\1l"),
    (re.compile(r"^mould"), "mold"),
)
"""British spellings → American."""


@lru_cache(maxsize=8192)
def base(word: str) -> str:
    """Return a word in American spelling without plural, -ed and -ing: endings that leave its meaning alone."""
    word = _american(word)
    shorter = _INFLECTION.sub("", word)
    if len(shorter) < 3:
        return word
    if shorter != word and _DOUBLED.search(shorter):
        return shorter[:-1]
    return shorter.removesuffix("e") if len(shorter) > 3 else shorter


@lru_cache(maxsize=8192)
def _american(word: str) -> str:
    if len(word) > 4:
        word = _IES.sub("y", word)
        for pattern, american in _SPELLINGS:
            word = pattern.sub(american, word)
    return "gray" if word == "grey" else word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its common endings, at least three letters: "breathable" and "breathes" meet."""
    word = _american(word)
    for _ in range(2):
        shorter = _SUFFIX.sub("", word)
        if len(shorter) < 3:
            break
        word = shorter
    return word.removesuffix("e") if len(word) > 3 else word
