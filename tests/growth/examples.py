"""Results of made-up rehearsals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coach.growth.result import Kind, Point, Read, Result, Score
from coach.score.scorecard import Text
from coach.score.wording import both

FIRST = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def same(text: str) -> Text:
    """Return one text for both languages."""
    return both(text, text)


def point(key: str = "pacing.dead_air", *, drill: str = "fill_the_gap", quote: str = "and then") -> Point:
    """A focus point whose rule, id and key are one word."""
    return Point(
        finding_id=key, rule=key, key=key, title=same(f"about {key}"), quote=quote, why=same("why"), drill_id=drill
    )


def amount(value: float, zone: float = 0.0) -> Read:
    """A reading."""
    return Read(amount=value, text=same(f"{value:g}"), zone=zone)


def rehearsed(
    day: float,
    *focus: Point,
    kind: Kind = "rehearsal",
    readings: dict[str, Read] | None = None,
    remarked: tuple[str, ...] = (),
    scores: dict[str, float | None] | None = None,
    **changes: object,
) -> Result:
    """A result `day` days after the first."""
    values: dict[str, object] = {
        "rehearsal_id": f"r{day:g}",
        "scenario_id": "kettle",
        "scenario_title": "Kettle",
        "locale": "en-US",
        "difficulty": 2,
        "has_words": True,
        "started_at": FIRST + timedelta(days=day),
        "kind": kind,
        "focus": list(focus),
        "readings": readings or {},
        "remarked": [*remarked, *(one.rule for one in focus)],
        "scores": {
            name: Score(value=value)
            for name, value in (scores or {"pacing": 60.0, "coverage": 60.0, "composure": 60.0}).items()
        },
    }
    return Result.model_validate(values | changes)
