"""Words that somebody names without saying them of the product: echoed and turned down, asked, somebody else's.

What is to be turned down mostly comes first in talk ("never leaks? nothing never leaks", 祛斑的我们不卖): a denial
before it, which `scope` and the guards of claims look for, is the rarer shape. A name at the head of its sentence with
a refusal behind it, an echo with a question mark, a wording in quotation marks or typed by a viewer: none is a claim.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml

_FOLDER = Path(__file__).parent / "packs"
_STOP = re.compile(r"[。！!？?；;\n]|(?<!\d)\.(?!\d)")
_BREAK = re.compile(r"[，,。！!？?；;\n:：]|(?<!\d)\.(?!\d)")
_QUOTES = re.compile(r"“[^”]{1,80}”|「[^」]{1,80}」|『[^』]{1,80}』|\"[^\"]{1,80}\"")
_HEAD = {"zh": 5, "en": 18}
"""Characters before a name that still leave it the head of its clause ("it's", 什么, 说)."""
_REACH = {"zh": 20, "en": 60}
"""Characters after a name within which it is turned down."""
_SUBJECT = {"zh": 18, "en": 50}
"""Characters before a figure within which what it is told of is named."""
_WANTED_ZH = re.compile(r"(?:想要|要|想买|想找|要找|图|冲着|奔着|为了)$")
_GO_ZH = re.compile(r"^的(?:话)?(?:就|可以|请|朋友|姐妹)?(?:别|不要|去|绕|另|看看?别|出门|先走|找)")
_NO_SUCH_ZH = re.compile(r"(?:没有?|不存在)(?:什么|那种|这种|所谓)?[^，。]{0,3}$")
_RULE_ZH = re.compile(r"[^，。]{0,6}(?:回事|规矩|说法|道理|的事|一说|的话)")
"""没有…那回事, 没有什么…的规矩."""
_COMPARED_ZH = re.compile(r"^(?:一般|通常|普遍|肯定|当然|会)?(?:会|都)?(?:更|要?贵|便宜|光更|比较贵|另外|是另一|价格)")
_DENIALS = ("no", "not", "不", "没")
_DOUBLED_ZH = ("不", "没")
_WOULD_COST_EN = re.compile(
    r" (?:(?:in |of |at )?(?:this|that|the same) (?:size|weight|thickness|quality) )?"
    r"would(?:'?ve| have)? (?:be|been|cost|run)(?: you)?"
    r"(?: (?:like|about|around|over|easily|at least|probably|closer to|up to))* "
    r"(?:(?:a|an|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)(?: \w+){0,2}"
    r" (?:bucks|dollars|hundred|thousand|grand)|\$ ?\d|\d|double|triple|twice|hundreds|thousands|a fortune)"
)
"""What follows the name of a dearer thing that this one is not (solid gold this size would be six hundred bucks)."""
_NONE_IS_EN = re.compile(r"\b(?:no|nothing|none)(?: \w+){0,3} (?:is|are|was|stays?|lasts?)(?: \w+)? ?$")
"""That nothing of the kind is so ("no tent is bear proof")."""
_NEED_NOT_EN = re.compile(r"\b(?:don'?t|do not|never|nobody) (?:have to|has to|needs? to|gotta) ?$")
_SAYS_EN = re.compile(r"\b(?:says|said)\b")
_ECHO = {"zh": 4, "en": 12}
"""Characters between a name and its question mark where it is echoed."""
_I_ZH, _BODY_ZH = re.compile(r"我(?:自己|本人|才|就|也)?$"), re.compile(r"[多来]?(?:米|斤|公分|厘米|岁)")
"""A body's own height, weight, age (我一百三十斤)."""


class _Pack(BaseModel):
    """Alternatives of one language, each a regular expression."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    source: str
    effective: date
    leads: tuple[str, ...]
    """How questions begin that only lead up to a claim ("want to lose ten pounds?")."""
    tags: tuple[str, ...]
    affirms: tuple[str, ...]
    """How the answer to an echoed question begins where it affirms it, or turns it down."""
    denies: tuple[str, ...]
    rejects: tuple[str, ...]
    """What turns down a name right before it."""
    owned: tuple[str, ...]
    """Something else that the speaker had."""
    another: tuple[str, ...]
    """Something else, or somebody, that figures may be told of."""
    this: tuple[str, ...]
    ones: tuple[str, ...]
    """What after a figure makes it the name of another thing (六十五瓦的更快, "sixty five watt ones")."""
    but: tuple[str, ...]
    typed: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    """A report in speech, which may be a customer's praise: it needs to be turned down too."""


class _Asides:
    """Patterns of one language."""

    def __init__(self, code: str) -> None:
        raw = read_yaml((_FOLDER / f"aside_{code}.yaml").read_text(encoding="utf-8"))
        pack = _Pack.model_validate(raw)

        def any_of(items: tuple[str, ...]) -> re.Pattern[str]:
            return re.compile("|".join(items) or r"(?!)")

        self.leads, self.tags = any_of(pack.leads), any_of(pack.tags)
        self.yes, self.no = any_of(pack.affirms), any_of(pack.denies)
        self.rejects, self.but = any_of(pack.rejects), any_of(pack.but)
        self.owned, self.others = any_of(pack.owned), any_of((*pack.owned, *pack.another))
        self.this, self.ones = any_of(pack.this), any_of(pack.ones)
        self.typed, self.spoken = any_of(pack.typed), any_of(pack.spoken)


@cache
def _asides(code: str) -> _Asides:
    return _Asides(code)


def is_named_only(text: str, start: int, end: int, code: str, *, claim: bool = False) -> bool:
    """Return whether words of a lower-case text are named without being said of the product.

    Args:
        text: What was said, lower-case, marks and apostrophes as they are.
        start: Where the words begin.
        end: Where they end.
        code: `zh` or `en`.
        claim: Whether they are a claim that nobody makes with a doubt: an echoed question alone turns it down.
    """
    if any(found.start() < end and start < found.end() - 1 and end <= found.end() for found in _QUOTES.finditer(text)):
        return True
    stop = _STOP.search(text, end)
    right = stop.start() if stop else len(text)
    before, rest = text[_last(_BREAK, text, start) : start], text[end:right]
    if stop and stop.group() in "?？" and _is_echo(before, rest, text[stop.end() :].lstrip(), code, claim=claim):
        return True
    if _is_other_wish(text, start, end) if code == "zh" else _is_viewers(text, before, rest, start, end):
        return True
    head = before.strip()
    return len(head) <= _HEAD[code] and not head.startswith(_DENIALS) and _is_rejected(text, end, code)


def _is_viewers(text: str, before: str, rest: str, start: int, end: int) -> bool:
    """Return whether English words are what somebody typed, or said and the speaker turns down."""
    asides = _asides("en")
    if _NONE_IS_EN.search(before) or _NEED_NOT_EN.search(before) or _WOULD_COST_EN.match(rest):
        return True
    typed = asides.typed.search(text[max(0, start - 60) : start])
    if typed and not asides.yes.search(rest.lstrip(" ,")):
        return not _SAYS_EN.search(typed.group()) or _is_rejected(text, end, "en")
    return bool(asides.spoken.search(before)) and _is_rejected(text, end, "en")


def _is_echo(before: str, rest: str, then: str, code: str, *, claim: bool) -> bool:
    """Return whether a name with a question mark is an echo of somebody's question, and no way into a claim."""
    asides = _asides(code)
    if asides.yes.search(then) or len(rest) > _ECHO[code]:
        return False
    leads = asides.leads.search(before) or asides.tags.search(f"{before}{rest}".strip())
    if claim and then and not leads and len(before.strip()) <= _HEAD[code]:
        return True
    return not leads and bool(asides.no.search(then) or asides.rejects.search(then[: _REACH[code]]))


def _is_rejected(text: str, end: int, code: str) -> bool:
    asides, after = _asides(code), text[end : end + _REACH[code]]
    found = asides.rejects.search(after)
    return found is not None and not asides.but.search(after[: found.start()])


def _is_other_wish(text: str, start: int, end: int) -> bool:
    """Return whether Chinese words are what others may look for (想要鹅绒的别拍错), or are asked as A不A."""
    after, again = text[end : end + 12], text[start:end]
    if _NO_SUCH_ZH.search(text[max(0, start - 6) : start]) and _RULE_ZH.match(after):
        return True
    if _WANTED_ZH.search(text[max(0, start - 4) : start]) and _GO_ZH.search(after):
        return True
    doubled = text[max(0, start - 1) : start] in _DOUBLED_ZH and text[: start - 1].endswith(again)
    return doubled or (after[:1] in _DOUBLED_ZH and after[1:].startswith(again))


def is_compared_with(text: str, start: int, end: int) -> bool:
    """Return whether a Chinese name is the head of a comparison with something else (海水珠一般更贵)."""
    head = text[_last(_BREAK, text, start) : start]
    return not head.strip() and bool(_COMPARED_ZH.search(text[end : end + 8]))


def is_of_another(text: str, start: int, end: int, code: str) -> bool:
    """Return whether a figure is told of something else: another thing, or the speaker's own body, phone or dog."""
    asides = _asides(code)
    if asides.ones.search(text[end : end + 24]):
        return True
    if code == "zh" and _I_ZH.search(text[max(0, start - 4) : start]) and _BODY_ZH.match(text[end : end + 4]):
        return True
    before = text[max(_last(_STOP, text, start), start - _SUBJECT[code]) : start]
    others = [found.end() for found in asides.others.finditer(before)]
    return bool(others) and asides.this.search(before, max(others)) is None


def is_of_former(text: str, start: int, code: str) -> bool:
    """Return whether a figure is told of something else that the speaker had before (my last one, 之前那个牌子)."""
    return bool(_asides(code).owned.search(text[max(_last(_STOP, text, start), start - _SUBJECT[code]) : start]))


def _last(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where the last mark before a place ends."""
    return max((found.end() for found in pattern.finditer(text, 0, at)), default=0)
