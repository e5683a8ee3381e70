"""What a learned judge of grants looks at: the words around figures by their class, the rules' reading, the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coach.room.exchange import Exchange
from coach.room.grant_figures import UNDER, Figure, figures_of, pieces_in
from coach.room.reading import MoveKind, Reading

_WORDS = {
    "en": re.compile(r"<\w+>|[a-z']+|[?!.,]"),
    "zh": re.compile(r"<\w+>|[\u3400-\u9fff]|[a-z]+|[？！。，?!,.]"),
}
_MARKS = str.maketrans("？！。，", "?!.,")
_CLASSES = {
    "en": (
        ("next", re.compile(r"\b(?:second|2nd|third|3rd|fourth|4th|another|extra|other|next)\b")),
        (
            "nothing",
            re.compile(r"\b(?:on (?:me|us|the house)|my (?:shout|treat)|no charge|for (?:nothing|free)|free|gratis)\b"),
        ),
        ("half", re.compile(r"\b(?:half(?: off| price)?|(?:50 ?%|fifty percent)(?: off)?)(?!\w)")),
        (
            "back",
            re.compile(
                r"\b(?:refund|cash ?back|venmo|zelle|paypal|cash app|send you|send back|coming back|back to you"
                r"|envelope|gift card|store credit)\b"
            ),
        ),
    ),
    "zh": (
        ("next", re.compile(r"第[二三四五六两23]|另一|另外一|多一")),
        ("nothing", re.compile(r"免费|不要钱|白送|不收钱|我请|算我的|零元")),
        ("half", re.compile(r"半价|对半|五折")),
        ("back", re.compile(r"红包|返现|(?:返|退|转|补|贴)(?:你|您|给)")),
    ),
}
"""Words of one meaning, for which one name stands."""
_NAMES = tuple(f"<{name}>" for name, _ in _CLASSES["en"])
_NO = {
    "en": re.compile(r"\b(?:no|nope|can't|won't) ?[.!]?$"),
    "zh": re.compile(r"(?:不 行|不 了|不 卖|没 有)(?: [的啊呀哦哈])*[ .!]*$"),
}
"""Last words that leave nothing granted, whatever was said before."""
_LONGEST = {"en": 3, "zh": 4}
"""Words or characters of a run."""
_BESIDE = {"en": 5, "zh": 6}
"""Words or characters on either side of a figure under the floor that say what is done with it."""
_LINE = 0.7
"""Weight of a run of the line against one of the answer."""
_SHORT = 6
"""Words of an answer that is all yes or no."""
_UNDER_NAMES = frozenset(f"<{asked}{kind}>" for kind in UNDER for asked in ("", "asked"))
_MOVES: tuple[MoveKind, ...] = (
    "holds_price",
    "declines",
    "concurs",
    "confirms",
    "concedes",
    "offers_gift",
    "refuses_claim",
)
_MONEY = frozenset({"low", "mid", "live", "sumlow", "summid", "sumlive", "cut", "cutok", "pctlow", "pctok", "list"})


class Offer:
    """An offer and its answer, with their figures.

    Args:
        exchange: The line.
        reading: Its answer.
    """

    def __init__(self, exchange: Exchange, reading: Reading) -> None:
        language, price, line = exchange.language, exchange.price, exchange.question.text
        self.exchange, self.reading = exchange, reading
        self.pieces = pieces_in(line, reading.text, language)
        self.asked = figures_of(line, (), self.pieces, price, language)
        self.said = figures_of(reading.text, self.asked, self.pieces, price, language)
        self.line_words = _words(line, self.asked, exchange.code)
        self.words = _words(reading.text, self.said, exchange.code)
        self.all_words = {*self.line_words, *self.words}

    def is_about_price(self) -> bool:
        """Return whether the line asks for a better price, money back or a piece more, or names a price."""
        question = self.exchange.question
        asks = question.amount is not None or question.about("price", "discount", "gift")
        return asks or not set(self.line_words).isdisjoint(_NAMES)

    def halves_next(self) -> bool:
        """Return whether a second piece is to cost half."""
        return {"<half>", "<next>"} <= self.all_words

    def may_grant(self) -> bool:
        """Return whether anything in it could leave less than the floor."""
        if _NO[self.exchange.code].search(" ".join(self.words)):
            return False
        under = any(figure.kind in UNDER for figure in (*self.asked, *self.said))
        return under or not self.all_words.isdisjoint(_NAMES)


def signs_of_grant(offer: Offer, below: bool, granted: bool) -> dict[str, float]:
    """Return all signs of an offer, each with its strength.

    Args:
        offer: The offer.
        below: Whether the rules hear a price under the floor.
        granted: Whether they hear any.
    """
    found: dict[str, float] = {}
    for name in (*_of_answer(offer), *_of_figures(offer), *_of_rules(offer, below, granted)):
        found[name] = 1.0
    for run in _runs(offer.line_words, 2):
        found[f"line {run}"] = _LINE
    return found


def _words(text: str, figures: Sequence[Figure], code: str) -> list[str]:
    """Return the words of a text, names in angle brackets standing for figures and for words of one meaning."""
    cuts = [0, *(at for figure in figures for at in (figure.start, figure.end)), len(text)]
    pieces = [text[left:right].lower().replace("’", "'") for left, right in list(pairwise(cuts))[::2]]
    names = [*(figure.name for figure in figures), ""]
    plain = "".join(f"{piece}{name}" for piece, name in zip(pieces, names, strict=True))
    for name, pattern in _CLASSES[code]:
        plain = pattern.sub(f" <{name}> ", plain)
    return [word.translate(_MARKS) for word in _WORDS[code].findall(plain)]


def _runs(words: Sequence[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for at in range(len(words) - size + 1):
            yield " ".join(words[at : at + size])


def _of_answer(offer: Offer) -> Iterator[str]:
    """Yield runs of its words, and those beside figures under the floor."""
    code, words = offer.exchange.code, ["^", *offer.words, "$"]
    yield from _runs(words, _LONGEST[code])
    yield f"begins {' '.join(words[1:3])}"
    yield f"ends {' '.join(words[-3:-1])}"
    reach = _BESIDE[code]
    for at, word in enumerate(words):
        if word in _UNDER_NAMES:
            before, after = words[max(0, at - reach) : at], words[at + 1 : at + reach + 1]
            yield from (f"near {run}" for run in _runs([*before, word, *after], 3))
            yield from (f"before {item}" for item in before)
            yield from (f"after {item}" for item in after)


def _of_figures(offer: Offer) -> Iterator[str]:
    """Yield which figures there are, and which money is named first and last."""
    yield from (f"asks {figure.kind}" for figure in offer.asked)
    yield from (f"says {figure.name}" for figure in offer.said)
    money = [figure.name for figure in offer.said if figure.kind in _MONEY]
    yield f"last {money[-1] if money else '-'}"
    yield f"first {money[0] if money else '-'}"
    under, about = _under(offer), offer.is_about_price()
    yield f"under {under}"
    yield f"under {under} {offer.exchange.type}"
    yield f"viewer {offer.exchange.type}"
    yield f"about price {about}"
    yield f"about price {about} {under}"
    if len(offer.words) < _SHORT:
        yield f"short {under}"
    for name in _NAMES:
        if name in offer.all_words:
            yield f"both {name.strip('<>')} {name in offer.line_words} {name in offer.words}"


def _of_rules(offer: Offer, below: bool, granted: bool) -> Iterator[str]:
    """Yield what the rules read in it."""
    moves = [move for move in _MOVES if offer.reading.did(move)]
    for name in ("below" if below else "granted" if granted else "none", *moves):
        yield f"rule {name}"
        yield f"rule {name} {_under(offer)}"


def _under(offer: Offer) -> str:
    """Return who names a figure under the floor."""
    asks, says = (any(figure.kind in UNDER for figure in found) for found in (offer.asked, offer.said))
    return "both" if asks and says else "line" if asks else "answer" if says else "none"
