"""Bodies of requests and answers of the scenario editor."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.scenario.finding import Severity
from coach.scenario.model import Id, Locale, ViewerType
from coach.score.scorecard import Text

StreamerName = Literal["skilled", "flustered", "silent", "rude", "banned_claims"]
Origin = Literal["shipped", "folder", "own"]
"""`shipped` comes with the product, `folder` is one of the settings' folders, `own` is written here."""
Publishing = Literal["published", "changed", "draft"]
"""`changed`: what is played is an older version than the newest."""

Words = Annotated[str, Field(max_length=262_144)]
"""A scenario file; the format's own limit of 256 kB is told as a finding."""


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LintCounts(BaseModel):
    """How many findings of each severity a scenario has."""

    errors: int
    warnings: int
    notes: int


class ShelfCard(BaseModel):
    """One scenario as mentors see it in the list."""

    id: str
    origin: Origin
    state: Publishing
    title: str
    """Empty where the file is too broken to tell."""
    locale: str
    category: str
    kind: str
    difficulty: int | None
    duration_sec: float | None
    product: str
    viewers: int
    version: int | None
    """As the author numbers it in the file."""
    saved: int | None
    """Number of the newest saved version; null where nothing can be saved."""
    changed_at: str | None
    author: str
    file: str
    """Name of the file, without its folder."""
    loads: bool
    """Whether it can be played."""


class BrokenFile(BaseModel):
    """A file in the library's folders that cannot be used."""

    file: str
    line: int
    message: Text
    count: int
    """How many faults it has."""


class Shelf(BaseModel):
    """All scenarios, usable or not."""

    scenarios: list[ShelfCard]
    broken: list[BrokenFile]


class SavedVersion(BaseModel):
    """One saved state of a scenario."""

    number: int
    author: str
    saved_at: str
    """ISO 8601, UTC."""
    note: str


class ScenarioFile(BaseModel):
    """A scenario's text with what is known of it."""

    id: str
    origin: Origin
    state: Publishing
    text: str
    saved: int | None
    """Number of this version; null for what cannot be saved."""
    published: int | None
    """Number of the version that is played; 0 for a text that no version has."""
    versions: list[SavedVersion]
    """Newest first; empty for what cannot be saved."""


class VersionText(BaseModel):
    """The text of one version."""

    number: int
    text: str


class NewScenarioFile(_Request):
    """A first version; its id is the text's own."""

    text: Words
    author: str = Field(default="", max_length=80)
    note: str = Field(default="", max_length=200)


class SaveScenario(NewScenarioFile):
    """A further version."""

    base: int = Field(ge=0, le=10**9)
    """Number of the version it was made from."""


class PublishScenario(_Request):
    """Which version is to be played."""

    version: int = Field(ge=0, le=10**9)


class Template(_Request):
    """What a new scenario should be about."""

    id: Id | None = None
    """Left out: made from locale and category."""
    locale: Locale
    category: Id = "home"
    title: str = Field(default="", max_length=80)
    types: list[ViewerType] = Field(default_factory=list, max_length=8)
    """Left out: as the difficulty has it."""
    skill: str = Field(default="", max_length=40)
    """One of the skills with a template, for a drill."""
    difficulty: int = Field(default=2, ge=1, le=5)
    minutes: float = Field(default=5, ge=1, le=60)


class TemplateText(BaseModel):
    """A new scenario, not saved."""

    text: str


class CheckText(_Request):
    """A text being written."""

    text: Words
    id: Id | None = None
    """The scenario it belongs to; left out for a new one."""


class SuggestedEdit(BaseModel):
    """Text to put in the place of other text. Offsets as JavaScript counts."""

    start: int
    end: int
    new: str


class CheckFinding(BaseModel):
    """One remark of the linter; `start` and `end` are what to underline, as JavaScript counts."""

    rule: str
    severity: Severity
    line: int
    column: int
    field: str
    """Dotted path, such as `viewers[0].price_limit`; empty where there is none."""
    message: Text
    suggestion: Text
    start: int
    end: int
    edit: SuggestedEdit | None
    """Does what is suggested, where that is safe."""


class StageMark(BaseModel):
    """A stage of the pitch."""

    name: str
    at_sec: float


class ArrivalMark(BaseModel):
    """A viewer coming in."""

    id: str
    name: str
    type: str
    channel: Literal["chat", "voice", "both"]
    at_sec: float | None
    """Null: stays away at this difficulty."""


class MomentMark(BaseModel):
    """Something that happens by plan."""

    what: Text
    kind: str
    pressure: bool
    event: int
    """Its place in the file's `events`, from 0."""
    at_sec: float | None
    when: Text | None
    """What it waits for, where it comes at no fixed time."""
    viewer: str | None


class Plan(BaseModel):
    """What a scenario will do."""

    duration_sec: float
    stages: list[StageMark]
    arrivals: list[ArrivalMark]
    moments: list[MomentMark]
    tempo: Text


class Checked(BaseModel):
    """What there is to say about a text."""

    id: str | None
    """The id in the text, where it can be told."""
    loads: bool
    findings: list[CheckFinding]
    plan: Plan | None
    """Null for a text that does not load."""


class Simulate(_Request):
    """Play a text with scripted streamers."""

    text: Words
    streamers: list[StreamerName] = Field(
        default=["skilled", "flustered", "silent", "rude", "banned_claims"], min_length=1, max_length=5
    )
    seeds: int = Field(default=5, ge=1, le=50)
    """Rehearsals of each, with seeds from 0."""
    difficulty: int | None = Field(default=None, ge=1, le=5)


class ReadSimulation(_Request):
    """One simulated rehearsal to read: the same text, streamer and seed always give the same."""

    text: Words
    streamer: StreamerName
    seed: int = Field(default=0, ge=0, le=1_000)
    difficulty: int | None = Field(default=None, ge=1, le=5)


class SimulatedViewer(BaseModel):
    """What became of a viewer."""

    id: str
    type: str
    outcome: str
    """`bought`, `satisfied`, `lost_patience`, `offended`, `ended`, or `here` to the end."""
    stayed: float


class Played(BaseModel):
    """A line of the stream: one rehearsal is over."""

    kind: Literal["played"]
    streamer: StreamerName
    seed: int
    difficulty: int
    kept: float | None
    resolved: float | None
    intent: float | None
    orders: int
    utterances: int
    lines: dict[str, int]
    viewers: list[SimulatedViewer]
    repeated: list[str]
    promises: list[str]
    breaches: list[str]


class Disorder(BaseModel):
    """A streamer does better than one who should be ahead."""

    measure: Literal["kept", "resolved", "intent"]
    better: StreamerName
    worse: StreamerName


class Finished(BaseModel):
    """The last line of a stream that was played to its end."""

    kind: Literal["finished"]
    disorder: list[Disorder]


class Stopped(BaseModel):
    """The last line of a stream that was given up."""

    kind: Literal["stopped"]
    reason: Literal["too_long", "failed"]


class SimulationLine(BaseModel):
    """One line of the stream."""

    line: Annotated[Played | Finished | Stopped, Field(discriminator="kind")]


class TranscriptLine(BaseModel):
    """Something said, or something that happened."""

    at: float
    what: Literal["said", "chat", "voice", "joined", "left", "room", "stage"]
    name: str
    text: str
    cut: bool
    viewers: int | None


class SimulatedTranscript(BaseModel):
    """A simulated rehearsal to read."""

    lines: list[TranscriptLine]
