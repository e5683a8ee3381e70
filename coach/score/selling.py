"""Structure, rhythm and calls to order of a rehearsal: stages, metrics, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import Language
from coach.room.reading import heard_as, prices_in
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score.bands import Bands
from coach.score.cadence import (
    PROMPT_SEC,
    WELCOME_SEC,
    Overused,
    call_rate,
    links_said,
    longest_gap,
    overused,
    quick_pass,
)
from coach.score.scorecard import CoveragePoint, Finding, HandledLine, Metric, StageShown, Text
from coach.score.structure import Structure, read_structure
from coach.score.structure_findings import (
    overused_finding,
    plan_findings,
    prompt_gap,
    quick_pass_finding,
    rate_findings,
    structure_findings,
    welcome_gap,
)
from coach.score.structure_metrics import (
    BRIEF,
    DRILL,
    calls_metric,
    complete_metric,
    gap_metric,
    links_metric,
    no_words,
    overused_metric,
    prompts_metric,
    quick_pass_metric,
    rate_metric,
    stages_metric,
)
from coach.score.structure_words import ITEMS, NAMES
from coach.score.timeline import Timeline
from coach.score.wording import both

_BRIEF_SEC = 60.0
_BRIEF_TURNS = 8
"""Under this there is no structure to see: seconds, or utterances where there are no times."""


@dataclass(frozen=True, slots=True)
class Selling:
    """What was found."""

    stages: list[StageShown]
    metrics: list[Metric]
    findings: list[Finding]
    call_turns: list[int]
    """Records of utterances that ask to order."""


def measure_selling(
    timeline: Timeline,
    scenario: Scenario,
    language: Language,
    bands: Bands,
    coverage: Sequence[CoveragePoint],
    handled: Sequence[HandledLine],
) -> Selling:
    """Return structure and rhythm, or why they are not measured. The same records give the same result."""
    silent = no_words(bool(timeline.spoken), bool(timeline.worded))
    structure = read_structure(timeline, scenario, language, coverage, handled)
    reason = silent or _too_little(timeline, scenario)
    minutes = timeline.duration_sec / 60 if timeline.is_timed and timeline.duration_sec > 0 else None
    worn = None if reason else overused(structure, sheet_of(scenario), language, minutes)
    return Selling(
        stages=[] if silent else _shown(structure, timeline, bands),
        metrics=_metrics(structure, timeline, reason, minutes, worn, silent),
        findings=[] if reason else _findings(structure, timeline, bands, worn),
        call_turns=[turn.spoken.seq for turn in structure.turns if turn.calls],
    )


def call_turns(timeline: Timeline, scenario: Scenario) -> list[int]:
    """Return the records of utterances that ask viewers to order or to open link or cart."""
    sheet = sheet_of(scenario)
    return [item.seq for item in timeline.worded if heard_as(item.text, sheet).did("calls_to_action")]


def price_turns(timeline: Timeline, scenario: Scenario, handled: Sequence[HandledLine] = ()) -> list[int]:
    """Return the records of utterances that name a price of this product, or agree to one.

    Args:
        timeline: What was said.
        scenario: Gives the prices.
        handled: Lines with their answers; an answer that gives way below the floor names a price however it is worded.
    """
    sheet, price = sheet_of(scenario), scenario.product.price
    given = {item.seq for line in handled if line.below_floor for item in line.evidence if item.speaker == "streamer"}
    return [
        item.seq
        for item in timeline.worded
        if (item.seq in given and heard_as(item.text, sheet).numbers)
        or any(
            said.use != "refused" and (said.value == price.live or said.value not in sheet.measures)
            for said in prices_in(item.text, sheet)
        )
    ]


def _too_little(timeline: Timeline, scenario: Scenario) -> Text | None:
    if scenario.kind == "drill":
        return DRILL
    brief = timeline.duration_sec < _BRIEF_SEC if timeline.is_timed else len(timeline.worded) < _BRIEF_TURNS
    return BRIEF if brief else None


def _shown(structure: Structure, timeline: Timeline, bands: Bands) -> list[StageShown]:
    planned = {bands.kind(name): start for start, name in timeline.stages}
    kinds = {"welcome": "hook", "hook": "hook", "value": "explain", "price": "price", "close": "close", "qa": "qa"}
    return [
        StageShown(
            id=stage.name,
            name=NAMES[stage.name],
            start=stage.turns[0].spoken.start if timeline.is_timed else None,
            planned_start=planned.get(kinds.get(stage.name, "")),
            utterances=len(stage.turns),
            missing=[ITEMS[item] for item in stage.missing],
            evidence=[stage.turns[0].spoken.evidence()],
        )
        for stage in structure.stages
    ]


def _metrics(
    structure: Structure,
    timeline: Timeline,
    reason: Text | None,
    minutes: float | None,
    worn: Overused | None,
    silent: Text | None,
) -> list[Metric]:
    timed = timeline.is_timed
    close, explain = call_rate(structure, "close"), call_rate(structure, "explain")
    prompts = longest_gap(structure, "prompt", timeline)
    welcomes = longest_gap(structure, "welcome", timeline)
    return [
        stages_metric(structure, reason),
        complete_metric(structure, reason),
        calls_metric(structure, silent),
        rate_metric("close", close, reason, timed=timed),
        rate_metric("explain", explain, reason, timed=timed),
        links_metric(links_said(structure), bool(structure.stage("close")), reason),
        prompts_metric(structure, minutes, reason),
        gap_metric("prompt_gap", both("互动间隔", "Gap between prompts"), prompts, PROMPT_SEC, reason, timed=timed),
        gap_metric("welcome_gap", both("欢迎间隔", "Gap between welcomes"), welcomes, WELCOME_SEC, reason, timed=timed),
        overused_metric(worn, reason),
        quick_pass_metric(quick_pass(structure, timeline), reason),
    ]


def _findings(structure: Structure, timeline: Timeline, bands: Bands, worn: Overused | None) -> list[Finding]:
    found = structure_findings(structure)
    passed = quick_pass(structure, timeline)
    if passed and passed.is_too_quick:
        found.append(quick_pass_finding(passed))
    if worn:
        found.append(overused_finding(worn))
    if not timeline.is_timed:
        return found
    gaps = (
        prompt_gap(longest_gap(structure, "prompt", timeline)),
        welcome_gap(longest_gap(structure, "welcome", timeline)),
    )
    close, explain = call_rate(structure, "close"), call_rate(structure, "explain")
    return [
        *found,
        *plan_findings(structure, timeline, bands),
        *(finding for finding in gaps if finding),
        *rate_findings(close, explain, links_said(structure), structure),
    ]
