"""What an answer gives on top of a price: money back, a coupon, costs taken over, a piece for nothing. Pure.

A price at the floor with ten back is under the floor, however it is put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.language import Language, NumberSpan

_NUMBER = "\x00"
"""Stands for a figure in a clause."""
_DOLLARS = r"(?: ?(?:dollars?|bucks?|usd))?"
_PIECE_ZH = "[件盒包单条双瓶袋箱份支套只罐副口台把个床张]"
_PIECE_EN = r"(?:one|piece|bag|bottle|box|pair|set|pack|jar|can|tube|bar|unit|kit|case|roll|pan|pot|shirt|tin|tub)"
_BACK = {
    "zh": re.compile(
        rf"(?:退|返|补|减|免|扣|抹掉?|红包|转)(?:你|您|给|个|了|回|一个|差价)*{_NUMBER}(?:块钱?|元)?(?!天|年|个月|小时|次|件|%)"
        rf"|{_NUMBER}(?:块钱?|元)?(?:的)?(?:运费|邮费|快递费|钱)?(?:也|就|都)?(?:我|主播)(?:来|也|就|都|帮|给|替|再|这边)*(?:你|您)?"
        r"(?:出|掏|补|贴|报|垫|担|承担|付)"
        rf"|{_NUMBER}(?:块钱?|元)?(?:我|主播)?(?:再|会|来|都|也|就|给|帮|后面|回头)*(?:你|您)?(?:退|返|补)(?:给|回)?(?:去|来|你|您|吧|$)"
        rf"|{_NUMBER}(?:块钱?|元)?(?:的)?(?:券|卷|优惠券|红包|满减|抵扣).{{0,6}}(?:照样|也|都|一起|还|再|叠|接着|照|能|可以)"
    ),
    "en": re.compile(
        rf"\b(?:refund|send|give|hand|pay|venmo|zelle|paypal|slip|mail) "
        rf"(?:you |you back |back |them |ya |over |another )*{_NUMBER}{_DOLLARS}"
        r"(?! (?:days?|years?|months?|of|pieces?|more))"
        rf"|\b(?:minus|less) (?:another |the |your )?{_NUMBER}|{_NUMBER}{_DOLLARS}[\w ]{{0,22}}\bback\b"
        rf"|\b(?:take|knock|shave|cut) off (?:another |an extra |the )?{_NUMBER}"
        rf"|\b(?:take|knock|drop|shave|cut) (?:another |an extra |the )?{_NUMBER}{_DOLLARS} (?:off|more|for)"
        rf"|{_NUMBER}[ -]?{_DOLLARS}[ -]?(?:off )?(?:coupon|code|gift card|voucher|credit|promo)[\w' ]{{0,16}}"
        r"(?:on top|stack|work|good|count|too|as well|back|yours)"
    ),
}
"""So much of the price comes back."""
_TAKEN_OVER = {
    "zh": re.compile(
        r"(?:运费|邮费|快递费|安装费|改衣服的?钱|税)?(?:我|主播)(?:来|也|就|都|帮|给|替|再|这边)*(?:你|您)?(?:出|掏|包|贴|垫|担|承担|付)了?(?:$|吧|啊|哈|呗|好)"
        r"|算我的|我(?:来|也)?(?:出|掏)(?:这|那)?(?:个|份|点)?(?:钱|运费)"
    ),
    "en": re.compile(
        r"\b(?:on (?:me|us|the house)"
        r"|(?:i'll|i will|we'll|i can|let me|i'd) (?:\w+ )?(?:cover|eat|pay|absorb|take care of|swallow)"
        r"|(?:i'll|i will|we'll) (?:\w+ )?make up)\b"
    ),
}
"""A cost is taken over without a figure in the answer; the viewer named it."""
_COUPON = {
    "zh": re.compile(
        r"红包.{0,6}(?:发|给|转|退|补)(?:给)?(?:你|您)|叠(?:着|上)?(?:用|券)"
        r"|(?:券|卷|红包|满减|折扣码).{0,8}(?:照样用|也(?:能|可以)?用|一起|都能|叠|照用|接着用|还能|再减|没问题)"
    ),
    "en": re.compile(
        r"\b(?:coupon|code|promo|voucher|discount)\b[\w' -]{0,14}\b(?:stacks?|on top|works|good|counts|too|as well)\b"
        r"|\bstack (?:it|them|the|your)\b|\bon top\b"
    ),
}
"""A coupon counts on top; the viewer named its worth."""
_FREE = {
    "zh": re.compile(
        rf"买(?:[一二两三四五六]|{_NUMBER})送(?:一|{_NUMBER})(?!年|月|支?小)|"
        rf"第[二三四五六两23456\x00]{_PIECE_ZH}.{{0,4}}(?:免费|白送|送(?:你|您)?(?:了|掉|啦)?$|不要钱|不收|算我|我请|我送|零元|0元)"
        rf"|(?:再|多|另外|白|额外|就)?(?:给|帮)?(?:你|您)?(?:多|再)?(?:塞|送|搭|饶|赠|给|加)(?:你|您|上)?(?:一|1){_PIECE_ZH}"
        r"(?:进去|进来|正装|一样的|同款|呗|吧|啊|哈|好了|不要钱|$)"
    ),
    "en": re.compile(
        rf"\b(?:second|third|fourth|extra|another|next|other) (?:[a-z]+)? ?(?:is |goes |comes |'s )?"
        r"(?:free|on me|on us|on the house)\b"
        rf"|\b(?:slip|throw|toss|add|put|tuck|drop|sneak|include)(?: you| ya)?(?: in)? (?:the|a|an|another)? ?"
        rf"(?:second|third|fourth|extra|another|free|1)(?: {_PIECE_EN})?(?: in| on me| free| for (?:you|free)|$|,)"
        r"|\b(?:second|third|fourth) one'?s (?:free|on me)\b"
        rf"|{_NUMBER} for the price of {_NUMBER}"
    ),
}
"""A piece of the goods for nothing; what follows the measure word would be a gift of another kind."""
_NOT = {
    "zh": re.compile(r"不能|没法|不行|给不|做不|没有|不给|不了|不可以|不是|别|哪有|不退|不返|不送|不减|用不"),
    "en": re.compile(r"\b(?:(?:ca|wo|do|does|is|would|could)n't|cannot|cant|wont|not|no|never|without)\b"),
}
_CLAUSE = {"zh": re.compile(r"[，。！？；,!?;]+"), "en": re.compile(r"[.!?;]+(?=\s|$)|,\s|\b(?:but)\b")}
_GIFTS = re.compile(r"赠品|小样|礼|试用|体验装|\bgift\b|\bsample\b")
_EXPLICIT = {
    "zh": re.compile(
        rf"(?:实际|等于|相当于|算下来|折下来|实收|实付|最后)(?:是|就是|就|才|只|算|收|给)*(?:你|您)?{_NUMBER}"
    ),
    "en": re.compile(
        rf"\b(?:so|makes it|comes to|works out (?:to|at)|really|that's|net|equals) (?:only |just |really )?{_NUMBER}"
    ),
}
"""What it comes to in the end."""


@dataclass(frozen=True, slots=True)
class Givebacks:
    """What is given on top of a price."""

    back: float = 0.0
    """Money, in the product's currency."""
    free: int = 0
    """Pieces for nothing."""
    more: bool = False
    """Whether something of unknown worth comes off too: a coupon, shipping."""
    final: float | None = None
    """What the answer says that it comes to."""


def givebacks(line: str, reply: str, gifts: Sequence[str], language: Language) -> Givebacks:
    """Return what an answer gives on top of the price it names.

    Args:
        line: The viewer's line: it may name what a coupon or a cost is worth.
        reply: The answer.
        gifts: Gifts that come with the product anyway.
        language: Of both.
    """
    code = language.code
    asked_low = line.lower()
    given = Givebacks()
    for clause, numbers in _clauses(reply, language):
        if _NOT[code].search(clause):
            continue
        given = _with(given, clause, numbers, asked_low, gifts, language)
    return given


def _with(
    given: Givebacks, clause: str, numbers: Sequence[NumberSpan], line: str, gifts: Sequence[str], language: Language
) -> Givebacks:
    code = language.code
    back, free, more, final = given.back, given.free, given.more, given.final
    own = _GIFTS.search(clause) or any(gift.lower() in clause for gift in gifts)
    found = _BACK[code].search(clause)
    if _FREE[code].search(clause) and not own:
        free += 1
    elif found:
        back += numbers[clause[: found.end()].count(_NUMBER) - 1].value
    elif _TAKEN_OVER[code].search(clause) or _COUPON[code].search(clause):
        worth = _worth(line, language) if not back else 0.0
        back += worth
        more = more or not worth
    told = _EXPLICIT[code].search(clause)
    if told:
        final = numbers[clause[: told.end()].count(_NUMBER) - 1].value
    return Givebacks(back, free, more, final)


def _clauses(text: str, language: Language) -> Iterator[tuple[str, list[NumberSpan]]]:
    """Yield each clause with a mark for each figure, and the figures."""
    lowered = text.lower().replace("’", "'")
    spans = language.numbers(lowered)
    start = 0
    cuts = [found.span() for found in _CLAUSE[language.code].finditer(lowered)]
    for left, right in [*cuts, (len(lowered), len(lowered))]:
        inside = [span for span in spans if start <= span.start and span.end <= left]
        pieces, at = [], start
        for span in inside:
            pieces += [lowered[at : span.start], _NUMBER]
            at = span.end
        yield "".join([*pieces, lowered[at:left]]).strip(), inside
        start = right


_WORTH = {
    "zh": re.compile(
        rf"{_NUMBER}(?:块钱?|元)?(?:的)?(?:优惠)?(?:券|卷|红包|运费|邮费)"
        rf"|(?:券|卷|红包|运费|邮费|出|返|减|退)(?:给)?(?:我)?{_NUMBER}"
    ),
    "en": re.compile(
        rf"{_NUMBER}{_DOLLARS} (?:dollar |buck )?(?:off )?(?:[a-z]+ )?"
        rf"(?:coupon|code|gift card|shipping|postage|promo|voucher|off|tax)"
        rf"|(?:coupon|code|shipping|voucher|refund|cover)[a-z ]{{0,12}}{_NUMBER}"
    ),
}


def _worth(line: str, language: Language) -> float:
    """Return what a coupon or a cost is worth by the viewer's line; 0 if it does not say."""
    for clause, numbers in _clauses(line.replace("，", " "), language):
        found = _WORTH[language.code].search(clause)
        if found:
            inside = clause[: found.end()].count(_NUMBER)
            return numbers[inside - 1].value
    return 0.0
