"""Which engine serves which language: decided by what was asked for and what is present. Nothing is loaded or asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from audio.asr.moonshine_files import model_folder
from audio.model_catalogue import ModelPort
from audio.model_health import is_usable
from audio.models import FoundModel, Models
from coach.errors import InputError, Sentence

AUTO = "auto"
NONE = "none"
OFF = "off"

VADS = ("cascade",)
RECOGNIZERS = ("openai", "faster-whisper", "moonshine", "pocketsphinx", NONE)
"""In the order in which `auto` prefers them: a server is set up on purpose."""
SYNTHESIZERS = ("openai", "piper", "espeak", NONE)
ECHO_MODES = ("on", OFF)
"""Beside `auto`: on where viewers are heard coming back."""
TURN_MODELS = ("smart-turn", OFF)

LANGUAGES = ("en", "zh")

BETTER_THAN_MOONSHINE = 3
"""Quality of a Whisper model in the catalogue from which on it hears English instead of Moonshine. Of the same 65
recordings base has 14.7 % of words wrong and answers after 249 ms, Moonshine tiny 12.7 % after 59 (`bench asr`)."""

RecognizerEngine = Literal["openai", "faster-whisper", "moonshine", "pocketsphinx"]
SynthesizerEngine = Literal["openai", "piper", "espeak"]
NamedPort = Literal["recognizer", "synthesizer", "turn_model"]
"""Ports whose engine may be asked for by name."""
IsInstalled = Callable[[str], bool]

PACKAGES: dict[str, tuple[str, ...]] = {
    "openai": ("openai",),
    "faster-whisper": ("faster_whisper",),
    "moonshine": ("onnxruntime", "moonshine_voice"),
    "pocketsphinx": ("pocketsphinx",),
    "piper": ("piper", "onnxruntime", "av"),
    "espeak": ("espeakng_loader", "av"),
    "smart-turn": ("onnxruntime", "pipecat"),
}
"""What each engine imports."""


class Key(Protocol):
    """A key that does not print itself, like pydantic's `SecretStr`."""

    def get_secret_value(self) -> str:
        """Return it."""
        ...


class Server(Protocol):
    """A server with OpenAI's protocol, as the settings hold it."""

    @property
    def base_url(self) -> str | None:
        """None: not set up."""
        ...

    @property
    def model(self) -> str:
        """Model name as the server knows it."""
        ...

    @property
    def api_key(self) -> Key:
        """Its key."""
        ...

    @property
    def timeout_sec(self) -> float:
        """Longest wait."""
        ...


class TranscriptionServer(Server, Protocol):
    """A server that recognises speech."""

    @property
    def partial_sec(self) -> float | None:
        """New speech between requests for words on the way; None: only whole utterances are sent."""
        ...


@dataclass(frozen=True, slots=True)
class WhisperOptions:
    """How Whisper computes."""

    model: Path | None = None
    """Folder to use instead of the best one among the models."""
    device: str = "auto"
    compute_type: str = "auto"
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What an installation asked for."""

    vad: str = AUTO
    recognizer: str = AUTO
    synthesizer: str = AUTO
    echo: str = AUTO
    """One of `ECHO_MODES`."""
    turn_model: str = AUTO
    """One of `TURN_MODELS`."""
    models: Models | None = None
    """None: there is no models folder."""
    whisper: WhisperOptions = WhisperOptions()
    voices: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    """Piper voices by language, used instead of those among the models."""
    transcription: TranscriptionServer | None = None
    speech: Server | None = None
    speech_voices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The speech server's voice names by gender; empty: the protocol's usual ones."""

    def check(self) -> None:
        """Check the names.

        Raises:
            InputError: If one is unknown; lists the choices.
        """
        for port, name, known in (
            ("vad", self.vad, VADS),
            ("recognizer", self.recognizer, RECOGNIZERS),
            ("synthesizer", self.synthesizer, SYNTHESIZERS),
            ("echo", self.echo, ECHO_MODES),
            ("turn_model", self.turn_model, TURN_MODELS),
        ):
            if name not in (AUTO, *known):
                raise InputError(
                    "Unknown {port} {name!r}. Choose one of: {known}.",
                    port=port,
                    name=name,
                    known=", ".join((AUTO, *known)),
                )

    def voices_for(self, language: str) -> tuple[Path, ...]:
        """Return the Piper voices of a language, best first."""
        if self.voices.get(language):
            return tuple(self.voices[language])
        found = self.models.fitting("synthesizer", language) if self.models is not None else []
        return tuple(model.weights for model in found if is_usable(model))

    def whisper_for(self, language: str) -> Path | None:
        """Return the folder of the Whisper model for a language: the one asked for, else the best whole one."""
        if self.whisper.model is not None:
            return self.whisper.model
        return self.models.best("recognizer", language, is_usable) if self.models is not None else None

    def prefers_moonshine(self, installed: IsInstalled) -> bool:
        """Return whether Moonshine hears English better than the Whisper that would: a small one, or one too slow."""
        if self.recognizer != AUTO or self.whisper.model is not None or self.models is None:
            return False
        if not all(installed(package) for package in PACKAGES["moonshine"]) or model_folder() is None:
            return False
        chosen = self.models.best("recognizer", "en", is_usable)
        quality = {model.path: model.quality for model in self.models.fitting("recognizer", "en")}
        if chosen is None:
            return False
        return 0 < quality.get(chosen, 0) < BETTER_THAN_MOONSHINE or not self.models.keeps_up(chosen.name)

    def faults_for(self, port: ModelPort, language: str) -> list[FoundModel]:
        """Return the models that would serve a language if nothing were wrong with their files."""
        found = self.models.fitting(port, language) if self.models is not None else []
        return [model for model in found if not is_usable(model)]


@dataclass(frozen=True, slots=True)
class Heard:
    """What hears a language."""

    engine: RecognizerEngine
    model: Path | None = None
    """Whisper's folder."""

    @property
    def label(self) -> str:
        """Name for logs and banners; of Whisper the model, which is what matters."""
        return self.model.name if self.model is not None else self.engine


def hears(choice: Choice, language: str, installed: IsInstalled) -> Heard | None:
    """Return what hears a language, or None where nothing does."""
    for engine in _candidates(choice.recognizer, RECOGNIZERS):
        if not all(installed(package) for package in PACKAGES[engine]):
            continue
        if engine == "openai" and _is_set(choice.transcription):
            return Heard("openai")
        if engine == "faster-whisper" and (model := choice.whisper_for(language)) is not None:
            if language == "en" and choice.prefers_moonshine(installed):
                continue
            return Heard("faster-whisper", model)
        if engine == "moonshine" and language == "en" and model_folder() is not None:
            return Heard("moonshine")
        if engine == "pocketsphinx" and language == "en":
            return Heard("pocketsphinx")
    return None


def speaks(choice: Choice, language: str, installed: IsInstalled) -> SynthesizerEngine | None:
    """Return what speaks a language, or None where nothing does."""
    for engine in _candidates(choice.synthesizer, SYNTHESIZERS):
        if not all(installed(package) for package in PACKAGES[engine]):
            continue
        if engine == "openai" and _is_set(choice.speech):
            return "openai"
        if engine == "piper" and choice.voices_for(language):
            return "piper"
        if engine == "espeak":
            return "espeak"
    return None


def lacking(choice: Choice, port: NamedPort, installed: IsInstalled) -> str | None:
    """Say what an engine asked for by name lacks to serve any language, as the end of a sentence; None: nothing."""
    name: str = getattr(choice, port)
    if name in (AUTO, NONE, OFF):
        return None
    missing = [package for package in PACKAGES[name] if not installed(package)]
    if missing:
        return Sentence("{names}, which is not installed", names=", ".join(missing))
    if port == "turn_model":
        return None
    serves = hears if port == "recognizer" else speaks
    if any(serves(choice, language, installed) is not None for language in LANGUAGES):
        return None
    if name == "openai":
        settings = "COACH_TRANSCRIPTION" if port == "recognizer" else "COACH_SPEECH"
        return Sentence("the address of a server in {settings}__BASE_URL", settings=settings)
    if name == "moonshine":
        return Sentence("the model that the package moonshine-voice carries, and this version of it carries none")
    return Sentence("a model, and there is none in the models folder. Run: run_coach.py models pull")


def _candidates(name: str, known: tuple[str, ...]) -> list[str]:
    return [engine for engine in known if engine != NONE] if name == AUTO else [] if name == NONE else [name]


def _is_set(server: Server | None) -> bool:
    return server is not None and bool(server.base_url)
