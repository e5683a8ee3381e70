"""What a language model proposes, and what code makes of it."""

from __future__ import annotations

import asyncio

import pytest

from coach.score import score
from coach.score.proposals import Proposal, ask_for_proposals, read_proposals
from coach.score.scorecard import CoveragePoint
from coach.score.timeline import fold
from coach.testing import Answer, ScriptedChat
from tests.score.logs import EN, ZH, log, said, scenario


def covered(base: dict[str, object], text: str, proposal: Proposal | None) -> CoveragePoint:
    records = log(said(1, 9, text), end=60)
    card = score(scenario(base), records, proposals=[proposal] if proposal else [])
    wanted = proposal.point if proposal else "breathable"
    return next(point for point in card.coverage if point.point_id == wanted)


def test_a_proposal_that_stands_asserts_the_point_and_no_fact() -> None:
    text = "大热天站一下午后背都是爽的"
    assert covered(ZH, text, None).state == "miss"
    found = covered(ZH, text, Proposal(point="breathable", turn=0, quote="站一下午后背都是爽的"))
    assert (found.state, found.missing_facts) == ("partial", ["55%亚麻"])
    assert found.evidence[0].quote == "站一下午后背都是爽的"


@pytest.mark.parametrize(
    ("base", "text", "point", "quote"),
    [
        (ZH, "大热天站一下午后背都是爽的", "breathable", "后背都是干爽的"),  # no such words
        (ZH, "大热天站一下午后背爽吗？", "breathable", "站一下午后背爽"),  # a question
        (ZH, "后背爽不爽这个问客服", "breathable", "后背爽不爽这个问客服"),  # passed on
        (ZH, "站一下午后背都没有那么爽", "breathable", "站一下午后背都没有那么爽"),  # denied
        (ZH, "如果站一下午后背爽的话", "breathable", "如果站一下午后背爽的话"),  # supposed
        (ZH, "爽的", "breathable", "爽的"),  # too short to show anything
        (EN, "a fat four pounds in your hand", "weight", "a fat four pounds in your hand"),  # another figure
        (EN, "you feel the iron in your arm", "nothing", "you feel the iron"),  # no such point
    ],
)
def test_a_proposal_that_does_not_stand_changes_nothing(
    base: dict[str, object], text: str, point: str, quote: str
) -> None:
    records = log(said(1, 9, text), end=60)
    plain, proposed = (
        score(scenario(base), records, proposals=proposals)
        for proposals in ([], [Proposal(point=point, turn=0, quote=quote)])
    )
    assert plain == proposed


def test_only_proposals_are_read_from_an_answer() -> None:
    answer = (
        'Sure!\n{"point": "a", "turn": 0, "quote": "x"}\n{"point": "b"}\n{not json}\n{"point":"c","turn":-1,"quote":""}'
    )
    assert read_proposals(answer) == [Proposal(point="a", turn=0, quote="x")]


def test_the_model_sees_missed_points_and_words_as_data() -> None:
    chat = ScriptedChat([Answer(pieces=('{"point": "breathable", "turn": 0,', ' "quote": "后背都是爽的"}'))])
    timeline = fold(log(said(1, 9, "站一下午后背都是爽的"), end=60))
    found = asyncio.run(ask_for_proposals(chat, scenario(), timeline, ["breathable"]))
    assert found == [Proposal(point="breathable", turn=0, quote="后背都是爽的")]
    system, data = chat.asked[0]
    assert (system.role, data.role) == ("system", "user")
    assert "透气不闷" in data.content
    assert "轻薄" not in data.content
    assert asyncio.run(ask_for_proposals(chat, scenario(), timeline, [])) == []
    chat.assert_complete()
