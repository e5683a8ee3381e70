"""Asks the turn model about a pause, in time or not at all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from coach.errors import EngineError, Sentence
from coach.ports import FRAME_SEC, Int16Array, TurnModel

HEARD_SEC = 8.0
"""Sound of the utterance that is kept for the model: as much as known ones take."""
LIMIT_SEC = 2.0
"""A model that takes longer is stuck: forty times its usual time. It is not asked again in this connection."""


class SoundJudge:
    """Keeps the open utterance's sound and has it judged. At most one question is open; no answer is ever waited for.

    Args:
        model: None: nothing is asked.
        failed: Told once, with a sentence, if the model fails or is stuck; from then on nothing is asked.
    """

    def __init__(self, model: TurnModel | None, failed: Callable[[str], None]) -> None:
        self._model = model
        self._failed = failed
        self._sound: deque[Int16Array] = deque(maxlen=round(HEARD_SEC / FRAME_SEC))
        self._question: asyncio.Task[None] | None = None

    @property
    def is_asked(self) -> bool:
        """Whether an answer may still come."""
        return self._question is not None and not self._question.done()

    def begin(self, before: Sequence[Int16Array]) -> None:
        """A new utterance, with the frames from just before its onset."""
        self.drop()
        self._sound.clear()
        self._sound.extend(before)

    def hear(self, pcm: Int16Array) -> None:
        """Take one 20 ms frame of the open utterance, shape (320,)."""
        self._sound.append(pcm)

    def ask(self, answer: Callable[[float], None], group: asyncio.TaskGroup) -> None:
        """Have the sound so far judged; `answer` gets the log-odds unless the question is dropped before."""
        self.drop()
        if self._model is not None and self._sound:
            question = self._ask(self._model, np.concatenate(self._sound), answer)
            self._question = group.create_task(question, name="turn model")

    def drop(self) -> None:
        """Give up the open question: what it was about is over."""
        if self._question is not None:
            self._question.cancel()
            self._question = None

    async def _ask(self, model: TurnModel, sound: Int16Array, answer: Callable[[float], None]) -> None:
        try:
            async with asyncio.timeout(LIMIT_SEC):
                answer(await model.judge(sound))
        except TimeoutError:
            self._give_up(Sentence("no opinion within {seconds:g} s.", seconds=LIMIT_SEC))
        except EngineError as error:
            self._give_up(error.message)

    def _give_up(self, error: str) -> None:
        self._model = None
        self._failed(error)
