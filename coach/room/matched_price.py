"""A price handed in so many words to a viewer who does not haggle: a rival's price matched, a regular's favour. Pure.

Figures in answers to such viewers mostly belong to other goods, so only what is plainly given to this viewer counts.
"""

from __future__ import annotations

import re

from coach.language import Language, NumberSpan
from coach.room.exchange import Exchange
from coach.room.reading import Reading

_NEVER = ("spammer", "derailer", "troll")
"""Types that no price is really granted to."""
_BEFORE = {
    "zh": re.compile(r"(?:给|算|卖|收)(?:你|您)(?:也|就|个)?$"),
    "en": re.compile(
        r"\b(?:i'll|i will|i can|we'll|we can|let me) (?:\w+ )?(?:match|do|make it|give you|go)"
        r"(?: (?:it|that|you|at|for|to|just)){0,3},? ?$"
    ),
}
_AFTER = {
    "zh": re.compile(r"^(?:块钱?|元)?(?:也|就|都)?(?:给(?:你|您)|卖(?:你|您)|拿走|成交)"),
    "en": re.compile(r"^(?: dollars| bucks)?,? (?:for you|it is|then deal|deal\b|to make (?:it )?up)"),
}
"""What gives a figure to somebody, before and after it."""
_MATCHES = {
    "zh": re.compile(r"跟(?:他|它|他们|那家|隔壁)一(?:个|样的?)价|(?:跟|给)(?:你|您)?同价"),
    "en": re.compile(r"\bmatch (?:it|that|them|him|their price|the price)\b"),
}
"""What gives a viewer the price of its own line."""
_NOT = {
    "zh": re.compile(r"不|没|别家|隔壁(?!一)|他们家|人家|要是|如果|怎么|才能"),
    "en": re.compile(r"n't\b|\b(?:not|no|never|they|their(?! price)|if|cannot)\b"),
}
_CLAUSE = re.compile(r"[，。！？；!?;]|\.(?!\d)|, (?!\w+-)")
_LEAST = 0.4
"""Share of the floor under which a figure is no price of this product."""
_CENT = 0.011


def matched_price(exchange: Exchange, reading: Reading) -> float | None:
    """Return the lowest price under the live one that an answer plainly gives to a viewer of another type."""
    if exchange.type in _NEVER or reading.did("holds_price", "declines"):
        return None
    code, text = exchange.code, reading.text.lower().replace("’", "'")
    given = [span.value for span in _figures(text, exchange) if _is_given(text, span, code)]
    if not given and _matches(text, code):
        given = [span.value for span in _figures(exchange.question.text.lower(), exchange)]
    return min(given, default=None)


def _figures(text: str, exchange: Exchange) -> list[NumberSpan]:
    language: Language = exchange.language
    least, live = exchange.price.floor * _LEAST, exchange.price.live - _CENT
    return [span for span in language.numbers(text) if least <= span.value < live and span.unit[:1] in ("", "m", "~")]


def _is_given(text: str, span: NumberSpan, code: str) -> bool:
    given = _BEFORE[code].search(text[: span.start]) or _AFTER[code].match(text[span.end :])
    return bool(given) and not _NOT[code].search(_clause(text, span.start, span.end))


def _matches(text: str, code: str) -> bool:
    found = _MATCHES[code].search(text)
    return found is not None and not _NOT[code].search(_clause(text, found.start(), found.start() + 1))


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around a stretch."""
    first = max((cut.end() for cut in _CLAUSE.finditer(text, 0, start)), default=0)
    last = _CLAUSE.search(text, end)
    return text[first : last.start() if last else len(text)]
