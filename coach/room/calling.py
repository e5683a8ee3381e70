"""Whom an utterance is for, by the name it calls: set off as names are, since many are everyday words too.

A viewer called `just_say_yes` is no more called by "it's just steel" than 手机控 by 手机电脑都能连.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coach.room.sheet import call_names

_LEAD = {
    "zh": r"(?:(?:嗯|呃|啊|哦|哎|诶|好的?|来|那|对|行|谢谢|欢迎|回复?一?下?|给|@)[，,\s]*){0,2}",
    "en": r"(?:(?:hey|hi|hello|ok|okay|so|yes|yeah|yep|no|nope|well|oh|sorry|thanks|thank you|and|alright|right|now|to)"
    r"[,.!]? ){0,2}@?",
}
_AFTER = {
    "zh": r"(?=[，。,：:！!、？?\s]|$|你|您|哥|姐|妹|弟|老师|宝|问的|刚才|说的)",
    "en": r"(?= ?[,:!—–]|[.?]?$| you\b| your\b)",
}
_INSIDE = {
    "zh": (
        r"(?:刚才|刚刚|谢谢|感谢|欢迎|看到|看见|回答一?下?|回复一?下?|我们的?|给)",
        r"(?=刚|[也还]?[问想要](?!题)|下单|的(?:问题|支持|提醒|关注))",
    ),
    "en": (r"\b(?:thanks|thank you|saw|see|heard) ", r"(?= (?:for|ask\w*|want\w*|said|says)\b)"),
}
"""What stands around a name inside a sentence: 刚才心心问的, "thanks Kev for asking"."""
_LONG = {"zh": 4, "en": 6}
"""Characters from which a whole name is nobody's everyday word."""


def calls(name: str, text: str, code: str) -> bool:
    """Return whether an utterance calls a viewer: at its beginning, at the end of a sentence, or by a long name.

    Args:
        name: What the viewer is called in the room.
        text: What was said.
        code: `zh` or `en`.
    """
    return bool(name) and bool(_called(name, code).search(text))


def begins_with(names: Iterable[str], text: str, code: str) -> bool:
    """Return whether an utterance begins with one of these viewers' names."""
    return any(_opening(name, code).match(text.strip()) for name in names if name)


@lru_cache(maxsize=512)
def _opening(name: str, code: str) -> re.Pattern[str]:
    return re.compile(f"{_LEAD[code]}{_any_of(name)}{_AFTER[code]}", re.IGNORECASE)


@lru_cache(maxsize=512)
def _called(name: str, code: str) -> re.Pattern[str]:
    whole = name.replace("_", " ").replace("-", " ")
    ways = [
        rf"^\s*{_LEAD[code]}{_any_of(name)}{_AFTER[code]}",
        rf"[，,、]\s?{_any_of(name)}(?:[。.！!？?~～]?\s*$|[。！？]|[.!?](?=\s))",
        _any_of(name).join(_INSIDE[code]),
    ]
    if len(whole) >= _LONG[code] and (code == "zh" or " " in whole or any(char.isdigit() for char in whole)):
        ways.append(f"(?:{re.escape(whole)}|{re.escape(name)})")
    return re.compile("|".join(ways), re.IGNORECASE)


def _any_of(name: str) -> str:
    listed = sorted({name, *call_names(name), *_own_last(name)}, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, listed))})"


def _own_last(name: str) -> list[str]:
    """Return the last word of an English screen name: many put their own name there (tall_paul, cash_only_kev)."""
    words = [word.rstrip("0123456789") for word in re.split(r"[\s_-]+", name)] if name.isascii() else []
    spoken = [word for word in words if word.isalpha()]
    return spoken[-1:] if len(words) > 1 and spoken and len(spoken[-1]) >= 3 else []
