"""Which part of a product a material is said of, and whether a sheet denies it of one place only.

"No plastic touching the water" leaves the handle; "the handle is plastic" says nothing against it.
"""

from __future__ import annotations

import re

from coach.language.scope import Place

_SUBJECT = {
    "zh": re.compile(
        r"(?:^|[，,、。\s]|这个|那个|它的|的)(?P<part>[\u4e00-\u9fff]{1,3})(?:部分|那块|这块)?(?:确实|本来|当然|就|才|也|都)?(?:是|用的是?|做成)$"
    ),
    "en": re.compile(
        r"\b(?:the|its|their|our|only the|just the) (?:\w+ )?(?P<part>[a-z]+)"
        r"(?:'s| is| are)(?: (?:just|only|indeed|actually|also|made|of|from|a|an|some))* $"
    ),
}
_ATTRIBUTE = {
    "zh": re.compile(r"^的?(?P<part>[\u4e00-\u9fff]{2,3}?)(?=[，,。！!；、]|$)"),
    "en": re.compile(r"^ (?P<part>[a-z]+)\b"),
}
_WHOLE = {
    "zh": re.compile(r"[它这那咱我你全整]|本身|主体|机身|东西|产品|里面|内里|外面|材质|材料|料"),
    "en": re.compile(
        r"^(?:it|this|that|thing|one|body|whole|product|item|inside|interior|outside|material|rest|and|in|on|or)$"
    ),
}
"""What is no part of a product but all of it, its inside, or no thing."""
_PLACED = {
    "zh": re.compile(r"(?:接触|碰到?|挨着|贴着|内|里|底|面|处|部分|部位|地方)[^，。,]{0,6}?(?:没有?|无|不含|不用|零)$"),
    "en": re.compile(
        r"^ (?:\w+ing|in|on|at|under|near|around|inside|that touches|touches|against) (?:the|your|its|any)\b"
    ),
}
"""Words of a sheet that deny a thing of one place: 接触水的地方没有…, "no … touching the water"."""


def part_of(at: Place, code: str) -> str:
    """Return the part of the product that is said to be of the thing named ("the lid is …"); empty if none is named."""
    for hit in (_SUBJECT[code].search(at.before(30)), _ATTRIBUTE[code].match(at.after(16)) if code == "en" else None):
        if hit and not _WHOLE[code].search(hit["part"]):
            return hit["part"]
    return ""


def is_placed(at: Place, code: str) -> bool:
    """Return whether a sheet denies a thing, named there, of one place of the product only."""
    return bool(_PLACED[code].search(at.before(20)) if code == "zh" else _PLACED[code].match(at.after(30)))
