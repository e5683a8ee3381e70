"""A turn model in the loop: in time, late, failing, stuck; in virtual time."""

from __future__ import annotations

import pytest

from coach.errors import EngineError
from coach.live.tuning import EndpointTimes
from coach.testing import Say, ScriptedTurnModel
from tests.live.test_listen import Sink, listen
from tests.virtual_time import virtual_time


async def heard_with(model: ScriptedTurnModel | None, script: list[Say], total_sec: float = 8.0) -> Sink:
    return await listen(script, total_sec, None, turn_model=model)


@virtual_time
async def test_a_model_that_is_sure_brings_the_end_forward_and_one_that_is_not_puts_it_off() -> None:
    delays = []
    for model in (ScriptedTurnModel([6.0]), None, ScriptedTurnModel([-6.0])):
        sink = await heard_with(model, [Say(1.0, 2.0)])
        delays.append(sink.turns[0].endpoint_ms)
    assert delays[0] == pytest.approx(180, abs=21)
    assert delays[0] < delays[1] < delays[2]


@virtual_time
async def test_it_is_asked_once_a_pause_about_the_utterance_alone() -> None:
    model = ScriptedTurnModel([-1.0])
    sink = await heard_with(model, [Say(1.0, 2.0), Say(2.4, 3.0), Say(7.0, 7.5)], 10.0)
    assert len(sink.turns) == 2
    # From 300 ms before the decision at 1.06 s to 100 ms into the pause; the second pause; another utterance, whose
    # voice tells less: its end cannot come before 700 ms whatever the model says, so that it is asked later.
    assert model.heard_sec == pytest.approx([1.34, 2.34, 1.48], abs=0.03)


@virtual_time
async def test_only_the_last_eight_seconds_are_kept() -> None:
    model = ScriptedTurnModel([6.0])
    await heard_with(model, [Say(1.0, 12.0)], 14.0)
    assert model.heard_sec == [8.0]


@virtual_time
async def test_an_opinion_on_a_pause_that_was_none_is_dropped() -> None:
    model = ScriptedTurnModel([6.0, -6.0], delay_sec=0.2)
    sink = await heard_with(model, [Say(1.0, 2.0), Say(2.2, 3.0)])
    (turn,) = sink.turns
    assert turn.utterance.end > 2.9
    assert turn.endpoint_ms > 1000
    assert model.given == 1


@virtual_time
async def test_an_opinion_that_comes_late_still_ends_the_utterance() -> None:
    sink = await heard_with(ScriptedTurnModel([6.0], delay_sec=0.5), [Say(1.0, 2.0)])
    assert sink.turns[0].endpoint_ms == pytest.approx(600, abs=30)


@virtual_time
async def test_a_failing_model_is_told_once_and_not_asked_again() -> None:
    model = ScriptedTurnModel([EngineError("turn", "broke")])
    sink = await heard_with(model, [Say(1.0, 2.0), Say(5.0, 6.0)], 10.0)
    bare = await heard_with(None, [Say(1.0, 2.0), Say(5.0, 6.0)], 10.0)
    assert sink.seen.count("turn model failed") == 1
    assert len(model.heard_sec) == 1
    assert [turn.endpoint_ms for turn in sink.turns] == pytest.approx([turn.endpoint_ms for turn in bare.turns])


@virtual_time
async def test_a_stuck_model_delays_nothing_and_is_given_up() -> None:
    model = ScriptedTurnModel([6.0], delay_sec=3600.0)
    sink = await heard_with(model, [Say(1.0, 2.0)], 8.0)
    bare = await heard_with(None, [Say(1.0, 2.0)], 8.0)
    assert sink.turns[0].endpoint_ms == bare.turns[0].endpoint_ms
    assert "turn model failed" not in sink.seen  # the utterance was over before it was late


@virtual_time
async def test_a_question_open_when_the_ears_end_holds_nothing_up() -> None:
    sink = await heard_with(ScriptedTurnModel([0.0], delay_sec=3600.0), [Say(1.0, 2.0)], 2.15)
    assert len(sink.turns) == 1


@virtual_time
async def test_a_model_stuck_in_a_long_pause_is_told() -> None:
    model, slow = ScriptedTurnModel([0.0], delay_sec=3600.0), EndpointTimes(longest_ms=4000, pause_median_ms=900)
    sink = await listen([Say(1.0, 2.0)], 8.0, None, turn_model=model, times=slow)
    assert sink.turns[0].endpoint_ms > 2100  # two seconds after it was asked
    assert sink.seen.count("turn model failed") == 1
