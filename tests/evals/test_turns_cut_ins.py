"""The material on which ends of utterances are judged, and the judging."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.live.tuning import EndpointTimes
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Int16Array
from evals.cut_in_case import Case, background, inside_clause, quiet_gaps, splice
from evals.recordings import Recording
from evals.turns_cut_ins import NO_WORDS, Hearer, Judge, Verdict, summarise
from evals.word_times import SpokenWord


def tone(sec: float) -> Int16Array:
    return np.asarray(8000 * np.sin(np.arange(round(sec * EAR_RATE_HZ)) * 0.1), np.int16)


WORDS = (
    SpokenWord("it", 0.1, 0.3, ""),
    SpokenWord("is", 0.3, 0.5, ""),
    SpokenWord("soft", 0.5, 0.9, ","),
    SpokenWord("and", 0.9, 1.0, ""),
    SpokenWord("warm", 1.3, 1.6, "."),
)


@pytest.mark.parametrize(("number", "expected"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_pause_is_inside_a_clause_without_mark_conjunction_or_gap(number: int, expected: bool) -> None:
    assert inside_clause(WORDS, number) is expected


@pytest.mark.parametrize("digital", [True, False])
def test_a_splice_adds_the_pause_loses_no_sound_and_moves_the_words_after_it(digital: bool) -> None:
    pcm = np.concatenate((np.zeros(1600, np.int16), tone(1.6), np.zeros(1600, np.int16)))
    recording = Recording("x.wav", Path("x.wav"), "en", "it is soft, and warm.", frozenset())
    case = splice(recording, pcm, WORDS, 1, 0.4, digital=digital)
    assert len(case.pcm) == len(pcm) + round(0.4 * EAR_RATE_HZ)
    assert case.gaps == ((0.5, 0.9),)
    assert [word.start for word in case.words] == pytest.approx([0.1, 0.3, 0.9, 1.3, 1.7])
    assert case.before == "it is"
    assert not case.pcm[round(0.55 * EAR_RATE_HZ) : round(0.85 * EAR_RATE_HZ)].any()


def test_a_recording_without_background_gets_a_hiss_far_under_its_voice() -> None:
    hiss = background(tone(1.0), 8000)
    assert 0 < np.abs(hiss).max() < 200


def test_gaps_are_where_no_frame_is_loud() -> None:
    pcm = np.concatenate((tone(0.5), np.zeros(4800, np.int16), tone(0.5)))
    ((low, high),) = quiet_gaps(pcm)
    assert (low, high) == pytest.approx((0.5, 0.8))


class Certain(Judge):
    """Knows what it is told to, and when it was asked."""

    def __init__(self, case: Case, odds: float) -> None:
        super().__init__(case)
        self._odds = odds
        self.asked: list[tuple[float, float]] = []

    def opinion(self, start: float, at: float) -> float:
        self.asked.append((start, at))
        return self._odds


@pytest.mark.parametrize(("odds", "ends"), [(6.0, 1.66), (-6.0, None)])
def test_the_turn_model_is_asked_just_before_it_can_move_the_end(odds: float, ends: float | None) -> None:
    pcm = np.concatenate((tone(1.0), np.zeros(EAR_RATE_HZ, np.int16)))
    case = Case("x", "finished", "a", "en", pcm, (), end=1.0)
    hearer = Hearer(case, NO_WORDS, EndpointTimes(), judge := Certain(case, odds))
    for number in range(len(pcm) // EAR_FRAME):
        speech = 0.9 if number < 50 else 0.1
        hearer.hear(pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME], speech, (number + 1) * 0.02)
    assert judge.asked == [pytest.approx((0.0, 1.58))]  # were it sure, the end would come at 1.64
    assert [at for at, _ in hearer.ends] == ([pytest.approx(ends, abs=0.021)] if ends else [])


def verdict(kind: str, cuts: int, decision_ms: float | None) -> Verdict:
    return Verdict("x", kind, "a", "en", "oracle", cuts, 1, decision_ms, "", None)


def test_rates_count_pauses_and_what_never_ended_counts_as_late() -> None:
    heard = [verdict("spliced", 1, None), verdict("spliced", 0, None), verdict("natural", 0, None)]
    heard += [verdict("finished", 0, 120.0), verdict("finished", 0, None)]
    found = summarise(heard)
    assert (found["false_cut_in_rate"], found["natural_cut_in_rate"]) == (0.5, 0.0)
    assert found["decision_ms"]["max"] == 2000.0
    assert found["ended_early_rate"] == 0.0
    assert found["decision_ms"]["later_than_1500"] == 1
    assert found["cut_ins"]["a"]["en_oracle"]["pauses"] == 2


def test_a_sentence_that_was_ended_before_its_last_word_counts_once() -> None:
    heard = [replace(verdict("finished", 0, 120.0), early=early) for early in (0, 1, 3)]
    assert summarise(heard)["ended_early_rate"] == pytest.approx(2 / 3, abs=0.001)
