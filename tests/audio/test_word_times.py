from __future__ import annotations

from itertools import pairwise

import pytest

from audio.asr.word_times import SHORTEST_SEC, AlignedPiece, aligned, moved, spread
from coach.ports import EAR_RATE_HZ

S = EAR_RATE_HZ


def pieces(*found: tuple[str, float, float]) -> list[AlignedPiece]:
    return [AlignedPiece(text, start, end, 0.9) for text, start, end in found]


def times(words: object) -> list[tuple[float, float]]:
    assert isinstance(words, tuple)
    return [(round(word.start_sec, 3), round(word.end_sec, 3)) for word in words]


def test_words_get_the_times_of_their_pieces() -> None:
    words = aligned(
        ["Hi,", "there."], pieces((" Hi", 0.3, 0.5), (",", 0.5, 0.6), (" the", 0.6, 0.8), ("re", 0.8, 1.0)), 0, 2
    )
    assert times(words) == [(0.3, 0.6), (0.6, 1.0)]
    assert [word.confidence for word in words] == [0.9, 0.9]


def test_a_piece_of_two_characters_is_shared() -> None:
    assert times(aligned(["一", "下。"], pieces(("一下", 1.0, 1.4), ("。", 1.4, 1.5)), 0, 2)) == [
        (1.0, 1.2),
        (1.2, 1.4),
    ]


def test_times_outside_the_speech_or_too_short_are_mended() -> None:
    words = aligned(["a", "b", "c"], pieces((" a", 0.0, 0.0), (" b", 0.0, 0.0), (" c", 0.0, 1.9)), 0.3, 1.5)
    assert times(words) == [(0.3, 0.36), (0.36, 0.42), (0.42, 1.5)]


def test_another_number_of_letters_gives_no_times() -> None:
    assert aligned(["hello"], pieces((" hallo!", 0, 1), (" x", 1, 2)), 0, 2) == ()
    assert aligned([], [], 0, 1) == ()


@pytest.mark.parametrize(
    ("parts", "language", "expected"),
    [
        pytest.param(["a", "bcd"], "en", [(0.0, 0.333), (0.333, 3.0)], id="by letters, over the pause"),
        pytest.param(
            ["好", "的", "好", "的"], "zh", [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 3.0)], id="characters"
        ),
        pytest.param(["one"], "en", [(0.0, 3.0)], id="one word is all of it"),
    ],
)
def test_words_are_spread_over_the_speech(parts: list[str], language: str, expected: list[tuple[float, float]]) -> None:
    spans = [(0, S // 2), (5 * S // 2, 3 * S)]
    words = spread(parts, spans, language)
    assert times(words)[0] == expected[0]
    assert times(words)[-1][1] == expected[-1][1]
    assert all(word.confidence is None for word in words)
    assert all(0 <= word.start_sec < word.end_sec <= 3.0 for word in words)


@pytest.mark.parametrize("words", [1, 7, 100])
def test_even_impossible_numbers_of_words_follow_each_other(words: int) -> None:
    found = spread(["word"] * words, [(S, S + S // 4)], "en")
    assert len(found) == words
    assert all(word.start_sec < word.end_sec for word in found)
    assert all(before.end_sec <= after.start_sec for before, after in pairwise(found))
    assert found[0].start_sec == 1.0
    assert found[-1].end_sec <= 1.25 + 1e-9
    assert SHORTEST_SEC * 100 > 0.25


def test_words_move_together() -> None:
    assert times(moved(aligned(["a"], pieces((" a", 0, 1)), 0, 1), 2.5)) == [(2.5, 3.5)]
