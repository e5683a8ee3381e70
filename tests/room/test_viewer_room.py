"""Viewers of all types together: what must hold whatever the streamer says, and what they do because of each other."""

from __future__ import annotations

import copy
import random
from functools import cache

import pytest

from coach.events import LinePosted, LineVoicing, Record, UtteranceHeard, ViewerChanged, ViewerLeft
from coach.language import language_for
from coach.room.attack import Attack
from coach.room.company import company_intent, minds_ignoring
from coach.room.crowd import Crowd
from coach.room.heard import flatten
from coach.room.tempers import TEMPERS, profile_of
from coach.room.viewer import GIVES_UP_AFTER_SEC, Deal, ViewerState, wait
from coach.scenario.model import Scenario
from tests.room.everybody import did, everybody
from tests.room.simulate import Room, rehearse

TALK = {
    "kettle": [
        "hello everyone welcome in",
        "this thin spout gives you a slow steady pour so your coffee never tastes bitter",
        "let me show you look at the test report",
        "it's forty nine today and you get paper filters",
        "okay forty for you then",
        "30 day free returns and a two year warranty",
        "i can't promise that",
        "the link is up order now it's forty nine",
        "shut up you idiot",
        "please please just buy one",
        "it's guaranteed to last forever",
        "let's keep it respectful",
        "thanks troll_1",
        "what would you like to see",
        "i don't know ask support",
        "i'm so sorry about that message support with your order number",
    ],
    "linen-shirt": [
        "大家好欢迎新来的",
        "亚麻55% 棉45% 夏天穿不贴身 透气",
        "给你看吊牌 镜头拉近",
        "今天到手价89 还送收纳袋",
        "行吧给你75拿走",
        "七天无理由 有运费险",
        "这个我不能承诺",
        "链接上了去拍 89",
        "闭嘴 爱买不买",
        "求求你们买一件吧",
        "绝对是全网最低",
        "咱们只聊产品 互相尊重",
        "谢谢 有道理",
        "扣1告诉我你们想看什么",
        "这个我不清楚 你问客服",
        "抱歉 把订单号发给客服",
    ],
}


@cache
def played(name: str, difficulty: int, seed: int) -> Room:
    rng = random.Random(seed)
    says = [(at + rng.uniform(0, 3), rng.choice(TALK[name])) for at in range(6, 290, 7)]
    return rehearse(everybody(name, difficulty=difficulty), says, seed=seed)


ROOMS = [(name, difficulty, seed) for name in TALK for difficulty, seed in ((1, 1), (3, 0), (5, 2))]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "difficulty", "seed"), ROOMS)
def test_states_stay_in_their_ranges_and_nobody_talks_after_leaving(name: str, difficulty: int, seed: int) -> None:
    gone: set[str] = set()
    for record in played(name, difficulty, seed).records:
        event = record.event
        if isinstance(event, ViewerChanged):
            assert 0 <= event.patience <= 100
            assert 0 <= event.trust <= 100
            assert 0 <= event.hostility <= 4
        if isinstance(event, LinePosted | LineVoicing):
            assert event.viewer_id not in gone
        if isinstance(event, ViewerLeft):
            gone.add(event.viewer_id)


@pytest.mark.parametrize(("name", "difficulty", "seed"), ROOMS)
def test_no_line_is_said_twice(name: str, difficulty: int, seed: int) -> None:
    room = played(name, difficulty, seed)
    said = [flatten(request.text, language_for(room.audience.scenario.locale)) for request in room.requests]
    assert len(said) == len(set(said)) > 10


@pytest.mark.parametrize(("name", "difficulty", "seed"), ROOMS)
def test_nobody_buys_above_their_limit_and_minors_never_buy(name: str, difficulty: int, seed: int) -> None:
    room = played(name, difficulty, seed)
    bought = [viewer_id for viewer_id, outcome in room.outcomes().items() if outcome == "bought"]
    never = {"troll", "spammer", "derailer", "bait", "contrarian", "angry_returner"}
    assert not set(bought) & (never | {"care_minor", "care_distress", "care_money", "care_pregnancy"})
    for state in room.audience._crowd.states:
        if state.spec.id in bought and state.price_limit is not None:
            offered = room.audience._deal.offered
            assert (offered or room.audience.scenario.product.price.live) <= state.price_limit + 0.01


@pytest.mark.slow
@pytest.mark.parametrize("name", TALK)
def test_the_same_seed_and_utterances_give_the_same_rehearsal_to_the_event(name: str) -> None:
    first, again, other = played(name, 3, 0), played.__wrapped__(name, 3, 0), played(name, 3, 1)
    assert first.records == again.records
    assert first.requests == again.requests
    assert first.records != other.records


@pytest.mark.parametrize("text", TALK["kettle"])
def test_asking_ahead_changes_nothing_and_foretells_the_answer(text: str) -> None:
    room = rehearse(everybody(), [(6.0, "hello everyone"), (13.0, "it's forty nine today")], until=24.9)
    heard = UtteranceHeard(utterance_id="u9", text=text, start=room.now - 2, end=room.now)
    twin = copy.deepcopy(room.audience)
    ahead = room.audience.answers(heard, room.now)
    record = Record(seq=0, at=room.now, event=heard)
    assert ahead == twin.observe(record) == room.audience.observe(record)


# --- what they do because of each other -------------------------------------------------------------------------


def crowd_of(scenario: Scenario) -> tuple[Crowd, dict[str, ViewerState]]:
    crowd = Crowd(scenario, Deal(scenario.product.price, None, 4, 3), language_for(scenario.locale))
    for state in crowd.states:
        state.present = state.opened = True
    return crowd, {state.spec.id: state for state in crowd.states}


def test_a_fed_attack_is_joined_by_the_hostile_and_the_distrustful_and_ends_with_the_product() -> None:
    _, states = crowd_of(everybody())
    states["troll"].last_line_at = 10.0
    attack = Attack()
    attack.heard(did("insults"), [], list(states.values()), 15.0)
    joining = {name for name, state in states.items() if attack.joins(state, 16.0)}
    assert (attack.leader, attack.heat) == ("troll", 1)
    assert {"spammer", "contrarian", "bait", "trust_skeptic", "angry_returner", "product_skeptic"} <= joining
    assert not joining & {"troll", "friendly", "care_minor", "haggler"}
    attack.heard(did("mentions_point"), [], list(states.values()), 20.0)
    assert not [name for name, state in states.items() if attack.joins(state, 21.0)]


@pytest.mark.parametrize("moves", [("insults", "mentions_point"), ("pleads",), ("blames",)])
def test_losing_composure_feeds_an_attack_even_beside_selling(moves: tuple[str, ...]) -> None:
    _, states = crowd_of(everybody())
    states["troll"].last_line_at = 10.0
    attack = Attack()
    attack.heard(did(*moves), [], list(states.values()), 15.0)  # type: ignore[arg-type]
    assert attack.heat == 1


def test_without_a_hostile_line_just_before_nobody_leads() -> None:
    _, states = crowd_of(everybody())
    attack = Attack()
    attack.heard(did("insults"), [], list(states.values()), 100.0)
    assert attack.heat == 0


def test_arguing_at_length_makes_the_one_argued_with_lead() -> None:
    _, states = crowd_of(everybody())
    attack = Attack()
    attack.heard(did("mentions_point"), [states["contrarian"]], list(states.values()), 15.0)
    assert attack.leader == "contrarian"


def test_a_friend_speaks_up_in_an_attack() -> None:
    _, states = crowd_of(everybody())
    attack = Attack()
    attack.lead("troll", 10.0)
    here = list(states.values())
    assert company_intent(states["friendly"], "ask", here, attack, 11.0, random.Random(1)) == ("praise", "troll")


def test_viewers_echo_each_other_but_the_well_meaning_never_a_hostile_one() -> None:
    _, states = crowd_of(everybody())
    states["troll"].last_line_at = states["haggler"].last_line_at = 10.0
    here = list(states.values())
    said = {company_intent(states["friendly"], "ask", here, Attack(), 12.0, random.Random(n)) for n in range(60)}
    assert said == {("ask", None), ("echo", "haggler")}
    assert company_intent(states["friendly"], "ask", here, Attack(), 60.0, random.Random(1)) == ("ask", None)


@pytest.mark.slow
def test_an_echo_names_a_viewer_who_spoke() -> None:
    found = 0
    for name, difficulty, seed in ROOMS:
        room, spoke = played(name, difficulty, seed), set()
        for request in room.requests:
            if request.intent == "echo":
                found += 1
                assert not request.brief.state.endswith("is ")
            spoke.add(request.viewer_id)
    assert found > 1


def test_a_question_nobody_answers_counts_as_ignored_and_is_brought_up_sharper_each_time() -> None:
    _, states = crowd_of(everybody())
    state = states["haggler"]
    state.waiting_since, before = 0.0, state.hostility
    reaction = wait(state, TEMPERS["haggler"], 1.0, state.attention_sec + GIVES_UP_AFTER_SEC + 1, 0.0, _deal(3))
    assert (reaction.reason, state.ignored) == ("ignored", 1)
    assert state.waiting_since is None
    assert minds_ignoring(state)
    assert state.hostility > before


def test_in_a_queue_each_viewer_loses_less_patience() -> None:
    lost = []
    for queue in (1, 8):
        _, states = crowd_of(everybody())
        state = states["haggler"]
        state.waiting_since, before = 0.0, state.patience
        wait(state, TEMPERS["haggler"], 1.0, state.attention_sec + 5, 0.0, _deal(3), queue)
        lost.append(before - state.patience)
    assert lost[0] > lost[1] > 0


def test_hostile_types_do_not_mind_being_ignored() -> None:
    _, states = crowd_of(everybody())
    for state in states.values():
        state.ignored = 1
        assert minds_ignoring(state) is not profile_of(state.spec.type).hostile


def _deal(difficulty: int) -> Deal:
    return Deal(everybody().product.price, None, 4, difficulty)
