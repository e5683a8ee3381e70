"""From frames to utterances, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from coach.clock import LoopClock
from coach.errors import EngineError
from coach.events import UtteranceHeard
from coach.language import language_for
from coach.live.endpoint import Turn, TurnChange
from coach.live.heard import HeardTurn
from coach.live.listen import Listener
from coach.live.tuning import EndpointTimes
from coach.ports import EarFrame, Hearing, Hypothesis, Int16Array, RecognitionHints, Recognizer, TurnModel, VadDecision
from coach.testing import LevelVad, Say, ScriptedEars, ScriptedRecognizer
from tests.virtual_time import virtual_time


@dataclass
class Sink:
    """Writes down what the listener says, as labels."""

    seen: list[str] = field(default_factory=list)
    turns: list[HeardTurn] = field(default_factory=list)
    foreseen: list[str] = field(default_factory=list)
    frames: int = 0

    def frame_heard(self, pcm: Int16Array, clean: Int16Array, start: float, vad: VadDecision) -> None:
        self.frames += 1

    def turn_changed(self, change: TurnChange) -> None:
        self.seen.append(str(change.turn))

    def words_heard(self, text: str, start: float) -> None:
        self.seen.append(f"partial:{text}")

    def turn_foreseen(self, utterance: UtteranceHeard) -> None:
        self.foreseen.append(utterance.text)

    def turn_heard(self, turn: HeardTurn) -> None:
        self.seen.append(f"heard:{turn.utterance.text}")
        self.turns.append(turn)

    def recognizer_failed(self, engine: str, error: str) -> None:
        self.seen.append("failed")

    def turn_model_failed(self, engine: str, error: str) -> None:
        self.seen.append("turn model failed")


class StallsOnce(ScriptedRecognizer):
    """Takes `for_sec` for the first final words."""

    def __init__(self, texts: list[str], *, for_sec: float = 3600.0) -> None:
        super().__init__(texts)
        self._for_sec = for_sec

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        hearing = super().open(hints, on_partial)
        return Stalling(hearing, self._for_sec) if self.opened == 1 else hearing


class FailsAtFirst(ScriptedRecognizer):
    """Fails so many times, whoever asks for final words."""

    def __init__(self, texts: list[str], *, times: int) -> None:
        super().__init__(texts)
        self._left = times

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        return Refusing(super().open(hints, on_partial), self._refuses)

    def _refuses(self) -> bool:
        self._left -= 1
        return self._left >= 0


@dataclass
class Refusing:
    """A hearing that fails as long as it is told to."""

    hearing: Hearing
    refuses: Callable[[], bool]

    def feed(self, pcm: Int16Array) -> None:
        self.hearing.feed(pcm)

    async def final(self) -> Hypothesis:
        if self.refuses():
            raise EngineError("x", "asks for fewer requests")
        return await self.hearing.final()

    async def aclose(self) -> None:
        await self.hearing.aclose()


@dataclass
class Stalling:
    """A hearing whose first final comes late."""

    hearing: Hearing
    for_sec: float

    def feed(self, pcm: Int16Array) -> None:
        self.hearing.feed(pcm)

    async def final(self) -> Hypothesis:
        await asyncio.sleep(self.for_sec)
        return await self.hearing.final()

    async def aclose(self) -> None:
        await self.hearing.aclose()


@dataclass
class LateEars:
    """Ears whose first frames come late, all at once."""

    ears: ScriptedEars
    clock: LoopClock
    late_sec: float

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        async with aclosing(self.ears.frames()) as frames:
            async for frame in frames:
                await self.clock.sleep_until(self.late_sec)
                yield frame


@dataclass
class StalledEars:
    """Ears that stop giving frames without ending."""

    ears: ScriptedEars

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        async with aclosing(self.ears.frames()) as frames:
            async for frame in frames:
                yield frame
        await asyncio.Event().wait()


async def listen(
    script: list[Say],
    total_sec: float,
    recognizer: Recognizer | None,
    *,
    paused: tuple[float, float] = (0.0, 0.0),
    late_sec: float = 0.0,
    turn_model: TurnModel | None = None,
    times: EndpointTimes | None = None,
    asked_at: float | None = None,
) -> Sink:
    clock, sink, numbers = LoopClock(), Sink(), iter(range(1, 100))
    listener = Listener(
        clock=clock,
        vad=LevelVad(),
        recognizer=recognizer,
        hints=RecognitionHints(language="en"),
        language=language_for("en-US"),
        times=times or EndpointTimes(),
        sink=sink,
        next_id=lambda: next(numbers),
        turn_model=turn_model,
        is_asked=lambda onset: asked_at is not None and onset >= asked_at,
    )
    ears = LateEars(ScriptedEars(clock, script, total_sec), clock, late_sec)
    await listener.run(ears, deaf=lambda: paused[0] <= clock.now() < paused[1], done=lambda: False)
    return sink


@virtual_time
async def test_an_utterance_has_words_times_and_voiced_seconds() -> None:
    recognizer = ScriptedRecognizer(["it is two hundred grams of cotton."])
    sink = await listen([Say(1.0, 2.6)], 5.0, recognizer)
    (turn,) = sink.turns
    assert turn.utterance.text == "it is two hundred grams of cotton."
    assert abs(turn.utterance.start - 1.0) < 0.03
    assert abs(turn.utterance.end - 2.6) < 0.03
    assert turn.utterance.voiced_sec is not None
    assert abs(turn.utterance.voiced_sec - 1.6) < 0.05
    assert [label for label in sink.seen if not label.startswith("partial")] == [
        "started",
        "paused",
        "ended",
        "heard:it is two hundred grams of cotton.",
    ]
    recognizer.assert_complete()


@pytest.mark.parametrize(("words", "sooner"), [("yes we do", True), ("so the thing is", False), ("yes but", False)])
@virtual_time
async def test_a_short_answer_is_over_sooner_where_somebody_asked_and_thinking_is_not(words: str, sooner: bool) -> None:
    waits = [
        (await listen([Say(1.0, 1.6)], 5.0, ScriptedRecognizer([words]), asked_at=asked_at)).turns[0].endpoint_ms
        for asked_at in (None, 2.0, 0.5)
    ]
    unasked, later, asked = waits
    assert later == pytest.approx(unasked), "who asks after the answer began is not answered by it"
    assert unasked - asked > 300 if sooner else asked >= unasked


@virtual_time
async def test_a_burst_after_a_slow_start_does_not_put_speech_later_than_it_was() -> None:
    sink = await listen([Say(1.0, 2.0)], 4.0, ScriptedRecognizer(["on time"]), late_sec=0.4)
    assert sink.turns[0].utterance.start == pytest.approx(1.0, abs=0.03)


@virtual_time
async def test_final_words_computed_in_a_pause_are_dropped_when_speech_resumes() -> None:
    sink = await listen([Say(1.0, 1.6), Say(1.9, 2.6)], 5.0, ScriptedRecognizer(["one utterance and the"]))
    assert [str(Turn.RESUMED) in sink.seen, len(sink.turns)] == [True, 1]
    assert sink.turns[0].utterance.end > 2.5
    assert sink.turns[0].dropped_finals == 1


@virtual_time
async def test_each_pause_says_what_was_understood_before_it_is_certain_that_the_utterance_is_over() -> None:
    sink = await listen([Say(1.0, 1.6), Say(1.9, 2.6)], 5.0, ScriptedRecognizer(["one utterance and the"]))
    assert sink.foreseen == ["one utterance and the"] * 2
    assert [turn.utterance.text for turn in sink.turns] == ["one utterance and the"]
    deaf = await listen([Say(1.0, 2.0)], 4.0, None)
    assert deaf.foreseen == [""]


@virtual_time
async def test_a_recogniser_that_stalls_costs_the_words_of_one_utterance_and_the_next_is_heard() -> None:
    recognizer = StallsOnce(["never comes", "second one works"])
    sink = await listen([Say(1.0, 1.8), Say(4.0, 4.8)], 12.0, recognizer)
    assert [turn.utterance.text for turn in sink.turns] == ["", "second one works"]
    assert sink.seen.count("failed") == 1


@virtual_time
async def test_a_recogniser_that_is_late_is_waited_for() -> None:
    sink = await listen([Say(1.0, 1.8)], 8.0, StallsOnce(["came late"], for_sec=3.0))
    assert [turn.utterance.text for turn in sink.turns] == ["came late"]
    assert sink.turns[0].recognize_ms > 1000


@virtual_time
async def test_the_silence_of_a_pause_reaches_the_recogniser_only_if_speech_resumes() -> None:
    one, two = ScriptedRecognizer(["hello and"]), ScriptedRecognizer(["hello and"])
    await listen([Say(1.0, 1.6)], 4.0, one)
    await listen([Say(1.0, 1.6), Say(2.0, 2.6)], 5.0, two)
    # 300 ms from before the decision at 1.06 s, then until 60 ms into the last pause.
    assert one.fed_sec == [pytest.approx(0.9, abs=0.03)]
    assert two.fed_sec == [pytest.approx(1.9, abs=0.03)]


@virtual_time
async def test_without_a_recogniser_speech_still_has_times() -> None:
    sink = await listen([Say(1.0, 2.0)], 4.0, None)
    (turn,) = sink.turns
    assert turn.utterance.text == ""
    assert turn.utterance.engine == ""
    assert turn.utterance.end - turn.utterance.start > 0.9


@virtual_time
async def test_what_fails_in_a_pause_that_ends_nothing_is_not_told() -> None:
    pauses = [Say(1.0, 1.6), Say(1.9, 2.6), Say(2.9, 3.6)]
    heals = await listen(pauses, 6.0, FailsAtFirst(["all of it"], times=2))
    assert "failed" not in heals.seen
    assert [turn.utterance.text for turn in heals.turns] == ["all of it"]
    stays = await listen(pauses, 6.0, FailsAtFirst(["all of it"], times=3))
    assert stays.seen.count("failed") == 1


@virtual_time
async def test_a_failing_recogniser_is_told_its_utterance_keeps_its_times_and_the_next_is_heard() -> None:
    recognizer = ScriptedRecognizer([EngineError("x", "broke"), "second one works"])
    sink = await listen([Say(1.0, 1.8), Say(4.0, 4.8)], 7.0, recognizer)
    assert sink.seen.count("failed") == 1
    assert [turn.utterance.text for turn in sink.turns] == ["", "second one works"]
    assert sink.turns[0].utterance.end == pytest.approx(1.8, abs=0.05)


@virtual_time
async def test_what_was_being_said_when_the_ears_end_is_finished() -> None:
    sink = await listen([Say(1.0, 3.0)], 2.0, ScriptedRecognizer(["cut by the end"]))
    assert [turn.utterance.text for turn in sink.turns] == ["cut by the end"]


@virtual_time
async def test_what_was_being_said_when_the_rehearsal_is_paused_is_finished() -> None:
    sink = await listen([Say(1.0, 3.0)], 6.0, ScriptedRecognizer(["said before the pause"]), paused=(2.0, 5.0))
    assert [turn.utterance.text for turn in sink.turns] == ["said before the pause"]
    assert sink.turns[0].utterance.end == pytest.approx(2.0, abs=0.05)


@virtual_time
async def test_ears_that_fall_silent_in_mid_word_end_the_utterance() -> None:
    clock, sink = LoopClock(), Sink()
    listener = Listener(
        clock=clock,
        vad=LevelVad(),
        recognizer=ScriptedRecognizer(["cut by a pulled plug"]),
        hints=RecognitionHints(language="en"),
        language=language_for("en-US"),
        times=EndpointTimes(),
        sink=sink,
        next_id=lambda: 1,
    )
    ears = StalledEars(ScriptedEars(clock, [Say(0.5, 2.0)], 1.5))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(10):
            await listener.run(ears, deaf=lambda: False, done=lambda: False)
    assert [turn.utterance.text for turn in sink.turns] == ["cut by a pulled plug"]
    assert sink.seen[-2:] == ["ended", "heard:cut by a pulled plug"]


@virtual_time
async def test_while_paused_nothing_is_heard_or_recorded() -> None:
    sink = await listen([Say(1.0, 2.0)], 4.0, ScriptedRecognizer([]), paused=(0.5, 3.5))
    assert sink.turns == []
    assert sink.frames == 50
