"""Which files to score."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coach.errors import InputError
from coach.score.transcript import READERS

EVENTS = "events.jsonl"
SCENARIO = "scenario.yaml"
RECORDING = "streamer.ogg"
"""The streamer's sound beside `events.jsonl`."""
RECORDINGS = frozenset(
    {
        ".wav", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac", ".flac", ".webm", ".mp4", ".mov", ".mkv", ".wma",
        ".amr", ".aif", ".aiff", ".caf", ".w64", ".au",
    }
)  # fmt: skip
OUTPUTS = "scores."
"""How the names of our own results begin."""


def find_files(paths: Iterable[Path | str], out: Path | None = None) -> Iterator[str]:
    """Yield the files to score: files as given, folders searched in order of name. A file named twice comes twice.

    A folder with `events.jsonl` is a rehearsal: its other files belong to it. Hidden files and results are passed over.

    Args:
        paths: Files and folders.
        out: Where results go; what lies there under their names is none of the input.

    Raises:
        InputError: If a path does not exist.
    """
    results = None if out is None else os.path.abspath(out)
    for path in paths:
        if os.path.isdir(path):
            yield from _in_folder(str(path), results)
        elif os.path.exists(path):
            yield str(path)
        else:
            raise InputError(
                "{path}: expected a transcript, a recording, an events.jsonl or a folder of them, found nothing there",
                path=path,
            )


def is_recording(path: str) -> bool:
    """Return whether a file is sound, by its name."""
    return os.path.splitext(path)[1].lower() in RECORDINGS


def _in_folder(folder: str, results: str | None) -> Iterator[str]:
    entries = _entries(folder)
    if any(entry.name == EVENTS and entry.is_file() for entry in entries):
        entries = [entry for entry in entries if entry.name == EVENTS or entry.is_dir(follow_symlinks=False)]
    own = results is not None and os.path.abspath(folder) == results
    for entry in entries:
        if entry.name.startswith(".") or (own and entry.name.startswith(OUTPUTS)):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _in_folder(entry.path, results)
        elif _is_ours(entry.name) and (entry.is_file() or _is_dangling(entry)):
            yield entry.path


def _is_dangling(entry: os.DirEntry[str]) -> bool:
    """Return whether it is a link to nothing, which is to be named like any file that cannot be read."""
    return entry.is_symlink() and not os.path.exists(entry.path)


def _entries(folder: str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError("{path}: cannot be read: {reason}", path=folder, reason=error.strerror or error) from error


def _is_ours(name: str) -> bool:
    ending = os.path.splitext(name)[1].lower()
    return ending in READERS or ending in RECORDINGS
