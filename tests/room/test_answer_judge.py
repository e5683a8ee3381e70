"""The learned judge of answers: it overrules only where it is sure, says why, and never touches what is firm."""

from __future__ import annotations

import pytest

from coach.room.answer_judge import GOOD, GRADES, WAYS, decided, load_weights, second_opinion, way_of
from coach.room.answer_signs import Judged, disowns, is_cut, is_string, signs_of
from coach.room.exchange import Exchange
from coach.room.reading import read
from coach.room.treatment import right_treatment, viewer_type_of
from coach.scenario.model import Scenario
from tests.room.simulate import shipped
from tests.room.test_handling import handled

SHIRT, KETTLE = shipped("linen-shirt"), shipped("kettle")


def judged(viewer: str, line: str, said: str, ruled: str = "well", *reasons: str) -> Judged:
    scenario: Scenario = KETTLE if line.isascii() else SHIRT
    treatment = right_treatment(viewer, line, scenario.language)
    exchange = Exchange(line, viewer_type_of(viewer), treatment, scenario)
    assert ruled in GRADES
    return Judged(exchange, read(said, scenario), ruled, reasons, None)


@pytest.mark.parametrize("ruled", GRADES)
def test_the_rules_stand_unless_another_grade_is_clearly_likelier(ruled: str) -> None:
    at = GRADES.index(ruled)
    odds = [0.0] * len(GRADES)
    other = (at + 1) % 3
    odds[other] = 0.2
    assert decided(odds, ruled) == ruled
    odds[other] = 4.0
    assert decided(odds, ruled) == GRADES[other]


def test_an_answer_that_was_given_is_called_none_only_where_that_is_likelier_than_not() -> None:
    assert decided([0.0, 0.0, -3.0, 0.6], "well") == "well"
    assert decided([0.0, 0.0, -3.0, 3.0], "well") == "unanswered"


@pytest.mark.parametrize("fault", ["insults", "overclaims", "below_floor", "threatens"])
def test_grave_faults_stay(fault: str) -> None:
    assert second_opinion(judged("trust_skeptic", "退货运费谁出", "七天无理由，带运费险", "badly", fault)) is None


def test_it_gives_its_reason() -> None:
    result = handled("price_comparer", "隔壁同款才39", "隔壁那都是垃圾货，谁知道拿什么做的")
    assert result.handled != "well"
    for way in result.reasons[1:] if result.reasons[:1] == ("learned",) else ():
        assert way in WAYS


def test_no_sign_is_a_product_s_own_word() -> None:
    _, weights = load_weights()
    strings = [name for name in weights if is_string(name)]
    assert strings
    assert not [name for name in strings if any(word in name for word in ("亚麻", "linen", "kettle", "保温杯"))]


def test_signs_are_the_same_every_time() -> None:
    item = judged("product_skeptic", "会不会缩水", "做过预缩，机洗缩水在百分之三以内")
    assert signs_of(item) == signs_of(item)
    assert list(signs_of(item)) == list(signs_of(item))


@pytest.mark.parametrize(
    ("text", "code", "cut"),
    [
        ("这个料子的话它是", "zh", True),
        ("先放水，然后", "zh", True),
        ("先放水，然后盖上", "zh", False),
        ("so what you do is you take the", "en", True),
        ("it's made of steel, and", "en", True),
        ("it's made of steel", "en", False),
    ],
)
def test_a_clause_that_stops_in_the_middle(text: str, code: str, cut: bool) -> None:
    assert is_cut(text, code) is cut


def test_an_answer_that_stops_half_way_is_at_most_weak_and_goes_on_with_the_next_one() -> None:
    assert handled("product_skeptic", "会不会缩水", "缩水率在百分之三以内，然后").handled == "weak"


@pytest.mark.parametrize(
    ("text", "code", "refused"),
    [
        ("谁要是跟您说穿件衣服能治病，您可别信", "zh", True),
        ("有人卖衣服还跟你保证包瘦，那是骗人", "zh", True),
        ("放心，我从来不骗人", "zh", False),
        ("anyone who tells you a kettle cures anything is lying", "en", True),
        ("whoever says that, don't buy from them", "en", True),
        ("believe me, it works", "en", False),
    ],
)
def test_whoever_claims_it_is_called_a_liar(text: str, code: str, refused: bool) -> None:
    assert disowns(text, code) is refused


def test_such_a_refusal_of_bait_is_no_insult() -> None:
    said = "谁跟你保证穿衣服能治病都是骗人，别信"
    assert handled("bait", "穿了能治风湿吧", said).handled == "well"


def test_what_a_sign_says_is_one_of_the_ways_that_can_be_told() -> None:
    _, weights = load_weights()
    assert {way_of(name) for name in weights} - {""} <= set(WAYS)
    assert set(WAYS) >= GOOD
