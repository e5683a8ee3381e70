"""What a viewer's line asks about, and whether an utterance answers it. Pure: words in, topics out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from coach.language import Language, NumberSpan
from coach.room.heard import content_tokens, flatten, hear_plain
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
    facts: tuple[str, ...] = ()
    """Facts of the sheet that such a question is after, by its subject."""
    amount: float | None = None
    """Price a piece that the viewer asks for, in the product's currency."""
    wants_number: bool = False
    """Whether it asks how many, how long, how much."""
    words: frozenset[str] = frozenset()
    """Its words that carry meaning; taken up by an answer, they are an echo."""

    @property
    def asks(self) -> bool:
        """Whether it wants anything at all: it is on a known subject, or a question or a request by its form."""
        known = self.topics or self.facts or self.wants_number or self.amount is not None
        return bool(known) or _ASKING_FORM.search(self.text.strip()) is not None

    @property
    def asks_one_thing(self) -> bool:
        """Whether it wants one thing to be told, not just more of anything (讲讲呗, "tell us more")."""
        return bool(self.topics) or (self.asks and _OPEN_REQUEST.search(self.text) is None)

    def about(self, *topics: Topic) -> bool:
        """Return whether it asks about one of these."""
        return any(topic in self.topics for topic in topics)


def question_of(text: str, scenario: Scenario) -> Question:
    """Return what a viewer's line asks about."""
    return _question(text, sheet_of(scenario))


@lru_cache(maxsize=1024)
def _question(text: str, sheet: Sheet) -> Question:
    heard = hear_plain(text, sheet.language)
    topics = {hit.kind for hit in _asks(sheet.language.code).find(heard.flat)}
    bare = text.rstrip("?？吗")
    targets = [point.point.id for point in sheet.points if point.is_about(bare)]
    targets += facts_said(heard, sheet)
    targets += [name for name, _ in sheet.facts if flatten(name, sheet.language) in heard.flat]
    words = frozenset(content_tokens(text, sheet.language))
    named = [*(["fact"] if targets else []), *sorted(topics)]
    return Question(
        text,
        tuple(cast("Topic", topic) for topic in named),
        tuple(dict.fromkeys(targets)),
        sheet.fact_sheet.asked_for(heard.flat, words),
        asked_price(text, sheet.scenario.product.price, sheet.language),
        bool(_NUMBER_ASKED.search(text.lower())),
        words,
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
    told = {hit.kind for hit in _tells(language.code).find(flatten(reading.text, language))}
    if told & set(question.topics):
        return True
    return bool(question.words & content_tokens(reading.text, language))


_OPEN_REQUEST = re.compile(
    r"[讲说听]{2}|介绍|[再多]讲|\btell (?:us|me) (?:more|about)\b|\b(?:say|tell) (?:\w+ )?a (?:little|bit) more\b",
    re.IGNORECASE,
)
_ASKING_FORM = re.compile(r"[?？]|[吗呢呗嘛吧]\s*[。～~！!]*$|什么|怎么|哪|谁|\bplease\b", re.IGNORECASE)
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
    share = next((left for wording, left in _SHARES[language.code] if re.search(wording, flat)), None)
    if share is not None:
        return round(price.live * share, 2)
    spans = language.numbers(text)
    prices = [span for span in spans if span.unit in _PRICED and span.value >= 0.25 * price.floor]
    for at, span in enumerate(spans):
        if prices and span not in prices and span.unit[1:] in _PIECES:
            continue  # so many pieces, and the price beside them
        if at + 1 < len(spans) and _is_for(span, text, spans[at + 1], price):
            continue  # "4 for 40"
        off = _reduction(span, text, price, language)
        if off is not None:
            return off
        pieces = _pieces(spans[at - 1], text, span) if at else 1.0
        pieces = 2.0 if _FOR_BOTH.match(text, span.end) else pieces
        if pieces == 1.0 and at + 1 < len(spans) and at + 2 >= len(spans) and span.value >= price.live:
            pieces = _pieces_after(span, text, spans[at + 1])  # less than one costs now is a wish for each
        each = span.value / pieces
        if 0.25 * price.floor <= each <= 1.5 * price.list and span.unit in {"", "money"} | _counted(span):
            return round(each, 2)
    return None


_SHARES = {
    "zh": (
        (r"买一送一|对折|半价(?!第)|五折|一半(?:价|的价)|便宜一半", 0.5),
        (r"第二(?:件|个|支|盒|双)半价", 0.75),
        (r"买[二两2]送[一1]", 2 / 3),
        (r"买[三3](?:件|个|盒|支)?.{0,4}送[一1]", 0.75),
    ),
    "en": (
        (r"half price|half off|bogo|buy one get one(?! half)|b1g1", 0.5),
        (r"buy one get one half|second (?:one )?half", 0.75),
        (r"buy (?:two|2) get (?:one|1)|b2g1", 2 / 3),
    ),
}
"""What such a deal leaves of the live price, a piece."""


_PIECES = frozenset("件盒包单条双瓶袋箱份支套只罐床副口")


def _counted(span: NumberSpan) -> frozenset[str]:
    return frozenset([span.unit]) if span.unit.startswith("~") else frozenset()


_LESS_ZH = re.compile(r"(?:便宜|优惠|减|降|抹掉?|让|立减|少|砍)(?:个|点|我)?$")
_OFF_EN = re.compile(r"^(?:%|percent|dollars|bucks)?\s*off\b", re.IGNORECASE)


def _reduction(span: NumberSpan, text: str, price: Price, language: Language) -> float | None:
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


_FOR_BOTH = re.compile(r"\s*(?:dollars?|bucks?|块钱?|元)?\s*(?:for (?:both|the pair|the two)\b|一对|俩)", re.IGNORECASE)
_PRICED = ("", "money", "~一", "~俩", "~仨")
"""Units of a figure that may be a price."""
_BOTH = ("俩", "仨")
"""Counts with their measure word in them."""
_FOR_AFTER = re.compile(r"^\s*(?:dollars?|bucks|块钱?|元)?\s*(?:for|拿|买|要|来)?\s*$", re.IGNORECASE)


def _is_for(span: NumberSpan, text: str, following: NumberSpan, price: Price) -> bool:
    """Return whether a figure counts the pieces that the next one pays for."""
    between = text[span.end : following.start].strip(" $¥￥").lower()
    whole = 1 < span.value <= 20 and span.value == int(span.value)
    return whole and between == "for" and 0.25 * price.floor <= following.value / span.value <= 1.5 * price.list


def _pieces_after(span: NumberSpan, text: str, following: NumberSpan) -> float:
    """The same where the count comes second: 100两件, "36 for 2 bottles"."""
    between = text[span.end : following.start]
    counted = following.unit.startswith("~") or between.strip().lower() == "for"
    counted = counted or text[following.start : following.end] in _BOTH
    whole = 1 < following.value <= 20 and following.value == int(following.value)
    return following.value if counted and whole and _FOR_AFTER.match(between) else 1.0
