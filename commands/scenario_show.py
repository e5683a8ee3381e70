"""`scenario show`: what will happen, as a timeline, and what wins or loses each viewer."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from commands.console import line, stdout, styled
from commands.scenario_plan import moments, whenever
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.tempo import Tempo
    from coach.scenario.model import Scenario, ScenarioViewer

_OK = 0
_PERCENT = 100


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare its arguments."""
    parser.add_argument("ref", metavar="REF", help=say("arg.ref"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Print it; exit 0."""
    from coach.settings import load_settings
    from commands.compose import library

    scenario = library(load_settings()).find(options.ref).scenario
    _header(scenario, say)
    _product(scenario, say)
    line(f"\n{say('show.timeline')}", "bold")
    _grid([(_clock(at), text) for at, text in moments(scenario, say)])
    later = list(whenever(scenario, say))
    if later:
        line(f"\n{say('show.whenever')}", "bold")
        _grid(later)
    line(f"\n{say('show.viewers')}", "bold")
    for viewer in scenario.viewers:
        _viewer(viewer, scenario, say)
    return _OK


def _clock(at: float) -> str:
    return f"{int(at) // 60}:{int(at) % 60:02d}"


def _grid(rows: Sequence[tuple[str, str]]) -> None:
    """Print two columns; the second wraps inside itself, however narrow the terminal."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=False, ratio=None)
    table.add_column(overflow="fold")
    for left, right in rows:
        table.add_row(styled(left, "cyan"), styled(right))
    stdout().print(table, soft_wrap=False)


# --- the room ------------------------------------------------------------------------------------------------


def _header(scenario: Scenario, say: Say) -> None:
    from coach.scenario.consent import CONSENT_FROM

    line(f"{scenario.title} ({scenario.id} v{scenario.version}, {scenario.locale}, {scenario.category})", "bold")
    minutes = say("show.minutes", minutes=round(scenario.duration_sec / 60, 1), difficulty=scenario.difficulty)
    drill = say("show.drill", skill=scenario.skill or "–") if scenario.kind == "drill" else ""
    line(" · ".join(part for part in (minutes, drill) if part))
    if scenario.intensity_cap >= CONSENT_FROM:
        line(say("show.consent", cap=scenario.intensity_cap), "yellow")
    else:
        line(say("show.mild", cap=scenario.intensity_cap))
    line(tempo_words(scenario, say))
    line(say("show.unswayed", share=_PERCENT * unswayed(scenario)))
    if scenario.draw is not None:
        products = ", ".join(scenario.draw.products)
        line(say("show.draw", products=products, seconds=scenario.draw.prep_sec))


def tempo_words(scenario: Scenario, say: Say) -> str:
    """Return how busy and how hostile the room is, in a sentence."""
    from coach.room.tempo import tempo_of

    tempo = tempo_of(scenario, scenario.difficulty)
    return say(
        "show.tempo",
        lines=tempo.lines_per_min,
        hostile=_PERCENT * tempo.hostile_share,
        cut_ins=_cut_ins(tempo, say),
        filled=say("show.filled") if tempo.filled else say("show.not_filled"),
    )


def _cut_ins(tempo: Tempo, say: Say) -> str:
    if tempo.cut_ins:
        return say("show.cuts")
    return say("show.one_cut") if tempo.level == 2 else say("show.no_cuts")


def unswayed(scenario: Scenario) -> float:
    """Return the share of viewers whom nothing sells to at the scenario's difficulty."""
    from coach.room.viewer import Deal, is_stubborn, new_state

    deal = Deal(scenario.product.price, None, scenario.intensity_cap, scenario.difficulty)
    steps = 200
    drawn = [new_state(scenario.viewers[0], give=(step + 0.5) / steps) for step in range(steps)]
    return sum(is_stubborn(state, deal) for state in drawn) / steps


def _product(scenario: Scenario, say: Say) -> None:
    product, price = scenario.product, scenario.product.price
    line(f"\n{say('show.product')}: {product.name}", "bold")
    values = {"list": price.list, "live": price.live, "floor": price.floor, "currency": price.currency}
    line(say("show.price_value", **values))
    _grid(
        [
            (point.priority, point.title + (f": {point.statement}" if point.statement else ""))
            for point in product.selling_points
        ]
    )


# --- viewers -------------------------------------------------------------------------------------------------


def _viewer(viewer: ScenarioViewer, scenario: Scenario, say: Say) -> None:
    from coach.room.tempers import profile_of

    profile = profile_of(viewer.type)
    line(f"{viewer.name} ({viewer.id}) · {viewer.type} · {say(f'show.channel.{viewer.channel}')}", "bold")
    treatment = say(f"show.treatment.{profile.treatment}")
    rows = [
        (say("show.wants"), profile.motive[say.lang]),
        (say("show.treat"), f"{treatment}: {profile.right_way[say.lang]}"),
        (say("show.begins"), _state(viewer, scenario, say)),
        (say("show.softens"), _moves(profile.softened_by, say)),
        (say("show.escalates"), _moves(profile.escalated_by, say)),
        (say("show.buys"), "".join(_conditions(viewer, scenario, say)) + say(f"show.rule.{viewer.type}")),
        (say("show.leaves"), _leaves(scenario, say)),
    ]
    _grid([(left, right) for left, right in rows if right])


def _state(viewer: ScenarioViewer, scenario: Scenario, say: Say) -> str:
    from coach.room.tempers import TEMPERS
    from coach.room.viewer import Deal, new_state

    state = new_state(viewer)
    deal = Deal(scenario.product.price, None, scenario.intensity_cap, scenario.difficulty)
    TEMPERS[viewer.type].start(state, deal)
    values = {"patience": state.patience, "trust": state.trust}
    return say("show.state", **values, hostility=round(state.hostility, 1), attention=state.attention_sec)


def _moves(moves: Sequence[str], say: Say) -> str:
    return ("、" if say.lang == "zh" else ", ").join(say(f"move.{move}") for move in moves)


def _conditions(viewer: ScenarioViewer, scenario: Scenario, say: Say) -> Iterator[str]:
    if viewer.price_limit is not None:
        yield say("show.limit", limit=viewer.price_limit)
    if viewer.evidence_needed:
        titles = {point.id: point.title for point in scenario.product.selling_points}
        needs = ", ".join(titles.get(need, need) for need in viewer.evidence_needed)
        yield say("show.evidence", needs=needs)
    if viewer.min_gift:
        yield say("show.gifts", count=viewer.min_gift)


def _leaves(scenario: Scenario, say: Say) -> str:
    back = scenario.kind == "drill" and len(scenario.viewers) == 1
    return say("show.leave_rule") + (f"; {say('show.returns')}" if back else "")
