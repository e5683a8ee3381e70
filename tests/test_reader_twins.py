"""Twins that the reader learns from: what is wrong beside another sheet, what stays right."""

from __future__ import annotations

import random

import pytest

from scripts.reader_case import POINT, Case, Point, point_case
from scripts.reader_rows import NOT_SAID, SAID, WRONG
from scripts.reader_twins import twins


def case(code: str, said: str, point: Point, label: str, facts: tuple[int, ...]) -> Case:
    return point_case(code, "talks", "w", said, point, [POINT.index(label)], facts=facts, own=True)


SPELT = Point("Weighs 210 grams, made of wool", ("210 grams", "wool"))


def told(found: Case) -> tuple[str, str, list[str], tuple[int, ...]]:
    said, statement, *facts = (text for text, _ in found.parts)
    return POINT[found.labels[0]], f"{said} / {statement}", facts, found.facts


@pytest.mark.parametrize("seed", range(8))
def test_another_figure_on_either_side_is_wrong_and_on_both_stays_right(seed: int) -> None:
    point = Point("Weighs 210 grams", ("210 grams",))
    found = list(twins([case("en", "210 grams on my scale", point, "hit", (SAID,))], random.Random(seed)))
    wrong, right = found
    assert (told(wrong)[0], wrong.facts) == ("misstated", (WRONG,))
    assert sum("210" in text for text in told(wrong)[1].split(" / ")) == 1
    assert (told(right)[0], right.facts) == ("hit", (SAID,))
    said, statement = told(right)[1].split(" / ")
    assert "210" not in said + statement
    assert statement.removeprefix("Weighs ") in said


def test_words_that_say_it_otherwise_are_wrong_beside_the_other_sheet() -> None:
    said = "a fortnight to send it back"
    point = Point("Returns within 14 days", ("14 days",))
    [found] = twins([case("en", said, point, "hit", (SAID,))], random.Random(1))
    state, both, facts, labels = told(found)
    assert (state, labels) == ("misstated", (WRONG,))
    assert both.startswith(said)
    assert not any("14 days" in text for text in (both, *facts))


def test_a_fact_that_was_not_said_makes_no_twin() -> None:
    assert not list(twins([case("en", "it is wool", SPELT, "miss", (NOT_SAID, NOT_SAID))], random.Random(1)))
    for seed in range(8):
        for found in twins([case("en", "pure wool", SPELT, "partial", (NOT_SAID, SAID))], random.Random(seed)):
            assert found.facts[0] == NOT_SAID
            assert "210 grams" in told(found)[1]


@pytest.mark.parametrize(
    ("code", "said", "statement", "fact"),
    [
        ("zh", "洗衣机别碰它", "只能手洗", "手洗"),
        ("zh", "这个娃娃不吃", "不适合三岁以下儿童", "不适合三岁以下"),
        ("en", "keep it off the hob", "Not suitable for gas", "not suitable for gas"),
        ("en", "grown in the Andes", "Beans from Colombia", "Colombia"),
    ],
)
def test_the_opposite_and_others_of_a_kind_are_wrong(code: str, said: str, statement: str, fact: str) -> None:
    for seed in range(6):
        [found] = twins([case(code, said, Point(statement, (fact,)), "hit", (SAID,))], random.Random(seed))
        assert POINT[found.labels[0]] == "misstated"
        assert found.parts[1][0] != statement
        assert found.facts == (WRONG,)
