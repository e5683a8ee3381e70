"""Which figures price something else: a milk tea that is saved, a dinner out, so much a day. Pure.

Who weighs a price against other things grants none of theirs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from coach.language import NumberSpan, language_for
from coach.language.stems import stem

_CLAUSE = re.compile(r"[，。！？；、：,!?;:…\n]+|\.(?!\d)|(?<=\s)[—-]+(?=\s)")
_HAN_NUMERALS = "零一二两三四五六七八九十百千万几半"
_MEASURE_ZH = "杯顿碗包张瓶场次盒条双只份袋个件块根趟节桶支把"
_THING_ZH = re.compile(
    rf"(?:[{_HAN_NUMERALS}每]|\d)(?P<measure>[{_MEASURE_ZH}])(?P<thing>[^\W\d_{_HAN_NUMERALS}]{{1,8}})"
)
"""So many pieces of a thing that is named: 一杯奶茶."""
_NO_THING_ZH = re.compile(
    r"^(?:[那这给卖拿算就都吧行也要拍的也价性人月天才只我你您他她送到起带走收能可以]|块钱?$|多|来|左右|大概|差不多|不|一共|总共)"
)
"""What goes on after a measure word and names no thing."""
_GIVES_ZH = re.compile(r"[给卖送][你您]|拿走|带走|成交|[行好]吧|就这样|[你您](?:直接)?拍")
_COSTS_ZH = re.compile(
    r"(?<!最低)(?<!最少)(?<!起码)(?<!至少)[也都还]?(?:要|得要?|不止)(?:花|卖)?(?:你|您)?(?:个|近|快|上)?$"
)
_NEAR = 4
"""Characters between a thing and what it costs."""
_BARE_ZH = r"^(?:大概|差不多|也就|都要|也要|就|才|得|要|都|快|算|按|合|(?:一|每)?[{measure}])*$"
_TAIL_ZH = re.compile(r"^(?:多|来|几)?(?:块钱?|元)?(?:多|钱|呢|啊|吧|了|左右)*$")
_EACH_DAY = {
    "zh": re.compile(
        r"^(?:多)?(?:块钱?|元|毛钱?|分钱?)?(?:多)?(?:钱)?(?:一|每)(?:天|个月|次|周|年|晚)(?![内后之发到])"
    ),
    "en": re.compile(
        r"^ ?(?:dollars?|bucks?|cents?)? ?(?:a|per|each|every) (?:single )?"
        r"(?:day|week|month|year|use|wear|night|trip)\b"
    ),
}
_SAVED_ZH = re.compile(r"^(?:块钱?|元)?(?:不?就|也就|都)?(?:省|攒|回本|赚回来|回来)")
_ALONE = {
    "zh": re.compile(r"^(?P<thing>[\u4e00-\u9fff]{2,6}?)单(?:独)?[卖买](?:都|也|就|要|得|是|值)*$"),
    "en": re.compile(
        r"\b(?P<thing>[a-z]+) (?:alone|by itself|on its own|separately)"
        r"(?: is| costs| runs| sells for| goes for| would be)"
        r"(?: like| about| around| already)* ?\$?$"
    ),
}
"""Before the price of a part that is sold by itself."""
_NOT_PART_ZH = re.compile(r"^(?:今天|现在|平时|直播|我们|你们|这个|那个|那就|就是|可以)")
_ELSEWHERE_EN = re.compile(
    r"^ ?(?:dollars?|bucks?)? ?(?:just |alone |only )*(?:(?:for|in|on) (?:shipping|postage|delivery|tax)"
    r"|elsewhere|anywhere else|somewhere else|in stores?|at the (?:store|mall))\b"
)
_DAILY_ZH = re.compile(
    r"(?:每|平均|平摊|摊到|(?<![零一二两三四五六七八九十])一)(?:一)?(?:天|个月|次|周|年)(?:才|就|只|不到|也就|合|要|花|下来)*$"
)
_PIECES_EN = frozenset(
    re.findall(
        r"\w+",
        "one piece bag bottle box pair set pack jar can tube bar unit kit case roll pan pot shirt tin tub bundle order "
        "deal steal gift favor favour promise special discount bargain offer price coupon code thing lot bit buck "
        "dollar cent minute second hour day week month year percent hundred thousand of for left more each now here",
    )
)
"""Nouns after a count that are pieces of the goods, money, time or no goods at all."""
_COUNT_EN = r"(?:two|three|four|five|six|[2-6]|a couple(?: of)?|a few|couple of|some|most)"
_SINGLE_EN = r"(?:an?|one|your|another|every|any)"
_THING_EN = r"(?P<thing>(?:[a-z][a-z'-]* ){0,2}?[a-z][a-z'-]+)(?: out| of [a-z]+| for (?:two|lunch|dinner))?"
_ONLY_EN = "(?:only |just |about |like |less than |maybe |roughly )*"
_WEIGHED_EN = re.compile(
    rf"\b(?:(?:that's|thats|that is|it's|its|like|about) {_ONLY_EN}{_COUNT_EN}"
    rf"|(?:skip|miss|pass on|give up|save|price of|cost of|than|instead of|as much as) (?:on )?"
    rf"(?:{_COUNT_EN}|{_SINGLE_EN})|(?:that's|thats|that is) {_ONLY_EN}{_SINGLE_EN}) {_THING_EN}$"
)
"""A clause that weighs something against other things: "that's two lattes"."""
_BARE_EN = re.compile(r"^ ?(?:so |like |about |what |roughly |maybe |call it |around |easily )*$")
_TAIL_EN = re.compile(r"^ ?(?:dollars?|bucks?|or so|maybe|easy|tops|these days| )*$")
_COSTS_EN = re.compile(
    rf"\b(?P<head>{_SINGLE_EN}|{_COUNT_EN}) {_THING_EN} "
    r"(?P<verb>costs?|runs?|goes for|go for|sets? you back|will (?:cost|run) you|is|are|was)"
    r"(?: you)?(?: like| about| around| almost| easily| already| over| at least)* ?\$?$"
)
_SPENT_EN = re.compile(r"\b(?:spend|spent|spending|blow|waste|wasted|dropped) (?:about |like |around |over )?\$?$")
_HANDS_EN = re.compile(r"\b(?:for you|it's yours|deal|done|sold|okay|ok|sure|fine)\b")


@lru_cache(maxsize=512)
def others_figures(text: str, code: str, goods: str) -> frozenset[float]:
    """Return the figures of a text that are what something else costs, wherever they stand, and never the product.

    Args:
        text: What was said.
        code: `zh` or `en`.
        goods: What the product is called; what shares a word with it is the product.
    """
    spans = language_for(code).numbers(text)
    own, others = set[float](), set[float]()
    for span in spans:
        (others if is_of_other(text, span, code, goods) else own).update((span.value, *span.alternatives))
    return frozenset(others - own)


def is_of_other(text: str, span: NumberSpan, code: str, goods: str) -> bool:
    """Return whether a figure is what something else costs, or what a day or a month comes to.

    Args:
        text: What was said, in which the figure stands.
        span: The figure.
        code: `zh` or `en`.
        goods: What the product is called; what shares a word with it is the product.
    """
    lowered = text.lower().replace("’", "'")
    before, here, after = _clauses(lowered, span)
    if _EACH_DAY[code].match(after):
        return True
    return _other_zh(before, here, after, goods) if code == "zh" else _other_en(before, here, after, goods)


def _clauses(text: str, span: NumberSpan) -> tuple[str, str, str]:
    """Return the clause before that of a figure, and what of its own stands before and after it."""
    cuts = [found.span() for found in _CLAUSE.finditer(text) if not span.start <= found.start() < span.end]
    left = [cut for cut in cuts if cut[1] <= span.start]
    right = next((cut[0] for cut in cuts if cut[0] >= span.end), len(text))
    begin = left[-1][1] if left else 0
    earlier = text[left[-2][1] if len(left) > 1 else 0 : left[-1][0]] if left else ""
    return earlier.strip(), text[begin : span.start].lstrip(), text[span.end : right]


def _other_zh(before: str, here: str, after: str, goods: str) -> bool:
    if _GIVES_ZH.search(here + "\x00" + after):
        return False
    if _DAILY_ZH.search(here) or _SAVED_ZH.match(after):
        return True
    alone = _ALONE["zh"].match(here)
    is_part = alone is not None and not _NOT_PART_ZH.match(alone["thing"])
    if is_part and alone and (_COSTS_ZH.search(here) or not _is_goods_zh(alone["thing"], goods)):
        return True
    named = _thing_zh(here, _NEAR)
    if named is not None:
        own = _is_goods_zh(named[1], goods)
        return bool(_COSTS_ZH.search(here)) or not own
    named = _thing_zh(before)
    if named is None or _is_goods_zh(named[1], goods) or not _TAIL_ZH.match(after):
        return False
    measure, thing = named
    rest = here.removeprefix(re.sub(r"(?:的?钱)$", "", thing))
    return bool(re.match(_BARE_ZH.format(measure=measure), rest))


def _thing_zh(clause: str, near: int | None = None) -> tuple[str, str] | None:
    """Return the last measure word of a clause that counts a named thing, and the thing, so near its end."""
    found = [hit for hit in _THING_ZH.finditer(clause) if not _NO_THING_ZH.match(hit["thing"])]
    if near is not None:
        found = [hit for hit in found if len(clause) - hit.end() <= near]
    return (found[-1]["measure"], found[-1]["thing"]) if found else None


def _is_goods_zh(thing: str, goods: str) -> bool:
    return bool(set(thing) & set(goods))


def _other_en(before: str, here: str, after: str, goods: str) -> bool:
    if _SPENT_EN.search(here) or _ELSEWHERE_EN.match(after):
        return True
    alone = _ALONE["en"].search(here)
    if alone and not _is_goods_en(alone["thing"], goods):
        return True
    costs = _COSTS_EN.search(here)
    if costs and not _HANDS_EN.search(after):
        is_plain = costs["verb"] in ("is", "are", "was") or costs["head"] in ("one", "two", "three")
        return not (is_plain and _is_goods_en(costs["thing"], goods)) and not costs["thing"].startswith("one")
    weighed = _WEIGHED_EN.search(before)
    bare = _BARE_EN.match(here.removesuffix("$")) and _TAIL_EN.match(after)
    return bool(weighed and bare) and weighed is not None and not _is_goods_en(weighed["thing"], goods)


def _is_goods_en(thing: str, goods: str) -> bool:
    own = _stems(goods)
    return any(word in own or word in _PIECES_EN or word.removesuffix("s") in _PIECES_EN for word in _words(thing))


def _words(thing: str) -> list[str]:
    return [form for word in thing.split() for form in (word, stem(word))]


@lru_cache(maxsize=64)
def _stems(goods: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", goods.lower()))
