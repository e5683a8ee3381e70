"""Scores a closed rehearsal, the same way after a live one, after a crash and again later."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from audio.parts import HOW_TO_GET
from coach.errors import AudioInputError, InputError, MissingPart, Sentence, StorageError
from coach.events import MicrophoneUsed, Record, RehearsalStarted
from coach.language import language_for
from coach.language.reader.reader import reader
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score.compliance import read_claims_ahead
from coach.score.history import History, history_of
from coach.score.proposals import Proposals
from coach.score.scorecard import Mark, Scorecard
from coach.score.scorer import score
from coach.score.timeline import device_of
from coach.score.voice import VoiceFeatures
from coach.store.files import EVENTS, SCENARIO, STREAMER_AUDIO, SavedRehearsal, replace_scorecard
from coach.store.keeper import Keeper
from coach.store.marks import read_marks
from coach.store.previous import previous_scorecard, recent_scorecards
from coach.store.proposals import read_proposals
from coach.store.summary import summary_of_scorecard

logger = logging.getLogger(__name__)


def finish(
    scenario: LoadedScenario, records: Sequence[Record], folder: Path, keeper: Keeper | None = None
) -> Scorecard:
    """Score a closed log together with the recording in its folder. Blocks: some 0.3 s a minute of sound, on two cores.

    The recording is measured and the words are read for claims beside the rest: what runs the networks lets go of
    Python's lock.

    Args:
        scenario: As it was played.
        records: The log.
        folder: Of the rehearsal: its recording, what the streamer marked findings as, what a model proposed.
        keeper: Where the rehearsal before is looked for; without one the scorecard looks back to none.
    """
    reader()  # once, before two threads ask for it
    with ThreadPoolExecutor(max_workers=2) as beside:
        voice = beside.submit(measured_voice, folder)
        beside.submit(read_claims_ahead, records, scenario.scenario)
        return score(
            scenario.scenario,
            records,
            voice.result,
            before=_before(keeper, records, scenario.scenario.kind),
            marks=_marks(folder),
            history=_history(keeper, records),
            proposals=kept_proposals(folder),
        )


def score_saved(saved: SavedRehearsal, keeper: Keeper | None = None) -> Scorecard:
    """Score a rehearsal from its folder, by the scenario text kept in it.

    Raises:
        InputError: If that text is missing.
        ScenarioError: If that scenario is not one for this version of the program.
    """
    name = str(saved.path / SCENARIO)
    if not saved.scenario_text.strip():
        raise InputError(
            "{path} is missing or empty: it holds the scenario that was played. Put it back from a copy, or score the "
            "log by another: run_coach.py score {log} --scenario ID",
            path=name,
            log=saved.path / EVENTS,
        )
    return finish(parse_scenario(saved.scenario_text, name), saved.records, saved.path, keeper)


def rescore_kept(keeper: Keeper, rehearsal_id: str) -> bool:
    """Score a kept rehearsal again; the old scorecard stays in its folder, the index follows.

    Returns:
        False, with nothing done, if its log has no beginning or no end.

    Raises:
        ScenarioError: If its scenario is not one for this version of the program.
        InputError: If there is no such rehearsal.
        StorageError: If the disk refuses.
    """
    saved = keeper.load(rehearsal_id)
    if saved.started is None or saved.ended is None:
        return False
    card = score_saved(saved, keeper)
    replace_scorecard(saved.path, card.model_dump_json(indent=2))
    row = keeper.get(rehearsal_id)
    keeper.update(summary_of_scorecard(card, saved.started, recovered=row is not None and row.recovered))
    return True


def measured_voice(folder: Path) -> VoiceFeatures | None:
    """Return what the streamer's recording tells, or None, with a warning, where it cannot be measured."""
    try:
        return voice_of(folder)
    except (AudioInputError, MissingPart) as error:
        logger.warning("the recording was not measured: %s", error)
        return None


def voice_of(folder: Path) -> VoiceFeatures | None:
    """Return what the streamer's recording tells, or None where there is none.

    Raises:
        AudioInputError: If the recording cannot be used; says why.
        MissingPart: If what measures it is not installed; says how to get it.
    """
    recording = folder / STREAMER_AUDIO
    if not recording.is_file():
        return None
    try:
        from audio.features import voice_features

        return voice_features(recording)
    except ModuleNotFoundError as error:
        raise MissingPart(
            "{purpose} needs the Python package {module!r}, which is not installed. Run: {command}",
            purpose=Sentence("Measuring a recording"),
            module=error.name or "av",
            command=HOW_TO_GET,
        ) from error


def kept_proposals(folder: Path) -> Proposals | None:
    """Return what a language model proposed for a rehearsal's coverage, if it was asked; warns of a damaged file."""
    try:
        return read_proposals(folder)
    except StorageError as error:
        logger.warning("%s", error)
        return None


def _before(keeper: Keeper | None, records: Sequence[Record], kind: str) -> Scorecard | None:
    started = records[0].event if records else None
    if keeper is None or not isinstance(started, RehearsalStarted):
        return None
    try:
        return previous_scorecard(keeper, started, kind)
    except StorageError:
        logger.warning("the rehearsal before was not looked for: the index cannot be read")
        return None


def _history(keeper: Keeper | None, records: Sequence[Record]) -> History | None:
    """Return the streamer's own calm and pace of earlier rehearsals."""
    started = records[0].event if records else None
    if keeper is None or not isinstance(started, RehearsalStarted):
        return None
    try:
        past = recent_scorecards(keeper, started)
    except StorageError:
        logger.warning("earlier rehearsals were not looked for: the index cannot be read")
        return None
    device = device_of([record.event for record in records if isinstance(record.event, MicrophoneUsed)])
    unit = f"{language_for(started.locale).unit}/min"
    return history_of(past, device, datetime.fromisoformat(started.started_at), unit, started.scenario_id)


def _marks(folder: Path) -> dict[str, Mark]:
    try:
        return read_marks(folder)
    except StorageError:
        logger.warning("marks of findings were not read")
        return {}
