"""Points that are likely, not surely, misstated: somebody is asked to check them, and nothing is taken off."""

from __future__ import annotations

from collections.abc import Set

import pytest

from coach.score import coverage
from coach.score.report import render
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import log, said, scenario

WRONG = "透气，百分之六十五是亚麻"
SHOWN = {
    "zh": ("可能说错了，请核对", "不太确定，请核对"),
    "en": ("misstated? check it", "not certain: check it"),
}


def card(monkeypatch: pytest.MonkeyPatch, doubted: Set[str]) -> Scorecard:
    monkeypatch.setattr(coverage, "in_doubt", lambda shares, ruled: doubted)
    return score(scenario(), log(said(1, 9, WRONG), end=60))


def test_a_doubtful_point_counts_half_and_is_no_focus(monkeypatch: pytest.MonkeyPatch) -> None:
    sure, doubtful = card(monkeypatch, set()), card(monkeypatch, {"breathable"})
    assert [(one.coverage[0].state, one.coverage[0].doubtful) for one in (sure, doubtful)] == [
        ("misstated", False),
        ("misstated", True),
    ]
    assert sure.coverage[0].evidence == doubtful.coverage[0].evidence
    values = [next(item.value for item in one.scores if item.id == "coverage") or 0.0 for one in (sure, doubtful)]
    assert values[0] < values[1]
    assert [error.stands for error in (*sure.fact_errors, *doubtful.fact_errors)] == [True, False]
    told = [item for item in doubtful.findings if item.id == "coverage.breathable" or item.rule.startswith("facts.")]
    assert [item.tone for item in told] == ["neutral", "neutral"]
    assert not {item.finding_id for item in doubtful.focus} & {item.id for item in told}
    wrong = [next(item.value for item in one.metrics if item.id == "misstatements") for one in (sure, doubtful)]
    assert wrong == [1, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_report_asks_to_check_what_is_not_certain(form: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful = render(card(monkeypatch, {"breathable"}), form, language)
    assert all(words in doubtful for words in SHOWN[language])
    sure = render(card(monkeypatch, set()), form, language)
    assert not any(words in sure for words in SHOWN[language])
