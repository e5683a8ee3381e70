"""Pacing beside the rate itself (test_scorer): own pace, spread, figures, pauses by place, and what is exempt."""

from __future__ import annotations

import pytest

from coach.events import EngineFailed, Event, UtteranceHeard
from coach.language import language_for
from coach.score.bands import Bands, load_bands
from coach.score.number_pace import measure_number_pace
from coach.score.own_pace import OwnPace, own_pace
from coach.score.pace import Pace
from coach.score.pauses import place_pauses
from coach.score.scorecard import Metric, PaceWindow, Scorecard
from coach.score.scorer import score
from coach.score.timeline import fold
from tests.score.logs import EN, log, said, said_words, scenario, stage, typed, voiced

PLAIN = "夏天出门穿着舒服上班也能穿颜色一共有三种米白雾蓝还有浅咖喜欢哪个颜色就跟我说下吧"


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


def rules(card: Scorecard) -> set[str]:
    return {finding.rule for finding in card.findings}


# --- bands and the own pace -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "stage_name", "green"),
    [
        (None, "塑品", (230, 310)),
        (OwnPace(4, 350), "塑品", (230, 310)),
        (OwnPace(5, 350), None, (255, 355)),  # middle 260 and 350: 305
        (OwnPace(5, 350), "塑品", (275, 355)),  # the table has explain 10 above `any`: middle 270 and 360
        (OwnPace(5, 350, {"explain": 290}), "塑品", (240, 320)),
        (OwnPace(9, 260), "没听过的阶段", (210, 310)),
    ],
)
def test_from_the_fifth_rehearsal_on_half_the_bands_middle_is_the_own_pace(
    own: OwnPace | None, stage_name: str | None, green: tuple[float, float]
) -> None:
    band = Bands("zh", {}, own).rate(stage_name)
    assert band.green == pytest.approx(green)
    assert band.amber[1] - band.green[1] == 40


def test_a_scenarios_own_band_outranks_the_own_pace() -> None:
    assert Bands("zh", {"speaking_rate": (180, 220)}, OwnPace(9, 350)).rate("explain").green == (180, 220)


def test_the_own_pace_is_the_median_of_windows_that_were_no_focus_candidates() -> None:
    card = score(scenario(), log(said(1, 11, PLAIN), end=12))
    amber = (180.0, 350.0)

    def with_rates(*rates: float | None, unit: str = "字/min") -> Scorecard:
        windows = [
            PaceWindow(start=at, end=at + 30, speaking_rate=rate, stage="any", amber=amber)
            for at, rate in enumerate(rates)
        ]
        return card.model_copy(update={"pace": windows, "pace_unit": unit})

    found = own_pace([with_rates(200, 240, 400, None), with_rates(280), with_rates(150, unit="words/min")], "字/min")
    assert found == OwnPace(2, 240, {"any": 240})
    assert own_pace([with_rates(None, 900)], "字/min") is None


def test_windows_carry_their_stage_bands_and_fillers_for_a_chart() -> None:
    card = score(scenario(), log(stage(0, "报价"), said(1, 15, f"嗯{PLAIN}"), said(16, 29, PLAIN), end=30))
    window = card.pace[0]
    assert (window.stage, window.band, window.amber, window.fillers) == ("price", (200, 280), (170, 320), 1)


# --- spread and runaway -----------------------------------------------------------------------------------------


def pace_of(*rates: float | None) -> Pace:
    windows = tuple(
        PaceWindow(start=10.0 * at, end=10.0 * at + 30, speaking_rate=rate) for at, rate in enumerate(rates)
    )
    return Pace(windows, tuple(Bands("zh", {}).rate(None) for _ in windows))


def test_spread_needs_three_windows() -> None:
    assert pace_of(250, 260).spread() is None
    found = pace_of(240, 260, 280).spread()
    assert found is not None
    assert found[0] == pytest.approx(16.33, abs=0.01)
    assert found[1] == pytest.approx(0.0628, abs=0.0001)


@pytest.mark.parametrize(
    ("rates", "own", "expected"),
    [
        ((200, 200, 210, 230, 260), None, None),  # 260 is 24 % over the median
        ((200, 200, 210, 230, 265), None, [200, 210, 230, 265]),
        ((200, 200, 230, 265), 200, [200, 230, 265]),
        ((200, 200, 230, 265), 250, None),
        ((200, 240, 230, 265), 200, None),
        ((200, None, 230, 265), 200, None),
    ],
)
def test_a_pace_runs_away_in_three_rising_windows_far_over_the_own_median(
    rates: tuple[float | None, ...], own: float | None, expected: list[float] | None
) -> None:
    runs = pace_of(*rates).runaways(own, 3, 1.25)
    found = [[window.speaking_rate for window in run] for run in runs]
    assert found == ([expected] if expected else [])


def test_one_speed_throughout_is_noted_only_after_three_windows_that_do_not_overlap() -> None:
    text = PLAIN[:40]
    long = [said(10.0 * at, 10.0 * at + 9.9, text) for at in range(10)]
    card = score(scenario(), log(*long, end=100))
    assert "pacing.monotone" in rules(card)
    assert metric(card, "rate_variation").verdict == "low"
    short = score(scenario(), log(*long[:6], end=60))
    assert "pacing.monotone" not in rules(short)
    assert metric(short, "rate_variation").verdict == "none"


# --- figures ----------------------------------------------------------------------------------------------------


def test_figures_have_a_rate_of_their_own() -> None:
    words = [("到手", 0, 0.5), ("八十九", 0.5, 1.0), ("块", 1.0, 1.1), ("面料", 1.2, 2.0), ("三", 2.0, 2.1)]
    found = measure_number_pace(fold(log(said_words(*words), end=3)), language_for("zh"))
    assert [(item.span.text, item.start, item.end) for item in found.phrases] == [("八十九块", 0.5, 1.1)]
    assert found.median_rate() == pytest.approx(4 / 0.6, abs=0.01)
    assert [item.span.text for item in found.over(4.5)] == ["八十九块"]


def test_english_figures_are_counted_in_syllables_with_their_unit() -> None:
    words = [("it's", 0, 0.3), ("thirty", 0.3, 0.7), ("six", 0.7, 1.0), ("dollars", 1.0, 1.5)]
    found = measure_number_pace(fold(log(said_words(*words, joint=" "), end=3)), language_for("en"))
    assert [item.span.text for item in found.phrases] == ["thirty six dollars"]
    assert found.median_rate() == pytest.approx(5 / 1.2, abs=0.01)


def test_without_word_times_figures_have_no_rate_and_say_why() -> None:
    found = metric(score(scenario(), log(said(1, 25, f"{PLAIN}八十九块"), end=26)), "number_rate")
    assert found.value is None
    assert found.not_measured is not None
    assert "word times" in found.not_measured.en


# --- pauses by place --------------------------------------------------------------------------------------------


def places(*events: tuple[float, Event], code: str = "zh") -> list[tuple[str, bool, bool]]:
    found = place_pauses(fold(log(*events, end=60)), language_for(code), load_bands())
    return [(item.place, item.is_hesitation, item.is_deliberate) for item in found]


def test_a_silence_inside_a_clause_beside_a_filler_is_a_hesitation() -> None:
    words = [("这件", 1, 1.5), ("衣服", 1.5, 2), ("就是", 2, 2.4), ("嗯", 4, 4.4), ("很轻", 4.4, 5)]
    assert places(said_words(*words)) == [("inside", True, False)]


def test_a_silence_inside_a_clause_alone_is_none() -> None:
    words = [("因为", 1, 1.4), ("面料", 3, 3.4), ("很轻", 3.4, 3.8)]
    assert places(said_words(*words)) == [("inside", False, False)]


def test_a_drawn_out_syllable_before_the_silence_makes_it_one() -> None:
    words = [("因为", 1, 2.2), ("面料", 4, 4.4), ("很轻", 4.4, 4.8)]
    assert places(said_words(*words)) == [("inside", True, False)]


def test_a_long_pause_after_a_whole_clause_is_deliberate_if_fluent_speech_follows() -> None:
    first = said_words(("到手", 1, 1.4), ("八十九", 1.4, 2), ("块", 2, 2.3))
    fluent = said_words(("面料", 4.3, 4.8), ("是", 4.8, 5), ("亚麻", 5, 5.5), ("很", 5.5, 5.8), ("凉快", 5.8, 6.4))
    broken = said_words(("面料", 4.3, 4.8), ("是", 5.4, 5.6), ("亚麻", 5.6, 6.4))
    assert places(first, fluent) == [("clause_end", False, True)]
    assert places(first, broken)[0] == ("clause_end", False, False)


def test_a_pause_in_which_a_viewer_speaks_is_nobodys() -> None:
    assert places(said(1, 4, "因为"), *voiced(5, 7, "会不会讲"), said(8, 10, "嗯面料")) == []


# --- what is exempt ---------------------------------------------------------------------------------------------

TALK = [said(1, 16, PLAIN), said(26, 40, PLAIN)]


def test_declared_demonstrations_are_neither_dead_air_nor_slow() -> None:
    bare = score(scenario(), log(*TALK, end=41))
    shown = score(scenario(demo_windows=[{"from_sec": 15, "to_sec": 27}]), log(*TALK, end=41))
    assert metric(bare, "dead_air").value == 1
    assert metric(shown, "dead_air").value == 0
    # The window from 10 to 40 s: 10 s of silence less.
    slow, even = (card.pace[1].speaking_rate or 0 for card in (bare, shown))
    assert even == pytest.approx(slow * 30 / 20, rel=0.01)


@pytest.mark.parametrize(("port", "count"), [("ears", 0), ("recognizer", 0), ("synthesizer", 1)])
def test_a_silence_in_which_what_hears_the_streamer_failed_is_no_dead_air(port: str, count: int) -> None:
    failed = EngineFailed(port=port, engine="x", error="gone", fallback="none")  # type: ignore[arg-type]
    card = score(scenario(), log(TALK[0], (18.0, failed), TALK[1], end=41))
    assert metric(card, "dead_air").value == count


def test_dead_air_is_also_told_per_ten_minutes_and_as_a_share() -> None:
    card = score(scenario(), log(*TALK, end=50))
    # 16-26 s and 40-50 s of 50 s.
    found = [metric(card, name).value for name in ("dead_air", "dead_air_per_10min", "dead_air_share")]
    assert found == [2, 24, 40]


# --- words, and what cannot be measured -------------------------------------------------------------------------


def test_hedges_are_counted_apart_from_fillers() -> None:
    card = score(scenario(), log(said(1, 31, f"可能有货吧大概嗯{PLAIN}"), end=32))
    assert metric(card, "hedges_per_min").value == 4
    assert metric(card, "fillers_per_min").value == 2


def test_a_filler_is_heard_in_a_clip_of_its_own() -> None:
    text = "um so " + "we have two colours today and " * 8
    dense = score(scenario(EN), log(said(1, 31, f"{text}um uh um it is, like, um, a pan"), end=32))
    found = next(finding for finding in dense.findings if finding.rule == "pacing.fillers")
    assert [(item.end or 0) - (item.start or 0) <= 6.01 for item in found.evidence] == [True, True]


DELIVERY = (
    "speaking_rate", "articulation_rate", "syllable_rate", "rate_variation", "number_rate", "runaways", "dead_air",
    "dead_air_per_10min", "dead_air_share", "longest_dead_air", "pause_median", "pauses_inside", "hesitations",
    "fillers_per_min", "fillers_per_100", "hedges_per_min",
)  # fmt: skip


@pytest.mark.parametrize("events", [[], [typed(3, "大家好")], [said(1, 4, "大家好")], TALK])
def test_every_metric_is_there_with_a_value_or_a_reason(events: list[tuple[float, Event]]) -> None:
    card = score(scenario(), log(*events, end=50))
    found = {item.id: item for item in card.metrics}
    for name in DELIVERY:
        assert (found[name].value is None) is (found[name].not_measured is not None), name
        assert found[name].method.zh
        assert found[name].method.en


def test_without_times_fillers_are_still_counted_against_syllables() -> None:
    event = UtteranceHeard(utterance_id="u0", text=f"嗯{PLAIN[:39]}", start=0.0, end=0.0, engine="transcript-untimed")
    card = score(scenario(), log((0.0, event), end=0))
    assert metric(card, "fillers_per_min").value is None
    assert metric(card, "fillers_per_100").value == 2.5
