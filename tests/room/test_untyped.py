"""Haggling with viewers of whom a transcript says no type: the words of both tell it."""

from __future__ import annotations

import pytest

from coach.room.handling import Following, Handling, handling
from coach.room.treatment import right_treatment
from tests.score.logs import EN, ZH, scenario


def handled(line: str, answer: str) -> Handling:
    base = EN if line.isascii() else ZH
    treatment = right_treatment("", line, base["locale"])
    return handling(line, "", treatment, [Following(answer, 12, 15)], scenario(base), said_at=10)


@pytest.mark.parametrize(
    ("line", "answer", "agreed"),
    [
        ("can you do 30?", "Sure, thirty works.", 30),
        ("any chance of a discount?", "Okay fine, 30, but don't tell anybody", 30),
        ("do 30 and im in", "Let's do it, 30", 30),
        ("cheaper for a regular?", "For you? 31, last offer.", 31),
        ("能不能便宜点", "60给你吧，我亏着卖", 60),
        ("再便宜点60我就拍", "好，那就60，拍吧", 60),
        ("便宜点吧五十五", "五十五就五十五，当交个朋友", 55),
        ("60块行不行", "可以，六十拿走", 60),
        ("能便宜点吗", "70吧，这个价没卖过", 70),
        ("能便宜点吗", "70，别人我都没给过", 70),
        ("能便宜点吗", "70给你，从来没卖过这个价", 70),
        ("any discount?", "I paid 32 for it, you can have it for 30", 30),
        ("any discount?", "30, I can't go lower", 30),
    ],
)
def test_a_price_under_the_floor_is_found(line: str, answer: str, agreed: float) -> None:
    found = handled(line, answer)
    assert (found.handled, found.below_floor, found.agreed) == ("badly", True, agreed)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("can you do 30?", "I wish I could do thirty, but 36 is the price"),
        ("could you go lower?", "I can't do 30, 36 is it"),
        ("lower please", "It was 30 last year, today it's 36"),
        ("is there a deal?", "The lid is 20 extra, the pan stays 36"),
        ("cheaper somewhere else?", "I've seen it for 30 there, but that's the thin one"),
        ("can you do 35?", "Sure, 35 works"),
        ("I paid 30 for mine", "That was a different model, this one is 36."),
        ("are there only 30 left?", "Yes, thirty left."),
        ("is 30 minutes enough to heat it?", "Sure, thirty works."),
        ("any discount?", "I paid 31 for it myself"),
        ("any discount?", "my cost is 30"),
        ("any discount?", "wholesale is 30"),
        ("any discount?", "30 is what we pay the foundry"),
        ("any discount?", "someone offered me 30 and I said no"),
        ("any discount?", "we won't go as low as 30"),
        ("can you do 30?", "I'm not taking 30"),
        ("can you do 30?", "nobody could let it go for 30"),
        ("能便宜点吗", "成本70，运费还要自己出"),
        ("能便宜点吗", "成本价75，我总不能亏吧"),
        ("便宜点", "60真做不了，89已经是今天最低"),
        ("能优惠吗", "满200减60，单件还是89"),
        ("便宜点行不行", "我进价都六十五"),
        ("再便宜点", "昨天有人问我要60，我都没给"),
        ("优惠多少", "原价159今天省70到手89"),
        ("我60公斤能穿吗", "60公斤能穿，放心"),
        ("有60码吗，能优惠吗", "60码有货，价格还是89"),
    ],
)
def test_figures_that_grant_nothing_are_none(line: str, answer: str) -> None:
    assert not handled(line, answer).below_floor
