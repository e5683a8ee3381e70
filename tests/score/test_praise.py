from __future__ import annotations

import pytest

from coach.score.faults import no_examples
from coach.score.handling_findings import handling_findings
from coach.score.praise import praised
from coach.score.scorecard import Evidence, Finding
from coach.score.scorer import score
from coach.score.timeline import fold
from tests.score.logs import joined, log, posted, said, scenario
from tests.score.test_focus import finding
from tests.score.test_handling_reasons import line


def strength(rule: str, *seqs: int) -> Finding:
    quotes = [Evidence(quote=f"said {seq}", start=1, end=2, seq=seq) for seq in seqs]
    return finding(rule, "knowledge", 0.5, tone="strength", evidence=quotes)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([strength("coverage.hit", 3, 4)], [("coverage.hit", [3])]),
        ([strength("coverage.hit", 4, 3)], [("coverage.hit", [3])]),
        ([strength("coverage.hit", 4)], []),
        ([strength("coverage.hit", 3), strength("coverage.hit", 5)], [("coverage.hit", [3]), ("coverage.hit", [5])]),
        ([strength("composure.back", 4)], []),
        ([strength("pacing.steady", 4)], [("pacing.steady", [])]),
        ([strength("handling.well", seq) for seq in (4, 5, 6)], [("handling.well", [5])]),
        ([finding("facts.wrong", "knowledge", 0.9, evidence=strength("x", 4).evidence)], [("facts.wrong", [4])]),
    ],
)  # fmt: skip
def test_what_is_found_fault_with_is_taken_out_of_praise(
    given: list[Finding], kept: list[tuple[str, list[int]]]
) -> None:
    assert [(item.rule, [one.seq for one in item.evidence]) for item in praised(given, {4})] == kept


def test_a_viewers_words_alone_are_no_praise() -> None:
    answer = strength("handling.well", 4)
    asked = Evidence(quote="why?", start=0, end=1, seq=3, speaker="viewer")
    assert praised([answer.model_copy(update={"evidence": [*answer.evidence, asked]})], {4}) == []


def test_a_retort_that_is_good_by_likeness_alone_is_no_example() -> None:
    alike = line("learned", "alike", said="你才无聊", handled="well", should="ignore")
    light = line("light", said="有个颜色叫雾蓝", handled="well", should="ignore")
    titles = [item.rule for item in handling_findings([alike, light], scenario())]
    assert titles == ["handling.well"]


def test_who_is_sent_away_is_no_example() -> None:
    timeline = fold(log(said(3, 6, "门在那边，慢走"), said(7, 9, "这件很透气"), end=12))
    assert no_examples(timeline, scenario(), []) == {timeline.worded[0].seq}


def test_a_bad_answer_to_a_viewer_is_praised_nowhere() -> None:
    records = log(
        joined(0, "feng", "大风", "troll"),
        posted(5, "就这啊", viewer="feng", pressure=True),
        said(7, 9, "滚，你个傻子。这件很透气，55%亚麻"),
        end=30,
    )
    card = score(scenario(), records)
    quoted = {item.quote for one in card.findings if one.tone == "strength" for item in one.evidence}
    assert not quoted
    assert card.strength is None
