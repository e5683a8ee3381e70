"""Recordings and transcripts for tests, from the folder that the variable COACH_TEST_DATA names.

They are not part of the project: where the folder is absent the tests that need it are skipped and say so.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from platformdirs import user_data_path

VARIABLE = "COACH_TEST_DATA"

_folder = os.environ.get(VARIABLE, "")
TEST_DATA: Path | None = Path(_folder).resolve() if _folder and Path(_folder).is_dir() else None
"""The folder with `audio/` and `scoring/`, or None."""

_REASON = f"{VARIABLE} names no folder ({_folder!r})" if _folder else f"{VARIABLE} is not set: no recordings to test on"

needs_test_data = pytest.mark.skipif(TEST_DATA is None, reason=_REASON)
"""Marks a test that reads the recordings or transcripts."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One row of the recordings' manifest."""

    name: str
    """Path below `audio/`, e.g. `en/mycroft_stop.wav`; what `audio_clip` takes."""
    language: str
    duration_sec: float
    transcript: str
    """Empty where nobody wrote it down."""
    voice: str
    """`human` or `not stated`."""
    tags: frozenset[str]
    speech: tuple[tuple[float, float], ...]
    """Stretches of speech in seconds, as a voice detector read them: a reference, not truth."""


MODELS_VARIABLE = "COACH_TEST_MODELS"

_models = os.environ.get(MODELS_VARIABLE, "")
TEST_MODELS = Path(_models).resolve() if _models else user_data_path("live-coach", appauthor=False) / "models"
"""Where the models are that tests may use: the practice room's own folder by default, which its first start fills."""
WHISPER_BASE = TEST_MODELS / "faster-whisper-base"

needs_whisper_base = pytest.mark.skipif(
    not (WHISPER_BASE / "model.bin").is_file(),
    reason=f"no Whisper base in {TEST_MODELS}: run_coach.py models pull faster-whisper-base",
)
"""Marks a test that hears people with the model that rooms fetch for Chinese."""


def data_folder() -> Path:
    """Return the folder of test data; skip the running test where there is none."""
    if TEST_DATA is None:
        pytest.skip(_REASON)
    return TEST_DATA


def audio_clip(name: str) -> Path:
    """Return the path of one recording (16 kHz mono int16 WAV), e.g. `en/mycroft_stop.wav`.

    Raises:
        FileNotFoundError: If the folder is there but the clip is not: a wrong name in a test.
    """
    path = data_folder() / "audio" / name
    if not path.is_file():
        raise FileNotFoundError(f"no recording {name!r} in {path.parent}")
    return path


def manifest() -> tuple[Clip, ...]:
    """Return all rows of the manifest; skip the running test where there is none."""
    return _read_manifest(data_folder() / "audio" / "manifest.tsv")


@cache
def _read_manifest(path: Path) -> tuple[Clip, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_clip(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _clip(row: dict[str, str]) -> Clip:
    return Clip(
        name=row["path"],
        language=row["language"],
        duration_sec=float(row["duration_s"]),
        transcript=row["transcript"],
        voice=row["voice"],
        tags=frozenset(tag for tag in row["tags"].split(",") if tag),
        speech=tuple(_span(text) for text in row["vad_segments"].split(";") if text),
    )


def _span(text: str) -> tuple[float, float]:
    start, _, end = text.partition("-")
    return float(start), float(end)
