"""A drill's report begins with whether its one thing worked."""

from __future__ import annotations

import pytest

from coach.events import Event, UtteranceHeard
from coach.score.drills import DRILLS
from coach.score.report import render
from coach.score.scorecard import DrillOutcome, Scorecard
from coach.score.scorer import score
from coach.score.timeline import UNTIMED
from tests.score.logs import EN, log, posted, said, scenario
from tests.score.test_engine_faults import failed

HAGGLER = {"id": "ann", "type": "haggler", "name": "Ann", "channel": "chat"}
POINT = "it comes pre-seasoned with two coats of oil so you can cook an egg in it on the very first day"
ASKS = "can you do 20 for it?"
TWICE = f"{POINT} and {POINT}"
HOLDS = "36 is the price, and for that it is seasoned and lasts you a lifetime"
INSULTS = "shut up you cheapskate idiot, 36 it is"
OFFERS = "today only 29 dollars for everybody"
CHATS = (
    "welcome to you all, it is so good to see so many of you tonight, tell me where you are from and what you had for "
    "dinner, and do say hello to everybody who has just come in, I am in a very good mood and so should you be"
)
GIVES = "all right, 20 for you then"


def drilled(skill: str, *events: tuple[float, Event], end: float = 60, **viewer: str) -> Scorecard:
    room = scenario(EN, kind="drill", skill=skill, viewers=[HAGGLER | viewer])
    return score(room, log(*events, end=end))


def haggling(*answers: str) -> list[tuple[float, Event]]:
    """Return a bargaining line every ten seconds, each with its answer, if any."""
    return [
        event
        for number, answer in enumerate(answers)
        for event in (
            posted(10.0 * number + 2, ASKS, viewer="ann"),
            *([said(10.0 * number + 3, 10.0 * number + 8, answer)] if answer else []),
        )
    ]


@pytest.mark.parametrize(
    ("skill", "events", "state", "words"),
    [
        (
            "hold_price",
            haggling(HOLDS, HOLDS),
            "worked",
            "It worked (Hold the price): 2 of 2 bargaining lines answered, none under the floor.",
        ),
        ("hold_price", haggling(HOLDS, *[""] * 5), "not_yet", "1 of 6 bargaining lines answered, none under"),
        ("hold_price", haggling(HOLDS, HOLDS, *[""] * 4), "not_yet", "2 of 6 bargaining lines answered, none under"),
        ("hold_price", haggling(HOLDS, HOLDS, INSULTS), "not_yet", "1 of 3 bargaining lines was met badly"),
        ("hold_price", haggling(INSULTS, INSULTS), "not_yet", "2 of 2 bargaining lines were met badly"),
        ("hold_price", [said(1, 9, OFFERS)], "not_yet", "a price under the floor was offered unasked, 1×"),
        # Agreed to in words that name no price: that cannot be the headline.
        ("hold_price", haggling(HOLDS, "all right, deal, it is yours"), "not_yet", "1 of 2 bargaining lines was met"),
        ("hold_price", haggling(HOLDS, GIVES), "not_yet", "Not yet (Hold the price): a price under the floor"),
        ("hold_price", haggling(HOLDS), "no_evidence", "Not enough evidence (Hold the price): 1 line of that kind"),
        ("hold_price", [], "no_evidence", "Not enough evidence (Hold the price): Nothing was said"),
        ("hold_price", [said(1, 9, "")], "no_evidence", "the words are unknown"),
        # A skill that only its author knows: the lines of the drill's own viewers tell.
        ("keep_calm", haggling(GIVES, GIVES), "not_yet", "Not yet (Cast iron skillet): 0 of 2 lines were met well"),
        ("say_points", [said(1, 20, POINT)], "worked", "1 of 2 selling points came across"),
        ("say_points", [said(1, 20, CHATS)], "not_yet", "0 of 2 selling points"),
        ("say_facts", [said(1, 20, TWICE)], "worked", "1 point was told, and nothing contradicted the sheet"),
        ("say_facts", [said(1, 20, "welcome to you all")], "no_evidence", "no point of the sheet was told"),
        ("say_it_cleanly", [said(1, 20, "this pan cures cancer")], "not_yet", "wording that the rules forbid"),
        ("say_it_cleanly", [said(1, 20, TWICE)], "worked", "no wording was found"),
        ("fill_the_gap", [said(1, 20, POINT), said(30, 59, POINT)], "not_yet", "Dead air 1 time (easy range 0)"),
        ("no_fillers", [said(1, 30, POINT), said(31, 59, POINT)], "worked", "Fillers 0 /min (easy range 0–2)"),
        ("whole_loop", [said(1, 30, TWICE)], "not_yet", "still missing: "),
        ("first_line", [said(1, 30, TWICE)], "not_yet", "no welcome was heard"),
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


CALM = [drill.id for drill in DRILLS.values() if drill.viewer is None]


@pytest.mark.parametrize("engine", ["", UNTIMED])
@pytest.mark.parametrize("skill", CALM)
def test_a_brief_talk_proves_nothing(skill: str, engine: str) -> None:
    um = UtteranceHeard(utterance_id="u", text="um", start=5, end=6, engine=engine)
    found = drilled(skill, (6, um), end=170).drill
    assert found is not None
    assert found.state == "no_evidence"
    assert found.text.zh.startswith("证据不足")


@pytest.mark.parametrize("gap", [[said(62, 65, "")], [failed(62, "ears")], [failed(62, "vad")]])
@pytest.mark.parametrize("skill", ["whole_loop", "first_line", "say_points", "say_facts", "say_it_cleanly"])
def test_what_was_not_heard_is_not_called_missing(skill: str, gap: list[tuple[float, Event]]) -> None:
    talk = TWICE if skill == "say_facts" else CHATS.replace("welcome to you all, ", "")
    whole, lost = (drilled(skill, said(1, 60, talk), *more, end=80).drill for more in ([], gap))
    assert whole is not None
    assert whole.state != "no_evidence"
    assert lost is not None
    assert lost.state == "no_evidence"
    assert "may have been said" in lost.text.en


TROLL = {"type": "troll", "name": "Nix"}
JUNK = "this pan is trash lol"


def heckled(*after: tuple[float, Event]) -> DrillOutcome:
    lines = [posted(at, JUNK, viewer="ann", pressure=True, intent="heckle") for at in (15.0, 50.0, 90.0)]
    found = drilled("stay_on_product", *sorted([*lines, *after], key=lambda event: event[0]), end=170, **TROLL).drill
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("after", "state"),
    [
        ([], "no_evidence"),
        ([said(1, 10, POINT)], "no_evidence"),
        ([said(150, 160, POINT)], "no_evidence"),
        # Talk that never comes back to the product.
        ([said(at, at + 4, "hello to everybody who has just come in") for at in (16, 51, 91)], "no_evidence"),
        ([said(at, at + 8, POINT) for at in (16, 51, 91)], "worked"),
        ([said(at, at + 4, "shut up you idiot") for at in (16, 51, 91)], "not_yet"),
    ],
)
def test_silence_after_a_heckler_is_no_skill(after: list[tuple[float, Event]], state: str) -> None:
    found = heckled(*after)
    assert found.state == state
    assert found.evidence is None or found.evidence.speaker == "streamer"
    assert (found.evidence is None) == (state == "no_evidence")


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
