"""What turns a claim down: a denial, a rule told, somebody else's words, a question, taking it back. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from coach.language.claims.rule import Guard, lexicon
from coach.language.claims.wording import expanded

_BEFORE = {"zh": 22, "en": 90}
_AFTER = {"zh": 24, "en": 90}
"""Characters of flat text looked at on either side."""

_BUT = {"zh": re.compile(r"但是?|不过|可是"), "en": re.compile(r"(?<= )but(?= )")}
"""Words after which what was not to be said is said."""
_NO = re.compile(r"(?: no| nope| nah)+ $")
_ANSWERED = re.compile(r" ?(?:its?|i|im|ive|you|youre|we|they|theyre|this|that|thats|there|theres|these|those)\b")
"""Words after an English "no" that is an answer by itself ("no it never gets hot") and turns nothing round."""


class Guards:
    """The guards of one language, compiled once.

    Args:
        code: `zh` or `en`.
    """

    def __init__(self, code: str) -> None:
        words = lexicon(code)
        lists = {name: "|".join(listed) for name, listed in words.lists.items()}
        self._code = code
        self._harmless = _any(sorted(words.harmless, key=len, reverse=True), code, lists)
        self._restarts = _any(words.restarts, code, lists)
        self._denied_before = _any(words.denied_before, code, lists, end="$")
        self._isnt_before = _any(words.isnt_before, code, lists, end="$")
        self._told_before = _any(words.told_before, code, lists, end="$")
        self._told_after = _any(words.told_after, code, lists, begin="^")
        self._debunked = _any(words.debunked_after, code, lists, begin="^")
        self._quoted_before = _any(words.quoted_before, code, lists, end="$")
        self._asked_before = _any(words.asked_before, code, lists, end="$")
        self._asked_after = _any(words.asked_after, code, lists, begin="^")
        self._withdrawn = _any(words.withdrawn, code, lists)

    def turned_down(self, flat: str, start: int, end: int, kinds: Iterable[Guard]) -> Guard | None:
        """Return what turns down the words between two places of a flat text; None if they stand."""
        before = self._harmless.sub(_blank, flat[max(0, start - _BEFORE[self._code]) : start])
        after = flat[end : end + _AFTER[self._code]]
        if self._code == "en" and _ANSWERED.match(flat, start):
            before = _NO.sub(" ", before)
        for kind in kinds:
            if self._applies(kind, before, after):
                return kind
        return None

    def _applies(self, kind: Guard, before: str, after: str) -> bool:
        sentence = _sentence(before)
        if kind == "denied":
            return bool(self._denied_before.search(self._clause(sentence)))
        if kind == "isnt":
            return bool(self._isnt_before.search(self._clause(sentence)))
        if kind == "told":
            sentence = _BUT[self._code].split(sentence)[-1]
            return bool(self._told_before.search(sentence) or self._told_after.search(after))
        if kind == "debunked":
            return bool(self._debunked.search(after))
        if kind == "quoted":
            return bool(self._quoted_before.search(sentence) or self._withdrawn.search(after))
        return bool(self._asked_before.search(sentence) or self._asked_after.search(after))

    def _clause(self, sentence: str) -> str:
        """Return the last clause, from where it starts anew."""
        clause = re.split(r"[，,]", sentence)[-1]
        restarted = list(self._restarts.finditer(clause))
        return clause[restarted[-1].end() :] if restarted else clause


@cache
def guards(code: str) -> Guards:
    """Return the guards for `zh` or `en`."""
    return Guards(code)


def _blank(found: re.Match[str]) -> str:
    return "□" * len(found.group())


def _sentence(before: str) -> str:
    return re.split(r"[。？?]|(?<= )\.(?= )", before)[-1]


def _any(patterns: Iterable[str], code: str, lists: dict[str, str], begin: str = "", end: str = "") -> re.Pattern[str]:
    bodies = [expanded(pattern, code, lists) for pattern in patterns]
    if not bodies:
        return re.compile(r"(?!)")
    body = "|".join(bodies)
    if code == "en" and not begin and not end:
        return re.compile(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])")
    if code == "en" and end:
        return re.compile(rf"(?<![a-z0-9])(?:{body}) ?{end}")
    if code == "en":
        return re.compile(rf"{begin} ?(?:{body})(?![a-z0-9])")
    return re.compile(rf"{begin}(?:{body}){end}")
