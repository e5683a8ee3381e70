"""What streamers' conduct does to the room: rehearsals of scripted streamers compared pair by pair.

A pair is one scenario, one seed and two neighbours of the ladder skilled > flustered > silent > rude. Each measure is
compared by itself: the better streamer is ahead, level with the other, or behind. Levels are counted apart, so a share
in order is `ahead / (ahead + behind)`. A measure that a scenario cannot have (nobody may be sold to) is not compared.

Viewers kept: the share of the rehearsal that the scenario's viewers stayed (`Outcome.kept`); where both streamers kept
all of them for as long, the mean number of viewers in the room, which follows from how content they are
(`Outcome.online_mean`). `kept_played` is the first alone. Objections resolved and intent to buy: see `Outcome`.
"""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.simulated.follow import DISRUPTIVE
from coach.room.simulated.manner import STREAMERS, StreamerName
from coach.room.simulated.outcome import EASY, Outcome, ViewerResult
from coach.scenario.model import Scenario
from evals.results import rate
from evals.viewers_heat import level_of

LADDER: tuple[StreamerName, ...] = STREAMERS[:4]
MEASURES = ("kept", "resolved", "intent")
COMPARED = (*MEASURES, "kept_played")
Outcomes = Mapping[tuple[str, StreamerName], Sequence[Outcome]]
"""(scenario id, streamer) → outcomes by seed."""


@dataclass(slots=True)
class Tally:
    """How often the better streamer was ahead."""

    ahead: int = 0
    level: int = 0
    behind: int = 0

    def take(self, better: tuple[float, ...] | None, worse: tuple[float, ...] | None) -> None:
        """Count one comparison."""
        if better is None or worse is None:
            return
        if better > worse:
            self.ahead += 1
        elif better < worse:
            self.behind += 1
        else:
            self.level += 1

    def as_summary(self) -> dict[str, Any]:
        """Return counts and shares; `in_order` leaves levels out."""
        total = self.ahead + self.level + self.behind
        return {
            "pairs": total,
            "in_order": rate(self.ahead, self.ahead + self.behind),
            "level": rate(self.level, total),
            "behind": self.behind,
        }


def order(outcomes: Outcomes, scenario_ids: Iterable[str] | None = None) -> dict[str, dict[str, Tally]]:
    """Return measure → pair (`skilled>flustered`, …, `all`) → tally."""
    wanted = set(scenario_ids) if scenario_ids is not None else {key[0] for key in outcomes}
    found: dict[str, dict[str, Tally]] = {measure: defaultdict(Tally) for measure in COMPARED}
    for scenario_id in sorted(wanted):
        for better, worse in itertools.pairwise(LADDER):
            pairs = zip(outcomes[scenario_id, better], outcomes[scenario_id, worse], strict=True)
            for one, other in pairs:
                for measure in COMPARED:
                    values = value_of(one, measure), value_of(other, measure)
                    found[measure]["all"].take(*values)
                    found[measure][f"{better}>{worse}"].take(*values)
    return found


def value_of(outcome: Outcome, measure: str) -> tuple[float, ...] | None:
    """Return what is compared, None where the scenario does not have it."""
    value = getattr(outcome, measure.removesuffix("_played"))
    if measure == "kept":
        return (-1.0 if value is None else value, outcome.online_mean)
    return None if value is None else (value,)


def order_summary(outcomes: Outcomes) -> dict[str, Any]:
    """Return the figures of `order` for all scenarios."""
    return {
        measure: {pair: tally.as_summary() for pair, tally in sorted(pairs.items())}
        for measure, pairs in order(outcomes).items()
    }


def by_scenario(outcomes: Outcomes) -> dict[str, Any]:
    """Return scenario → measure → share in order and means per streamer."""
    found = {}
    for scenario_id in sorted({key[0] for key in outcomes}):
        tallies = order(outcomes, [scenario_id])
        found[scenario_id] = {
            measure: {
                **tallies[measure]["all"].as_summary(),
                "means": {name: mean_of(outcomes[scenario_id, name], measure) for name in LADDER},
            }
            for measure in MEASURES
        }
    return found


def by_type(outcomes: Outcomes) -> dict[str, Any]:
    """Return viewer type → streamer → how its viewers fared."""
    viewers: dict[str, dict[str, list[ViewerResult]]] = defaultdict(lambda: defaultdict(list))
    for (_, streamer), found in outcomes.items():
        for outcome in found:
            for viewer in outcome.viewers:
                viewers[viewer.type][streamer].append(viewer)
    return {
        kind: {name: _fared(some) for name, some in by_streamer.items()}
        for kind, by_streamer in sorted(viewers.items())
    }


def _fared(viewers: Sequence[ViewerResult]) -> dict[str, Any]:
    raised = sum(viewer.raised for viewer in viewers)
    ways = ("bought", "satisfied", "here", "lost_patience", "offended", "ended")
    shares = {way: rate(sum(viewer.outcome == way for viewer in viewers), len(viewers)) for way in ways}
    return {
        "n": len(viewers),
        **{way: share for way, share in shares.items() if share},
        "resolved": rate(sum(viewer.resolved for viewer in viewers), raised),
        "intent": round(statistics.fmean(viewer.intent for viewer in viewers), 3),
    }


def mean_of(found: Sequence[Outcome], measure: str) -> float | None:
    """Return a measure's mean where it exists."""
    values = [value for value in (getattr(outcome, measure) for outcome in found) if value is not None]
    return round(statistics.fmean(values), 3) if values else None


# --- non-buyers and rules -------------------------------------------------------------------------------------


def hard_viewers(found: Iterable[Outcome]) -> dict[str, Any]:
    """Return how many hard viewers (all but friendly, low_room, special_care) were lost, or did not buy.

    Lost: left without having bought or been satisfied. Trolls, spammers and derailers are no loss, so they are also
    left out once.
    """
    viewers = [viewer for outcome in found for viewer in outcome.viewers if viewer.type not in EASY]
    customers = [viewer for viewer in viewers if viewer.type not in DISRUPTIVE]
    return {
        "n": len(viewers),
        "lost": rate(sum(not viewer.kept for viewer in viewers), len(viewers)),
        "customers": len(customers),
        "customers_lost": rate(sum(not viewer.kept for viewer in customers), len(customers)),
        "customers_not_buying": rate(sum(viewer.outcome != "bought" for viewer in customers), len(customers)),
    }


def rules(outcomes: Outcomes, scenarios: Mapping[str, Scenario]) -> dict[str, Any]:
    """Return how often the room broke a rule of its own, and how much lines differ between seeds."""
    every = [outcome for found in outcomes.values() for outcome in found]
    over_all, between_two = _distinct(outcomes, scenarios)
    return {
        "rehearsals": len(every),
        "lines": sum(len(outcome.texts) for outcome in every),
        "repeated": sum(len(outcome.repeated) for outcome in every),
        "promises_beyond_state": sum(len(outcome.promises) for outcome in every),
        "cap_breaches": sum(len(outcome.breaches) for outcome in every),
        "above_pack_level": len(too_hot(outcomes, scenarios)),
        "scripted_lines_the_check_refuses": sum(len(outcome.faults) for outcome in every),
        "distinct_over_seeds": over_all,
        "distinct_between_two_seeds": between_two,
    }


def too_hot(outcomes: Outcomes, scenarios: Mapping[str, Scenario]) -> list[str]:
    """Return lines whose packs give them a level above the scenario's cap."""
    found = []
    for (scenario_id, _), some in outcomes.items():
        scenario = scenarios[scenario_id]
        for kind, _, text in {line for outcome in some for line in outcome.texts}:
            level = level_of(text, kind, scenario.language)
            if level is not None and level > scenario.intensity_cap:
                found.append(f"{scenario_id}: {kind} at {level}: {text}")
    return sorted(found)


def _distinct(outcomes: Outcomes, scenarios: Mapping[str, Scenario]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return distinct lines over all lines, per scenario and streamer: over all seeds, and over two at a time."""
    over_all, between_two = [], []
    for (scenario_id, _), found in outcomes.items():
        language = language_for(scenarios[scenario_id].locale)
        lines = [[flatten(text, language) for *_, text in outcome.texts] for outcome in found]
        if whole := list(itertools.chain(*lines)):
            over_all.append(len(set(whole)) / len(whole))
        between_two += [
            len({*one, *other}) / len(one + other) for one, other in itertools.pairwise(lines) if one + other
        ]
    return _spread(over_all), _spread(between_two)


def _spread(values: Sequence[float]) -> dict[str, Any]:
    if not values:
        return {"mean": None, "least": None}
    return {"mean": round(statistics.fmean(values), 3), "least": round(min(values), 3)}
