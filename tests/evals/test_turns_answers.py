"""The answers on which the bench judges ends: pauses where the text has bars, and fair texts."""

from __future__ import annotations

import numpy as np
import pytest

from coach.ports import EAR_RATE_HZ, Int16Array
from evals.turns_answers import FOLDER, LEAD_SEC, case_of, summarise
from evals.turns_cut_ins import Verdict
from evals.word_times import SpokenWord
from scripts.finish_text.examples import answer_examples


def tone(sec: float) -> Int16Array:
    return np.asarray(8000 * np.sin(np.arange(round(sec * EAR_RATE_HZ)) * 0.1), np.int16)


def rows(code: str) -> list[str]:
    lines = (FOLDER / f"{code}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def test_a_bar_becomes_a_pause_after_its_word_and_moves_what_follows() -> None:
    words = [SpokenWord("yes", 0.0, 0.3, ""), SpokenWord("but", 0.3, 0.5, "|"), SpokenWord("late", 0.5, 1.0, "")]
    case = case_of("x", "en", "yes but | late", tone(1.0), words, [0.4])
    assert case.kind == "thinking"
    assert case.gaps[0] == pytest.approx((LEAD_SEC + 0.5, LEAD_SEC + 0.9))
    assert [word.start for word in case.words] == pytest.approx([LEAD_SEC, LEAD_SEC + 0.3, LEAD_SEC + 0.9])
    low, high = (round((edge + nudge) * EAR_RATE_HZ) for edge, nudge in zip(case.gaps[0], (0.01, -0.01), strict=True))
    assert np.abs(case.pcm[low:high]).max() < 100
    assert np.abs(case.pcm[high + 400 : high + 4000]).max() > 7000


def test_an_answer_without_a_bar_is_finished_where_its_voice_ends() -> None:
    case = case_of("x", "en", "yes", tone(0.5), [SpokenWord("yes", 0.0, 0.5, "")], [])
    assert case.kind == "finished"
    assert case.end == pytest.approx(LEAD_SEC + 0.5, abs=0.03)


def test_delays_and_cut_ins_are_told_apart() -> None:
    def verdict(kind: str, cuts: int, gaps: int, decision_ms: float | None) -> Verdict:
        return Verdict("x", kind, "a", "en", "asked", cuts, gaps, decision_ms, "", None)

    ended = [verdict("finished", 0, 0, 200.0), verdict("finished", 0, 0, None)]
    found = summarise([*ended, verdict("thinking", 1, 2, None)])
    assert found["en_asked"]["later_than_800"] == 0.5
    assert found["en_asked"]["cut_in_rate"] == 0.5
    assert found["en_asked"]["pauses"] == 2


@pytest.mark.parametrize("code", ["en", "zh"])
def test_texts_are_of_both_kinds_and_most_have_never_been_trained_on(code: str) -> None:
    texts = rows(code)
    assert sum("|" in text for text in texts) >= 15
    assert sum("|" not in text for text in texts) >= 25
    trained = {example.text.rstrip(".。!！") for example in answer_examples(code, 1, 500)}
    assert sum(text.lower() in trained for text in texts) < len(texts) / 2
