"""`serve`: the practice room."""

from __future__ import annotations

import argparse
import gc
import logging
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from commands import recover as recover_command
from commands.arguments import within
from commands.console import line, stdout, styled
from commands.texts import Say

if TYPE_CHECKING:
    from audio.engine_choice import Choice
    from audio.engine_report import EngineReport as FoundEngine
    from coach.live.engines import Engines
    from coach.ports import RehearsalStore, RehearsalSummary
    from coach.score.private_voice import PrivateVoice
    from coach.settings import Settings
    from coach.store.keeper import Keeper
    from web.composition import Arrival, Composition
    from web.ui_build import UiBuild

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare where to listen."""
    parser.add_argument("--host", help=say("arg.host"))
    parser.add_argument("--port", type=within(int, 0, 65_535, say), help=say("arg.port"))
    parser.add_argument("--open", action="store_true", help=say("arg.open"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    with _uncollected() as loaded:
        return _run(options, say, loaded)


def _run(options: argparse.Namespace, say: Say, loaded: Callable[[], None]) -> int:
    from coach.settings import load_settings

    given = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
    settings = load_settings(**({"server": given} if given else {}))
    _log_to_stderr()
    from web.serve import serve

    def ready(url: str) -> None:
        loaded()
        line(say("serve.url", url=url), "bold")
        line(say("serve.stop"))
        if options.open:
            webbrowser.open(url)

    with ExitStack() as stack:
        serve(settings.server.host, settings.server.port, lambda: _compose(settings, stack, say), on_ready=ready)
    return 0


@contextmanager
def _uncollected() -> Iterator[Callable[[], None]]:
    """Look for no cycles while modules load: they stay, and the search took a tenth of the start.

    Yields:
        What ends that: from then on cycles are looked for, but not among what was loaded.
    """

    def loaded() -> None:
        gc.freeze()
        gc.enable()

    gc.disable()
    try:
        yield loaded
    finally:
        gc.enable()


def _compose(settings: Settings, stack: ExitStack, say: Say) -> Composition:
    """Choose the engines, say what runs, and build what the server serves; the index is opened beside the start."""
    from audio.engine_report import report
    from coach.ports import RehearsalSummary
    from coach.store.keeper import Keeper
    from coach.store.later import LaterStore
    from commands.authoring import authoring
    from commands.compose import chat_model, engine_choice, engines, host, library, product_version, rehearsals_folder
    from commands.disclosure import sends
    from commands.engine_rows import for_page
    from web.composition import Composition
    from web.tracing import tracing

    root, recovered = rehearsals_folder(settings), list[RehearsalSummary]()
    store = stack.enter_context(closing(LaterStore(lambda: _repaired(settings, root, recovered, say))))
    keeper = Keeper(root, store)
    chat = chat_model(settings.llm)
    choice = engine_choice(settings)
    found = report(choice, chat=chat)
    _show_engines(found, say)
    chosen = engines(settings, chat)
    if settings.server.host not in _LOOPBACK:
        line(say("serve.public", host=settings.server.host))
    return Composition(
        host=host(settings, chosen, keeper),
        keeper=keeper,
        library=library(settings),
        version=product_version(),
        engines=for_page(found),
        arrival=_arrival(settings, choice, chosen, say),
        recovered=recovered,
        settle=store.settle,
        private_voice=None if settings.composure.acoustic == "off" else partial(_private_voice, keeper),
        rescore=partial(_rescored, keeper),
        ui=_page(settings, say),
        authoring=authoring(settings),
        tracing=stack.enter_context(tracing(settings.telemetry.endpoint, product_version())),
        sends=sends(settings, found),
        bind_host=settings.server.host,
        allowed_hosts=settings.server.allowed_hosts,
    )


def _private_voice(keeper: Keeper, rehearsal_id: str) -> PrivateVoice:
    from commands.private_voice import private_voice_of  # loaded when it is asked for, not at the start

    return private_voice_of(keeper, rehearsal_id)


def _rescored(keeper: Keeper, rehearsal_id: str) -> bool:
    """Score a kept rehearsal again; the scorer is loaded when it is asked for, not at the start."""
    from commands.scoring import rescore_kept

    return rescore_kept(keeper, rehearsal_id)


def _repaired(settings: Settings, root: Path, recovered: list[RehearsalSummary], say: Say) -> RehearsalStore:
    """Open the index and repair what a crash left; loading both takes as long as all the rest of a start."""
    from coach.store.keeper import Keeper
    from coach.store.recover import recover
    from coach.store.repository import SqlRehearsalStore
    from commands.compose import database_url
    from commands.scoring import score_saved

    store = SqlRehearsalStore(database_url(settings))
    try:
        keeper = Keeper(root, store)
        done = recover(keeper, lambda saved: score_saved(saved, keeper))
    except BaseException:
        store.close()
        raise
    recover_command.tell(done, say)
    recovered += [result.summary for result in done if result.action == "closed"]
    return store


def _page(settings: Settings, say: Say) -> UiBuild:
    """Return the page, whose build goes on while the room is open already."""
    from web.ui_build import UiBuild

    page = UiBuild(build=settings.server.build_ui, progress=lambda text: line(f"  {text}", "dim"))
    if page.state == "building":
        line(say("serve.ui_building"))
    return page


def _arrival(settings: Settings, choice: Choice, chosen: Engines, say: Say) -> Arrival | None:
    """Return what fetches a recogniser that this machine lacks, beside the open room; None: nothing lacks."""
    if not settings.engines.fetch_hearing or chosen.recognizer("zh") is not None:
        return None
    from commands.fetching import hearing_fetch

    return hearing_fetch(choice, chosen, tell=lambda text: line(text, "dim"), say=say)


def _show_engines(found: Iterable[FoundEngine], say: Say) -> None:
    from rich.table import Table

    table = Table(title=say("serve.engines"), title_justify="left")
    for key in ("table.part", "table.engine", "table.state", "table.note"):
        table.add_column(say(key), overflow="fold")
    for engine in found:
        state = styled(say("state.ready"), "green") if engine.ready else styled(say("state.missing"), "yellow")
        note = engine.note_zh if say.lang == "zh" else engine.note_en
        table.add_row(say(f"port.{engine.port}"), engine.name, state, note)
    stdout().print(table)


def _log_to_stderr() -> None:
    """Show warnings of all parts; aiortc's and ICE's own are about every lost packet."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for name in ("aiortc", "aioice"):
        logging.getLogger(name).setLevel(logging.ERROR)
