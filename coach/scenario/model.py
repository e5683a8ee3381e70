"""What a scenario file says. Attribute names equal the YAML keys (`pass` is `pass_` in Python).

The same model gives `scenarios/scenario.schema.json`, so field descriptions are written for authors.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

Locale = Literal["zh-CN", "en-US"]
ViewerType = Literal[
    "haggler",
    "price_comparer",
    "product_skeptic",
    "trust_skeptic",
    "contrarian",
    "troll",
    "spammer",
    "derailer",
    "angry_returner",
    "impatient",
    "bait",
    "low_room",
    "friendly",
    "special_care",
]
"""The types of viewers (T1 to T14 of the trade) that the room plays."""
ViewerChannel = Literal["chat", "voice", "both"]
Floor = Literal["waits", "needs_gap", "cuts_in"]
Intent = Literal[
    "greet",
    "open",
    "ask",
    "push",
    "doubt",
    "bait",
    "heckle",
    "silence",
    "soften",
    "accept",
    "buy",
    "leave",
    "cut_off_remark",
    "ignored_remark",
    "echo",
    "pile_on",
    "raid",
    "praise",
    "thank",
    "link_down",
    "wrong_price",
]
"""What a line does. `open` is a viewer's first line on the product, `silence` a remark on a quiet streamer, `echo`
picks up another viewer's line, `pile_on` joins an attack, `raid` is one of a crowd's, `link_down` and `wrong_price`
remark on a link that fails and on a wrong price on the card, `thank` ends a question that was answered."""
When = Literal[
    "price_said", "silence", "point_covered", "stage", "reading", "concession", "viewer_bought", "viewer_left"
]
EventKind = Literal[
    "line", "audience_drop", "audience_surge", "pile_on", "raid", "link_failure", "zero_orders", "wrong_price"
]
SellingPlatform = Literal["douyin", "taobao", "kuaishou", "wechat", "tiktok-shop", "amazon-live", "generic"]
"""Whose house rules hold beside the law; `generic` for none in particular."""
Care = Literal["minor", "allergy", "pregnancy", "money", "elderly", "distress"]
"""Why a `special_care` viewer must be protected rather than sold to."""

PASSING = "passer-"
"""How the ids of unnamed viewers begin, who come by themselves; no viewer of a scenario may be called so."""
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Lower-case letters, digits, `-` and `_`."""
ShortText = Annotated[str, Field(min_length=1, max_length=80)]
SayText = Annotated[str, Field(min_length=1, max_length=160)]
LongText = Annotated[str, Field(max_length=400)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Self:
        """Return itself: it cannot change, so copies of an audience share it."""
        return self


class Price(_Part):
    """What the product costs. All in one currency, per piece."""

    list: float = Field(gt=0, le=1_000_000, description="Usual price, shown as the anchor. Must be true.")
    live: float = Field(gt=0, le=1_000_000, description="Price in this live room.")
    floor: float = Field(gt=0, le=1_000_000, description="Lowest price the streamer may agree to.")
    currency: Literal["CNY", "USD", "EUR", "GBP", "HKD", "SGD"] = Field(description="ISO 4217 code.")


class SellingPoint(_Part):
    """One thing the streamer should get across."""

    id: Id = Field(description="Its id; viewers' evidence_needed and events refer to it.")
    priority: Literal["P0", "P1", "P2"] = Field(default="P1", description="P0 must be said, P1 should, P2 may.")
    title: ShortText = Field(description="The point in a few words.")
    statement: LongText = Field(default="", description="The point in one good spoken sentence.")
    must_facts: list[ShortText] = Field(
        default_factory=list,
        max_length=10,
        description="Facts that must be named for a full hit, worded as they are spoken.",
    )
    aliases: list[ShortText] = Field(
        default_factory=list, max_length=30, description="Short other words for the point."
    )


class Product(_Part):
    """What is being sold. Invented, or yours to use."""

    name: ShortText = Field(description="What it is called.")
    price: Price = Field(description="The three prices.")
    gifts: list[ShortText] = Field(default_factory=list, max_length=10, description="What comes free with it.")
    stock: int = Field(default=0, ge=0, le=10_000_000, description="True stock; 0 means not told.")
    facts: dict[ShortText, LongText] = Field(
        default_factory=dict,
        max_length=40,
        description="What viewers ask about, name to value; saying it wrong costs points.",
    )
    certificates: list[ShortText] = Field(
        default_factory=list, max_length=10, description="Certificates and test reports that really exist."
    )
    selling_points: list[SellingPoint] = Field(
        min_length=1, max_length=30, description="What the streamer should get across."
    )
    must_not_say: list[ShortText] = Field(
        default_factory=list, max_length=60, description="Wordings that are a fault for this product."
    )


class Stage(_Part):
    """A target on the time line of the pitch."""

    name: ShortText = Field(description="hook, explain, price, close, qa, or your own word.")
    until_sec: float | None = Field(
        default=None, gt=0, le=14_400, description="Planned end, seconds from the start; leave out for the last."
    )


class Voice(_Part):
    """How a viewer sounds."""

    gender: Literal["female", "male"] | None = Field(default=None, description="Left out: chosen from the viewer's id.")
    rate: float = Field(default=1.0, ge=0.5, le=2.0, description="1.0 is the voice's normal speed.")
    pitch: float = Field(default=1.0, ge=0.5, le=2.0, description="1.0 is the voice's normal pitch.")


class ScenarioViewer(_Part):
    """One played viewer."""

    id: Id = Field(description="Its id; events refer to it.")
    type: ViewerType = Field(description="What kind of viewer; decides how it is won, lost and rightly treated.")
    name: ShortText = Field(description="What the room shows and the streamer may call.")
    channel: ViewerChannel = Field(default="chat", description="chat writes, voice speaks, both does either.")
    voice: Voice = Field(default=Voice(), description="How it sounds.")
    floor: Floor | None = Field(default=None, description="When it may speak aloud; left out: set by the difficulty.")
    style: LongText = Field(
        default="", description="How it talks, in a few words; used where a language model words the lines."
    )
    patience: float = Field(
        default=60, ge=1, le=100, description="How long it bears with the streamer, 1 to 100; it leaves under 10."
    )
    price_limit: float | None = Field(default=None, gt=0, description="Buys at or under it.")
    min_gift: int | None = Field(default=None, ge=0, le=10, description="Gifts it wants before it buys.")
    hostility: float | None = Field(
        default=None, ge=0, le=4, description="How hostile it starts, 0 to 4; left out: by type and difficulty."
    )
    attention_sec: float | None = Field(
        default=None, gt=0, le=600, description="Seconds a question may stay open before it loses interest."
    )
    care: Care | None = Field(default=None, description="For special_care: what it must be protected from.")
    claim: ShortText | None = Field(default=None, description="For bait: the banned claim it tempts the streamer to.")
    complaint: ShortText | None = Field(default=None, description="For angry_returner: what went wrong.")
    evidence_needed: list[ShortText] = Field(
        default_factory=list, max_length=10, description="Selling-point ids, fact names or certificates it must see."
    )
    lines: dict[Intent, Annotated[list[SayText], Field(max_length=40)]] = Field(
        default_factory=dict, description="Your own lines per intent; used before the built-in ones, never twice."
    )


class ScenarioEvent(_Part):
    """Something that happens by plan: give `at_sec` or `when`."""

    at_sec: float | None = Field(
        default=None, ge=0, le=14_400, description="Seconds from the start; give this or `when`."
    )
    when: When | None = Field(default=None, description="What it waits for; give this or `at_sec`.")
    stage: ShortText | None = Field(default=None, description="With `when: stage`: which one.")
    point: Id | None = Field(default=None, description="With `when: point_covered`: which one; left out: the first.")
    after_sec: float | None = Field(
        default=None, gt=0, le=600, description="With `when: silence`: how long, default 6."
    )
    kind: EventKind = Field(default="line", description="A viewer's line, or what happens to the room.")
    move: ShortText | None = Field(default=None, description="With `when: reading`: the move to wait for.")
    viewer: Id | None = Field(
        default=None, description="Who speaks (kind line), leads (pile_on), or who bought or left."
    )
    viewers: list[Id] = Field(default_factory=list, max_length=20, description="Who joins in (kind pile_on).")
    count: int | None = Field(default=None, ge=1, le=60, description="How many lines (kinds pile_on and raid).")
    for_sec: float | None = Field(
        default=None, gt=0, le=3_600, description="How long it lasts (raid, link_failure, zero_orders, wrong_price)."
    )
    price: float | None = Field(default=None, gt=0, description="The wrong price on the card (kind wrong_price).")
    intent: Intent | None = Field(default=None, description="What the line does (kind line).")
    to: int | None = Field(default=None, ge=0, le=10_000_000, description="Viewers online after it (audience_*).")
    pressure: bool = Field(default=False, description="Whether it tests composure; three or more can be scored.")


class Goal(_Part):
    """What this rehearsal is for."""

    id: Id = Field(description="Its id.")
    kind: Literal["coverage", "pacing", "composure", "binary", "score", "compound", "unscored"] = Field(
        description="How it is judged."
    )
    title: ShortText | None = Field(default=None, description="What is to be reached, in a sentence.")
    pass_: float | None = Field(
        default=None, alias="pass", ge=0, le=100, description="Points out of 100 from which it is reached."
    )


class PassRule(_Part):
    """When the rehearsal counts as passed."""

    overall: float | None = Field(default=None, ge=0, le=100, description="Points out of 100.")
    blockers: list[ShortText] = Field(
        default_factory=list,
        max_length=20,
        description="What fails it whatever the points: compliance_h, compliance_m, below_floor, fact_error.",
    )


class Density(_Part):
    """How busy and how hard the room is; what is left out follows from the difficulty."""

    lines_per_min: float | None = Field(default=None, gt=0, le=60, description="Lines of all viewers together.")
    hostile_share: float | None = Field(default=None, ge=0, le=1, description="Share of them that is hostile, 0 to 1.")
    cut_ins: bool | None = Field(default=None, description="Whether viewers may speak over the streamer.")
    voice_share: float | None = Field(default=None, ge=0, le=1, description="Share of lines spoken aloud, 0 to 1.")


class Draw(_Part):
    """A product challenge: one of these products is drawn, with time to prepare."""

    products: list[Id] = Field(
        min_length=2, max_length=40, description="Ids of scenarios whose products may come up, same language."
    )
    prep_sec: float = Field(default=180, ge=10, le=1_800, description="Time to prepare after the draw.")


class DemoWindow(_Part):
    """A stretch in which something is shown without words, so that silence in it is no fault."""

    from_sec: float = Field(ge=0, le=14_400, description="Its beginning, seconds from the start.")
    to_sec: float = Field(gt=0, le=14_400, description="Its end, seconds from the start; after from_sec.")


class Scenario(_Part):
    """One practice scenario: product, viewers, plan."""

    id: Id = Field(description="Lower-case letters, digits, - and _; no two scenarios share one.")
    version: int = Field(default=1, ge=1, description="Raise it when you change what is practised.")
    locale: Locale = Field(description="Language of product, lines and streamer.")
    title: ShortText = Field(description="What the list shows.")
    category: Id = Field(description="Trade: apparel, beauty, food, home, electronics, health, or your own.")
    difficulty: int = Field(
        default=2,
        ge=1,
        le=5,
        description="1 calm to 5 a brawl; sets density, hostility and cut-ins unless given below.",
    )
    duration_sec: float = Field(default=300, ge=30, le=14_400, description="Length in seconds.")
    author: LongText = Field(default="", description="Who wrote it.")
    created: date | None = Field(
        default=None, description="Day it was last reviewed; warns after 90 days, fails after 180."
    )
    expires: date | None = Field(default=None, description="Day after which it must not be used unreviewed.")
    sources: list[LongText] = Field(default_factory=list, max_length=40, description="Where its facts come from.")
    kind: Literal["rehearsal", "drill"] = Field(
        default="rehearsal", description="A drill trains one skill with one viewer, briefly."
    )
    skill: Id | None = Field(default=None, description="What a drill trains, such as hold_price or answer_complaint.")
    intensity_cap: int = Field(
        default=2, ge=0, le=4, description="How hostile any line may become; 3 and 4 ask for the streamer's consent."
    )
    density: Density = Field(
        default=Density(), description="How busy and hard the room is, where the difficulty shall not decide."
    )
    draw: Draw | None = Field(default=None, description="A product challenge: one of these is drawn.")
    product: Product = Field(description="What is sold.")
    stages: list[Stage] = Field(default_factory=list, max_length=20, description="Target times of the pitch, in order.")
    demo_windows: list[DemoWindow] = Field(
        default_factory=list,
        max_length=20,
        description="When something is shown in silence: no dead air, no slow pace.",
    )
    viewers: list[ScenarioViewer] = Field(min_length=1, max_length=20, description="Who comes.")
    events: list[ScenarioEvent] = Field(default_factory=list, max_length=100, description="What happens by plan.")
    goals: list[Goal] = Field(default_factory=list, max_length=20, description="What this rehearsal is for.")
    pass_: PassRule = Field(default=PassRule(), alias="pass", description="When it counts as passed.")
    bands: dict[ShortText, tuple[float, float]] = Field(
        default_factory=dict,
        max_length=40,
        description="Its own [low, high]: speaking_rate, speaking_rate.<stage>, fillers_per_min.",
    )
    platform: SellingPlatform | None = Field(
        default=None, description="Whose rules hold beside the law; left out: douyin (zh-CN), tiktok-shop (en-US)."
    )
    material_connection: bool = Field(
        default=False,
        description="Whether the streamer is paid, gifted or on commission and must say so aloud, again and again.",
    )
    cues: Literal["off", "sparse"] = Field(
        default="off", description="Whether the room shows a word of advice while it runs."
    )
    seed: int = Field(default=0, ge=0, le=2**53, description="The same seed and words give the same rehearsal.")

    @property
    def language(self) -> Literal["zh", "en"]:
        """`zh` or `en`."""
        return "zh" if self.locale == "zh-CN" else "en"

    @property
    def selling_platform(self) -> SellingPlatform:
        """Where it is sold: as written, else by locale."""
        return self.platform or ("douyin" if self.language == "zh" else "tiktok-shop")

    def viewer(self, viewer_id: str) -> ScenarioViewer | None:
        """Return the viewer with this id."""
        return next((viewer for viewer in self.viewers if viewer.id == viewer_id), None)
