"""Measures the voice of a kept rehearsal for the streamer alone, when asked; kept until it is scored again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from coach.errors import InputError
from coach.language import language_for
from coach.scenario.load import parse_scenario
from coach.score.own_calm import EXPIRES_DAYS, REHEARSALS
from coach.score.private_voice import PrivateVoice, private_voice, voice_plan
from coach.score.scorecard import Scorecard
from coach.score.timeline import fold
from coach.store.files import SCENARIO, STREAMER_AUDIO, SavedRehearsal, load_folder
from coach.store.keeper import Keeper
from coach.store.private_voice import read_private_voice, write_private_voice
from commands.scoring import measured_voice


def private_voice_of(keeper: Keeper, rehearsal_id: str) -> PrivateVoice:
    """Return the voice's part of a rehearsal's composure. Blocks: some 0.1 s an event the first time, then nothing.

    Raises:
        InputError: If there is no such rehearsal, or no scorecard or recording of it.
        AudioInputError: If the recording cannot be used.
        MissingPart: If a package is not installed.
        StorageError: If the disk refuses.
    """
    folder = keeper.folder(rehearsal_id)
    kept = read_private_voice(folder)
    if kept is not None:
        return kept
    saved = load_folder(folder)
    voice = _measured(saved, folder, _earlier(keeper, saved))
    write_private_voice(folder, voice)
    return voice


def _earlier(keeper: Keeper, saved: SavedRehearsal) -> list[PrivateVoice]:
    """Return what was measured of the last five earlier rehearsals that have been asked for, not older than 30 days."""
    if saved.started is None:
        return []
    now = datetime.fromisoformat(saved.started.started_at)
    rows = [
        row
        for row in keeper.list(limit=200, state="scored")
        if timedelta(0) < now - datetime.fromisoformat(row.started_at) <= timedelta(days=EXPIRES_DAYS)
    ]
    found = (read_private_voice(keeper.folder(row.id)) for row in rows)
    return [voice for voice in found if voice is not None][:REHEARSALS]


def _measured(saved: SavedRehearsal, folder: Path, past: list[PrivateVoice]) -> PrivateVoice:
    from audio.voice_span import measure_spans

    recording = folder / STREAMER_AUDIO
    if not recording.is_file():
        raise InputError("This rehearsal has no recording of the streamer: nothing was spoken, or it was not kept.")
    scenario = parse_scenario(saved.scenario_text, str(folder / SCENARIO)).scenario
    timeline = fold(saved.records)
    plan = voice_plan(timeline, language_for(scenario.locale), measured_voice(folder))
    return private_voice(_card(saved), timeline, plan, measure_spans(recording, plan.spans()), past)


def _card(saved: SavedRehearsal) -> Scorecard:
    try:
        return Scorecard.model_validate_json(saved.scorecard_text or "")
    except ValidationError as error:
        raise InputError("This rehearsal has no scorecard that can be read; score it again first.") from error
