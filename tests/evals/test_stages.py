"""Where the time of an answer went, and how far one got that never came."""

from __future__ import annotations

from typing import Any

import pytest

from evals.stages import STAGES, answers, is_whole, stages_of, summary_of, why_missed


def record(at: float, type_: str, **fields: Any) -> dict[str, Any]:
    return {"seq": 0, "at": at, "event": {"type": type_, **fields}}


TIMED = {
    "kind": "answer",
    "line_id": "l1",
    "total_ms": 185.0,
    "endpoint_ms": 160.0,
    "recognize_ms": 1.0,
    "floor_ms": 0.0,
    "write_ms": None,
    "synthesize_ms": 2.0,
    "playout_ms": 18.0,
}
LOG = [
    record(2.0, "speech_started", start=1.9),
    record(3.17, "utterance_heard", utterance_id="u1", end=3.0),
    record(3.2, "line_voicing", line_id="l1", start=3.185, reply_to="u1"),
    record(3.2, "turn_timed", **TIMED),
    record(3.3, "turn_timed", **{**TIMED, "kind": "duck", "total_ms": 50.0}),
]


def test_the_parts_of_an_answer_add_up_to_the_whole() -> None:
    parts = stages_of(LOG, "l1", zero=100.0, said_last=102.96, heard=103.213)
    assert parts is not None
    assert list(parts) == list(STAGES)
    assert parts["voice_end_ms"] == pytest.approx(40.0)
    assert parts["listen_ms"] == pytest.approx(4.0)
    assert parts["transport_ms"] == pytest.approx(28.0)
    assert sum(parts.values()) == pytest.approx(253.0, abs=0.5)


def test_a_line_that_was_not_timed_has_no_parts() -> None:
    assert stages_of(LOG, "l2", zero=100.0, said_last=102.96, heard=103.213) is None


def test_means_of_the_parts_add_up_to_the_mean_of_the_whole() -> None:
    one = stages_of(LOG, "l1", zero=100.0, said_last=102.96, heard=103.213)
    other = stages_of(LOG, "l1", zero=100.0, said_last=102.90, heard=103.233)
    assert one is not None
    assert other is not None
    assert is_whole(one)
    assert not is_whole({"clip": "a"})
    summary = summary_of([one, other])
    assert sum(part["mean"] for part in summary.values()) == pytest.approx((253 + 333) / 2, abs=0.5)
    assert summary["voice_end_ms"]["p95"] == pytest.approx(100.0)
    assert summary_of([]) == {}


@pytest.mark.parametrize(
    ("since", "reply_to", "is_answer"), [(2.0, "u1", True), (3.0, "u1", False), (2.0, None, False)]
)
def test_a_late_answer_to_an_earlier_turn_is_none(since: float, reply_to: str | None, is_answer: bool) -> None:
    assert answers(LOG, {"line_id": "l1", "reply_to": reply_to}, since) is is_answer


@pytest.mark.parametrize(
    ("log", "why"),
    [
        (LOG[:3], "a line began but was not heard"),
        (LOG[:2], "words heard, but no line began"),
        ([*LOG[:2], record(3.5, "engine_failed", error="It broke.")], "an engine failed: It broke."),
        ([LOG[0], record(3.0, "speech_paused", start=2.9)], "speech heard, and paused, but no words"),
        (LOG[:1], "speech heard, but no words"),
        ([record(1.0, "speech_started", start=0.9)], "no speech heard"),
    ],
)
def test_a_missed_turn_says_how_far_it_got(log: list[dict[str, Any]], why: str) -> None:
    assert why_missed(log, since=1.5) == why
