"""Scores a closed rehearsal, the same way after a live one, after a crash and again later."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from coach.errors import AudioInputError, MissingPart
from coach.events import Record
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score import score
from coach.score.scorecard import Scorecard
from coach.score.voice import VoiceFeatures
from coach.store.files import SCENARIO, STREAMER_AUDIO, SavedRehearsal

logger = logging.getLogger(__name__)


def finish(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Scorecard:
    """Score a closed log together with the recording in its folder. Blocks: about 0.5 s a minute of sound."""
    return score(scenario.scenario, records, measured_voice(folder))


def score_saved(saved: SavedRehearsal) -> Scorecard:
    """Score a rehearsal from its folder, by the scenario text kept in it.

    Raises:
        ScenarioError: If that scenario is not one for this version of the program.
    """
    name = str(saved.path / SCENARIO)
    return finish(parse_scenario(saved.scenario_text, name), saved.records, saved.path)


def measured_voice(folder: Path) -> VoiceFeatures | None:
    """Return what the streamer's recording tells, or None where there is none to measure or nothing to do it with."""
    recording = folder / STREAMER_AUDIO
    if not recording.is_file():
        return None
    try:
        from audio.features import voice_features

        return voice_features(recording)
    except (AudioInputError, MissingPart, ModuleNotFoundError) as error:
        logger.warning("the recording was not measured: %s", type(error).__name__)
        return None
