"""What the learned judge saw is told in both languages, and only what is true of the answer."""

from __future__ import annotations

from typing import Any

import pytest

from coach.room.answer_judge import WAYS as JUDGED
from coach.score.handling_findings import handling_findings
from coach.score.handling_reasons import WAYS, way_told, ways_told
from coach.score.scorecard import Evidence, Finding, HandledLine
from tests.score.logs import scenario


def line(*reasons: str, said: str = "", **more: Any) -> HandledLine:
    told = {
        "seq": 1, "viewer_id": "mei", "viewer_type": "haggler", "text": "…", "should": "answer", "handled": "weak",
        "noticed": True, "reasons": list(reasons), "evidence": [Evidence(quote=said, seq=4)] if said else [],
    }  # fmt: skip
    return HandledLine.model_validate(told | more)


def found(*lines: HandledLine) -> dict[str, Finding]:
    return {item.rule: item for item in handling_findings(lines, scenario())}


def test_every_way_has_words() -> None:
    assert set(WAYS) == set(JUDGED)
    assert all(text.zh and text.en for text in WAYS.values())


def test_only_what_was_learned_is_told() -> None:
    assert way_told(line("substance")) is None
    assert way_told(line("learned", "depends")) == WAYS["depends"]


def test_several_lines_are_told_in_one_sentence() -> None:
    told = ways_told([line("learned", "depends"), line("hedges"), line("learned", "hints"), line("learned", "hints")])
    assert told is not None
    assert told.en == f"What decided: {WAYS['depends'].en}; {WAYS['hints'].en}."
    assert ways_told([line("hedges")]) is None


def test_no_answer_is_explained_by_no_answer() -> None:
    assert way_told(line("learned", "alike", handled="unanswered")) is None
    told = found(line("learned", "alike", handled="unanswered"))["handling.unanswered"].detail
    assert "判断依据" not in told.zh
    assert "What decided" not in told.en


def test_nobody_is_told_of_training() -> None:
    told = [text for way in WAYS.values() for text in (way.zh, way.en)]
    assert not [text for text in told if any(word in text for word in ("训练", "标注", "training", "labelled"))]


@pytest.mark.parametrize(
    ("reason", "said", "title"),
    [
        ("hedges", "应该差不多吧", "Vague answers: 1"),
        ("vague", "挺厚实的", "Vague answers: 1"),
        ("vague", "一百八十克，吊牌上写着", "Answers that could be better: 1"),
        ("vague", "it's 180 grams, look at the tag", "Answers that could be better: 1"),
        ("untold", "这件真的好看", "Answers that could be better: 1"),
        ("half", "对不起啊", "Answers that could be better: 1"),
    ],
)
def test_a_weak_answer_is_headed_by_what_it_lacks(reason: str, said: str, title: str) -> None:
    finding = found(line("learned", reason, said=said))["handling.weak"]
    assert finding.title.en == title
    assert ("figure" in finding.detail.en) is title.startswith("Vague")


def test_a_line_that_broke_off_is_no_strength() -> None:
    well = line("light", said="有个颜色叫雾蓝", handled="well", should="ignore")
    assert "handling.well" in found(well)
    assert "handling.well" not in {item.rule for item in handling_findings([well], scenario(), {1})}
