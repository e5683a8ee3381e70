from __future__ import annotations

from itertools import pairwise

import pytest

from audio.asr.scenario_grammar import script as grammar_script
from audio.asr.sphinx_read import NOTHING, Reading, Step
from audio.asr.sphinx_splice import APART_FRAMES, CHANGE, SCRIPTED, splice
from coach.ports import HeardWord, RecognitionHints

Part = tuple[str, int, float]
"""A word ('' for silence), its frames, its log score."""


def path(*parts: Part) -> Reading:
    steps: list[Step] = []
    at = 0
    for text, frames, score in parts:
        word = HeardWord(text, at * 0.01, (at + frames) * 0.01, 0.5) if text else None
        steps.append(Step(at, at + frames - 1, score, word))
        at += frames
    words = tuple(step.word for step in steps if step.word)
    return Reading(words, sum(step.score for step in steps) / at, tuple(steps))


MUCH = -300.0


@pytest.mark.parametrize(
    ("scenario", "general", "text"),
    [
        pytest.param(
            path(("junk", 50, MUCH), ("zyntra", 40, -90), ("junk", 60, MUCH)),
            path(("so", 20, -50), ("guys", 30, -50), ("sin", 20, MUCH), ("try", 20, MUCH), ("rocks", 60, -80)),
            "so guys zyntra rocks",
            id="a name in the middle of a foreign sentence",
        ),
        pytest.param(
            path(("junk", 50, MUCH), ("zyntra", 42, -90), ("junk", 58, MUCH)),
            path(("so", 51, -100), ("sin", 39, 2 * MUCH), ("rocks", 60, -80)),
            "so zyntra rocks",
            id="ends a frame or two apart are one moment",
        ),
        pytest.param(
            path(("we", 50, -99), ("have", 40, -99), ("linen", 60, -99)),
            path(("we", 50, -100), ("have", 40, -100), ("lemon", 60, -100)),
            "we have linen",
            id="all of the scenario's, if that is more probable",
        ),
        pytest.param(
            path(("linen", 50, -200), ("linen", 40, CHANGE - 90), ("linen", 60, -200)),
            path(("no", 50, -90), ("such", 40, -90), ("thing", 60, -90)),
            "no such thing",
            id="a single likely word is not worth two changes",
        ),
        pytest.param(
            path(("linen", 150, -300)), path(("no", 70, -100), ("words", 80, -100)), "no words", id="no moment"
        ),
        pytest.param(NOTHING, path(("no", 70, -100)), "no", id="nothing found by one"),
        pytest.param(path(("linen", 70, -100)), NOTHING, "linen", id="nothing found by the other"),
        pytest.param(NOTHING, NOTHING, "", id="nothing found"),
        pytest.param(path(("", 70, -100)), path(("", 70, -100)), "", id="silence"),
    ],
)
def test_the_most_probable_way_through_both(scenario: Reading, general: Reading, text: str) -> None:
    assert splice(scenario, general).text == text


def test_words_that_overlap_at_a_change_are_put_in_order() -> None:
    scenario = path(("junk", 48, MUCH), ("zyntra", 42, -90))
    general = path(("so", 48 + APART_FRAMES, -100), ("sin", 42 - APART_FRAMES, 2 * MUCH))
    spliced = splice(scenario, general)
    assert spliced.text == "so zyntra"
    assert all(before.end_sec <= after.start_sec < after.end_sec for before, after in pairwise(spliced.words))


@pytest.mark.parametrize("apart", [-APART_FRAMES, 0, APART_FRAMES])
@pytest.mark.parametrize(("gain", "text"), [(2 * CHANGE - 1, "so sin rocks"), (2 * CHANGE + 1, "so linen rocks")])
def test_a_word_has_to_be_worth_two_changes_wherever_it_ends(apart: int, gain: float, text: str) -> None:
    """All that is neither worse nor better scores -2 a frame; frames left out or read twice are made up for."""
    general = path(("so", 50 + apart, -100 - 2 * apart), ("sin", 40, -80), ("rocks", 60 - apart, 2 * apart - 120))
    scenario = path(("junk", 50, MUCH), ("linen", 40, gain - 80), ("junk", 60, MUCH))
    assert splice(scenario, general).text == text


@pytest.mark.parametrize(
    ("said", "script", "text"),
    [
        pytest.param(
            "never pills after a wash", "never pills after a wash", "never pills after a wash", id="the script"
        ),
        pytest.param("a pills after wash never", "never pills after a wash", "x x x x x", id="its words in disorder"),
    ],
)
def test_words_in_the_order_of_the_script_need_less_evidence(said: str, script: str, text: str) -> None:
    """The general path is somewhat more probable throughout, as it has so many more words to choose from."""
    scenario = path(*((word, 20, -40 - 0.6 * SCRIPTED) for word in said.split()))
    general = path(*(("x", 20, -40.0) for _ in said.split()))
    three_in_a_row = grammar_script(RecognitionHints("en", (script,)))
    assert splice(scenario, general, three_in_a_row).text == text
    assert splice(scenario, general).text == "x x x x x"
