"""What the author planned for a viewer is said in its time, with its mark, whatever else the room is busy with."""

from __future__ import annotations

import pytest

from coach.events import LinePosted, LineVoicing
from tests.room.simulate import rehearse, shipped

FILLERS = {
    "zh": ("大家看一下这个颜色", "我手里这个就是样品", "灯光有点暗我调一下", "用着很顺手", "给大家慢慢讲"),
    "en": ("have a look at it", "the one in my hand is the sample", "let me fix the light", "I will go slowly"),
}
WITHIN_SEC = 26.0


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize(
    ("name", "viewer", "intent"),
    [
        ("lantern", "june", "bait"),
        ("oat-crisps", "chenlaoshi", "bait"),
        ("price-error-fryer", "dong", "wrong_price"),
        ("price-error-vacuum", "dana", "wrong_price"),
    ],
)
def test_a_planned_line_is_said_in_its_time_with_its_mark(name: str, viewer: str, intent: str, seed: int) -> None:
    scenario = shipped(name)
    at = next(
        event.at_sec
        for event in scenario.events
        if (event.viewer, event.intent) == (viewer, intent) and event.at_sec is not None
    )
    fillers = FILLERS[scenario.locale[:2]]
    talk = [(4.0 + 6 * number, fillers[number % len(fillers)]) for number in range(40)]
    played = rehearse(scenario, talk, seed=seed, until=at + WITHIN_SEC)
    marked = [
        record.event
        for record in played.records
        if record.at >= at - 0.5 and isinstance(record.event, LinePosted | LineVoicing) and record.event.pressure
    ]
    assert [line.intent for line in marked if line.viewer_id == viewer] == [intent]
