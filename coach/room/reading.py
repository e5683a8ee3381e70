"""What an utterance did: moves such as `gives_price`, `shows_evidence`, `insults`. Pure: words in, moves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coach.language import language_for
from coach.room.heard import Heard, content_tokens, flatten
from coach.room.pack import move_pack
from coach.room.prices import price_after_discount, said_prices
from coach.scenario.model import Scenario, SellingPoint

MoveKind = Literal[
    "gives_price",
    "concedes",
    "holds_price",
    "offers_gift",
    "shows_evidence",
    "mentions_point",
    "mentions_fact",
    "gives_terms",
    "addresses",
    "acknowledges",
    "refuses_claim",
    "overclaims",
    "calls_to_action",
    "sets_boundary",
    "deflects",
    "insults",
    "pleads",
    "blames",
    "greets",
    "thanks",
    "asks_room",
    "demonstrates",
    "routes_service",
    "misstates",
    "corrects",
    "protects",
    "declines",
    "apologises",
    "promises_followup",
    "asks_viewer",
]

_PLAIN: tuple[MoveKind, ...] = (
    "greets",
    "thanks",
    "acknowledges",
    "shows_evidence",
    "calls_to_action",
    "sets_boundary",
    "overclaims",
    "asks_room",
    "gives_terms",
)
_NEGATIVE: tuple[MoveKind, ...] = ("holds_price", "refuses_claim")
"""Their wordings hold the negation themselves, so no guard."""
_SLIPS: dict[str, MoveKind] = {"hostile": "insults", "pleading": "pleads", "blaming": "blames"}
_STATEMENT_SHARE = 0.6
"""Share of a point's content words that counts as saying it in own words."""

_SHARE_WITH_FACTS = 0.3
"""The same where all its facts are named."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing an utterance did."""

    kind: MoveKind
    value: float | None = None
    """A price, in the product's currency."""
    target: str = ""
    """Selling point, fact, gift or viewer it is about; for slips the words said."""
    full: bool = True
    """Point with all its facts; right price; concession not below the floor. Else False."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All moves of one utterance."""

    text: str
    moves: tuple[Move, ...] = ()

    def did(self, *kinds: MoveKind) -> bool:
        """Return whether it made one of these moves."""
        return any(move.kind in kinds for move in self.moves)

    def of(self, kind: MoveKind) -> list[Move]:
        """Return its moves of one kind."""
        return [move for move in self.moves if move.kind == kind]

    def mentions(self, name: str) -> bool:
        """Return whether a selling point (by id) or a fact or certificate (by name) came up."""
        return any(move.target == name for move in self.moves if move.kind in ("mentions_point", "mentions_fact"))


def read(text: str, scenario: Scenario) -> Reading:
    """Read one utterance, clean or as a recogniser hears it (no punctuation, lower case)."""
    language = language_for(scenario.locale)
    heard = Heard(text, flatten(text, language), language, move_pack(language.code))
    if not heard.flat.strip():
        return Reading(text)
    moves = [
        *_prices(heard, scenario),
        *_plain_moves(heard),
        *_gifts(heard, scenario),
        *_points(heard, scenario),
        *_facts(heard, scenario),
        *_addressed(heard, scenario),
        *_slips(heard),
    ]
    if any(heard.has(phrase) for phrase in scenario.product.must_not_say):
        moves.append(Move("overclaims"))
    if any(move.kind == "refuses_claim" for move in moves):  # naming a claim to refuse it is no claim
        moves = [move for move in moves if move.kind != "overclaims"]
    return Reading(text, tuple(dict.fromkeys(moves)))


def _prices(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    price = scenario.product.price
    lowered = price_after_discount(heard, price)
    if lowered is not None:
        yield Move("concedes", lowered, full=lowered >= price.floor)
    for said in said_prices(heard, price):
        if said.use == "refused":
            yield Move("holds_price", said.value)
        elif said.use == "named" and lowered is None:
            right = abs(said.value - price.live) < 0.011
            yield Move("gives_price", said.value, full=right)
            if said.value < price.live - 0.011:
                yield Move("concedes", said.value, full=said.value >= price.floor - 0.011)


def _plain_moves(heard: Heard) -> Iterator[Move]:
    for kind in _PLAIN:
        if heard.any(heard.pack.moves[kind]):
            yield Move(kind)
    for kind in _NEGATIVE:
        if heard.any(heard.pack.moves[kind], guarded=False):
            yield Move(kind)
    if heard.any(heard.language.pack.deferrals, guarded=False):
        yield Move("deflects")


def _gifts(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    named = [gift for gift in scenario.product.gifts if heard.has(gift)]
    if named or heard.any(heard.pack.moves["offers_gift"]):
        yield Move("offers_gift", target=named[0] if named else "")


def _points(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    for point in scenario.product.selling_points:
        if _says_point(heard, point):
            full = all(says_fact(heard, fact) for fact in point.must_facts)
            yield Move("mentions_point", target=point.id, full=full)


def _says_point(heard: Heard, point: SellingPoint) -> bool:
    if heard.any((point.title, *point.aliases)):
        return True
    wanted = content_tokens(point.statement, heard.language)
    with_facts = point.must_facts and all(says_fact(heard, fact) for fact in point.must_facts)
    least = _SHARE_WITH_FACTS if with_facts else _STATEMENT_SHARE
    return len(wanted) >= 3 and len(wanted & heard.content()) >= least * len(wanted)


def _facts(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    for name, value in scenario.product.facts.items():
        if says_fact(heard, value) or any(says_fact(heard, part) for part in _parts(value)):
            yield Move("mentions_fact", target=name)
    for certificate in scenario.product.certificates:
        if says_fact(heard, certificate):
            yield Move("mentions_fact", target=certificate)


def _parts(value: str) -> list[str]:
    """Return the pieces of a fact that say something alone: `55%亚麻 45%棉` has two."""
    pieces = [piece.strip() for piece in value.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")]
    whole = [piece.strip() for piece in value.replace("，", ",").split(",")]
    return [piece for piece in pieces if any(char.isdigit() for char in piece) and any(map(str.isalpha, piece))] + whole


def says_fact(heard: Heard, fact: str) -> bool:
    """Return whether a fact is said: all its numbers, and half or more of its other content."""
    if heard.has(fact):
        return True
    numbers = heard.language.numbers(fact)
    said = [span.value for span in heard.language.numbers(heard.text)]
    if any(all(abs(span.value - value) > 1e-6 for value in said) for span in numbers):
        return False
    rest = fact
    for span in reversed(numbers):
        rest = rest[: span.start] + " " + rest[span.end :]
    wanted = _meaning(rest, heard)
    if not wanted:
        return bool(numbers)
    share = sum(heard.has(token, guarded=not numbers) for token in wanted) / len(wanted)
    return share >= (0.5 if numbers else 1.0)


def _meaning(text: str, heard: Heard) -> list[str]:
    stop = set(heard.language.pack.stop)
    return [token for token in heard.language.tokens(text) if token not in stop and token not in ("%", "percent")]


def _addressed(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    for viewer in scenario.viewers:
        if any(heard.has(name, guarded=False) for name in call_names(viewer.name)):
            yield Move("addresses", target=viewer.id)


def call_names(name: str) -> list[str]:
    """Return what a streamer may call a viewer: the whole name or its first part (小美爱省钱 → 小美)."""
    cleaned = name.replace("_", " ").replace("-", " ")
    if cleaned.isascii():
        first = cleaned.split()[0] if cleaned.split() else cleaned
        letters = "".join(char for char in first if char.isalpha())
        return [word for word in dict.fromkeys((cleaned, first, letters)) if len(word) >= 3]
    return [cleaned, *([cleaned[:2]] if len(cleaned) >= 4 else []), *([cleaned[-2:]] if len(cleaned) >= 4 else [])]


def _slips(heard: Heard) -> Iterator[Move]:
    for span in heard.language.slips(heard.text):
        if span.kind in _SLIPS:
            yield Move(_SLIPS[span.kind], target=span.text)
