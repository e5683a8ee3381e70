"""Animals, whose young are no minors: what a kitten may eat is no matter of protecting children."""

from __future__ import annotations

import re
from functools import cache

from coach.language.claims.rule import lexicon

_CALLED = {"zh": r"(?:{pet}|毛)(?:宝宝|娃娃?|孩子)", "en": r"\b(?:fur|{pet}) (?:baby|babies|kids?)\b"}
"""Animals called what children are."""
_NAMED = {"zh": "{pet}", "en": r"\b(?:{pet})\b"}
_CHILD = {
    "zh": re.compile(r"宝宝|婴|新生儿|孩|娃|小朋友|儿童|学生|未成年"),
    "en": re.compile(
        r"\b(?:bab(?:y|ies)|newborns?(?! (?:kitten|pup))|infants?|toddlers?|kids?|child(?:ren)?|teens?|teenagers?)\b"
    ),
}


def is_of_pets(words: str, code: str) -> bool:
    """Return whether flat words name an animal and no child."""
    called, named = _patterns(code)
    rest = called.sub(" ", words)
    return (rest != words or bool(named.search(words))) and not _CHILD[code].search(rest)


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    pet = f"(?:{'|'.join(lexicon(code).lists['pet'])})"
    return re.compile(_CALLED[code].format(pet=pet)), re.compile(_NAMED[code].format(pet=pet))
