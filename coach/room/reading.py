"""What an utterance did: moves such as `gives_price`, `shows_evidence`, `insults`. Pure: words in, moves out.

The room reacts to these moves and the scorer counts them: there is one definition. Text may be clean or a
recogniser's: Chinese of the same sound is put right first (`coach.language.mend`), punctuation is not needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from coach.language import language_for
from coach.room.calling import calls
from coach.room.claims import claims_of
from coach.room.heard import Heard, flatten, hear
from coach.room.orders import without_orders
from coach.room.own_lie import own_lies
from coach.room.phrasebook import Hit, Phrasebook
from coach.room.points import facts_said, points_said
from coach.room.prices import SaidPrice, price_after_discount, said_prices
from coach.room.sheet import Sheet, sheet_of
from coach.scenario.model import Scenario
from coach.scenario.moves import MoveKind as MoveKind

_UNGUARDED: frozenset[MoveKind] = frozenset(
    [
        "holds_price",
        "refuses_claim",
        "protects",
        "declines",
        "hedges",
        "dismisses",
        "corrects",
        "sets_boundary",
        "acknowledges",
        "complains",
        "apologises",
        "insults",
        "threatens",
        "denies",
        "changes_topic",
        "reproaches",
    ]
)
"""Their wordings hold a negation themselves, or keep their sense under one, so no guard."""
_ACCUSES: frozenset[MoveKind] = frozenset(["insults", "dismisses"])
"""What the speaker says of his own words, had he said them, is none of these."""
_NOT_PLAIN: frozenset[MoveKind] = frozenset(["overclaims", "offers_gift"])
_PLAIN: tuple[MoveKind, ...] = tuple(kind for kind in get_args(MoveKind) if kind not in _NOT_PLAIN)
_SLIPS: dict[str, MoveKind] = {"hostile": "insults", "pleading": "pleads", "blaming": "blames"}
_CENT = 0.011


class Move(NamedTuple):
    """One thing an utterance did."""

    kind: MoveKind
    value: float | None = None
    """A price, in the product's currency."""
    target: str = ""
    """Selling point, fact, gift or viewer it is about; category of a claim; for slips the words said."""
    full: bool = True
    """Point with all its facts; right price; concession not below the floor. Else False."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All moves of one utterance."""

    text: str
    moves: tuple[Move, ...] = ()

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Reading:
        """Return itself: it cannot change, so copies of an audience share it."""
        return self

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
    return _read(text, sheet_of(scenario))


def read_manner(text: str, scenario: Scenario) -> Reading:
    """Read only how an utterance is said: what `read` tells of it beside prices, gifts, points, facts and names."""
    return _read_manner(text, sheet_of(scenario))


@lru_cache(maxsize=1024)
def heard_as(text: str, sheet: Sheet) -> Heard:
    """Return an utterance as it was meant, ready for matching: sounds put right, orders to the machinery out."""
    return hear(sheet.mend(without_orders(text, sheet.language.code)), sheet.language)


@lru_cache(maxsize=512)
def _read(text: str, sheet: Sheet) -> Reading:
    heard = heard_as(text, sheet)
    if not heard.flat.strip():
        return Reading(text)
    plain, slips = _manner(text, sheet)
    moves = [
        *_prices(text, heard, sheet),
        *plain,
        *_gifts(heard, sheet.scenario),
        *_points(heard, sheet),
        *_facts(heard, sheet),
        *_addressed(heard, sheet),
        *slips,
    ]
    return Reading(text, tuple(dict.fromkeys(moves)))


@lru_cache(maxsize=512)
def _read_manner(text: str, sheet: Sheet) -> Reading:
    if not heard_as(text, sheet).flat.strip():
        return Reading(text)
    plain, slips = _manner(text, sheet)
    return Reading(text, tuple(dict.fromkeys([*plain, *slips])))


@lru_cache(maxsize=512)
def _manner(text: str, sheet: Sheet) -> tuple[list[Move], list[Move]]:
    """Return moves of listed wordings, and what costs language control or must not be claimed."""
    heard = heard_as(text, sheet)
    return list(_plain_moves(_unnamed(heard, sheet))), [*_slips(heard), *_claims(text, sheet)]


@lru_cache(maxsize=512)
def prices_in(text: str, sheet: Sheet) -> tuple[SaidPrice, ...]:
    """Return the prices in an utterance, in order; several measures ask for the same ones."""
    return tuple(said_prices(heard_as(text, sheet), sheet.scenario.product.price))


def _prices(text: str, heard: Heard, sheet: Sheet) -> Iterator[Move]:
    price = sheet.scenario.product.price
    lowered = price_after_discount(heard, price)
    if lowered is not None:
        yield Move("concedes", lowered, full=lowered >= price.floor)
    for said in prices_in(text, sheet):
        if said.value in sheet.measures and said.value != price.live:
            continue
        if said.use == "refused":
            yield Move("holds_price", said.value)
        elif said.use == "named" and lowered is None:
            right = abs(said.value - price.live) < _CENT
            yield Move("gives_price", said.value, full=right)
            if said.value < price.live - _CENT:
                yield Move("concedes", said.value, full=said.value >= price.floor - _CENT)


def _unnamed(heard: Heard, sheet: Sheet) -> Heard:
    """Return the utterance without viewers' whole names, so that what they call themselves is not said of them."""
    if sheet.handles is None or not sheet.handles.search(heard.text):
        return heard
    return hear(sheet.handles.sub(", ", heard.text), sheet.language)


def _plain_moves(heard: Heard) -> Iterator[Move]:
    places: dict[str, list[int]] = {}
    own = own_lies(heard.flat, heard.language.code)
    for hit in heard.hits:
        if hit.kind in _ACCUSES and any(start <= hit.start < end for start, end in own):
            continue
        places.setdefault(hit.kind, []).append(hit.start)
    proofs = [hit.start for hit in heard.hits if hit.kind == "shows_evidence" and not _is_look(hit, heard)]
    if proofs and "dismisses" in places:  # what can be checked may be checked by whoever asks
        places["dismisses"] = [start for start in places["dismisses"] if start < proofs[0] or not _sends(start, heard)]
    for kind in _PLAIN:
        starts = places.get(kind)
        if starts and (kind in _UNGUARDED or not all(heard.negated(start) for start in starts)):
            yield Move(kind)
    if heard.opens_with(heard.pack.no_openings):
        yield Move("declines")
    elif heard.opens_with(heard.pack.yes_openings):
        yield Move("confirms")
    put_off = [hit.start for hit in _deferrals(heard.language.code).find(heard.flat)]
    if any(not proofs or start < proofs[0] or not _sends(start, heard) for start in put_off):
        yield Move("deflects")


_CHECKS = {
    "zh": re.compile(r"(?:自己|上网)(?:去|再|可以|上网)*(?:看|查|搜|验|百度)|百度一下"),
    "en": re.compile(r" ?(?:look it up|check it|google it)"),
}
"""Dismissals that send a viewer to look for themselves."""
_LOOKS = {"zh": re.compile(r"[你大]?家?看(?:一下)?"), "en": re.compile(r" ?(?:look|see|watch|take a look|you can see)")}
"""What points nowhere in particular."""


def _sends(start: int, heard: Heard) -> bool:
    return _CHECKS[heard.language.code].match(heard.flat, start) is not None


def _is_look(hit: Hit, heard: Heard) -> bool:
    return _LOOKS[heard.language.code].match(heard.flat, hit.start) is not None


@cache
def _deferrals(code: str) -> Phrasebook:
    language = language_for(code)
    return Phrasebook({"deflects": [flatten(words, language).strip() for words in language.pack.deferrals]}, code)


def _gifts(heard: Heard, scenario: Scenario) -> Iterator[Move]:
    named = [gift for gift in scenario.product.gifts if heard.has(gift)]
    if named or heard.did("offers_gift"):
        yield Move("offers_gift", target=named[0] if named else "")


def _points(heard: Heard, sheet: Sheet) -> Iterator[Move]:
    for said in points_said(heard.text, sheet):
        if said.idea:
            yield Move("mentions_point", target=said.point_id, full=said.complete)
        for words in said.wrong:
            yield Move("misstates", target=said.point_id or words)


def _facts(heard: Heard, sheet: Sheet) -> Iterator[Move]:
    for name in facts_said(heard, sheet):
        yield Move("mentions_fact", target=name)


def _addressed(heard: Heard, sheet: Sheet) -> Iterator[Move]:
    for viewer_id, name in sheet.calls:
        is_named = any(heard.has(known, guarded=False) for known in sheet.names[viewer_id])
        if is_named or calls(name, heard.text, sheet.language.code):
            yield Move("addresses", target=viewer_id)


def _slips(heard: Heard) -> Iterator[Move]:
    for span in heard.language.slips(heard.text):
        if span.kind in _SLIPS:
            yield Move(_SLIPS[span.kind], target=span.text)


def _claims(text: str, sheet: Sheet) -> Iterator[Move]:
    """Naming a claim to refuse it is no claim."""
    for claim in claims_of(text, sheet.scenario):
        if not claim.turned_down:
            yield (
                Move("insults", target=claim.term)
                if claim.category == "insult"
                else Move("overclaims", target=claim.category)
            )
