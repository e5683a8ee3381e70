"""What figures of an offer mean for the price; of a flask at 99, list 159, floor 88."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.room.grant_figures import Figure, figures_of, pieces_in
from coach.scenario.model import Price

PRICE = Price(currency="CNY", list=159, live=99, floor=88)


def said(code: str, line: str, answer: str) -> list[Figure]:
    language = language_for(code)
    pieces = pieces_in(line, answer, language)
    asked = figures_of(line, (), pieces, PRICE, language)
    return figures_of(answer, asked, pieces, PRICE, language)


@pytest.mark.parametrize(
    ("code", "line", "answer", "names"),
    [
        ("zh", "80行不", "八十就八十", ["<askedlow>", "<askedlow>"]),
        ("zh", "80行不", "八十做不了，九十五给你", ["<askedlow>", "<mid>"]),
        ("zh", "便宜点", "再减二十", ["<cut>"]),
        ("zh", "便宜点", "减五块吧", ["<cutok>"]),
        ("zh", "两个150", "一百五两个，行", ["<askedsumlow>", "<askedcount>"]),
        ("zh", "三个呢", "三个二百九十七", ["<askedcount>", "<sumlive>"]),
        ("zh", "打折吗", "打八折", ["<pctlow>"]),
        ("zh", "打折吗", "打九五折", ["<pctok>"]),
        ("zh", "多重", "三百克，九十九", ["<count>", "<live>"]),
        ("en", "two for 150", "one fifty for the pair", ["<askedsumlow>"]),
        ("en", "20 off?", "ten percent, fine", ["<pctok>"]),
        ("en", "20 off?", "thirty percent, fine", ["<pctlow>"]),
        ("en", "was 159", "it was one fifty-nine, now ninety-nine", ["<askedlist>", "<live>"]),
        ("en", "by when", "in ten days", ["<count>"]),
        ("en", "three at 30?", "three at thirty-three, so ninety-nine", ["<askedfew>", "<part>", "<live>"]),
        ("en", "discount?", "you save seventy off list", ["<low>"]),
        ("en", "discount?", "you save thirty off list", ["<cut>"]),
    ],
)
def test_figures_are_named_by_what_they_leave_for_a_piece(code: str, line: str, answer: str, names: list[str]) -> None:
    assert [figure.name for figure in said(code, line, answer)] == names


@pytest.mark.parametrize(
    ("line", "answer", "each"), [("两个150", "一百五", 75.0), ("减20", "减二十", 79.0), ("70", "七十", 70.0)]
)
def test_what_is_left_of_the_price(line: str, answer: str, each: float) -> None:
    assert said("zh", line, answer)[-1].each == each
