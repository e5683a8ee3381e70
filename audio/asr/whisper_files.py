"""Whether a folder holds a Whisper model of the right kind, told before anything is loaded."""

from __future__ import annotations

import json
from pathlib import Path

from audio.asr.ctranslate2_file import is_whole
from coach.errors import EngineError, Sentence

NAME = "faster-whisper"
NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_OTHER_KIND = ("model.safetensors", "pytorch_model.bin", "model.pt")
_HOW = Sentence("Name a folder with a Whisper model for CTranslate2 in COACH_ENGINES__WHISPER_MODEL.")


def check_folder(folder: Path) -> None:
    """Check that the files of a converted model are there and whole, as far as their headers tell.

    Raises:
        EngineError: If not; says what was expected, what is there and what to do.
    """
    if not folder.is_dir():
        found = Sentence("a file") if folder.exists() else Sentence("nothing")
        raise EngineError(
            NAME,
            "expected the folder of a model at {folder}, found {found}. {how}",
            folder=folder,
            found=found,
            how=_HOW,
        )
    present = {path.name for path in folder.iterdir()}
    missing = [name for name in NEEDED if name not in present]
    if not present.intersection(_VOCABULARIES):
        missing.append(" or ".join(_VOCABULARIES))
    if not missing:
        _check_json(folder)
        _check_weights(folder / "model.bin")
    elif "model.bin" in missing and present.intersection(_OTHER_KIND):
        raise EngineError(
            NAME,
            "{folder} holds a model for another program, not converted to CTranslate2. {how}",
            folder=folder,
            how=_HOW,
        )
    else:
        raise EngineError(
            NAME,
            "{folder} is no whole model: {names} is missing. Copy all its files.",
            folder=folder,
            names=", ".join(missing),
        )


def _check_weights(path: Path) -> None:
    try:
        whole = is_whole(path)
    except OSError as error:
        raise EngineError(NAME, "{path} cannot be read. Download the model again.", path=path) from error
    if not whole:
        raise EngineError(
            NAME, "{path} is damaged or not that of a Whisper model. Download the model again.", path=path
        )


def _check_json(folder: Path) -> None:
    for name in ("config.json", "tokenizer.json", "preprocessor_config.json"):
        path = folder / name
        try:
            if path.exists() and not isinstance(json.loads(path.read_text(encoding="utf-8")), dict):
                raise ValueError("no object")
        except (OSError, ValueError) as error:
            raise EngineError(NAME, "{path} cannot be read. Download the model again.", path=path) from error
