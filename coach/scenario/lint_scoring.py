"""Rules on what a scenario tells the scorer: what fails a rehearsal, and bands of its own."""

from __future__ import annotations

from coach.errors import Sentence
from coach.scenario.linter import Linter, Rule
from coach.scenario.unknown_name import advice_on

BLOCKERS = ("compliance_h", "compliance_m", "below_floor", "fact_error")
"""What can fail a rehearsal whatever its points."""
RATE, FILLERS = "speaking_rate", "fillers_per_min"
"""Bands that a scenario may have of its own; the first also for a stage, as `speaking_rate.close`."""
STAGES = ("any", "hook", "explain", "price", "close", "qa")
"""Stages that every scenario has a band for, besides those of its own."""


def _blockers(linter: Linter) -> None:
    for number, name in enumerate(linter.scenario.pass_.blockers):
        if name not in BLOCKERS:
            what = Sentence("nothing called {name!r} is counted", name=name)
            linter.add("unknown_blocker", "error", ("pass", "blockers", number), what, advice_on(name, BLOCKERS))


def _bands(linter: Linter) -> None:
    stages = dict.fromkeys([*STAGES, *(stage.name for stage in linter.scenario.stages)])
    known = (RATE, FILLERS, *(f"{RATE}.{stage}" for stage in stages))
    for name, (low, high) in linter.scenario.bands.items():
        if name not in known:
            what = Sentence("nothing called {name!r} has a band", name=name)
            linter.add("unknown_band", "error", ("bands", name), what, advice_on(name, known))
        elif low > high:
            what = Sentence("a band from {low:g} down to {high:g}", low=low, high=high)
            advice = Sentence("write the lower number first: [{high:g}, {low:g}]", low=low, high=high)
            linter.add("band_backwards", "error", ("bands", name), what, advice)


SCORING_RULES: tuple[Rule, ...] = (_blockers, _bands)
