"""What changed between two scorecards of one rehearsal, and why."""

from __future__ import annotations

from typing import Any

import pytest

from coach.score.rescore import compare
from coach.score.rescore_text import rescore_text
from coach.score.scorecard import DrillOutcome, Scorecard
from coach.score.scorer import score
from coach.score.wording import both
from tests.score.logs import log, posted, said, scenario

RECORDS = log(
    said(1, 20, "欢迎新来的姐妹今天给大家看一件特别透气的亚麻衬衫百分之五十五的亚麻"),
    posted(21, "能便宜点吗"),
    said(24, 45, "没关系咱们接着看面料这件衣服真的很轻夏天出门穿着特别舒服"),
    end=60,
)


def card(**changes: Any) -> Scorecard:
    return score(scenario(), RECORDS).model_copy(update=changes)


def older(**versions: Any) -> Scorecard:
    """The scorecard as an older version made it: one finding it had not, one point it missed, another score."""
    now = card()
    points = [now.coverage[0].model_copy(update={"state": "miss"}), *now.coverage[1:]]
    gone = now.findings[0].model_copy(update={"id": "pacing.old", "rule": "pacing.old"})
    scores = [item.model_copy(update={"value": 10.0}) if item.id == "coverage" else item for item in now.scores]
    return now.model_copy(
        update={
            "coverage": points,
            "findings": [*now.findings[1:], gone],
            "scores": scores,
            "versions": now.versions.model_copy(update=versions),
        }
    )


def test_the_same_is_no_change_and_has_no_reason() -> None:
    change = compare(card(), card())
    assert not change.is_changed
    assert (change.reasons, change.note) == ([], None)
    assert "Nothing changed" in rescore_text(change, "en")


def test_scores_verdicts_and_findings_are_named_with_what_differs_in_the_scoring() -> None:
    now = card()
    packs = {**now.versions.packs, "score.bands": "old+1", "score.gone": "1+2"}
    change = compare(older(packs=packs, scorer="2026.10.1", weights={"skill": 0.5}), now)
    assert [(item.id, item.before, item.after) for item in change.scores] == [("coverage", 10.0, now.scores[1].value)]
    assert [(item.id, item.before, item.after) for item in change.verdicts] == [
        ("coverage.breathable", "miss", now.coverage[0].state)
    ]
    assert [item.id for item in change.gone] == ["pacing.old"]
    assert [item.id for item in change.new] == [now.findings[0].id]
    reasons = {item.what: (item.before, item.after) for item in change.reasons}
    assert reasons["scorer"] == ("2026.10.1", now.versions.scorer)
    assert reasons["score.bands"] == ("old+1", now.versions.packs["score.bands"])
    assert reasons["score.gone"] == ("1+2", "")
    assert reasons["weight:skill"] == ("0.5", f"{now.versions.weights['skill']:g}")
    assert "code" not in reasons
    text = rescore_text(change, "en")
    for shown in ("10 → ", "missed → ", "scorer: 2026.10.1", "weight skill: 0.5", "pacing.old"):
        assert shown in text


def test_a_change_without_a_reason_says_so() -> None:
    change = compare(older(), card())
    assert change.is_changed
    assert change.note is not None
    assert "changed after it was scored" in change.note.en


def test_new_versions_that_change_nothing_say_so() -> None:
    now = card()
    change = compare(now.model_copy(update={"versions": now.versions.model_copy(update={"code": "x"})}), now)
    assert not change.is_changed
    assert [item.what for item in change.reasons] == ["code"]
    assert change.note is not None


def test_marks_explain_another_focus() -> None:
    old = card()
    new = score(scenario(), RECORDS, marks={old.focus[0].finding_id: "wrong"})
    change = compare(old, new)
    assert change.focus is not None
    assert change.focus.before != change.focus.after
    [line] = [line for line in rescore_text(change, "en").splitlines() if line.startswith("- What to practise next")]
    was = "; ".join(point.title.en for point in old.focus)
    assert line == f"- What to practise next: {was} → {'; '.join(point.title.en for point in new.focus)}"
    assert [item.what for item in change.reasons] == ["marks"]


def drill(state: str) -> DrillOutcome:
    return DrillOutcome.model_validate({"drill_id": "say_points", "state": state, "text": both("话", state)})


@pytest.mark.parametrize(
    ("language", "shown"), [("zh", "小练习做到没有: 还没做到 → 做到了"), ("en", "not yet → it worked")]
)
def test_a_drill_that_works_after_all_is_a_change(language: str, shown: str) -> None:
    change = compare(card(drill=drill("not_yet")), card(drill=drill("worked")))
    assert change.is_changed
    assert [(item.id, item.before, item.after) for item in change.verdicts] == [("drill", "not_yet", "worked")]
    assert shown in rescore_text(change, language)
    back = rescore_text(compare(card(drill=drill("worked")), card(drill=drill("no_evidence"))), language)
    assert ("→ 证据不足\n" if language == "zh" else "→ not enough evidence\n") in back
    assert not compare(card(drill=drill("worked")), card(drill=drill("worked"))).is_changed


@pytest.mark.parametrize(("language", "shown"), [("zh", ("没听清", "新的设备说明")), ("en", ("lost", "New notes"))])
def test_other_notes_are_a_change(language: str, shown: tuple[str, str]) -> None:
    change = compare(card(), card(notes=[both("没听清", "lost")]))
    assert change.is_changed
    text = rescore_text(change, language)
    assert all(words in text for words in shown)
    assert "Nothing changed" not in text
    back = compare(card(notes=[both("没听清", "lost")]), card())
    assert back.notes is not None
    assert (len(back.notes.gone), len(back.notes.new)) == (1, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_reads_in_both_languages(language: str) -> None:
    text = rescore_text(compare(older(scorer="1"), card()), language)
    assert ("为什么" in text) == (language == "zh")
    assert "reason_" not in text
