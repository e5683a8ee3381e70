"""One moment of an earlier rehearsal, played again: the same viewers as they then were, the same line to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.errors import InputError
from coach.events import LinePosted, LineVoicing, Record, RehearsalStarted, RoomChanged
from coach.room.audience import Audience
from coach.scenario.exposure import exposed_scenario
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.scenario.model import Scenario
from coach.scenario.text import keys_of, text_of

REPLAY_SEC = 90.0
"""How long a replayed moment lasts: several times the 20 s in which an answer counts (DOMAIN §4.2), by design."""
_LED_TO_IT_SEC = 20.0
"""A pressure event this recent is what led to the moment, rather than the last line. Source: as above."""
_SLACK_SEC = 0.5
"""How far after the named second it may lie, as times are shown rounded."""
_ROOM_EVENTS = ("audience_drop", "audience_surge", "pile_on", "raid", "link_failure", "zero_orders", "wrong_price")
_LAST_WORDS = ("accept", "buy", "leave")

Beginning = LinePosted | LineVoicing | RoomChanged


@dataclass(frozen=True, slots=True)
class Replay:
    """A moment ready to be played."""

    scenario: LoadedScenario
    """Short, and with a text of its own, so that it is kept and scored like any other."""
    audience: Audience
    difficulty: int
    begins_at: float
    """When in the earlier rehearsal it begins, rehearsal seconds."""
    beginning: Beginning
    """What led to the moment."""


def replay(loaded: LoadedScenario, records: Sequence[Record], at_sec: float, *, milder: bool = False) -> Replay:
    """Return the moment of an earlier rehearsal that was on at `at_sec`.

    Args:
        loaded: The scenario as it was played, of any cap the streamer agreed to.
        records: The log of that rehearsal.
        at_sec: A time in it, rehearsal seconds.
        milder: Whether its cap is lower than it was then; the first line is worded anew.

    Raises:
        InputError: If the log has no beginning, or nobody had said anything yet.
    """
    started = records[0].event if records else None
    if not isinstance(started, RehearsalStarted):
        raise InputError("Expected the log of a rehearsal that has begun, got one without a beginning.")
    place, beginning = _what_led_to(records, at_sec)
    scenario, _ = exposed_scenario(loaded.scenario, None, started.exposure)
    audience = Audience(scenario, seed=started.seed, difficulty=started.difficulty)
    for record in records[:place]:
        audience.recall(record)
    begins_at = records[place].at
    audience.take_up(beginning, begins_at, milder=milder)
    short = parse_scenario(_short(scenario, started), loaded.name)
    return Replay(short, audience, started.difficulty, begins_at, beginning)


def _what_led_to(records: Sequence[Record], at_sec: float) -> tuple[int, Beginning]:
    """Return the place of the latest pressure event, else of the latest line, with its event."""
    past = [(place, record) for place, record in enumerate(records) if record.at <= at_sec + _SLACK_SEC]
    begun = [(place, record.at, event) for place, record in past if (event := _begins(record)) is not None]
    pressing = [found for found in begun if found[2].pressure and at_sec - found[1] <= _LED_TO_IT_SEC]
    lines = [found for found in begun if not isinstance(found[2], RoomChanged)]
    for place, _, event in reversed(pressing or lines):
        return place, event
    first = next((record.at for record in records if _begins(record) is not None), None)
    if first is None:
        raise InputError("Expected a rehearsal in which a viewer spoke; nothing can be played again in this one.")
    raise InputError(
        "Expected a moment by which a viewer had spoken, got second {at:g}; the first line comes at {first:.1f} s.",
        at=at_sec,
        first=first,
    )


def _begins(record: Record) -> Beginning | None:
    """Return what a moment can begin with: a room event, or a line that is not a goodbye."""
    match record.event:
        case LinePosted() | LineVoicing() as line if line.intent not in _LAST_WORDS:
            return line
        case RoomChanged() as change if change.reason in _ROOM_EVENTS:
            return change
        case _:
            return None


def _short(scenario: Scenario, started: RehearsalStarted) -> str:
    keys = keys_of(scenario)
    for key in ("stages", "demo_windows", "events", "goals", "pass", "draw"):
        keys.pop(key, None)
    keys |= {"kind": "drill", "skill": "replay", "duration_sec": REPLAY_SEC, "seed": started.seed}
    return text_of(keys, f"One moment of rehearsal {started.rehearsal_id}, played again.")
