"""Prices, stock and gifts said otherwise than the product sheet has them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.language import Language, NumberSpan
from coach.language.fact_pack import load_fact_pack
from coach.language.scope import Place, any_of, place, scope_reader
from coach.scenario.model import Product

_REPAIR = {
    "zh": re.compile(r"不对|说错|讲错|口误|啊不是|不是不是|哦不|更正|错了|念错|看错"),
    "en": re.compile(
        r"\b(?:no wait|wait no|scratch that|correction|i misspoke|misspoke|i mean|no sorry|sorry no|not that)\b"
    ),
}
_AGAIN = {"zh": re.compile(r"\S{0,2}还是"), "en": re.compile(r" or ")}
"""What makes the second figure a guess too."""
_BREATH = {"zh": 12, "en": 24}
"""Characters between a wrong figure and the right one, said in the same breath."""
_CUE_REACH = {"zh": 8, "en": 36}
_FEWER = 0.8
"""A stock said to be under this share of the true one is another stock: orders of one show stay above it."""
_MORE = 1.5
"""A stock said to be this many times the true one is not there."""
_STOCK_REACH, _STOCK_REACH_EN = 10, 48
_OF_GOODS = frozenset({"of", "in"})
"""English words that, right after a figure, leave open what it counts."""
_STOCKED = {
    "zh": re.compile(r"(?:库存|库里|库房|仓库|仓里|备货|备了|现货)[^，。]{0,6}$"),
    "en": re.compile(
        r"\s*(?:(?:of (?:these|them|'em)|[a-z]+)\s)?(?:\w+\s){0,2}"
        r"(?:in stock|in the warehouse|in our warehouse|on the shelves|in the stockroom)\b"
    ),
}
"""Words that make a figure the stock."""
_ABOVE = 1.05
"""An earlier price is above today's; a figure at or below it is something else."""
_ROUGHLY = 0.2
_PER_EN = re.compile(r"\s*a (?:month|bottle|pair|box|jar|bag|piece|pop|set)\b")
_LOOSE_EN = re.compile(r"usually|normally|was|charge|cost you|goes? for|used to be|originally|in (?:la|vegas|new york)")
_PRICE_AFTER = {
    "zh": re.compile(r"^[多来几]?(?:块|元|一?[盒瓶件条支袋双台口罐]|[的了啊呢，。！,]|今天|现在|直播|我|过|$)"),
    "en": re.compile(
        r"^\s*(?:dollars|bucks|a (?:month|bottle|pair|box|jar|bag)|[.,!?]|today|tonight|now|right|you|but|and|at|in|$)"
    ),
}


_SOLD = {"zh": re.compile(r"卖|价|收|要"), "en": re.compile(r"\b(?:sell|sold|cost|price|charge|pay|paid)")}
"""Words of money right before a number."""
_LEAST_GRADE = 100
"""From which a number without a counter is taken for a grade."""
_CENT = 0.011
_LEAST = 0.3
"""Share of the live price under which a figure is no price of this product."""
_TODAY = {
    "zh": re.compile(
        r"(?:到手价?|券后价?|直播间?(?:专属)?价|今天(?:在?(?:我们?)?直播间)?的?价格?)(?:今天|现在)?"
        r"(?:就|只要|只|才|是|卖|为){0,2}[¥￥]?$"
        r"|(?:今天|现在|直播间)(?:在?(?:我们?)?直播间)?(?:就|都|也)?(?:只要|只卖|才卖|卖|到手)[¥￥]?$"
    ),
    "en": re.compile(
        r"\b(?:(?:today|tonight|now|on (?:the|this) (?:stream|live))"
        r"(?:,? (?:it's|its|it is|you pay|that's|just|only|for)){1,2}"
        r"|you(?:'re| are)? (?:only |just )?pay(?:ing)?(?: only| just)?"
        r"|(?:today's|tonight's|live|stream) price(?: today)? is(?: only| just)?"
        r"|price (?:today|tonight|now) is(?: only| just)?) ?\$?$"
    ),
}
"""Right before a figure: the price to pay now."""
_NOW_EN = re.compile(r" ?(?:today|tonight|right now)\b")
_SEVERAL = {
    "zh": re.compile(
        r"[两二三四五六七八九十2-9]\s?(?:件|个|套|瓶|盒|条|双|支|只|包|袋|份|箱)|一共|总共|合计|满|立减|凑|套装|组合"
        r"|定金|尾款|运费|昨天|之前|以前|上次|上个?月|去年"
    ),
    "en": re.compile(
        r"\b(?:two|three|four|five|six|both|pair|bundle|total|altogether|together|set of|shipping|deposit|off|tax"
        r"|yesterday|last (?:week|month|year|time)|before)\b"
    ),
}
"""What makes a figure the price of more, or of something else."""


@dataclass(frozen=True, slots=True)
class Extra:
    """One such stretch."""

    start: int
    end: int
    fact: str
    """`price`, `price_today`, `price_under`, `stock`, `gifts` or `figure`."""
    truth: str
    corrected: bool = False


class Extras:
    """The prices, the stock and the gifts of one product."""

    def __init__(self, product: Product, language: Language, sheet: str) -> None:
        self._product, self._language, self._code = product, language, language.code
        pack = load_fact_pack(language.code)
        self._scopes = scope_reader(language.code)
        self._list_cues = any_of(pack.prices.list_cues, self._code)
        self._not_list = any_of(pack.prices.not_list, self._code)
        self._counters = frozenset(pack.stock.counters)
        self._stock_cues = any_of(pack.stock.cues, self._code)
        self._gift = _GIFT[self._code]
        self._gift_ends = any_of(pack.gifts.ends, self._code)
        self._sheet = sheet.lower()
        price = product.price
        told = language.numbers(sheet)
        self._figures = {price.list, price.live, price.floor, *(number.value for number in told)}
        self._grades = {number.value for number in told if number.unit == "" or self._is_grade(number)}

    def _is_grade(self, number: NumberSpan) -> bool:
        """Return whether a number counts nothing: a grade, a model (304不锈钢)."""
        return number.unit.startswith("~") and number.unit[1:] not in self._counters and number.value >= _LEAST_GRADE

    def find(self, text: str) -> list[Extra]:
        """Return what in a text contradicts them, in order."""
        lowered = text.lower()
        numbers = self._language.numbers(text)
        found = [*self._prices(lowered, numbers), *self._todays(lowered, numbers)]
        found += [*self._stocks(lowered, numbers), *self._gifts(lowered)]
        found += self.denied_gifts(lowered)
        return sorted(found, key=lambda item: item.start)

    def repaired(self, text: str) -> list[Extra]:
        """Return figures that were put right in the same breath: 二百一十，不对，二百一十九."""
        numbers = self._language.numbers(text)
        found = []
        for wrong, right in itertools.pairwise(numbers):
            between = text[wrong.end : right.start].lower()
            alike = (
                wrong.unit == right.unit or not wrong.unit or not right.unit or wrong.unit[0] == right.unit[0] == "~"
            )
            if len(between) > _BREATH[self._code] or not alike or not _REPAIR[self._code].search(between):
                continue
            if _AGAIN[self._code].match(text[right.end : right.end + 8]) or (
                wrong.unit == "" and wrong.value < self._product.price.floor * _FEWER
            ):
                continue
            if right.value in self._figures and wrong.value not in self._figures:
                found.append(Extra(wrong.start, wrong.end, "figure", f"{right.value:g}", corrected=True))
        return found

    def _prices(self, text: str, numbers: list[NumberSpan]) -> Iterator[Extra]:
        price = self._product.price
        right = (price.list, price.live, price.floor)
        for number in numbers:
            if (number.unit not in ("money", "") and number.unit[0] != "~") or number.value < price.live * _ABOVE:
                continue
            rough = _ROUGHLY if number.approximate else 1e-6
            if any(abs(value - own) <= own * rough for value in (number.value, *number.alternatives) for own in right):
                continue
            at = place(text, number.start, number.end)
            if number.unit != "money" and number.value in self._grades and not _SOLD[self._code].search(at.before(8)):
                continue  # a grade of the sheet (外面这个壳是201的)
            if self._is_list_price(at, number):
                yield Extra(number.start, number.end, "price", f"{price.list:g} {price.currency}")

    def _todays(self, text: str, numbers: list[NumberSpan]) -> Iterator[Extra]:
        """Yield prices told as the one to pay now that are above it, or under the floor."""
        price = self._product.price
        right = (price.list, price.live, price.floor)
        for number in numbers:
            values = (number.value, *number.alternatives)
            if number.approximate or any(abs(value - own) < _CENT for value in values for own in right):
                continue
            if price.floor <= number.value <= price.live or not price.live * _LEAST <= number.value <= price.list * 2:
                continue
            if self._is_todays(place(text, number.start, number.end), number):
                kind = "price_today" if number.value > price.live else "price_under"
                yield Extra(number.start, number.end, kind, f"{price.live:g} {price.currency}")

    def _is_todays(self, at: Place, number: NumberSpan) -> bool:
        """Return whether a figure is told to everybody as the price of one piece, now."""
        if number.unit not in ("", "money") and number.unit[0] != "~":
            return False
        now = number.unit == "money" and self._code == "en" and _NOW_EN.match(at.after(16))
        if not (now or _TODAY[self._code].search(at.before(30))) or _SEVERAL[self._code].search(
            at.text[slice(*at.sentence)]
        ):
            return False
        if number.unit != "money" and not _PRICE_AFTER[self._code].match(at.text[number.end :]):
            return False
        scope = self._scopes.read(at)
        return scope.claimed and not scope.denied

    def _is_list_price(self, at: Place, number: NumberSpan) -> bool:
        """Return whether a figure is said to be what the product costs elsewhere or cost before."""
        reach = _CUE_REACH[self._code]
        before = at.text[max(at.sentence[0], at.start - reach) : at.start]
        cues = list(self._list_cues.finditer(before))
        after = self._list_cues.search(at.after(24)) if self._code == "en" else None
        cue = cues[-1] if cues else after
        if cue is None or self._not_list.search(at.text[max(at.sentence[0], at.start - 2 * reach) : at.start]):
            return False
        if cues and _SEVERAL[self._code].search(before[cue.end() :]):
            return False  # of two or three together
        money = number.unit == "money" or bool(_PER_EN.match(at.text[number.end :]))
        if self._code == "en" and not money and (after or _LOOSE_EN.search(cue.group())):
            return False
        if not money and not _PRICE_AFTER[self._code].match(at.text[number.end :]):
            return False
        scope = self._scopes.read(Place(at.text, at.start, at.end, at.clause, at.clause))
        return not scope.denied

    def _stocks(self, text: str, numbers: list[NumberSpan]) -> Iterator[Extra]:
        stock = self._product.stock
        for number in numbers:
            if not stock:
                continue
            if number.value > stock * _MORE and self._is_stocked(place(text, number.start, number.end), number):
                yield Extra(number.start, number.end, "stock", f"{stock}")
            if not number.unit.startswith("~") and not self._left_after(text, number):
                continue
            if not 0 < number.value < stock * _FEWER:
                continue
            at = place(text, number.start, number.end)
            if self._is_stock(at, number):
                yield Extra(number.start, number.end, "stock", f"{stock}")

    def _is_stocked(self, at: Place, number: NumberSpan) -> bool:
        """Return whether a figure is said to be what lies in the warehouse."""
        if self._code == "zh":
            counted = number.unit[1:] in self._counters or at.after(2)[1:2] in self._counters
            said = counted and bool(_STOCKED["zh"].search(at.before(_STOCK_REACH)))
        else:
            after = at.after(_STOCK_REACH_EN)
            counted = not {*after.split()[:1]}.isdisjoint(_OF_GOODS | self._counters)
            said = counted and bool(_STOCKED["en"].match(after))
        scope = self._scopes.read(at)
        return said and scope.claimed and not scope.denied

    def _left_after(self, text: str, number: NumberSpan) -> bool:
        return self._code == "en" and bool(re.match(r"\s*(?:left|remaining)\b", text[number.end :]))

    def _is_stock(self, at: Place, number: NumberSpan) -> bool:
        if not (self._is_stock_zh(at, number) if self._code == "zh" else self._is_stock_en(at, number)):
            return False
        scope = self._scopes.read(at)
        return scope.claimed and not scope.denied

    def _is_stock_zh(self, at: Place, number: NumberSpan) -> bool:
        before, after = at.before(6), at.text[number.end : number.end + 5]
        cues = list(self._stock_cues.finditer(before))
        if not cues or number.unit[1:] not in self._counters or _NOT_GOODS.match(after[1:]):
            return False
        gap = before[cues[-1].end() :]
        if cues[-1].group() in ("只有", "就这") and (number.unit[1:] in "个条对片把只" or not _END_ZH.match(after[1:])):
            return False
        return len(gap) <= 4 and number.value >= 2

    def _is_stock_en(self, at: Place, number: NumberSpan) -> bool:
        after = at.text[number.end : number.end + 30]
        if re.match(r"\s*(?:\w+\s+){0,2}(?:left|remaining)\b", after):
            return True
        if number.unit[1:] not in {word.removesuffix("s") for word in self._counters} or number.value < 2:
            return False
        cued = re.search(
            r"(?:down to|only|last|just|the final)(?: the)?(?: last)? $"
            r"|(?:i have|i've got|we have|we've got)(?: only| just)? $",
            at.before(24),
        )
        if not at.around.strip(" .!") or (not at.before(4).strip() and at.start < 4 and self._repeated(at)):
            return True
        gone = re.match(
            r"\s*\w+\s+(?:when they're gone|and they're gone|and that's it|that's it|in stock|total)", after
        )
        return bool(cued or gone)

    def _repeated(self, at: Place) -> bool:
        """Return whether a count is shouted twice ("thirteen bottles thirteen")."""
        words = at.text[at.end : at.end + 30].split()
        return len(words) > 1 and words[1].strip(",.!") == at.text[at.start : at.end].split()[0]

    def _gifts(self, text: str) -> Iterator[Extra]:
        for hit in self._gift.finditer(text):
            thing = hit["thing"].strip()
            at = place(text, hit.start("thing"), hit.end("thing"))
            if self._gift_ends.match(thing) or self._is_on_sheet(thing):
                continue
            scope = self._scopes.read(at)
            if scope.claimed and not scope.denied and not _CONDITIONAL[self._code].search(at.before(24)):
                yield Extra(hit.start(), hit.end("thing"), "gifts", "；".join(self._product.gifts) or "—")

    def denied_gifts(self, text: str) -> Iterator[Extra]:
        """Yield denials of what does come with an order (刷头从来不送)."""
        lowered = text.lower()
        for gift in self._product.gifts:
            head = self._head(gift)
            for hit in re.finditer(re.escape(head), lowered) if len(head) > 1 else ():
                at = place(lowered, *hit.span())
                if _NOT_GIVEN[self._code].search(at.around) and self._scopes.read(at).claimed:
                    yield Extra(hit.start(), hit.end(), "gifts", gift)

    def _head(self, gift: str) -> str:
        if self._code == "zh":
            return re.sub(r"[\d一两二三]+.?$", "", gift)[-2:]
        words = re.findall(r"[a-z]{3,}", gift.lower())
        return words[-1] if words else ""

    def _is_on_sheet(self, thing: str) -> bool:
        if self._code == "zh":
            pairs = any(thing[at : at + 2] in self._sheet for at in range(len(thing) - 1))
            heads = {re.sub(r"[\d一两二三]+.?$", "", gift)[-1:] for gift in self._product.gifts}
            return pairs or thing.rstrip("子儿")[-1:] in heads or bool(_NO_THING_ZH.search(thing))
        words = [word for word in re.findall(r"[a-z]+", thing) if len(word) >= 4]
        return not words or any(word.removesuffix("s") in self._sheet for word in words)


_NOT_GIVEN = {
    "zh": re.compile(r"从来不送|不送|没有送|没送|得另买|要另买|单买|另外买"),
    "en": re.compile(
        r"\b(?:sold separately|not included|isn't included|doesn't come with|don't come with|buy separately)\b"
    ),
}
_NO_THING_ZH = re.compile(r"[那就等是的了不]|多少|什么")
_NOT_GOODS = re.compile(r"问题|事|卖点|环节|话|点|规格|分|秒|时间|机会|名额|组数")
_END_ZH = re.compile(r"^(?:了|现货|现在|库存|抢|拍|没|卖|$|[，。！,!线在])")
_CLASSIFIERS = "个瓶支双条包袋盒套张把只件对片份罐块根台本床副顶"
_GIFT = {
    "zh": re.compile(
        rf"(?:再|还|额外|都|加|附|免费|另外)?(?:送|赠送?)(?:你们?|大家|您|家人们?|姐妹们?|咱们?)?"
        rf"[一二两三四五六七八九十\d]+[{_CLASSIFIERS}](?P<thing>[\u4e00-\u9fff]{{2,6}})"
    ),
    "en": re.compile(
        r"\b(?:(?:with|plus|and|get|includes?) (?:a|an|two|three|your) (?:free|complimentary|bonus)"
        r"|(?:throw(?:ing)?|toss(?:ing)?) in (?:a|an|two|three)(?: free)?)"
        r" (?P<thing>[a-z]+(?: [a-z]+)?)"
    ),
}
_CONDITIONAL = {"zh": re.compile(r"买.{0,4}$|不能|送不"), "en": re.compile(r"\b(?:can't|won't|not|no|wish|could)\b")}
