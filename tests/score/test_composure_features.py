"""Features b1 to b7 one by one, worked out by hand from the pack: dead band 1, zero at 3.5 spreads."""

from __future__ import annotations

import math
from typing import Any

import pytest

from coach.score.composure_calm import Baseline
from coach.score.composure_features import NEVER, Response, event_score, features_of
from coach.score.composure_scale import calm_value, deviation, load_composure, points
from coach.score.composure_shown import CalmValue
from coach.score.composure_talk import Stretch
from coach.score.composure_windows import CalmWindow
from coach.score.scorecard import PressureFeature

QUIET = Stretch(sec=20, units=80, syllables=80, breaks=0, known_sec=20, silent_sec=2, hesitations=0)
CALM = {
    "return": CalmValue(median=4, mad=1, n=9),
    "latency": CalmValue(median=math.log(1.5), mad=0.1, n=9),
    "disturbances": CalmValue(median=1, mad=0, n=6),
    "rate": CalmValue(median=math.log(240), mad=0.02, n=6),
    "silence": CalmValue(median=0.1, mad=0.02, n=6),
    "hesitations": CalmValue(median=0, mad=0, n=6),
}


def said(**changes: Any) -> Stretch:
    values = {name: getattr(QUIET, name) for name in Stretch.__slots__}
    return Stretch(**{**values, **changes})


def row(name: str, response: Response, calm: dict[str, CalmValue] | None = None) -> PressureFeature | None:
    found = features_of(response, Baseline((), {}, CALM if calm is None else calm, "rehearsal"))
    return next((one for one in found if one.id == name), None)


def answer(**changes: Any) -> Response:
    plain: dict[str, Any] = {
        "said": QUIET,
        "calm": CalmWindow((100.0, 125.0), None, QUIET),
        "back_sec": 4.0,
        "latency_sec": 1.5,
        "slips": 0,
        "hostile_share": None,
    }
    return Response(**{**plain, **changes})


def score_of(name: str, response: Response, calm: dict[str, CalmValue] | None = None) -> float | None:
    found = row(name, response, calm)
    return None if found is None else found.score


def test_an_answer_like_the_calm_scores_full() -> None:
    found = features_of(answer(hostile_share=0.3), Baseline((), {}, CALM, "rehearsal"))
    assert [one.id for one in found if one.score != 100] == []
    assert event_score(found) == (100.0, "")
    assert sum(one.weight for one in found) == pytest.approx(0.94)


@pytest.mark.parametrize(
    ("back", "calm", "expected"),
    [
        (14.0, CALM, 100.0),  # one floor of 10 s past the own 4 s
        (26.5, CALM, 50.0),  # 2.25 spreads
        (39.0, CALM, 0.0),
        (NEVER, CALM, 0.0),
        (1.0, CALM, 100.0),  # sooner is no fault
        (15.0, {}, 100.0),  # nothing known: 5 s
        (20.0, {"return": CalmValue(median=60, mad=1, n=9)}, 100.0),  # never later than 10 s counts as usual
        (45.0, {"return": CalmValue(median=60, mad=1, n=9)}, 0.0),
        (30.0, {"return": CalmValue(median=4, mad=13.49, n=9)}, 88.0),  # 26 s over a spread of 20
    ],
)
def test_return(back: float, calm: dict[str, CalmValue], expected: float) -> None:
    assert score_of("return", answer(back_sec=back), calm) == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("latency", "calm", "expected"),
    [
        (1.5, CALM, 100.0),
        (3.0, CALM, 100.0),  # a composed pause, whatever is usual
        (0.75, CALM, 100.0),  # half as long: one floor
        (0.375, CALM, 60.0),  # a quarter: two floors
        (0.0, CALM, 23.6),  # talking over the line counts as 0.2 s: ln 7.5 / ln 2 = 2.907
        (6.0, CALM, 60.0),
        (12.0, CALM, 20.0),
        (NEVER, CALM, 0.0),
        (0.0, {}, 100.0),  # own latency unknown: nobody is too quick
        (8.0, {}, 60.0),  # 2 s taken for usual
    ],
)
def test_latency(latency: float, calm: dict[str, CalmValue], expected: float) -> None:
    assert score_of("latency", answer(latency_sec=latency), calm) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("breaks", "syllables", "expected"),
    [
        (0, 80, 100.0),
        (1, 80, 100.0),
        (1, 10, 100.0),  # one restart in a short answer says nothing
        (2, 80, 92.0),  # 2.5 against 1, one count is 1.25: z 1.2
        (3, 80, 52.0),
        (5, 80, 0.0),
        (2, 320, 100.0),
    ],
)
def test_disturbances(breaks: int, syllables: float, expected: float) -> None:
    response = answer(said=said(breaks=breaks, syllables=syllables))
    assert score_of("disturbances", response) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("sec", "rate", "expected"),
    [
        (20.0, 240 * 1.12, 100.0),
        (20.0, 240 / 1.12, 100.0),
        (20.0, 240 * 1.30, 47.4),  # ln 1.3 / ln 1.12 = 2.315
        (20.0, 240 / 1.30, 47.4),
        (20.0, 240 * 1.6, 0.0),
        (5.9, 500.0, None),  # too short to tell
        (8.0, 240 * 1.30, 70.0),  # the band is wider by the root of the mean of 20 / 8 and 1: 1.323
    ],
)
def test_rate(sec: float, rate: float, expected: float | None) -> None:
    found = score_of("rate", answer(said=said(sec=sec, known_sec=sec, units=rate * sec / 60)))
    assert found == (None if expected is None else pytest.approx(expected, abs=0.1))


def test_rate_needs_something_to_compare_with() -> None:
    assert row("rate", answer(calm=None), {}) is None
    faster = answer(calm=None, said=said(units=80 * 1.2))
    found = row("rate", faster)
    assert found is not None
    assert (found.value, found.unit) == (20.0, "%")


@pytest.mark.parametrize(
    ("silent", "stops", "expected"),
    [
        (2.0, 0, 100.0),
        (3.6, 0, 100.0),  # 8 points over the usual 10 %
        (5.2, 1, 60.0),  # 16 points
        (2.0, 1, 100.0),  # one stop is no pattern
        (2.0, 2, 60.0),  # 2 in 20 s, one count being the spread: z 2
        (2.0, None, 100.0),
    ],
)
def test_silence_and_hesitations(silent: float, stops: int | None, expected: float) -> None:
    assert score_of("silence", answer(said=said(silent_sec=silent, hesitations=stops))) == pytest.approx(expected)


def test_silence_without_times_is_not_measured() -> None:
    assert row("silence", answer(said=said(known_sec=0, silent_sec=0, hesitations=None))) is None


@pytest.mark.parametrize(("share", "expected"), [(0.2, 100.0), (0.533, 100.0), (0.733, 60.0), (1.0, 6.6)])
def test_time_given_to_the_one_who_presses(share: float, expected: float) -> None:
    assert score_of("hostile_share", answer(hostile_share=share)) == pytest.approx(expected, abs=0.1)


def test_a_slip_caps_the_event_whatever_else_went_well() -> None:
    found = features_of(answer(slips=1), Baseline((), {}, CALM, "rehearsal"))
    assert event_score(found) == (40.0, "language_control")


def test_what_was_not_measured_is_left_out_and_the_rest_weighs_more() -> None:
    found = features_of(
        answer(said=said(sec=0, units=0, syllables=0, known_sec=0), calm=None, latency_sec=None, back_sec=26.5),
        Baseline((), {}, CALM, "rehearsal"),
    )
    assert [one.id for one in found] == ["return", "language"]
    assert event_score(found) == (72.5, "")  # (22 * 50 + 18 * 100) / 40


def test_clean_words_alone_are_no_evidence() -> None:
    assert event_score([PressureFeature(id="language", score=100.0, weight=0.18)]) == (None, "")


def test_weights_are_those_of_the_table() -> None:
    features = load_composure().features
    assert {one.id: one.weight for one in features.values() if one.weight} == {
        "b1": 0.22, "b2": 0.18, "b3": 0.14, "b4": 0.14, "b5": 0.10, "b6": 0.10, "b7": 0.06, "a1": 0.03, "a2": 0.03,
    }  # fmt: skip
    assert sum(one.weight for one in features.values()) == pytest.approx(1.0)


def test_spread_of_few_observations_is_not_believed() -> None:
    # Three calm values: the floor alone; four: 1.4826 times their deviation.
    assert deviation("return", 34, CalmValue(median=4, mad=20, n=3)) == 3.0
    assert deviation("return", 34, CalmValue(median=4, mad=20, n=4)) == pytest.approx(30 / 29.652)


@pytest.mark.parametrize(("z", "expected"), [(0, 100), (-9, 100), (1, 100), (2.25, 50), (3.5, 0), (9, 0)])
def test_points(z: float, expected: float) -> None:
    assert points("return", z) == expected


def test_medians_and_deviations() -> None:
    assert calm_value([]) is None
    assert calm_value([3, 1, 2, 10]) == CalmValue(median=2.5, mad=1.0, n=4)
