"""What the slots of a line are filled with: prices as they are written or spoken, what is still unproven."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.events import Channel
from coach.room.viewer import CENT, DEFAULT_CARE, Deal, ViewerState
from coach.scenario.model import Scenario

_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "SGD": "S$"}
_WORDS = {"USD": "dollars", "EUR": "euros", "GBP": "pounds", "HKD": "Hong Kong dollars", "SGD": "Singapore dollars"}
_BIDS = (0.86, 0.92, 0.96, 1.0)
"""Opening bid and raises, as shares of the haggler's limit. A design default."""

_SPREAD = 997
"""Spreads a number from 0 to 1 over a few wordings."""


@dataclass(slots=True)
class Talk:
    """What was going on in the room that a line can pick up."""

    point: str = ""
    """Title of the selling point said last."""
    shown: float | None = None
    """Wrong price that stands on the product card; null while it is right."""
    spoke: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=8))
    """Id and name of the viewers who spoke last, the latest at the end."""
    did: dict[str, str] = field(default_factory=dict)
    """What the last line of each of these was: `asks`, `thanks` or nothing of both, by name."""

    def other(self, viewer_id: str, wanted: str | None = None) -> str:
        """Return the name of `wanted`, or of whoever spoke last other than this viewer; empty if nobody did."""
        names = [name for speaker, name in self.spoke if speaker != viewer_id and wanted in (None, speaker)]
        return names[-1] if names else ""


def line_slots(
    state: ViewerState,
    scenario: Scenario,
    deal: Deal,
    channel: Channel,
    talk: Talk,
    *,
    about: str | None = None,
    phrases: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, str]:
    """Return slot values; an empty value makes templates with that slot unusable.

    Args:
        state: Who speaks.
        scenario: Product and prices.
        deal: What was offered.
        channel: Prices are written for chat and worded for a voice.
        talk: What the line may pick up.
        about: Viewer the line answers, if it answers one.
        phrases: What its type is on about where the author does not say, see `TypePack.phrases`.
    """
    product, currency = scenario.product, scenario.product.price.currency
    spoken = channel == "voice"

    def money(value: float | None) -> str:
        return "" if value is None else say_price(value, currency, scenario.language, spoken=spoken)

    other = talk.other(state.spec.id, about)
    asked = deal.offered if deal.offered is not None else product.price.live
    need = state.evidence_left[0] if state.evidence_left else ""
    done = next((item for item in state.spec.evidence_needed if item not in state.evidence_left), "")
    return {
        "product": product.name,
        "price": money(asked),
        "list": money(product.price.list),
        "gift": product.gifts[state.lines % len(product.gifts)] if product.gifts else "",
        "bid": money(bid(state)) if state.price_limit is not None and bid(state) < asked - CENT else "",
        "limit": money(state.price_limit),
        "need": need_words(need, scenario),
        "need_done": need_words(done, scenario),
        "point": quoted(talk.point, scenario),
        "heard": state.cut_off_at or "",
        "other": other,
        "asker": other if talk.did.get(other) == "asks" else "",
        "thankful": other if talk.did.get(other) == "thanks" else "",
        "shown": money(talk.shown),
        "claim": state.spec.claim or _phrase(state, phrases or {}),
        "complaint": state.spec.complaint or _phrase(state, phrases or {}),
    }


def _phrase(state: ViewerState, phrases: Mapping[str, Sequence[str]]) -> str:
    """Return one wording, the same all through a rehearsal."""
    found = phrases.get(state.spec.care or DEFAULT_CARE) or phrases.get("any") or ()
    return found[int(state.give * _SPREAD) % len(found)] if found else ""


def bid(state: ViewerState) -> float:
    """Return what a haggler offers now: whole money, rising, never above its limit."""
    limit = state.price_limit or 0.0
    share = _BIDS[min(state.lines, len(_BIDS) - 1)]
    return float(max(1, math.floor(limit * share)))


def need_words(need: str, scenario: Scenario) -> str:
    """Return a selling point's title, or the fact's own name, as it stands inside a sentence."""
    point = next((point for point in scenario.product.selling_points if point.id == need), None)
    if point is not None:
        return quoted(point.title, scenario)
    return need if scenario.language == "zh" or not need else f"the {need}"


def quoted(title: str, scenario: Scenario) -> str:
    """Return a selling point's title as it stands inside a sentence: English ones are phrases and need marks."""
    if scenario.language == "zh" or not title:
        return title
    return f'"{title[:1].lower() + title[1:]}"'


def say_price(value: float, currency: str, language: str, *, spoken: bool) -> str:
    """Return a price for danmaku (89, $49, $12.50) or for a voice (89块, 49 dollars)."""
    number = f"{value:.2f}".rstrip("0").rstrip(".")
    if language == "zh":
        if not spoken or currency != "CNY":
            return number
        whole, _, part = number.partition(".")
        return f"{whole}块{part}"
    if not spoken or currency not in _WORDS:
        # English writes cents with both digits or not at all.
        return f"{_SIGNS[currency]}{f'{value:.2f}'.removesuffix('.00')}"
    return f"{number} {_WORDS[currency]}"
