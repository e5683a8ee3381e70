"""Names of a selling point in running text: whole, with a slip, in other pieces, or with small words inside."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from coach.language import Language, language_for
from coach.language.clause import is_denied
from coach.language.stems import stem

FUZZY = 88
"""Partial ratio of rapidfuzz: one wrong character in eight, as recognisers make."""
FUZZY_MIN_CHARS = {"zh": 4, "en": 8}
_JOINED_MIN = 6


def name_strength(clause: str, name: str, language: Language) -> float:
    """Return how surely a normalised clause asserts a name: 1, less for a slip, 0 where it is absent or denied."""
    return _strength(clause, name, language.code)


@lru_cache(maxsize=4096)
def _strength(clause: str, name: str, code: str) -> float:
    language = language_for(code)
    at = find_name(clause, name, language)
    if at is not None:
        return 0.0 if is_denied(clause, at, language) and not starts_denied(name, language) else 1.0
    if len(name) < FUZZY_MIN_CHARS[language.code] or len(clause) < len(name):
        return 0.0
    alignment = fuzz.partial_ratio_alignment(name, clause, score_cutoff=FUZZY)
    if alignment is None or is_denied(clause, alignment.dest_start, language):
        return 0.0
    return 0.8


def starts_denied(name: str, language: Language) -> bool:
    """Return whether a name is itself a denial (不起球, "no added sugar")."""
    return any(name.startswith(item) for item in language.pack.negations)


def find_name(clause: str, name: str, language: Language) -> int | None:
    """Return where a name stands in a normalised clause, endings and small words aside."""
    if language.code == "zh":
        at = clause.find(name)
        if at < 0 and len(name) >= 3:
            return _find_spread(clause, name)
        return None if at < 0 or (len(name) == 1 and not _is_emphasised(clause, at, language)) else at
    words, wanted = _stems(clause), _stems(name)
    size = len(wanted)
    if size and wanted[0] in words:
        for first in range(len(words) - size + 1):
            if words[first : first + size] == wanted:
                return len(" ".join(clause.split()[:first]))
    return _find_joined(clause, name)


@lru_cache(maxsize=2048)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in text.split())


def _find_joined(clause: str, name: str) -> int | None:
    """Return where a name stands that was heard in other pieces ("air less" for airless)."""
    joined = _unspaced(name)
    if len(joined) < _JOINED_MIN or joined not in _unspaced(clause):
        return None
    words = clause.split()
    for first in range(len(words) - 1):
        for last in range(first + 2, min(first + 5, len(words) + 1)):
            if "".join(words[first:last]) == joined:
                return len(" ".join(words[:first]))
    return None


@lru_cache(maxsize=2048)
def _unspaced(text: str) -> str:
    return text.replace(" ", "")


def _find_spread(clause: str, name: str) -> int | None:
    """Return where a name stands with small words inside (充电也快 for 充电快)."""
    if not _characters(name) <= _characters(clause):
        return None
    found = _spread(name).search(clause)
    return found.start() if found else None


_characters = lru_cache(maxsize=1024)(frozenset[str])


@lru_cache(maxsize=1024)
def _spread(name: str) -> re.Pattern[str]:
    return re.compile("[也很都就又还挺蛮真更的了得是超能会给可以]{0,2}".join(map(re.escape, name)))


def _is_emphasised(clause: str, at: int, language: Language) -> bool:
    """Return whether a name of one character is said of the thing (很轻), not inside another word (年轻)."""
    return clause[:at].endswith(language.pack.intensifiers) or clause == clause[at : at + 1]
