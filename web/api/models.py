"""Bodies of requests and answers."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from coach.events import Record
from coach.ports import RehearsalSummary
from coach.scenario.exposure import Exposure
from coach.scenario.model import Scenario
from coach.score.scorecard import Mark, Text


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PriceCard(BaseModel):
    """Prices on the streamer's own sheet."""

    list: float
    live: float
    floor: float
    """The lowest that may be agreed to. Viewers are never told: `coach.room.brief`."""
    currency: str


class PointCard(BaseModel):
    """One selling point, by name."""

    id: str
    title: str
    priority: str


class ProductCard(BaseModel):
    """The product as the streamer sees it while practising."""

    name: str
    price: PriceCard
    selling_points: list[PointCard]
    facts: dict[str, str]
    gifts: list[str]
    stock: int
    """0: not told."""


class ViewerCard(BaseModel):
    """One played viewer."""

    id: str
    type: str
    name: str
    channel: Literal["chat", "voice", "both"]


class ScenarioCard(BaseModel):
    """A scenario without what would give its plan away."""

    id: str
    version: int
    locale: str
    title: str
    category: str
    difficulty: int
    duration_sec: float
    product: ProductCard
    viewers: list[ViewerCard]
    intensity_cap: int
    kind: Literal["rehearsal", "drill"] = "rehearsal"
    skill: str | None = None
    """What a drill trains."""
    prep_sec: float | None = None
    """For a product challenge: time to prepare after the draw, s; the product of the card is then only an example."""

    @classmethod
    def of(cls, scenario: Scenario) -> ScenarioCard:
        """Return the card of a scenario."""
        product = scenario.product
        return cls(
            **scenario.model_dump(
                include={
                    "id", "version", "locale", "title", "category", "difficulty", "duration_sec", "intensity_cap",
                    "kind", "skill",
                }
            ),
            prep_sec=scenario.draw.prep_sec if scenario.draw else None,
            product=ProductCard(
                name=product.name,
                price=PriceCard(**product.price.model_dump()),
                selling_points=[
                    PointCard(id=point.id, title=point.title, priority=point.priority)
                    for point in product.selling_points
                ],
                facts=product.facts,
                gifts=product.gifts,
                stock=product.stock,
            ),
            viewers=[
                ViewerCard(id=viewer.id, type=viewer.type, name=viewer.name, channel=viewer.channel)
                for viewer in scenario.viewers
            ],
        )  # fmt: skip

    def for_exam(self) -> ScenarioCard:
        """Return the card without what an exam asks for: name, price and stock stay."""
        hidden: dict[str, object] = {"selling_points": [], "facts": {}, "gifts": []}
        return self.model_copy(update={"product": self.product.model_copy(update=hidden)})


class ReplayOrder(_Request):
    """One moment of an earlier rehearsal."""

    rehearsal_id: str = Field(min_length=1, max_length=64)
    at_sec: float = Field(ge=0, le=86_400)
    """A time in it, on its own clock: what had just been said then is said again."""


class DrillOrder(_Request):
    """A drill on what was rehearsed."""

    id: str = Field(min_length=1, max_length=64)
    """A drill's id, as a focus point names it."""
    rehearsal_id: str = Field(min_length=1, max_length=64)
    """The rehearsal whose product is practised."""


class CreateRehearsal(_Request):
    """What to rehearse: a scenario, a moment of an earlier rehearsal, or a drill on one."""

    scenario: str | None = Field(default=None, min_length=1, max_length=64)
    """A scenario's id."""
    draft: bool = False
    """Whether to play the newest saved version of an own scenario, published or not."""
    replay: ReplayOrder | None = None
    """Instead of a scenario. Difficulty, exposure and seed are then those of that rehearsal."""
    drill: DrillOrder | None = None
    """Instead of a scenario: three minutes on one skill, with that rehearsal's product. Only `seed`, `input` and
    `words` are then read."""
    difficulty: int | None = Field(default=None, ge=1, le=5)
    """Left out: the scenario's own."""
    exposure: Exposure = "full"
    """How much of the scenario's pressure is played: `calm` none of it at difficulty 1, `easy` half of it at one
    difficulty less, `full` all."""
    seed: int | None = Field(default=None, ge=0, le=2**53)
    """Makes it repeatable. Left out: the scenario's own; for a drawn product, a new one each time."""
    input: Literal["voice", "typed"] = "voice"
    intensity: int | None = Field(default=None, ge=0, le=4)
    """How hostile viewers may become; never beyond the scenario's cap. Left out: the scenario's cap."""
    consent: bool = False
    """Whether the streamer agreed to intensity 3 and 4."""
    words: Literal["engine", "browser"] = "engine"
    """Who understands the streamer: an engine of the room, or the browser's own speech recognition."""
    exam: bool = False
    """Whether points and facts stay hidden and no cue is given. Read for a scenario only."""

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(one is not None for one in (self.scenario, self.replay, self.drill)) != 1:
            raise ValueError("expected one of 'scenario', 'replay' and 'drill'")
        return self


class CreatedRehearsal(BaseModel):
    """A rehearsal that waits for its first connection, or, if typed, has begun."""

    id: str
    scenario_id: str
    difficulty: int
    exposure: Exposure
    seed: int
    prep_sec: float
    """Time to prepare before the viewers come, s; `resume` cuts it short."""
    input: Literal["voice", "typed"]


class RehearsalDetail(BaseModel):
    """One rehearsal, running or kept."""

    summary: RehearsalSummary
    running: bool
    connected: bool
    """Whether a browser is connected by voice."""
    exam: bool
    """Whether it is, or was, an exam."""
    scenario: ScenarioCard | None
    """Null where the kept scenario text can no longer be read. While an exam runs, without points, facts and gifts."""


class Offer(_Request):
    """A browser's WebRTC offer, with all its candidates."""

    sdp: str
    type: Literal["offer"]
    client: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")
    """The tab's own random id: the same tab replaces its older connection."""
    takeover: bool = False
    """Whether to throw out another tab that is connected."""
    echo_cancellation: bool | None = None
    """Whether the microphone's track has echo cancellation on (`getSettings`); null if the browser does not say."""


class Answer(BaseModel):
    """The room's WebRTC answer, with all its candidates."""

    sdp: str
    type: Literal["answer"] = "answer"


class RecordsPage(BaseModel):
    """Records of a log, oldest first."""

    records: list[Record]
    closed: bool
    """Whether these reach the end of a log to which nothing will be added."""


class EngineStatus(BaseModel):
    """One engine."""

    port: str
    name: str
    ready: bool
    note: Text | None
    arriving: bool
    """Whether it is being fetched; the note says how far it is."""


class RoomStatus(BaseModel):
    """How many rehearsals run."""

    running: int
    limit: int


class Status(BaseModel):
    """What runs here."""

    version: str
    engines: list[EngineStatus]
    rehearsals: RoomStatus
    recovered: list[RehearsalSummary]
    """Rehearsals that this start closed after a crash."""
    browser_words: bool
    """Whether a rehearsal may be opened with the browser's own speech recognition."""


class Health(BaseModel):
    """Sign of life."""

    status: Literal["ok", "closing"]


class DrillCard(BaseModel):
    """A drill that can be started."""

    id: str
    name: Text
    text: Text
    """What to do in it."""
    duration_sec: float
    viewer: str | None
    """Type of the one viewer who comes; null: nobody presses."""


class Feedback(_Request):
    """What a streamer thinks of a finding."""

    mark: Mark | None
    """Null takes the mark away."""


class Marks(BaseModel):
    """All marks of a rehearsal."""

    marks: dict[str, Mark]
    """Finding id to mark."""
