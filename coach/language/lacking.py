"""Things that are said not to be had: 黑色没有, "black is sold out"; no claim that the product comes in them.

A denial after a name mostly denies what follows it (黑色没有色差, "black doesn't fade"): only one with which the clause
ends, or at least the statement, says that the thing itself is missing.
"""

from __future__ import annotations

import re

from coach.language.scope import Place

_REACH = {"zh": 30, "en": 70}
"""Characters after a name within which it is said to be missing."""
BACK_AFTER = {"zh": 5, "en": 24}
"""Characters after a name within which it is said to be back (紫色现在有)."""
_BACK = {
    "zh": re.compile(r"但是?|不过|可是|又[补上到来]|补[了货]|到货|(?:现在|今天|明天|马上|这就|都)就?[有到]|回来了"),
    "en": re.compile(r"\b(?:but|though|however|back|restocked|again|today we|now we|now have|arrived?|in now)\b"),
}
_HEAD_ZH = r"(?:色|款|味|口味|码|颜色|系|的|那款|这款|那个|这个)*"
"""What a name is said of: the class of the thing."""
_END_ZH = r"(?:[了的哈啊呀呢哦哟喔噢诶啦嘛呗]|(?:这|那)[款个种](?:颜?色)?)*\s*(?=[，,。！!；;、…\n]|$)"
_MEANWHILE_ZH = (
    r"(?:就|也|都|全|早就?|已经|暂时|目前|现在|今天|今年|真的?|确实|是|我们家?|咱们?家?|我家|这边|店里|这款)*"
)
_LACK_ZH = re.compile(
    rf"{_HEAD_ZH}(?:[、和跟与及][^，。,、]{{1,5}}?)*{_MEANWHILE_ZH}"
    r"(?:没有?(?:现?货|库存|做|出|上架?|到货|进货?|生产|备货?)?过?|不(?:做|卖|出|生产)|[卖抢拍售][完光空]|售罄"
    rf"|[断缺无]货|断码|下架|停产){_END_ZH}"
)
_NONE_ZH = re.compile(r"(?<![有不])(?:没有?|没[做出]|不[做卖出])(?:过|什么)?$")
_ITEM_ZH = re.compile(rf"{_HEAD_ZH}{_END_ZH}")
_GOT_EN = r"(?:have|carry|make|do|stock|sell|offer|got|get)"
_CLASS_EN = r"(?:[ -](?:colou?rs?|colou?rways?|ones?|shades?|versions?|flavou?rs?|sizes?))?"
_MEANWHILE_EN = r"(?: (?:all|both|just|already|currently|now|sadly|unfortunately|really))*"
_GONE_EN = (
    r" (?:sold out|out of stock|gone|unavailable|discontinued"
    r"|(?:not|no longer) (?:available|in stock|offered|made|an option|here|something we \w+))"
)
_LACK_EN = re.compile(
    rf"{_CLASS_EN}(?:(?:(?:, [\w-]+)*,? (?:and|or) [\w-]+{_CLASS_EN})?(?: are|'re){_MEANWHILE_EN}{_GONE_EN}"
    rf"|(?:'s| is| was|,)?{_MEANWHILE_EN}{_GONE_EN}"
    r"|,? (?:isn't|aren't|wasn't) (?:available|in stock|offered|made|an option|here|something we \w+)"
    r"|(?:,| is something)? (?:we|i|they)(?: just| really| sadly)?"
    rf" (?:(?:don't|do not|didn't|did not|haven't|never) (?:actually |really )?(?:{_GOT_EN}|made|had|carried|sold)"
    r"|ran out of|are out of|'re out of|sold out of)"
    r"|,? (?:doesn't|does not) exist)"
    r"(?: (?:it|that|that one|them|those|any|in that|right now|yet|anymore|today|tonight|sorry|here|either))*"
    r"\s*(?=[,.!;\n-]|(?:but|so|and|because)\b|$)"
)
_NONE_EN = re.compile(
    rf"\b(?:no|(?:don't|do not|didn't|did not|doesn't|won't) {_GOT_EN}(?: (?:it|this|them))?(?: in)?(?: an?| any)?"
    r"|(?:doesn't|does not|don't) come in(?: an?)?|(?:out|ran out|sold out) of(?: the)?) $"
)
_ITEM_EN = re.compile(r"(?:[ -](?:colou?r|one|ones|shade|version))?\s*(?=[,.!;\n]|but\b|$)")


def is_lacking(at: Place, code: str) -> bool:
    """Return whether the thing named is said not to be had: after its name, or right before it.

    Args:
        at: The name, in a lower-case text.
        code: `zh` or `en`.
    """
    after = at.text[at.end : min(at.sentence[1], at.end + _REACH[code])]
    before = at.text[max(at.clause[0], at.start - _REACH[code]) : at.start]
    if code == "zh":
        return bool(_LACK_ZH.match(after)) or bool(_NONE_ZH.search(before) and _ITEM_ZH.match(after))
    return bool(_LACK_EN.match(after)) or bool(_NONE_EN.search(before) and _ITEM_EN.match(after))


def turns_back(text: str, code: str) -> bool:
    """Return whether words after a thing was said to be missing say that it is there after all."""
    return bool(_BACK[code].search(text))
