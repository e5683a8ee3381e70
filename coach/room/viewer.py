"""One viewer's inner state and what is common to all types. Behaviour is code, wording is language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.scenario.model import Care, Intent, Price, ScenarioViewer

Outcome: TypeAlias = Literal["bought", "lost_patience", "offended", "satisfied", "ended"]

REMEMBERS = 12
"""Utterances a viewer remembers: what is older it may ask again. A design default."""
SULKS_FOR = 4
"""Utterances during which nothing gets through to one who was insulted. A design default."""
CENT = 0.005
"""Half the smallest coin: prices this close are the same."""
LEAVES_BELOW = 10.0
"""Patience under which a viewer goes (DOMAIN §3.6)."""
GIVES_UP_AFTER_SEC = 20.0
"""How long past its attention a viewer still hopes for an answer; then the question counts as ignored."""
SILENCE_SEC = 5.0
"""Silence of the streamer that starts to cost patience: dead air (§3.2)."""
_WAIT_PER_SEC = {1: 0.2, 2: 0.35, 3: 0.55, 4: 0.8, 5: 1.1}
"""Patience lost per second of an open question, by difficulty. A design default."""
_UNSWAYED = {1: 0.0, 2: 0.04, 3: 0.12, 4: 0.24, 5: 0.3}
"""Share of viewers, by difficulty, whom no handling sells to: most real visitors do not buy, and players that all
give in teach the wrong thing (DOMAIN §1.5). A design default."""
_DULL_PER_SEC = 0.12
"""Trust lost per second of dead air: who has nothing to say has nothing to show. A design default."""
_HALF_TRUST = 45.0
"""Trust that one who cannot be won reaches at most: under what any type buys at."""
_TIRES_PER_SEC, _UNSWAYED_GAIN = 0.3, 0.5
"""Patience that passes from one who cannot be won, and the part of what others gain that it gains: well treated it goes
after four minutes or so, badly treated sooner, like anybody. Design defaults."""
_SILENT_PER_SEC = {1: 0.3, 2: 0.45, 3: 0.6, 4: 0.8, 5: 1.0}
"""Patience lost per second of dead air, by difficulty. A design default."""


DEFAULT_CARE: Care = "allergy"
"""Why a special-care viewer is one if the author does not say."""
_STANDS_ALONE: tuple[Intent, ...] = ("greet", "soften", "thank", "praise", "echo", "raid")
"""Lines that ask for nothing."""


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
    heard: tuple[Reading, ...] = ()
    """The last of what it has heard since it came, the latest at the end."""
    asked: bool = True
    """Whether its last line asked for anything; who only said hello or that it likes the thing has nothing to thank
    for."""
    last_line_at: float = -1e9
    planned_until: float = 0.0
    """Room seconds to which a planned line of it may still wait for its turn; 0 once it is out."""
    cut_off_at: str | None = None
    """What was heard of its last line when the streamer cut it off; null once it has remarked on it."""
    cut_offs: int = 0
    valued: set[str] = field(default_factory=set)
    """Value the streamer has already been credited for: gifts, evidence, points."""
    hold_count: int = 0
    boundaries: int = 0
    hostility_cap: float = 4.0
    """The scenario's cap or the type's own, whichever is lower."""
    attention_sec: float = 8.0
    min_gift: int = 0
    give: float = 1.0
    """Drawn from the seed, 0 to 1: how easily it is moved at all."""
    unswayed: bool = False
    """Whether no handling wins it (the lowest of `give`): it takes in what it hears, trusts half, tires, and goes."""
    trust_ceiling: float = 100.0
    answered: int = 0
    """Utterances that spoke to it."""
    ignored: int = 0
    """Questions of it that nobody answered in time."""
    remarked: int = 0
    """How many of those it has already remarked on."""
    settled: bool = False
    """Whether what it came for is settled: its question answered, its claim refused, its attack starved."""
    harmed: bool = False
    """Whether it was sold to although it had to be protected, or fed what it must not hear."""
    starved: int = 0
    """Times that one who only wants a stage got nothing."""
    piled_on: int = 0
    sulks_for: int = 0
    """Utterances that an insult still keeps from getting through."""

    @property
    def is_leaving(self) -> bool:
        """Whether it is gone or on its way out."""
        return self.outcome is not None

    @property
    def is_resolved(self) -> bool:
        """Whether its objection or question is dealt with."""
        return self.settled or self.agreed or self.outcome in ("bought", "satisfied")

    def move(self, *, patience: float = 0.0, trust: float = 0.0, hostility: float = 0.0) -> None:
        """Shift the state inside its ranges."""
        won = patience * _UNSWAYED_GAIN if self.unswayed and patience > 0 else patience
        self.patience = min(100.0, max(0.0, self.patience + won))
        self.trust = min(self.trust_ceiling, max(0.0, self.trust + trust))
        self.hostility = min(self.hostility_cap, max(0.0, self.hostility + hostility))

    def first(self, value: str, times: int = 1) -> bool:
        """Credit a kind of value and return True, unless it has been credited `times` times already."""
        for number in range(times):
            key = f"{value}#{number}" if number else value
            if key not in self.valued:
                self.valued.add(key)
                return True
        return False


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

    profile: Profile

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Set the type's opening state."""
        ...

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Take one utterance; `aimed` says whether it speaks to this viewer or answers it."""
        ...

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Return what it would say unprompted now; `leave` if it has lost interest, None if it keeps quiet."""
        ...

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Give up an open question that nobody answered."""
        ...

    def bears_silence(self) -> bool:
        """Return whether dead air and no answer leave its patience alone."""
        ...


def opens_question(intent: Intent) -> bool:
    """Return whether a viewer waits for an answer after such a line."""
    return intent not in _STANDS_ALONE


def new_state(spec: ScenarioViewer, evidence: tuple[str, ...] = (), give: float = 1.0) -> ViewerState:
    """Return the state a viewer enters with, before its temper's own opening.

    Args:
        spec: What the author says of it.
        evidence: What it must see if the author does not say.
        give: See `ViewerState.give`.
    """
    return ViewerState(
        spec=spec,
        patience=spec.patience,
        trust=50.0,
        price_limit=spec.price_limit,
        evidence_left=list(spec.evidence_needed or evidence),
        min_gift=spec.min_gift or 0,
        give=give,
    )


def open_state(state: ViewerState, profile: Profile, deal: Deal) -> None:
    """Fill in what the author left open, by type and difficulty."""
    spec, level = state.spec, deal.difficulty
    if "patience" not in spec.model_fields_set:
        state.patience = profile.at(profile.patience, level)
    state.trust = profile.at(profile.trust, level)
    state.unswayed = profile.customer and is_stubborn(state, deal)
    state.trust_ceiling = max(_HALF_TRUST, state.trust) if state.unswayed else 100.0
    state.attention_sec = spec.attention_sec or profile.at(profile.attention_sec, level)
    state.hostility_cap = min(float(deal.intensity_cap), profile.worst if spec.hostility is None else 4.0)
    state.move(hostility=profile.at(profile.hostility, level) if spec.hostility is None else spec.hostility)


def is_stubborn(state: ViewerState, deal: Deal) -> bool:
    """Return whether this one is among the hardest to move, who need everything twice."""
    return state.give < _UNSWAYED[deal.difficulty]


def is_affordable(state: ViewerState, deal: Deal) -> bool:
    """Return whether the price as it stands is at or under what the viewer would pay."""
    asked = deal.price.live if deal.offered is None else deal.offered
    return state.price_limit is None or asked <= state.price_limit + CENT


def wait(
    state: ViewerState, temper: Temper, seconds: float, now: float, silent_sec: float, deal: Deal, queue: int = 1
) -> Reaction:
    """Let time pass for one viewer: open questions and dead air cost patience, and patience decides about leaving.

    Args:
        state: Changed in place.
        temper: Its type's rules.
        seconds: Room time since the last call.
        now: Room seconds.
        silent_sec: How long the streamer has been silent.
        deal: The sale.
        queue: How many viewers wait for an answer; in a queue each expects less.
    """
    if not state.present or state.is_leaving:
        return Reaction()
    open_sec = 0.0 if state.waiting_since is None else now - state.waiting_since - state.attention_sec
    if open_sec > GIVES_UP_AFTER_SEC:
        state.waiting_since = None
        state.ignored += 1
        return _or_leaves(state, temper.lapse(state, deal))
    if temper.bears_silence():
        return Reaction()
    lost, reason = seconds * _TIRES_PER_SEC if state.unswayed else 0.0, ""
    if open_sec > 0:
        lost, reason = lost + seconds * _WAIT_PER_SEC[deal.difficulty] / max(1.0, queue / 2), "unanswered"
    if silent_sec > SILENCE_SEC:
        lost, reason = lost + seconds * _SILENT_PER_SEC[deal.difficulty], reason or "silence"
        state.move(trust=-seconds * _DULL_PER_SEC)
    state.move(patience=-lost)
    return _or_leaves(state, Reaction(reason or ("tires" if state.unswayed else "")))


def _or_leaves(state: ViewerState, reaction: Reaction) -> Reaction:
    if state.patience < LEAVES_BELOW and not state.agreed and reaction.outcome is None:
        return Reaction(reaction.reason or "out_of_patience", "leave", "lost_patience")
    return reaction


def hurt(state: ViewerState, reading: Reading, aimed: bool) -> Reaction | None:
    """Apply what insults do to anybody but a troll; None if there were none."""
    if not reading.did("insults", "blames"):
        return None
    share = 1.0 if aimed else 0.6
    state.sulks_for = SULKS_FOR
    state.move(patience=-35 * share, trust=-30 * share, hostility=0.7 * share)
    if state.patience < LEAVES_BELOW:
        return Reaction("insults", "leave", "offended")
    return Reaction("insults" if reading.did("insults") else "blames", "doubt")
