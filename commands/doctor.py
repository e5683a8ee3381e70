"""`doctor`: what this machine has, what it lacks, and how to get it."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from commands.checks import Check
from commands.console import complain, line, stdout, styled
from commands.doctor_servers import servers
from commands.texts import Say

if TYPE_CHECKING:
    from coach.errors import CoachError
    from coach.settings import Settings

_VOICE = ("av", "espeakng_loader", "faster_whisper", "livekit", "onnxruntime", "piper", "pocketsphinx", "webrtcvad")
_WEB = ("aiortc", "fastapi", "uvicorn")
_LOW_GB = 1.0
"""A rehearsal of an hour takes about 25 MB; less than this is soon full by other things."""
_STYLES = {"ok": "green", "note": "yellow", "bad": "red"}


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the short form."""
    parser.add_argument("--quick", action="store_true", help=say("arg.doctor.quick"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Print the table; exit 1 if something that is needed is broken."""
    found = list(_checks(say, quick=options.quick))
    _show(say("doctor.title"), found, say)
    if not options.quick:
        speeds = _speeds(say)
        _show(say("speed.title"), speeds, say)
        found += speeds
    broken = any(check.mark == "bad" for check in found)
    line(say("doctor.bad" if broken else "doctor.good"))
    return int(broken)


def _show(title: str, checks: list[Check], say: Say) -> None:
    from rich.table import Table

    if not checks:
        return
    table = Table(title=title, title_justify="left", show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")
    for check in checks:
        table.add_row(check.part, styled(say(f"mark.{check.mark}"), _STYLES[check.mark]), styled(check.text))
    stdout().print(table)


def _speeds(say: Say) -> list[Check]:
    """Measure the engines, if there is all that it takes."""
    from coach.errors import CoachError
    from coach.settings import load_settings

    if not all(_installed(name) for name in _VOICE):
        return []
    try:
        settings = load_settings()
    except CoachError:
        return []
    from commands.doctor_speed import measured

    complain(say("doctor.measuring"))
    return asyncio.run(measured(settings, say))


def _checks(say: Say, *, quick: bool) -> Iterator[Check]:
    """Yield all checks; with settings that cannot be read only those that need none."""
    from coach.errors import CoachError
    from coach.settings import load_settings

    yield _python(say)
    yield _packages("doctor.voice", _VOICE, say)
    yield _packages("doctor.web", _WEB, say)
    try:
        settings = load_settings()
    except CoachError as error:
        yield Check(say("doctor.settings"), "bad", say.error(error))
        return
    parts: tuple[Callable[[Settings, Say], Iterator[Check]], ...] = (
        _engines,
        _page,
        _data,
        _database,
        _port,
        _scenarios,
    )
    for part in parts:
        yield from part(settings, say)
    yield from servers(settings, say, ask=not quick)


def _python(say: Say) -> Check:
    return Check(say("doctor.python"), "ok", ".".join(str(number) for number in sys.version_info[:3]))


def _packages(part: str, names: tuple[str, ...], say: Say) -> Check:
    missing = [name for name in names if not _installed(name)]
    if missing:
        return Check(say(part), "bad", say("doctor.packages_missing", names=", ".join(missing)))
    return Check(say(part), "ok", say("doctor.packages_ok"))


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _engines(settings: Settings, say: Say) -> Iterator[Check]:
    from audio.engine_report import report
    from coach.errors import CoachError
    from commands.compose import engine_choice

    try:
        found = report(engine_choice(settings))
    except CoachError as error:
        yield Check(say("serve.engines"), "bad", say.error(error))
        return
    for engine in found:
        if engine.port != "chat_model":
            note = engine.note_zh if say.lang == "zh" else engine.note_en
            yield Check(say(f"port.{engine.port}"), "ok" if engine.ready else "note", f"{engine.name}: {note}")
    fault = _keeps_from_starting(settings)
    if fault is not None:
        yield Check(say("serve.engines"), "bad", say.error(fault))


def _keeps_from_starting(settings: Settings) -> CoachError | None:
    """Return what would refuse a start with these engines: something asked for by name that cannot run."""
    from coach.errors import CoachError
    from commands.compose import engines

    async def close() -> None:
        await chosen.aclose()

    try:
        chosen = engines(settings, None)
    except CoachError as error:
        return error
    asyncio.run(close())
    return None


def _page(settings: Settings, say: Say) -> Iterator[Check]:
    if not all(_installed(name) for name in _WEB):
        return
    from web.node import find_node
    from web.ui_build import UiBuild

    built = UiBuild().state == "ready"
    node = asyncio.run(find_node())
    if node is not None:
        yield Check(say("doctor.node"), "ok", f"{node.version} ({node.program})")
    else:
        yield Check(say("doctor.node"), "note" if built else "bad", say("doctor.node_missing"))
    yield Check(
        say("doctor.page"), "ok" if built else "note", say("doctor.page_built" if built else "doctor.page_unbuilt")
    )


def _data(settings: Settings, say: Say) -> Iterator[Check]:
    from tempfile import TemporaryFile

    from commands.compose import data_folder

    folder = data_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free_gb = shutil.disk_usage(folder).free / 1e9
    except OSError as error:
        reason = error.strerror or str(error)
        yield Check(say("doctor.data"), "bad", say("doctor.data_bad", path=folder, reason=reason))
        return
    low = free_gb < _LOW_GB
    text = say("doctor.data_low" if low else "doctor.data_ok", path=folder, free=free_gb)
    yield Check(say("doctor.data"), "note" if low else "ok", text)


def _database(settings: Settings, say: Say) -> Iterator[Check]:
    from coach.errors import CoachError
    from commands.compose import opened_keeper

    try:
        with opened_keeper(settings) as keeper:
            count = len(keeper.list(limit=1_000_000))
    except CoachError as error:
        yield Check(say("doctor.database"), "bad", say.error(error))
    else:
        yield Check(say("doctor.database"), "ok", say("doctor.database_ok", count=count))


def _port(settings: Settings, say: Say) -> Iterator[Check]:
    if not all(_installed(name) for name in _WEB):
        return
    from coach.errors import InputError
    from web.serve import open_socket

    port = settings.server.port
    try:
        open_socket(settings.server.host, port).close()
    except InputError as error:
        if _is_our_room(settings.server.host, port):
            yield Check(say("doctor.port"), "ok", say("doctor.port_room", port=port))
        else:
            yield Check(say("doctor.port"), "bad", say.error(error))
    else:
        yield Check(say("doctor.port"), "ok", say("doctor.port_free", port=port))


def _is_our_room(host: str, port: int) -> bool:
    """Ask whoever holds the port whether it is a practice room."""
    import json
    from http.client import HTTPException
    from urllib.request import ProxyHandler, build_opener

    address = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
    try:
        with build_opener(ProxyHandler({})).open(f"http://{address}:{port}/healthz", timeout=1.0) as answer:
            return "status" in json.loads(answer.read(1000))
    except (OSError, ValueError, HTTPException):
        return False


def _scenarios(settings: Settings, say: Say) -> Iterator[Check]:
    from commands.compose import library

    shelf = library(settings)
    count, broken = len(shelf.all()), len(shelf.broken())
    gone = [str(folder) for folder in settings.scenario_dirs if not folder.is_dir()]
    if gone:
        yield Check(say("doctor.scenarios"), "note", say("doctor.scenarios_gone", count=count, folders=", ".join(gone)))
    if broken or not count:
        mark: Literal["note", "bad"] = "note" if count else "bad"
        yield Check(say("doctor.scenarios"), mark, say("doctor.scenarios_bad", count=count, broken=broken))
    elif not gone:
        yield Check(say("doctor.scenarios"), "ok", say("doctor.scenarios_ok", count=count))
