from __future__ import annotations

from datetime import UTC, datetime

import pytest

from coach.score.composure_shown import CalmSummary, CalmValue, ComposureDetail
from coach.score.own_calm import minimal_change, own_calm, pooled
from coach.score.scorecard import PressureCard, Scorecard, Text, Versions

TODAY = datetime(2026, 11, 26, 12, tzinfo=UTC)


def earlier(
    day: str, rate: float | None = 5.5, *, device: str = "mic", scores: tuple[float, ...] = (), scenario: str = "s"
) -> Scorecard:
    """Return a scorecard of 10:00 on a day, with a calm rate of ln(units/min) and events of these scores."""
    features = {} if rate is None else {"rate": CalmValue(median=rate, mad=0.1, n=4)}
    calm = CalmSummary(made_at=f"{day}T10:00:00+00:00", device=device, windows=4, features=features)
    return Scorecard(
        rehearsal_id=day,
        scenario_id=scenario,
        scenario_title="",
        locale="zh-CN",
        summary=Text(zh="", en=""),
        scores=[],
        pressure=[PressureCard(seq=at, at=at, what="", score=value) for at, value in enumerate(scores)],
        composure=ComposureDetail(calm=calm),
        versions=Versions(scorer="test"),
    )


def rates(*cards: Scorecard, device: str = "mic") -> tuple[float, int] | None:
    found = own_calm(cards, device, TODAY)
    return None if found is None else (found.features["rate"].median, found.rehearsals)


def test_the_last_five_count_in_any_order() -> None:
    cards = [earlier(f"2026-11-{day}", rate) for day, rate in ((11, 9.0), (20, 5.0), (21, 5.1), (22, 5.4), (23, 5.2))]
    assert rates(earlier("2026-11-24", 5.3), *cards) == (5.2, 5)


@pytest.mark.parametrize(
    ("card", "counts"),
    [
        (earlier("2026-10-28"), True),
        (earlier("2026-10-27"), True),  # 30 days and two hours less than a day
        (earlier("2026-10-26"), False),  # expired
        (earlier("2026-11-27"), False),  # later than this one, as when an old rehearsal is scored again
        (earlier("2026-11-20", device="other"), False),  # another microphone
        (earlier("2026-11-20", None), False),  # nothing was calm in it
    ],
)
def test_which_rehearsals_count(card: Scorecard, counts: bool) -> None:
    if card.rehearsal_id == "2026-10-27":
        assert own_calm([card], "mic", datetime(2026, 11, 26, 9, tzinfo=UTC)) is not None
    else:
        assert (rates(card) is not None) is counts


def test_a_log_without_a_date_gives_no_baseline() -> None:
    card = earlier("2026-11-20")
    assert card.composure is not None
    calm = card.composure.calm.model_copy(update={"made_at": ""})
    assert own_calm([card.model_copy(update={"composure": ComposureDetail(calm=calm)})], "mic", TODAY) is None


def test_earlier_calm_counts_as_eight_observations_at_most() -> None:
    today, past = CalmValue(median=2, mad=0.2, n=8), CalmValue(median=4, mad=0.4, n=100)
    assert pooled(today, past) == CalmValue(median=3, mad=0.3, n=16)
    assert pooled(None, past) == past
    assert pooled(today, None) == today
    assert pooled(CalmValue(median=2, mad=0, n=2), CalmValue(median=4, mad=0, n=2)) == CalmValue(median=3, mad=0, n=4)


def test_minimal_change_from_repeats_of_one_scenario() -> None:
    # Differences 4, -2, 4 of events' medians 70, 74, 72, 76: SEM = sqrt(36 / 6), times 1.96 * sqrt 2.
    cards = [
        earlier(f"2026-11-{day}", scores=(value, value, value))
        for day, value in ((20, 70.0), (21, 74.0), (22, 72.0), (23, 76.0))
    ]
    assert minimal_change(cards, "mic", TODAY) == pytest.approx(1.96 * (2 * 6) ** 0.5, abs=0.05)
    assert minimal_change(list(reversed(cards)), "mic", TODAY) == minimal_change(cards, "mic", TODAY)
    assert minimal_change(cards[:3], "mic", TODAY) is None
    assert minimal_change(cards, "other", TODAY) is None


def test_other_scenarios_are_no_repeats() -> None:
    cards = [
        earlier(f"2026-11-{day}", scores=(70, 70, 70), scenario=scenario)
        for day, scenario in ((20, "a"), (21, "b"), (22, "a"), (23, "b"))
    ]
    assert minimal_change(cards, "mic", TODAY) is None


def test_rehearsals_with_too_few_events_are_no_repeats() -> None:
    cards = [earlier(f"2026-11-{day}", scores=(70, 90)) for day in range(10, 20)]
    assert minimal_change(cards, "mic", TODAY) is None


def test_scores_that_never_moved_still_claim_a_point_at_least() -> None:
    cards = [earlier(f"2026-11-{day}", scores=(70, 70, 70)) for day in range(10, 20)]
    assert minimal_change(cards, "mic", TODAY) == 1.0
