from __future__ import annotations

import pytest

from coach.events import Record
from coach.score.scorecard import Metric, NamedScore, Scorecard
from coach.score.scorer import score
from coach.score.voice import VoiceFeatures
from tests.score.logs import EN, joined, left, log, posted, said, said_words, scenario, stage, start_of, typed, voiced

# Forty characters each, so that the figures below can be followed by hand.
OPENING = "嗯大家好今天给姐妹们看一件新到店的亚麻衬衫这件衣服特别透气面料有百分之五十五亚麻"
MIDDLE = "夏天出门穿着舒服上班也能穿颜色一共有三种米白雾蓝还有浅咖喜欢哪个颜色就跟我说下吧"
CLOSE = "想要的姐妹看一下下面这个链接现在下单的话今天晚上就能给你们安排发货明后天能收到啦"
TALK = [
    said(2, 12, OPENING, voiced=8),
    said(14, 24, MIDDLE, voiced=8),
    *voiced(25, 27, "会不会讲啊"),
    said(30, 40, CLOSE, voiced=8),
]


def named(card: Scorecard, name: str) -> NamedScore:
    return next(item for item in card.scores if item.id == name)


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


def test_pacing_of_a_small_log_follows_the_formula_by_hand() -> None:
    assert [len(text) for text in (OPENING, MIDDLE, CLOSE)] == [40, 40, 40]
    card = score(scenario(), log(*TALK, end=44))

    first, second = card.pace
    # 0-30 s: 80 characters from 2 to 24 s; voiced 16 s.
    assert first.speaking_rate == pytest.approx(60 * 80 / 22, abs=0.05)
    assert first.articulation_rate == pytest.approx(60 * 80 / 16, abs=0.05)
    # 10-40 s: a fifth of the first, all of the others, from 10 to 40 s less 2 s of the viewer.
    assert second.speaking_rate == pytest.approx(60 * 88 / 28, abs=0.05)
    assert metric(card, "speaking_rate").value == pytest.approx((218.18 + 188.57) / 2, abs=0.1)
    # 27-30 s (after the viewer) and 40-44 s.
    assert metric(card, "dead_air").value == 2
    assert metric(card, "longest_dead_air").value == 4
    # One 嗯 in 30 s of speech.
    assert metric(card, "fillers_per_min").value == 2
    # Rate 1 (the second window is slow through dead air), dead air 1 - 20 points * 300/120 s, fillers 1.
    assert named(card, "pacing").value == pytest.approx(100 * (0.5 * 1 + 0.25 * 0.5 + 0.25 * 1))


def test_little_speech_whose_words_are_known_is_called_too_little_not_unheard() -> None:
    fillers = metric(score(scenario(), log(said(2, 5, "大家好今天给姐妹们看一件"), end=8)), "fillers_per_min")
    assert fillers.not_measured is not None
    assert "20 seconds" in fillers.not_measured.en


def test_coverage_of_a_small_log_follows_the_weights_by_hand() -> None:
    card = score(scenario(), log(*TALK, end=44))
    assert [(point.point_id, point.state) for point in card.coverage] == [("breathable", "hit"), ("light", "miss")]
    assert named(card, "coverage").value == pytest.approx(100 * 2 / 3, abs=0.05)
    assert card.strength is not None
    assert card.strength.id == "coverage.breathable"
    assert card.strength.evidence[0].quote in OPENING


def test_the_recording_measures_articulation_and_pauses_where_there_is_one() -> None:
    features = VoiceFeatures(voiced=((2.0, 12.0), (14.0, 24.0), (30.0, 40.0)), duration_sec=44, engine="silero")
    card = score(scenario(), log(*TALK, end=44), features)
    assert card.pace[0].articulation_rate == pytest.approx(60 * 80 / 20, abs=0.05)
    assert card.versions.engines["voice_features"] == "silero"


def test_speech_whose_words_were_lost_makes_nobody_slow() -> None:
    # The last utterance never reached the log: its recognition failed.
    features = VoiceFeatures(voiced=((2.0, 12.0), (14.0, 24.0), (30.0, 40.0)), duration_sec=44, engine="silero")
    whole, lost = score(scenario(), log(*TALK, end=44), features), score(scenario(), log(*TALK[:-1], end=44), features)
    assert lost.pace[0] == whole.pace[0]
    # 10-40 s: a fifth of the first and all of the second, from 10 to 24 s, 12 s of it voiced.
    assert lost.pace[1].speaking_rate == pytest.approx(60 * 48 / 14, abs=0.05)
    assert lost.pace[1].articulation_rate == pytest.approx(60 * 48 / 12, abs=0.05)
    # It was speech all the same, so it is no dead air.
    assert metric(lost, "dead_air").value == metric(whole, "dead_air").value


def test_word_times_place_units_and_hesitations() -> None:
    words = [("这件", 1.0, 1.5), ("衣服", 1.5, 2.0), ("就是", 2.1, 2.6), ("嗯", 4.0, 4.4), ("很轻", 4.6, 5.0)]
    card = score(scenario(), log(said_words(*words), end=6))
    assert metric(card, "hesitations").value == pytest.approx(100 / 9, abs=0.01)  # one in nine characters
    assert card.pace[0].speaking_rate is None


def test_a_scenarios_own_band_replaces_the_packs() -> None:
    card = score(scenario(bands={"speaking_rate": (150, 205)}), log(*TALK, end=44))
    assert metric(card, "speaking_rate").band == (150, 205)
    assert metric(card, "speaking_rate").verdict == "in_band"


def test_stages_choose_their_band() -> None:
    fast = log(stage(0, "explain"), said(0, 20, MIDDLE * 2), end=20)
    calm = log(stage(0, "逼单"), said(0, 20, MIDDLE * 2), end=20)
    assert [named(score(scenario(), records), "pacing").value for records in (fast, calm)] == [
        pytest.approx(100.0),
        pytest.approx(100 * (0.5 * (1 - 0.5 * 20 / 40) + 0.5)),
    ]


def test_an_empty_rehearsal_gets_an_honest_and_kind_scorecard() -> None:
    card = score(scenario(), log(posted(20, "有人吗"), end=60))
    assert [item.value for item in card.scores] == [None, None, None]
    assert all(item.not_measured for item in card.scores)
    assert card.strength is None
    assert [focus.finding_id for focus in card.focus] == ["start.nothing_said"]
    assert "亚麻衬衫" in card.focus[0].better_line
    assert not [word for word in ("失败", "差", "糟") if word in card.summary.zh]


def test_a_typed_rehearsal_has_no_pacing_and_says_why() -> None:
    records = [
        Record(seq=0, at=0, event=start_of("typed")),
        *log(typed(5, "这件很透气，55%亚麻"), end=60, started=False),
    ]
    card = score(scenario(), records)
    pacing = named(card, "pacing")
    assert pacing.value is None
    assert pacing.not_measured is not None
    assert "typed" in pacing.not_measured.en
    assert card.coverage[0].state == "hit"


def test_a_voice_without_recogniser_has_no_coverage_and_says_why() -> None:
    card = score(scenario(), log(said(1, 15, ""), said(18, 30, ""), end=32))
    coverage = named(card, "coverage")
    assert coverage.value is None
    assert coverage.not_measured is not None
    assert "recogniser" in coverage.not_measured.en
    assert named(card, "pacing").value is None
    assert metric(card, "dead_air").value == 1


def test_little_speech_gives_figures_but_no_pacing_score() -> None:
    card = score(scenario(), log(said(1, 8, "这件衣服特别透气"), end=9))
    assert named(card, "pacing").value is None
    assert metric(card, "speaking_rate").verdict == "low"
    assert not [finding for finding in card.findings if finding.rule.startswith("pacing.too")]
    assert card.strength is not None


def test_a_log_cut_short_by_a_crash_is_scored() -> None:
    card = score(scenario(), log(*TALK, end=44)[:-2])
    assert card.end_reason is None
    assert card.coverage[0].state == "hit"


def test_viewers_are_listed_with_what_became_of_them() -> None:
    records = log(
        joined(0, "mei", "小美"),
        posted(5, "面料是什么做的"),
        said(6, 9, "小美，面料是亚麻和棉"),
        posted(30, "到底多少钱"),
        left(50, "mei", "lost_patience"),
        end=60,
    )
    [mei] = score(scenario(), records).viewers
    assert (mei.name, mei.outcome, mei.lines, mei.answered) == ("小美", "lost_patience", 2, 1)


def test_focus_is_at_most_two_things_in_the_scenarios_own_words() -> None:
    english = scenario(EN)
    records = log(
        said(1, 20, "um it weighs four pounds, that's how heavy it is, um"), said(40, 55, "so um yeah"), end=70
    )
    card = score(english, records)
    assert len(card.focus) == 2
    assert card.focus[0].finding_id == "coverage.weight"
    assert "5.2 pounds" in card.focus[0].better_line
    assert (
        len({finding.panel for finding in card.findings for focus in card.focus if finding.id == focus.finding_id}) == 2
    )


def test_every_finding_that_asks_for_practice_can_be_heard_or_is_a_gap() -> None:
    card = score(scenario(), log(*TALK, end=44))
    texts = OPENING + MIDDLE + CLOSE
    for finding in card.findings:
        assert finding.evidence or finding.rule == "coverage.miss"
        assert all(evidence.quote in texts for evidence in finding.evidence if evidence.speaker == "streamer")


def test_the_same_records_give_the_same_scorecard_and_it_round_trips() -> None:
    records = log(*TALK, end=44)
    card = score(scenario(), records)
    assert score(scenario(), records) == card
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


def test_every_text_is_there_in_both_languages() -> None:
    card = score(scenario(), log(*TALK, end=44))
    texts = [card.summary, *(item.method for item in card.scores), *(item.name for item in card.metrics)]
    texts += [text for finding in card.findings for text in (finding.title, finding.detail)]
    texts += [text for focus in card.focus for text in (focus.title, focus.why, focus.drill)]
    assert all(text.zh and text.en for text in texts)


def test_every_figure_and_finding_has_an_id_of_its_own() -> None:
    records = log(
        said(0, 9, "这件很透气，55%亚麻"), posted(10, "假货吧", pressure=True), said(12, 16, "有检测报告"), end=60
    )
    card = score(scenario(), records)
    for ids in ([item.id for item in card.metrics], [item.id for item in card.findings]):
        assert len(ids) == len(set(ids))
