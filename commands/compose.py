"""The composition root: builds what the commands need from the settings, and hands it on in pieces.

Imports stay inside: a command pays for the parts it uses, and scoring works where the voice stack is not installed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from coach.errors import StorageError

if TYPE_CHECKING:
    from audio.engine_choice import Choice
    from audio.models import Models
    from coach.events import Record
    from coach.live.engines import Engines
    from coach.live.host import RehearsalHost
    from coach.live.model_use import TokenPrices
    from coach.ports import ChatModel
    from coach.scenario.library import Library
    from coach.scenario.load import LoadedScenario
    from coach.score.scorecard import Scorecard
    from coach.settings import LlmSettings, Settings
    from coach.store.keeper import Keeper
    from coach.store.shelf import Shelf

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""


def data_folder(settings: Settings) -> Path:
    """Return where rehearsals and database are kept; made when something is first kept."""
    return settings.data_dir if settings.data_dir is not None else user_data_path("live-coach", appauthor=False)


def database_url(settings: Settings) -> str:
    """Return the URL of the index."""
    return settings.database_url or f"sqlite:///{(data_folder(settings) / 'coach.db').resolve().as_posix()}"


@contextmanager
def opened_keeper(settings: Settings) -> Iterator[Keeper]:
    """Open folders and index for the block.

    Raises:
        StorageError: If the data folder or the database cannot be used.
    """
    from coach.store.keeper import Keeper
    from coach.store.repository import SqlRehearsalStore

    root = rehearsals_folder(settings)
    store = SqlRehearsalStore(database_url(settings))
    try:
        yield Keeper(root, store)
    finally:
        store.close()


def rehearsals_folder(settings: Settings) -> Path:
    """Return the folder of the rehearsals, once there is a data folder for it.

    Raises:
        StorageError: If that cannot be made.
    """
    folder = data_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "The data folder {folder} cannot be made: {reason}. Choose another with COACH_DATA_DIR.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return folder / "rehearsals"


def own_scenarios(settings: Settings) -> Shelf:
    """Return the folder of what mentors write on the page."""
    from coach.store.shelf import Shelf

    return Shelf(data_folder(settings) / "scenarios")


def library(settings: Settings) -> Library:
    """Return the shipped scenarios, those of the settings' folders, and the published own ones."""
    from coach.scenario.library import Library

    return Library([ROOT / "scenarios", *settings.scenario_dirs, own_scenarios(settings).published])


def chat_model(settings: LlmSettings) -> ChatModel | None:
    """Return the language model that is set up, or None."""
    if not settings.base_url:
        return None
    from coach.llm.openai_chat import OpenAIChat

    return OpenAIChat(
        settings.base_url,
        settings.model,
        api_key=settings.api_key.get_secret_value(),
        timeout_sec=settings.timeout_sec,
    )


def token_prices(settings: LlmSettings) -> TokenPrices | None:
    """Return what the model's tokens cost, None unless both prices are set."""
    from coach.live.model_use import TokenPrices

    if settings.prompt_price is None or settings.completion_price is None:
        return None
    return TokenPrices(settings.prompt_price, settings.completion_price, settings.currency)


def models(settings: Settings) -> Models:
    """Return the models on this machine."""
    from audio.machine import this_machine
    from audio.models import Models

    machine = this_machine()
    if settings.engines.whisper_device == "cpu":
        machine = replace(machine, gpu=False)
    return Models(settings.engines.models_dir or data_folder(settings) / "models", machine=machine)


def engines(settings: Settings, chat: ChatModel | None) -> Engines:
    """Choose the engines; whoever gets them closes them.

    Raises:
        InputError: If a name is unknown.
        MissingPart: If one was asked for by name and is not installed.
    """
    from audio.asr.browser import BrowserRecognizer
    from audio.engines import choose
    from coach.settings import forbid_hub

    forbid_hub()
    chosen = choose(engine_choice(settings), chat=chat)
    chosen.token_prices = token_prices(settings.llm)
    if settings.engines.browser_words:
        chosen.page_recognizer = BrowserRecognizer
    return chosen


def engine_choice(settings: Settings) -> Choice:
    """Return what the settings ask for, with the models on this machine."""
    from audio.engine_choice import Choice, WhisperOptions

    wanted = settings.engines
    whisper = WhisperOptions(
        wanted.whisper_model, wanted.whisper_device, wanted.whisper_compute_type, wanted.whisper_threads
    )
    return Choice(
        wanted.vad,
        wanted.recognizer,
        wanted.synthesizer,
        wanted.echo,
        wanted.turn_model,
        models=models(settings),
        whisper=whisper,
        voices={str(language): files for language, files in settings.piper.voices.items()},
        transcription=settings.transcription,
        speech=settings.speech,
        speech_voices={str(gender): names for gender, names in settings.speech.voices.items()},
    )


def host(settings: Settings, chosen: Engines, keeper: Keeper, *, limit: int | None = None) -> RehearsalHost:
    """Return a host of rehearsals that keeps and scores them; leaving it closes the engines."""
    from coach.live.host import RehearsalHost

    def finish(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Scorecard:
        from commands import judging, scoring  # loaded when something has to be scored

        judging.propose(scenario.scenario, records, folder, settings.judge)
        return judging.judged(scoring.finish(scenario, records, folder, keeper), records, settings.judge)

    return RehearsalHost(
        chosen,
        keeper,
        finish,
        tuning=settings.live,
        limit=settings.server.max_rehearsals if limit is None else limit,
        version=product_version(),
    )


@cache
def product_version() -> str:
    """Return the version that `pyproject.toml` names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
