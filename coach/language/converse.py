"""Denials that contradict no sheet: of extremes, and the other side of a condition (未拆封可退: 拆封了就不能退)."""

from __future__ import annotations

import re

_BUT_NOT = {
    "zh": re.compile(r"(?:未经?|没有?|不)(?P<what>[\u4e00-\u9fff]{1,2})"),
    "en": re.compile(r"\bun(?P<what>[a-z]{4,})"),
}
"""A condition that something was not done."""
_DENIED = {
    "zh": re.compile(r"不|没|别|无法"),
    "en": re.compile(r"\b(?:no|not|never|nope|cannot|\w+n't|nothing)\b"),
}


def is_converse(words: str, line: str, code: str) -> bool:
    """Return whether words deny what a line of the sheet grants under a condition, where the condition is not met.

    Args:
        words: What is said.
        line: The line, with a condition that something was not done (未拆封, "unopened").
        code: Language, `zh` or `en`.
    """
    said, told = words.lower(), line.lower()
    for hit in _BUT_NOT[code].finditer(told):
        done = _done(hit["what"], code).search(said)
        if done and not _DENIED[code].search(told[: hit.start()] + told[hit.end() :]):
            return bool(_DENIED[code].search(said[: done.start()] + said[done.end() :]))
    return False


def _done(what: str, code: str) -> re.Pattern[str]:
    """Return what finds that it was done after all: 拆 of 拆封, "opened"."""
    if code == "zh":
        first, rest = re.escape(what[0]), re.escape(what[1:])
        return re.compile(rf"(?<![未没不]){first}(?:{rest})?[了过完]|{first}{rest}[的就]")
    return re.compile(rf"\b{re.escape(what)}\b")


_NOT_WHOLLY = {
    "zh": re.compile(r"不是(?:完全|说|全部?|百分|什么都)"),
    "en": re.compile(r"\b(?:not|isn't|aren't|doesn't|won't) (?:completely|totally|entirely|exactly|fully|100)\b"),
}


def is_not_wholly(words: str, code: str) -> bool:
    """Return whether words deny no more than that something is so through and through (不是完全没声音)."""
    return bool(_NOT_WHOLLY[code].search(words.lower()))
