"""Settings of the installation, read once by the composition root from `COACH_…` variables or a `.env` file.

What an author changes belongs to the scenario, not here. Nested names are joined with two underscores:
`COACH_SERVER__PORT=9000`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from coach.errors import InputError, Sentence
from coach.live.tuning import LiveTuning
from coach.settings_faults import Sources, faults_told, unreadable_told

_PREFIX = "COACH_"
_FILE = Path(".env")
_NOT_SETTINGS = frozenset({"COACH_TEST_DATA", "COACH_TEST_MODELS", "COACH_TEST_PROCESSES"})
"""Read by the tests alone."""
DEFAULT_HUB = "https://huggingface.co"
_OFFLINE_SWITCHES = ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "TRANSFORMERS_OFFLINE")
"""Read by huggingface_hub when it is first imported."""


VoiceGroup = Literal["female", "male", "zh_female", "zh_male", "en_female", "en_male"]


def _address(value: str | None) -> str | None:
    """Refuse what no server can be reached at; nothing is as good as unset."""
    if value and not value.startswith(("http://", "https://")):
        raise ValueError(
            Sentence("expected an address that begins with http:// or https://, got {value!r}", value=value)
        )
    return value


Address: TypeAlias = Annotated[str | None, AfterValidator(_address)]


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ServerSettings(_Piece):
    """The practice room's web server."""

    host: str = "127.0.0.1"
    """Address to listen on. Source: loopback, so that nobody else hears a rehearsal unless asked for."""
    port: int = Field(default=8000, ge=0, le=65535)
    """TCP port; 0 picks a free one. Source: DESIGN commands."""
    max_rehearsals: int = Field(default=4, ge=1, le=1000)
    """Rehearsals at a time; more are answered 503. Source: measured CPU of one rehearsal on 2 cores, with room left."""
    allowed_hosts: tuple[str, ...] = ()
    """Further names under which the room may be opened, beside loopback and `host`. Source: DNS-rebinding guard."""
    build_ui: bool = True
    """Whether the first start builds the page. Source: product contract."""


class EngineSettings(_Piece):
    """Which engines to use, by name; `auto` takes the best present on this machine."""

    vad: str = "auto"
    """Voice detector. Source: DESIGN §6."""
    recognizer: str = "auto"
    """Speech to text. Source: DESIGN §6."""
    synthesizer: str = "auto"
    """Text to speech. Source: DESIGN §6."""
    echo: Literal["auto", "on", "off"] = "auto"
    """Echo canceller; `auto` switches on where viewers are heard coming back. Source: design value."""
    turn_model: Literal["auto", "smart-turn", "off"] = "auto"
    """What hears at a pause whether the sentence is over, beside the words. Source: measured, `bench turns`."""
    models_dir: Path | None = None
    """Folder of the models; by default `models` in the data folder."""
    whisper_model: Path | None = None
    """Folder of a Whisper model to use instead of the best one in the models folder."""
    whisper_device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where Whisper computes."""
    whisper_compute_type: str = "auto"
    """Its arithmetic; `auto` is int8 on the processor and float16 on the graphics card."""
    whisper_threads: int = Field(default=1, ge=1, le=64)
    """Processor threads of one decode. Source: measured, a second thread is slower where anything else runs; with
    more than one, words are written as CTranslate2 does it, which takes longer."""
    browser_words: bool = True
    """Whether streamers may choose their browser's own speech recognition; its maker then hears them."""
    fetch_hearing: bool = True
    """Whether the practice room fetches a recogniser for Chinese (148 MB, once) where nothing hears it."""
    hub: str | None = None
    """Address that `models pull` fetches from, e.g. of a mirror, and from nowhere else. By default `HF_ENDPOINT`; else
    packages of the Python index for models that have them, and the hub itself."""


class LlmSettings(_Piece):
    """A language model that words the viewers' lines; without a base URL the scripted lines speak."""

    base_url: Address = None
    """Any OpenAI-compatible server, e.g. `http://127.0.0.1:11434/v1`."""
    model: str = "default"
    """Model name as the server knows it."""
    api_key: SecretStr = SecretStr("none")
    """Key for that server; local servers take any."""
    timeout_sec: float = Field(default=10.0, gt=0, le=120)
    """Longest wait for a whole answer, s. Source: design value; lines are dropped for scripted ones far earlier."""
    prompt_price: float | None = Field(default=None, ge=0)
    """What a million prompt tokens cost; with `completion_price` each rehearsal counts its cost. Source: yours."""
    completion_price: float | None = Field(default=None, ge=0)
    """What a million tokens of answers cost. Source: your provider's price list."""
    currency: str = Field(default="", max_length=3)
    """Currency of both prices, e.g. `CNY`. Source: your provider's price list."""


class JudgeSettings(_Piece):
    """A language model that grades rubric items of finished rehearsals; without a base URL rules estimate them."""

    base_url: Address = None
    """Any OpenAI-compatible server; better another model family than the one that words the viewers."""
    model: str = "default"
    """Model name as the server knows it."""
    api_key: SecretStr = SecretStr("none")
    """Key for that server; local servers take any."""
    timeout_sec: float = Field(default=60.0, gt=0, le=600)
    """Longest wait for one answer, s. Source: design value; the scorecard is shown once all answers are in."""
    samples: int = Field(default=3, ge=3, le=9)
    """Answers asked for each item. Source: fewer than three are nearly arbitrary, five for an exam."""
    proposes_coverage: bool = False
    """Whether the same model may point out selling points said in words that no rule knows; code checks each quote, and
    the scorecard says which they are. One more answer, waited for once; needs `base_url`. Source: rules come first."""


class TranscriptionSettings(_Piece):
    """A server that recognises speech; without a base URL speech never leaves this machine."""

    base_url: Address = None
    """Any OpenAI-compatible server, e.g. `http://127.0.0.1:8000/v1`."""
    model: str = "whisper-1"
    """Model name as the server knows it."""
    api_key: SecretStr = SecretStr("none")
    """Key for that server; local servers take any."""
    timeout_sec: float = Field(default=10.0, gt=0, le=120)
    """Longest wait for a connection and for an answer, s. Source: design value."""
    partial_sec: float | None = Field(default=None, ge=0.5, le=30)
    """New speech between requests for words on the way, s; unset: only whole utterances are sent."""


class SpeechSettings(_Piece):
    """A server that speaks the viewers' lines; without a base URL they are spoken on this machine."""

    base_url: Address = None
    """Any OpenAI-compatible server, e.g. `http://127.0.0.1:8000/v1`."""
    model: str = "tts-1"
    """Model name as the server knows it."""
    api_key: SecretStr = SecretStr("none")
    """Key for that server; local servers take any."""
    voices: dict[VoiceGroup, tuple[str, ...]] = Field(default_factory=dict)
    """Its voice names for viewers of either sex, e.g. `{"female": ["nova"], "male": ["onyx"]}`, or of either sex and a
    language, e.g. `{"zh_female": ["zf_xiaobei"]}`; by default OpenAI's."""
    timeout_sec: float = Field(default=10.0, gt=0, le=120)
    """Longest wait for a connection and for the next sound, s. Source: design value."""


class PiperSettings(_Piece):
    """Piper voices kept elsewhere than in the models folder."""

    voices: dict[Literal["zh", "en"], tuple[Path, ...]] = Field(default_factory=dict)
    """`.onnx` files by language, e.g. `{"en": ["/voices/a.onnx"]}`; used instead of those in the models folder."""


class ComposureSettings(_Piece):
    """What is measured of how pressure is answered."""

    acoustic: Literal["on", "off"] = "on"
    """Whether a streamer may have the pitch and loudness of the own voice measured, for the own eyes alone; `off` for
    organisations. Source: DOMAIN §4.3."""


class TelemetrySettings(_Piece):
    """Traces of rehearsals, for engineers; no word anybody said is in them."""

    endpoint: Address = None
    """OTLP over HTTP, e.g. `http://127.0.0.1:4318/v1/traces`; without it nothing is traced."""


class Settings(BaseSettings):
    """Everything an installation can set."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter="__",
        env_file=str(_FILE),
        env_file_encoding="utf-8",
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
    )

    data_dir: Path | None = None
    """Folder of rehearsals, own scenarios and database; by default the user's data folder for live-coach."""
    database_url: str | None = None
    """SQLAlchemy URL of the index; by default SQLite in the data folder."""
    scenario_dirs: tuple[Path, ...] = ()
    """Further folders with scenarios, beside the shipped ones."""
    server: ServerSettings = ServerSettings()
    """Web server."""
    engines: EngineSettings = EngineSettings()
    """Engines by port."""
    transcription: TranscriptionSettings = TranscriptionSettings()
    """Recogniser on a server."""
    speech: SpeechSettings = SpeechSettings()
    """Synthesizer on a server."""
    piper: PiperSettings = PiperSettings()
    """Piper voices."""
    llm: LlmSettings = LlmSettings()
    """Language model."""
    judge: JudgeSettings = JudgeSettings()
    """Language model that grades."""
    composure: ComposureSettings = ComposureSettings()
    """How pressure is answered."""
    telemetry: TelemetrySettings = TelemetrySettings()
    """Traces."""
    live: LiveTuning = LiveTuning()
    """Times and thresholds of the live loop."""


def hub_address(engines: EngineSettings) -> str:
    """Return where models are fetched from: the setting, else what other programs use too, else the hub.

    Raises:
        InputError: If that is no address.
    """
    hub = engines.hub or os.environ.get("HF_ENDPOINT") or DEFAULT_HUB
    if not hub.startswith(("http://", "https://")):
        raise InputError(
            "HF_ENDPOINT or COACH_ENGINES__HUB: expected an address that begins with http:// or https://, got {hub!r}.",
            hub=hub,
        )
    return hub.rstrip("/")


def is_hub_chosen(engines: EngineSettings) -> bool:
    """Return whether somebody named the place that models are fetched from."""
    return bool(engines.hub or os.environ.get("HF_ENDPOINT"))


def uv_program() -> str | None:
    """Return the uv that runs this program, if one does; it names itself to what it runs."""
    return os.environ.get("UV") or None


def forbid_hub() -> None:
    """Keep libraries that load models from asking the hub for files: starting must never wait on a network."""
    os.environ.update(dict.fromkeys(_OFFLINE_SWITCHES, "1"))


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; keyword arguments win over the environment.

    Raises:
        InputError: If a variable is unknown or has a wrong value; names each one.
    """
    unknown = _unknown_variables()
    if unknown:
        raise InputError("Unknown setting: {names}. See docs/settings.md for the names.", names=", ".join(unknown))
    try:
        return Settings(**overrides)
    except SettingsError as error:
        faults = unreadable_told(_sources()) or Sentence(str(error))
        raise InputError("Wrong setting. {faults}. See docs/settings.md.", faults=faults) from error
    except ValidationError as error:
        faults = faults_told(error.errors(include_url=False, include_input=False), _sources())
        raise InputError("Wrong setting. {faults}. See docs/settings.md.", faults=faults) from error


def _sources() -> Sources:
    return Sources(Settings, _PREFIX, os.environ, _FILE)


def _unknown_variables() -> list[str]:
    """Return `COACH_…` variables that no field reads; pydantic-settings passes those over silently."""
    fields = set(Settings.model_fields)
    names = [name for name in os.environ if name.upper().startswith(_PREFIX) and name.upper() not in _NOT_SETTINGS]
    return sorted(name for name in names if name.upper().removeprefix(_PREFIX).split("__")[0].lower() not in fields)
