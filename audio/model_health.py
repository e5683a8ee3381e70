"""Whether a model on this machine can be used, told from its files before an engine loads it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from audio.models import FoundModel
from audio.onnx_file import is_whole
from coach.errors import CoachError, EngineError


def fault_of(model: FoundModel) -> CoachError | None:
    """Return what is wrong with a model's files, or None. Read once as long as they do not change.

    Of weights the headers are read: a cut download, a page instead of the file and another kind of model are told, a
    flipped bit is not. A Piper voice that would download a part at its first use counts as faulty.
    """
    return _fault(model.engine, model.weights, _stamps(model.path))


def is_usable(model: FoundModel) -> bool:
    """Return whether nothing is wrong with a model's files."""
    return fault_of(model) is None


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, time and size of the files: what makes a second look worth its while."""
    try:
        states = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    except OSError:
        return ()
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


@lru_cache(maxsize=64)
def _fault(engine: str, weights: Path, stamps: object) -> CoachError | None:
    try:
        _check_whisper(weights) if engine == "whisper" else _check_voice(weights)
    except CoachError as error:
        return error
    return None


def _check_whisper(folder: Path) -> None:
    from audio.asr.whisper_files import check_folder

    check_folder(folder)


def _check_voice(weights: Path) -> None:
    from audio.tts.piper_voice import NAME, read_config

    read_config(weights)
    try:
        whole = is_whole(weights)
    except OSError as error:
        raise EngineError(NAME, "{path} cannot be read. Fetch both files again.", path=weights) from error
    if not whole:
        raise EngineError(NAME, "{path} is damaged or no Piper voice. Fetch both files again.", path=weights)
