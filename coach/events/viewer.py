"""Viewers coming, changing and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerJoined:
    """A played viewer entered the room."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    viewer_id: str
    name: str
    viewer_type: str
    channel: Literal["chat", "voice", "both"]
    type: Literal["viewer_joined"] = "viewer_joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerChanged:
    """A viewer's inner state moved."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    viewer_id: str
    patience: float
    """0 to 100."""
    trust: float
    """0 to 100."""
    hostility: float
    """0 to 4."""
    price_limit: float | None = None
    """In the product's currency; null for viewers who do not haggle."""
    reason: str = ""
    """Move or rule that moved it, e.g. `gives_price`, `insults`, `unanswered`."""
    type: Literal["viewer_changed"] = "viewer_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerLeft:
    """A viewer left for good."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    viewer_id: str
    outcome: Literal["bought", "lost_patience", "offended", "satisfied", "ended"]
    type: Literal["viewer_left"] = "viewer_left"
