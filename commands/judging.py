"""Has a language model grade the rubric of a finished rehearsal, where one is set up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.events import Record
    from coach.score.scorecard import Scorecard
    from coach.settings import JudgeSettings

logger = logging.getLogger(__name__)


def judged(card: Scorecard, records: Sequence[Record], settings: JudgeSettings) -> Scorecard:
    """Return the scorecard with the model's view of the rubric; unchanged without a model. Blocks for its answers."""
    if not settings.base_url or not card.is_measured:
        return card
    from coach.llm.openai_chat import OpenAIChat
    from coach.score.judge import Judge

    async def ask() -> Scorecard:
        key = settings.api_key.get_secret_value()
        chat = OpenAIChat(settings.base_url or "", settings.model, api_key=key, timeout_sec=settings.timeout_sec)
        try:
            result = await Judge(chat, settings.samples, settings.timeout_sec).judge(card, records)
        finally:
            await chat.aclose()
        if result.failed:
            logger.warning("the judge gave no usable answer to %d of %d requests", result.failed, result.requests)
        return result.card

    return asyncio.run(ask())
