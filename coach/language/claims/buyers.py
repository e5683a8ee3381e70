"""A call to those who have bought, which the learned opinion takes for one to make up numbers. Pure."""

from __future__ import annotations

import re

_BOUGHT = {
    "zh": re.compile(
        r"(?:已经|已|刚|刚刚|都)?(?:下了单|下过单|下单|付了款|付过款|付款|付完款|拍|买)(?:好|到|过|完|了|下)*的?"
        r"(?:的|(?=姐妹|朋友|宝|家人|亲|人|同学))(?:姐妹|朋友|宝宝|宝子|宝贝|家人|亲|人|同学|们)*"
    ),
    "en": re.compile(
        r"\b(?:if (?:you|you've|y'all)|(?:anyone|everyone|anybody|those|folks|people)(?: of you)? who(?:'ve|'s)?)"
        r" (?:have |has )?(?:already |just )?(?:ordered|bought|checked out|paid|purchased)\b"
        r"|\balready (?:ordered|bought|checked out|paid)\b",
        re.IGNORECASE,
    ),
}
_ANYBODY = {
    "zh": re.compile(
        r"(?:没|未|还没|不管|不论|没有)(?:有)?(?:买|拍|下单|付|下)|所有人|大家|全体|刷|带节奏|气氛|热闹|以为|显得|看起来"
    ),
    "en": re.compile(
        r"\b(?:(?:did|have|has|do|does)n['’]t|not|never|even if|whether|or not|all of you|everybody|spam|flood|hype"
        r"|so (?:it|more|that)|think|looks?)\b",
        re.IGNORECASE,
    ),
}
"""Who says so asks others too, or wants it to look like more."""


def asks_buyers(text: str, code: str) -> bool:
    """Return whether an utterance asks those who have bought for a word, and nobody else (已经拍的打个1, 我登记)."""
    return bool(_BOUGHT[code].search(text)) and not _ANYBODY[code].search(text)
