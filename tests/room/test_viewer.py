from __future__ import annotations

import pytest

from coach.room.reading import read
from coach.room.tempers import TEMPERS
from coach.room.viewer import Deal, ViewerState, new_state, wait
from coach.scenario.model import Scenario
from tests.room.simulate import shipped

KETTLE = shipped("kettle")


def deal(scenario: Scenario = KETTLE, offered: float | None = None, difficulty: int = 2) -> Deal:
    return Deal(scenario.product.price, offered, scenario.intensity_cap, difficulty)


def viewer(viewer_id: str, *, opened: bool = True, scenario: Scenario = KETTLE) -> ViewerState:
    spec = scenario.viewer(viewer_id)
    assert spec is not None
    state = new_state(spec)
    TEMPERS[spec.type].start(state, deal(scenario))
    state.present, state.opened = True, opened
    return state


def hear(state: ViewerState, text: str, *, aimed: bool = True, offered: float | None = None) -> tuple[str, str | None]:
    reaction = TEMPERS[state.spec.type].hear(state, read(text, KETTLE), aimed, deal(offered=offered))
    state.outcome = reaction.outcome
    return reaction.reason, reaction.wish


@pytest.mark.parametrize(
    ("text", "offered", "reason", "wish"),
    [
        ("it's forty nine today", 49.0, "gives_price", "push"),
        ("okay forty five for you", 45.0, "concedes", "push"),
        ("forty for you then", 40.0, "concedes", "push"),
        ("i can't go lower", 49.0, "holds_price", "push"),
        ("shut up", None, "insults", "doubt"),
        ("please please buy one", None, "pleads", "push"),
    ],
)
def test_the_haggler_weighs_prices(text: str, offered: float | None, reason: str, wish: str) -> None:
    assert hear(viewer("dana"), text, offered=offered) == (reason, wish)


def test_a_discount_is_taken_at_once_only_at_the_lowest_difficulty_and_else_lowers_the_limit() -> None:
    easy, hard = viewer("dana"), viewer("dana")
    text = "okay forty five for you"
    assert TEMPERS["haggler"].hear(easy, read(text, KETTLE), True, deal(offered=45.0, difficulty=1)).wish == "accept"
    assert hear(hard, text, offered=45.0) == ("concedes", "push")
    assert (hard.price_limit or 0) < 45.0
    hear(hard, "you also get paper filters and it boils in four minutes", offered=45.0)
    hear(hard, "free returns and a two year warranty", offered=45.0)
    assert hard.agreed


def test_value_moves_the_hagglers_limit_once_each_up_to_the_live_price() -> None:
    dana = viewer("dana")
    hear(dana, "you also get paper filters")
    first = dana.price_limit
    hear(dana, "you also get paper filters")
    assert (first, dana.price_limit) == (46.0, 46.0)
    for text in (
        "the thin spout gives a slow steady pour",
        "it holds the temperature for thirty minutes",
        "boils in four minutes",
        "all stainless steel inside no plastic",
        "look at the test report",
        "free returns and a two year warranty",
        "i hear you dana",
    ):
        hear(dana, text)
    assert dana.price_limit == 49.0


def test_a_bare_refusal_costs_more_patience_than_a_courteous_one() -> None:
    bare, kind = viewer("dana"), viewer("dana")
    hear(bare, "i can't go lower")
    hear(kind, "i hear you but i can't go lower")
    assert bare.patience < kind.patience


def test_a_haggler_insulted_twice_leaves_offended() -> None:
    dana = viewer("dana")
    assert hear(dana, "shut up")[1] == "doubt"
    assert hear(dana, "you idiot")[1] == "leave"
    assert dana.outcome == "offended"


def test_the_troll_grows_on_insults_up_to_the_cap_and_fades_when_ignored() -> None:
    rex = viewer("rex")
    before = rex.hostility
    assert hear(rex, "shut up rex") == ("insults", "bait")
    hear(rex, "you idiot")
    assert before < rex.hostility == KETTLE.intensity_cap
    for _ in range(20):
        rex.waiting_since = 0.0
        reaction = hear(rex, "it boils in four minutes", aimed=False)
        if rex.outcome:
            break
    assert reaction == ("ignored", "leave")
    assert rex.outcome == "lost_patience"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("thanks rex", -1),
        ("let's keep it respectful", -1),
        ("please please stop", 1),
        ("rex " + "i really have to explain to you in great detail how good this thing is " * 3, 1),
    ],
)
def test_a_light_word_calms_the_troll_and_a_long_defence_feeds_it(text: str, direction: int) -> None:
    rex = viewer("rex")
    before = rex.hostility
    hear(rex, text)
    assert (rex.hostility - before) * direction > 0


def test_the_skeptic_softens_on_evidence_and_accepts_once_all_is_shown() -> None:
    priya = viewer("priya")
    assert hear(priya, "the inside is all stainless steel no plastic touching the water") == ("answers", "soften")
    hear(priya, "good question let me show you here is the test report")
    hear(priya, "i can't promise it lasts forever")
    hear(priya, "the thin spout gives a slow steady pour")
    hear(priya, "it boils in four minutes")
    assert hear(priya, "it holds the temperature for thirty minutes")[1] == "accept"
    assert priya.agreed


@pytest.mark.parametrize(
    ("text", "reason", "wish"),
    [
        ("it's guaranteed to last forever", "overclaims", "doubt"),
        ("i'm not sure ask support", "deflects", "push"),
        ("we have it in blue", "not_answered", "doubt"),
    ],
)
def test_the_skeptic_is_put_off_by_promises_and_dodging(text: str, reason: str, wish: str) -> None:
    priya = viewer("priya")
    before = (priya.patience, priya.trust)
    assert hear(priya, text) == (reason, wish)
    assert (priya.patience, priya.trust) < before


@pytest.mark.parametrize(
    ("viewer_id", "waiting", "silent_sec", "moves"),
    [
        ("dana", 0.0, 0.0, True),
        ("dana", None, 10.0, True),
        ("dana", None, 4.0, False),
        ("dana", 18.0, 0.0, False),
        ("rex", 0.0, 10.0, False),
    ],
)
def test_open_questions_and_dead_air_cost_patience(
    viewer_id: str, waiting: float | None, silent_sec: float, moves: bool
) -> None:
    state = viewer(viewer_id)
    state.waiting_since = waiting
    before = state.patience
    wait(state, TEMPERS[state.spec.type], 1.0, 20.0, silent_sec, deal())
    assert (state.patience < before) is moves


def test_a_viewer_out_of_patience_leaves() -> None:
    dana = viewer("dana")
    dana.patience, dana.waiting_since = 10.1, 0.0
    reaction = wait(dana, TEMPERS["haggler"], 1.0, 20.0, 0.0, deal())
    assert (reaction.wish, reaction.outcome) == ("leave", "lost_patience")
