"""What a viewer's line asks about, and whether an utterance answers it. Pure: words in, topics out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from coach.language import Language, NumberSpan
from coach.room.heard import content_tokens, flatten, hear
from coach.room.pack import topic_pack
from coach.room.phrasebook import Phrasebook
from coach.room.points import facts_said
from coach.room.reading import MoveKind, Reading
from coach.room.sheet import Sheet, sheet_of
from coach.scenario.model import Price, Scenario

Topic = Literal[
    "price",
    "discount",
    "gift",
    "shipping",
    "size",
    "color",
    "evidence",
    "after_sales",
    "link",
    "stock",
    "identity",
    "comparison",
    "usage",
    "content",
    "hearing",
    "fact",
]
"""What is asked about; `fact` is a selling point, fact or certificate of the product sheet, named in `targets`."""

_MOVES: dict[str, tuple[MoveKind, ...]] = {
    "price": ("gives_price",),
    "discount": ("gives_price", "holds_price", "concedes", "offers_gift"),
    "gift": ("offers_gift",),
    "shipping": ("gives_terms",),
    "evidence": ("shows_evidence", "demonstrates"),
    "after_sales": ("gives_terms", "routes_service", "apologises", "promises_followup"),
    "link": ("calls_to_action",),
}
"""Moves that answer a topic, whatever the words."""


@dataclass(frozen=True, slots=True)
class Question:
    """What one line of a viewer asks about. Empty if it asks nothing."""

    text: str
    topics: tuple[Topic, ...] = ()
    targets: tuple[str, ...] = ()
    """Selling points (ids), facts and certificates (names) it is about."""
    amount: float | None = None
    """Price a piece that the viewer asks for, in the product's currency."""
    wants_number: bool = False
    """Whether it asks how many, how long, how much."""
    words: frozenset[str] = frozenset()
    """Its words that carry meaning; taken up by an answer, they are an echo."""

    def about(self, *topics: Topic) -> bool:
        """Return whether it asks about one of these."""
        return any(topic in self.topics for topic in topics)


def question_of(text: str, scenario: Scenario) -> Question:
    """Return what a viewer's line asks about."""
    return _question(text, sheet_of(scenario))


@lru_cache(maxsize=8192)
def _question(text: str, sheet: Sheet) -> Question:
    heard = hear(text, sheet.language)
    topics = {hit.kind for hit in _asks(sheet.language.code).find(heard.flat)}
    bare = text.rstrip("?？吗呢 ")
    targets = [point.point.id for point in sheet.points if point.match(bare, asked=True).idea]
    targets += facts_said(heard, sheet)
    targets += [name for name, _ in sheet.facts if flatten(name, sheet.language) in heard.flat]
    named = [*(["fact"] if targets else []), *sorted(topics)]
    return Question(
        text,
        tuple(cast("Topic", topic) for topic in named),
        tuple(dict.fromkeys(targets)),
        asked_price(text, sheet.scenario.product.price, sheet.language),
        bool(_NUMBER_ASKED.search(text.lower())),
        frozenset(content_tokens(text, sheet.language)),
    )


@cache
def _asks(code: str) -> Phrasebook:
    return Phrasebook(topic_pack(code).asks, code)


@cache
def _tells(code: str) -> Phrasebook:
    return Phrasebook(topic_pack(code).tells, code)


def answers(reading: Reading, question: Question) -> bool:
    """Return whether an utterance answers the question: names what it is about, or does what its topic asks for."""
    if any(reading.mentions(target) for target in question.targets):
        return True
    return any(reading.did(*_MOVES[topic]) for topic in question.topics if topic in _MOVES)


def takes_up(reading: Reading, question: Question, language: Language) -> bool:
    """Return whether an utterance is on the question's topic at all, answer or not."""
    if answers(reading, question):
        return True
    heard = hear(reading.text, language)
    told = {hit.kind for hit in _tells(language.code).find(heard.flat)}
    if told & set(question.topics):
        return True
    return bool(question.words & content_tokens(reading.text, language))


_NUMBER_ASKED = re.compile(
    r"多少|多久|多重|多长|多大|多厚|多高|几(?!乎)|说数字|具体|"
    r"\bhow (?:many|much|long|big|heavy|hot|old|tall|wide)\b|what percent|\bnumbers?\b|\bwhat size\b"
)


# --- the price a viewer asks for -------------------------------------------------------------------------------


def asked_price(text: str, price: Price, language: Language) -> float | None:
    """Return the price a piece that a viewer's line asks for; None if it names none.

    "三盒270" and "3 for 90" are shared out, "便宜20" and "20% off" are taken from the live price, "对折" halves it.
    """
    flat = flatten(text, language)
    spans = language.numbers(text)
    for at, span in enumerate(spans):
        off = _reduction(span, text, flat, price, language)
        if off is not None:
            return off
        pieces = _pieces(spans[at - 1], text, span) if at else 1.0
        each = span.value / pieces
        if 0.25 * price.floor <= each <= 1.5 * price.list and span.unit in {"", "money"} | _counted(span):
            return round(each, 2)
    halved = ("对折", "半价", "五折") if language.code == "zh" else ("half price", "half off", "bogo")
    return round(price.live / 2, 2) if any(word in flat for word in halved) else None


def _counted(span: NumberSpan) -> frozenset[str]:
    return frozenset([span.unit]) if span.unit.startswith("~") else frozenset()


_LESS_ZH = re.compile(r"(?:便宜|优惠|减|降|抹掉?|让|立减)(?:个|点|我)?$")
_OFF_EN = re.compile(r"^(?:%|percent|dollars|bucks)?\s*off\b", re.IGNORECASE)


def _reduction(span: NumberSpan, text: str, flat: str, price: Price, language: Language) -> float | None:
    """Return the price that an asked reduction would leave."""
    before, after = text[max(0, span.start - 6) : span.start].rstrip(), text[span.end : span.end + 14].strip()
    less = bool(_LESS_ZH.search(before)) if language.code == "zh" else bool(_OFF_EN.match(after))
    if span.unit == "discount":
        return round(price.live * span.value / (10 if span.value < 10 else 100), 2)
    if not less or not 0 < span.value < price.live:
        return None
    return round(price.live * (1 - span.value / 100) if span.unit == "%" else price.live - span.value, 2)


def _pieces(before: NumberSpan, text: str, span: NumberSpan) -> float:
    """Return over how many pieces a sum is shared: 2 in 两盒170, 3 in "3 for 90"."""
    near = span.start - before.end <= 14
    counted = before.unit.startswith("~") or text[before.end : span.start].strip().lower().startswith(
        ("for", "bottles")
    )
    return before.value if near and counted and 1 < before.value <= 20 and before.value == int(before.value) else 1.0
