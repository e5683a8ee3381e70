"""Denials that contradict no sheet: of extremes, and the other side of a condition (未拆封可退: 拆封了就不能退)."""

from __future__ import annotations

import re

_BUT_NOT = {
    "zh": re.compile(r"(?:未经?|没有?)(?P<what>[\u4e00-\u9fff]{1,2})"),
    "en": re.compile(r"\bun(?P<what>[a-z]{4,})"),
}
"""A condition that something was not done."""
_DENIED = {
    "zh": re.compile(r"不(?!锈|粘|限|过|错|仅|光|但|止)|没|别|无法|未"),
    "en": re.compile(r"\b(?:no|not|never|nope|cannot|\w+n't|nothing)\b"),
}
_BOTH_DENIED = re.compile(r"(?:不|没)[^，。！？]{1,8}(?:就|的话|是)[^，。！？]{0,4}(?:不|没)")
"""A condition and what follows from it, both denied (不过敏就不能退): the sheet's own words, turned round."""
_NOT_WHOLLY = {
    "zh": re.compile(r"不是(?:完全|说|全部?|百分|什么都)"),
    "en": re.compile(r"\b(?:not|isn't|aren't|doesn't|won't) (?:completely|totally|entirely|exactly|fully|100)\b"),
}
_WORD = re.compile(r"[a-z]{4,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SMALL = re.compile(r"[不没别未无了的就也都能可以会要是给让很吗呢吧啊哈这那个们]")
_STEM, _NAMES = 5, 2


def contradicts_none(words: str, line: str, code: str) -> bool:
    """Return whether words deny what contradicts no line of the sheet, however much they sound like it.

    Args:
        words: What is said.
        line: The line.
        code: Language, `zh` or `en`.
    """
    said, told = words.lower(), line.lower()
    if _NOT_WHOLLY[code].search(said) or (code == "zh" and _BOTH_DENIED.search(said)):
        return True
    return _is_converse(said, told, code) or _denies_alike(said, told, code)


def is_bare(words: str, code: str) -> bool:
    """Return whether words name nothing (都能用, "it is"): what they are about only a question shows."""
    said = words.lower()
    if code == "zh":
        return len(_SMALL.sub("", "".join(_HAN.findall(said)))) < _NAMES
    return not _WORD.search(said)


def _is_converse(said: str, told: str, code: str) -> bool:
    """Return whether words deny what a line grants under a condition (未拆封, "unopened"), where it is not met."""
    for hit in _BUT_NOT[code].finditer(told):
        done = _done(hit["what"], code).search(said)
        if done and not _DENIED[code].search(told[: hit.start()] + told[hit.end() :]):
            return bool(_DENIED[code].search(said[: done.start()] + said[done.end() :]))
    return False


def _done(what: str, code: str) -> re.Pattern[str]:
    """Return what finds that it was done after all: 拆 of 拆封, "opened"."""
    if code == "zh":
        first, rest = re.escape(what[0]), re.escape(what[1:])
        return re.compile(rf"(?<![未没不])(?:{first}(?:{rest})?[了过完]|{first}{rest}[的就])")
    return re.compile(rf"\b{re.escape(what)}\b")


def _denies_alike(said: str, told: str, code: str) -> bool:
    """Return whether words and line both deny something, and speak of the same (拆封不退: 拆封了就不能退)."""
    if not (_DENIED[code].search(said) and _DENIED[code].search(told)):
        return False
    return bool(_content(said, code) & _content(told, code))


def _content(text: str, code: str) -> set[str]:
    """Return what a lower-case text speaks of: pairs of characters, or stems of words, without small words."""
    if code == "en":
        return {word[:_STEM] for word in _WORD.findall(text) if not word.endswith("n't")}
    runs = [run for part in _HAN.findall(text) for run in _SMALL.split(part)]
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
