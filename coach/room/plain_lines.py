"""Viewers' lines that ask for nothing: a hello, a thank-you, an order that is made."""

from __future__ import annotations

import re
import unicodedata

_SIGN = re.compile(r"[扣打刷]\s*(\d)\1*|1+|6{3,}|23{2,}")
"""A number typed as a show of hands, or in cheer; others may be a bid or a size."""
_SIGNS = re.compile(rf"(?:(?:{_SIGN.pattern})[\s~!.。]*)+")
_PLAIN = {
    "zh": re.compile(
        r"(?:(?:来了|到了)+|报到|签到|打卡|路过|(?:主播|大家|家人们)?(?:晚上|早上|下午|中午)?好|"
        r"(?:谢谢|感谢|多谢)(?:主播|老板|姐|哥|宝|大家|家人们?|推荐|讲解|分享|你|您)*|收到(?:了|啦)?|好[的嘞哒呀]|"
        r"(?:我|已经?)?(?:拍|买|付|下单|付款|付完款|拍下|抢到|入手)(?:好|完)?(?:了|啦|咯)|"
        rf"{_SIGN.pattern})(?:[，,！!。~～ ]|哈+|啦|呀|$)"
    ),
    "en": re.compile(
        r"(?:hi|hello|hey|good (?:morning|evening)|(?:i'?m )?here|thank you|thanks?|ty|got it|ok(?:ay)?|"
        r"(?:just |i |i just )?(?:ordered|bought|paid|checked out|grabbed (?:one|two|it))|done|1+|6{3,})\b"
    ),
}
_MORE = {
    "zh": re.compile(
        r"[\sA-Za-z0-9.，,！!。~～哈啦呀的]*(?:(?:[米浅深雾]?[白黑灰红蓝绿粉咖杏紫黄]色?|[\d一二两三]+[号码件条双套单])\s*[A-Za-z0-9]*)?"
    ),
    "en": re.compile(
        r"[\s.,!~]*(?:(?:one|two|three|\d+|it|mine|them|everyone|everybody|all|guys|so much|a lot|"
        r"(?:the |in )?(?:black|white|red|blue|green|grey|gray|pink|small|medium|large|size \w+))[\s.,!~]*){0,2}"
    ),
}
"""What may follow ("拍了 米白 M", "ordered two"); anything more may be a remark of its own (收到 假货)."""
_MINDS = frozenset({"angry_returner", "trust_skeptic", "troll", "impatient", "bait"})
"""Types whose every line wants to be met."""
_ASKS = re.compile(
    r"[?？]|吗|呢|么|多少|怎么|几|能不能|可以|什么|\b(?:how|what|when|can|could|does|is|why|where|who|which)\b"
)


def is_sign(text: str) -> bool:
    """Return whether a viewer's line is a number typed as a show of hands (`1`, `扣1`, `666`): nobody answers it."""
    return _SIGNS.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def asks_nothing(text: str, code: str, viewer_type: str = "") -> bool:
    """Return whether a viewer's line waits for no answer.

    Args:
        text: As typed or heard.
        code: `zh` or `en`.
        viewer_type: Who says it; whoever is angry or doubts is never passed over.
    """
    said = unicodedata.normalize("NFKC", text).strip().lower()
    at, found = 0, _PLAIN[code].match(said)
    while found and found.end() > at:  # as many in a row as there are ("来了来了 1")
        at = found.end()
        found = _PLAIN[code].match(said, at)
    plain = at > 0 and bool(_MORE[code].fullmatch(said, at)) and not _ASKS.search(said)
    return plain and viewer_type not in _MINDS
