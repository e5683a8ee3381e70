"""Whose answer is whose where several viewers wait at once."""

from __future__ import annotations

import pytest

from coach.score.pairing import openers, owned
from coach.score.scorecard import HandledLine
from coach.score.scorer import score
from tests.score.logs import log, posted, said, scenario, typed


@pytest.mark.parametrize(
    ("strengths", "opened"),
    [
        pytest.param([[3, -4], [-4, 3]], [0, 1], id="in-order"),
        pytest.param([[-4, 3], [3, -4]], [1, 0], id="the-other-way-round"),
        pytest.param([[3, 2], [2, -4]], [1, 0], id="together-not-each-for-itself"),
        pytest.param([[3, -4], [-3, -4]], [0, None], id="one-is-passed-over"),
        pytest.param([[4], [4]], [0, 0], id="one-sentence-for-both"),
        pytest.param([[4], [-0.5]], [0, None], id="hardly-for-both"),
        pytest.param([[-4, -4], [-4, -4]], [None, None], id="nobody"),
        pytest.param([[1, 2, -4], [-4, -4, 4]], [0, 2], id="the-first-words-are-mostly-an-answer"),
    ],
)
def test_answers_open_where_all_strengths_add_up_to_the_most(
    strengths: list[list[float]], opened: list[int | None]
) -> None:
    assert openers(strengths) == opened


@pytest.mark.parametrize(
    ("opened", "count", "own"),
    [
        ([0, 2], 4, [{0, 1}, {2, 3}]),
        ([2, 0], 4, [{2, 3}, {0, 1}]),
        ([None, 1], 3, [set(), {1, 2}]),
        ([0, 0], 2, [{0, 1}, {0, 1}]),
        ([None, None], 2, [set(), set()]),
    ],
)
def test_what_follows_goes_on_with_an_answer(opened: list[int | None], count: int, own: list[set[int]]) -> None:
    assert owned(opened, count) == own


def rows(
    *answers: str, lines: tuple[str, str] = ("面料是什么的", "能不能再便宜点"), by: str = "said"
) -> list[HandledLine]:
    sheet = scenario(
        viewers=[
            {"id": "an", "type": "product_skeptic", "name": "安安", "channel": "chat"},
            {"id": "mei", "type": "haggler", "name": "小美", "channel": "chat"},
        ]
    )
    talk = [
        said(16 + 8 * at, 22 + 8 * at, text) if by == "said" else typed(16 + 8 * at, text)
        for at, text in enumerate(answers)
    ]
    questions = posted(10, lines[0], viewer="an"), posted(12, lines[1], viewer="mei")
    return score(sheet, log(*questions, *talk, end=90)).handled


FABRIC, PRICE = "55%亚麻45%棉，摸着是软的", "89已经是今天最低的价了，平时要159"


@pytest.mark.parametrize("by", ["said", "typed"])
@pytest.mark.parametrize(("answers", "whose"), [((FABRIC, PRICE), (0, 1)), ((PRICE, FABRIC), (1, 0))])
def test_each_of_two_questions_gets_its_own_answer(answers: tuple[str, str], whose: tuple[int, int], by: str) -> None:
    found = rows(*answers, by=by)
    assert [row.handled for row in found] == ["well", "well"]
    assert [row.evidence[1].quote for row in found] == [answers[at] for at in whose]


def test_an_answer_to_one_of_two_leaves_the_other_waiting() -> None:
    fabric, price = rows(FABRIC)
    assert (fabric.handled, price.handled) == ("well", "unanswered")


def test_who_is_called_by_name_is_answered() -> None:
    skeptic, haggler = rows("小美，这件是55%亚麻的好料子，89真的很划算")
    assert haggler.noticed
    assert not skeptic.noticed


def test_one_sentence_can_answer_both() -> None:
    found = rows("面料是55%亚麻45%棉，价格89已经最低了")
    assert all(row.noticed for row in found)


def alone(line: str, *answers: str) -> HandledLine:
    sheet = scenario(viewers=[{"id": "an", "type": "product_skeptic", "name": "安安", "channel": "chat"}])
    talk = [said(12 + 8 * at, 18 + 8 * at, text) for at, text in enumerate(answers)]
    return score(sheet, log(posted(10, line, viewer="an"), *talk, end=90)).handled[0]


def test_who_finishes_a_thought_before_the_answer_has_answered() -> None:
    found = alone("面料是什么的", "你看这个扣子是天然贝壳的，特别亮", FABRIC)
    assert (found.handled, found.evidence[1].quote) == ("well", FABRIC)
    assert found.latency_sec == 10.0


def test_an_insult_right_after_a_line_is_not_passed_over_for_the_answer_after_it() -> None:
    found = alone("面料是什么的", "你烦不烦啊，没长眼睛吗", FABRIC)
    assert found.handled == "badly"
    assert found.evidence[1].quote.startswith("你烦不烦")


def test_selling_on_is_no_answer_however_long() -> None:
    found = alone("面料是什么的", "你看这个扣子是天然贝壳的", "袖口可以挽起来穿", "一号链接已经上车了")
    assert found.handled == "unanswered"


def test_a_line_still_waits_when_the_next_one_comes() -> None:
    sheet = scenario(
        viewers=[
            {"id": "an", "type": "product_skeptic", "name": "安安", "channel": "chat"},
            {"id": "mei", "type": "haggler", "name": "小美", "channel": "chat"},
        ]
    )
    records = log(
        posted(10, "面料是什么的", viewer="an"),
        said(12, 18, "你看这个扣子是天然贝壳的，特别亮"),
        posted(19, "能不能再便宜点", viewer="mei"),
        said(21, 27, FABRIC),
        said(28, 35, PRICE),
        end=90,
    )
    found = score(sheet, records).handled
    assert [(row.handled, row.evidence[1].quote) for row in found] == [("well", FABRIC), ("well", PRICE)]


@pytest.mark.parametrize(
    ("lines", "answers"),
    [
        pytest.param(("面料是什么的", "50块卖不卖"), ("面料是55%亚麻45%棉的，50也可以",), id="beside-another-answer"),
        pytest.param(
            ("面料是什么的", "50块卖不卖"), ("面料是55%亚麻45%棉的", "行吧，给你了"), id="after-another-answer"
        ),
        pytest.param(("48小时能发货吗", "60块卖吗"), ("不能", "可以"), id="a-bare-yes"),
    ],
)
def test_a_price_under_the_floor_is_not_lost_to_another_line(lines: tuple[str, str], answers: tuple[str, ...]) -> None:
    other, haggler = rows(*answers, lines=lines)
    assert haggler.below_floor
    assert not other.below_floor


def test_what_one_is_granted_is_granted_by_its_own_answer_only() -> None:
    fabric, haggler = rows("稍等我看一下", "行吧，50给你", lines=("面料是什么的", "50块卖不卖"))
    assert haggler.below_floor
    assert not fabric.below_floor


@pytest.mark.parametrize(
    ("answers", "granted"),
    [pytest.param(("可以", "不行"), False, id="no"), pytest.param(("不行", "可以"), True, id="yes")],
)
def test_bare_yes_and_no_answer_in_the_order_asked(answers: tuple[str, str], granted: bool) -> None:
    washing, haggler = rows(*answers, lines=("你们这个能机洗吗", "60块卖吗"))
    assert [row.evidence[1].quote for row in (washing, haggler)] == list(answers)
    assert haggler.below_floor == granted
