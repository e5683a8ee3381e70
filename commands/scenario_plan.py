"""The plan of a scenario in plain words: what comes at a time, and what waits for the streamer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.model import Scenario, ScenarioEvent

_SILENCE_SEC = 6.0
"""Default of `after_sec`."""


def moments(scenario: Scenario, say: Say) -> list[tuple[float, str]]:
    """Return (seconds, words) of all that comes at a time, in order, from the beginning to the end."""
    comers = _names([viewer.id for viewer in scenario.viewers if _comes(viewer.type, scenario)], scenario)
    found: list[tuple[float, int, str]] = [(0.0, 0, say("show.starts", names=comers))]
    found += [(at, 1, say("show.stage", name=name)) for name, at in _entered(scenario)]
    found += [
        (event.at_sec, 2, event_words(event, scenario, say)) for event in scenario.events if event.at_sec is not None
    ]
    found.append((scenario.duration_sec, 3, say("show.ends")))
    return [(at, words) for at, _, words in sorted(found, key=lambda one: one[:2])]


def whenever(scenario: Scenario, say: Say) -> Iterator[tuple[str, str]]:
    """Yield (moment, words) of all that waits for something."""
    for event in scenario.events:
        if event.at_sec is None:
            yield waits_for(event, scenario, say), event_words(event, scenario, say)


def _entered(scenario: Scenario) -> list[tuple[str, float]]:
    from coach.scenario.lint_plan import entered

    return list(entered(scenario).items())


def _comes(viewer_type: str, scenario: Scenario) -> bool:
    from coach.room.tempo import HOSTILE, tempo_of

    return viewer_type not in HOSTILE or tempo_of(scenario, scenario.difficulty).hostile_come


def _names(ids: list[str], scenario: Scenario) -> str:
    return ", ".join(viewer.name for name in ids if (viewer := scenario.viewer(name)))


def event_words(event: ScenarioEvent, scenario: Scenario, say: Say, *, tell_pressure: bool = True) -> str:
    """Return what an event does, in words; `tell_pressure` marks those that test composure."""
    from coach.scenario.exposure import is_pressing

    words = _line(event, scenario, say) if event.kind == "line" else _room(event, scenario, say)
    return words + (f"  [{say('show.pressure')}]" if tell_pressure and is_pressing(event) else "")


def _line(event: ScenarioEvent, scenario: Scenario, say: Say) -> str:
    viewer = scenario.viewer(event.viewer or "")
    name = viewer.name if viewer else "–"
    intent = say(f"show.intent.{event.intent}")
    own = viewer.lines.get(event.intent) if viewer and event.intent else None
    if own:
        return say("show.own_line", name=name, intent=intent, line=own[0])
    return say("show.says", name=name, intent=intent)


def _room(event: ScenarioEvent, scenario: Scenario, say: Say) -> str:
    from coach.room.attacks import RAID_LINES, RAID_SEC, pile_on_lines

    names = _names([name for name in (event.viewer, *event.viewers) if name], scenario)
    values = {
        "to": event.to or 0,
        "names": names or say("show.hostile_here"),
        "count": pile_on_lines(event) if event.kind == "pile_on" else event.count or RAID_LINES,
        "seconds": event.for_sec or (RAID_SEC if event.kind == "raid" else _lasts(event)),
        "price": event.price or 0,
    }
    return say(f"show.kind.{event.kind}", **values)


def _lasts(event: ScenarioEvent) -> float:
    from coach.room.troubles import trouble_kind, trouble_of

    kind = trouble_kind(event.kind)
    return trouble_of(event, kind, 0.0, 0.0).until if kind else 0.0


def waits_for(event: ScenarioEvent, scenario: Scenario, say: Say) -> str:
    """Return what an event without a time waits for, in words."""
    if event.when == "point_covered" and event.point is None:
        return say("show.when.any_point")
    titles = {point.id: point.title for point in scenario.product.selling_points}
    whom = scenario.viewer(event.viewer or "") if event.kind not in ("line", "pile_on") else None
    values = {
        "seconds": event.after_sec or _SILENCE_SEC,
        "point": titles.get(event.point or "", event.point or ""),
        "stage": event.stage or "",
        "move": say(f"move.{event.move}") if event.move else "",
        "name": whom.name if whom else say("show.anybody"),
    }
    return say(f"show.when.{event.when}", **values)
