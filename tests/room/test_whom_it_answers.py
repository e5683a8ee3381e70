"""Whom an utterance answers: by what was asked, not by any selling that could answer somebody."""

from __future__ import annotations

import pytest

from coach.events import UtteranceHeard
from coach.language import language_for
from coach.room.crowd import Crowd, Heed
from coach.room.question import question_of
from coach.room.reading import read
from coach.room.viewer import Deal
from coach.scenario.model import Scenario
from tests.room.simulate import shipped


def heeds(scenario: Scenario, lines: dict[str, str], said: str) -> dict[str, Heed]:
    """Let viewers write their lines, then the streamer say something; return what it did to each of them."""
    deal = Deal(scenario.product.price, None, 4, 3)
    crowd = Crowd(scenario, deal, language_for(scenario.locale))
    for viewer_id, line in lines.items():
        state = crowd.state(viewer_id)
        crowd.join(viewer_id)
        state.opened, state.give, state.unswayed = True, 1.0, False
        crowd.spoke(state, line, 1.0, aloud=False)
        state.waiting_since = 1.0
    heard = UtteranceHeard(utterance_id="u", text=said, start=4.0, end=7.0)
    found = crowd.hear(heard, read(said, scenario), 7.0, deal)
    return {heed.state.spec.id: heed for heed in found}


@pytest.mark.parametrize(
    ("name", "viewer", "line", "said", "wish"),
    [
        ("bait-cleanser", "tutu", "怎么保养呀", "七天无理由拆封过敏了也可以退", None),
        ("bait-cleanser", "tutu", "支持七天无理由吗", "七天无理由拆封过敏了也可以退", "thank"),
        ("bait-cleanser", "tutu", "正好想买这个", "七天无理由拆封过敏了也可以退", "soften"),
        ("bait-cleanser", "tutu", "看着不错 讲讲呗", "七天无理由拆封过敏了也可以退", "thank"),
        (
            "bait-serum",
            "mel",
            "Does it come in other colours?",
            "you can send it back within 30 days even opened",
            None,
        ),
        ("bait-serum", "mel", "Can I return it if it's not for me?", "30 days to send it back, opened or not", "thank"),
        ("bait-serum", "mel", "I was just looking for one of these.", "there's no added fragrance", "soften"),
    ],
)
def test_a_friend_thanks_for_what_it_asked(name: str, viewer: str, line: str, said: str, wish: str | None) -> None:
    assert heeds(shipped(name), {viewer: line}, said)[viewer].reaction.wish == wish


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ("痘痘，祛痘我不能保证，它是氨基酸表活不含皂基", {"doudou"}),
        ("它是氨基酸表活不含皂基洗完很舒服", set()),
        ("阿杰，私下转账不行，走小黄车下单", {"ajie"}),
        ("祛痘不能说，私下转账也不可以，咱们看成分", {"doudou", "ajie"}),
    ],
)
def test_only_who_is_turned_down_stops_baiting(said: str, settled: set[str]) -> None:
    lines = {"doudou": "用这个能祛痘吧 你说能我就拍", "ajie": "加个微信呗 私下转你便宜点"}
    found = heeds(shipped("bait-cleanser"), lines, said)
    assert {viewer for viewer, heed in found.items() if heed.state.settled} == settled


@pytest.mark.parametrize(
    ("name", "line", "asks"),
    [
        ("oat-crisps", "正好想买这个", False),
        ("oat-crisps", "看着不错 想听听呗", True),
        ("oat-crisps", "有别的口味吗", True),
        ("kettle", "I was just looking for one of these.", False),
        ("kettle", "Tell us more?", True),
    ],
)
def test_what_asks_for_anything(name: str, line: str, asks: bool) -> None:
    assert question_of(line, shipped(name)).asks is asks


@pytest.mark.parametrize(
    ("name", "viewer", "line", "said", "waits"),
    [
        ("price-error-vacuum", "ray", "How much is it?", "Zoe, it's eighty four today", False),
        ("price-error-vacuum", "ray", "Do 75 and I'll take one right now.", "Zoe, it's eighty four today", True),
        ("price-error-vacuum", "ray", "How much is it?", "Zoe, the filter washes", True),
        ("bait-cleanser", "tutu", "支持七天无理由吗", "林林，七天无理由拆封过敏了也可以退", False),
        ("bait-cleanser", "tutu", "送人合适吗", "林林，七天无理由拆封过敏了也可以退", True),
    ],
)
def test_what_is_told_to_another_is_heard_too(name: str, viewer: str, line: str, said: str, waits: bool) -> None:
    found = heeds(shipped(name), {viewer: line}, said)[viewer]
    assert (found.state.waiting_since is not None) is waits
