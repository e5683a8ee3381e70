"""What came of one simulated rehearsal: viewers, objections, intent to buy, and whether the room kept its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.events import LinePosted, LineVoicing, Record, RoomChanged, UtteranceHeard
from coach.language import language_for
from coach.room.check import fault
from coach.room.heard import flatten
from coach.room.request import LineRequest
from coach.room.simulated.follow import DISRUPTIVE, Stint, follow
from coach.room.simulated.manner import StreamerName
from coach.room.tempers import TEMPERS
from coach.scenario.model import Scenario, ViewerType

NOT_SOLD_TO: frozenset[ViewerType] = frozenset(
    {"special_care", *(kind for kind, temper in TEMPERS.items() if not temper.profile.customer)}
)
"""To be protected, helped or refused, not sold to."""
EASY: frozenset[ViewerType] = frozenset({"friendly", "low_room", "special_care"})
"""All other types are hard viewers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerResult:
    """One viewer of the scenario at the end, from the log alone. The one who returns in a drill counts each time."""

    viewer_id: str
    type: ViewerType
    outcome: str
    """`bought`, `satisfied`, `lost_patience`, `offended`, `ended`; `here` for those who stayed to the end."""
    stayed: float
    """Share of the time it could have been there that it was; 1 for those who got what they came for."""
    patience: float
    trust: float
    raised: int
    """Objections and questions put."""
    resolved: int
    """Of these handled well (`coach.room.handling`), the viewer not walking out on it."""

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
    passing_raised: int
    """Questions of passers-by who do not disrupt."""
    passing_resolved: int
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
    """Bids and purchases above what the viewer would pay, and lines that agree though the state does not."""
    breaches: tuple[str, ...]
    """Lines hotter than the scenario's cap allows."""
    faults: tuple[str, ...]
    """What else the check of models' lines would refuse in these scripted ones: figures, labels, length, wording."""
    texts: tuple[tuple[str, str, str], ...] = field(repr=False)
    """(viewer type, intent, text) of each line that was out."""
    records: tuple[Record, ...] = field(repr=False, compare=False)

    def among(self, types: frozenset[ViewerType]) -> list[ViewerResult]:
        """Return viewers of the types outside the given ones."""
        return [viewer for viewer in self.viewers if viewer.type not in types]

    @property
    def kept(self) -> float | None:
        """Mean share of the time that viewers stayed, trolls and the like left out; None if nobody else is there."""
        shares = [viewer.stayed for viewer in self.among(DISRUPTIVE)]
        return round(sum(shares) / len(shares), 4) if shares else None

    @property
    def resolved(self) -> float | None:
        """Share of objections and questions handled well, trolls and the like left out; None if there were none."""
        raised = sum(viewer.raised for viewer in self.among(DISRUPTIVE)) + self.passing_raised
        resolved = sum(viewer.resolved for viewer in self.among(DISRUPTIVE)) + self.passing_resolved
        return round(resolved / raised, 4) if raised else None

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
    room = follow(scenario, records, difficulty)
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
        viewers=tuple(_result(stint, scenario.duration_sec) for stint in room.stints if stint.is_own),
        passing_raised=sum(stint.raised for stint in room.stints if stint.counts_passing),
        passing_resolved=sum(stint.resolved for stint in room.stints if stint.counts_passing),
        online_start=int(online[0]),
        online_mean=round(online[1], 1),
        orders=max((record.event.orders for record in records if isinstance(record.event, RoomChanged)), default=0),
        utterances=sum(isinstance(record.event, UtteranceHeard) for record in records),
        lines=dict(Counter(channel for *_, channel in lines)),
        intents=dict(Counter(intent for _, intent, _, _ in lines)),
        dropped=dropped,
        repeated=tuple(key for key, count in keys.items() if count > 1),
        promises=(*room.above_limit, *_agreed_too_soon(requests)),
        breaches=tuple(f"{request.text} ({wrong})" for request, wrong in faults if _too_hot(wrong)),
        faults=tuple(f"{request.text} ({wrong})" for request, wrong in faults if not _too_hot(wrong)),
        texts=tuple((room.types[viewer_id], intent, text) for viewer_id, intent, text, _ in lines),
        records=tuple(records),
    )


def _agreed_too_soon(requests: Sequence[LineRequest]) -> list[str]:
    return [
        request.text for request in requests if request.intent in ("accept", "buy") and not request.brief.may_concede
    ]


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


def _result(stint: Stint, duration: float) -> ViewerResult:
    return ViewerResult(
        viewer_id=stint.viewer_id,
        type=stint.type,
        outcome=stint.outcome,
        stayed=round(stint.stayed(duration), 4),
        patience=stint.patience,
        trust=stint.trust,
        raised=stint.raised,
        resolved=stint.resolved,
    )
