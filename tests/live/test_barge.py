"""Barge-in as tables: turned down, silenced, cut off, or back."""

from __future__ import annotations

import pytest

from coach.live.articulation import Articulation
from coach.live.barge import Alarms, Barge, BargeIn
from coach.live.tuning import BargeTimes
from coach.ports import VadDecision
from tests.live.voices import frame

DUCK, HOLD, STOP, RESTORE = Barge.DUCK, Barge.HOLD, Barge.STOP, Barge.RESTORE


def ms(pattern: str, millis: int) -> str:
    return pattern * (millis // 20)


def run(policy: BargeIn, pattern: str, begun: int = 0) -> list[tuple[Barge, float]]:
    """Feed frames ('#' words, 'h' laugh and 'm' hum are sure speech, '~' the quick detector alone)."""
    found = []
    for number, mark in enumerate(pattern, start=begun):
        at = (number + 1) * 0.02
        vad = VadDecision(quick=mark != ".", speech=0.9 if mark in "#hm" else 0.1)
        decision = policy.hear(vad, frame(mark, number), at)
        if decision is not None:
            found.append((decision, round(at, 2)))
    return found


def barges(pattern: str, *, overlap: bool = False) -> list[tuple[Barge, float]]:
    return run(BargeIn(BargeTimes(), streamer_was_talking=overlap), pattern)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (ms(".", 200) + ms("#", 900), [(DUCK, 0.22), (HOLD, 0.26), (STOP, 0.9)]),
        (ms(".", 200) + ms("~", 60) + ms(".", 400), [(DUCK, 0.24), (RESTORE, 0.38)]),
        (ms(".", 200) + ms("~", 20) + ms(".", 400), []),
        (ms(".", 200) + ms("#", 240) + ms(".", 400), [(DUCK, 0.22), (HOLD, 0.26), (RESTORE, 0.66)]),
    ],
    ids=["a sentence", "a click", "less than a click", "a syllable"],
)
def test_each_step_has_its_time(pattern: str, expected: list[tuple[Barge, float]]) -> None:
    assert barges(pattern) == expected


@pytest.mark.parametrize("mark", ["h", "m"], ids=["laugh", "hum"])
def test_a_long_laugh_or_hum_silences_and_never_cuts_off(mark: str) -> None:
    decisions = barges(ms(".", 200) + ms(mark, 3000) + ms(".", 400))
    assert [decision for decision, _ in decisions] == [DUCK, HOLD, RESTORE]
    assert decisions[-1] == (RESTORE, 3.42)


def test_whatever_goes_on_for_four_seconds_as_speech_ends_the_line() -> None:
    assert barges(ms(".", 200) + ms("h", 5000))[-1] == (STOP, 4.2)


def test_noise_that_goes_on_lets_the_viewer_go_on_too_and_speech_over_it_still_stops() -> None:
    decisions = barges(ms(".", 200) + ms("~", 1000) + ms("#", 900))
    assert decisions[:2] == [(DUCK, 0.24), (RESTORE, 0.56)]
    assert [decision for decision, at in decisions if at > 1.2] == [DUCK, HOLD, STOP]


def test_noise_that_was_there_before_the_viewer_began_does_not_turn_it_down() -> None:
    assert barges(ms("~", 2000)) == []


def test_in_a_noisy_room_the_quick_detector_alone_turns_nobody_down() -> None:
    alarms = Alarms()
    click = ms(".", 200) + ms("~", 60) + ms(".", 400)
    first, second = (BargeIn(BargeTimes(), alarms=alarms) for _ in range(2))
    assert [decision for decision, _ in run(first, click * 4)] == [DUCK, RESTORE] * 2
    assert run(second, click, begun=132) == []
    assert [decision for decision, _ in run(second, ms(".", 200) + ms("#", 900), begun=165)] == [DUCK, HOLD, STOP]
    much_later = BargeIn(BargeTimes(), alarms=alarms)
    assert [decision for decision, _ in run(much_later, click, begun=700)] == [DUCK, RESTORE]


@pytest.mark.parametrize(
    ("pattern", "so_far", "in_the_end"),
    [
        (ms(".", 200) + ms("#", 240), True, True),
        (ms(".", 200) + ms("#", 100), False, False),
        (ms(".", 200) + ms("~", 240), False, False),
        (ms(".", 200), False, False),
        (ms(".", 200) + ms("h", 500), False, True),
        (ms(".", 200) + ms("h", 1000), False, False),
        (ms(".", 200) + ms("#", 300) + ms(".", 400), False, True),
        (ms(".", 200) + ms("#", 300) + ms(".", 1400), False, False),
    ],
    ids=[
        "a syllable",
        "too short for a word",
        "noise",
        "nothing",
        "breathy and short",
        "a laugh",
        "over, the viewer went on",
        "long over",
    ],
)
def test_words_stop_a_viewer_only_if_a_voice_says_them(pattern: str, so_far: bool, in_the_end: bool) -> None:
    for final, stops in ((False, so_far), (True, in_the_end)):
        policy = BargeIn(BargeTimes())
        run(policy, pattern)
        assert policy.words(backchannel=True, final=final) is None
        assert policy.words(backchannel=False, final=final) is (STOP if stops else None)


def test_a_microphone_that_falls_silent_for_good_gives_the_viewer_its_voice_back() -> None:
    policy = BargeIn(BargeTimes())
    assert policy.unheard(9.0) is None
    run(policy, ms(".", 200) + ms("#", 240))
    assert policy.held
    assert policy.unheard(1.4) is None
    assert policy.unheard(1.5) is RESTORE
    assert policy.unheard(1.6) is None


def test_after_a_stop_nothing_more_is_decided() -> None:
    policy = BargeIn(BargeTimes())
    run(policy, ms(".", 200) + ms("#", 240))
    assert policy.words(backchannel=False) is STOP
    assert policy.words(backchannel=False) is None
    assert run(policy, ms("#", 900)) == []


def test_one_backchannel_after_the_other_never_adds_up() -> None:
    pattern = (ms("#", 300) + ms(".", 300)) * 8
    assert STOP not in [decision for decision, _ in barges(ms(".", 100) + pattern)]


def test_a_viewer_who_cut_in_is_stopped_only_by_speech_that_goes_on_or_starts_anew() -> None:
    assert barges(ms("#", 1400), overlap=True)[0] == (STOP, 1.2)
    fresh = barges(ms("#", 200) + ms(".", 300) + ms("#", 900), overlap=True)
    assert [decision for decision, _ in fresh] == [DUCK, HOLD, STOP]
    assert BargeIn(BargeTimes(), streamer_was_talking=True).words(backchannel=False) is None


@pytest.mark.parametrize(
    ("mark", "distinct", "voiced"), [("#", (6, 12), (0.9, 1.0)), ("h", (2, 4), (0.2, 0.55)), ("m", (1, 1), (0.9, 1.0))]
)
def test_words_are_many_sounds_and_mostly_voiced(
    mark: str, distinct: tuple[int, int], voiced: tuple[float, float]
) -> None:
    articulation = Articulation()
    for number in range(40):
        articulation.hear(frame(mark, number), counts=number >= 3)
    assert distinct[0] <= articulation.distinct <= distinct[1]
    assert voiced[0] <= articulation.voiced_share <= voiced[1]
