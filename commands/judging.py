"""Has a language model look at a finished rehearsal, where one is set up: at its rubric, and at points not found.

It never costs a scorecard: what it does not answer in time is estimated by rules, with one sentence in the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from coach.errors import CoachError

if TYPE_CHECKING:
    from pathlib import Path

    from coach.events import Record
    from coach.ports import ChatModel
    from coach.scenario.model import Scenario
    from coach.score.scorecard import Scorecard, Text
    from coach.settings import JudgeSettings

logger = logging.getLogger(__name__)


def judged(
    card: Scorecard,
    records: Sequence[Record],
    settings: JudgeSettings,
    tell: Callable[[Text], None] | None = None,
) -> Scorecard:
    """Return the scorecard with the model's view of the rubric; unchanged without a model. Blocks for its answers.

    Args:
        card: By rules.
        records: Of the rehearsal.
        settings: Of the model.
        tell: Told what the model did not answer and why; without it the log is.
    """
    if not settings.base_url or not card.is_measured:
        return card
    from coach.score.judge import Judge
    from coach.score.judge.told import judge_note, not_asked

    def say(note: Text) -> None:
        if tell is None:
            logger.warning("%s", note.en)
        else:
            tell(note)

    async def ask() -> Scorecard:
        async with _chat(settings) as chat:
            result = await Judge(chat, settings.samples, settings.timeout_sec).judge(card, records)
        if result.failed:
            say(judge_note(result.failed, result.requests, result.reasons))
        return result.card

    try:
        return asyncio.run(ask())
    except Exception as error:
        # The boundary: whatever an address or a client is wrong with, the scorecard by rules is worth more.
        say(not_asked(type(error).__name__))
        return card


def propose(scenario: Scenario, records: Sequence[Record], folder: Path, settings: JudgeSettings) -> None:
    """Ask the model for points that rules do not find, and keep what it proposes in the rehearsal's folder.

    Nothing is asked unless it is set up and a point is missing. Blocks for one answer; never raises.
    """
    if not settings.base_url or not settings.proposes_coverage:
        return

    async def ask() -> None:
        async with _chat(settings) as chat:
            await keep_proposals(chat, scenario, records, folder, settings.timeout_sec)

    try:
        asyncio.run(ask())
    except CoachError as error:
        logger.warning("coverage is scored by rules alone: %s", error)
    except Exception as error:  # as above
        logger.warning("coverage is scored by rules alone: the judge could not be asked (%s)", type(error).__name__)


async def keep_proposals(
    chat: ChatModel, scenario: Scenario, records: Sequence[Record], folder: Path, limit_sec: float
) -> None:
    """Ask a model for the points that rules miss, if any, and write its answer.

    Raises:
        EngineError: If the model fails, is late or answers with something else; then nothing is kept.
        StorageError: If the disk refuses.
    """
    from coach.language import language_for
    from coach.score.coverage import measure_coverage
    from coach.score.proposals import ask_for_proposals
    from coach.score.timeline import fold
    from coach.store.proposals import write_proposals

    timeline = fold(records)
    points = measure_coverage(timeline, scenario, language_for(scenario.locale)).points
    missed = [point.point_id for point in points if point.state == "miss"]
    if missed and timeline.worded:
        write_proposals(folder, await ask_for_proposals(chat, scenario, timeline, missed, limit_sec))


@asynccontextmanager
async def _chat(settings: JudgeSettings) -> AsyncIterator[ChatModel]:
    from coach.llm.openai_chat import OpenAIChat

    key = settings.api_key.get_secret_value()
    chat = OpenAIChat(settings.base_url or "", settings.model, api_key=key, timeout_sec=settings.timeout_sec)
    try:
        yield chat
    finally:
        await chat.aclose()
