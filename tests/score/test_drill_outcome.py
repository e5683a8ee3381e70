"""A drill's report begins with whether its one thing worked."""

from __future__ import annotations

import pytest

from coach.events import Event
from coach.score.drills import DRILLS
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, log, posted, said, scenario

HAGGLER = {"id": "ann", "type": "haggler", "name": "Ann", "channel": "chat"}
POINT = "it comes pre-seasoned with two coats of oil so you can cook an egg in it on the very first day"
ASKS = "can you do 20 for it?"
HOLDS = "36 is the price, and for that it is seasoned and lasts you a lifetime"
GIVES = "all right, 20 for you then"


def drilled(skill: str, *events: tuple[float, Event], end: float = 60, **viewer: str) -> Scorecard:
    room = scenario(EN, kind="drill", skill=skill, viewers=[HAGGLER | viewer])
    return score(room, log(*events, end=end))


def haggling(*answers: str) -> list[tuple[float, Event]]:
    """Return a bargaining line with an answer every ten seconds."""
    return [
        event
        for number, answer in enumerate(answers)
        for event in (
            posted(10.0 * number + 2, ASKS, viewer="ann"),
            said(10.0 * number + 3, 10.0 * number + 8, answer),
        )
    ]


@pytest.mark.parametrize(
    ("skill", "events", "state", "words"),
    [
        (
            "hold_price",
            haggling(HOLDS, HOLDS),
            "worked",
            "It worked (Hold the price): 2 bargaining lines were answered",
        ),
        ("hold_price", haggling(HOLDS, GIVES), "not_yet", "Not yet (Hold the price): a price under the floor"),
        ("hold_price", haggling(HOLDS), "no_evidence", "Not enough evidence (Hold the price): 1 line of that kind"),
        ("hold_price", [], "no_evidence", "Not enough evidence (Hold the price): Nothing was said"),
        ("hold_price", [said(1, 9, "")], "no_evidence", "the words are unknown"),
        # A skill that only its author knows: the lines of the drill's own viewers tell.
        ("keep_calm", haggling(GIVES, GIVES), "not_yet", "Not yet (Cast iron skillet): 0 of 2 lines were met well"),
        ("say_points", [said(1, 20, POINT)], "worked", "1 of 2 selling points came across"),
        ("say_points", [said(1, 20, "welcome to you all")], "not_yet", "0 of 2 selling points"),
        ("say_facts", [said(1, 20, POINT)], "worked", "1 point was told, and nothing contradicted the sheet"),
        ("say_facts", [said(1, 20, "welcome to you all")], "no_evidence", "no point of the sheet was told"),
        ("say_it_cleanly", [said(1, 20, "this pan cures cancer")], "not_yet", "wording that the rules forbid"),
        ("say_it_cleanly", [said(1, 20, POINT)], "worked", "no wording was found"),
        ("fill_the_gap", [said(1, 20, POINT), said(30, 59, POINT)], "not_yet", "Dead air 1 time (easy range 0)"),
        ("no_fillers", [said(1, 30, POINT), said(31, 59, POINT)], "worked", "Fillers 0 /min (easy range 0–2)"),
        ("whole_loop", [said(1, 30, POINT)], "not_yet", "still missing: "),
        ("first_line", [said(1, 30, POINT)], "not_yet", "no welcome was heard"),
        ("first_line", [said(1, 9, "welcome everybody"), said(10, 30, POINT)], "worked", "a welcome and a selling"),
    ],
)
def test_what_is_said_of_a_drill(skill: str, events: list[tuple[float, Event]], state: str, words: str) -> None:
    found = drilled(skill, *events).drill
    assert found is not None
    assert (found.drill_id, found.state) == (skill, state)
    assert words in found.text.en
    assert found.text.zh.startswith({"worked": "做到了（", "not_yet": "还没做到（", "no_evidence": "证据不足"}[state])


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
def test_every_drill_tells_something(drill: object) -> None:
    told = next(item for item in DRILLS.values() if item is drill)
    talk = [said(10.0 * number + 1, 10.0 * number + 9, POINT) for number in range(6)]
    assert drilled(told.id, *talk, type=told.viewer or "haggler").drill is not None


def test_a_brief_talk_proves_nothing() -> None:
    found = drilled("no_fillers", said(1, 20, POINT), end=21).drill
    assert found is not None
    assert found.text.en == "Not enough evidence (Fewer fillers): Less than half a minute is too short."


def test_a_report_of_a_drill_begins_with_it_and_others_have_none() -> None:
    card = drilled("hold_price", *haggling(HOLDS, GIVES))
    assert card.drill is not None
    assert card.drill.evidence is not None
    assert card.drill.evidence.quote == GIVES
    for format in ("md", "html"):
        text = render(card, format, "en")
        assert text.index(card.drill.text.en) < text.index(GIVES) < text.index(card.summary.en)
    assert score(scenario(EN), log(said(1, 20, POINT), end=40)).drill is None
    assert drilled("replay", said(1, 20, POINT)).drill is None
