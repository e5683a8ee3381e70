"""What an answer makes of words that are not its own: somebody is mistaken, or speaks for their own goods. Pure."""

from __future__ import annotations

import re

_WRONG = {
    "zh": re.compile(
        r"(?:网上|网站|页面|他|她|他们|那家|别家|别人|人家|那个?主播|那边|那条|标签)[^，。！？不没]{0,6}"
        r"(?:写错|说错|弄错|搞错|标错|讲错|乱写|瞎写|瞎说|不对|不准)"
    ),
    "en": re.compile(
        r"\b(?:that|the|this|their|his|her|whatever) (?:\w+ )?"
        r"(?:site|website|page|listing|ad|seller|store|label|video|host|review|article|post)"
        r"(?:'s| is| was|'s got it| has it| got it| got that) (?:just |plain |simply |flat )?"
        r"(?:wrong|mistaken|not true|not right|incorrect)\b"
        r"|\b(?:he|she|they)(?:'s|'re| is| are| was| were| got it| got that) (?:just |plain |simply )?"
        r"(?:wrong|mistaken)\b"
    ),
}
"""Who said it is said to be wrong."""
_THEIRS = {
    "zh": re.compile(
        r"(?:别家|别人|他们?|她|人家|那家)[^，。！？]{0,8}(?:[他她]的|他们的|管不着|不评价|怎么说)"
        r"|我只(?:能)?(?:说|讲|管)(?:自己|我)"
    ),
    "en": re.compile(
        r"\bonly speak for (?:mine|ours|my|this)|\bcan't speak for (?:his|hers|theirs|him|her|them|other|that)"
        r"|\b(?:may|might|could) (?:well )?be (?:right|true) (?:about|for|of) (?:his|hers?|theirs?|that)\b"
    ),
}
"""What others say of their goods is left to them."""
_BUT = {"zh": re.compile(r"但|不过|也(?:能|会|可以|是)|确实|真的|[，,。]能"), "en": re.compile(r"\bbut\b")}
"""What comes after it may be the claim itself."""


def calls_wrong(text: str, code: str) -> bool:
    """Return whether whoever said a claim is said to be mistaken, and that is all."""
    return _says_only(_WRONG[code], text, code)


def leaves_to_others(text: str, code: str) -> bool:
    """Return whether what others say of their own goods is left to them."""
    return _says_only(_THEIRS[code], text, code)


def _says_only(pattern: re.Pattern[str], text: str, code: str) -> bool:
    plain = text.lower().replace("’", "'")
    return bool(pattern.search(plain)) and not _BUT[code].search(plain)
