"""Which rehearsal a new scorecard looks back to."""

from __future__ import annotations

from typing import Any

import pytest

from coach.ports import RehearsalSummary
from coach.score.scorecard import Mark, NamedScore, Scorecard, Text, Versions
from coach.store.previous import previous_scorecard, recent_scorecards
from tests import started as beginnings
from tests.store import examples

T = Text(zh="话", en="word")
NOW = beginnings.started(
    rehearsal_id="now", scenario_id="shirt", locale="zh-CN", started_at="2026-11-25T10:00:00+00:00"
)


def card(rehearsal_id: str, kind: str, value: float | None) -> str:
    score = NamedScore(id="coverage", name=T, value=value, method=T)
    whole = Scorecard(
        rehearsal_id=rehearsal_id,
        scenario_id="shirt",
        scenario_title="衬衫",
        locale="zh-CN",
        summary=T,
        scores=[score],
        versions=Versions(scorer="1"),
    )
    return whole.model_copy(update={"scenario_kind": kind}).model_dump_json()


class Kept:
    """Rows newest first, and their scorecards."""

    def __init__(self, *rows: tuple[str, dict[str, Any]]) -> None:
        self.rows, self.cards = list[RehearsalSummary](), dict[str, str]()
        for name, more in rows:
            kind, value, text = more.pop("kind", "rehearsal"), more.pop("value", 50.0), more.pop("text", None)
            self.rows.append(examples.summary(name, state="scored", **more))
            self.cards[name] = text or card(name, kind, value)

    def list(self, *, limit: int = 100, state: str | None = None) -> list[RehearsalSummary]:
        """Return the rows."""
        return self.rows[:limit]

    def scorecard(self, rehearsal_id: str) -> str | None:
        """Return the JSON."""
        return self.cards[rehearsal_id]

    def marks(self, rehearsal_id: str) -> dict[str, Mark]:
        """Return what findings of `b` were marked as since."""
        return {"coverage.light": "wrong"} if rehearsal_id == "b" else {}


EARLY, LATE, AFTER = (f"2026-11-2{day}T10:00:00+00:00" for day in (3, 4, 6))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], None),
        ([("a", {"started_at": LATE})], "a"),
        ([("b", {"started_at": LATE}), ("a", {"started_at": EARLY})], "b"),
        ([("b", {"started_at": LATE, "scenario_id": "mug"}), ("a", {"started_at": EARLY})], "a"),
        ([("b", {"started_at": LATE, "scenario_id": "mug"})], "b"),
        ([("b", {"started_at": LATE, "locale": "en-US"})], None),
        ([("c", {"started_at": AFTER})], None),
        ([("now", {"started_at": LATE})], None),
        ([("b", {"started_at": LATE, "kind": "drill"}), ("a", {"started_at": EARLY})], "a"),
        ([("b", {"started_at": LATE, "value": None}), ("a", {"started_at": EARLY})], "a"),
        ([("b", {"started_at": LATE, "text": "{}"}), ("a", {"started_at": EARLY})], "a"),
    ],
)
def test_the_latest_earlier_one_of_the_same_kind_counts(rows: list[tuple[str, dict[str, Any]]], found: str) -> None:
    kept = Kept(*[(name, dict(more)) for name, more in rows])
    before = previous_scorecard(kept, NOW, "rehearsal")
    assert (before.rehearsal_id if before else None) == found


def test_it_gives_up_after_some() -> None:
    drills = [(f"d{number}", {"started_at": LATE, "kind": "drill"}) for number in range(12)]
    assert previous_scorecard(Kept(*drills, ("a", {"started_at": EARLY})), NOW, "rehearsal") is None


def test_what_is_known_of_a_streamer_comes_from_the_last_month() -> None:
    kept = Kept(
        ("c", {"started_at": AFTER}),
        ("b", {"started_at": LATE, "scenario_id": "mug"}),
        ("x", {"started_at": LATE, "locale": "en-US"}),
        ("d", {"started_at": LATE, "text": "{}"}),
        ("a", {"started_at": EARLY, "kind": "drill"}),
        ("old", {"started_at": "2026-10-25T10:00:00+00:00"}),
    )
    assert [card.rehearsal_id for card in recent_scorecards(kept, NOW)] == ["b", "a"]
    assert [card.rehearsal_id for card in recent_scorecards(kept, NOW, most=1)] == ["b"]


def test_it_comes_with_what_the_streamer_marked_since() -> None:
    before = previous_scorecard(Kept(("b", {"started_at": LATE})), NOW, "rehearsal")
    assert before is not None
    assert before.marks == {"coverage.light": "wrong"}
