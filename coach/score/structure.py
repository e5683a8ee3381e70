"""The stages of the sale as they were said: which came, in what order, and what each was short of (DOMAIN §3.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.language import Language
from coach.room.reading import heard_as
from coach.room.sheet import Sheet, sheet_of
from coach.scenario.model import Scenario
from coach.score.scorecard import CoveragePoint, HandledLine
from coach.score.structure_pack import cues
from coach.score.timeline import Spoken, Timeline

STAGES = ("welcome", "hook", "engage", "pain", "value", "proof", "price", "close", "qa", "switch", "wrapup")
"""In the order they usually come."""
CORE = ("welcome", "value", "price", "close")
"""Stages that a whole pitch has, whatever else."""
MUST: dict[str, tuple[str, ...]] = {
    "welcome": ("identity", "theme", "benefit"),
    "hook": ("benefit", "when"),
    "engage": ("question",),
    "pain": ("scene",),
    "value": ("two_points", "evidence"),
    "proof": ("policy",),
    "price": ("exact_price", "included", "conditions"),
    "close": ("link_number", "how_to_order"),
    "qa": ("answered", "back_to_thread"),
    "switch": ("bridge",),
    "wrapup": ("recap", "follow"),
}
"""What each must contain. That scarcity is real is a matter of compliance."""
_PRIORITY = ("switch", "close", "price", "proof", "value", "qa", "hook", "pain", "engage", "welcome", "wrapup")
"""Which stage an utterance belongs to where its cues are as many."""
_PLAINLY = 3
"""Cues from which an utterance is part of a stage whatever else it is."""
_PHASES = {"value": "explain", "proof": "explain", "pain": "explain", "close": "close", "price": "close"}
_POINTS = 2
"""Selling points that make a build-up of value."""


@dataclass(slots=True)
class Turn:
    """One utterance with what it does for the structure."""

    spoken: Spoken
    until: float
    """When the next one begins, rehearsal seconds."""
    hits: Counter[str]
    """Wordings found, by kind of the structure pack."""
    points: set[str] = field(default_factory=set)
    """Selling points asserted in it."""
    answers: bool = False
    """Whether it answers a viewer's line."""
    calls: bool = False
    """Whether it asks to order."""
    price: bool = False
    """Whether it names the live price."""
    gift: bool = False
    """Whether it names something that comes with an order."""
    stage: str = ""
    shows: frozenset[str] = frozenset()
    """Every stage it is part of: a price and an order often share a sentence."""
    phase: str = ""
    """`explain` or `close`, as most of it and its neighbours are; empty elsewhere."""

    def has(self, item: str) -> bool:
        """Return whether something that a stage must contain is in it."""
        return self.hits[f"has:{item}"] > 0


@dataclass(slots=True)
class Stage:
    """One stage that was shown."""

    name: str
    turns: list[Turn]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """All utterances, and the stages in the order they were first shown."""

    turns: list[Turn]
    stages: list[Stage]

    def stage(self, name: str) -> Stage | None:
        """Return a stage if it was shown."""
        return next((stage for stage in self.stages if stage.name == name), None)


def read_structure(
    timeline: Timeline,
    scenario: Scenario,
    language: Language,
    coverage: Sequence[CoveragePoint] = (),
    handled: Sequence[HandledLine] = (),
) -> Structure:
    """Return the structure of what was said.

    Args:
        timeline: The rehearsal.
        scenario: Its product.
        language: How it is spoken.
        coverage: Where selling points were asserted.
        handled: Where viewers were answered.
    """
    turns = _turns(timeline, sheet_of(scenario), language, coverage, handled)
    for turn in turns:
        votes = _votes(turn)
        turn.stage = _most(votes)
        turn.shows = _shows(turn, votes)
    for at, turn in enumerate(turns):
        turn.phase = _phase_of(turns[max(0, at - 1) : at + 2], turn)
    shown: dict[str, list[Turn]] = {}
    for turn in turns:
        for name in sorted(turn.shows, key=STAGES.index):
            shown.setdefault(name, []).append(turn)
    stages = [Stage(name, of, _missing(name, of, turns, scenario)) for name, of in shown.items()]
    return Structure(turns, stages)


def _turns(
    timeline: Timeline,
    sheet: Sheet,
    language: Language,
    coverage: Sequence[CoveragePoint],
    handled: Sequence[HandledLine],
) -> list[Turn]:
    points: dict[int, set[str]] = {}
    for point in coverage:
        for item in point.evidence:
            points.setdefault(item.seq or 0, set()).add(point.point_id)
    answers = {item.seq for line in handled for item in line.evidence if item.speaker == "streamer"}
    live = sheet.scenario.product.price.live
    gifts = [_gift_names(gift, language.code) for gift in sheet.scenario.product.gifts]
    worded = timeline.worded
    found = cues(language.code)
    turns: list[Turn] = []
    for at, spoken in enumerate(worded):
        heard = heard_as(spoken.text, sheet)
        until = worded[at + 1].start if at + 1 < len(worded) else max(spoken.end, spoken.start)
        turns.append(
            Turn(
                spoken,
                until,
                Counter(hit.kind for hit in found.find(heard.flat)),
                points.get(spoken.seq, set()),
                spoken.seq in answers,
                heard.did("calls_to_action"),
                any(abs(number - live) < 0.011 for span in heard.numbers for number in span.readings()),
                any(heard.has(name) for gift in gifts for name in gift),
            )
        )
    return turns


def _gift_names(gift: str, code: str) -> tuple[str, ...]:
    """Return how a gift is named: whole, in English by its last word too ("a scoop")."""
    return (gift, gift.split()[-1]) if code == "en" and gift.split() else (gift,)


def _votes(turn: Turn) -> Counter[str]:
    """Return how many cues of each stage it holds; points, a price, an order and an answer are cues too."""
    votes = Counter({name: turn.hits[f"stage:{name}"] for name in STAGES})
    votes["value"] += 2 * len(turn.points)
    votes["price"] += 2 * turn.price
    votes["close"] += 2 * turn.calls
    votes["qa"] += 3 * turn.answers
    votes["switch"] += 5 * turn.hits["switch"]
    return votes


def _most(votes: Counter[str]) -> str:
    most = max(votes.values())
    return next(name for name in _PRIORITY if votes[name] == most) if most else ""


def _shows(turn: Turn, votes: Counter[str]) -> frozenset[str]:
    """Return the stages an utterance is part of: what it is most, has many cues of, or does outright."""
    shown = {name for name in STAGES if votes[name] >= _PLAINLY}
    shown |= {turn.stage} if turn.stage else set()
    outright = {"price": turn.price, "close": turn.calls, "value": bool(turn.points), "welcome": votes["welcome"] > 0}
    return frozenset(shown | {name for name, does in outright.items() if does})


def _phase_of(around: Sequence[Turn], turn: Turn) -> str:
    """Return the phase of an utterance among its neighbours, so that one call to order is no close by itself."""
    votes = Counter(_PHASES.get(near.stage, "") for near in around)
    most = max(votes.values())
    own = _PHASES.get(turn.stage, "")
    return own if votes[own] == most else next(phase for phase, count in votes.items() if count == most)


def _missing(name: str, turns: Sequence[Turn], every: Sequence[Turn], scenario: Scenario) -> tuple[str, ...]:
    return tuple(item for item in MUST[name] if not _holds(name, item, turns, every, scenario))


def _holds(name: str, item: str, turns: Sequence[Turn], every: Sequence[Turn], scenario: Scenario) -> bool:
    """Return whether the utterances of a stage hold what it must contain."""
    near = [*turns, *_neighbours(turns, every)]
    match item:
        case "two_points":
            return len(set().union(*(turn.points for turn in every))) >= min(
                _POINTS, len(scenario.product.selling_points)
            )
        case "exact_price":
            return any(turn.price for turn in near)
        case "included":
            return not scenario.product.gifts or any(turn.has(item) or turn.gift for turn in near)
        case "answered":
            return any(turn.answers for turn in turns)
        case "back_to_thread":
            last = every.index(turns[-1])
            after = every[last + 1 : last + 3]
            return not after or any(turn.stage in ("value", "proof", "price", "close", "switch") for turn in after)
        case "benefit":
            return any(turn.points or turn.price or turn.has(item) for turn in near)
        case "evidence" if name == "value":
            return any(turn.has(item) for turn in turns)
        case _:
            return any(turn.has(item) for turn in near)


def _neighbours(turns: Sequence[Turn], every: Sequence[Turn]) -> list[Turn]:
    """Return the utterances right after those of a stage: one thought often takes two."""
    places = {id(turn): at for at, turn in enumerate(every)}
    after = [places[id(turn)] + 1 for turn in turns]
    return [every[at] for at in after if at < len(every)]
