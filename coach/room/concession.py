"""The price a viewer is granted by an answer, if any. Pure."""

from __future__ import annotations

from coach.room.exchange import Exchange
from coach.room.reading import Reading

_BARGAINING = ("haggler", "bait")
"""Types whose figures are offers."""
_MAY_BARGAIN = ("friendly", "impatient", "special_care")
"""Types that may ask for a discount; the figures of all others belong to somebody else's goods."""
_COUNTED = "件盒包个单条双瓶袋箱份天号位人次年月码色种款岁斤秒分点倍遍颗层支套只罐"
_CENT = 0.011
_SHORT = {"zh": 12, "en": 8}
"""Characters or words under which saying the asked price again is agreeing to it."""
_MOST_PIECES = 12
"""Pieces a pack may be shared out into when the price of one is worked out."""


def granted_by(exchange: Exchange, reading: Reading, agreed: float | None = None) -> float | None:
    """Return the lowest price a piece that an answer agrees to; None if it agrees to none.

    Args:
        exchange: The line.
        reading: Its answer.
        agreed: Price a piece this viewer was already granted.
    """
    bargains = exchange.type in _BARGAINING
    if not bargains and not (exchange.type in _MAY_BARGAIN and exchange.question.about("discount")):
        return None
    asked = exchange.question.amount if bargains else None
    agrees = reading.did("concurs", "confirms") and not _ends_holding(exchange, reading, asked)
    granted = [move.value for move in reading.of("concedes") if move.value is not None]
    granted = [value for value in granted if not _is_share(value, exchange, asked)]
    if asked is not None and asked < exchange.price.live - _CENT:
        offers = _offers(exchange, reading, asked) if bargains else []
        last_word = offers[-1] if offers else asked
        granted = [value for value in granted if abs(value - asked) > _CENT]
        if (agrees and _is_asked(last_word, asked)) or _says_again(exchange, reading, asked):
            granted.append(asked)
    if agrees and bargains:
        granted += _offers(exchange, reading, asked)[-1:]
    more = exchange.question.about("gift") and reading.did("offers_gift")
    if agreed is not None and (agrees or more):
        granted.append(agreed)
    return min((_each(value, asked) for value in granted), default=None)


def _each(value: float, asked: float | None) -> float:
    """Return a figure as a price a piece: a sum of several asked prices is that price."""
    return asked if asked is not None and _is_asked(value, asked) else value


def _ends_holding(exchange: Exchange, reading: Reading, asked: float | None) -> bool:
    """Return whether holding the price has the last word: "it's thirty six, you know what, yes" has not.

    Nor has it if another figure than the asked one comes after it: "forty is too low, forty five I can do".
    """
    if not reading.did("holds_price"):
        return False
    heard = exchange.heard(reading)
    held = [hit.end for hit in heard.hits if hit.kind == "holds_price"]
    given = [hit.start for hit in heard.hits if hit.kind == "concurs"]
    if not held or not given or max(held) > max(given):
        return True
    later = [span.value for span in exchange.language.numbers(heard.flat[max(held) :])]
    return bool(later) and not any(_is_asked(value, asked) for value in later)


def _is_asked(value: float, asked: float | None) -> bool:
    """Return whether a figure is the asked price, or it times a few pieces."""
    return asked is not None and any(abs(value - asked * pieces) < _CENT for pieces in range(1, _MOST_PIECES + 1))


def _says_again(exchange: Exchange, reading: Reading, asked: float) -> bool:
    """Return whether the asked price is said again, briefly, and not turned down: "thirty six it is"."""
    said = [*_figures(exchange, reading), *(move.value or 0.0 for move in reading.of("concedes"))]
    if not any(abs(value - asked) < _CENT for value in said):
        return False
    if any(move.target == "off_platform" for move in reading.of("overclaims")):
        return True  # a price named together with a way round the platform is a deal
    refused = reading.did("holds_price", "declines", "refuses_claim", "denies", "hedges")
    return not refused and exchange.units(reading) <= _SHORT[exchange.code]


def _offers(exchange: Exchange, reading: Reading, asked: float | None) -> list[float]:
    """Return the bare figures of a reply to an offer that can be prices under the live one."""
    refused = [move.value for move in reading.of("holds_price") if move.value is not None]
    low, high = exchange.price.floor * 0.4, exchange.price.live - _CENT
    return [
        value
        for value in _figures(exchange, reading)
        if low <= value <= high and value not in refused and not _is_share(value, exchange, asked)
    ]


def _figures(exchange: Exchange, reading: Reading) -> list[float]:
    return [span.value for span in exchange.language.numbers(reading.text) if not _is_measure(span.unit)]


def _is_share(value: float, exchange: Exchange, asked: float | None) -> bool:
    """Return whether a figure is the price shared out over the pieces of a pack (49 for two is 24.50 each)."""
    if asked is not None and abs(value - asked) < _CENT:
        return False
    return any(abs(exchange.price.live / pieces - value) < 0.06 for pieces in range(2, _MOST_PIECES + 1))


def _is_measure(unit: str) -> bool:
    """Return whether a number measures something; the character after a Chinese number tells little."""
    return unit not in ("", "money") and (not unit.startswith("~") or unit[1:].isascii() or unit[1:] in _COUNTED)
