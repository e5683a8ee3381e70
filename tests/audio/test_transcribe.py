from __future__ import annotations

import numpy as np
import pytest

from audio.transcribe import LONGEST_SEC, transcribe, utterances
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array, RecognitionHints
from coach.ports.recognizer import HeardWord


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], []),
        ([(0.0, 1.0), (1.5, 2.0), (3.0, 4.0)], [(0.0, 2.0), (3.0, 4.0)]),
        ([(0.0, 9.0), (9.2, 15.0), (15.6, 24.0)], [(0.0, 15.0), (15.6, 24.0)]),
        ([(0.0, 50.0)], [(0.0, 16.667), (16.667, 33.333), (33.333, 50.0)]),
    ],
    ids=["none", "pauses", "longest pause", "no pause"],
)
def test_speech_is_cut_at_pauses(stretches: list[tuple[float, float]], expected: list[tuple[float, float]]) -> None:
    found = [(inside[0][0], inside[-1][1]) for inside in utterances(stretches)]
    assert found == expected
    assert all(end - start <= LONGEST_SEC for start, end in found)


class Listener:
    """Hears as many words as seconds; implements Recognizer and Hearing."""

    name = "listener"

    def __init__(self) -> None:
        self.hints: list[RecognitionHints] = []
        self.open_now = 0
        self._samples = 0

    async def prepare(self, hints: RecognitionHints) -> None:
        """Nothing to load."""

    def open(self, hints: RecognitionHints, on_partial: object) -> Listener:
        self.hints.append(hints)
        self.open_now += 1
        self._samples = 0
        return self

    def feed(self, pcm: Int16Array) -> None:
        self._samples += len(pcm)

    async def final(self) -> Hypothesis:
        seconds = self._samples / EAR_RATE_HZ
        if seconds < 1:
            return Hypothesis("")
        return Hypothesis("one two", (HeardWord("one", 0.0, 0.4), HeardWord("two", 0.4, seconds)))

    async def aclose(self) -> None:
        self.open_now -= 1


async def test_words_have_the_recordings_times_and_no_utterance_hears_another() -> None:
    listener = Listener()
    pcm = np.zeros(10 * EAR_RATE_HZ, np.int16)
    heard = await transcribe(pcm, [(1.0, 2.0), (2.3, 4.0), (6.0, 6.1)], listener, RecognitionHints("en"))
    [utterance] = heard
    assert (utterance.start, utterance.end, utterance.voiced_sec) == (1.0, 4.0, 2.7)
    assert [(word.start, word.end) for word in utterance.words] == [(1.0, 1.2), (1.2, 4.0)]
    assert (utterance.engine, listener.open_now) == ("listener", 0)
    assert len({id(hints) for hints in listener.hints}) == 2
