"""Whether words answer the viewer who spoke right before them, by what they are about."""

from __future__ import annotations

import pytest

from coach.events import UtteranceHeard
from coach.language import language_for
from coach.room.crowd import Crowd
from coach.room.reading import read
from coach.room.viewer import Deal
from tests.room.rooms import room


def is_answered(code: str, line: str, text: str) -> bool:
    """Return whether a viewer who just spoke aloud takes words as said to it."""
    scenario = room("product_skeptic", language=code)
    deal = Deal(scenario.product.price, None, 4, 3)
    crowd = Crowd(scenario, deal, language_for(scenario.locale))
    crowd.join("product_skeptic")
    state = crowd.state("product_skeptic")
    crowd.spoke(state, line, 20.0, aloud=True)
    state.waiting_since = 20.0
    utterance = UtteranceHeard(utterance_id="u1", start=21.0, end=24.0, text=text)
    [heed] = crowd.hear(utterance, read(text, scenario), 24.0, deal)
    return heed.aimed


@pytest.mark.parametrize(
    ("code", "line", "text"),
    [
        (
            "en",
            "does it flicker when you dim it?",
            "no, not at all, I can film it with my phone and you'd see no bands",
        ),
        ("en", "does it flicker when you dim it?", "not that I've ever seen"),
        ("en", "is this made of plastic?", "no plastic at all, the whole arm is aluminium"),
        ("zh", "调暗的时候会不会频闪啊", "不会的，你拿手机对着拍都没有条纹"),
        ("zh", "调暗的时候会不会频闪啊", "这个我真不确定，我去问一下再告诉你"),
        ("zh", "是不是塑料的", "好问题，整个灯臂都是铝的"),
    ],
)
def test_who_answers_is_heard_by_the_viewer_who_spoke(code: str, line: str, text: str) -> None:
    assert is_answered(code, line, text)


@pytest.mark.parametrize(
    ("code", "line", "text"),
    [
        ("en", "is this made of plastic?", "tomorrow at eight we are back with winter blankets, set a reminder"),
        (
            "en",
            "does it flicker when you dim it?",
            "alright, three more orders just came in, the box has a cloth bag too",
        ),
        ("zh", "是不是塑料的", "明天晚上八点还有新的冬被，大家记得来"),
        ("zh", "调暗的时候会不会频闪啊", "明天晚上八点还有新的冬被，大家记得来"),
    ],
)
def test_who_clearly_goes_on_with_something_else_has_not_answered(code: str, line: str, text: str) -> None:
    assert not is_answered(code, line, text)
