"""Values for the tests of the store."""

from __future__ import annotations

from coach.events import Event, LinePosted, Record, RehearsalEnded, RehearsalStarted, UtteranceHeard
from coach.ports import RehearsalSummary
from coach.score.scorecard import NamedScore, Scorecard, Text, Versions
from coach.store.files import SavedRehearsal
from tests import started as beginnings

STARTED_AT = "2026-11-22T10:00:00+00:00"
SCENARIO = "id: shirt\ntitle: 衬衫\n"


def summary(rehearsal_id: str = "r1", **changes: object) -> RehearsalSummary:
    """A running rehearsal's row."""
    values: dict[str, object] = {
        "id": rehearsal_id,
        "scenario_id": "shirt",
        "scenario_title": "衬衫",
        "locale": "zh-CN",
        "state": "running",
        "started_at": STARTED_AT,
    }
    return RehearsalSummary(**(values | changes))  # type: ignore[arg-type] # one place for all fields


def started(rehearsal_id: str = "r1") -> RehearsalStarted:
    """The first event."""
    return beginnings.started(
        rehearsal_id=rehearsal_id, scenario_id="shirt", locale="zh-CN", input="typed", started_at=STARTED_AT
    )


def log(rehearsal_id: str = "r1", *, ended: bool = False) -> list[Record]:
    """A log of three records, or four with its end."""
    events: list[Event] = [
        started(rehearsal_id),
        UtteranceHeard(utterance_id="u1", text="这件衬衫八十九块", start=1.0, end=2.5, source="typed"),
        LinePosted(line_id="l1", viewer_id="xiaomei", text="能便宜点吗", intent="push", pressure=True),
    ]
    if ended:
        events.append(RehearsalEnded(reason="streamer"))
    return [Record(seq=seq, at=float(seq), event=event) for seq, event in enumerate(events)]


def score(saved: SavedRehearsal) -> Scorecard:
    """A scorer that measures the length of the log."""
    assert saved.started is not None
    assert saved.ended is not None
    text = Text(zh="短", en="short")
    return Scorecard(
        rehearsal_id=saved.started.rehearsal_id,
        scenario_id=saved.started.scenario_id,
        scenario_title="衬衫",
        locale=saved.started.locale,
        duration_sec=saved.records[-1].at,
        end_reason=saved.ended.reason,
        summary=text,
        scores=[
            NamedScore(id="pacing", name=text, method=text),
            NamedScore(id="coverage", name=text, value=float(len(saved.records)), method=text),
            NamedScore(id="composure", name=text, method=text),
        ],
        versions=Versions(scorer="test"),
    )
