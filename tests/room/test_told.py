"""What a viewer has been told it does not ask for."""

from __future__ import annotations

import pytest

from coach.room.reading import read
from coach.room.told import was_told
from coach.scenario.model import Intent, ViewerType
from tests.room.rooms import room
from tests.room.simulate import rehearse, shipped


@pytest.mark.parametrize(
    ("name", "line", "kind", "intent", "said", "told"),
    [
        ("bait-cleanser", "支持七天无理由吗", "friendly", "ask", ["七天无理由，拆封过敏了也可以退"], True),
        ("bait-cleanser", "支持七天无理由吗", "friendly", "ask", ["今天七十九块"], False),
        ("bait-cleanser", "哪个链接呀", "friendly", "ask", ["一号链接直接拍"], True),
        ("bait-cleanser", "到底多少钱 说重点", "impatient", "open", ["今天七十九块"], True),
        ("bait-cleanser", "到底多少钱 说重点", "impatient", "open", [], False),
        ("oat-crisps", "发不发货", "impatient", "ask", ["保质期九个月，四十八小时内发货，坏包包赔"], True),
        (
            "first-day-tote",
            "Would a 15 inch laptop really fit?",
            "friendly",
            "ask",
            ["it holds a 15 inch laptop"],
            True,
        ),
        ("no-orders-granola", "Price? One number", "impatient", "ask", ["it's $11"], True),
        ("no-orders-granola", "You've said that already. Where's the price?", "impatient", "push", ["it's $11"], True),
        (
            "first-day-tote",
            "Would a 15 inch laptop really fit?",
            "trust_skeptic",
            "ask",
            ["it holds a 15 inch laptop"],
            False,
        ),
        ("first-day-tote", "Would it make a good gift?", "friendly", "ask", ["it holds a 15 inch laptop"], False),
    ],
)
def test_what_was_told(name: str, line: str, kind: ViewerType, intent: Intent, said: list[str], told: bool) -> None:
    scenario = shipped(name)
    heard = [read(text, scenario) for text in said]
    assert was_told(line, kind, intent, heard, scenario) is told


def test_a_planned_question_is_another_one_where_the_authors_was_answered_before_it_was_asked() -> None:
    line = "So how bright is it?"
    scenario = room(
        "friendly",
        events=[{"at_sec": 30, "viewer": "friendly", "intent": "ask"}],
        viewer={"lines": {"ask": [line]}, "channel": "chat"},
    )
    unanswered = rehearse(scenario, [(20.0, "hello and welcome in")], until=60.0)
    answered = rehearse(scenario, [(20.0, "it gives 800 lumens so it is bright enough")], until=60.0)
    assert line.rstrip(".") in {request.text for request in unanswered.requests}
    assert line.rstrip(".") not in {request.text for request in answered.requests}


def test_who_is_in_a_hurry_and_knows_price_and_link_does_not_open_with_them() -> None:
    scenario = room("impatient", viewer={"channel": "chat"})
    found = rehearse(scenario, [(4.0, "ivo it's forty dollars, tap the link")], until=9.0)
    assert {request.intent for request in found.requests} == {"ask"}
