"""What mentors get on the page: their folder, and the plan of a scenario in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commands.compose import ROOT, own_scenarios
from commands.scenario_check import schema_from
from commands.scenario_plan import event_words, waits_for
from commands.scenario_show import tempo_words
from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.model import Scenario
    from coach.score.scorecard import Text
    from coach.settings import Settings
    from web.authoring import Authoring, PlannedMoment, ScenarioPlan

_ZH, _EN = Say("zh"), Say("en")


def authoring(settings: Settings) -> Authoring:
    """Return the mentor's part of the composition."""
    from web.authoring import Authoring

    shelf = own_scenarios(settings)
    schema = schema_from(shelf.played_file("any"))
    return Authoring(shelf, plan_of, shipped=ROOT / "scenarios", schema=schema)


def plan_of(scenario: Scenario) -> ScenarioPlan:
    """Return what will happen, in the words of `scenario show`."""
    from coach.room.arrivals import arrivals
    from coach.scenario.lint_plan import entered
    from web.authoring import ScenarioPlan

    return ScenarioPlan(
        duration_sec=scenario.duration_sec,
        stages=tuple(entered(scenario).items()),
        moments=tuple(_moments(scenario)),
        arrivals=arrivals(scenario),
        tempo=_both(tempo_words(scenario, _ZH), tempo_words(scenario, _EN)),
    )


def _moments(scenario: Scenario) -> Iterator[PlannedMoment]:
    from coach.scenario.exposure import is_pressing
    from web.authoring import PlannedMoment

    for number, event in enumerate(scenario.events):
        zh, en = (event_words(event, scenario, say, tell_pressure=False) for say in (_ZH, _EN))
        when = None if event.at_sec is not None else _both(*(waits_for(event, scenario, say) for say in (_ZH, _EN)))
        yield PlannedMoment(
            what=_both(zh, en),
            kind=event.kind,
            pressure=is_pressing(event),
            event=number,
            at_sec=event.at_sec,
            when=when,
            viewer=event.viewer,
        )


def _both(zh: str, en: str) -> Text:
    from coach.score.scorecard import Text

    return Text(zh=zh, en=en)
