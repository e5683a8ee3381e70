"""The shipped reader; no sentence here is one it was trained with."""

from __future__ import annotations

import math

import pytest

from coach.language.reader.reader import Asked, PointRead, reader

LID = Asked("the lid is machine washable", ("lid machine washable",))
CUP = Asked("杯盖可以放进洗碗机清洗", ("杯盖可进洗碗机",))
TITANIUM = Asked("内胆是三层纯钛的", ("三层纯钛",))
LAMP = Asked("charges in forty minutes and lasts nine hours", ("charges in 40 minutes", "lasts 9 hours"))
SIX = Asked("a tent for four", ("four people", "two doors", "six pegs", "blue", "2 kg", "a bag with it"))


def read(text: str, asked: Asked) -> PointRead:
    [found] = reader().points([(text, asked)])
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


@pytest.mark.parametrize("text", ["", " ", "the lid " * 500, "杯盖" * 500, "</s> 🙂 </s>"])
@pytest.mark.parametrize("asked", [LID, SIX, Asked("", ()), Asked("a kettle " * 200, ("hot " * 100,) * 6)])
def test_any_text_and_any_point_are_read(text: str, asked: Asked) -> None:
    found = read(text, asked)
    assert math.isclose(found.hit + found.partial + found.miss + found.misstated, 1.0, abs_tol=1e-5)
    assert len(found.facts) == min(4, len(asked.facts))
    assert all(0 <= share <= 1 for fact in found.facts for share in fact)


def test_no_pairs_and_no_passages_are_no_answers() -> None:
    assert reader().points([]) == []
    assert reader().claims([], "home") == []


def test_pairs_are_answered_in_order_and_alike_alone_and_together() -> None:
    pairs = [(LID.statement, LID), ("晚上好", CUP), ("it lasts nine hours " * 20, LAMP), ("hi", SIX)]
    for pair, together in zip(pairs, reader().points(pairs), strict=True):
        alone = read(*pair)
        assert [alone.hit, alone.partial, alone.miss, alone.misstated] == pytest.approx(
            [together.hit, together.partial, together.miss, together.misstated], abs=1e-3
        )


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
    wrong, right = reader().claims([violation, honest], trade)
    assert wrong > right + 1
    assert all(math.isfinite(odds) for odds in reader().claims(["", violation * 40], ""))
