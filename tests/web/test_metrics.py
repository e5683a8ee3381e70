from __future__ import annotations

from coach.events import EngineFailed, RehearsalEnded, TurnTimed
from web.metrics import Metrics


def test_numbers_come_out_in_prometheus_text_format() -> None:
    metrics = Metrics()
    metrics.count("coach_rehearsals_started_total")
    metrics.observe(EngineFailed(port="chat_model", engine='a"b\\c\n', error="late", fallback="scripted line"))
    metrics.observe(RehearsalEnded(reason="time"))
    metrics.observe(TurnTimed(kind="answer", total_ms=250.5, line_id="l1"))
    metrics.observe(
        TurnTimed(
            kind="answer", total_ms=9000.0, line_id="l2", endpoint_ms=100, floor_ms=3, foreseen=True, dropped_finals=2
        )
    )
    metrics.lag(7.5)
    lines = metrics.render({"coach_connections": 2.0}).splitlines()
    assert "coach_connections 2.0" in lines
    assert "coach_rehearsals_started_total 1.0" in lines
    assert 'coach_engine_failures_total{engine="a\\"b\\\\c\\n",port="chat_model"} 1.0' in lines
    assert 'coach_rehearsals_ended_total{reason="time"} 1.0' in lines
    assert 'coach_turn_ms_bucket{kind="answer",le="220.0"} 0.0' in lines
    assert 'coach_turn_ms_bucket{kind="answer",le="300.0"} 1.0' in lines
    assert 'coach_turn_ms_bucket{kind="answer",le="3000.0"} 1.0' in lines
    assert 'coach_turn_ms_bucket{kind="answer",le="+Inf"} 2.0' in lines
    assert 'coach_turn_ms_count{kind="answer"} 2.0' in lines
    assert 'coach_turn_ms_sum{kind="answer"} 9250.5' in lines
    assert 'coach_answer_stage_ms_count{stage="endpoint"} 1.0' in lines
    assert 'coach_answer_stage_ms_bucket{le="5.0",stage="floor"} 1.0' in lines
    assert "coach_answers_foreseen_total 1.0" in lines
    assert 'coach_work_dropped_total{what="finals"} 2.0' in lines
    assert 'coach_loop_lag_ms_bucket{le="5.0"} 0.0' in lines
    assert 'coach_loop_lag_ms_bucket{le="10.0"} 1.0' in lines


def test_two_servers_in_one_process_count_for_themselves() -> None:
    first, second = Metrics(), Metrics()
    first.count("coach_rehearsals_started_total")
    assert "coach_rehearsals_started_total 0.0" in second.render({})


def test_every_family_is_described_once_before_its_samples() -> None:
    text = Metrics().render({})
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert text.endswith("\n")
