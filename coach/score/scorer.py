"""Records in, scorecard out. Pure: a live rehearsal, an old log and an imported transcript take the same path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from coach.events import ModelUsed, Record
from coach.language import Language, language_for
from coach.scenario.model import Scenario
from coach.score.bands import Bands
from coach.score.compliance import measure_compliance
from coach.score.composure import Composure, measure_composure
from coach.score.composure_words import with_faults
from coach.score.coverage import Coverage, measure_coverage
from coach.score.drill_outcome import drill_outcome
from coach.score.engine_faults import as_heard, engine_notes, fair, less_sure
from coach.score.extras import extra_metrics, facts_said
from coach.score.faults import faults, no_examples
from coach.score.fingerprint import code_hash, pack_versions
from coach.score.focus import choose_focus, choose_strength
from coach.score.focus_states import with_states
from coach.score.genuine import measure_genuine
from coach.score.handling import measure_handling
from coach.score.history import NOTHING, History
from coach.score.judge import judged_by_rules
from coach.score.ledger import viewer_outcomes
from coach.score.overall import OFF, WEIGHTS, Results, overall
from coach.score.pacing import Pacing, measure_pacing
from coach.score.praise import praised
from coach.score.price_said import measure_price_said
from coach.score.proposals import Proposals
from coach.score.recurrence import measure_recurrence
from coach.score.scorecard import Finding, Mark, Metric, Scorecard, Text, Versions
from coach.score.selling import measure_selling
from coach.score.stretches import banded, stretches_of
from coach.score.timeline import Timeline, fold
from coach.score.too_short import if_long_enough
from coach.score.turns import turn_metrics
from coach.score.voice import VoiceFeatures
from coach.score.wording import NOTHING_SAID, both, clock

_STOPPED = both(
    "你及时叫停了，安全词就是这么用的。", "You stopped it when it was too much; that is what the safe word is for."
)
SCORER_VERSION = "2026.11.1"


class Part(Protocol):
    """One measure of a rehearsal, as far as every measure is alike."""

    @property
    def metrics(self) -> list[Metric]:
        """Numbers, or why there are none."""
        ...

    @property
    def findings(self) -> list[Finding]:
        """Observations, from which strength and focus are chosen."""
        ...


def score(
    scenario: Scenario,
    records: Sequence[Record],
    voice_features: VoiceFeatures | Callable[[], VoiceFeatures | None] | None = None,
    *,
    before: Scorecard | None = None,
    marks: Mapping[str, Mark] | None = None,
    history: History | None = None,
    proposals: Proposals | None = None,
) -> Scorecard:
    """Score one rehearsal.

    Args:
        scenario: The scenario as it was used.
        records: Its whole log, or one cut short by a crash, or an imported transcript.
        voice_features: Measures of the streamer's recording, or what gives them, called once the words are read;
            without them the log's own times are used.
        before: The streamer's rehearsal before this one, for the state of its focus points.
        marks: What the streamer marked findings of this rehearsal as; one marked wrong is never a focus point.
        history: What earlier rehearsals of the streamer tell: its own calm and pace, and how much its scores scatter.
        proposals: What a language model proposed was asserted too (`coach.score.proposals`); code verifies each.

    Returns:
        The scorecard; whatever could not be measured says so and why.
    """
    language = language_for(scenario.locale)
    timeline = fold(records)
    history = history or NOTHING
    bands = Bands(language.code, scenario.bands, history.pace)
    demos = [(window.from_sec, window.to_sec) for window in scenario.demo_windows]
    coverage = as_heard(measure_coverage(timeline, scenario, language, proposals), timeline)
    coverage = if_long_enough(coverage, timeline, scenario)
    voice = voice_features() if callable(voice_features) else voice_features
    pacing = measure_pacing(timeline, language, bands, voice, demos)
    handled = measure_handling(timeline, scenario, coverage.facts.errors)
    composure = measure_composure(timeline, scenario, coverage.seen, language, handled.lines, voice, history)
    selling = measure_selling(timeline, scenario, language, bands, coverage.points, handled.lines)
    genuine = measure_genuine(timeline, scenario, language)
    rhythm = (measure_recurrence(timeline, scenario, language, coverage.seen), measure_price_said(timeline, scenario))
    compliance = measure_compliance(timeline, scenario)
    parts: tuple[Part, ...] = (
        coverage,
        pacing,
        composure,
        handled,
        selling,
        *rhythm,
        genuine,
        compliance,
    )
    findings = fair([finding for part in parts for finding in part.findings], timeline)
    results = Results(
        coverage.score,
        pacing.score,
        composure.score,
        handled.lines,
        fact_errors=coverage.facts.errors,
        compliance=compliance.entries,
        not_genuine=genuine.blockers,
    )
    if not timeline.spoken:
        findings = [_nothing_said()]
    marks = dict(sorted((marks or {}).items()))
    wrong = {finding_id for finding_id, mark in marks.items() if mark == "wrong"}
    duration_sec = round(timeline.duration_sec, 1) if timeline.is_timed else None
    faulty = faults(
        timeline,
        scenario,
        findings,
        handled=handled.lines,
        compliance=compliance.entries,
        fact_errors=coverage.facts.errors,
    )
    unpraised = faulty | no_examples(timeline, scenario, handled.lines)
    findings = praised(findings, unpraised)
    card = Scorecard(
        rehearsal_id=timeline.started.rehearsal_id if timeline.started else "",
        scenario_id=scenario.id,
        scenario_title=scenario.title,
        scenario_kind=scenario.kind,
        locale=scenario.locale,
        duration_sec=duration_sec,
        end_reason=timeline.end_reason,
        summary=_summary(timeline, pacing, coverage, composure),
        notes=engine_notes(timeline),
        strength=choose_strength(findings, timeline, unpraised),
        focus=choose_focus(
            findings,
            scenario,
            compliance=results.compliance,
            fact_errors=results.fact_errors,
            wrong=wrong,
            end_sec=timeline.end if timeline.is_timed else None,
        ),
        scores=[pacing.score, coverage.score, composure.score],
        overall=overall(scenario, results),
        metrics=less_sure(
            [
                *(metric for part in parts for metric in part.metrics),
                *extra_metrics(timeline, scenario, language),
                *turn_metrics(timeline, language),
            ],
            timeline,
        ),
        findings=findings,
        coverage=coverage.points,
        handled=handled.lines,
        stages=selling.stages,
        fact_errors=coverage.facts.errors,
        facts_said=facts_said(timeline, scenario),
        compliance=compliance.entries,
        pressure=with_faults(composure.cards, faulty),
        composure=composure.detail,
        pace=banded(pacing.pace),
        pace_unit=f"{language.unit}/min",
        viewers=viewer_outcomes(timeline, scenario, language, handled.lines),
        timeline=stretches_of(timeline, pacing.pace.dead_air),
        marks=marks,
        versions=_versions(timeline, language, voice, coverage.proposed_by),
    )
    card = with_states(card, before)
    return card.model_copy(update={"judged": judged_by_rules(card), "drill": drill_outcome(card, scenario, timeline)})


def tokens_line(used: ModelUsed) -> str:
    """Return what the language model took, in one line: `812 + 64 tokens, 7 requests, 0.0012 CNY`."""
    about = "about " if used.estimated_requests else ""
    cost = f", {about}{used.cost:g} {used.currency}".rstrip() if used.cost is not None else ""
    return f"{about}{used.prompt_tokens} + {used.completion_tokens} tokens, {used.requests} requests{cost}"


def _nothing_said() -> Finding:
    return Finding(
        id="start.nothing_said",
        rule="start.nothing_said",
        panel="skill",
        tone="practise",
        title=both("先开口说第一句", "Say the first sentence"),
        detail=NOTHING_SAID,
        weight=0.5,
    )


def _summary(timeline: Timeline, pacing: Pacing, coverage: Coverage, composure: Composure) -> Text:
    """Return one or two plain sentences: what was done, then what could be measured."""
    if not timeline.spoken:
        return NOTHING_SAID
    hits = sum(point.state == "hit" for point in coverage.points)
    total = len(coverage.points)
    length_zh = f"练了 {clock(timeline.duration_sec)}，" if timeline.is_timed else ""
    length_en = f"You rehearsed for {clock(timeline.duration_sec)}. " if timeline.is_timed else ""
    scores = [item for item in (pacing.score, coverage.score, composure.score) if item.value is not None]
    parts_zh = "，".join(f"{item.name.zh} {item.value:.0f}" for item in scores)
    parts_en = ", ".join(f"{item.name.en} {item.value:.0f}" for item in scores)
    said_zh = f"{total} 个卖点讲清楚了 {hits} 个。"
    said_en = f"{hits} of {total} selling points came across."
    if timeline.is_wordless:
        said_zh = "听到了声音，但不知道说了什么：证据不足，没有打分。"
        said_en = "Your voice was heard, but the words are unknown: not enough evidence for a score."
    elif coverage.score.not_measured is not None:
        said_zh, said_en = coverage.score.not_measured.zh, coverage.score.not_measured.en
    stopped = timeline.end_reason == "safe_word"
    return both(
        f"{length_zh}{said_zh}" + (f"{parts_zh}。" if parts_zh else "") + (_STOPPED.zh if stopped else ""),
        f"{length_en}{said_en}" + (f" {parts_en}." if parts_en else "") + (f" {_STOPPED.en}" if stopped else ""),
    )


def _versions(timeline: Timeline, language: Language, features: VoiceFeatures | None, proposed_by: str) -> Versions:
    engines = dict(timeline.started.engines) if timeline.started else {}
    if timeline.model_used is not None:
        engines["chat_tokens"] = tokens_line(timeline.model_used)
    if features is not None and features.engine:
        engines["voice_features"] = features.engine
    if proposed_by:
        engines["coverage_proposals"] = proposed_by
    return Versions(
        scorer=SCORER_VERSION,
        code=code_hash(),
        packs=pack_versions(language.code),
        weights={**WEIGHTS, **OFF},
        engines=engines,
    )
