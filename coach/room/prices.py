"""Which numbers of an utterance are prices, and what is done with them: named, anchored, granted or refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from coach.language import NumberSpan
from coach.room.heard import Heard, flatten, negated_at_end, phrasebook
from coach.room.price_words import spoken_price
from coach.scenario.model import Price

Use = Literal["named", "anchor", "refused"]

_WINDOW = 24
"""Characters looked at on either side of a number."""
_CENT = 0.011


@dataclass(frozen=True, slots=True)
class SaidPrice:
    """One price as said."""

    value: float
    use: Use
    """`named`: to be paid now. `anchor`: was, or is elsewhere. `refused`: asked for by somebody, turned down."""


def said_prices(heard: Heard, price: Price) -> list[SaidPrice]:
    """Return the prices in an utterance, in order; counts, percentages and measures are left out."""
    found: list[SaidPrice] = []
    spans = heard.language.numbers(heard.text)
    for number, span in enumerate(spans):
        if _is_ordinal(span, heard) or span.approximate:
            continue
        each = any(abs(span.value - known) < _CENT for known in (price.live, price.list))  # 三个79 is 79 apiece
        quantity = _quantity(spans[number - 1], span, heard) if number and not each else None
        value = span.value / quantity if quantity else span.value
        if not _plausible(value, price):
            continue
        before, after = _sides(heard, span)
        if value != price.live and _is_difference(span, after, heard):
            continue
        known = any(abs(value - other) < _CENT for other in (price.list, price.live, price.floor))
        bare = not _is_count(span, heard) and span.unit not in _NOT_MONEY
        if span.unit == "money" or (bare and (known or quantity or _is_cued(before, after, heard))):
            own = abs(value - price.live) < _CENT  # nobody turns down the price of the day
            turned_down = _asked(span, heard) or (not own and _turned_down(spans, number, heard))
            use = "refused" if turned_down else _use(value, before, after, heard, price, _own(spans, number, heard))
            found.append(SaidPrice(round(value, 2), use))
    found += _by_sound(heard, price, {said.value for said in found})
    last = {said.value: said.use for said in found}
    dropped = {value for value, use in last.items() if use == "refused" and abs(value - price.live) >= _CENT}
    return [SaidPrice(said.value, "refused") if said.value in dropped else said for said in found]


def _is_cued(before: str, after: str, heard: Heard) -> bool:
    """Return whether words beside a bare number make it a price."""
    pack = heard.pack
    return _ends_with(before, (*pack.price_before, *pack.asked_before)) or _starts_with(
        after, (*pack.price_after, *pack.refused_after)
    )


def _by_sound(heard: Heard, price: Price, known: set[float]) -> list[SaidPrice]:
    """Return the live and the list price where they are spoken beside other numbers and so were not read as numbers."""
    found: list[SaidPrice] = []
    for value in dict.fromkeys((price.live, price.list)):
        hit = None if value in known else spoken_price(value, heard.language.code).search(heard.flat)
        if hit is None or _CENTS_FOLLOW.match(heard.flat, hit.end()):
            continue
        before, after = heard.flat[max(0, hit.start() - _WINDOW) : hit.start()], heard.flat[hit.end() :][:_WINDOW]
        found.append(SaidPrice(value, _use(value, before.rstrip(), after.lstrip(), heard, price)))
    return found


def price_after_discount(heard: Heard, price: Price) -> float | None:
    """Return the price that a further reduction granted now would leave (再便宜10块, "take ten off"), if any."""
    if not heard.any(heard.pack.give_words):
        return None
    for span in heard.language.numbers(heard.text):
        before, after = _sides(heard, span)
        if span.unit in ("discount", "%") and _grants_share(before, after, heard):
            return round(price.live * share_left(span.value, span.unit), 2)
        less = _ends_with(before, heard.pack.less_before) or after.startswith("off")
        if (
            less
            and span.unit in ("money", "", "~off")
            and 0 < span.value < price.live * 0.7
            and not _negated(before, heard)
        ):
            return round(price.live - span.value, 2)
    return None


_CENTS_FOLLOW = re.compile(r"\s*(?:块|元|点|\.)\s*[0-9零一二三四五六七八九]|\s+(?:ninety[ -])?(?:nine|five) cents")
"""What makes a price another one: 八十九 is not said in 八十九块九."""
_SENTENCE_END = re.compile(r"[!?。！？；]|\.(?!\d)")
_CLAUSE_END = re.compile(r"[,，、…;；!?。！？:：]|\.(?!\d)")
_LESS_BEFORE = {
    "zh": re.compile(
        r"(?:便宜|优惠|省|少|减|降|让|返|抹掉)(?:了|下来?|掉|出)?(?:你|您|大家|你们)?(?:整整|足足|将近|差不多|快|近|大概|小|掉)?$"
    ),
    "en": re.compile(
        r"\b(?:sav(?:e|es|ed|ing)|knock(?:s|ed|ing)?|cheaper by|less by|down by|discount of)"
        r"(?: (?:you|yourself|yourselves|everybody|almost|about|around|nearly|over|a full|another|an extra|whole))*$"
    ),
}
_LESS_AFTER_EN = re.compile(r"(?:off\b|cheaper\b|less\b|lower\b|in savings\b|discount\b|below (?:list|retail|what)\b)")
_SMALL_WORDS = frozenset(
    ["to", "at", "a", "the", "for", "like", "even", "you", "that", "below", "under", "到", "个", "这个"]
)
"""What may stand between holding the price and the number it turns down ("can't go to nineteen")."""
EACH = re.compile(
    r"\s*(?:块钱?|元|dollars?|bucks?)?\s*(?:[一每][件盒包个单条双瓶袋箱份支套只罐床]|each|apiece|a piece)"
)
"""What makes a figure the price of one, whatever number of pieces was said before."""
_PIECES = frozenset("件盒包单条双瓶袋箱份支套只罐个")
_NOT_MONEY = {
    "%",
    "discount",
    "g",
    "oz",
    "ml",
    "mm",
    "inch",
    "sec",
    "min",
    "day",
    "month",
    "degree",
    "db",
    "watt",
    "mah",
}


def share_left(value: float, unit: str) -> float:
    """Return what a percentage off, or a Chinese 八五折 (unit `discount`), leaves of a price."""
    return 1 - min(value, 95) / 100 if unit == "%" else value / (10 if value < 10 else 100)


def _grants_share(before: str, after: str, heard: Heard) -> bool:
    if heard.language.code == "zh":
        return bool(re.search(r"(再|给你|给您|算你|可以|打个?)打?个?$", before)) and not _negated(before, heard)
    return after.startswith(("off", "discount")) and not _negated(before, heard)


def _is_count(span: NumberSpan, heard: Heard) -> bool:
    word = span.unit.removeprefix("~")
    return span.unit.startswith("~") and word[:1] != "" and (word in heard.pack.measures)


def _is_ordinal(span: NumberSpan, heard: Heard) -> bool:
    """Return whether the number counts links or items (三号链接, "item three"), not money."""
    if heard.language.code == "zh":
        return heard.text[span.end : span.end + 1] == "号"
    return heard.text[: span.start].rstrip().lower().endswith(("item", "number", "link", "cart"))


def _turned_down(spans: list[NumberSpan], number: int, heard: Heard) -> bool:
    """Return whether holding the price is said of this number: right before it, or after it and before the next."""
    span = spans[number]
    begin = max(span.start - _WINDOW, spans[number - 1].end if number else 0)
    end = min(span.end + _WINDOW, spans[number + 1].start if number + 1 < len(spans) else len(heard.text))
    before = flatten(_SENTENCE_END.split(heard.text[begin : span.start])[-1], heard.language).rstrip()
    after = flatten(heard.text[span.end : end], heard.language).rstrip()
    find = phrasebook(heard.language.code).find
    if any(hit.kind == "holds_price" for hit in find(after + " ")):
        return True
    ends = [hit.end for hit in find(before + " ") if hit.kind == "holds_price"]
    return any(set(before[end:].split()) <= _SMALL_WORDS for end in ends)


def _quantity(before: NumberSpan, span: NumberSpan, heard: Heard) -> float | None:
    """Return how many pieces a number pays for (两件一百六, "two for ninety"), if the one before says so."""
    if EACH.match(heard.text, span.end):
        return None
    if heard.language.code == "zh":
        counted = before.unit[1:] in _PIECES and before.unit.startswith("~") and span.start - before.end <= 4
    else:
        counted = heard.text[before.end : span.start].strip().lower() in ("for", "pieces for", "of them for")
    return before.value if counted and 1 < before.value <= 20 else None


def _asked(span: NumberSpan, heard: Heard) -> bool:
    """Return whether the number stands in a question, so that it is a viewer's wish read out."""
    clauses = heard.language.clauses(heard.text)
    return any(clause.kind == "question" and clause.start <= span.start < clause.end for clause in clauses)


def _plausible(value: float, price: Price) -> bool:
    return price.floor * 0.3 <= value <= price.list * 3


def _use(value: float, before: str, after: str, heard: Heard, price: Price, own: _Own | None = None) -> Use:
    """Return what is done with a price; `own` is what of both sides is about it where commas tell."""
    asked, denied, refused, clause = own or _Own(before, before, after, before)
    if (
        _ends_with(before if value > price.live else denied, heard.pack.anchor_before)
        or abs(value - price.list) < _CENT
    ):
        return "anchor" if value > price.live else "refused"
    if _ends_with(asked, heard.pack.asked_before) or _starts_with(refused, heard.pack.refused_after):
        return "refused"
    below = value < price.live - _CENT
    return "refused" if _negated(denied, heard) or (below and _not_sold_for(clause, heard)) else "named"


_NOT_SOLD_EN = re.compile(
    r"\b(?:(?:i|we|nobody|no one)(?: just| \w+ly)?"
    r" (?:cant|cannot|can not|couldnt|could not|wont|will not|wouldnt|would not|dont|do not|am not|are not)"
    r"|im not|were not|(?:nobody|no one|no way (?:i|we)) (?:can|could|will|would))"
    r"(?: (?:just|even|able|going|gonna|to|be)| (?!usually|normally|generally|ordinarily)\w+ly){0,4}"
    r" (?:sell|selling|do|doing|let|letting|give|giving|take|taking|go|offer|accept|honou?r|make|part)"
    r"(?: (?!(?:but|than|below|under|lower|less|i|im|ill|we|every\w*|any\w*|often|always)\b)\w+){0,5}$"
)
"""A seller who does not hand a thing over, up to the price it is not handed over for ("I can't let it go for")."""


def _not_sold_for(clause: str, heard: Heard) -> bool:
    return heard.language.code == "en" and bool(_NOT_SOLD_EN.search(clause.strip()))


def _negated(before: str, heard: Heard) -> bool:
    return negated_at_end(before, heard.language, heard.pack)


class _Own(NamedTuple):
    """Flat text around a number, as far as its cues reach: never over a mark into a clause with a price of its own."""

    asked: str
    """Before it, for who asks. Where its clause begins with it, a cue may end the clause before (你说，八十二)."""
    denied: str
    """Before it, for denials."""
    refused: str
    """After it, for what turns it down."""
    clause: str
    """All of its clause before it."""


def _own(spans: list[NumberSpan], number: int, heard: Heard) -> _Own:
    """Return what around a number is about it."""
    span = spans[number]
    *earlier, left = _CLAUSE_END.split(heard.text[max(0, span.start - _WINDOW) : span.start])
    denied = asked = _SIGN.sub("", flatten(left, heard.language).rstrip())
    if not asked and earlier:
        last = flatten(earlier[-1], heard.language).rstrip()
        asked = last if any(last.endswith(cue) for cue in heard.pack.asked_before) else ""
    end = span.end + _WINDOW
    marks = [hit.start() for hit in _CLAUSE_END.finditer(heard.text, span.end)][:2]
    following = spans[number + 1].start if number + 1 < len(spans) else None
    if marks and following is not None and marks[0] < following < (*marks, len(heard.text))[1]:
        end = marks[0]
    refused = _CURRENCY.sub("", flatten(heard.text[span.end : end], heard.language).lstrip())
    clause = _CLAUSE_END.split(heard.text[spans[number - 1].end if number else 0 : span.start])[-1]
    return _Own(asked, denied, refused, _SIGN.sub("", flatten(clause, heard.language).rstrip()))


def _is_difference(span: NumberSpan, after: str, heard: Heard) -> bool:
    """Return whether a number is how much less is paid (便宜七十块, "save 70", "70 off"), not a price."""
    code = heard.language.code
    before = _SIGN.sub("", heard.text[max(0, span.start - _WINDOW) : span.start].lower().rstrip())
    return bool(_LESS_BEFORE[code].search(before)) or (code == "en" and bool(_LESS_AFTER_EN.match(after)))


def _sides(heard: Heard, span: NumberSpan) -> tuple[str, str]:
    """Return the flattened text just before and after a number, currency signs and words dropped."""
    before = flatten(heard.text[max(0, span.start - _WINDOW) : span.start], heard.language).rstrip()
    after = flatten(heard.text[span.end : span.end + _WINDOW], heard.language).lstrip()
    return _SIGN.sub("", before), _CURRENCY.sub("", after)


_CURRENCY, _SIGN = (
    re.compile(r"^(块钱?|元|dollars?|bucks?|percent)\s*|不是不(?:行|可以|能)"),
    re.compile(r"\s*[$¥￥]$"),
)


def _ends_with(before: str, cues: tuple[str, ...]) -> bool:
    """Return whether a cue stands right before the number, one or two small words between allowed."""
    if _is_chinese(before[-1:]):
        return any(cue in before[-len(cue) - 3 :] for cue in cues)
    words = before.split()
    return any(f" {cue} " in f" {' '.join(words[-len(cue.split()) - 2 :])} " for cue in cues)


def _starts_with(after: str, cues: tuple[str, ...]) -> bool:
    """Return whether a cue stands right after the number, one small word between allowed."""
    if _is_chinese(after[:1]):
        return any(cue in after[: len(cue) + 4] for cue in cues)
    words = after.split()
    return any(f" {cue} " in f" {' '.join(words[: len(cue.split()) + 1])} " for cue in cues)


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
