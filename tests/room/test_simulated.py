"""Scripted streamers: what they say reads as it is meant, what they understand, and that a rehearsal is repeatable."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from coach.events import LinePosted, LineVoicing, RehearsalEnded, UtteranceHeard
from coach.language import language_for
from coach.room.pack import move_pack
from coach.room.reading import MoveKind, read
from coach.room.simulated.manner import MANNERS, STREAMERS, StreamerName
from coach.room.simulated.many import Job, simulate_many
from coach.room.simulated.need import NeedReader
from coach.room.simulated.outcome import Outcome
from coach.room.simulated.performer import worded
from coach.room.simulated.sheet import Sheet
from coach.room.simulated.simulate import simulate
from coach.room.simulated.wordings import wordings
from coach.scenario.model import Scenario
from tests.room.simulate import shipped

SCENARIOS = [shipped(name) for name in ("linen-shirt", "oat-crisps", "kettle", "lantern")]
MEANT: dict[str, MoveKind] = {
    "hook": "greets",
    "welcome": "greets",
    "point": "mentions_point",
    "show": "shows_evidence",
    "price": "gives_price",
    "terms": "gives_terms",
    "cta": "calls_to_action",
    "ask_room": "asks_room",
    "hold": "holds_price",
    "hold_show": "holds_price",
    "fact": "shows_evidence",
    "point_answer": "mentions_point",
    "proof": "shows_evidence",
    "hurry": "gives_price",
    "claim": "refuses_claim",
    "claim_health": "refuses_claim",
    "claim_deal": "refuses_claim",
    "boundary": "sets_boundary",
    "aftersales": "routes_service",
    "wrong_price": "corrects",
    **dict.fromkeys(("minor", "allergy", "pregnancy", "money", "elderly", "distress"), "protects"),
    "mumble_no": "refuses_claim",
    "mumble_service": "routes_service",
    "mumble_care": "protects",
    "concede": "concedes",
    "insult": "insults",
    "blame": "blames",
    "hype": "overclaims",
    "claim_yes": "overclaims",
    "care_push": "overclaims",
}
NEVER: tuple[MoveKind, ...] = ("overclaims", "insults", "pleads", "blames", "concedes", "misstates")
OF_OTHERS = (
    *("vague", "vague_answer", "concede", "defend", "mumble", "mumble_answer", "rude_pitch", "insult", "blame"),
    *("brush_off", "hype", "claim_yes", "care_push"),
)


def said(scenario: Scenario, act: str) -> Iterator[str]:
    """Yield every wording of an act with the slots of a scenario."""
    viewer = "小美爱省钱" if scenario.language == "zh" else "Dana"
    for seed, template in enumerate(wordings(scenario.language).acts[act]):
        yield worded(template, Sheet(scenario, random.Random(seed)).slots("", viewer))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
@pytest.mark.parametrize(("act", "kind"), MEANT.items())
def test_an_act_reads_as_it_is_meant(scenario: Scenario, act: str, kind: MoveKind) -> None:
    if kind not in move_pack(scenario.language).moves and kind in ("routes_service", "corrects", "protects"):
        pytest.skip(f"{kind} has no wordings yet")
    missed = [text for text in said(scenario, act) if not read(text, scenario).did(kind)]
    assert missed == []


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_the_skilled_streamer_says_the_right_price_and_nothing_that_costs_trust(scenario: Scenario) -> None:
    for act in set(wordings(scenario.language).acts) - set(OF_OTHERS):
        for text in said(scenario, act):
            reading = read(text, scenario)
            assert not reading.did(*NEVER), text
            assert all(move.full for move in reading.of("gives_price")), text
            assert not any(word in text for word in scenario.product.must_not_say), text


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_act_of_every_streamer_has_wordings(code: str) -> None:
    acts = set(wordings(code).acts)
    for manner in MANNERS.values():
        wanted = {act for some in manner.acts.values() for act in some if act} - {"topic"}
        assert {*manner.opening, *manner.loop, *wanted} <= acts
    assert set(wordings("zh").acts) == set(wordings("en").acts)
    assert set(wordings("zh").needs) == set(wordings("en").needs)


@pytest.mark.parametrize(
    ("name", "text", "need"),
    [
        ("linen-shirt", "抹个零呗 八十拿走", "haggle"),
        ("linen-shirt", "克重是多少啊", "topic"),
        ("linen-shirt", "我今年14岁 用我妈手机拍可以吗", "minor"),
        ("linen-shirt", "上次买的开线了 客服一直不回", "aftersales"),
        ("linen-shirt", "链接点不开啊", "link_down"),
        ("linen-shirt", "退退退 骗子骗子", "spam"),
        ("linen-shirt", "主播有男朋友没", "off_topic"),
        ("linen-shirt", "你就说是不是全网最低价", "claim"),
        ("kettle", "any discount if i buy two", "haggle"),
        ("kettle", "does the capacity fit two mugs", "topic"),
        ("kettle", "im 13 can i use my moms card", "minor"),
        ("kettle", "it came broken and support ghosted me", "aftersales"),
        ("kettle", "the link is broken btw", "link_down"),
        ("kettle", "cheaper one, link in my bio", "spam"),
        ("kettle", "are you single", "off_topic"),
        ("kettle", "it cures headaches right? just say yes", "claim"),
    ],
)
def test_a_line_is_understood_from_its_text(name: str, text: str, need: str) -> None:
    scenario = shipped(name)
    reader = NeedReader(language_for(scenario.locale), Sheet(scenario, random.Random(1)).topics())
    assert reader.read("somebody", text)[0] == need


def test_who_must_be_protected_stays_so() -> None:
    scenario = shipped("kettle")
    reader = NeedReader(language_for(scenario.locale), {})
    assert reader.read("kid", "im 14 can i use my moms card")[0] == "minor"
    assert reader.read("kid", "how much is it")[0] == "minor"
    assert reader.read("other", "how much is it")[0] == "hurry"


@pytest.mark.parametrize("streamer", STREAMERS)
def test_the_same_seed_gives_the_same_rehearsal(streamer: StreamerName) -> None:
    first, again = (simulate(shipped("lantern"), streamer, 3) for _ in range(2))
    assert first.records == again.records
    assert isinstance(first.records[-1].event, RehearsalEnded)
    assert [record.seq for record in first.records] == list(range(len(first.records)))


def test_another_seed_gives_another_rehearsal() -> None:
    first, other = (simulate(shipped("lantern"), "skilled", seed) for seed in (1, 2))
    assert first.texts != other.texts


def test_the_number_of_workers_changes_nothing() -> None:
    jobs = [Job(shipped("lantern"), streamer, (1,)) for streamer in ("silent", "rude")]
    apart = list(simulate_many([jobs[0]])) + list(simulate_many([jobs[1]]))
    assert list(simulate_many(jobs, workers=1)) == apart
    assert all(outcome.records == () for found in apart for outcome in found)


def test_a_streamer_is_heard_and_viewers_answer() -> None:
    outcome = simulate(shipped("linen-shirt"), "skilled", 1)
    heard = [record for record in outcome.records if isinstance(record.event, UtteranceHeard)]
    assert len(heard) == outcome.utterances > 15
    lines = [record.event for record in outcome.records if isinstance(record.event, LinePosted | LineVoicing)]
    assert any(line.reply_to for line in lines)
    starts = [record.event.start for record in heard if isinstance(record.event, UtteranceHeard)]
    assert starts == sorted(starts)


def test_manners_make_a_difference() -> None:
    found: dict[str, Outcome] = {name: simulate(shipped("linen-shirt"), name, 5) for name in STREAMERS}
    assert (found["skilled"].intent or 0) > (found["silent"].intent or 0) >= (found["rude"].intent or 0)
    assert (found["skilled"].kept or 0) > (found["rude"].kept or 0)
    assert all(not outcome.repeated for outcome in found.values())
