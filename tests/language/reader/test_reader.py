"""The shipped reader; no sentence here is one it was trained with."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coach.language.reader.alike import Alike
from coach.language.reader.answering import Answering
from coach.language.reader.asked import Asked, PointRead, Said
from coach.language.reader.net import Array, Net
from coach.language.reader.reader import VERSION, Reader, encoder_maker, reader, reader_version
from tests.language.reader.test_alike import made as alike_weights

LID = Asked("the lid is machine washable", ("lid machine washable",))
CUP = Asked("杯盖可以放进洗碗机清洗", ("杯盖可进洗碗机",))
TITANIUM = Asked("内胆是三层纯钛的", ("三层纯钛",))
LAMP = Asked("charges in forty minutes and lasts nine hours", ("charges in 40 minutes", "lasts 9 hours"))
SIX = Asked("a tent for four", ("four people", "two doors", "six pegs", "blue", "2 kg", "a bag with it"))


HAND_ONLY = Asked("杯盖只能手洗，不能进洗碗机", ("只能手洗",))
NO_OVEN = Asked("不能进微波炉", ("不能进微波炉",))
NO_CAFFEINE = Asked("不含咖啡因", ("不含咖啡因",))
INDOORS = Asked("for indoor use only", ("indoor use only",))


def read(text: str, asked: Asked, line: str = "") -> PointRead:
    [found] = reader().points([(Said(text, line), asked)])
    return found


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        (LID, "good evening everybody, how was your weekend"),
        (LAMP, "thanks for the roses, let me fix my camera"),
        (CUP, "晚上好呀家人们，今天下班都挺早的吧"),
        (TITANIUM, "谢谢这位姐姐送的小心心，先喝口水"),
    ],
)
def test_a_point_said_word_for_word_is_likelier_asserted_than_by_other_talk(asked: Asked, other: str) -> None:
    said, beside = read(asked.statement, asked), read(other, asked)
    assert said.asserted > beside.asserted
    assert said.miss < 0.1
    assert beside.miss > 0.9
    assert all(here.said > 0.3 > there.said for here, there in zip(said.facts, beside.facts, strict=True))


@pytest.mark.parametrize("asked", [LID, LAMP, CUP, TITANIUM])
def test_a_point_said_word_for_word_is_not_misstated(asked: Asked) -> None:
    assert read(asked.statement, asked).misstated < 0.5


@pytest.mark.parametrize(
    ("asked", "straight", "turned"),
    [
        (LID, "the lid is machine washable", "the lid is not machine washable"),
        (LID, "the lid, by the way, is machine washable", "the lid, by the way, is not machine washable"),
        (CUP, "杯盖可以放进洗碗机清洗", "杯盖不可以放进洗碗机清洗"),
        pytest.param(
            *(TITANIUM, "内胆是三层纯钛的", "内胆是三层纯铝的"),
            marks=pytest.mark.xfail(reason="it overlooks another material in a statement that is right but for it"),
        ),
    ],
)
def test_one_word_that_turns_a_point_over_makes_it_likelier_misstated(asked: Asked, straight: str, turned: str) -> None:
    right, wrong = read(straight, asked), read(turned, asked)
    assert wrong.misstated > right.misstated
    assert wrong.misstated > 0.5
    assert wrong.facts[0].wrong > right.facts[0].wrong


@pytest.mark.parametrize(
    ("asked", "line", "answer"),
    [
        (NO_OVEN, "可以放微波炉热吗", "可以的，随便热"),
        (HAND_ONLY, "盖子能进洗碗机吗", "能啊随便洗"),
        (INDOORS, "can I use it outside in the garden?", "yes of course, all year round"),
        pytest.param(
            *(LID, "is the lid machine washable?", "no, it isn't"),
            marks=pytest.mark.xfail(reason="it takes a bare no to what the sheet affirms for a yes"),
        ),
    ],
)
def test_a_bare_answer_misstates_a_point_by_the_line_it_answers(asked: Asked, line: str, answer: str) -> None:
    answered, alone = read(answer, asked, line), read(answer, asked)
    assert answered.misstated > 0.6
    assert alone.misstated < 0.2


@pytest.mark.parametrize(
    ("asked", "line", "answer"),
    [
        (LID, "is the lid machine washable?", "yes it is"),
        (NO_OVEN, "可以放微波炉热吗", "不可以哦"),
        (NO_CAFFEINE, "有咖啡因吗", "没有的"),
    ],
)
def test_a_bare_answer_says_a_point_by_the_line_it_answers(asked: Asked, line: str, answer: str) -> None:
    answered = read(answer, asked, line)
    assert answered.asserted > 0.5 > answered.misstated


@pytest.mark.parametrize("line", ["", " ", "is it? " * 300, ">>", "</s> 🙂 >> </s>"])
@pytest.mark.parametrize("text", ["", " ", "the lid " * 500, "杯盖" * 500, "</s> 🙂 </s>"])
@pytest.mark.parametrize("asked", [LID, SIX, Asked("", ()), Asked("a kettle " * 200, ("hot " * 100,) * 6)])
def test_any_text_any_point_and_any_line_are_read(text: str, asked: Asked, line: str) -> None:
    found = read(text, asked, line)
    assert math.isclose(found.hit + found.partial + found.miss + found.misstated, 1.0, abs_tol=1e-5)
    assert len(found.facts) == min(4, len(asked.facts))
    assert all(0 <= share <= 1 for fact in found.facts for share in fact)


def test_no_pairs_and_no_passages_are_no_answers() -> None:
    assert reader().points([]) == []
    assert reader().claims([], "home", "en") == []


@pytest.mark.parametrize(
    ("line", "kind", "good", "bad"),
    [
        ("do it for 90", "haggler answer", "I can't, one twenty nine is tonight's price", "ok ok ninety for you"),
        ("90块卖不卖", "haggler answer", "九十真卖不了，一百二十九已经是今天的价了", "行行行九十给你"),
        ("does the lid leak?", "product_skeptic answer", "no, there's a seal under it", "just shut up and buy it"),
    ],
)
def test_a_good_answer_is_likelier_well_handled_than_a_bad_one(line: str, kind: str, good: str, bad: str) -> None:
    sheet = ["price 199 live 129 floor 119", "a silicone seal keeps the lid tight"]
    well, badly = reader().handled(line, good, kind, sheet), reader().handled(line, bad, kind, sheet)
    assert well[0] > 0.9 > badly[0]
    assert badly[2] > 0.3 > well[2]


@pytest.mark.parametrize(
    ("line", "kind", "answer", "selling"),
    [
        ("do it for 90", "haggler answer", "I can't, one twenty nine is tonight's price", "the cord tucks away below"),
        ("90块卖不卖", "haggler answer", "九十真卖不了，一百二十九已经是今天的价了", "它有两种颜色，白的和绿的"),
    ],
)
def test_an_answer_is_likelier_one_than_what_has_nothing_to_do_with_the_line(
    line: str, kind: str, answer: str, selling: str
) -> None:
    sheet = ["price 199 live 129 floor 119"]
    assert (
        reader().handled(line, answer, kind, sheet).replies > 0 > reader().handled(line, selling, kind, sheet).replies
    )


@pytest.mark.parametrize("text", ["", " ", "the lid " * 500, "</s> 🙂"])
@pytest.mark.parametrize("sheet", [[], ["price " * 60] * 12])
def test_any_answer_is_read(text: str, sheet: list[str]) -> None:
    assert math.isclose(sum(reader().handled(text, text, text, sheet)[:4]), 1.0, abs_tol=1e-5)


def test_pairs_are_answered_in_order_and_alike_alone_and_together() -> None:
    lasting = Said("it lasts nine hours " * 20, "how long does it last?")
    pairs = [(Said(LID.statement), LID), (Said("晚上好"), CUP), (lasting, LAMP), (Said("hi"), SIX)]
    assert reader().points(pairs) == [reader().points([pair])[0] for pair in pairs]


class _Fixed(Answering):
    """Says the same of every point, and of every claim."""

    def __init__(self, *odds: float) -> None:
        self.odds = np.array(odds, dtype=np.float32)

    def point(self, said: Said, asked: Asked) -> tuple[Array, list[Array]]:
        return self.odds, [self.odds[:3]] * len(asked.facts)

    def claim(self, said: Said, trade: str) -> Array:
        return self.odds


def _unasked() -> Answering:
    raise AssertionError


def test_an_english_point_is_the_mean_of_two_nets_and_a_chinese_one_is_of_one() -> None:
    both, english = _Fixed(0, 0, 4, 0), _Fixed(4, 0, 0, 0)
    made = Reader(both, _unasked, lambda: english, _unasked, Alike(alike_weights()))
    lid, cup, mixed = made.points([(Said("hi"), LID), (Said("hi"), CUP), (Said("盖子 hi"), LID)])
    assert lid[:4] == pytest.approx((0.44, 0.06, 0.44, 0.06), abs=0.01)
    assert tuple(lid.facts[0]) == pytest.approx((0.06, 0.47), abs=0.01)
    assert cup.miss > 0.9
    assert cup.facts[0].wrong > 0.9
    assert mixed.miss > 0.9


def test_an_english_claim_that_may_be_one_is_the_mean_of_two_nets_and_others_are_of_one() -> None:
    said = (Said("it cures colds"), Said("it cures 感冒"), Said("it does", "治感冒吗"), Said("it does", "cures colds?"))
    made = Reader(_Fixed(0, 4), _unasked, _unasked, lambda: _Fixed(4, 0), Alike(alike_weights()))
    found = made.claims(said, "health", "en")
    assert [read.odds for read in found] == pytest.approx((0.0, 4.0, 4.0, 0.0), abs=1e-4)
    assert [read.shares[0] for read in found] == pytest.approx((0.5, 0.98, 0.98, 0.5), abs=0.01)
    harmless = Reader(_Fixed(4, 0), _unasked, _unasked, _unasked, Alike(alike_weights()))
    assert [read.odds for read in harmless.claims(said, "health", "en")] == pytest.approx([-4.0] * 4, abs=1e-4)
    of_one = Reader(_Fixed(0, 4), _unasked, _unasked, _unasked, Alike(alike_weights()))
    assert [read.odds for read in of_one.claims(said, "health", "zh")] == pytest.approx([4.0] * 4, abs=1e-4)


def test_what_runs_the_weights_is_part_of_their_version(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader_version() == f"{VERSION}.{encoder_maker()[1]}"
    monkeypatch.setattr("coach.language.reader.reader.find_spec", lambda name: None)
    assert encoder_maker() == (Net, "float32")
    assert reader_version() == f"{VERSION}.float32"


@pytest.mark.parametrize(
    ("trade", "violation", "honest"),
    [
        (
            "health",
            "this tea cures arthritis in a week, you can stop your pills",
            "this tea is no cure, keep taking your pills",
        ),
        (
            "home",
            "add me on whatsapp and pay me there, it is cheaper",
            "please pay here on the platform, not by message",
        ),
        ("health", "喝这个茶一周就治好关节炎，药都可以停了", "这个茶治不了关节炎，药千万别停"),
        ("home", "加我微信私下转账，比这里便宜", "不要私下加微信转账，就在平台下单"),
    ],
)
def test_a_violation_is_likelier_one_than_its_honest_twin(trade: str, violation: str, honest: str) -> None:
    code = "en" if violation.isascii() else "zh"
    wrong, right = reader().claims([Said(violation), Said(honest)], trade, code)
    assert wrong.odds > right.odds + 1
    assert sum(wrong.shares) > sum(right.shares)
    strange = reader().claims([Said(""), Said(violation * 40), Said(honest, violation * 9)], "", code)
    assert all(math.isfinite(read.odds) for read in strange)
