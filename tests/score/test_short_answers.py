"""Answers of a word or two: what is plainly right is no bad answer, and a bare no to a haggler is little."""

from __future__ import annotations

import pytest

from coach.score.scorecard import HandledLine
from coach.score.scorer import score
from tests.score.logs import EN, ZH, log, posted, said, scenario


def handled(line: str, answer: str, then: str = "", kind: str = "haggler") -> HandledLine:
    base = EN if line.isascii() else ZH
    sheet = scenario(base, viewers=[{"id": "mei", "type": kind, "name": "mei", "channel": "chat"}])
    talk = [said(12, 14, answer), *([said(20, 26, then)] if then else [])]
    (found,) = score(sheet, log(posted(10, line), *talk, end=60)).handled
    return found


@pytest.mark.parametrize(
    ("line", "answer", "then"),
    [
        ("便宜点", "不行", ""),
        ("60行吗", "不行不行", "整件180克拿在手里很轻"),
        ("lower?", "no", ""),
        ("any discount?", "can't", "it weighs 5.2 pounds so it holds heat"),
    ],
)
def test_a_bare_no_to_a_haggler_is_weak(line: str, answer: str, then: str) -> None:
    found = handled(line, answer, then)
    assert (found.handled, found.reasons) == ("weak", ["bare_no"])


@pytest.mark.parametrize(
    ("line", "answer", "then"),
    [
        ("便宜点", "不行", "89已经是今天最低价了，平时159"),
        ("便宜点", "不行，89已经是今天最低价了", ""),
        ("lower?", "no", "36 is already the lowest tonight, it's 55 on any other day"),
    ],
)
def test_a_no_with_the_price_beside_it_is_no_bare_one(line: str, answer: str, then: str) -> None:
    assert handled(line, answer, then).handled == "well"


@pytest.mark.parametrize("kind", ["product_skeptic", "haggler", "friendly"])
@pytest.mark.parametrize("answer", ["Yep", "Yes", "Yes it is"])
def test_a_right_yes_is_neither_bad_nor_none(answer: str, kind: str) -> None:
    assert handled("is it pre-seasoned?", answer, kind=kind).handled in ("well", "weak")


def test_a_no_on_the_product_is_no_bare_no() -> None:
    assert handled("会不会缩水", "不会").reasons != ["bare_no"]
