"""The models the project recommends: what they are for, whose they are, and which files they consist of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from audio.machine import Machine
from coach.errors import InputError

FILE = Path(__file__).with_suffix(".yaml")

ModelPort = Literal["recognizer", "synthesizer"]
ModelEngine = Literal["whisper", "piper"]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    """Its name in the model's folder."""
    size: int
    """Bytes."""
    sha256: str
    """64 hexadecimal digits."""
    packed: tuple[str, ...] = ()
    """Where in the model's packages it stands: one path, or its pieces in order."""


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One entry."""

    id: str
    """Also the name of its folder."""
    port: ModelPort
    engine: ModelEngine
    languages: tuple[str, ...]
    quality: int
    """Higher is better among models of one port and language."""
    licence: str
    about_zh: str
    about_en: str
    repo: str
    """`owner/name` on the hub."""
    revision: str
    """Commit of the repository."""
    files: tuple[ModelFile, ...]
    """Weights last."""
    licence_zh: str = ""
    """The licence in Chinese, where it is no name."""
    folder: str = ""
    """Where in the repository the files stand."""
    gender: str = ""
    """Of a voice: `female` or `male`."""
    packages: tuple[str, ...] = ()
    """Packages of the Python index that hold the same files, as `name==version`; empty: none is known."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    def url(self, file: ModelFile, hub: str) -> str:
        """Return where a file is to be had on the hub or a mirror that has the same paths."""
        path = f"{self.folder}/{file.name}" if self.folder else file.name
        return f"{hub.rstrip('/')}/{self.repo}/resolve/{self.revision}/{path}"


@cache
def catalogue() -> tuple[CatalogueModel, ...]:
    """Return all entries, in the order of the file."""
    entries: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["models"]
    return tuple(_model(entry) for entry in entries)


def find(model_id: str) -> CatalogueModel:
    """Return an entry.

    Raises:
        InputError: If there is none of that name; lists the names.
    """
    for model in catalogue():
        if model.id == model_id:
            return model
    known = ", ".join(model.id for model in catalogue())
    raise InputError("Unknown model {model_id!r}. Known: {known}.", model_id=model_id, known=known)


def recommended(languages: tuple[str, ...], machine: Machine) -> list[CatalogueModel]:
    """Return what to fetch for these languages on this machine: one recogniser, and voices for viewers of both kinds.

    Small recognisers answer in time on any machine; a graphics card makes the most accurate one quick
    (docs/performance.md). A machine with little memory gets the small voices.
    """
    size = "small" if machine.gpu else "tiny" if machine.is_small else "base"
    wanted = [find(f"faster-whisper-{size}")]
    for language in languages:
        voices = [model for model in catalogue() if model.port == "synthesizer" and language in model.languages]
        for gender in ("female", "male"):
            fitting = [model for model in voices if model.gender == gender]
            if fitting:
                wanted.append((min if machine.is_small else max)(fitting, key=lambda model: model.quality))
    return wanted


def _model(entry: dict[str, Any]) -> CatalogueModel:
    files = tuple(ModelFile(packed=tuple(file.pop("packed", ())), **file) for file in entry.pop("files"))
    languages, packages = tuple(entry.pop("languages")), tuple(entry.pop("packages", ()))
    return CatalogueModel(languages=languages, packages=packages, files=files, **entry)
