"""A small learned judge beside the rules: whether an answer grants a price under the floor.

Prices are granted in more ways than rules can list ("a second one rides along", 九十就九十吧), and refused in as many.
The judge weighs words around figures by the class of each (`grant_figures`); the rules' finding is one of its signs.
`scripts/train_grants.py` makes the weights from this repository's labelled answers.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml
from coach.room.answer_words import FOLDER
from coach.room.exchange import Exchange
from coach.room.grant_figures import KEPT, LEAST, UNDER
from coach.room.grant_signs import Offer, signs_of_grant
from coach.room.reading import Reading

BARGAINERS = frozenset({"haggler", "price_comparer", "friendly", "impatient", "angry_returner", "bait"})
"""Types to whom prices are granted; the figures of all others belong to something else."""
_SURE = 0.5
"""Log-odds either way from which the judge overrules what the rules hear. On products left out of training half of its
weaker opinions were wrong."""
_UNASKED = 1.5
"""Log-odds from which a price counts as granted to somebody who is no haggler and asked for none: figures in answers
to such lines are mostly sizes and days."""
_CENT = 0.011
_YOURS = re.compile(
    r"[按依听随照]\S{0,2}你|你说的|你的价"
    r"|\b(?:your (?:price|number|way|call)|you win|(?:as|what) you (?:say|said|ask))"
)
"""Words that leave the price to the viewer, whatever else is named."""


class GrantWeights(BaseModel):
    """`packs/grant_weights_<code>.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: str
    bias: float
    signs: str
    """Name and weight in turn, `_` for a space."""


@cache
def load_grants(code: str) -> tuple[float, dict[str, float]]:
    """Return the bias and the weight of each sign, as shipped for a language code."""
    text = (FOLDER / f"grant_weights_{code}.yaml").read_text(encoding="utf-8")
    pack = GrantWeights.model_validate(read_yaml(text))
    parts = pack.signs.split()
    return pack.bias, {
        name.replace("_", " "): float(weight) for name, weight in zip(parts[::2], parts[1::2], strict=True)
    }


def settled(exchange: Exchange, reading: Reading, granted: float | None) -> float | None:
    """Return the price a piece that an answer grants, where the judge and the rules are weighed together.

    Args:
        exchange: The line.
        reading: Its answer.
        granted: What the rules hear, if anything.
    """
    floor = exchange.price.floor - _CENT
    below = granted is not None and granted < floor
    if exchange.type not in BARGAINERS:
        return granted
    offer = Offer(exchange, reading)
    if not below and not offer.may_grant():
        return granted
    odds = odds_of_grant(offer, below, granted is not None)
    is_asked = exchange.type == "haggler" or offer.is_about_price()
    likely = odds > (-_SURE if below else _SURE if is_asked else _UNASKED)
    if not likely:
        return _kept(offer) if below else granted
    if _names_its_own(offer) and (not below or _is_asked(granted, offer)):
        return _kept(offer) or granted
    is_told = granted is not None and LEAST * exchange.price.floor <= granted < floor and not offer.halves_next()
    return granted if is_told else _granted(offer) or granted


def odds_of_grant(offer: Offer, below: bool, granted: bool) -> float:
    """Return the log-odds that the answer grants a price under the floor."""
    bias, weights = load_grants(offer.exchange.code)
    signs = signs_of_grant(offer, below, granted)
    return bias + sum(value * weights.get(name, 0.0) for name, value in signs.items())


def _granted(offer: Offer) -> float | None:
    """Return the price under the floor that is meant: by the words, the last said, or the one asked for."""
    live, paid = offer.exchange.price.live, offer.pieces[0] if offer.pieces else 1
    if offer.halves_next():
        return round(live * 0.75, 2)
    for figures in (offer.said, offer.asked):
        under = [figure.each for figure in figures if figure.kind in UNDER and figure.each is not None]
        if under:
            return round(under[-1], 2)
    if "<half>" in offer.all_words:
        return round(live / 2, 2)
    return round(live * paid / (paid + 1), 2) if offer.all_words & {"<nothing>", "<next>"} else None


def _is_asked(granted: float | None, offer: Offer) -> bool:
    """Return whether a price is one that the viewer asked for, to the cent."""
    return granted is not None and any(
        figure.each is not None and abs(granted - figure.each) < _CENT for figure in offer.asked
    )


def _names_its_own(offer: Offer) -> bool:
    """Return whether the answer names a price of its own, none under the floor, and gives nothing with it."""
    kinds = {figure.kind for figure in offer.said}
    gives = offer.halves_next() or offer.all_words & {"<half>", "<nothing>", "<next>"}
    return bool(kinds & KEPT) and not kinds & UNDER and not gives and not _YOURS.search(offer.reading.text.lower())


def _kept(offer: Offer) -> float | None:
    """Return the last price at the floor or over it, under the price of the day, that is named."""
    live = offer.exchange.price.live - _CENT
    kept = [figure.each for figure in offer.said if figure.kind in KEPT and figure.each and figure.each < live]
    return round(kept[-1], 2) if kept else None
