"""One log written by hand, and every number of its scorecard worked out beside it.

s   0        10        20        30        40        50        60 63
you  1========11   15.8====23.8    32==37     43==48      55=56
joe              14==16 (cut off)  28 chat
room                                                    53 (300 → 90)
"""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.events import load_record
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, scenario

LOG = Path(__file__).parent / "golden" / "skillet.jsonl"


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score(scenario(EN), [load_record(line) for line in LOG.read_text(encoding="utf-8").splitlines()])


def metric(card: Scorecard, name: str) -> float | None:
    return next(item.value for item in card.metrics if item.id == name)


def named(card: Scorecard, name: str) -> float | None:
    return next(item.value for item in card.scores if item.id == name)


def test_the_windows_rates(card: Scorecard) -> None:
    assert card.duration_sec == 63
    # Words: 25, 20, 12, 12, 2; voiced: 9, 8, 5, 4, 1 s. Each utterance spreads both evenly.
    by_hand = [
        # 45 words from 1 to 23.8 s, less 2 s of Joe; 17 s voiced.
        (0, 60 * 45 / 20.8, 60 * 45 / 17),
        # A tenth of the first, the next two: 34.5 words from 10 to 37 s, less 2 s; 0.9 + 8 + 5 s.
        (10, 60 * 34.5 / 25, 60 * 34.5 / 13.9),
        # 3.8 s of the second's 8, the next two: 9.5 + 24 words from 20 to 48 s; 3.8 + 5 + 4 s.
        (20, 60 * 33.5 / 28, 60 * 33.5 / 12.8),
        # 12 + 12 + 2 words from 32 to 56 s; 5 + 4 + 1 s.
        (30, 60 * 26 / 24, 60 * 26 / 10),
    ]
    rates = [(window.start, window.speaking_rate, window.articulation_rate) for window in card.pace]
    assert len(rates) == len(by_hand)
    for window, expected in zip(rates, by_hand, strict=True):
        assert window == pytest.approx(expected, abs=0.05)
    # Medians of 129.8, 82.8, 71.8, 65.0 and of 158.8, 148.9, 157.0, 156.0.
    assert metric(card, "speaking_rate") == pytest.approx(77.3, abs=0.05)
    assert metric(card, "articulation_rate") == pytest.approx(156.5, abs=0.05)


def test_silences_and_fillers(card: Scorecard) -> None:
    # 11-14 (then Joe speaks), 23.8-28 (then 3 s of composure), 37-43, 48-53 (then 3 s), 56-63 s.
    assert metric(card, "dead_air") == 5
    assert metric(card, "longest_dead_air") == 7
    # Two "um" in 10 + 8 + 5 + 5 + 1 s of speech.
    assert metric(card, "fillers_per_min") == pytest.approx(60 * 2 / 29, abs=0.05)


def test_the_three_scores(card: Scorecard) -> None:
    # Rate: every window is slow and holds 3 s of dead air, so all are judged after all. Stage explain, green 135-175,
    # amber from 115: the first is 5.19 under green, 1 - 0.5 * 5.19 / 20 = 0.870; the others are far outside: 0.
    rate = 0.870 / 4
    # Dead air: 10 + 10 + 20 + 20 + 20 points, for 5 minutes; a minute counts as two: 0.8 * 300 / 120 is more than all.
    # Fillers: (8 - 4.138) / 6.
    assert named(card, "pacing") == pytest.approx(100 * (0.5 * rate + 0.25 * 0 + 0.25 * 0.6437), abs=0.06)
    # P0 hit (2 of 2), P1 partial (0.5 of 1).
    assert named(card, "coverage") == pytest.approx(100 * 2.5 / 3, abs=0.05)
    # 100, 100 and 40, see below: the interval is wider than 25 points, so there is no number.
    assert named(card, "composure") is None


def test_the_selling_points(card: Scorecard) -> None:
    found = {point.point_id: (point.state, point.missing_facts, point.evidence[0].quote) for point in card.coverage}
    assert found["seasoned"] == ("hit", [], "and it comes pre seasoned with two coats of oil so it is ready to use")
    # "holds heat" is two of the statement's four words; nobody said 5.2 pounds.
    assert found["weight"] == ("partial", ["5.2 pounds"], "back to the pan it is made of iron and holds heat")


def test_the_pressure_moments(card: Scorecard) -> None:
    cut, chat, drop = card.pressure
    # Talked over at 15.8 s, so no time to the first word. "look at" stands 11 of 91 characters into 8 s of speech:
    # 15.8 + 8 * 11 / 91 - 16 = 0.77 s, and the time back counts alone.
    assert (cut.at, cut.what, cut.answer_latency_sec, cut.already_talking) == (16, "Boring. Nobody", None, True)
    assert (cut.return_sec, cut.score) == (0.8, 100)
    # Answered at 32 s, "back to" at 43 s: z = (15 - 5) / 10 and ln(4 / 2) / ln 2, both just full.
    assert (chat.at, chat.what, chat.answer_latency_sec, chat.return_sec) == (28, "any refund?", 4, 15)
    assert chat.score == 100
    # Answered at 55 s; the end comes 10 s after, too early to say that it never came back; "shut up" caps it.
    assert (drop.at, drop.what, drop.answer_latency_sec, drop.return_sec) == (53, "300 → 90", 2, None)
    assert (drop.language_control, drop.slips, drop.score) == (False, ["shut up"], 40)
    assert metric(card, "first_word") == 3
    assert metric(card, "return_median") == pytest.approx((0.8 + 15) / 2)
    assert metric(card, "language_control") == pytest.approx(100 * 2 / 3, abs=0.05)


def test_the_viewer(card: Scorecard) -> None:
    # "thanks Joe" lightly takes up his first line, "a refund" answers his second.
    viewers = [(row.viewer_id, row.name, row.outcome, row.lines, row.answered) for row in card.viewers]
    assert viewers == [("joe", "joe_99", "offended", 2, 2)]
