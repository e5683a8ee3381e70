"""What of one scorecard a history needs: small enough to keep in the index, made again from the folder at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.events import RehearsalStarted
from coach.score.focus_readings import LINES, METRICS, WAITS, fact_of, has_words, read
from coach.score.scorecard import Finding, FocusPoint, NamedScore, Scorecard, Text
from coach.score.wording import both

VERSION = 3
"""Of `Result`. An index that holds another version is filled again from the folders."""

Kind = Literal["rehearsal", "drill", "moment"]
"""`moment`: one moment of an earlier rehearsal, played again."""
SCORES = ("pacing", "coverage", "composure")
_RULES = (
    *LINES,
    *METRICS,
    *WAITS,
    "handling.below_floor",
    "pacing.dead_air",
    "pacing.too_fast",
    "pacing.too_slow",
    "composure.language",
)
"""Rules that are read in every rehearsal; points and facts of the sheet are too, each of them, for its product;
compliance is read a category, the rest where remarked."""
_ANYTHING = both("", "")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Score(_Value):
    """One named score."""

    value: float | None = None
    low: float | None = None
    """With `high`: where the scorecard puts it."""
    high: float | None = None
    reason: Text | None = None
    """Why there is no value."""


class Point(_Value):
    """One focus point."""

    finding_id: str
    rule: str
    key: str
    """What the point is about, the same in every rehearsal: its readings are kept under it."""
    title: Text
    quote: str = ""
    why: Text
    better_line: str = ""
    drill_id: str = ""


class Read(_Value):
    """How much of one trouble a rehearsal showed (`coach.score.focus_readings`)."""

    amount: float | None = None
    """0: none of it; null where it had no chance to show."""
    text: Text
    zone: float = 0.0
    """Changes up to this are no change."""


class Result(_Value):
    """One scored rehearsal."""

    rehearsal_id: str
    scenario_id: str
    scenario_title: str
    locale: str
    started_at: datetime
    kind: Kind = "rehearsal"
    skill: str = ""
    """What a drill trains."""
    exposure: Literal["calm", "easy", "full"] = "full"
    difficulty: int | None = None
    duration_sec: float | None = None
    scores: dict[str, Score] = Field(default_factory=dict)
    overall: float | None = None
    focus: list[Point] = Field(default_factory=list)
    readings: dict[str, Read] = Field(default_factory=dict)
    """By `Point.key`. A key that is absent was not remarked."""
    remarked: list[str] = Field(default_factory=list)
    """Rules with something to practise."""
    has_words: bool = False
    """Whether the streamer said anything whose words are known."""
    scorer: str = ""
    """Scorer, code and packs as one hash: two results with the same one compare."""

    @property
    def is_measured(self) -> bool:
        """Whether there was enough for any score."""
        return any(score.value is not None for score in self.scores.values())


def result_of(card: Scorecard, started: RehearsalStarted | None, skill: str = "") -> Result:
    """Return what a history needs.

    Args:
        card: The scorecard.
        started: First event of its log; None where the log does not tell.
        skill: Of a drill's scenario.
    """
    return Result(
        rehearsal_id=card.rehearsal_id,
        scenario_id=card.scenario_id,
        scenario_title=card.scenario_title,
        locale=card.locale,
        started_at=_aware(started.started_at) if started else datetime.fromtimestamp(0, UTC),
        kind="moment" if started is not None and started.replay_of else card.scenario_kind,
        skill=skill,
        exposure=started.exposure if started else "full",
        difficulty=started.difficulty if started else None,
        duration_sec=card.duration_sec,
        scores={score.id: score_of(score) for score in card.scores},
        overall=card.overall.value if card.overall else None,
        focus=[_point(point, card) for point in card.focus],
        readings=dict(_readings(card)),
        remarked=sorted({finding.rule for finding in card.findings if finding.tone == "practise"}),
        has_words=has_words(card),
        scorer=scorer_of(card),
    )


def key_of(finding: Finding, card: Scorecard) -> str:
    """Return what a finding is about, in a word that another rehearsal's finding of the same trouble has too."""
    family = finding.rule.partition(".")[0]
    if family == "coverage":
        return f"{card.scenario_id}/{finding.id}"
    if family == "facts":
        return f"{card.scenario_id}/facts.{fact_of(finding, card)}"
    if family == "compliance":
        kinds = [item.category for item in card.compliance if item.id == finding.id or item.rule == finding.rule]
        return f"compliance/{kinds[0]}" if kinds else finding.rule
    return finding.rule


def is_read_always(key: str) -> bool:
    """Return whether a key is read wherever it had a chance to show; others only where they were remarked."""
    return key in _RULES or "/coverage." in key or "/facts." in key


def _own_words(point: FocusPoint) -> str:
    """Return what the streamer said; a viewer's line or what a model proposed is no quote of anybody's course."""
    said = point.evidence
    return said.quote if said is not None and said.speaker == "streamer" and not said.proposed else ""


def _point(point: FocusPoint, card: Scorecard) -> Point:
    finding = next((item for item in card.findings if item.id == point.finding_id), None)
    return Point(
        finding_id=point.finding_id,
        rule=finding.rule if finding else point.finding_id,
        key=key_of(finding, card) if finding else point.finding_id,
        title=point.title,
        quote=_own_words(point),
        why=point.why,
        better_line=point.better_line,
        drill_id=point.drill_id,
    )


def _readings(card: Scorecard) -> Iterator[tuple[str, Read]]:
    """Read every trouble that is read in all rehearsals, and those that this one remarked."""
    asked = {rule: _asking(rule, rule) for rule in _RULES}
    asked = {key_of(finding, card): finding for finding in asked.values()}
    for point in card.coverage:
        finding = _asking(f"coverage.{point.point_id}", "coverage.missed")
        asked[key_of(finding, card)] = finding
    for fact in ("price", *card.facts_said, *(point.point_id for point in card.coverage)):
        finding = _asking(f"facts.{fact}", "facts.misstated")
        asked[key_of(finding, card)] = finding
    asked |= {key_of(finding, card): finding for finding in card.findings if finding.tone == "practise"}
    for key, finding in asked.items():
        found = read(card, finding, card)
        if found.amount is not None:
            yield key, Read(amount=found.amount, text=found.text, zone=found.zone)


def _asking(finding_id: str, rule: str) -> Finding:
    """Return a finding that only asks for its reading."""
    return Finding(
        id=finding_id, rule=rule, panel="skill", tone="practise", title=_ANYTHING, detail=_ANYTHING, weight=0.0
    )


def score_of(score: NamedScore | None) -> Score:
    """Return value, interval and reason of a named score; nothing of one that a scorecard lacks."""
    if score is None:
        return Score()
    interval = score.interval
    return Score(
        value=score.value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        reason=None if score.value is not None else score.not_measured or score.words,
    )


def scorer_of(card: Scorecard) -> str:
    """Return scorer, code and packs of a scorecard as one hash."""
    packs = ",".join(f"{name}={version}" for name, version in sorted(card.versions.packs.items()))
    return hashlib.sha256(f"{card.versions.scorer} {card.versions.code} {packs}".encode()).hexdigest()[:12]


def is_scored_alike(one: Scorecard, other: Scorecard) -> bool:
    """Return whether two scorecards are of one scorer; packs of another language than theirs tell nothing."""
    if one.locale[:2] == other.locale[:2]:
        return scorer_of(one) == scorer_of(other)
    was, now = one.versions, other.versions
    shared = was.packs.keys() & now.packs.keys()
    return (was.scorer, was.code) == (now.scorer, now.code) and all(was.packs[at] == now.packs[at] for at in shared)


def _aware(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
