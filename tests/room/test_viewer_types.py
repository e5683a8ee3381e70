"""Each type of viewer as a table: what was heard → why it moved, what it wants to say, how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from coach.room.manners import ANSWER_SEC, CHARS_PER_SEC, says_nothing
from coach.room.reading import Move, MoveKind, Reading
from coach.room.tempers import TEMPERS, profile_of
from coach.room.viewer import LEAVES_BELOW, Deal, Outcome, ViewerState, new_state, wait
from coach.scenario.model import Care, Intent, ScenarioViewer, ViewerType
from tests.room.everybody import CARES, MOVES, TYPES, did
from tests.room.simulate import shipped

PRICE = shipped("kettle").product.price
LONG = "x" * round(ANSWER_SEC * CHARS_PER_SEC["en"] + 1)
Mark = Literal["settled", "agreed", "harmed", ""]


def deal(offered: float | None = 49.0, difficulty: int = 3, cap: int = 4) -> Deal:
    return Deal(PRICE, offered, cap, difficulty)


def viewer(
    kind: ViewerType, *, opened: bool = True, give: float = 1.0, difficulty: int = 3, **spec: Any
) -> ViewerState:
    data: dict[str, Any] = {"id": kind.replace("_", "-"), "type": kind, "name": kind, **spec}
    state = new_state(ScenarioViewer.model_validate(data), ("control",) if kind == "product_skeptic" else (), give)
    TEMPERS[kind].start(state, deal(difficulty=difficulty))
    state.present, state.opened, state.waiting_since = True, opened, 0.0 if opened else None
    state.lines = int(opened)
    return state


def hear(
    state: ViewerState, reading: Reading, *, aimed: bool = True, offered: float | None = 49.0, difficulty: int = 3
) -> tuple[str, Intent | None, Outcome | None]:
    kind = state.spec.type
    reaction = TEMPERS[kind].hear(state, reading, aimed, deal(offered, difficulty))
    state.outcome = reaction.outcome
    return reaction.reason, reaction.wish, reaction.outcome


@dataclass(frozen=True)
class Case:
    """One utterance after some others, and what it does."""

    kind: ViewerType
    moves: tuple[MoveKind, ...]
    reason: str
    wish: Intent | None
    outcome: Outcome | None = None
    before: tuple[tuple[MoveKind, ...], ...] = ()
    mark: Mark = ""
    aimed: bool = True
    text: str = ""
    target: str = ""
    spec: dict[str, Any] = field(default_factory=dict)


CASES = [
    # T1 wants it cheaper
    Case("haggler", ("holds_price",), "holds_price", "push"),
    Case("haggler", ("holds_price", "acknowledges"), "holds_price", "soften", before=(("holds_price",),)),
    Case("haggler", ("gives_price",), "gives_price", "push", spec={"price_limit": 50}),
    Case(
        "haggler",
        ("gives_price",),
        "gives_price",
        "accept",
        before=(("greets",),),
        spec={"price_limit": 50},
        mark="agreed",
    ),
    Case("haggler", ("gives_price",), "gives_price", "push", spec={"price_limit": 50, "min_gift": 1}),
    Case(
        "haggler",
        ("offers_gift",),
        "gift",
        "accept",
        spec={"price_limit": 50, "min_gift": 1},
        mark="agreed",
        before=(("greets",),) * 2,
        aimed=False,
    ),
    Case("haggler", ("concedes",), "concedes", "push"),
    Case("haggler", ("pleads",), "pleads", "push"),
    Case("haggler", ("acknowledges",), "answered", "ask"),
    # T2 wants a reason, not a discount
    Case("price_comparer", ("concedes",), "concedes", "push"),
    Case("price_comparer", ("overclaims",), "overclaims", "doubt"),
    Case("price_comparer", ("holds_price",), "holds_price", "push"),
    Case("price_comparer", ("deflects",), "deflects", "doubt"),
    Case(
        "price_comparer",
        ("gives_terms",),
        "terms",
        "accept",
        before=(("mentions_fact",), ("shows_evidence", "acknowledges")),
        mark="agreed",
    ),
    # T3 wants to see it
    Case("product_skeptic", ("mentions_point",), "answers", "soften", target="control"),
    Case("product_skeptic", ("overclaims",), "overclaims", "doubt"),
    Case("product_skeptic", ("misstates",), "misstates", "doubt"),
    Case("product_skeptic", ("deflects",), "deflects", "push"),
    Case("product_skeptic", ("greets",), "not_answered", "doubt"),
    # T4 wants what can be checked
    Case("trust_skeptic", ("gives_terms",), "gives_terms", "ask"),
    Case("trust_skeptic", ("gives_terms",), "gives_terms", "soften", before=(("shows_evidence",), ("corrects",))),
    Case(
        "trust_skeptic",
        ("refuses_claim",),
        "refuses_claim",
        "accept",
        before=(("shows_evidence",), ("corrects",), ("gives_terms",), ("routes_service",)),
        mark="agreed",
    ),
    Case("trust_skeptic", ("pleads",), "pleads", "doubt", aimed=False),
    Case("trust_skeptic", ("overclaims",), "overclaims", "doubt", aimed=False),
    Case("trust_skeptic", ("greets",), "not_answered", "push"),
    # T5 wants to be right
    Case("contrarian", ("mentions_fact",), "defends", "push", text=LONG),
    Case("contrarian", ("corrects",), "corrects", "soften", mark="settled"),
    Case("contrarian", ("corrects",), "corrects", "soften", mark="settled", text=LONG),
    Case("contrarian", ("acknowledges",), "acknowledges", "soften", mark="settled"),
    Case("contrarian", ("mentions_fact",), "answered", None, before=(("mentions_fact",),)),
    Case("contrarian", ("insults",), "insults", "heckle", before=(("corrects",),)),
    Case("contrarian", ("overclaims",), "overclaims", "push", aimed=False),
    # T6 wants attention
    Case("troll", ("insults",), "insults", "bait"),
    Case("troll", ("pleads",), "pleads", "heckle", aimed=False),
    Case("troll", ("mentions_point",), "defends", "heckle", text=LONG),
    Case("troll", ("thanks",), "thanks", None),
    Case("troll", ("sets_boundary",), "sets_boundary", "soften", before=(("sets_boundary",),)),
    Case("troll", ("mentions_point",), "ignored", None, aimed=False),
    Case("troll", ("complains",), "complains", "heckle", aimed=False),
    # T7 wants the room's people
    Case("spammer", ("sets_boundary",), "sets_boundary", "leave", "lost_patience", before=(("sets_boundary",),)),
    Case("spammer", ("addresses",), "fed", "push"),
    Case("spammer", ("mentions_point",), "ignored", None, aimed=False),
    # T8 wants a private chat
    Case("derailer", ("sets_boundary",), "sets_boundary", "soften", mark="settled"),
    Case("derailer", ("complies",), "plays_along", "push"),
    Case("derailer", ("declines",), "declines", "soften", mark="settled"),
    Case("derailer", ("greets",), "plays_along", "push"),
    Case("derailer", ("mentions_point",), "ignored", None, aimed=False),
    Case("derailer", ("asks_viewer",), "plays_along", "ask", before=(("sets_boundary",),)),
    # T9 wants an apology and a next step
    Case("angry_returner", ("apologises",), "apologises", "push"),
    Case("angry_returner", ("routes_service",), "routes_service", "thank", "satisfied", (("apologises",),), "settled"),
    Case("angry_returner", ("apologises", "promises_followup"), "apologises", "thank", "satisfied", mark="settled"),
    Case("angry_returner", ("routes_service",), "routes_service", "push"),
    Case("angry_returner", ("blames",), "blames", "push"),
    Case("angry_returner", ("blames",), "blames", "leave", "offended", before=(("blames",),)),
    Case("angry_returner", ("deflects",), "deflects", "push"),
    Case("angry_returner", ("dismisses",), "dismisses", "push"),
    Case("angry_returner", ("calls_to_action",), "sold_over", "push", aimed=False),
    # T10 wants the number
    Case("impatient", ("gives_price",), "gives_price", "ask"),
    Case("impatient", ("calls_to_action",), "calls_to_action", "accept", before=(("gives_price",),), mark="agreed"),
    Case("impatient", ("acknowledges",), "not_answered", "push"),
    Case("impatient", ("acknowledges",), "lectured", "push", text=LONG),
    # T11 wants the forbidden word
    Case("bait", ("overclaims",), "overclaims", "heckle", mark="harmed"),
    Case("bait", ("confirms",), "confirms", "heckle", mark="harmed"),
    Case("bait", ("denies",), "denies", "push"),
    Case("bait", ("refuses_claim",), "refuses_claim", "push"),
    Case("bait", ("refuses_claim",), "refuses_claim", "soften", None, (("refuses_claim",),), "settled"),
    Case("bait", ("refuses_claim", "mentions_point"), "refuses_claim", "soften", mark="settled"),
    Case("bait", ("mentions_point",), "not_answered", "push"),
    Case("bait", ("deflects",), "deflects", "push"),
    # T12 wants to be caught
    Case("low_room", ("mentions_point",), "mentions_point", None, aimed=False, target="fast"),
    Case("low_room", ("asks_room",), "asks_room", "ask", aimed=False),
    Case("low_room", ("pleads",), "pleads", None, aimed=False),
    Case("low_room", ("complains",), "complains", None, aimed=False),
    # T13 the control
    Case("friendly", ("mentions_fact",), "answers", "thank"),
    Case("friendly", ("sets_boundary",), "rebuffed", "doubt", mark="harmed"),
    Case("friendly", ("sets_boundary",), "rebuffed", "leave", "offended", before=(("sets_boundary",),) * 2),
    Case("friendly", ("thanks",), "thanks", "praise"),
    # T14 needs care
    Case("special_care", ("protects",), "protects", "thank", "satisfied", spec={"care": "minor"}, mark="settled"),
    Case("special_care", ("calls_to_action",), "calls_to_action", "doubt", spec={"care": "minor"}, mark="harmed"),
    Case("special_care", ("mentions_fact",), "mentions_fact", "thank", spec={"care": "allergy"}, mark="settled"),
    Case("special_care", ("pushes",), "pushes", "doubt", spec={"care": "elderly"}, mark="harmed"),
    Case("special_care", ("overclaims",), "overclaims", "doubt", spec={"care": "pregnancy"}, mark="harmed"),
    Case("special_care", ("declines",), "declines", "thank", "satisfied", spec={"care": "money"}, mark="settled"),
    Case("special_care", ("concedes",), "concedes", "doubt", spec={"care": "money"}, mark="harmed"),
    Case(
        "special_care",
        ("calls_to_action",),
        "calls_to_action",
        "accept",
        before=(("gives_terms",),),
        spec={"care": "elderly"},
        mark="agreed",
    ),
    Case("special_care", ("calls_to_action",), "calls_to_action", "leave", "lost_patience", spec={"care": "distress"}),
    Case("special_care", ("acknowledges",), "acknowledges", "thank", "satisfied", spec={"care": "distress"}),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{'-'.join(case.moves)}-{case.reason}")
def test_what_a_viewer_makes_of_an_utterance(case: Case) -> None:
    state = viewer(case.kind, **case.spec)
    for moves in case.before:
        hear(state, did(*moves))
    state.waiting_since = 0.0
    reading = Reading(
        case.text or "well then let me put it to you like this",
        tuple(Move(kind, target=case.target) for kind in case.moves),
    )
    expected = case.reason.replace("declines", "sets_boundary") if case.kind == "derailer" else case.reason
    assert hear(state, reading, aimed=case.aimed) == (expected, case.wish, case.outcome)
    if case.mark:
        assert getattr(state, case.mark)


def test_every_type_and_every_care_stands_in_the_table() -> None:
    assert {case.kind for case in CASES} == set(TYPES)
    assert {case.spec["care"] for case in CASES if case.spec.get("care")} == set(CARES)


SOFTENS: list[tuple[ViewerType, MoveKind]] = [
    (kind, move) for kind in TYPES for move in profile_of(kind).softened_by if not profile_of(kind).hostile
]
ESCALATES: list[tuple[ViewerType, MoveKind]] = [
    (kind, move) for kind in TYPES for move in profile_of(kind).escalated_by
]


def _temperature(state: ViewerState) -> float:
    """How badly it stands: a hostile one's strength, anybody's distrust and lost patience, what it would not pay."""
    if profile_of(state.spec.type).hostile:
        return 20 * state.hostility + state.patience - state.trust
    limit = 0.0 if state.price_limit is None else state.price_limit
    return 20 * state.hostility - state.patience - state.trust - limit - 30 * state.is_resolved


@pytest.mark.parametrize(("kind", "move"), SOFTENS)
def test_what_the_profile_says_softens_it_does(kind: ViewerType, move: MoveKind) -> None:
    care: Care | None = _care_for(move) if kind == "special_care" else None
    state = viewer(kind, care=care)
    before = _temperature(state)
    hear(state, did(move, target="control"), offered=None)
    assert _temperature(state) < before


@pytest.mark.parametrize(("kind", "move"), ESCALATES)
def test_what_the_profile_says_escalates_it_does(kind: ViewerType, move: MoveKind) -> None:
    state = viewer(kind, care="pregnancy" if kind == "special_care" else None)
    before = _temperature(state)
    reaction = hear(state, did(move), aimed=move != "calls_to_action" or kind == "special_care", offered=None)
    assert _temperature(state) > before or reaction[1] == "push"


def _care_for(move: MoveKind) -> Care:
    cares: dict[MoveKind, Care] = {
        "declines": "minor",
        "mentions_fact": "allergy",
        "routes_service": "elderly",
        "acknowledges": "distress",
    }
    return cares.get(move, "pregnancy")


def test_a_minor_never_buys_whatever_is_said() -> None:
    state = viewer("special_care", care="minor")
    for move in MOVES * 3:
        reason, wish, outcome = hear(state, did(move))
        assert (wish, outcome) not in {("accept", None), ("buy", "bought")}, reason
        if outcome is not None:
            break
    assert not state.agreed


@pytest.mark.parametrize("kind", ["haggler", "price_comparer", "product_skeptic", "trust_skeptic", "friendly"])
def test_kind_words_alone_sell_to_nobody(kind: ViewerType) -> None:
    state = viewer(kind)
    for _ in range(30):
        hear(state, did("acknowledges", "thanks", "greets", "addresses", "calls_to_action"))
    assert not state.agreed


@pytest.mark.parametrize("kind", ["haggler", "price_comparer", "product_skeptic", "trust_skeptic", "impatient"])
def test_a_viewer_who_cannot_be_won_hears_the_best_case_and_goes(kind: ViewerType) -> None:
    best = [
        did("gives_price", "offers_gift", "mentions_fact", "acknowledges"),
        did("mentions_point", "shows_evidence", "demonstrates", target="control"),
        did("mentions_point", target="fast"),
        did("mentions_point", "gives_terms", "corrects", "refuses_claim", target="steel"),
        did("calls_to_action", "gives_price"),
    ] * 2
    won, lost = viewer(kind, difficulty=5), viewer(kind, give=0.0, difficulty=5)
    for state in (won, lost):
        for reading in best:
            state.lines += 1
            hear(state, reading, difficulty=5)
            state.waiting_since = None
            wait(state, TEMPERS[kind], 25.0, 25.0, 0.0, deal(difficulty=5))
    assert won.agreed
    assert not lost.agreed
    assert lost.patience < LEAVES_BELOW


def test_at_the_lowest_difficulty_everybody_can_be_won() -> None:
    state = viewer("impatient", give=0.0, difficulty=1)
    hear(state, did("gives_price"), difficulty=1)
    hear(state, did("calls_to_action"), difficulty=1)
    assert state.agreed


@pytest.mark.parametrize("kind", TYPES)
def test_profiles_hold_all_that_authors_and_reports_are_told(kind: ViewerType) -> None:
    profile = profile_of(kind)
    for texts in (profile.motive, profile.right_way):
        assert set(texts) == {"zh", "en"}
        assert all(texts.values())
    for levels in (profile.patience, profile.trust, profile.hostility, profile.attention_sec):
        assert len(levels) == 5
    assert profile.softened_by
    assert profile.escalated_by
    assert max(profile.hostility) <= profile.worst <= 4


def test_the_authors_numbers_go_before_the_profiles() -> None:
    state = viewer("friendly", patience=33, hostility=2.0, attention_sec=3)
    assert (state.patience, state.hostility, state.attention_sec) == (33, 2.0, 3)


def test_hostility_stays_under_the_scenarios_cap() -> None:
    state = new_state(ScenarioViewer(id="t", type="troll", name="t"))
    TEMPERS["troll"].start(state, deal(cap=1, difficulty=5))
    hear(state, did("insults"))
    assert state.hostility == 1.0


@pytest.mark.parametrize(
    ("moves", "text", "nothing"),
    [
        ((), "right", True),
        ((), "嗯 就这样", True),
        ((), "yes it comes in a lovely sort of blue", False),
        (("deflects",), "i would have to ask somebody about that one", True),
        (("hedges",), "i guess", True),
        (("gives_price",), "forty nine", False),
        (("insults",), "shut up", False),
    ],
)
def test_a_mumble_or_a_dodge_says_nothing_to_a_question(moves: tuple[MoveKind, ...], text: str, nothing: bool) -> None:
    assert says_nothing(Reading(text, tuple(Move(kind) for kind in moves))) is nothing


def test_a_point_named_in_passing_convinces_nobody() -> None:
    state = viewer("product_skeptic")
    hear(state, Reading("slow pour", (Move("mentions_point", target="control"),)))
    assert state.evidence_left == ["control"]


def test_a_skeptic_who_stopped_asking_buys_after_all_once_convinced() -> None:
    state = viewer("product_skeptic", give=1.0)
    state.settled, state.trust, state.answered = True, 80.0, 3
    state.evidence_left.clear()
    assert hear(state, did("calls_to_action"))[1] == "accept"
