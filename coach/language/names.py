"""Names of a selling point in running text: whole, with a slip, in other pieces, or with small words inside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from coach.language import Language
from coach.language.clause import is_denied
from coach.language.stems import stem

FUZZY = 88
"""Partial ratio of rapidfuzz: one wrong character in eight, as recognisers make."""
FUZZY_MIN_CHARS = {"zh": 4, "en": 8}
_JOINED_MIN = 6


def name_strength(clause: str, name: str, language: Language) -> float:
    """Return how surely a normalised clause asserts a name: 1, less for a slip, 0 where it is absent or denied."""
    known = _looked_for(name, language.code)
    absent = len(known.letters - _letters(clause))
    if language.code == "zh" and absent > known.most_absent:
        return 0.0  # most names in most clauses
    at = find_name(clause, name, language) if language.code == "zh" or _may_stand(clause, known) else None
    if at is not None:
        return 0.0 if is_denied(clause, at, language) and not starts_denied(name, language) else 1.0
    if len(name) < FUZZY_MIN_CHARS[language.code] or len(clause) < len(name) or absent > known.most_absent:
        return 0.0
    alignment = fuzz.partial_ratio_alignment(name, clause, score_cutoff=FUZZY)
    if alignment is None or is_denied(clause, alignment.dest_start, language):
        return 0.0
    return 0.8


class _Name(NamedTuple):
    """A name made ready."""

    letters: frozenset[str]
    most_absent: int
    """Of its different letters, how many a clause may lack that holds it, with a slip or without."""
    first: str
    """en: the stem of its first word."""
    joined: str
    """en: without its spaces; empty where that is too short to be told."""


@lru_cache(maxsize=1024)
def _looked_for(name: str, code: str) -> _Name:
    stems, joined = _stems(name) if code == "en" else (), _unspaced(name)
    # A ratio of r means 2 x matched >= r x (letters of the name + letters matched), so r / (2 - r) of the name stand.
    lacking = int(len(name) * (1 - FUZZY / (200 - FUZZY)) + 1e-9) if len(name) >= FUZZY_MIN_CHARS[code] else 0
    return _Name(frozenset(name), lacking, stems[0] if stems else "", joined if len(joined) >= _JOINED_MIN else "")


def _may_stand(clause: str, name: _Name) -> bool:
    """Return whether an English clause may hold a name: its first word, or all of it in other pieces."""
    return name.first in _stems(clause) or (bool(name.joined) and name.joined in _unspaced(clause))


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
    if not _letters(name) <= _letters(clause):
        return None
    found = _spread(name).search(clause)
    return found.start() if found else None


_letters = lru_cache(maxsize=1024)(frozenset[str])


@lru_cache(maxsize=1024)
def _spread(name: str) -> re.Pattern[str]:
    return re.compile("[也很都就又还挺蛮真更的了得是超能会给可以]{0,2}".join(map(re.escape, name)))


def _is_emphasised(clause: str, at: int, language: Language) -> bool:
    """Return whether a name of one character is said of the thing (很轻), not inside another word (年轻)."""
    return clause[:at].endswith(language.pack.intensifiers) or clause == clause[at : at + 1]
