"""The scorecard: all results of one rehearsal, every number with its evidence, method and version.

Texts a person reads come in both languages; quotes stay in the language they were said in.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.score.composure_shown import ComposureDetail, RecoveryBin
from coach.score.composure_shown import PressureFeature as PressureFeature
from coach.score.mentor import MentorReview


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Value):
    """One sentence in both languages."""

    zh: str
    en: str


class Evidence(_Value):
    """Where a finding can be heard or read."""

    quote: str
    """Exact words, cut from one utterance or line."""
    start: float | None = None
    """Rehearsal seconds = seconds into the recordings; null where the transcript has no times."""
    end: float | None = None
    speaker: Literal["streamer", "viewer", "room"] = "streamer"
    seq: int | None = None
    """Record it comes from."""
    proposed: bool = False
    """Whether a language model pointed it out as a selling point and code verified the words; else rules found it."""


Panel = Literal["knowledge", "skill", "persuasion", "composure", "compliance"]
Tone = Literal["strength", "neutral", "practise"]


class Finding(_Value):
    """One scored observation."""

    id: str
    """Unique in the scorecard, stable for the same log, e.g. `coverage.breathable`."""
    rule: str
    """Rule id, e.g. `pacing.dead_air`."""
    panel: Panel
    tone: Tone
    title: Text
    detail: Text
    evidence: list[Evidence] = Field(default_factory=list)
    weight: float = 0.0
    """How much it matters when focus points are chosen, 0 to 1."""


class Metric(_Value):
    """One number, or why there is none."""

    id: str
    name: Text
    panel: Panel
    value: float | None = None
    unit: str = ""
    """e.g. `字/min`, `words/min`, `s`, `/min`, `%`."""
    band: tuple[float, float] | None = None
    """No remark inside it, in the metric's unit."""
    verdict: Literal["in_band", "low", "high", "none"] = "none"
    not_measured: Text | None = None
    method: Text
    confidence: Literal["high", "medium", "low"] = "high"


class Interval(_Value):
    """Where a number lies, in its own unit."""

    low: float
    high: float
    level: float = 0.8
    """Share of resamples inside."""


class NamedScore(_Value):
    """Pacing, coverage or composure, 0 to 100."""

    id: Literal["pacing", "coverage", "composure"]
    name: Text
    value: float | None = None
    not_measured: Text | None = None
    method: Text
    interval: Interval | None = None
    minimal_change: float | None = None
    """Points that a later score must differ by before a change is claimed; null until there are enough rehearsals."""
    change: float | None = None
    """Points against the rehearsal before of the same scenario; null unless they are more than `minimal_change`."""
    experimental: bool = False
    words: Text | None = None
    """In words; alone where the interval is too wide for a number."""


class CoveragePoint(_Value):
    """One selling point and what became of it."""

    point_id: str
    title: str
    priority: str
    state: Literal["hit", "partial", "miss", "misstated"]
    missing_facts: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    doubtful: bool = False
    """Whether it is only likely to be misstated: somebody should check the quotes."""


class FactError(_Value):
    """Something said that contradicts the product sheet."""

    fact: str
    """Id of the selling point, name of the sheet's fact, or `price`."""
    said: str
    """Exact words."""
    truth: str
    """What the sheet says."""
    corrected: bool = False
    """Whether it was taken back later."""
    doubtful: bool = False
    """Whether it is only likely to be one: somebody should check it, and nothing is taken off for it."""
    evidence: Evidence

    @property
    def stands(self) -> bool:
        """Whether it counts: it was not taken back and is not in doubt."""
        return not self.corrected and not self.doubtful


Should = Literal["answer", "ignore", "refuse", "protect"]
Handled = Literal["well", "weak", "badly", "unanswered"]
Severity = Literal["H", "M", "L"]


class HandledLine(_Value):
    """One line of a viewer and what the streamer made of it."""

    seq: int
    at: float | None = None
    viewer_id: str
    viewer_type: str
    text: str
    should: Should
    handled: Handled
    noticed: bool
    """Whether any words took it up; for a line rightly ignored this is False."""
    latency_sec: float | None = None
    """Line to the first word of the answer."""
    in_time: bool | None = None
    """Whether the answer came within the pack's limit; null without times, or where none was needed."""
    below_floor: bool = False
    reasons: list[str] = Field(default_factory=list)
    """Ids of the rules that decided."""
    evidence: list[Evidence] = Field(default_factory=list)


class StageShown(_Value):
    """One stage of the sale as it was heard, in the order in which stages first came."""

    id: str
    """`welcome`, `hook`, `engage`, `pain`, `value`, `proof`, `price`, `close`, `qa`, `switch` or `wrapup`."""
    name: Text
    start: float | None = None
    """Its first words, rehearsal seconds; null without times."""
    planned_start: float | None = None
    """When the scenario's stage of this kind was to begin."""
    utterances: int
    missing: list[Text] = Field(default_factory=list)
    """What belongs in it and was not heard."""
    evidence: list[Evidence] = Field(default_factory=list)


class ComplianceFinding(_Value):
    """Words that a rule pack forbids or warns of, said as the streamer's own."""

    id: str
    rule: str
    category: str
    severity: Severity
    term: str
    """Exact words, the shortest that carry the problem."""
    evidence: Evidence
    """The clause around them."""
    why: Text
    rewrite: str
    """A way to say it that is allowed, in the scenario's language."""
    source: str = ""
    """Law or platform rule, with its date."""


class Overall(_Value):
    """One number beside the four panels, never instead of them; whether the scenario's pass rule is met."""

    value: float | None = None
    passed: bool | None = None
    blockers: list[Text] = Field(default_factory=list)
    """Why it did not pass, in the order of the scenario's rule."""
    not_measured: Text | None = None
    method: Text


class FocusState(_Value):
    """What became of a focus point of the rehearsal before."""

    finding_id: str
    title: Text
    state: Literal["solved", "better", "unchanged", "worse", "not_seen"]
    before: Text
    now: Text
    """Both with their numbers."""


class DrillOutcome(_Value):
    """Whether the one thing that a drill trains worked."""

    drill_id: str
    """The drill, or the skill that its author names."""
    state: Literal["worked", "not_yet", "no_evidence"]
    text: Text
    """One sentence with the figure that tells it."""
    evidence: Evidence | None = None
    """Words that show it."""


class JudgedItem(_Value):
    """One rubric item, by a language model or by rules."""

    id: str
    question: Text
    score: float | None = None
    """0 to 5; null where it had no chance to show."""
    samples: list[float | None] = Field(default_factory=list)
    ask_mentor: bool = False
    """Whether the samples lie too far apart to believe."""
    evidence: list[Evidence] = Field(default_factory=list)
    by: Literal["model", "rules"] = "rules"


class PressureCard(_Value):
    """One pressure event: what happened, what was said, how long to come back."""

    seq: int
    """Record of the pressure event."""
    at: float
    """Rehearsal seconds."""
    viewer_id: str | None = None
    what: str
    """The line, or what changed in the room."""
    answer_latency_sec: float | None = None
    """Event to the first word of the answer; null without an answer, and where the streamer was already talking."""
    already_talking: bool = False
    """Whether the streamer was speaking as it happened: talking through it or over it is no quick answer."""
    return_sec: float | None = None
    """Event to the next selling-point, price or stage words; null if it never came, or the words are unknown."""
    language_control: bool | None = True
    """Whether the answer kept clear of slips; null where there is no answer whose words are known."""
    slips: list[str] = Field(default_factory=list)
    """Hostile, pleading or blaming words, as said."""
    score: float | None = None
    said: Evidence | None = None
    kind: str = ""
    features: list[PressureFeature] = Field(default_factory=list)
    """Measures of behaviour only; those of the voice are private to the streamer and kept elsewhere."""
    gate: str = ""
    """Id of the rule that capped the score, if one did."""
    behaviour: Text | None = None
    """What was done, in numbers: rate, restarts, return."""
    next: Text | None = None
    """What to do at the next one of this sort."""
    curve: list[RecoveryBin] = Field(default_factory=list)
    """The minute after it, in steps of 10 s, until something else happened."""

    @property
    def is_wordless(self) -> bool:
        """Whether somebody answered in words that are unknown."""
        return self.said is None and (self.already_talking or self.answer_latency_sec is not None)


class PaceWindow(_Value):
    """Speech rate of 30 s of rehearsal."""

    start: float
    end: float
    speaking_rate: float | None = None
    """Units per minute of the stretch between first and last speech in the window, viewers' voices taken out, and
    what the recogniser did not understand."""
    articulation_rate: float | None = None
    """Units per minute of voiced time."""
    stage: str = ""
    """Kind of stage in its middle: `hook`, `explain`, `price`, `close`, `qa`, or `any`."""
    band: tuple[float, float] | None = None
    """No remark inside it, for the stage of this window."""
    amber: tuple[float, float] | None = None
    """A note inside it, a focus candidate outside."""
    fillers: int | None = None
    """Fillers begun inside it."""


class ViewerOutcome(_Value):
    """What became of one viewer. Practice numbers."""

    viewer_id: str
    name: str
    type: str
    outcome: str
    """`bought`, `lost_patience`, `offended`, `satisfied`, `stayed`; `unknown` in a transcript."""
    lines: int
    answered: int | None
    """Lines taken up in words; null where the streamer's words are unknown."""
    waiting: int | None = None
    """Lines that wait for an answer, or got one: no greeting, no thanks, nothing best left alone; null where nothing
    was said in words, and in scorecards made before this was kept, which count all lines."""


class FocusPoint(_Value):
    """One thing to work on next."""

    finding_id: str
    title: Text
    evidence: Evidence | None = None
    why: Text
    better_line: str
    """In the scenario's language and material."""
    drill: Text
    drill_id: str = ""
    """Names the drill that a button starts: `coach.score.drills`."""
    clip_start: float | None = None
    """What to play, seconds into the recordings: the line and its answer, with some room around; null without times."""
    clip_end: float | None = None


class Versions(_Value):
    """What produced the numbers."""

    scorer: str
    code: str = ""
    """Hash of the code that scored, so that two versions are told apart whatever they are called."""
    packs: dict[str, str] = Field(default_factory=dict)
    """Pack to `version+hash of its content`."""
    weights: dict[str, float] = Field(default_factory=dict)
    """Weights of the named scores and of the overall number, as used."""
    engines: dict[str, str] = Field(default_factory=dict)


class Stretch(_Value):
    """A part of the rehearsal's time line."""

    kind: Literal["stage", "dead_air", "paused"]
    name: str = ""
    """Of a stage, as the scenario calls it."""
    start: float
    """Rehearsal seconds."""
    end: float


Mark = Literal["useful", "not_useful", "wrong"]
"""What the streamer thinks of a finding."""


class Scorecard(_Value):
    """All results of one rehearsal, in the order in which a report shows them."""

    schema_version: Literal[1] = 1
    """Fields are only ever added while this number stays."""
    rehearsal_id: str
    scenario_id: str
    scenario_title: str
    scenario_kind: Literal["rehearsal", "drill"] = "rehearsal"
    locale: str
    duration_sec: float | None = None
    end_reason: str | None = None
    summary: Text
    notes: list[Text] = Field(default_factory=list)
    """What engines failed at, when, and what that does to the numbers; empty where all went well."""
    drill: DrillOutcome | None = None
    """What is told first of a drill; null for all else."""
    strength: Finding | None = None
    """The first thing shown: something that went well, with evidence."""
    compared_with: str = ""
    """Id of the rehearsal that `focus_states` look back to; empty without one."""
    focus_states: list[FocusState] = Field(default_factory=list)
    """What became of the focus points of the rehearsal before."""
    focus: list[FocusPoint] = Field(default_factory=list, max_length=2)
    scores: list[NamedScore]
    """Always pacing, coverage, composure, in this order."""
    overall: Overall | None = None
    judged: list[JudgedItem] = Field(default_factory=list)
    timeline: list[Stretch] = Field(default_factory=list)
    """Stages, silences nobody filled and pauses of the room; empty without times."""
    pace: list[PaceWindow] = Field(default_factory=list)
    pace_unit: str = ""
    coverage: list[CoveragePoint] = Field(default_factory=list)
    """Empty where the streamer's words are unknown."""
    fact_errors: list[FactError] = Field(default_factory=list)
    facts_said: dict[str, bool] = Field(default_factory=dict)
    """Name of each fact of the sheet to whether it came up at all; empty where the words are unknown, and in scorecards
    made before this was kept."""
    viewers: list[ViewerOutcome] = Field(default_factory=list)
    handled: list[HandledLine] = Field(default_factory=list)
    stages: list[StageShown] = Field(default_factory=list)
    compliance: list[ComplianceFinding] = Field(default_factory=list)
    metrics: list[Metric] = Field(default_factory=list)
    pressure: list[PressureCard] = Field(default_factory=list)
    composure: ComposureDetail | None = None
    """Own calm, recovery, drift, gap; null where words or times are unknown."""
    findings: list[Finding] = Field(default_factory=list)
    marks: dict[str, Mark] = Field(default_factory=dict)
    """Finding id to what the streamer marked it as, when this was scored or is shown."""
    mentor: MentorReview | None = None
    """What mentors said, put in when it is shown or exported; null: nothing."""
    versions: Versions

    @property
    def is_measured(self) -> bool:
        """Whether there was enough for any score."""
        return any(item.value is not None for item in self.scores)
