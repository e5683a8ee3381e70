"""Every broken file is told: the rule, the line, the column, and in both languages what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coach.error_texts import in_chinese
from coach.errors import Sentence
from coach.room.scenario_check import Checker
from coach.scenario.encoding import text_of
from coach.scenario.finding import BrokenScenario, Finding
from coach.scenario.load import read_bytes
from tests.scenario.broken import CORPUS, Broken

TODAY = date(2026, 11, 20)


def findings(path: Path) -> list[Finding]:
    try:
        return Checker(TODAY).check(text_of(read_bytes(path), path.name), path.name, "s.json")
    except BrokenScenario as error:
        return error.findings


def test_the_corpus_is_large_and_no_two_are_alike() -> None:
    assert len(CORPUS) >= 60
    assert len({one.name for one in CORPUS}) == len({one.content for one in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_a_broken_file_is_told_with_place_and_remedy(case: Broken, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(case.content)
    found = [finding for finding in findings(path) if finding.severity == "error"]
    named = [finding for finding in found if finding.rule == case.rule]
    assert named, [str(finding) for finding in found]
    place = named[0].place
    assert place.path.endswith("broken.yaml")
    assert place.line == case.line or not case.line, str(named[0])
    assert place.column == case.column or not case.column, str(named[0])
    for finding in found:
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        for sentence in (finding.message, finding.suggestion):
            assert isinstance(sentence, Sentence)
            assert sentence
            assert in_chinese(sentence) != sentence or sentence.startswith("'"), f"no Chinese: {sentence}"


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_fixing_a_broken_file_never_makes_it_worse(case: Broken) -> None:
    from coach.scenario.fix import fixed

    try:
        text = text_of(case.content, "x")
    except BrokenScenario:
        return
    before = Checker(TODAY).check(text, "x", "s.json")
    result = fixed(text, lambda new: Checker(TODAY).check(new, "x", "s.json"))
    hidden = before[0].rule in ("colon", "tab", "syntax", "control_character")
    errors = [finding for finding in before if finding.severity == "error"]
    left = [finding for finding in result.left if finding.severity == "error"]
    assert hidden or len(left) <= len(errors)
