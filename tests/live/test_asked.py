"""When few words may be an answer."""

from __future__ import annotations

from typing import cast

import pytest

from coach.events import Event, LinePosted, LineVoiced, LineVoicing, UtteranceHeard
from coach.live.asked import FRESH_SEC, Asked
from coach.room.viewer import opens_question
from coach.scenario.model import Intent
from coach.testing import Say, ScriptedRecognizer
from tests.live.rehearsals import room, talk
from tests.virtual_time import virtual_time


def posted(intent: str) -> Event:
    return LinePosted(line_id="l1", viewer_id="v", text="有没有大码", intent=intent)


def voicing(intent: str, start: float) -> Event:
    return LineVoicing(line_id="l2", viewer_id="v", text="有没有大码", intent=intent, start=start)


def voiced(start: float, end: float) -> Event:
    return LineVoiced(
        line_id="l2", viewer_id="v", text="有没有大码", heard_text="有没有", cut_off=True, start=start, end=end
    )


def asked(*events: tuple[Event, float]) -> Asked:
    room = Asked()
    for event, at in events:
        room.observe(event, at)
    return room


SPOKEN = ((voicing("ask", 10.0), 10.0), (voiced(10.0, 12.0), 12.0))


@pytest.mark.parametrize(
    ("room", "onset", "open_"),
    [
        pytest.param(asked(), 5.0, False, id="nobody has asked"),
        pytest.param(asked((posted("ask"), 5.0)), 4.9, False, id="asked after the streamer began"),
        pytest.param(asked((posted("ask"), 5.0)), 6.0, True, id="a comment just appeared"),
        pytest.param(asked((posted("ask"), 5.0)), 5.1 + FRESH_SEC, False, id="a comment is old"),
        pytest.param(asked((posted("greet"), 5.0)), 6.0, False, id="a greeting wants nothing"),
        pytest.param(asked((posted("thank"), 5.0)), 6.0, False, id="thanks want nothing"),
        pytest.param(asked((posted("haggle"), 5.0)), 6.0, True, id="who haggles waits for a yes"),
        pytest.param(asked((voicing("ask", 10.0), 10.0)), 10.5, True, id="the viewer still speaks"),
        pytest.param(asked(*SPOKEN), 12.2, True, id="the viewer has just spoken"),
        pytest.param(asked(*SPOKEN), 12.1 + FRESH_SEC, False, id="the viewer spoke long ago"),
        pytest.param(asked(*SPOKEN, (posted("ask"), 16.0)), 21.0, True, id="another asked meanwhile"),
        pytest.param(asked((posted("ask"), 1.0), (posted("ask"), 30.0)), 20.0, False, id="between two questions"),
        pytest.param(asked((voicing("greet", 1.0), 1.0), (voiced(1.0, 2.0), 2.0)), 2.5, False, id="a spoken greeting"),
    ],
)
def test_an_utterance_may_answer_what_was_asked_just_before(room: Asked, onset: float, open_: bool) -> None:
    assert room.is_open(onset) is open_


@pytest.mark.slow
@virtual_time
async def test_in_a_room_a_bare_answer_is_over_sooner_than_the_same_words_unasked() -> None:
    """The whole way: a viewer's line is logged, the listener asks, the words are judged as an answer."""

    async def heard(*starts: float) -> tuple[list[float], list[float]]:
        """Say the same two words at these times; return when viewers' questions came, and how long each end took."""
        recognizer = ScriptedRecognizer(["yes we do"] * 20)
        async with room(recognizer=recognizer) as here:
            rehearsal = await here.host.create(here.scenario)
            await talk(rehearsal, [Say(start, start + 0.6) for start in starts], 60.0)
            said = [record for record in rehearsal.log.records if isinstance(record.event, UtteranceHeard)]
            asked = [
                record.at
                for record in rehearsal.log.records
                if isinstance(record.event, LinePosted) and opens_question(cast(Intent, record.event.intent))
            ]
            ends = [record.at - record.event.end for record in said if isinstance(record.event, UtteranceHeard)]
            return asked, ends

    (first, *_), (unasked,) = await heard(0.5)
    assert first > 2.0
    _, (again, asked) = await heard(0.5, first + 1.0)
    assert again == pytest.approx(unasked)
    assert asked < unasked - 0.3
