"""`scenario check` and `scenario show`; `scenario simulate` is in a file of its own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands import simulate
from commands.console import complain, line, stdout, styled
from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.load import LoadedScenario
    from coach.scenario.model import Scenario

_OK, _FAULTY, _UNREADABLE = 0, 1, 2


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    text = say("cmd.scenario.check")
    check = verbs.add_parser("check", help=text, description=text)
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("arg.paths"))
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
    return _check(options.paths, say) if options.verb == "check" else _show(options.ref, say)


def _check(paths: Sequence[Path], say: Say) -> int:
    results = [_check_file(file, say) for path in paths for file in _files(path, say)]
    line(say("check.total", files=len(results), faulty=sum(code != _OK for code in results)))
    return max(results, default=_UNREADABLE)


def _files(path: Path, say: Say) -> Iterator[Path]:
    """Yield a file as it is, and the scenarios of a folder."""
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.rglob("*.y*ml") if file.is_file())
    if not found:
        complain(say("check.empty", path=path))
    yield from found


def _check_file(path: Path, say: Say) -> int:
    from coach.errors import ScenarioError
    from coach.scenario.load import load_scenario

    try:
        loaded = load_scenario(path)
    except ScenarioError as error:
        complain(say.error(error))
        # A fault without a line is one of the file itself: not there, not readable, far too large.
        return _FAULTY if all(place.line for place, _ in error.problems) else _UNREADABLE
    return _lint(path, loaded, say)


def _lint(path: Path, loaded: LoadedScenario, say: Say) -> int:
    """Print what is stale or unwise in a scenario that loads; warnings alone leave it ok."""
    from coach.clock import wall_time
    from coach.scenario.lint import lint

    findings = lint(loaded, wall_time().date())
    for finding in findings:
        complain(str(finding))
    if any(finding.severity == "error" for finding in findings):
        return _FAULTY
    line(say("check.ok", path=path, id=loaded.scenario.id))
    return _OK


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
