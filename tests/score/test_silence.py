from __future__ import annotations

import pytest

from coach.events import Event
from coach.language import language_for
from coach.score.bands import load_bands
from coach.score.intervals import merge, overlap, subtract
from coach.score.silence import measure_silence, pause_kind
from coach.score.speech import speech_of
from coach.score.timeline import fold
from tests.score.logs import log, pause, posted, said, voiced

SPOKEN = [said(1, 10, "你好"), said(20, 30, "你好")]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ([], [(10, 20, "critical")]),
        (voiced(11, 19, "问个问题"), []),
        (voiced(10.5, 14, "问个问题"), [(14, 20, "red")]),
        (pause(11, 19.5), []),
        ([posted(10, "骗子", pressure=True)], [(13, 20, "red")]),
        ([posted(14, "骗子", pressure=True)], [(10, 14, "amber"), (17, 20, "amber")]),
        ([posted(10, "骗子", pressure=False)], [(10, 20, "critical")]),
    ],
)
def test_dead_air_has_its_exemptions(
    extra: list[tuple[float, Event]], expected: list[tuple[float, float, str]]
) -> None:
    timeline = fold(log(*sorted([*SPOKEN, *extra], key=lambda item: item[0]), end=31))
    language = language_for("zh")
    silence = measure_silence(timeline, speech_of(timeline, language, None), language, load_bands())
    assert [(item.start, item.end, item.level) for item in silence.dead_air] == expected


def test_the_first_seconds_are_for_settling() -> None:
    language = language_for("zh")
    found = []
    for start in (7, 9):
        timeline = fold(log(said(start, 20, "你好"), end=20))
        silence = measure_silence(timeline, speech_of(timeline, language, None), language, load_bands())
        found.append([(item.start, item.end) for item in silence.dead_air])
    assert found == [[], [(5, 9)]]


@pytest.mark.parametrize(("sec", "kind"), [(0.1, "brief"), (0.2, "medium"), (1.0, "medium"), (1.1, "long")])
def test_pauses_have_three_classes(sec: float, kind: str) -> None:
    assert pause_kind(sec) == kind


def test_intervals_merge_subtract_and_overlap() -> None:
    assert merge([(3, 5), (1, 2), (4, 6), (7, 7)]) == [(1, 2), (3, 6)]
    assert subtract((0, 10), [(1, 2), (9, 12)]) == [(0, 1), (2, 9)]
    assert subtract((0, 10), [(0, 10)]) == []
    assert overlap((0, 10), [(1, 2), (9, 12)]) == 2
