"""Tables for the synchronous policies of the live loop."""

from __future__ import annotations

import pytest

from coach.live.endpoint import Endpointer, Turn
from coach.live.floor import Floor
from coach.live.pauses import Pauses
from coach.live.sentences import ClauseSplitter
from coach.live.tuning import EndpointTimes, FloorTimes
from coach.room.request import FloorPolicy


def turns(pattern: str, finished: float = 0.0, **times: float) -> list[tuple[Turn, float]]:
    """Feed 20 ms frames and return the decisions with their times.

    '#' is voice, '.' silence, '-' the detector's tail after the voice, '!' a sound that is no voice.
    """
    return hear(Endpointer(EndpointTimes.model_validate(times)), pattern, finished)


def hear(endpointer: Endpointer, pattern: str, finished: float = 0.0, begin: float = 0.0) -> list[tuple[Turn, float]]:
    found = []
    for number, mark in enumerate(pattern):
        at = begin + (number + 1) * 0.02
        change = endpointer.hear(0.9 if mark in "#-" else 0.1, at, finished, loud=mark in "#!")
        if change is not None:
            found.append((change.turn, round(at, 2)))
    return found


def ms(pattern: str, millis: int) -> str:
    return pattern * (millis // 20)


def test_an_utterance_starts_after_60_ms_pauses_after_80_and_ends_after_the_hangover() -> None:
    assert turns(ms("#", 500) + ms(".", 1200)) == [
        (Turn.STARTED, 0.06),
        (Turn.PAUSED, 0.58),
        (Turn.ENDED, 1.56),
    ]


@pytest.mark.parametrize(
    ("finished", "ends_at"),
    [(6.0, 0.62), (4.6, 0.62), (4.5, 0.66), (2.6, 0.66), (2.0, 1.22), (0.0, 1.56), (-2.2, 1.94), (-6.0, 2.5)],
)
def test_the_surer_the_end_the_shorter_the_silence(finished: float, ends_at: float) -> None:
    assert turns(ms("#", 500) + ms(".", 2000), finished)[-1] == (Turn.ENDED, ends_at)


@pytest.mark.parametrize(("judged_until", "ends_at"), [(0.5, 0.62), (0.7, 0.7), (0.8, 0.76)])
def test_an_end_waits_for_an_opinion_on_its_way_but_not_for_long(judged_until: float, ends_at: float) -> None:
    endpointer = Endpointer(EndpointTimes())
    hear(endpointer, ms("#", 500), 6.0)
    for number in range(25, 60):
        at = (number + 1) * 0.02
        change = endpointer.hear(0.1, at, 6.0, loud=False, is_judged=at < judged_until)
        if change is not None and change.turn is Turn.ENDED:
            break
    assert at == pytest.approx(ends_at, abs=0.011)


@pytest.mark.parametrize(
    ("least", "most", "asked_at"),
    [
        (-3.0, 6.0, 0.58),  # could end at 120 ms: asked as soon as it is a pause
        (-3.0, 3.5, 0.6),  # … at 160 ms
        (-4.0, 2.0, 1.16),  # … at 720 ms
        (-6.0, 0.0, None),  # the words are open: nothing it says moves the end
        (5.0, 9.0, None),  # finished whatever it says
    ],
)
def test_the_turn_model_is_asked_just_before_its_answer_can_matter(
    least: float, most: float, asked_at: float | None
) -> None:
    endpointer = Endpointer(EndpointTimes())
    hear(endpointer, ms("#", 500), 0.0)
    asked = []
    for number in range(25, 70):
        at = (number + 1) * 0.02
        endpointer.hear(0.1, at, 0.0, loud=False)
        if endpointer.wants_opinion(least, most, at):
            asked.append(at)
    assert asked == ([] if asked_at is None else [pytest.approx(asked_at, abs=0.021)])


def test_silence_counts_from_where_the_voice_stopped_not_from_where_the_detector_let_go() -> None:
    assert turns(ms("#", 500) + ms("-", 160) + ms(".", 500), 5.0)[-1] == (Turn.ENDED, 0.62)


def test_a_sound_in_the_silence_holds_the_end_back_until_the_detector_knows_it() -> None:
    assert turns(ms("#", 500) + ms(".", 100) + ms("!", 60) + ms("#", 100) + ms(".", 500), 5.0)[:4] == [
        (Turn.STARTED, 0.06),
        (Turn.PAUSED, 0.58),
        (Turn.RESUMED, 0.72),
        (Turn.PAUSED, 0.84),
    ]
    assert turns(ms("#", 500) + ms(".", 100) + ms("!", 400), 5.0)[-1] == (Turn.ENDED, 0.72)


def test_long_pauses_that_were_resumed_teach_patience_and_short_ones_haste() -> None:
    for pause_ms, ends_ms in ((900, 1360), (200, 940)):
        endpointer = Endpointer(EndpointTimes())
        talk = (ms("#", 400) + ms(".", pause_ms)) * 5 + ms("#", 400)
        hear(endpointer, talk, -2.2)
        at = len(talk) * 0.02
        (_, (turn, ended_at)) = hear(endpointer, ms(".", 2000), 0.0, at)
        assert turn is Turn.ENDED
        assert ended_at == pytest.approx(at + ends_ms / 1000, abs=0.021)


def test_speech_right_after_an_end_makes_the_next_end_later_and_an_end_that_stood_takes_it_back() -> None:
    def ends_after(talk: str) -> float:
        endpointer = Endpointer(EndpointTimes())
        hear(endpointer, talk, 5.0)
        at = len(talk) * 0.02
        return hear(endpointer, ms("#", 400) + ms(".", 2000), 5.0, at)[-1][1] - at - 0.4

    cut = ms("#", 400) + ms(".", 500)
    stood = ms("#", 400) + ms(".", 3000)
    assert ends_after(stood) == pytest.approx(0.12)
    assert ends_after(cut) == pytest.approx(0.3, abs=0.03)
    assert ends_after(cut * 2) == pytest.approx(0.64, abs=0.03)
    assert ends_after(cut * 8) <= 0.86
    assert ends_after(cut + stood) < ends_after(cut)
    assert ends_after(cut + stood * 3) == pytest.approx(0.12)


@pytest.mark.parametrize("burst_ms", [20, 40])
def test_a_stop_released_after_the_last_vowel_does_not_start_the_silence_anew(burst_ms: int) -> None:
    pattern = ms("#", 500) + ms("-", 80) + ms("#", burst_ms) + ms("-", 100) + ms(".", 500)
    (turn, ended_at) = turns(pattern, 5.0)[-1]
    assert turn is Turn.ENDED
    assert ended_at == pytest.approx(0.6 + burst_ms / 1000, abs=0.021)


def test_a_pause_inside_a_sentence_is_resumed_and_not_ended() -> None:
    pattern = ms("#", 500) + ms(".", 400) + ms("#", 300) + ms(".", 1200)
    assert [turn for turn, _ in turns(pattern)] == [
        Turn.STARTED,
        Turn.PAUSED,
        Turn.RESUMED,
        Turn.PAUSED,
        Turn.ENDED,
    ]


def test_a_click_never_starts_an_utterance_and_a_cough_is_discarded() -> None:
    assert turns(ms("#", 40) + ms(".", 1000)) == []
    assert [turn for turn, _ in turns(ms("#", 100) + ms(".", 1200))] == [Turn.STARTED, Turn.PAUSED, Turn.DISCARDED]


def test_speech_without_end_is_cut_five_seconds_after_the_maximum() -> None:
    assert turns(ms("#", 8000), max_sec=2.0)[:2] == [(Turn.STARTED, 0.06), (Turn.ENDED, 7.0)]


def test_after_the_maximum_the_next_short_pause_ends_the_utterance() -> None:
    assert turns(ms("#", 3000) + ms(".", 1000), -6.0, max_sec=2.0)[-1] == (Turn.ENDED, 3.3)


def test_closing_ends_what_is_open_once() -> None:
    endpointer = Endpointer(EndpointTimes())
    for number in range(20):
        endpointer.hear(0.9, (number + 1) * 0.02)
    change = endpointer.close()
    assert change is not None
    assert change.turn is Turn.ENDED
    assert change.voiced_sec == pytest.approx(0.4)
    assert endpointer.close() is None


@pytest.mark.parametrize(
    ("policy", "silence_sec", "open_utterance", "answers", "may"),
    [
        ("waits", 1.0, False, False, False),
        ("waits", 1.3, False, False, True),
        ("waits", 0.0, False, True, True),
        ("waits", 2.0, True, False, False),
        ("needs_gap", 0.4, False, False, True),
        ("needs_gap", 0.4, True, False, True),
        ("needs_gap", 0.2, True, False, False),
        ("cuts_in", 0.0, True, False, True),
    ],
)
def test_who_may_take_the_floor(
    policy: FloorPolicy, silence_sec: float, open_utterance: bool, answers: bool, may: bool
) -> None:
    floor = Floor(FloorTimes())
    floor.streamer_talks()
    assert floor.may_speak(policy, 12.0, answers=False) is (policy == "cuts_in")
    floor.streamer_pauses(10.0)
    if not open_utterance:
        floor.utterance_over(10.0)
    assert floor.may_speak(policy, 10.0 + silence_sec, answers=answers) is may


def test_a_viewer_who_is_not_asked_waits_out_a_cough_but_not_a_fan() -> None:
    floor = Floor(FloorTimes())
    for number in range(10):
        floor.sound_heard(5.0 + number * 0.02)
    assert not floor.may_speak("waits", 5.3, answers=False)
    assert floor.may_speak("waits", 5.3, answers=True)
    assert floor.may_speak("cuts_in", 5.3, answers=False)
    assert floor.may_speak("waits", 5.4, answers=False)
    for number in range(60):
        floor.sound_heard(6.0 + number * 0.02)
    assert floor.may_speak("waits", 7.2, answers=False)


def test_nobody_speaks_over_another_viewer_and_the_next_leaves_air() -> None:
    floor = Floor(FloorTimes())
    floor.viewer_began()
    assert not floor.may_speak("cuts_in", 5.0, answers=False)
    floor.viewer_stopped(5.0)
    assert not floor.may_speak("needs_gap", 5.5, answers=False)
    assert floor.may_speak("needs_gap", 5.6, answers=False)


@pytest.mark.parametrize(
    ("pieces", "clauses"),
    [
        (["It costs 9.", "99 today. ", "Buy it!"], ["It costs 9.99 today.", " Buy it!"]),
        (["能便宜点吗？我买两件。"], ["能便宜点吗？", "我买两件。"]),
        (["Hey, host, can you do twenty?"], ["Hey,", " host, can you do twenty?"]),
        (["no marks at all"], ["no marks at all"]),
        (["Really?! Sure."], ["Really?!", " Sure."]),
        (["", "  "], []),
    ],
)
def test_clauses_are_cut_where_speech_can_pause(pieces: list[str], clauses: list[str]) -> None:
    splitter = ClauseSplitter()
    found = [clause for piece in pieces for clause in splitter.feed(piece)] + splitter.flush()
    assert found == clauses


def test_paused_time_does_not_count_and_two_reasons_make_one_pause() -> None:
    pauses = Pauses()
    assert pauses.begin("streamer", 10.0) is not None
    assert pauses.begin("disconnected", 12.0) is None
    assert pauses.room_time(15.0) == 10.0
    assert pauses.end("streamer", 16.0) is None
    resumed = pauses.end("disconnected", 18.0)
    assert resumed is not None
    assert resumed.paused_sec == 8.0
    assert pauses.room_time(20.0) == 12.0
    assert pauses.end("streamer", 21.0) is None
