"""`models`: which models there are, fetching them, and checking them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.console import complain, line, stderr, stdout
from commands.texts import Say

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from audio.model_catalogue import CatalogueModel, ModelFile
    from audio.model_download import DownloadError, ModelDownload
    from audio.models import FoundModel, Models

_LANGUAGES = ("zh", "en")


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the three actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    for name in ("list", "pull", "verify"):
        text = say(f"cmd.models.{name}")
        action = actions.add_parser(name, help=text, description=text)
        action.add_argument("--lang", choices=_LANGUAGES, default=argparse.SUPPRESS, help=say("arg.lang"))
        action.set_defaults(models=[], language=None, hub=None, by_hand=False)
        if name != "list":
            action.add_argument("models", nargs="*", metavar="MODEL", help=say("arg.models.models"))
        if name != "verify":
            action.add_argument("--for", dest="language", choices=_LANGUAGES, help=say("arg.models.for"))
            action.add_argument("--hub", metavar="URL", help=say("arg.models.hub"))
        if name == "pull":
            action.add_argument("--by-hand", action="store_true", help=say("arg.models.by_hand"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Do one of them; exit 1 where something could not be fetched or is not as it should be."""
    from audio.model_download import ModelDownload
    from audio.model_packages import find_client
    from coach.settings import hub_address, is_hub_chosen, load_settings, uv_program
    from commands.compose import models

    settings = load_settings(**({"engines": {"hub": options.hub}} if options.hub else {}))
    here, hub = models(settings), hub_address(settings.engines)
    languages = (options.language,) if options.language else _LANGUAGES
    if options.action == "list":
        return _list(here, hub, languages, say, has_packages=not is_hub_chosen(settings.engines))
    if options.action == "verify":
        return _verify(here, options.models, say)
    wanted = _wanted(here, options.models, languages)
    if options.by_hand:
        _tell_by_hand(here, hub, wanted, say)
        return 0
    client = None if is_hub_chosen(settings.engines) else find_client(uv_program())
    return _pull(here, ModelDownload(here, hub, client=client), hub, wanted, say)


def _wanted(here: Models, names: Sequence[str], languages: tuple[str, ...]) -> list[CatalogueModel]:
    """Return the models named, else those recommended for this machine."""
    from audio.asr.moonshine_files import model_folder
    from audio.model_catalogue import find, recommended

    if names:
        return [find(name) for name in dict.fromkeys(names)]
    wanted = recommended(languages, here.machine)
    if languages == ("en",) and not here.machine.gpu and model_folder() is not None:
        return [model for model in wanted if model.port != "recognizer"]  # Moonshine hears English better than these
    return wanted


# --- list -------------------------------------------------------------------------------------------------------


def _list(here: Models, hub: str, languages: tuple[str, ...], say: Say, *, has_packages: bool) -> int:
    from rich.table import Table

    from audio.model_catalogue import catalogue, recommended

    advised = {model.id for model in recommended(languages, here.machine)}
    table = Table(title=say("models.title"), title_justify="left")
    table.add_column(say("models.column.model"), no_wrap=True)
    for key in ("for", "size", "state", "note"):
        table.add_column(say(f"models.column.{key}"), overflow="fold")
    for model in catalogue():
        if set(model.languages) & set(languages):
            use = f"{say(f'models.use.{model.port}')} {' '.join(model.languages)}"
            note = _note(model, say, advised=model.id in advised)
            table.add_row(model.id, use, _megabytes(model.size), _state(here, model, say), note)
    stdout().print(table)
    _list_others(_others(here), say)
    line(say("models.folder", path=here.folder))
    line(say("models.hub", url=hub))
    packed = [model.id for model in catalogue() if model.packages]
    if has_packages and packed:
        line(say("models.packages", names=", ".join(packed)))
    line(say("models.licences"))
    return 0


def _note(model: CatalogueModel, say: Say, *, advised: bool) -> str:
    chinese = say.lang == "zh"
    about = model.about_zh if chinese else model.about_en
    licence = say("models.licence", licence=(model.licence_zh if chinese else "") or model.licence)
    return " · ".join([*([say("models.advised")] if advised else []), about, licence])


def _state(here: Models, model: CatalogueModel, say: Say) -> str:
    """Say whether a model is there, also where a copy by hand was cut short."""
    if here.present(model.id) is None:
        absent = len(here.missing(model))
        key = "models.state.absent" if absent == len(model.files) else "models.state.part"
        return say(key, count=absent)
    home = here.home(model.id)
    odd = [file.name for file in model.files if _differs(here, model, file)]
    return say("models.state.odd", names=", ".join(odd), path=home) if odd else say("models.state.here")


def _differs(here: Models, model: CatalogueModel, file: ModelFile) -> bool:
    path = here.home(model.id) / file.name
    return not path.is_file() or path.stat().st_size != file.size


def _list_others(others: Sequence[FoundModel], say: Say) -> None:
    from audio.model_health import fault_of
    from coach.error_texts import error_text

    for found in others:
        fault = fault_of(found)
        if fault is None:
            line(say("models.other", id=found.id, engine=found.engine, languages=" ".join(found.languages)))
        else:
            line(say("models.other_bad", id=found.id, fault=error_text(fault, say.lang)), "red")


def _others(here: Models) -> list[FoundModel]:
    """Return the models that the catalogue does not know."""
    from audio.model_catalogue import catalogue

    known = {model.id for model in catalogue()}
    return [found for found in here.found() if found.id not in known]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


# --- pull -------------------------------------------------------------------------------------------------------


def _pull(here: Models, download: ModelDownload, hub: str, wanted: list[CatalogueModel], say: Say) -> int:
    from audio.model_download import DownloadError

    for model in wanted:
        line(say("models.pulling", name=model.id, path=here.home(model.id), source=download.source(model)))
        try:
            _fetch(download, model, say)
        except DownloadError as error:
            complain(_sentence(error, say))
            _tell_by_hand(here, hub, wanted, say)
            return 1
        except KeyboardInterrupt:
            complain(say("models.stopped"))
            raise
    line(say("models.done"))
    return 0


def _fetch(download: ModelDownload, model: CatalogueModel, say: Say) -> None:
    """Fetch one model with a bar on stderr, drawn on terminals alone."""
    from rich import progress

    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.DownloadColumn())
    speed = (progress.TransferSpeedColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, *speed, console=stderr()) as bars:
        download.fetch(model, _Bars(bars, model))
    line(say("models.fetched", id=model.id))


class _Bars:
    """Draws a download; implements `audio.model_download.Progress`."""

    def __init__(self, bars: Bars, model: CatalogueModel) -> None:
        self._bars = bars
        self._task = bars.add_task(model.id, total=None)

    def begin(self, file: ModelFile, done: int) -> None:
        """Start the bar of a file."""
        self._bars.reset(self._task, description=file.name, total=file.size, completed=done)

    def advance(self, file: ModelFile, done: int) -> None:
        """Move it."""
        self._bars.update(self._task, completed=done)


def _sentence(error: DownloadError, say: Say) -> str:
    return say(f"models.fault.{error.fault}", **error.values)


def _tell_by_hand(here: Models, hub: str, wanted: list[CatalogueModel], say: Say) -> None:
    """Say which file to copy where, for what is not here yet."""
    absent = [model for model in wanted if here.present(model.id) is None]
    if not absent:
        line(say("models.all_here"))
        return
    line("")
    line(say("models.by_hand"), "bold")
    for model in absent:
        line(say("models.by_hand_folder", id=model.id, path=here.home(model.id)))
        for file in here.missing(model):
            line(f"    {file.name}  {file.size:,} B  sha256 {file.sha256}")
            line(f"      {model.url(file, hub)}")
    line(say("models.by_hand_check"))


# --- verify -----------------------------------------------------------------------------------------------------


def _verify(here: Models, names: Sequence[str], say: Say) -> int:
    from audio.model_catalogue import catalogue, find
    from audio.model_health import fault_of

    own = _others(here)
    others = [found for found in own if not names or found.id in names]
    named = [find(name) for name in names if name not in {found.id for found in own}]
    chosen = named if names else [model for model in catalogue() if here.home(model.id).is_dir()]
    if not chosen and not others:
        line(say("models.none", path=here.folder))
        return 0
    faults = sum(_verify_one(here, model, say) for model in chosen)
    _list_others(others, say)
    if any(fault_of(found) for found in others):
        return 1
    if not chosen:
        return 0
    line(say("models.verify_bad" if faults else "models.verify_good", count=faults))
    return int(faults > 0)


def _verify_one(here: Models, model: CatalogueModel, say: Say) -> int:
    """Compare one model; return how many of its files are not as they should be."""
    faults = 0
    for file, state in here.verify(model):
        style = "" if state == "ok" else "red"
        line(f"{model.id}/{file.name}: {say(f'models.file.{state}')}", style)
        faults += state != "ok"
    return faults
