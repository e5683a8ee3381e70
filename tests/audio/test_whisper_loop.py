"""Whisper in the live loop: the true listener and voice detector, in virtual time, on the micro model."""

from __future__ import annotations

import itertools
import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import numpy as np
import pytest

from audio.asr.agreement import key
from audio.asr.whisper import WhisperRecognizer
from audio.pcm import frames_of
from audio.vad.cascade import CascadeVad
from coach.clock import LoopClock
from coach.events import UtteranceHeard
from coach.language import language_for
from coach.live.endpoint import TurnChange
from coach.live.heard import HeardTurn
from coach.live.listen import Listener
from coach.live.tuning import EndpointTimes
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, EarFrame, Int16Array, RecognitionHints, VadDecision
from tests.audio.phrases import BUDGET, JIAGE, PRICE, YUSUAN, micro_whisper, said
from tests.virtual_time import virtual_time

pytestmark = pytest.mark.slow


@dataclass
class Notes:
    """What the listener tells."""

    partials: list[str] = field(default_factory=list)
    foreseen: list[str] = field(default_factory=list)
    turns: list[HeardTurn] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def frame_heard(self, pcm: Int16Array, clean: Int16Array, start: float, vad: VadDecision) -> None: ...

    def turn_changed(self, change: TurnChange) -> None: ...

    def words_heard(self, text: str, start: float) -> None:
        self.partials.append(text)

    def turn_foreseen(self, utterance: UtteranceHeard) -> None:
        self.foreseen.append(utterance.text)

    def turn_heard(self, turn: HeardTurn) -> None:
        self.turns.append(turn)

    def turn_model_failed(self, engine: str, error: str) -> None:
        raise AssertionError(error)

    def recognizer_failed(self, engine: str, error: str) -> None:
        self.failures.append(error)


@dataclass
class Talking:
    """Ears that hear a sound in real time."""

    clock: LoopClock
    pcm: Int16Array

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        for number, frame in enumerate(frames_of(self.pcm, EAR_FRAME)):
            await self.clock.sleep_until((number + 1) * FRAME_SEC)
            yield EarFrame(frame, number * EAR_FRAME)


def pause(seconds: float) -> Int16Array:
    """Quiet with the hiss that every microphone has."""
    return np.random.default_rng(5).normal(0, 3, round(seconds * EAR_RATE_HZ)).astype(np.int16)


@pytest.mark.parametrize(("language", "first", "second"), [("en", BUDGET, PRICE), ("zh", YUSUAN, JIAGE)])
def test_two_sentences_with_a_pause_become_two_utterances(
    monkeypatch: pytest.MonkeyPatch, language: str, first: str, second: str
) -> None:
    monkeypatch.setattr("audio.asr.local.PARTIAL_SHARE", math.inf)
    folder = micro_whisper()
    pcm = np.concatenate([pause(0.5), said(first, language), pause(2.0), said(second, language), pause(2.0)])

    @virtual_time
    async def hear() -> None:
        recognizer = WhisperRecognizer(folder)
        hints = RecognitionHints(language)
        await recognizer.prepare(hints)
        notes, clock, numbers = Notes(), LoopClock(), itertools.count(1)
        listener = Listener(
            clock=clock,
            vad=CascadeVad(),
            recognizer=recognizer,
            hints=hints,
            language=language_for(language),
            times=EndpointTimes(),
            sink=notes,
            next_id=lambda: next(numbers),
        )
        try:
            await listener.run(Talking(clock, pcm), deaf=lambda: False, done=lambda: False)
        finally:
            await recognizer.aclose()
        assert notes.failures == []
        assert [key(turn.utterance.text) for turn in notes.turns] == [key(first), key(second)]
        assert notes.partials
        for turn in notes.turns:
            heard = turn.utterance
            assert key(heard.text) in [key(text) for text in notes.foreseen]
            assert turn.recognize_ms == 0  # the words were there before the utterance was over
            assert heard.start - 0.35 <= heard.words[0].start < heard.words[-1].end <= heard.end + 0.2
            assert "".join(key(word.text) for word in heard.words) == key(heard.text)

    hear()
