"""Recordings for `score`: heard by the recogniser that is set up, measured by the voice detector.

Runs in every process that scores.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import InputError, MissingPart
from commands.scoring import voice_of as measure

if TYPE_CHECKING:
    from coach.scenario.model import Scenario
    from coach.score.transcript import ImportedTranscript
    from coach.score.voice import VoiceFeatures

__all__ = ["engines_version", "hear", "measure"]


def engines_version() -> str:
    """Return what hears here: with other engines, recordings are scored again. Loads none."""
    try:
        from audio.engine_choice import LANGUAGES, hears
        from audio.features import ENGINE
        from audio.parts import is_installed
        from coach.settings import load_settings
        from commands.compose import engine_choice
    except ModuleNotFoundError:
        return ""
    choice = engine_choice(load_settings())
    heard = {language: hears(choice, language, is_installed) for language in LANGUAGES}
    return " ".join([ENGINE, *(f"{code}={item.label}" for code, item in heard.items() if item is not None)])


def hear(path: Path, scenario: Scenario) -> tuple[ImportedTranscript, VoiceFeatures | None]:
    """Return a recording as records, all of it the streamer's, with the measures of its voice.

    Raises:
        AudioInputError: If it does not decode.
        InputError: If there is no recogniser for the scenario's language, or nobody speaks in it.
        MissingPart: If the voice parts are not installed.
        EngineError: If the recogniser fails.
    """
    if not _has_voice_parts():
        raise MissingPart(
            "{path}: transcribing recordings needs the voice parts. Run: uv sync --extra voice", path=path
        )
    from coach.language import language_for
    from coach.score.transcript import heard_recording
    from coach.settings import load_settings
    from commands.compose import engines

    # Built anew for each recording: recognisers learn a voice as they listen, and results must not depend on what was
    # heard before.
    opened = engines(load_settings(), None)
    language = language_for(scenario.locale)
    recognizer = opened.recognizer(language.code)
    if recognizer is None:
        raise InputError(
            "{path}: no recogniser for {language} is present. Fetch one with run_coach.py models pull, or set a server "
            "up (docs/settings.md)",
            path=path,
            language=language.code,
        )
    from audio.features import voice_features_of
    from audio.pcm import decode
    from audio.transcribe import transcribe
    from coach.live.hints import hints_for

    pcm = decode(path)
    features = voice_features_of(pcm)
    if not features.voiced:
        raise InputError("{path}: nobody speaks in this recording", path=path)
    hints = replace(hints_for(scenario, language), partials=False)

    async def read() -> ImportedTranscript:
        try:
            await recognizer.prepare(hints)
            found = await transcribe(pcm, features.voiced, recognizer, hints)
        finally:
            await opened.aclose()
        name = opened.names_with(recognizer, language.code).get("recognizer", recognizer.name)
        return heard_recording(found, features.duration_sec, name, path)

    return asyncio.run(read()), features


def _has_voice_parts() -> bool:
    from audio.parts import is_installed

    return all(is_installed(name) for name in ("av", "onnxruntime"))
