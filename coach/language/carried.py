"""Figures of what a thing carries, or does not hold: neither is a figure of the thing itself.

Who hung ten pounds on a bag has said nothing of what the bag weighs, and who says that a larger laptop does not fit
says no more than the sheet that names the largest.
"""

from __future__ import annotations

import re

from coach.language.scope import Place

_LOAD = {
    "zh": re.compile(r"(?:挂|吊|承重|承|扛|驮|载|撑|负重)(?:了|着|过|住|上|得起|得住|不起|不住|个|[^，。\d]){0,6}$"),
    "en": re.compile(
        r"\b(?:hang|hangs|hung|load|loads|loaded|lift|lifts|lifted|stack|stacks|stacked|support|supports|supported"
        r"|haul|hauls|hauled|tow|tows|towed|carry|carries|carried|bear|bears|strapped|packed|stuffed|threw|put)"
        r"(?: (?:it |this |that |them )?(?:with|up to|about|around|over|like|almost|nearly|another|the|an?|my|full))*"
        r" ?$"
    ),
}
"""What puts weight on a thing, right before how much."""
_LOADED = {
    "zh": re.compile(r"挂|吊|承|扛|驮|载|负重|坐|站"),
    "en": re.compile(r"\b(?:hang|hold|holds|load|lift|stack|support|supports|haul|tow|carry|carries|bear|capacity)\b"),
}
_HOLDS_NOT = {
    "zh": re.compile(
        r"(?:(?:装|放|塞|容|盛|承|坐|挂|扛|载|收)(?:不(?:下|了|进|住|起|得)|下不)|(?:不能|没法|不可以|别)(?:再)?(?:装|放|塞|盛|承|坐|挂|载))"
        r"[^，。\d]{0,4}$"
    ),
    "en": re.compile(
        r"\b(?:can't|cannot|can not|won't|will not|doesn't|does not|don't|isn't going to|not going to|couldn't|never)"
        r" (?:really |quite |even )?(?:fit|hold|carry|take|support|bear|handle|accommodate|lift|squeeze in|house)"
        r"(?: (?:an?|the|your|my|any|over|more than|about|that|those))* ?$"
    ),
}
"""What denies of a thing that it holds what follows; no preposition may stand between (won't fade for ten years)."""
_FITS_NOT = {
    "zh": re.compile(r"^[^，。\d]{0,8}?(?:装|放|塞|容|盛|挂|收)(?:不(?:下|了|进|住|起|进去))"),
    "en": re.compile(
        r"^[\s-]?(?:\w+[\s-]){0,3}?(?:can't|cannot|won't|will not|doesn't|does not|don't|isn't going to)"
        r" (?:really |quite |even )?(?:fit|go in|slide in|squeeze in)\b"
    ),
}


def is_load(at: Place, code: str) -> bool:
    """Return whether a figure is how much was put on a thing, or is to be (挂了二十斤, "hung ten pounds")."""
    return bool(_LOAD[code].search(at.before(40 if code == "en" else 14)))


def tells_load(line: str, code: str) -> bool:
    """Return whether a line of a sheet may say how much a thing carries."""
    return bool(_LOADED[code].search(line.lower()))


def is_not_held(at: Place, code: str) -> bool:
    """Return whether a figure is of what a thing does not hold ("can't fit a 17 inch laptop", 装不下十七寸的)."""
    return bool(_HOLDS_NOT[code].search(at.before(60)) or _FITS_NOT[code].match(at.after(48)))
