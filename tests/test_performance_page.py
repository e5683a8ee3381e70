"""The page on speed says what the baselines hold, shortly, and names what was not measured."""

from __future__ import annotations

from typing import Any

from scripts import performance, performance_tables

MACHINE = {"processor": "One", "cores": 2, "python": "3.11", "load_1min": 0.1}


def spread(p50: float | None) -> dict[str, float | int | None]:
    return {"n": 3, "p50": p50, "p95": None if p50 is None else p50 * 2}


def kept(summary: dict[str, Any]) -> dict[str, Any]:
    return {"summary": summary, "machine": MACHINE, "command": "bench x", "made_at": "2026-11-25T10:00:00+00:00"}


def latency(p50: float | None) -> dict[str, Any]:
    one = {"voice_to_voice_ms": spread(p50), "missed_replies": 1, "turns": 9}
    return kept({"engines": {"free": {"by_language": {"en": one}}}})


def test_what_was_never_measured_is_named_with_its_command() -> None:
    for name, section in (("turns", performance_tables.turns), ("asr", performance_tables.recognition)):
        assert f"Not measured yet: `run_coach.py bench {name}`" in section(None)


def test_a_burden_is_compared_with_the_same_engines_and_language() -> None:
    text = performance._beside(latency(200.0), latency(230.0), "While it rains")
    assert "While it rains, en, free: 230 against 200 (× 1.15), 1 of 9 turns without an answer." in text
    assert performance._beside(latency(200.0), None, "While it rains") == ""
    assert "against" not in performance._beside(latency(None), latency(230.0), "While it rains")


def test_kinds_of_noise_are_a_short_table() -> None:
    cough = {"n": 18, "false_stop_rate": 0.056, "held_rate": 0.5, "resume_p95_ms": 366.5, "lost_ms": 0.0}
    text = performance_tables.turns(kept({"duck_ms": spread(46.2), "barge": {"by_kind": {"cough": cough}}}))
    assert "| cough | 18 | 5.6 % | 50.0 % | 366 | 0 |" in text
    assert "46, p95 92 (n 3)" in text
    assert "One, 2 cores" in text


def test_recognition_has_a_row_for_each_engine_and_language() -> None:
    figures = {"en": {"wer": 0.3, "recordings": 5, "final_delay_ms": spread(90.0)}, "errors": 0}
    text = performance_tables.recognition(kept({"pocketsphinx": figures, "random_weights": {"tiny": {}}}))
    assert "| pocketsphinx | en | 5 | 30.0 % WER | 90, p95 180 (n 3) |" in text
    assert "random_weights" not in text
