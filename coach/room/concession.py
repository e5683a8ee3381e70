"""The price a viewer is granted by an answer, if any. Pure.

Whatever a reply to an offer names as a price and does not turn down is offered: a bare or hedged figure is a promise
to whoever asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import NumberSpan
from coach.room.exchange import Exchange
from coach.room.givebacks import Givebacks, givebacks
from coach.room.heard import Heard, flatten
from coach.room.matched_price import matched_price
from coach.room.prices import EACH
from coach.room.reading import Reading

_BARGAINING = ("haggler", "bait")
"""Types whose figures are offers."""
_MAY_BARGAIN = ("friendly", "impatient", "special_care")
"""Types that may ask for a discount; the figures of all others belong to somebody else's goods."""
_COUNTED = "件盒包个单条双瓶袋箱份天号位人次年月码色种款岁斤秒分点倍遍颗层支套只罐床副口"
_CENT = 0.011
_MOST_PIECES = 12
"""Pieces a pack may be shared out into, or that somebody buys at once."""
_LEAST = 0.3
"""Share of the floor under which a figure is no price of this product."""
_AFTER = {
    "zh": re.compile(
        r"(?:(?!别人|谁|价|给[你您]|[拿带]走|吧)[^零一二两三四五六七八九十百千\d]){0,9}?没(?:给|卖|答应)(?!过?(?:别人|谁))|"
        r"[^零一二两三四五六七八九十百千\d]{0,9}?(?:[做给卖拿开降让砍批走到够少抠拼]不|(?<!不是)不行(?!我|你)|不成|不可能|不可以|不卖|"
        r"成本|不够|怎么不|是?(?:去年|前年|上次|以前|那时|双十一)|能卖早|早就|没法|没办法|没有这|没这|差一点|差点|差了|差一截|太低|低了|亏死|真不|少了)"
    ),
    "en": re.compile(
        r" ?(?:(?:dollars|bucks|each|flat|is|its|s|would be|thats|even|i|really|just|honestly|a little|way|you) ){0,4}"
        r"(?:what (?:i|we) (?:pay|paid)|(?:my|our) (?:own )?cost|wholesale|"
        r"(?:cant|cannot|can not|wont|wouldnt|couldnt)(?! (?:possibly |really )?(?:go|do|get) (?:any )?lower)|"
        r"too (?:low|thin|tight|steep|little)|"
        r"not happening|no way|nope|no |not |id (?:get|lose|be)|"
        r"theyd|they would|doesnt|isnt|below|under|kills me|loses|would (?:get|lose|kill))"
    ),
}
"""What turns a figure down right after it."""
_BEFORE = {
    "zh": re.compile(
        r"(?:不能|没法|做不到|做不了|给不了|给不到|不到|不可能|哪有|怎么可能|别说|你说的?|您说的?|你要|低于|等于|"
        r"要是|如果|进价|成本|拿货)"
        r"[^零一二两三四五六七八九十百千\d]{0,3}$"
    ),
    "en": re.compile(
        r" (?:cant|cannot|can not|wont|couldnt|wouldnt|not|never|no|below|under|lower than|less than|you said|"
        r"asked for|you want|go to|get to|(?:nobody|no one) (?:can|could|will|would)|"
        r"(?:my|our) (?:own )?cost(?: price)?(?: is| was)?|wholesale(?: price)?(?: is)?|"
        r"(?:i|we) paid|costs? (?:me|us)|offered (?:me|us))"
        r"(?: (?:do|doing|go|going|get|sell|selling|let|letting|give|make|take|taking|it|you|to|at|for|as|low|that|a|"
        r"be|down|the|even)){0,5} $"
    ),
}
"""The same before it."""
_TROUBLE = {
    "zh": re.compile(
        r"亏死|赔本|(?<!别)(?<!不)骂我|要骂|扣工资|开除|炒了|(?:要|得|去)问(?:一下|问)?(?:老板|领导|公司|仓库)|请示|商量一下|下次|"
        r"下个月|改天"
    ),
    "en": re.compile(
        r" (?:have my head|get in trouble|get fired|lose my job|lose money|kill me|have to ask|got to ask|"
        r"next (?:week|time|month)|later|check back|wouldnt even cover|not my call|not up to me|"
        r"(?:but|so|then) no|sink us) "
    ),
}
"""What a price would bring about, or when it may come: no yes."""
_LESS_BEFORE = {
    "zh": re.compile(r"(?:减|少|省|便宜|优惠|降|差|返|抹|低)(?:了|个|下|你|您|掉)?$"),
    "en": re.compile(r" (?:save|saving|saves|knocked|minus|another|extra) (?:you |another )?$"),
}
_LESS_AFTER = {
    "zh": re.compile(r"块?(?:的)?(?:优惠|差价|差距)"),
    "en": re.compile(r" ?(?:dollars |bucks )?(?:off|less|cheaper) "),
}
_ANCHORED = {
    "zh": re.compile(r"(?:正常|本来|原来|原本|原价|平时|日常|吊牌|页面|显示)(?:是|就是|卖|价|都是)?$"),
    "en": re.compile(
        r" (?:usually|normally|was|list|lists at|regular|retail|originally|page says|shows?) (?:is |its |at )?$"
    ),
}
"""Before a price that was, or is shown."""
_GIVES = {
    "zh": re.compile(
        r"(?:块钱?|元)?(?:一[件个瓶盒支双条只])?(?:算了|好了|好吧|行吧|唉|哎)*(?:就|都|也)?(?:给[你您]|拿[走去]|卖[你您]|带走|成交)(?!吗|不)"
    ),
    "en": re.compile(
        r" ?(?:(?:dollars|bucks|each|flat|apiece|and|then|okay|ok) ){0,3}"
        r"(?:its yours|theyre yours|youve got it|you got it|take (?:it|them|em) |deal |sold |done |ill do it "
        r"|(?:and )?i (?:really )?(?:cant|cannot|wont) (?:go|do) (?:any )?lower )"
    ),
}
"""What hands over at a figure, right after it: a yes whatever came before (别走, 四十五给你)."""
_POSSESSIVE = re.compile(r"(?<=[a-z])['’]s\b")
"""Thirty-eight's below …"""
_BOTTOM = {
    "zh": re.compile(r"(?:最低|最少|底价|顶多|最多)(?:能|就|我|给|到|做|是|只能|可以|你|您|让)*$"),
    "en": re.compile(
        r" (?:lowest|best|least|bottom|furthest) "
        r"(?:(?:price|that|i|we|can|could|will|ill|go|do|get|offer|you|is|be|would|give|at|to) ){0,7}$"
    ),
}
"""Before the lowest price one goes down to."""
_COUNTS = re.compile(r" ?(?:of (?:them|those|these|each)|pieces) ")
"""After a number of pieces."""
_SOME = 0.05
"""What a coupon or shipping of unknown worth takes off at least, so that the floor is not kept."""
_FOR_ALL = {"zh": re.compile(r"一共|总共|合计|拢共"), "en": re.compile(r"for (?:the pair|both|two)|the pair|total")}


def granted_by(exchange: Exchange, reading: Reading, agreed: float | None = None) -> float | None:
    """Return the lowest price a piece that an answer agrees to; None if it agrees to none.

    Args:
        exchange: The line.
        reading: Its answer.
        agreed: Price a piece this viewer was already granted.
    """
    bargains = exchange.type == "haggler" or (exchange.type in _BARGAINING and _is_about_price(exchange))
    if not bargains and not (exchange.type in _MAY_BARGAIN and exchange.question.about("discount")):
        return matched_price(exchange, reading)
    talk = _Talk(exchange, reading, exchange.question.amount if bargains else None)
    granted = [move.value for move in reading.of("concedes") if move.value is not None]
    granted = [
        value for value in granted if not (talk.is_figure(value) or talk.is_share(value) or talk.is_count(value))
    ]
    granted = granted if not bargains or talk.stands() else []
    if bargains:
        named = talk.named()
        granted += named
        if talk.asked is not None and not named and talk.agrees():
            granted.append(talk.asked)
    more = exchange.question.about("gift") and reading.did("offers_gift")
    if agreed is not None and (more or (not _asks_otherwise(exchange) and talk.agrees())):
        granted.append(agreed)
    best = min((talk.each(value) for value in granted), default=None)
    left = talk.left_over()
    return left if left is not None and (best is None or left < best) else best


def _is_about_price(exchange: Exchange) -> bool:
    """Return whether bait is about money: the figures of an answer to any other are no offers."""
    return exchange.question.amount is not None or exchange.question.about("price", "discount")


def _asks_otherwise(exchange: Exchange) -> bool:
    """Return whether the line asks about something that is no price: a yes to that grants nothing again."""
    question = exchange.question
    if question.amount is not None or question.about("price", "discount", "gift"):
        return False
    return question.wants_number or bool(_ASKS[exchange.code].search(question.text.lower()))


_ASKS = {
    "zh": re.compile(r"怎么|什么|哪|几[天号点个种]|多[久长大重高宽厚]|会不会|能不能[^便少降]{1,6}[吗？?]?$"),
    "en": re.compile(
        r"^(?:so |and |but |ok(?:ay)?,? |hey,? )*"
        r"(?:how\b(?! about| much)|what\b(?! if| about)|when|where|which|who|does|is it|are they)\b"
    ),
}
"""Questions by their words, where no topic is known."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the reply that can be a price."""

    value: float
    """A piece."""
    said: float
    start: int
    end: int


class _Talk:
    """A reply to an offer, with its figures and where it says yes and no."""

    def __init__(self, exchange: Exchange, reading: Reading, asked: float | None) -> None:
        self._exchange, self._reading = exchange, reading
        self.asked = asked if asked is not None and asked < exchange.price.live - _CENT else None
        self._heard: Heard = exchange.heard(reading)
        self._bargains = exchange.type in _BARGAINING
        text = _POSSESSIVE.sub(" is", reading.text) if exchange.code == "en" else self._heard.text
        self._flat = flatten(text, exchange.language)
        self._pieces = self._asked_pieces()
        self._figures = self._prices()
        self._refused = [figure for figure in self._figures if self._turns_down(figure)]

    def named(self) -> list[float]:
        """Return the last price under the live one that is named and not turned down."""
        live = self._exchange.price.live
        offered = [figure for figure in self._figures if figure not in self._refused]
        under = [figure for figure in offered if figure.value < live - _CENT]
        if not under:
            return []
        last = under[-1]
        if _BOTTOM[self._exchange.code].search(self._flat[: last.start]):
            return [last.value]  # the lowest one can go to is an offer, whatever it holds against
        return [last.value] if self._stands(self._counter_after(last.start)) else []

    def agrees(self) -> bool:
        """Return whether the last word is yes."""
        if not self._reading.did("concurs", "confirms"):
            return False
        return self.stands()

    def stands(self) -> bool:
        """Return whether nothing takes back what the whole reply grants."""
        return self._stands(self._counter_after(0))

    def left_over(self) -> float | None:
        """Return the price a piece that is left when all is off that the answer gives back, if it gives anything."""
        exchange = self._exchange
        given = givebacks(
            exchange.question.text, self._reading.text, exchange.scenario.product.gifts, exchange.language
        )
        if given == Givebacks() or (self._reading.did("holds_price", "declines") and not self.stands()):
            return None
        price = exchange.price
        offered = [figure.value for figure in self._figures if figure not in self._refused]
        base = max((self.each(value) for value in offered if value <= price.live + _CENT), default=price.live)
        told = [value for value in offered if _is_near(value, [whole - given.back for whole in (*offered, price.live)])]
        off = base - min(told) if given.back and told else given.back / self._pieces
        left = (base - off) * self._pieces / (self._pieces + given.free)
        if given.more and left <= price.floor + _CENT:
            left -= _SOME
        if given.final is not None and given.final > price.live and self._pieces > 1:
            left = min(left, given.final / self._pieces)
        return round(left, 2) if price.floor * _LEAST <= left < base - _CENT else None

    def is_figure(self, value: float) -> bool:
        """Return whether a price is said as such, not worked out from a reduction."""
        said = [number for figure in self._figures for number in (figure.value, figure.said)]
        return self._bargains and any(abs(number - value) < _CENT for number in said)

    def is_count(self, value: float) -> bool:
        """Return whether a figure counts pieces (ten of them)."""
        code = self._exchange.code
        return code == "en" and any(
            abs(span.value - value) < _CENT and _COUNTS.match(self._flat, span.end) for span in self._numbers()
        )

    def is_share(self, value: float) -> bool:
        """Return whether a figure is the price shared out over the pieces of a pack (49 for two is 24.50 each)."""
        if self._is_asked(value):
            return False
        live = self._exchange.price.live
        return any(abs(live / pieces - value) < 0.06 for pieces in range(2, _MOST_PIECES + 1))

    def each(self, value: float) -> float:
        """Return a figure as a price a piece: a sum of several asked prices is that price."""
        return self.asked if self.asked is not None and self._is_asked(value) else value

    def _asked_pieces(self) -> int:
        """Return how many pieces the viewer's figure is for."""
        asked = self._exchange.question.amount
        if not asked:
            return 1
        sums = (span.value / asked for span in self._exchange.language.numbers(self._exchange.question.text))
        whole = (round(pieces) for pieces in sums if abs(pieces - round(pieces)) < 0.01)
        return next((pieces for pieces in whole if 1 < pieces <= _MOST_PIECES), 1)

    def _is_asked(self, value: float) -> bool:
        asked, price = self.asked, self._exchange.price
        if asked is None or any(abs(value - own) < _CENT for own in (price.live, price.list)):
            return False
        return any(abs(value - asked * pieces) < _CENT for pieces in range(1, _MOST_PIECES + 1))

    def _counter_after(self, start: int) -> int | None:
        """Return where a price that grants nothing is named after a place; what it was or is elsewhere is none."""
        live = self._exchange.price.live
        above = [figure for figure in self._figures if figure.start >= start and figure.value >= live - _CENT]
        now = [
            figure.start for figure in above if not _ANCHORED[self._exchange.code].search(self._flat[: figure.start])
        ]
        return now[-1] if now else None

    def _prices(self) -> list[_Figure]:
        spans = self._numbers()
        least, most = self._exchange.price.floor * _LEAST, self._exchange.price.list * 1.5
        found: list[_Figure] = []
        for at, span in enumerate(spans):
            value = self._each_of(spans, at)
            measured = _is_measure(span.unit) and not self._is_asked(span.value)
            measured = measured or self._is_reduction(span) or bool(_COUNTS.match(self._flat, span.end))
            if not measured and least <= value <= most and not self.is_share(value):
                found.append(_Figure(value, span.value, span.start, span.end))
        return found

    def _numbers(self) -> list[NumberSpan]:
        """Return the numbers as they were meant and, where sounds were put right, also as they were recognised."""
        language = self._exchange.language
        meant = list(language.numbers(self._flat))
        if self._exchange.code == "en":
            return [self._as_asked(span) for span in meant]
        heard = language.numbers(flatten(self._reading.text, language))
        meant += [span for span in heard if all(span.value != other.value for other in meant)]
        return sorted(meant, key=lambda span: span.start)

    def _as_asked(self, span: NumberSpan) -> NumberSpan:
        """Return a figure in the reading that was asked for ("one thirty" is 130 to whoever offered 130)."""
        if self._is_asked(span.value):
            return span
        return next((span._replace(value=value) for value in span.alternatives if self._is_asked(value)), span)

    def _each_of(self, spans: Sequence[NumberSpan], at: int) -> float:
        """Return a figure as a price a piece, shared out over the pieces counted beside it."""
        span, flat = spans[at], self._flat
        if self.asked is not None and self._is_asked(span.value):
            return self.asked
        shared = self._shared(span)
        if shared is not None:
            return shared
        before = spans[at - 1] if at else None
        near = before is not None and span.start - before.end <= 5 and self._counts(before, span)
        if near and before is not None and not EACH.match(flat, span.end):
            return self._as_sum(span, before.value) / before.value
        pair = _FOR_ALL[self._exchange.code].search(flat, span.end, span.end + 16)
        if pair and self._pieces > 1 and span.value >= self._exchange.price.live - _CENT:
            return span.value / self._pieces
        return span.value / 2 if pair and span.value > self._exchange.price.live else span.value

    def _counts(self, before: NumberSpan, span: NumberSpan) -> bool:
        """Return whether a number counts the pieces that the next one pays for."""
        between = self._flat[before.end : span.start].strip()
        return _is_pieces(before) or (between == "for" and before.value in range(2, _MOST_PIECES + 1))

    def _as_sum(self, span: NumberSpan, pieces: float) -> float:
        """Return a figure as a sum for so many pieces: "one ten" is no 1.10."""
        least, live = self._exchange.price.floor * 0.6, self._exchange.price.live
        sums = [value for value in span.alternatives if least <= value / pieces <= live + _CENT]
        return sums[0] if sums and span.value / pieces < least else span.value

    def _shared(self, span: NumberSpan) -> float | None:
        """Return a piece's part of another sum for as many pieces as were asked for."""
        price, pieces = self._exchange.price, self._pieces
        if pieces == 1:
            return None
        sums = [value for value in (span.value, *span.alternatives) if value > price.live + _CENT]
        parts = [value / pieces for value in sums if price.floor * 0.6 <= value / pieces <= price.live + _CENT]
        return parts[0] if parts and not EACH.match(self._flat, span.end) else None

    def _is_reduction(self, span: NumberSpan) -> bool:
        """Return whether a figure says how much less something is, not what it costs."""
        code = self._exchange.code
        before, after = self._flat[max(0, span.start - 12) : span.start], self._flat[span.end : span.end + 12]
        return bool(_LESS_BEFORE[code].search(before) or _LESS_AFTER[code].match(after))

    def _handed_over(self) -> list[int]:
        """Return where lower prices are handed over, by the last character of the words for it."""
        live, gives = self._exchange.price.live - _CENT, _GIVES[self._exchange.code]
        under = [figure for figure in self._figures if figure.value < live and figure not in self._refused]
        found = [gives.match(self._flat, figure.end) for figure in under]
        return [match.end() - 1 for match in found if match]

    def _turns_down(self, figure: _Figure) -> bool:
        flat, code = self._flat, self._exchange.code
        return bool(_AFTER[code].match(flat, figure.end) or _BEFORE[code].search(flat[: figure.start]))

    def _stands(self, counter: int | None) -> bool:
        """Return whether what is asked has the last word.

        Args:
            counter: Where a price that is no concession was named after it, if any; then only a later yes stands.
        """
        hits, flat = self._heard.hits, self._heard.flat
        yes = [hit.start for hit in hits if hit.kind == "concurs"]
        yes += self._handed_over()
        no = [hit.start for hit in hits if hit.kind in ("holds_price", "declines")]
        no += [found.start() for found in _TROUBLE[self._exchange.code].finditer(flat)]
        if self._reading.did("declines") and not no and not any(start <= 1 for start in yes):
            no.append(0)
        if any(move.target == "off_platform" for move in self._reading.of("overclaims")):
            yes.append(len(flat))  # a way round the platform is for a deal
        last = max(yes, default=-1)
        return last > max(no, default=-1) if no else counter is None or last > counter


def _is_near(value: float, others: Sequence[float]) -> bool:
    return any(abs(value - other) < _CENT for other in others)


def _is_pieces(span: NumberSpan) -> bool:
    return span.unit.startswith("~") and span.unit[1:2] in _COUNTED and 1 < span.value <= _MOST_PIECES


def _is_measure(unit: str) -> bool:
    """Return whether a number measures something; the character after a Chinese number tells little."""
    if not unit.startswith("~"):
        return unit not in ("", "money")
    word = unit[1:]
    return word.endswith("s") or word in ("percent", "piece", "pack") if word.isascii() else word in _COUNTED
