"""Reads from a rehearsal's folder what the index keeps for lists and trends."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import ValidationError

from coach.errors import InputError, ScenarioError
from coach.events import RehearsalStarted, load_record
from coach.growth.result import Result, result_of
from coach.scenario.load import parse_scenario
from coach.score.scorecard import Scorecard
from coach.store.files import EVENTS, SCENARIO, SCORECARD

logger = logging.getLogger(__name__)


def result_in(folder: Path) -> Result | None:
    """Return what a folder's scorecard tells; None, with a warning, if it cannot be read."""
    try:
        card = Scorecard.model_validate_json((folder / SCORECARD).read_bytes())
        return result_of(card, started_in(folder), _skill(folder, card))
    except (OSError, ValidationError):
        logger.warning("a scorecard could not be read for the history: rehearsal=%s", folder.name)
        return None


def started_in(folder: Path) -> RehearsalStarted | None:
    """Return the first event of a folder's log without reading it whole; None if it cannot be read."""
    try:
        with (folder / EVENTS).open("rb") as file:
            event = load_record(file.readline()).event
    except (InputError, OSError):
        return None
    return event if isinstance(event, RehearsalStarted) else None


def _skill(folder: Path, card: Scorecard) -> str:
    if card.scenario_kind != "drill":
        return ""
    try:
        text = (folder / SCENARIO).read_text(encoding="utf-8")
        return parse_scenario(text, SCENARIO).scenario.skill or ""
    except (ScenarioError, OSError, UnicodeDecodeError):
        return ""
