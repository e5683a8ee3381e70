"""Recordings for the benchmarks: any folder of sound files, told apart by a manifest or by where they lie.

With `manifest.tsv` (columns path, language, transcript, tags, speaker) its rows are used. Without it every sound file
counts: the folder it lies in is its language (`zh`, `en`, or `noise` for what is no speech; any other folder is taken
for English), the beginning of its name its kind, and NAME.txt beside it holds its words.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from audio.pcm import decode
from coach.errors import InputError
from coach.ports import Int16Array

VARIABLE = "COACH_TEST_DATA"
LANGUAGES = ("zh", "en", "noise")
SOUND_FILES = (".wav", ".flac", ".ogg", ".opus", ".mp3", ".m4a")


@dataclass(frozen=True, slots=True)
class Recording:
    """One file."""

    name: str
    path: Path
    language: str
    """`zh`, `en` or `noise`."""
    transcript: str
    tags: frozenset[str]
    speaker: str = ""
    """Who speaks, if the manifest says."""

    def read(self) -> Int16Array:
        """Return its sound, 16 kHz mono, whatever the file holds.

        Raises:
            AudioInputError: If it cannot be decoded.
        """
        return decode(self.path)

    @property
    def half(self) -> str:
        """`a` or `b` by a hash of the name: one half may be looked at while a rule is made, the other checks it."""
        return "ab"[hashlib.sha256(self.name.encode()).digest()[0] % 2]


def default_folder() -> Path | None:
    """Return the recordings that the variable COACH_TEST_DATA names, if any."""
    folder = os.environ.get(VARIABLE, "")
    return Path(folder) / "audio" if folder else None


def recordings(folder: Path) -> list[Recording]:
    """Return all recordings below a folder, by name.

    Raises:
        InputError: If the folder holds none.
    """
    manifest = folder / "manifest.tsv"
    found = _from_manifest(manifest) if manifest.is_file() else _from_files(folder)
    if not found:
        raise InputError(
            f"expected recordings below {folder} ({', '.join(SOUND_FILES)}), found none; name another folder with "
            "--audio"
        )
    return sorted(found, key=lambda recording: recording.name)


def _from_manifest(manifest: Path) -> list[Recording]:
    rows = list(csv.DictReader(_text(manifest).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if not row.get("path") or row.get("language") not in LANGUAGES:
            raise InputError(
                f"{manifest}, line {number}: expected a path and a language ({', '.join(LANGUAGES)}), separated by "
                "tabs and named in the first line"
            )
    return [
        Recording(
            row["path"],
            manifest.parent / row["path"],
            row["language"],
            row.get("transcript") or "",
            frozenset(tag.strip() for tag in (row.get("tags") or "").split(",") if tag.strip()),
            (row.get("speaker") or "").strip(),
        )
        for row in rows
        if (manifest.parent / row["path"]).is_file()
    ]


def _from_files(folder: Path) -> list[Recording]:
    """Take every sound file; words stand in a text file of the same name beside it, if anywhere."""
    return [
        Recording(
            str(path.relative_to(folder)),
            path,
            path.parent.name if path.parent.name in LANGUAGES else "en",
            _words_beside(path),
            frozenset({re.split(r"[\d_.-]", path.name, maxsplit=1)[0]}),
        )
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SOUND_FILES
    ]


def _words_beside(path: Path) -> str:
    text = path.with_suffix(".txt")
    return " ".join(_text(text).split()) if text.is_file() else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except ValueError as error:
        raise InputError(f"{path}: expected text in UTF-8. Save it again as UTF-8.") from error
