"""Troubles of a room that last: a link that fails, a wrong price on the card, minutes without an order. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.room.reading import MoveKind, Reading
from coach.scenario.model import EventKind, Intent, Price, ScenarioEvent

TroubleKind = Literal["link_failure", "zero_orders", "wrong_price"]

_FOR_SEC: dict[TroubleKind, float] = {"link_failure": 60.0, "zero_orders": 300.0, "wrong_price": 90.0}
"""Default of `for_sec`. Five minutes without orders: DOMAIN §3.6, level 5; the others are design defaults."""
_COMPLAINT: dict[TroubleKind, Intent] = {"link_failure": "link_down", "wrong_price": "wrong_price"}
"""What viewers say about it."""
_OVER: dict[TroubleKind, str] = {"link_failure": "link_restored", "zero_orders": "orders_back"}
_PULL: dict[TroubleKind, float] = {"link_failure": 0.8, "zero_orders": 0.6, "wrong_price": 1.0}
"""Share of the crowd that stays. A design default."""
WRITES: dict[TroubleKind, float] = {"link_failure": 1.0, "zero_orders": 0.35, "wrong_price": 1.0}
"""Share of the usual lines that are written. A design default: a room that buys nothing goes quiet."""
_LINK_REACTIONS: tuple[MoveKind, ...] = (
    "acknowledges",
    "apologises",
    "calls_to_action",
    "routes_service",
    "promises_followup",
    "corrects",
)
"""What a streamer does about a link that fails: take note, post it anew, send people to service."""


@dataclass(slots=True)
class Trouble:
    """One that is going on. Times are room seconds."""

    kind: TroubleKind
    since: float
    until: float
    complain_at: float
    price: float | None = None
    """The price on the card, for `wrong_price`."""
    told: bool = False
    """Whether a viewer has remarked on it."""

    @property
    def complaint(self) -> Intent | None:
        """What viewers say about it."""
        return _COMPLAINT.get(self.kind)

    @property
    def pull(self) -> float:
        """Share of the crowd that stays."""
        return _PULL[self.kind]

    def over(self, mended: bool) -> str:
        """Return the reason code of its end."""
        if self.kind == "wrong_price":
            return "price_corrected" if mended else "price_reset"
        return _OVER[self.kind]

    def mended_by(self, reading: Reading, price: Price) -> bool:
        """Return whether an utterance deals with it. A link is only mended once somebody has said that it fails."""
        if self.kind == "link_failure":
            return self.told and reading.did(*_LINK_REACTIONS)
        if self.kind == "wrong_price":
            right = any(move.value == price.live for move in reading.of("gives_price"))
            return right or reading.did("corrects")
        return False


def trouble_of(event: ScenarioEvent, kind: TroubleKind, now: float, first_sec: float) -> Trouble:
    """Return the trouble an event begins; its first remark comes after `first_sec` seconds."""
    until = now + (event.for_sec or _FOR_SEC[kind])
    return Trouble(kind, now, until, now + first_sec, event.price if kind == "wrong_price" else None)


def begun_by(reason: str) -> TroubleKind | None:
    """Return the kind of trouble that begins with a reason code, if one does."""
    return next((kind for kind in _FOR_SEC if kind == reason), None)


def ended_by(reason: str) -> TroubleKind | None:
    """Return the kind of trouble that ends with a reason code, if one does."""
    codes = {
        "price_corrected": "wrong_price",
        "price_reset": "wrong_price",
        **{code: kind for kind, code in _OVER.items()},
    }
    return begun_by(codes.get(reason, ""))


def trouble_kind(kind: EventKind) -> TroubleKind | None:
    """Return the kind of trouble an event begins, if it is one."""
    return begun_by(kind)
