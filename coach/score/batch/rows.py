"""A scorecard as one flat row, and what the overview counts of it."""

from __future__ import annotations

from typing import Any, Literal

from coach.score.batch.rule_names import name_of
from coach.score.granted import granted_under_floor
from coach.score.scorecard import HandledLine, Scorecard, Text

Kind = Literal["text", "real", "int", "bool"]

COLUMNS: dict[str, Kind] = {
    "path": "text",
    "streamer": "text",
    "scenario_id": "text",
    "rehearsal_id": "text",
    "started_at": "text",
    "locale": "text",
    "duration_sec": "real",
    "overall": "real",
    "passed": "bool",
    "pacing": "real",
    "coverage": "real",
    "composure": "real",
    "hit": "int",
    "partial": "int",
    "miss": "int",
    "misstated": "int",
    "fact_errors": "int",
    "compliance_h": "int",
    "compliance_m": "int",
    "compliance_l": "int",
    "handled_well": "int",
    "handled_weak": "int",
    "handled_badly": "int",
    "unanswered": "int",
    "below_floor": "int",
    "speaking_rate": "real",
    "fillers_per_min": "real",
    "dead_air": "real",
    "pressure_events": "int",
    "focus_1": "text",
    "focus_2": "text",
    "problems": "int",
    "error": "text",
}
"""Columns of a row, in order. Empty means not measured."""
_METRICS = ("speaking_rate", "fillers_per_min", "dead_air")
_STATES = ("hit", "partial", "miss", "misstated")
_HANDLED = {"well": "handled_well", "weak": "handled_weak", "badly": "handled_badly", "unanswered": "unanswered"}
_MOST_NOTED = 20
"""Compliance findings of one file that the overview may choose from."""


def empty_row(path: str, streamer: str) -> dict[str, Any]:
    """Return a row with nothing measured."""
    return {**dict.fromkeys(COLUMNS), "path": path, "streamer": streamer, "problems": 0}


def row_of(card: Scorecard, path: str, streamer: str, started_at: str) -> dict[str, Any]:
    """Return a scorecard's values; None where not measured."""
    row = empty_row(path, streamer)
    row |= {name: getattr(card, name) for name in ("scenario_id", "rehearsal_id", "locale", "duration_sec")}
    row["started_at"] = started_at or None
    row |= {item.id: item.value for item in card.scores}
    if card.overall is not None:
        row |= {"overall": card.overall.value, "passed": card.overall.passed}
    row |= {state: sum(point.state == state for point in card.coverage) for state in _STATES}
    row |= {f"compliance_{mark.lower()}": sum(item.severity == mark for item in card.compliance) for mark in "HML"}
    row["fact_errors"] = sum(item.stands for item in card.fact_errors)
    row |= _handled(card.handled)
    values = {metric.id: metric.value for metric in card.metrics}
    row |= {name: values.get(name) for name in _METRICS}
    row["pressure_events"] = len(card.pressure)
    row |= {f"focus_{at}": focus.finding_id for at, focus in enumerate(card.focus[:2], start=1)}
    return row


def _handled(lines: list[HandledLine]) -> dict[str, int]:
    counts = {column: sum(line.handled == kind for line in lines) for kind, column in _HANDLED.items()}
    return {**counts, "below_floor": len(granted_under_floor(lines))}


def notes_of(card: Scorecard) -> dict[str, Any]:
    """Return what the overview counts beside the row: points with their states, compliance findings, focus points."""
    worst = sorted(card.compliance, key=lambda item: "HML".index(item.severity))[:_MOST_NOTED]
    return {
        "title": card.scenario_title,
        "points": [[point.point_id, point.title, point.priority, point.state] for point in card.coverage],
        "compliance": [
            [item.severity, item.category, item.term, item.evidence.quote, item.evidence.start, item.rewrite]
            for item in worst
        ],
        "focus": [[name.zh, name.en] for name in _to_practise(card)],
    }


def _to_practise(card: Scorecard) -> list[Text]:
    rules = {finding.id: finding.rule for finding in card.findings}
    return [name_of(rules.get(focus.finding_id, focus.finding_id), focus.title) for focus in card.focus]
