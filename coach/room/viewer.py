"""One viewer's inner state and what is common to all types. Behaviour is code, wording is language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from coach.room.reading import Reading
from coach.scenario.model import Intent, Price, ScenarioViewer

Outcome: TypeAlias = Literal["bought", "lost_patience", "offended", "satisfied", "ended"]

LEAVES_BELOW = 10.0
"""Patience under which a viewer goes (DOMAIN §3.6)."""
ANSWER_WITHIN_SEC = 6.0
"""How long an open question is borne before patience drops; a viewer's attention is gone in seconds (§3.2)."""
SILENCE_SEC = 5.0
"""Silence of the streamer that starts to cost patience: dead air (§3.2)."""
_WAIT_PER_SEC = {1: 0.2, 2: 0.35, 3: 0.55, 4: 0.8, 5: 1.1}
"""Patience lost per second of an open question, by difficulty. A design default."""
_SILENT_PER_SEC = {1: 0.3, 2: 0.45, 3: 0.6, 4: 0.8, 5: 1.0}
"""Patience lost per second of dead air, by difficulty. A design default."""


@dataclass(slots=True, kw_only=True)
class ViewerState:
    """All that moves. Patience and trust 0 to 100, hostility 0 to 4."""

    spec: ScenarioViewer
    patience: float
    trust: float
    hostility: float = 0.0
    price_limit: float | None = None
    evidence_left: list[str] = field(default_factory=list)
    present: bool = False
    outcome: Outcome | None = None
    opened: bool = False
    """Whether its first line on the product is out."""
    agreed: bool = False
    """Whether it said it will buy."""
    greeted: bool = False
    lines: int = 0
    waiting_since: float | None = None
    """Room seconds of its open question; null if none is open."""
    last_said: str = ""
    last_line_at: float = -1e9
    cut_off_at: str | None = None
    """What was heard of its last line when the streamer cut it off; null once it has remarked on it."""
    cut_offs: int = 0
    valued: set[str] = field(default_factory=set)
    """Value the streamer has already been credited for: gifts, evidence, points."""
    hold_count: int = 0
    boundaries: int = 0

    @property
    def is_leaving(self) -> bool:
        """Whether it is gone or on its way out."""
        return self.outcome is not None

    def move(self, *, patience: float = 0.0, trust: float = 0.0, hostility: float = 0.0, cap: float = 4.0) -> None:
        """Shift the state inside its ranges; `cap` bounds hostility."""
        self.patience = min(100.0, max(0.0, self.patience + patience))
        self.trust = min(100.0, max(0.0, self.trust + trust))
        self.hostility = min(cap, max(0.0, self.hostility + hostility))


@dataclass(frozen=True, slots=True)
class Deal:
    """What a viewer knows about the sale and the room's rules."""

    price: Price
    offered: float | None
    """Lowest price the streamer has named as payable; null before any."""
    intensity_cap: int
    difficulty: int


@dataclass(frozen=True, slots=True)
class Reaction:
    """What hearing or waiting did to a viewer."""

    reason: str = ""
    """Move or rule that moved the state; empty if nothing moved."""
    wish: Intent | None = None
    outcome: Outcome | None = None
    """Set when the viewer is now going to leave."""


class Temper(Protocol):
    """How one type of viewer reacts. Stateless: all state is in `ViewerState`."""

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Set the type's opening state."""
        ...

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Take one utterance; `aimed` says whether it speaks to this viewer or answers it."""
        ...

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Return what it would say unprompted now; `leave` if it has lost interest."""
        ...

    def bears_silence(self) -> bool:
        """Return whether dead air and no answer leave its patience alone."""
        ...


def new_state(spec: ScenarioViewer) -> ViewerState:
    """Return the state a viewer enters with, before its temper's own opening."""
    return ViewerState(
        spec=spec,
        patience=spec.patience,
        trust=50.0,
        price_limit=spec.price_limit,
        evidence_left=list(spec.evidence_needed),
    )


def wait(state: ViewerState, temper: Temper, seconds: float, now: float, silent_sec: float, deal: Deal) -> Reaction:
    """Let time pass for one viewer: open questions and dead air cost patience, and patience decides about leaving.

    Args:
        state: Changed in place.
        temper: Its type's rules.
        seconds: Room time since the last call.
        now: Room seconds.
        silent_sec: How long the streamer has been silent.
        deal: The sale.
    """
    if not state.present or state.is_leaving:
        return Reaction()
    lost, reason = 0.0, ""
    waits = state.waiting_since is not None and not temper.bears_silence()
    if waits and now - (state.waiting_since or 0.0) > ANSWER_WITHIN_SEC:
        lost, reason = seconds * _WAIT_PER_SEC[deal.difficulty], "unanswered"
    if silent_sec > SILENCE_SEC and not temper.bears_silence():
        lost, reason = lost + seconds * _SILENT_PER_SEC[deal.difficulty], reason or "silence"
    state.move(patience=-lost)
    if state.patience < LEAVES_BELOW and not state.agreed:
        return Reaction(reason or "out_of_patience", "leave", "lost_patience")
    return Reaction(reason)


def hurt(state: ViewerState, reading: Reading, aimed: bool) -> Reaction | None:
    """Apply what insults do to anybody but a troll; None if there were none."""
    if not reading.did("insults", "blames"):
        return None
    share = 1.0 if aimed else 0.6
    state.move(patience=-35 * share, trust=-30 * share)
    if state.patience < LEAVES_BELOW:
        return Reaction("insults", "leave", "offended")
    return Reaction("insults" if reading.did("insults") else "blames", "doubt")
