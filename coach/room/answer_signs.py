"""What a learned judge looks at in an answer: what the rules read of the exchange, and what its words do.

No word of a product is among the signs: only classes of words, moves, and strings that are said of many products.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from coach.language.claims import scanner
from coach.language.claims.learned.opinion import scores_of
from coach.room.answer_limits import claims_ruled_out, fits, says
from coach.room.answer_words import senses_in, strings_in, units_of
from coach.room.exchange import Exchange
from coach.room.plain_answers import is_right
from coach.room.reading import Reading

Sign = tuple[str, float]
"""Name and strength."""
_LINE = {"zh": 14, "en": 9}
"""Characters or words of one short answer: what lengths are counted in."""
_FEW = 4
_CENT = 0.011
_STRINGS = 2.0
"""Weight of all strings of an answer against one sense."""
_ALSO = 0.7
"""The same of a string under one treatment."""
_MARKS = ".!?。！？…"
_CUT = {
    "zh": re.compile(
        r"(?:那个|这个|就是|然后|因为|所以|但是|可是|或者|还是|如果|以及|比如|的话|它会|它是|我们|把|被|跟|和|在|从|按|一天|每|大概)[，,…]*$"
    ),
    "en": re.compile(
        r"\b(?:the|a|an|and|or|but|so|to|of|with|for|in|on|at|from|is|are|was|it's|that's|because|if|when|which|um|uh|like"
        r"|about|than|its|your|our|my|you wanna do is|in between)[ ,.…—-]*$"
    ),
}
"""The end of what was left in the middle of its clause."""
_LIAR = {
    "zh": re.compile(
        r"(?:谁|哪个|哪家|有人|人家)[^，。]{0,14}(?:说|讲|跟|卖|告诉|保证)[^。]{0,22}"
        r"(?:别信|别听|瞎|胡说|骗|假|忽悠|扭头|吹|乱)"
    ),
    "en": re.compile(
        r"\b(?:whoever|anyone|anybody|somebody|someone|people|if they) (?:who |that |ever )?(?:\w+ ){0,3}"
        r"(?:tell|say|sell|claim|promis|guarantee)\w*\b.{0,60}"
        r"\b(?:don't|lying|liar|run|wrong|nonsense|not true|walk|scam|fib"
        r"|kidding|selling you something|full of it|pulling)"
    ),
}
"""Whoever claims it is not to be believed: no claim, no attack."""
_PAIRS = frozenset(
    {
        *(("bash", "rival"), ("fair", "rival"), ("refuse", "wink"), ("anecdote", "refuse"), ("anecdote", "though")),
        *(("owns", "remedy"), ("blame", "remedy"), ("care", "mild"), ("care", "refuse"), ("proof", "vague")),
        *(("assure", "proof"), ("bargain", "extra"), ("refuse", "though"), ("though", "wink"), ("liar", "refuse")),
    }
)


@dataclass(frozen=True, slots=True)
class Judged:
    """An exchange as the rules judge it."""

    exchange: Exchange
    reading: Reading
    handled: Literal["well", "weak", "badly", "unanswered"]
    reasons: tuple[str, ...]
    granted: float | None


def is_cut(text: str, code: str) -> bool:
    """Return whether an answer stops in the middle of its clause."""
    return bool(_CUT[code].search(text.strip().lower()))


def disowns(text: str, code: str) -> bool:
    """Return whether whoever makes a claim is called a liar, as a way to refuse it."""
    return bool(_LIAR[code].search(text.lower()))


def signs_of(judged: Judged) -> dict[str, float]:
    """Return all signs of an exchange, each with its strength."""
    found: dict[str, float] = {}
    for name, value in (
        *_ruled(judged),
        *_read(judged),
        *_compared(judged),
        *_shared(judged),
        *_shaped(judged),
        *_worded(judged),
    ):
        found[name] = found.get(name, 0.0) + value
    return found


def price_told(judged: Judged) -> Literal["right", "other", "none"]:
    """Return which price an answer names: that of the day, another one or none."""
    prices = [move.value for move in judged.reading.of("gives_price")]
    right = any(value is not None and abs(value - judged.exchange.price.live) < _CENT for value in prices)
    return "right" if right else "other" if prices else "none"


def is_string(name: str) -> bool:
    """Return whether a sign is a string of letters: it counts only if it was said of many products."""
    return name[:2] in ("zh", "en") and ":" in name[2:4]


def _treatment(judged: Judged) -> str:
    return judged.exchange.treatment[0]


def _ruled(judged: Judged) -> Iterator[Sign]:
    """Yield what the rules make of it."""
    kind, viewer = _treatment(judged), judged.exchange.type
    yield f"rule:{judged.handled}", 1.0
    yield f"rule:{judged.handled}|{kind}", 1.0
    yield f"rule:{judged.handled}|{viewer}", 1.0
    for reason in judged.reasons:
        yield f"why:{reason}", 1.0
        yield f"why:{reason}|{kind}", 1.0
    yield f"kind:{kind}", 1.0
    yield f"viewer:{viewer}", 1.0


def _read(judged: Judged) -> Iterator[Sign]:
    """Yield moves and topics."""
    kind = _treatment(judged)
    for move in sorted({move.kind for move in judged.reading.moves}):
        yield f"move:{move}", 1.0
        yield f"move:{move}|{kind}", 1.0
    question = judged.exchange.question
    for topic in question.topics:
        yield f"asks:{topic}", 1.0
    if question.wants_number:
        yield "asks:number", 1.0


def _compared(judged: Judged) -> Iterator[Sign]:
    """Yield how the answer stands to the line and to the sheet."""
    exchange, reading, kind = judged.exchange, judged.reading, _treatment(judged)
    question, text = exchange.question, reading.text
    exact = any(not number.approximate for number in exchange.heard(reading).numbers)
    yield f"number:{exact}|{question.wants_number}|{kind}", 1.0
    told = exchange.tells_asked(reading)
    yield f"told:{told}", 1.0
    yield f"told:{told}|{kind}", 1.0
    if question.wants_number:
        yield f"told:{told}|number", 1.0
    said = says(text, exchange.code)
    yield f"right:{is_right(question.text, text, exchange.scenario.product, exchange.code)}|{kind}", 1.0
    yield f"said:{said}|{kind}", 1.0
    within = fits(exchange)
    if within is not None and kind == "a":
        yield f"fits:{within}|{said}", 1.0
    if question.about("price"):
        yield f"price:{price_told(judged)}", 1.0
    if exchange.asks_ruled_out():
        yield f"ruled_out|{kind}", 1.0
        yield f"ruled_out|{said}", 1.0
    if claims_ruled_out(exchange, reading):
        yield f"claims_ruled_out|{kind}", 1.0
    if exchange.sheet.differs(exchange.asked_facts, text):
        yield "differs", 1.0


def _shared(judged: Judged) -> Iterator[Sign]:
    """Yield how much of the sheet and of the line comes again."""
    exchange, reading, kind = judged.exchange, judged.reading, _treatment(judged)
    mended = exchange.sheet.mend(reading.text)
    shared = min(exchange.sheet.fact_sheet.shared(mended), 6) / 3
    yield from (("sheet", shared), (f"sheet|{kind}", shared))
    if exchange.tells_asked(reading) is not True:
        yield f"sheet|beside|{kind}", shared
    if exchange.sheet.fact_sheet.has_amount(mended):
        yield from (("amount", 1.0), (f"amount|{kind}", 1.0))
    echo = min(exchange.echoes(reading), 4) / 2
    yield from (("echo", echo), (f"echo|{kind}", echo))
    if exchange.echoes_opening(reading):
        yield "echoes_opening", 1.0
    if exchange.says_you(reading):
        yield f"you|{kind}", 1.0
    if exchange.type == "haggler":
        floor, amount = exchange.price.floor - 0.011, exchange.question.amount
        asked = "none" if amount is None else "low" if amount < floor else "fair"
        yield f"asked:{asked}|{judged.granted is not None}", 1.0


def _shaped(judged: Judged) -> Iterator[Sign]:
    """Yield length, end and what the learned opinion on claims makes of it."""
    exchange, text, kind = judged.exchange, judged.reading.text, _treatment(judged)
    lines = exchange.units(judged.reading) / _LINE[exchange.code]
    yield from (("length", min(lines, 5.0)), (f"length|{kind}", min(lines, 5.0)))
    yield f"size:{min(4, int(lines * 2))}|{kind}", 1.0
    end = text.strip()[-1:]
    yield ("end:mark" if end and end in _MARKS else "end:open"), 1.0
    if is_cut(text, exchange.code):
        yield from (("cut", 1.0), (f"cut|{kind}", 1.0))
    if "?" in text or "？" in text:
        yield f"asks_back|{kind}", 1.0
    if disowns(text, exchange.code):
        yield from (("disowns", 1.0), (f"disowns|{kind}", 1.0))
    claim = _claim(text, exchange)
    yield from (("claim", claim), (f"claim|{kind}", claim))


def _claim(text: str, exchange: Exchange) -> float:
    scores = scores_of(scanner(exchange.code).ready(text).flat, exchange.code, exchange.scenario.category)
    return max(-6.0, min(4.0, max(scores, default=-6.0))) / 3


def _worded(judged: Judged) -> Iterator[Sign]:
    """Yield the senses of its words, and its strings."""
    code, kind = judged.exchange.code, _treatment(judged)
    units = units_of(judged.reading.text, code)
    listed = senses_in(units, code)
    held = sorted(set(listed))
    for sense in held:
        yield f"sense:{sense}", 1.0
        yield f"sense:{sense}|{kind}", 1.0
    for pair in combinations(held, 2):
        if pair in _PAIRS:
            yield f"sense:{pair[0]}&{pair[1]}", 1.0
    if listed:
        yield f"sense:{listed[0]}<", 1.0
        yield f"sense:{listed[-1]}>", 1.0
    strings = strings_in(units)
    part = _STRINGS / max(_FEW, len(strings)) ** 0.5
    for string in strings:
        yield f"{code}:{string}", part
        yield f"{code}{kind}:{string}", part * _ALSO
