"""What else the streamer sees: numbers, stages, cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChanged:
    """Room numbers moved. They are practice numbers, never a sales forecast."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    viewers: int
    orders: int
    likes: int
    reason: str = ""
    """What moved them: `start`, `drift`, `bought`, `audience_drop`, `audience_surge`; `pile_on`; `raid` until
    `raid_over`; `link_failure` until `link_restored`; `zero_orders` until `orders_back`; `wrong_price` until
    `price_corrected` (the streamer did) or `price_reset` (nobody did)."""
    pressure: bool = False
    """Whether it tests composure."""
    detail: str = ""
    """For `pile_on` the viewer who leads it, for what ends a room event `streamer`, `sold` or `time`; else empty."""
    shown_price: float | None = None
    """Wrong price on the product card, in the product's currency; null: the card shows the true one."""
    type: Literal["room_changed"] = "room_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered:
    """The scenario's plan reached a stage of the pitch."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    until: float | None = None
    """Planned end, rehearsal seconds; null for the last."""
    type: Literal["stage_entered"] = "stage_entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueShown:
    """One sparse word of advice was shown to the streamer."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    rule: str
    type: Literal["cue_shown"] = "cue_shown"
