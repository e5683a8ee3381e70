"""`scenario check` and `scenario show`; `scenario simulate` is in a file of its own."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from commands import scenario_check, simulate
from commands.console import line, stdout, styled
from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.model import Scenario

_OK = 0


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    text = say("cmd.scenario.check")
    check = verbs.add_parser("check", help=text, description=text)
    scenario_check.configure(check, say)
    text = say("cmd.scenario.show")
    show = verbs.add_parser("show", help=text, description=text)
    show.add_argument("ref", metavar="REF", help=say("arg.ref"))
    text = say("cmd.scenario.simulate")
    played = verbs.add_parser("simulate", help=text, description=text)
    simulate.configure(played, say)
    for verb in (check, show, played):
        verb.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("arg.lang"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Check: exit 0 without faults, 1 with, 2 where a file cannot be read. Show: exit 0."""
    if options.verb == "simulate":
        return simulate.run(options, say)
    return scenario_check.run(options, say) if options.verb == "check" else _show(options.ref, say)


def _show(ref: str, say: Say) -> int:
    from coach.settings import load_settings
    from commands.compose import library

    scenario = library(load_settings()).find(ref).scenario
    line(f"{scenario.title} ({scenario.id} v{scenario.version}, {scenario.locale}, {scenario.category})", "bold")
    line(say("show.minutes", minutes=round(scenario.duration_sec / 60, 1), difficulty=scenario.difficulty))
    _show_product(scenario, say)
    _show_viewers(scenario, say)
    _show_plan(scenario, say)
    return _OK


def _show_product(scenario: Scenario, say: Say) -> None:
    product = scenario.product
    line(f"\n{product.name}", "bold")
    price = product.price
    values = {"list": price.list, "live": price.live, "floor": price.floor, "currency": price.currency}
    line(f"{say('show.price')}: {say('show.price_value', **values)}")
    if product.facts:
        line(f"{say('show.facts')}: " + "; ".join(f"{key} {value}" for key, value in product.facts.items()))
    line(f"{say('show.points')}:")
    for point in product.selling_points:
        line(f"  {point.priority} {point.title}" + (f": {point.statement}" if point.statement else ""))


def _show_viewers(scenario: Scenario, say: Say) -> None:
    from rich.table import Table

    table = Table(title=say("show.viewers"), title_justify="left")
    for name in ("id", "name", "type", "channel", "patience", "price limit"):
        table.add_column(name, overflow="fold")
    for viewer in scenario.viewers:
        limit = f"{viewer.price_limit:g}" if viewer.price_limit is not None else "–"
        cells = (viewer.id, viewer.name, viewer.type, viewer.channel, f"{viewer.patience:g}", limit)
        table.add_row(*(styled(cell) for cell in cells))
    stdout().print(table)


def _show_plan(scenario: Scenario, say: Say) -> None:
    if not scenario.events:
        return
    line(f"{say('show.events')}:")
    for event in scenario.events:
        when = f"{event.at_sec:g} s" if event.at_sec is not None else str(event.when)
        what = f"{event.viewer} {event.intent}" if event.kind == "line" else f"{event.kind} → {event.to}"
        line(f"  {when:>14}  {what}" + (f"  [{say('show.pressure')}]" if event.pressure else ""))
