from __future__ import annotations

from datetime import UTC, datetime

import pytest

from coach.events import Event
from coach.language import language_for
from coach.score.composure_shown import CalmSummary, CalmValue, ComposureDetail
from coach.score.history import History, history_of
from coach.score.own_calm import last_score, minimal_change, own_calm, pooled
from coach.score.scorecard import NamedScore, PressureCard, Scorecard, Text, Versions
from coach.score.scorer import score
from tests.score.logs import log, posted, said, scenario

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


def test_the_score_before_is_that_of_the_same_scenario() -> None:
    cards = [
        earlier("2026-11-20", scores=(70, 70, 70)),
        earlier("2026-11-21", scores=(80, 80, 80)),
        earlier("2026-11-22", scores=(10, 10, 10), scenario="other"),
        earlier("2026-11-23", scores=(20, 20)),
        earlier("2026-11-24", scores=(30, 30, 30), device="other"),
    ]
    assert last_score(cards, "mic", TODAY, "s") == 80
    assert last_score(cards, "mic", TODAY, "none") is None


SPOKEN = "这件衬衫特别透气，夏天穿着凉快，面料是亚麻和棉，咱们接着看链接"


def talk(first: float, rate: float, *, pressure: bool) -> list[tuple[float, Event]]:
    """Return two minutes of talk from a moment on at a rate, with four pressure events or none."""
    length = 60 * language_for("zh").count_units(SPOKEN) / rate
    events: list[tuple[float, Event]] = []
    for step in range(12):
        at = first + 10 * step
        if pressure and step % 3 == 0:
            events.append(posted(at - 0.5, "骗子", pressure=True))
        events.append(said(at, at + length, SPOKEN, voiced=length))
    return events


def test_a_calm_rehearsal_calibrates_one_without_any_calm() -> None:
    calm = score(scenario(), log(*talk(2, 240, pressure=False), end=130))
    assert calm.composure is not None
    assert named(calm).value is None
    made = calm.composure.model_copy(
        update={"calm": calm.composure.calm.model_copy(update={"made_at": "2026-11-25T10:00:00+00:00"})}
    )
    past = [calm.model_copy(update={"composure": made})]
    pressed = log(*talk(2, 340, pressure=True), end=122)
    alone = score(scenario(), pressed)
    known = score(scenario(), pressed, history=history_of(past, "", TODAY, "字/min", "s"))
    assert [rates_of(card) for card in (alone, known)] == [[], [pytest.approx(41.7, abs=1)] * 4]
    assert (alone.composure and alone.composure.baseline, known.composure and known.composure.baseline) == (
        "default",
        "past",
    )
    # On another microphone it counts for nothing.
    other = score(scenario(), pressed, history=history_of(past, "headset", TODAY, "字/min", "s"))
    assert rates_of(other) == []


@pytest.mark.parametrize(("before", "minimal", "change"), [(100.0, 5.0, None), (60.0, 5.0, 40.0), (60.0, None, None)])
def test_a_change_is_told_only_over_the_scatter(before: float, minimal: float | None, change: float | None) -> None:
    events = [
        event
        for at in (10, 60, 110, 160)
        for event in (posted(at, "主播不行", pressure=True), said(at + 2, at + 12, SPOKEN))
    ]
    history = History(composure=before, composure_change=minimal)
    result = named(score(scenario(), log(*events, end=200), history=history))
    assert (result.value, result.change, result.minimal_change) == (100.0, change, minimal)


def rates_of(card: Scorecard) -> list[float | None]:
    return [row.value for event in card.pressure for row in event.features if row.id == "rate"]


def named(card: Scorecard) -> NamedScore:
    return next(item for item in card.scores if item.id == "composure")
