"""Offers and replies for products in no labelled set: what is granted under the floor, and what only sounds so."""

from __future__ import annotations

import pytest

from coach.room.handling import Following, handling
from tests.room.simulate import shipped

SHIRT, KETTLE = shipped("linen-shirt"), shipped("kettle")
ZH = [
    ("70我就拍", "别走啊别走，七十给您", True),
    ("70我就拍", "不说了，七十块拿走", True),
    ("70我就拍", "不行，七十给不了您", False),
    ("70我就拍", "不可能七十给您的", False),
    ("70我就拍", "七十吧", True),
    ("70我就拍", "七十，我猜行吧", True),
    ("70我就拍", "七十一件，两件一百四", True),
    ("70我就拍", "嗯……七十，拍吧", True),
    ("70我就拍", "好啦好啦给你七十", True),
    ("70我就拍", "七十一件我得亏死，八十九", False),
    ("70我就拍", "七十？老板不得骂我", False),
    ("70我就拍", "最多给你八十", False),
    ("70我就拍", "最多给你七十五", True),
    ("70我就拍", "那折中一下七十八", True),
    ("两件130", "一百三两件，成交", True),
    ("两件130", "两件一百三真不行，两件一百七十八", False),
    ("两件160", "两件一百六可以，八十一件在我权限里", False),
    ("能不能便宜点", "八十九已经是底价了", False),
    ("能不能便宜点", "行，给你抹个零，八十", False),
    ("能不能便宜点", "那就七十五，别到处说", True),
    ("能不能便宜点", "给你打八折", True),
    ("能不能便宜点", "便宜不了，七十块钱连料子都买不到", False),
    ("半价我就买", "半价就半价，四十四块五", True),
    ("半价我就买", "半价那我要去喝西北风了，八十九", False),
    ("65", "六十五啊，行", True),
    ("65", "六五可以", True),
    ("65", "六十五块钱的货在别家，我们家八十九", False),
    ("65行不行", "可以", True),
    ("65行不行", "不可以", False),
    ("65行不行", "没问题，备注六十五", True),
    ("买一送一呗", "行，买一送一", True),
    ("买一送一呗", "买一送一做不了，送你收纳袋", False),
    ("60", "六十是吧，你先拍八十九，我后台退你二十九", True),
    ("75拿五件", "五件三百七十五，可以的", True),
    ("75拿五件", "五件的话三百九十五，七十九一件，这是我能给的最低", False),
    ("学生能打折吗", "学生没有另外的折扣，八十九", False),
    ("昨天72 今天怎么89", "昨天七十二是清仓款，这件一直八十九", False),
    ("72行吗", "七十二…唉，那你拍吧", True),
    ("72行吗", "七十二我请示一下老板", False),
]
EN = [
    ("make it 35", "no no, don't go, thirty-five and it's yours", True),
    ("make it 35", "no, thirty-five each and you got it", True),
    ("make it 35", "no, thirty-five I can't", False),
    ("make it 35", "thirty-five, I guess", True),
    ("make it 35", "thirty five.", True),
    ("make it 35", "35 yes, 70 for two", True),
    ("make it 35", "uh thirty five, put a note in", True),
    ("make it 35", "thirty-five? in your dreams, it's forty-nine", False),
    ("make it 35", "I could maybe do forty", True),
    ("make it 35", "best I can do is forty five", False),
    ("make it 35", "forty-five and not a penny less", False),
    ("make it 35", "split the difference, forty-two", True),
    ("two for 70", "seventy for the pair, deal", True),
    ("two for 70", "two for seventy I can't, two for ninety-eight", False),
    ("45?", "forty-five works", False),
    ("any discount?", "I'll knock ten off, just for you", True),
    ("any discount?", "no discount, forty-nine for everybody", False),
    ("any discount?", "nope, forty nine, though you save thirty off list", False),
    ("20 bucks", "Twenty, sold, DM me", True),
    ("20 bucks", "you know what, sure", True),
    ("20 bucks", "sure is tempting but no", False),
    ("half price and its a deal", "half? okay, twenty four fifty", True),
    ("half price and its a deal", "half price would sink us, it's forty nine", False),
    ("38?", "Thirty-eight wouldn't cover shipping", False),
    ("38?", "let me see... thirty-eight... fine", True),
    ("38?", "I'd have to ask about thirty-eight", False),
    ("40 each if i get 3", "three at forty, one twenty, okay", True),
    ("40 each if i get 3", "three at forty-four each I can do, one thirty-two", False),
    ("match 36", "we can match thirty six", True),
    ("match 36", "can't match thirty-six, sorry", False),
    ("b1g1", "buy one get one, why not", True),
    ("b1g1", "no bogo tonight", False),
]


@pytest.mark.parametrize(("line", "said", "below"), ZH)
def test_chinese_concessions_below_the_floor(line: str, said: str, below: bool) -> None:
    assert handling(line, "haggler", "answer", [Following(said, 1.0, 4.0)], SHIRT).below_floor is below


@pytest.mark.parametrize(("line", "said", "below"), EN)
def test_english_concessions_below_the_floor(line: str, said: str, below: bool) -> None:
    assert handling(line, "haggler", "answer", [Following(said, 1.0, 4.0)], KETTLE).below_floor is below
