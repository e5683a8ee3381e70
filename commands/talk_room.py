"""`talk`: rehearse through microphone and speakers, without a browser."""

from __future__ import annotations

import argparse
import secrets
from typing import TYPE_CHECKING

from commands import opening
from commands.arguments import seconds
from commands.console import line, stdout
from commands.demo import find_scenario, show_scorecard
from commands.texts import Say

if TYPE_CHECKING:
    from audio.sound_devices import Device
    from coach.scenario.load import LoadedScenario


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the scenario and the devices."""
    parser.add_argument("scenario", nargs="?", metavar="SCENARIO", help=say("arg.demo.scenario"))
    parser.add_argument("--microphone", metavar="DEVICE", help=say("arg.talk.microphone"))
    parser.add_argument("--speaker", metavar="DEVICE", help=say("arg.talk.speaker"))
    parser.add_argument("--devices", action="store_true", help=say("arg.talk.devices"))
    opening.configure(parser, say)
    parser.add_argument("--intensity", type=int, choices=range(5), metavar="0-4", help=say("arg.talk.intensity"))
    parser.add_argument("--consent", action="store_true", help=say("arg.talk.consent"))
    parser.add_argument("--seconds", type=seconds(say), metavar="N", help=say("arg.demo.seconds"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Hold the rehearsal, then print its scorecard; exit 1 if it could not be scored."""
    from audio.sound_devices import SoundCardError
    from coach.errors import ConsentNeeded, InputError

    try:
        return _run(options, say)
    except ConsentNeeded as error:
        raise InputError(say("talk.consent_needed", intensity=error.intensity)) from error
    except SoundCardError as error:
        values = {name: say(f"talk.{value}") if name == "kind" else value for name, value in error.values.items()}
        raise InputError(say(f"talk.fault.{error.fault}", **values)) from error


def _run(options: argparse.Namespace, say: Say) -> int:
    from audio.sound_devices import devices, pick
    from coach.settings import load_settings
    from commands.compose import opened_keeper
    from commands.conversation import Cards, hold

    settings = load_settings()
    devices_here = devices()
    if options.devices:
        show_devices(devices_here, say)
        return 0
    again = opening.is_replay(options, say)
    limits = {"intensity": options.intensity, "consent": options.consent}
    with opened_keeper(settings) as keeper:
        if again:
            scenario, terms = opening.moment(keeper, options, **limits)
        else:
            found = find_scenario(settings, options.scenario, lang=say.lang, say=say, seed=secrets.randbelow(2**31))
            scenario, terms = opening.with_terms(found, options, **limits, prepares=True)
        if terms.prep_sec:
            tell_draw(scenario, terms.prep_sec, say)
        cards = Cards(pick(options.microphone, "input", devices_here), pick(options.speaker, "output", devices_here))
        rehearsal_id = hold(settings, keeper, scenario, terms, cards, options.seconds, say)
        stdout().print(say("demo.kept", id=rehearsal_id, path=keeper.folder(rehearsal_id)))
        return show_scorecard(keeper, rehearsal_id, say)


def tell_draw(scenario: LoadedScenario, prep_sec: float, say: Say) -> None:
    """Print the product sheet to prepare from."""
    product = scenario.scenario.product
    line(say("talk.drawn", product=product.name, minutes=prep_sec / 60), "bold")
    line(f"{product.price.live:g} ({product.price.list:g}) {product.price.currency}")
    for point in product.selling_points:
        line(f"{point.priority}  {point.title}: {point.statement}")
    for name, value in product.facts.items():
        line(f"{name}: {value}")


def show_devices(found: list[Device], say: Say) -> None:
    """Print the sound devices, or that there are none."""
    from rich.table import Table

    if not found:
        line(say("talk.no_devices"))
        return
    table = Table(title=say("talk.devices"), title_justify="left")
    for key in ("number", "name", "system", "microphone", "speaker"):
        table.add_column(say(f"talk.column.{key}"), overflow="fold")
    for device in found:
        heard = say("talk.default") if device.is_default_input else say("talk.yes") if device.inputs else ""
        played = say("talk.default") if device.is_default_output else say("talk.yes") if device.outputs else ""
        table.add_row(str(device.number), device.name, device.system, heard, played)
    stdout().print(table)
