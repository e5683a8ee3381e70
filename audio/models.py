"""The models on this machine: one folder, in it a folder for each model, named by its id.

A model is there once its files are, however they came: fetched by `models pull` or copied by hand. A folder whose name
the catalogue does not know counts too, if it looks like a model of one of the engines.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audio.machine import Machine, this_machine
from audio.model_catalogue import CatalogueModel, ModelEngine, ModelFile, ModelPort, catalogue

PARTIAL = ".partial"
"""Where unfinished downloads stand; never looked into for models."""
SPEEDS = "speeds.json"
"""What `doctor` measured on this machine, beside the models."""

KEEPS_UP_SEC = 0.5
"""Longest wait for the words of a sentence of 3 s at which a conversation still flows. Design value: half of the
second from which people hear a pause as a hesitation."""
_ESTIMATES_SEC = {"faster-whisper-tiny": 0.15, "faster-whisper-base": 0.35, "faster-whisper-small": 0.9}
"""Final words of 3 s of speech on one thread of a 2-core server processor, where nothing was measured yet: timed on
random weights of the same shapes. A graphics card is taken to be quick enough for all of these."""
_WHISPER_FILES = ("config.json", "tokenizer.json", "model.bin")
_VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
_OWN_QUALITY = 0
"""Of models the catalogue does not know: after all that it knows."""

FileState = Literal["ok", "missing", "size", "checksum"]


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A complete model on this machine."""

    id: str
    path: Path
    """Its folder."""
    port: ModelPort
    engine: ModelEngine
    languages: tuple[str, ...]
    quality: int = _OWN_QUALITY

    @property
    def weights(self) -> Path:
        """What its engine loads: the folder of a recogniser, the `.onnx` file of a voice."""
        return self.path if self.engine == "whisper" else _voice_file(self.path) or self.path


class Models:
    """What is in one models folder.

    Args:
        folder: The folder; need not exist.
        machine: The machine to choose for; this one by default.
    """

    def __init__(self, folder: Path, *, machine: Machine | None = None) -> None:
        self.folder = folder
        self.machine = machine or this_machine()

    def home(self, model_id: str) -> Path:
        """Return where a model belongs."""
        return self.folder / model_id

    def present(self, model_id: str) -> Path | None:
        """Return the folder of a model if all its files are there."""
        found = self._found(self.home(model_id))
        return found.path if found is not None else None

    def found(self) -> list[FoundModel]:
        """Return all complete models, best first."""
        try:
            homes = sorted(path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        except OSError:
            return []
        models = [model for home in homes if (model := self._found(home)) is not None]
        return sorted(models, key=lambda model: -model.quality)

    def best(
        self, port: ModelPort, language: str, usable: Callable[[FoundModel], bool] = lambda model: True
    ) -> Path | None:
        """Return what to load for a language: the best model that keeps up with speech, else the quickest one there.

        Args:
            port: What it is for.
            language: Code of the language.
            usable: Which models may be taken; all by default.

        Returns:
            The folder of a recogniser, the `.onnx` file of a voice, or None where no model knows the language.
        """
        fitting = [model for model in self.fitting(port, language) if usable(model)]
        if not fitting:
            return None
        quick = [model for model in fitting if port == "synthesizer" or self.keeps_up(model.id)]
        return (quick[0] if quick else min(fitting, key=lambda model: self.final_sec(model.id))).weights

    def fitting(self, port: ModelPort, language: str) -> list[FoundModel]:
        """Return the complete models for a language, best first."""
        return [model for model in self.found() if model.port == port and language in model.languages]

    # --- speed --------------------------------------------------------------------------------------------------

    def final_sec(self, model_id: str) -> float:
        """Return how long a recogniser takes for the words of 3 s of speech: measured here, else estimated."""
        measured = self._speeds().get(model_id)
        if measured is not None:
            return measured
        return 0.0 if self.machine.gpu else _ESTIMATES_SEC.get(model_id, 0.0)

    def keeps_up(self, model_id: str) -> bool:
        """Return whether a recogniser is quick enough here for a conversation."""
        return self.final_sec(model_id) <= KEEPS_UP_SEC

    def remember_speed(self, model_id: str, final_sec: float) -> None:
        """Keep a measured speed for later choices; a folder that cannot be written keeps none."""
        speeds = {**self._speeds(), model_id: round(final_sec, 3)}
        text = json.dumps({"machine": self.machine.fingerprint, "final_sec": speeds}, indent=2)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / SPEEDS).write_text(text + "\n", encoding="utf-8")
        except OSError:
            return

    def _speeds(self) -> dict[str, float]:
        """Return what was measured on this very machine; the folder may have come from another."""
        try:
            kept = json.loads((self.folder / SPEEDS).read_text(encoding="utf-8"))
            if kept["machine"] == self.machine.fingerprint:
                return {str(name): float(value) for name, value in kept["final_sec"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return {}

    # --- files --------------------------------------------------------------------------------------------------

    def missing(self, model: CatalogueModel) -> list[ModelFile]:
        """Return the files of a model that are not there."""
        home = self.home(model.id)
        return [file for file in model.files if not _has(home, file.name)]

    def begun_bytes(self, model: CatalogueModel) -> int:
        """Return how much of a model has come so far, whole files and pieces; may be more than it needs."""
        return bytes_below(self.home(model.id)) + bytes_below(self.folder / PARTIAL / model.id)

    def verify(self, model: CatalogueModel) -> Iterator[tuple[ModelFile, FileState]]:
        """Compare a model's files with the catalogue, one by one."""
        for file in model.files:
            yield file, file_state(self.home(model.id) / file.name, file)

    def _found(self, home: Path) -> FoundModel | None:
        known = next((model for model in catalogue() if model.id == home.name), None)
        if known is not None:
            complete = _is_whisper(home) if known.engine == "whisper" else not self.missing(known)
            if not complete:
                return None
            return FoundModel(known.id, home, known.port, known.engine, known.languages, known.quality)
        if _is_whisper(home):
            english = home.name.endswith((".en", "-en"))
            return FoundModel(home.name, home, "recognizer", "whisper", ("en",) if english else ("zh", "en"))
        voice = _voice_file(home)
        if voice is not None and (language := _voice_language(voice)) is not None:
            return FoundModel(home.name, home, "synthesizer", "piper", (language,))
        return None


def file_state(path: Path, file: ModelFile) -> FileState:
    """Compare one file with what it should be."""
    if not path.is_file():
        return "missing"
    if path.stat().st_size != file.size:
        return "size"
    return "ok" if sha256_of(path) == file.sha256 else "checksum"


def bytes_below(folder: Path) -> int:
    """Return the bytes of all files below a folder, while others may write there."""
    total = 0
    for home, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # moved on meanwhile
                total += (Path(home) / name).stat().st_size
    return total


def sha256_of(path: Path) -> str:
    """Return the checksum of a file, 64 hexadecimal digits."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _has(home: Path, name: str) -> bool:
    path = home / name
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _is_whisper(home: Path) -> bool:
    return all(_has(home, name) for name in _WHISPER_FILES) and any(_has(home, name) for name in _VOCABULARIES)


def _voice_file(home: Path) -> Path | None:
    """Return the voice in a folder: an `.onnx` file with its settings beside it."""
    voices = sorted(path for path in home.glob("*.onnx") if _has(home, path.name) and _has(home, f"{path.name}.json"))
    return voices[0] if voices else None


def _voice_language(voice: Path) -> str | None:
    """Return `zh` or `en` as the settings of a voice say, or None for any other language."""
    try:
        settings = json.loads(voice.with_name(f"{voice.name}.json").read_text(encoding="utf-8"))
        code = str(settings.get("language", {}).get("code") or settings["espeak"]["voice"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if code.startswith(("zh", "cmn")):
        return "zh"
    return "en" if code.startswith("en") else None
