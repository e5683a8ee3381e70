"""What the learned judge saw is told in both languages."""

from __future__ import annotations

from coach.room.answer_judge import WAYS as JUDGED
from coach.score.handling_reasons import WAYS, way_told, ways_told
from coach.score.scorecard import HandledLine


def line(*reasons: str) -> HandledLine:
    return HandledLine(
        seq=1, viewer_id="mei", viewer_type="haggler", text="…", should="answer", handled="weak", noticed=True,
        reasons=list(reasons), evidence=[],
    )  # fmt: skip


def test_every_way_has_words() -> None:
    assert set(WAYS) == set(JUDGED)
    assert all(text.zh and text.en for text in WAYS.values())


def test_only_what_was_learned_is_told() -> None:
    assert way_told(line("substance")) is None
    assert way_told(line("learned", "depends")) == WAYS["depends"]


def test_several_lines_are_told_in_one_sentence() -> None:
    told = ways_told([line("learned", "depends"), line("hedges"), line("learned", "hints"), line("learned", "hints")])
    assert told is not None
    assert told.en == f"What decided, learned from labelled answers: {WAYS['depends'].en}; {WAYS['hints'].en}."
    assert ways_told([line("hedges")]) is None
