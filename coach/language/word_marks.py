"""Words around a name that limit it, take it back, or say whose it is."""

from __future__ import annotations

import re

from coach.language.scope import Place

NAMED_BY = {
    "taste": re.compile(r"口味|香|味|flavou?r|scent|taste|smell"),
    "colour": re.compile(r"颜色|配色|colou?r|shade"),
    "origin": re.compile(r"产地|原产|产自|产区|origin|made|from|source|beans|where|country"),
}
LIMITS = {
    "zh": re.compile(r"不易|不容易|不超过|以内|小于|低于|少于|较少|减少|轻微|基本|≤|\d%|能减|不怎么|尽量|可能"),
    "en": re.compile(
        r"\b(?:less|under|below|at most|up to|slower|slowly|reduced?s?|minimal|fast|easily|if|when|resistant|about"
        r"|can)\b|\d ?%"
    ),
}
"""Words with which a sheet limits a claim instead of making it outright."""
SOMETIMES = {
    "zh": re.compile(r"只要|就不|擦干|及时|正常|按"),
    "en": re.compile(r"\b(?:if|when|as long as|unless|dry it|right away|quickly)\b"),
}
"""Conditions under which even a denial agrees with a sheet that says when it happens."""
HEARD_ZH = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![故没好同本出办当军百的件做啥何万往心懂老干碍了啥大小房民])事(?![情儿故后前先实务业项物件迹宜理])"
)
WHOLE_LIST = {
    "zh": re.compile(
        r"^(?:配料|成分|原料)表?[：:]|配料表?(?:只有|就|[一两三四五六七八九十]样)|只有[^，。]{1,12}(?:两|三|四)样"
    ),
    "en": re.compile(
        r"^ingredients?\b|\b(?:only|single) ingredient\b|\bjust [a-z]+ and [a-z]+|nothing else in it"
        r"|\b(?:two|three|four|five) ingredients\b"
    ),
}
"""Lines that list all that is in it."""


def pieces(words: str, code: str) -> list[str]:
    """Return what of a stretch tells it again: pairs of characters, or its longer words."""
    if code == "zh":
        return [words[at : at + 2] for at in range(len(words) - 1)]
    return [word for word in words.split() if len(word) > 3]


NO_IT = {
    "zh": re.compile(r"(?:说错|讲错|不对|口误|搞错|记混|记错)"),
    "en": re.compile(
        r"\b(?:it's not|it isn't|they're not|nah|i was wrong|that's wrong|scratch|misspoke|doesn't|don't|no laptops)\b"
    ),
}
"""Wordings that take a claim back outright."""


def subject(at: Place) -> frozenset[str]:
    """Return the longer words before a name in its clause."""
    return frozenset(word for word in at.before(40).split() if len(word) > 3 and word not in EMPTY_EN)


EMPTY_EN = frozenset(
    ["itself", "this", "that", "they", "really", "totally", "fully", "with", "very", "also", "even", "it's"]
)
OWNS = {
    "zh": re.compile(r"没有?得?$"),
    "en": re.compile(r"\b(?:don't|doesn't|didn't|do not|never) (?:even )?(?:have|own|need|like|want|got|like)\b"),
}
"""Denials of having the thing, not of what the product can (家里没有微波炉)."""
SURELY = {
    "zh": re.compile(r"完全|没问题|没文题|照样|够暖|足够|随便|肯定"),
    "en": re.compile(r"\b(?:totally|no problem|completely|perfectly|absolutely|plenty)\b"),
}
"""Words with which "too" is no addition but a claim (冬天盖也完全没问题)."""
TIGHT = re.compile(r"[会有含加放要得能掉可不没]$")
