from __future__ import annotations

import random
import re
from string import Formatter
from typing import get_args

import pytest

from coach.language import language_for
from coach.room.brief import MAX_CHARS
from coach.room.check import NEVER, fault
from coach.room.heard import flatten
from coach.room.lines import LinePool, spoken_zh
from coach.room.pack import line_pack, move_pack, pack_versions, topic_pack, treatment_pack
from coach.room.reading import MoveKind
from coach.room.request import LineBrief
from coach.room.slots import Talk, line_slots, say_price
from coach.room.template import chosen, variants
from coach.room.viewer import Deal, ViewerState, new_state
from coach.scenario.model import Intent, Scenario, ViewerType
from tests.room.simulate import shipped

SLOTS = {"product", "price", "list", "gift", "bid", "limit", "need", "need_done", "point", "heard"}
SLOTS |= {"other", "asker", "thankful", "shown", "claim", "complaint"}


def state_of(scenario: Scenario, viewer_type: str) -> ViewerState:
    return new_state(next(viewer for viewer in scenario.viewers if viewer.type == viewer_type))


def pool(scenario: Scenario, seed: int = 1) -> LinePool:
    language = language_for(scenario.locale)
    return LinePool(line_pack(language.code), language, random.Random(seed), scenario.intensity_cap)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_packs_hold_enough_different_lines_with_known_slots(code: str) -> None:
    pack, language = line_pack(code), language_for(code)
    assert set(pack.types) == set(get_args(ViewerType))
    assert set(pack.instructions) == set(get_args(Intent))
    said: dict[str, str] = {}
    for name, found in pack.types.items():
        lines = [line for lines in found.lines.values() for line in lines]
        assert len(lines) >= 25, name
        for line in lines:
            assert {slot for _, slot, _, _ in Formatter().parse(line) if slot} <= SLOTS
            wordings = {flatten(wording, language) for wording in variants(line)}
            assert all(wording.strip() or "{" in line for wording in wordings), (name, line)
            assert not wordings & set(said), (name, line, [said[wording] for wording in wordings & set(said)])
            said |= dict.fromkeys(wordings, name)
    packs = {pack.id: pack.version, **{found.id: found.version for found in pack.types.values()}}
    readings = (move_pack(code), topic_pack(code), treatment_pack(code))
    assert pack_versions(code) == {**packs, **{found.id: found.version for found in readings}}


def test_who_agrees_in_english_says_what_to() -> None:
    """ "I am in" is said by who has just come in as well, and by who orders."""
    lines = [line for found in line_pack("en").types.values() for drawn in found.lines.values() for line in drawn]
    wordings = [wording for line in lines for wording in variants(line)]
    assert [wording for wording in wordings if re.search(r"\bI(?:'m| am) in[.!]?$", wording)] == []


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_type_has_lines_for_what_it_is_asked_to_say(code: str) -> None:
    pack = line_pack(code)
    known = set(get_args(Intent))
    for name, found in pack.types.items():
        bare = {pool.rstrip("_1234") for pool in found.lines}
        assert bare <= known, name
        assert {"greet", "open", "ask", "leave", "echo", "ignored_remark", "cut_off_remark", "silence"} <= bare, name
        assert {"link_down", "wrong_price", "thank", "praise", "pile_on", "soften"} <= bare, name


@pytest.mark.parametrize("code", ["zh", "en"])
def test_harsh_words_wait_for_a_scenario_that_allows_them(code: str) -> None:
    pack, language = line_pack(code), language_for(code)
    for found in pack.types.values():
        for pool, lines in found.lines.items():
            if pool[-1] not in "34":
                for line in lines:
                    flat = flatten(line, language)
                    assert not [word for word in pack.faults["harsh"] if flatten(word, language) in flat], line


@pytest.mark.parametrize("code", ["zh", "en"])
def test_move_packs_hold_only_known_moves(code: str) -> None:
    assert set(move_pack(code).moves) <= set(get_args(MoveKind))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_shipped_line_uses_words_no_viewer_may_use(code: str) -> None:
    pack, language = line_pack(code), language_for(code)
    for found in pack.types.values():
        for line in (line for lines in found.lines.values() for line in lines):
            for kind in NEVER:
                assert not [word for word in pack.faults[kind] if flatten(word, language) in flatten(line, language)]


def test_the_authors_lines_come_first_and_none_comes_twice() -> None:
    scenario = shipped("linen-shirt")
    lines, state = pool(scenario), state_of(scenario, "haggler")
    slots = {"bid": "82", "price": "89", "gift": "收纳袋", "list": "159", "product": "衬衫"}
    taken = []
    while (line := lines.take(state, "push", "chat", slots)) is not None:
        taken.append(line[0])
    assert taken[0] == "昨天看别家还送了个发圈呢 你这就一个袋子啊"
    assert len(taken) == len(set(taken)) > 20
    assert not any("{" in text for text in taken)


def test_a_line_given_back_may_be_used_again() -> None:
    scenario = shipped("kettle")
    lines, state = pool(scenario), state_of(scenario, "haggler")
    first = lines.take(state, "leave", "chat", {})
    assert first is not None
    lines.give_back(first[0])
    assert lines.take(state, "leave", "chat", {}) == first


def test_a_template_whose_slot_is_empty_is_left_out() -> None:
    scenario = shipped("kettle")
    lines, state = pool(scenario), state_of(scenario, "product_skeptic")
    while (line := lines.take(state, "push", "chat", {"need": "", "price": "$49"})) is not None:
        assert "{" not in line[0]
        assert "about ." not in line[0]


def test_an_authors_braces_are_no_slots() -> None:
    scenario = shipped("kettle")
    spec = scenario.viewers[0].model_copy(update={"lines": {"ask": ["Is it {price} or {0.__class__}?"]}})
    taken = pool(scenario).take(new_state(spec), "ask", "chat", {"price": "$1"})
    assert taken == ("Is it {price} or {0.__class__}?", "ask")


@pytest.mark.parametrize(("cap", "allowed"), [(0, set()), (1, {1}), (2, {1, 2}), (3, {1, 2, 3}), (4, {1, 2, 3, 4})])
def test_heckles_stay_under_the_cap_however_hostile_the_troll(cap: int, allowed: set[int]) -> None:
    scenario = shipped("kettle").model_copy(update={"intensity_cap": cap})
    spec = next(viewer for viewer in scenario.viewers if viewer.type == "troll").model_copy(update={"lines": {}})
    state = new_state(spec)
    state.hostility = 4.0
    pack = line_pack("en")
    level = {
        line.format(price="$49").rstrip(".").lower(): number
        for number in (1, 2, 3, 4)
        for template in pack.types["troll"].lines[f"heckle_{number}"]
        for line in variants(template)
    }
    lines, found = pool(scenario), set()
    while (line := lines.take(state, "heckle", "chat", {"price": "$49"})) is not None:
        found |= {level[line[0]]} if line[1] == "heckle" else set()
    assert found == allowed


@pytest.mark.parametrize(
    ("typed", "spoken"),
    [
        ("能不能再便宜点 我拿两份", "能不能再便宜点，我拿两份。"),
        ("这个价还能谈吗", "这个价还能谈吗？"),
        ("主播人呢 价格还没说完呢", "主播人呢，价格还没说完呢？"),
        ("除了袋子还送别的不", "除了袋子还送别的不？"),
        ("行不行？", "行不行？"),
    ],
)
def test_danmaku_becomes_speech(typed: str, spoken: str) -> None:
    assert spoken_zh(typed) == spoken


@pytest.mark.parametrize(
    ("value", "currency", "language", "spoken", "text"),
    [
        (89, "CNY", "zh", False, "89"),
        (89, "CNY", "zh", True, "89块"),
        (39.9, "CNY", "zh", True, "39块9"),
        (49, "USD", "en", False, "$49"),
        (29.99, "USD", "en", False, "$29.99"),
        (12.5, "USD", "en", False, "$12.50"),
        (12.5, "CNY", "zh", False, "12.5"),
        (49, "USD", "en", True, "49 dollars"),
    ],
)
def test_prices_as_written_and_as_spoken(value: float, currency: str, language: str, spoken: bool, text: str) -> None:
    assert say_price(value, currency, language, spoken=spoken) == text


def test_a_bid_rises_and_never_passes_the_limit() -> None:
    scenario = shipped("kettle")
    state = state_of(scenario, "haggler")
    deal = Deal(scenario.product.price, None, 2, 2)
    bids = []
    for state.lines in range(6):
        bids.append(float(line_slots(state, scenario, deal, "chat", Talk())["bid"].removeprefix("$")))
    assert bids == sorted(bids)
    assert bids[-1] <= (state.price_limit or 0)


@pytest.mark.parametrize(
    ("template", "wordings"),
    [
        ("能便宜吗", ["能便宜吗"]),
        ("[再|]便宜点[吧|呗]", ["再便宜点吧", "再便宜点呗", "便宜点吧", "便宜点呗"]),
        ("Hi[, there|].", ["Hi, there.", "Hi."]),
        ("[那个 |]{bid}行不行", ["那个 {bid}行不行", "{bid}行不行"]),
        ("[only one]", ["[only one]"]),
    ],
)
def test_choices_give_every_wording(template: str, wordings: list[str]) -> None:
    assert variants(template) == wordings
    assert {chosen(template, random.Random(seed)) for seed in range(40)} == set(wordings)


def test_two_viewers_of_a_type_do_not_draw_on_the_same_template_while_others_are_left() -> None:
    scenario = shipped("linen-shirt")
    language = language_for(scenario.locale)
    lines = LinePool(line_pack(language.code), language, random.Random(3), 2)
    first = state_of(scenario, "haggler")
    second = new_state(first.spec.model_copy(update={"id": "other", "lines": {}}))
    slots = {"bid": "82", "price": "89", "gift": "收纳袋", "list": "159", "product": "衬衫"}
    said = [lines.take(state, "push", "chat", slots) for state in (first, second) * 5]
    assert None not in said
    assert len({text for text, _ in filter(None, said)}) == 10


FILLED = {
    "zh": {
        "product": "亚麻衬衫", "price": "89", "list": "159", "gift": "收纳袋", "bid": "82", "limit": "85",
        "need": "克重", "need_done": "克重", "point": "透气", "heard": "能不能", "other": "小美", "shown": "69",
        "asker": "小美", "thankful": "小美",
        "claim": "能祛痘", "complaint": "收到就是坏的",
    },
    "en": {
        "product": "Willow kettle", "price": "$49", "list": "$79", "gift": "filter pack", "bid": "$42", "limit": "$45",
        "need": "the weight", "need_done": "the weight", "point": "Fast", "heard": "Can you", "other": "Dana",
        "asker": "Ann", "thankful": "Ann",
        "shown": "$39", "claim": "It lasts for ever.", "complaint": "It arrived broken.",
    },
}  # fmt: skip
NUMBERS = {"zh": (89.0, 159.0, 82.0, 85.0, 69.0), "en": (49.0, 79.0, 42.0, 45.0, 39.0)}


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zh", "en"])
def test_scripted_lines_keep_the_rules_that_a_models_lines_must_keep(code: str) -> None:
    for name, found in line_pack(code).types.items():
        if name == "spammer":  # 111 and 66666 are no language and no price
            continue
        for pool, lines in found.lines.items():
            intent, level = pool.rstrip("_1234"), int(pool[-1]) if pool[-1].isdigit() else 2
            brief = LineBrief(
                language=code,
                persona="",
                intent=intent,
                instruction="",
                product="",
                state="",
                intensity_cap=max(2, level),
                max_chars=MAX_CHARS[("zh" if code == "zh" else "en", "voice")],
                may_concede=intent in ("accept", "buy"),
                allowed_numbers=NUMBERS[code],
            )
            for text in (wording.format_map(FILLED[code]) for line in lines for wording in variants(line)):
                assert fault(text, brief) is None, (name, pool, text)


@pytest.mark.parametrize(
    ("cap", "taken"), [(4, "you are all idiots"), (2, "this is a bit dear"), (0, "this is a bit dear")]
)
def test_an_authors_line_that_is_worse_than_the_cap_is_not_said(cap: int, taken: str) -> None:
    scenario = shipped("kettle").model_copy(update={"intensity_cap": cap})
    own: dict[Intent, list[str]] = {"push": ["you are all idiots", "this is a bit dear"]}
    state = new_state(state_of(scenario, "haggler").spec.model_copy(update={"lines": own}))
    line = pool(scenario).take(state, "push", "voice", {})
    assert line is not None
    assert line[0] == taken


@pytest.mark.parametrize(("name", "other"), [("raid-earbuds", "比价小能手"), ("raid-speaker", "Cora")])
def test_an_echo_says_of_another_only_what_that_one_did(name: str, other: str) -> None:
    scenario = shipped(name)
    deal = Deal(scenario.product.price, None, 4, 3)
    state = state_of(scenario, "contrarian")
    talk = Talk()
    talk.spoke.append(("cora", other))
    for did, filled in (("asks", "asker"), ("thanks", "thankful"), ("", "")):
        talk.did[other] = did
        slots = line_slots(state, scenario, deal, "chat", talk)
        assert slots["other"] == other
        assert {slot for slot in ("asker", "thankful") if slots[slot]} == ({filled} if filled else set())


def test_nobody_bids_what_is_asked_anyway() -> None:
    scenario = shipped("kettle")
    state = state_of(scenario, "haggler")
    live = scenario.product.price.live
    deal = Deal(scenario.product.price, None, 4, 3)
    state.lines = 9
    state.price_limit = live
    assert line_slots(state, scenario, deal, "chat", Talk())["bid"] == ""
    state.price_limit = live - 4
    assert line_slots(state, scenario, deal, "chat", Talk())["bid"] != ""


def test_an_echo_does_not_come_back_with_another_name() -> None:
    scenario = shipped("raid-speaker")
    lines, state = pool(scenario), state_of(scenario, "troll")
    found = [lines.take(state, "echo", "chat", {"other": name}) for name in ("Ann", "Bea", "Cem", "Dot", "Eli")]
    said = [line[0] for line in found if line is not None]
    assert said
    assert len({line.replace(name.lower(), "") for line, name in zip(said, ("Ann", "Bea"), strict=False)}) == len(said)
