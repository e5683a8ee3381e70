from __future__ import annotations

import numpy as np
import pytest

from audio.asr.speech_map import Span, SpeechMap, cut_point, last_pause
from coach.ports import EAR_RATE_HZ, Int16Array
from tests.audio.phrases import BUDGET, SHOW, said

S = EAR_RATE_HZ


@pytest.mark.parametrize(
    ("spans", "cut"),
    [
        pytest.param([(0, 8 * S), (9 * S, 12 * S), (13 * S, 30 * S)], 12.5, id="the last pause of the second half"),
        pytest.param([(0, 2 * S), (19 * S, 30 * S)], 14.5, id="the part of a long pause that lies in it"),
        pytest.param([(0, 8 * S), (9 * S, 30 * S)], 20.0, id="a pause too early: at the end"),
        pytest.param(
            [(0, 11 * S), (int(11.1 * S), 15 * S), (int(15.2 * S), 30 * S)], 15.1, id="no good pause: the longest gap"
        ),
        pytest.param([(0, 30 * S)], 20.0, id="no gap at all"),
        pytest.param([], 20.0, id="no speech"),
    ],
)
def test_long_sound_is_cut_in_a_pause(spans: list[Span], cut: float) -> None:
    assert cut_point(spans, 0, 20 * S, 3 * S // 10) == pytest.approx(cut * S, abs=1)


@pytest.mark.parametrize(
    ("spans", "pause"),
    [
        pytest.param([(0, 5 * S), (6 * S, 8 * S), (9 * S, 10 * S)], 8.5, id="the last one"),
        pytest.param([(0, 5 * S), (6 * S, 8 * S), (int(8.1 * S), 10 * S)], 5.5, id="long enough"),
        pytest.param([(0, 3 * S), (4 * S, 10 * S)], None, id="too early"),
        pytest.param([(0, 10 * S)], None, id="no pause"),
        pytest.param([], None, id="no speech"),
    ],
)
def test_the_last_pause_is_found(spans: list[Span], pause: float | None) -> None:
    assert last_pause(spans, 4 * S, 3 * S // 10) == (None if pause is None else round(pause * S))


def sentence_pause_sentence() -> Int16Array:
    return np.concatenate([said(SHOW, "en"), np.zeros(S, np.int16), said(BUDGET, "en")])


@pytest.mark.slow
def test_speech_is_found_where_it_is_and_the_pause_is_left_out() -> None:
    pcm = sentence_pause_sentence()
    found = SpeechMap()
    found.follow(pcm)
    first, last = len(said(SHOW, "en")), len(pcm)
    pause = (first, first + S)
    assert found.voiced(0, first) > S
    assert found.voiced(pause[0] + S // 5, pause[1]) == 0
    assert found.voiced(pause[1], last) > S
    assert found.spans(0, last)[0][0] >= S // 5


@pytest.mark.slow
def test_pieces_and_the_whole_give_the_same_map() -> None:
    pcm = sentence_pause_sentence()
    whole, pieces = SpeechMap(), SpeechMap()
    whole.follow(pcm)
    for end in range(0, len(pcm), 777):
        pieces.follow(pcm[:end])
    pieces.follow(pcm)
    assert pieces.spans(0, len(pcm)) == whole.spans(0, len(pcm))
