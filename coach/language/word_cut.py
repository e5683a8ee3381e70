"""Where a clause that has no mark yet may be cut between two words, so that its beginning can be spoken. Pure."""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(rf"\s+|[{_HAN}]|[^\s{_HAN}]+")
_HAN_PER_WORD = 2
"""Characters of Chinese that last about as long as one English word."""

_LEANING = """
a an the of to in on at for from by with without and or but than as if that this these those my your his her its our
their no not very too so is are was were be been am i'm it's i you we they he she it link item number size mr mrs ms dr
st vs about around only just under over like per do does did can could will would should don't
"""
"""English words that belong to the next one."""
_OPENING = "and but or because if when while so then for with that which who before after unless although on at in from"
"""English words before which speakers take breath."""
_FOLLOWS = frozenset({"one", "ones", "off", "up", "out", "too", "though", "please"})
"""English words that belong to the one before."""
_COUNTING = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half
"""
_STARTING = """
我们 你们 他们 她们 咱们 主播 老板 家人们 这个 那个 这件 那件 这款 那款 但是 可是 不过 所以 因为 如果 要是 还是 还有
而且 然后 就是 能不能 可不可以 要不要 会不会 是不是 有没有 怎么 为什么 什么时候 一共 至少 直接 反正 其实 到底
"""
"""Chinese words that begin a phrase."""
_LEANS_ON, _OPENS, _STARTS = frozenset(_LEANING.split()), frozenset(_OPENING.split()), tuple(_STARTING.split())
_COUNTS = frozenset(_COUNTING.split())
_ENDS = frozenset("吗呢吧啊呀啦嘛了的着")
"""Particles after which a Chinese phrase ends, unless they begin a word themselves."""
_NEVER_FIRST = frozenset("吗呢吧啊呀啦嘛了的地得着过么们个")
_NO_END = ("的确", "的话", "的士", "了解", "了不起", "着急", "着凉", "着想", "着火", "着装")
_PRONOUNS = frozenset("我你您他她")
_BEFORE_PRONOUN = frozenset("自给跟和对为把被让叫向比替帮问找请")


def word_cut(text: str, least: int, most: int) -> int | None:
    """Return where the first words of a text may end, or None while no place is safe.

    Figures stay with what they count (3号, 500 ml, link 3), and articles, prepositions and the like with their word.
    The word after the place must be complete, so in a growing text the answer may come a word later.

    Args:
        text: From the start of a clause, without a mark in it.
        least: Words before the cut; two Chinese characters count as one.
        most: Words from which the first safe place is taken even if a better one may follow.
    """
    tokens = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    count = 0.0
    fallback: int | None = None
    for index, (token, start) in enumerate(tokens):
        if count >= least and _is_known(tokens, index):
            kind = _kind(tokens, index)
            if kind == "good":
                return start
            if kind == "safe" and fallback is None:
                fallback = start
            if fallback is not None and count >= most:
                return fallback
        count += 0 if token.isspace() else 1 / _HAN_PER_WORD if _is_han(token) else 1
    return fallback if count >= most + 2 else None


def _is_known(tokens: list[tuple[str, int]], index: int) -> bool:
    """Return whether the word that begins here is complete."""
    return not tokens[index][0].isspace() and (
        index + 1 < len(tokens) and (not _is_han(tokens[index][0]) or index + 2 < len(tokens))
    )


def _kind(tokens: list[tuple[str, int]], index: int) -> str:
    """Say whether the place before a token is `good`, `safe` or neither."""
    spaced = tokens[index - 1][0].isspace()
    before, after = tokens[index - 2 if spaced else index - 1][0], tokens[index][0]
    if _has_figure(before) or _has_figure(after[:1]):
        return ""
    if _is_han(before) and _is_han(after):
        return _kind_zh(before, "".join(token for token, _ in tokens[index - 1 : index + 4]), spaced=spaced)
    if not spaced or _is_han(before) or _is_han(after):
        return "safe" if spaced else ""
    said = before.lower().strip("\"'(")
    if said in _LEANS_ON or after.lower() in _FOLLOWS:
        return ""
    if after.lower() in _OPENS:
        return "good"
    return "" if said in _COUNTS else "safe"


def _kind_zh(before: str, around: str, *, spaced: bool) -> str:
    """Judge a place inside Chinese.

    Args:
        before: The character before it.
        around: From the token before it on.
        spaced: Whether white space stands there.
    """
    if spaced:
        return "good"
    after = around[1:]
    if after[:1] in _NEVER_FIRST or before in _BEFORE_PRONOUN or before in _PRONOUNS:
        return ""
    if before in _ENDS and not around.startswith(_NO_END):
        return "good"
    if after.startswith(_STARTS):
        return "good"
    return "safe" if after[:1] in _PRONOUNS else ""


def _is_han(token: str) -> bool:
    return bool(re.match(f"[{_HAN}]", token))


def _has_figure(token: str) -> bool:
    return bool(re.search(r"[\d$€£¥￥%#一二三四五六七八九十百千万两第]", token))
