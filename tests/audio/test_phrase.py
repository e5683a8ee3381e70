from __future__ import annotations

import numpy as np
import pytest

from audio.tts.phrase import ended, finished, phrases
from audio.tts.word_times import by_phonemes, shares, syllables
from audio.tts.wording import spoken
from coach.ports import WordMark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well, okay. Go!", [("Well,", True, True), (" okay.", False, True), (" Go!", False, False)]),
        ("better now,", [("better now,", True, True)]),
        ("better now", [("better now", False, False)]),
        ("can you do fifteen ", [("can you do fifteen ", True, False)]),
        ("便宜点，行吗？", [("便宜点，", True, True), ("行吗？", False, False)]),
        ("他说“好。”走吧", [("他说“好。”", False, True), ("走吧", False, False)]),
        ("😀……", []),
    ],
)
def test_where_the_voice_stays_up_and_where_a_pause_follows(text: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert [(phrase.text, phrase.goes_on, phrase.pause_sec > 0) for phrase in phrases(text)] == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("would you take forty for the pair of them today?", "would you take "),
        ("这件衬衫能不能便宜一点我买两件", "这件衬衫"),
        ("short one", "short one"),
        ("Well, would you take forty for the pair today", "Well,"),
        ("I need 500 ml of it now", "I need 500 ml "),
    ],
)
def test_a_slow_engine_gets_a_short_first_phrase(text: str, first: str) -> None:
    found = list(phrases(text, first_words=(2, 3)))
    assert found[0].text == first
    assert "".join(phrase.text for phrase in found) == text
    assert len(found) == 1 or found[0].goes_on


@pytest.mark.parametrize(
    ("said", "goes_on", "expected"),
    [("okay", True, "okay,"), ("okay", False, "okay."), ("okay? ", False, "okay?"), ("好的，", True, "好的，")],
)
def test_an_engine_is_told_by_a_mark_how_the_voice_ends(said: str, goes_on: bool, expected: str) -> None:
    assert ended(said, goes_on=goes_on) == expected


def test_a_finished_phrase_is_trimmed_and_its_marks_move_along() -> None:
    tone = (np.sin(np.arange(9600) / 10) * 8000).astype(np.int16)
    pcm = np.concatenate([np.zeros(4800, np.int16), tone, np.zeros(9600, np.int16)])
    marks = [WordMark(3, 2, 100), WordMark(6, 2, 9600), WordMark(9, 2, 23_000)]
    chunk = finished(pcm, marks, 1.0, 0.1, position=1000)
    assert chunk is not None
    assert len(chunk.pcm) == pytest.approx(240 + 9600 + 960 + 4800, abs=5)
    assert [mark.sample for mark in chunk.words[:2]] == [1000, pytest.approx(1000 + 9600 - 4560, abs=5)]
    assert chunk.words[2].sample < 1000 + len(chunk.pcm) - 4800
    assert finished(np.zeros(4800, np.int16), marks, 1.0, 0.1, 0) is None


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("便宜一点", 4),
        ("cheaper", 2),
        ("shirt", 1),
        ("price", 1),
        ("fifteen dollars", 4),
        ("BOGO", 2),
        ("DHL", 3),
    ],
)
def test_syllables_are_about_counted(said: str, count: float) -> None:
    assert syllables(said) == count


def test_words_take_their_share_of_a_clause_and_pauses_theirs() -> None:
    found = shares(spoken("好，便宜一点", "zh"))
    assert found[0] == 0
    assert found == sorted(found)
    assert found[1] == pytest.approx(1.8 / 5.8)
    assert shares(spoken("", "zh")) == []


@pytest.mark.parametrize(
    ("alone", "groups", "total", "expected"),
    [
        ([3, 4, 2], [0, 3, 7], 9, [0, 3, 7]),
        ([3, 3, 4], [0, 6], 10, [0, 3, 6]),  # the first two joined
        ([5, 5], [0, 3, 5, 8], 10, [0, 5]),  # both read as two
        ([4, 4], [0, 4.6, 6, 7], 9, [0, 4.6]),  # a little longer in company
        ([2], [], 2, [0]),
        ([], [0], 2, []),
    ],
)
def test_words_begin_at_their_phonemes(
    alone: list[float], groups: list[float], total: float, expected: list[float]
) -> None:
    assert by_phonemes(alone, groups, total) == expected
