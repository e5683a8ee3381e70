"""What the audience asks the loop to do: log an event, or deliver one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from coach.events import Channel, Event
from coach.ports import VoiceSpec
from coach.scenario.model import Scenario

FloorPolicy = Literal["waits", "needs_gap", "cuts_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said or typed earlier in the room, as it was heard."""

    speaker: str
    """`streamer` or the viewer's name."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBrief:
    """All a language model needs to word one line, and all the check needs to reject it."""

    language: str
    """`zh` or `en`."""
    persona: str
    """Type, name and style of the viewer in a sentence or two."""
    intent: str
    instruction: str
    """What this line must do, in the language of the line."""
    product: str
    """Name, price and facts a viewer may mention."""
    state: str
    """Patience, trust, price limit as words."""
    intensity_cap: int
    """0 to 4: how hostile a line may be."""
    max_chars: int
    may_concede: bool = False
    """Whether the viewer's state lets it accept or buy in this line."""
    allowed_numbers: tuple[float, ...] = ()
    """Prices and facts the line may state."""
    scenario: Scenario | None = None
    """What the facts of a line are checked against."""
    recent: tuple[Turn, ...] = ()
    avoid: tuple[str, ...] = ()
    """Lines already said; none may be repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRequest:
    """One line a viewer wants to say now. `text` is its scripted wording and always usable."""

    line_id: str
    viewer_id: str
    channel: Channel
    intent: str
    text: str
    voice: VoiceSpec
    floor: FloorPolicy = "waits"
    pressure: bool = False
    reply_to: str | None = None
    """Utterance it answers."""
    fixed: bool = False
    """Whether it is said word for word, e.g. one that is played again: no model words it."""
    expires_at: float
    """Rehearsal seconds after which a line not yet begun is dropped: its moment is over."""
    brief: LineBrief


Action: TypeAlias = Event | LineRequest


@dataclass(frozen=True, slots=True)
class Dropped:
    """A requested line that was never delivered (expired, or the rehearsal moved on)."""

    line_id: str
    reason: str
    at: float = 0.0
