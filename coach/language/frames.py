"""When the name of a material, a place, a taste … is a claim about the product: by the words right beside it."""

from __future__ import annotations

import re
from functools import cache

from coach.language.fact_pack import Frame, load_fact_pack
from coach.language.scope import Place

_BESIDE = {"zh": 12, "en": 44}
"""Characters of the clause on either side that are looked at."""

_LONE = {
    "zh": re.compile(r"^[的啊呢嘛呀吧了哦嗯呃就是都\s]*$"),
    "en": re.compile(r"^(?:um|uh|so|yeah|like|well|the|it|oh|\s)*$"),
}
_GREETING = re.compile(r"\b(?:good|this|last|happy|every|the other|saturday|friday|sunday|monday|tuesday)\s\|$")
_IS_EN = re.compile(
    r"^\s*(?:um |uh |so |well |oh )*(?:it's|this is|that's|this one's|it is)(?: a| an| um| uh| like)* $"
)
_NO_ORIGIN_ZH = re.compile(r"在$")
_SHORT = 1
"""Names of one Chinese character stand inside other words too: both sides must fit."""
_STRICT_LEFT = re.compile(r"[是纯全实用加带含有的掺混和、，：:\d%]$|^$")
_STRICT_RIGHT = re.compile(r"^(?:的|制|做|质|材|柄|壳|锅|盖|底|混|，|、|$)")


def is_framed(at: Place, frame: Frame, code: str) -> bool:
    """Return whether the stretch is named as the product's own, in the way of its kind."""
    before, after = at.before(_BESIDE[code]), at.after(_BESIDE[code])
    if frame == "use":
        if _GREETING.search(f"{before}|"):
            return False
        return not (before.strip() or after.strip()) or bool(_frames(code)["use"][0].search(f"{before} | {after}"))
    if frame == "bare":
        return True
    if code == "zh" and frame not in ("colour", "taste") and at.end - at.start == _SHORT:
        return bool(_STRICT_LEFT.search(before) and _STRICT_RIGHT.match(after))
    if code == "zh" and frame == "origin" and _NO_ORIGIN_ZH.search(before):
        return bool(re.match(r"(?:制造|生产|做|产|种|养|采|设计)", after))
    if frame == "taste" and _IS_EN.match(before) and _LONE[code].match(after):
        return True
    if frame == "made" and _LONE[code].match(before) and _LONE[code].match(after):
        return True
    if frame == "origin" and _LONE[code].match(before) and _LONE[code].match(after) and at.sentence[1] == at.clause[1]:
        return True
    left, right = _frames(code)[frame]
    return bool(left.search(before) or right.match(after))


@cache
def _frames(code: str) -> dict[Frame, tuple[re.Pattern[str], re.Pattern[str]]]:
    frames = load_fact_pack(code).frames
    return {name: (re.compile(frame.before), re.compile(frame.after)) for name, frame in frames.items()}
