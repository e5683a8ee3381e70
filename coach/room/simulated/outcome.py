"""What came of one simulated rehearsal: viewers, objections, intent to buy, and whether the room kept its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.events import (
    LinePosted,
    LineVoicing,
    Record,
    RoomChanged,
    UtteranceHeard,
    ViewerChanged,
    ViewerJoined,
    ViewerLeft,
)
from coach.language import language_for
from coach.room.check import fault
from coach.room.heard import flatten
from coach.room.reading import read
from coach.room.request import LineRequest
from coach.room.simulated.manner import StreamerName
from coach.room.tempers import TEMPERS
from coach.room.viewer import Deal, new_state
from coach.scenario.model import Scenario, ViewerType

DISRUPTIVE: frozenset[ViewerType] = frozenset({"troll", "spammer", "derailer"})
"""Nobody's customers: not counted among viewers kept, nor asked whether they want to buy."""
NOT_SOLD_TO: frozenset[ViewerType] = frozenset({"special_care", "angry_returner"})
"""To be protected or helped, not sold to."""
EASY: frozenset[ViewerType] = frozenset({"friendly", "low_room", "special_care"})
"""All other types are hard viewers."""
_OBJECTING = frozenset(
    {
        *("open", "ask", "push", "doubt", "bait", "heckle", "silence", "pile_on", "raid"),
        *("cut_off_remark", "ignored_remark", "link_down", "wrong_price"),
    }
)
"""Intents that put something to the streamer."""
_RESOLVES_WITHIN_SEC = 30.0
_CENT = 0.011


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerResult:
    """One viewer at the end, from the log alone."""

    viewer_id: str
    type: ViewerType
    outcome: str
    """`bought`, `satisfied`, `lost_patience`, `offended`, `ended`; `here` for those who stayed to the end."""
    there_sec: float
    """Time in the room; to the end for those who bought or were satisfied."""
    patience: float
    trust: float
    raised: int
    """Objections put."""
    resolved: int
    """Of these followed by a change for the better within 30 s, before the viewer was worse off."""

    @property
    def kept(self) -> bool:
        """Whether it bought, was satisfied, or stayed."""
        return self.outcome in ("bought", "satisfied", "here")

    @property
    def intent(self) -> float:
        """0 to 1: bought 1, satisfied 0.5, gone 0, else patience times trust."""
        known = {"bought": 1.0, "satisfied": 0.5, "here": self.patience * self.trust / 10_000}
        return known.get(self.outcome, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One rehearsal."""

    scenario_id: str
    streamer: StreamerName
    seed: int
    difficulty: int
    minutes: float
    viewers: tuple[ViewerResult, ...]
    online_start: int
    online_mean: float
    """Mean of the room's number over time."""
    orders: int
    utterances: int
    lines: Mapping[str, int]
    """Channel → lines out."""
    intents: Mapping[str, int]
    dropped: int
    repeated: tuple[str, ...]
    """Lines that were out more than once."""
    promises: tuple[str, ...]
    """Lines or purchases that grant more than the viewer's state."""
    breaches: tuple[str, ...]
    """Lines hotter than the scenario's cap allows."""
    faults: tuple[str, ...]
    """Other faults the check of lines finds: markup, made-up figures, language."""
    texts: tuple[tuple[str, str, str], ...] = field(repr=False)
    """(viewer type, intent, text) of each line that was out."""
    records: tuple[Record, ...] = field(repr=False, compare=False)

    def among(self, types: frozenset[ViewerType]) -> list[ViewerResult]:
        """Return viewers of the types outside the given ones."""
        return [viewer for viewer in self.viewers if viewer.type not in types]

    @property
    def kept(self) -> float | None:
        """Mean share of the time that viewers stayed, trolls and the like left out; None if nobody else is there."""
        seconds = [viewer.there_sec / (60 * self.minutes) for viewer in self.among(DISRUPTIVE)]
        return round(sum(seconds) / len(seconds), 4) if seconds else None

    @property
    def resolved(self) -> float | None:
        """Share of objections resolved; None if none was raised."""
        askers = self.among(DISRUPTIVE)
        raised = sum(viewer.raised for viewer in askers)
        return round(sum(viewer.resolved for viewer in askers) / raised, 4) if raised else None

    @property
    def intent(self) -> float | None:
        """Mean intent to buy of those who may be sold to; None if nobody may."""
        wills = [viewer.intent for viewer in self.among(DISRUPTIVE | NOT_SOLD_TO)]
        return round(sum(wills) / len(wills), 4) if wills else None


def outcome_of(
    scenario: Scenario,
    records: Sequence[Record],
    requests: Sequence[LineRequest],
    *,
    streamer: StreamerName,
    seed: int,
    difficulty: int,
    dropped: int,
) -> Outcome:
    """Sum up one rehearsal."""
    lines = _lines(records)
    types = {viewer.id: viewer.type for viewer in scenario.viewers}
    language = language_for(scenario.locale)
    keys = Counter(flatten(text, language) for _, _, text, _ in lines)
    faults = [(request, wrong) for request in requests if (wrong := fault(request.text, request.brief)) is not None]
    online = _online(records, scenario.duration_sec)
    return Outcome(
        scenario_id=scenario.id,
        streamer=streamer,
        seed=seed,
        difficulty=difficulty,
        minutes=scenario.duration_sec / 60,
        viewers=tuple(_viewer(scenario, viewer.id, records, difficulty) for viewer in scenario.viewers),
        online_start=int(online[0]),
        online_mean=round(online[1], 1),
        orders=max((record.event.orders for record in records if isinstance(record.event, RoomChanged)), default=0),
        utterances=sum(isinstance(record.event, UtteranceHeard) for record in records),
        lines=dict(Counter(channel for *_, channel in lines)),
        intents=dict(Counter(intent for _, intent, _, _ in lines)),
        dropped=dropped,
        repeated=tuple(key for key, count in keys.items() if count > 1),
        promises=tuple(
            [f"{request.text} ({wrong})" for request, wrong in faults if wrong.startswith("concedes")]
            + _bought_above(scenario, records, difficulty)
        ),
        breaches=tuple(f"{request.text} ({wrong})" for request, wrong in faults if _too_hot(wrong)),
        faults=tuple(
            f"{request.text} ({wrong})"
            for request, wrong in faults
            if not _too_hot(wrong) and not wrong.startswith(("concedes", "repeats"))
        ),
        texts=tuple((types[viewer_id], intent, text) for viewer_id, intent, text, _ in lines),
        records=tuple(records),
    )


def _too_hot(wrong: str) -> bool:
    return wrong.startswith(("abusive", "harsher", "hostile"))


def _lines(records: Sequence[Record]) -> list[tuple[str, str, str, str]]:
    """Return (viewer, intent, text, channel) of all lines."""
    found = []
    for record in records:
        match record.event:
            case LinePosted() as line:
                found.append((line.viewer_id, line.intent, line.text, "chat"))
            case LineVoicing() as line:
                found.append((line.viewer_id, line.intent, line.text, "voice"))
            case _:
                pass
    return found


def _online(records: Sequence[Record], duration: float) -> tuple[float, float]:
    """Return the room's number at the start and its mean over time."""
    changes = [(record.at, record.event.viewers) for record in records if isinstance(record.event, RoomChanged)]
    if not changes:
        return 0.0, 0.0
    ends = [at for at, _ in changes[1:]] + [duration]
    weighted = sum(viewers * (end - at) for (at, viewers), end in zip(changes, ends, strict=True))
    return float(changes[0][1]), weighted / max(1.0, duration - changes[0][0])


def _viewer(scenario: Scenario, viewer_id: str, records: Sequence[Record], difficulty: int) -> ViewerResult:
    spec = next(viewer for viewer in scenario.viewers if viewer.id == viewer_id)
    follow = _Follow(scenario, viewer_id, difficulty)
    for record in records:
        follow.take(record)
    follow.close(scenario.duration_sec)
    return ViewerResult(
        viewer_id=viewer_id,
        type=spec.type,
        outcome=follow.outcome,
        there_sec=round(follow.there_sec(scenario.duration_sec), 1),
        patience=follow.patience,
        trust=follow.trust,
        raised=follow.raised,
        resolved=follow.resolved,
    )


class _Follow:
    """Follows one viewer through the log."""

    def __init__(self, scenario: Scenario, viewer_id: str, difficulty: int) -> None:
        spec = next(viewer for viewer in scenario.viewers if viewer.id == viewer_id)
        state = new_state(spec)
        TEMPERS[spec.type].start(state, _deal(scenario, difficulty))
        self._id = viewer_id
        self.patience, self.trust, self.hostility = state.patience, state.trust, state.hostility
        self.limit = state.price_limit
        self.outcome = "here"
        self.raised = self.resolved = 0
        self._joined: float | None = None
        self._left: float | None = None
        self._open: list[float] = []

    def take(self, record: Record) -> None:
        """Take one record."""
        event = record.event
        self._open = [at for at in self._open if record.at - at <= _RESOLVES_WITHIN_SEC]
        if getattr(event, "viewer_id", None) != self._id:
            return
        match event:
            case ViewerJoined():
                self._joined = record.at
            case LinePosted() | LineVoicing():
                self._line(event.intent, record.at)
            case ViewerChanged():
                self._changed(event)
            case ViewerLeft():
                self.outcome, self._left = event.outcome, record.at
                if event.outcome in ("bought", "satisfied"):
                    self._resolve()
            case _:
                pass

    def close(self, duration: float) -> None:
        """End the rehearsal."""
        if self._joined is None:
            self._joined = duration

    def there_sec(self, duration: float) -> float:
        """Return the time in the room, to the end for those who got what they came for."""
        if self.outcome in ("bought", "satisfied", "here", "ended"):
            return duration
        return min(duration, (self._left or 0.0))

    def _line(self, intent: str, at: float) -> None:
        if intent in _OBJECTING:
            self.raised += 1
            self._open.append(at)
        elif intent in ("soften", "accept", "buy", "thank"):
            self._resolve()

    def _changed(self, event: ViewerChanged) -> None:
        better = event.patience + event.trust - self.patience - self.trust - 20 * (event.hostility - self.hostility)
        if better > 0.5 or (event.price_limit or 0.0) > (self.limit or 0.0) + _CENT:
            self._resolve()
        self.patience, self.trust, self.hostility = event.patience, event.trust, event.hostility
        self.limit = event.price_limit

    def _resolve(self) -> None:
        self.resolved += len(self._open)
        self._open = []


def _deal(scenario: Scenario, difficulty: int) -> Deal:
    return Deal(scenario.product.price, None, scenario.intensity_cap, difficulty)


def _bought_above(scenario: Scenario, records: Sequence[Record], difficulty: int) -> list[str]:
    """Return purchases at a price above what the viewer's state allowed, read from the log alone."""
    if not any(isinstance(record.event, ViewerLeft) and record.event.outcome == "bought" for record in records):
        return []
    found = []
    lowest = scenario.product.price.live
    limits = {viewer.id: _Follow(scenario, viewer.id, difficulty) for viewer in scenario.viewers}
    for record in records:
        event = record.event
        if isinstance(event, UtteranceHeard):
            reading = read(event.text, scenario)
            said = [move.value for kind in ("gives_price", "concedes") for move in reading.of(kind) if move.value]
            lowest = min([lowest, *said])
        for follow in limits.values():
            follow.take(record)
        if isinstance(event, ViewerLeft) and event.outcome == "bought":
            limit = limits[event.viewer_id].limit
            if limit is not None and lowest > limit + _CENT:
                found.append(f"{event.viewer_id} bought at {lowest:g} above its limit {limit:g}")
    return found
