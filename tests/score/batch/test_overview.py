from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from coach.score.batch.journal import opened
from coach.score.batch.overview import _compliance, _signed, overview
from coach.score.batch.overview_words import WORDS, OverviewWords
from coach.score.batch.rows import empty_row, notes_of
from coach.score.batch.rule_names import RULE_NAMES
from coach.score.batch.tally import Distribution, Tally, Trend
from coach.score.scorecard import Finding, FocusPoint, Scorecard, Versions
from coach.score.wording import both
from tests.score.batch.files import GOOD, OTHER
from tests.score.batch.test_outputs import filled
from tests.score.test_advice import ALL

WITH_FIGURES = ("pacing", "handling", "structure", "composure", "cadence")
WITHOUT = ("pacing.monotone", "structure.price_first", "composure.gap")
"""Rules of these families whose sentence is always the same, and one that is never a focus point."""


def shown(tmp_path: Path, language: str) -> str:
    root = tmp_path / "in"
    for streamer, talks in {"mei": [GOOD, OTHER, GOOD], "<b>bo": [OTHER]}.items():
        (root / streamer).mkdir(parents=True)
        for number, talk in enumerate(talks):
            (root / streamer / f"{number}.jsonl").write_text(talk, encoding="utf-8")
    (root / "bad.jsonl").write_text("broken", encoding="utf-8")
    with opened(tmp_path / "out") as journal:
        filled(journal, root)
        return overview(journal, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_file_that_needs_nothing_else(tmp_path: Path, language: str) -> None:
    page = shown(tmp_path, language)
    at = 0 if language == "zh" else 1
    for key in ("spread", "weakest", "compliance", "trend", "worst_files"):
        assert WORDS[key][at] in page
    assert "透气不闷" in page
    assert "bad.jsonl" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "@media print" in page
    anchors = set(re.findall(r'href="#(file-\d+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'id="(file-\d+)"', page))


@pytest.mark.parametrize(("language", "reason"), [("zh", "不是有效的 JSON"), ("en", "not valid JSON")])
def test_why_a_file_could_not_be_scored_is_told_in_the_language_of_the_page(
    tmp_path: Path, language: str, reason: str
) -> None:
    assert reason in shown(tmp_path, language)


SLOW = [
    ("pacing.rate", "pacing.too_slow", "0:30 前后说得偏慢：150 字/分", "Slow around 0:30: 150 characters a minute"),
    ("pacing.rate", "pacing.too_slow", "1:10 前后说得偏慢：96 词/分", "Slow around 1:10: 96 words a minute"),
]
BAIT = [
    ("handling.took_bait", "handling.took_bait", "接了诱饵：3 次", "The bait was taken, 3×"),
    ("handling.took_bait", "handling.took_bait", "接了诱饵：1 次", "The bait was taken, 1×"),
]
FACTS = [
    ("facts.price.4.1", "facts.price", "“99元”和商品信息不一致", "“99元” differs from the product sheet"),
    ("facts.gift.7.2", "facts.gift", "“two mugs”和商品信息不一致", "“two mugs” differs from the product sheet"),
]
POINT = [("coverage.big", "coverage.miss", "“大”这次没讲到", "“大” did not come up")] * 2


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (SLOW, ("说得偏慢", "Too slow")),
        (BAIT, ("接了诱饵", "The bait was taken")),
        (FACTS, ("说的事实和商品信息不一致", "Facts that differ from the product sheet")),
        (POINT, ("“大”这次没讲到", "“大” did not come up")),
    ],
)
def test_what_is_to_be_practised_is_one_row_a_rule_and_counts_a_file_once(
    found: list[tuple[str, str, str, str]], told: tuple[str, str]
) -> None:
    tally = Tally()
    for number, focus in enumerate((found, found[:1], found[1:])):
        tally.add(row(f"{number}.jsonl"), notes_of(practising(focus)))
    assert [tally.advised(0), tally.advised(1)] == [[(told[0], 3)], [(told[1], 3)]]


def practising(found: list[tuple[str, str, str, str]]) -> Scorecard:
    """A scorecard of which nothing but the focus points counts."""
    none = both("", "")
    findings, focus = [], []
    for name, rule, zh, en in found:
        title = both(zh, en)
        findings.append(
            Finding(id=name, rule=rule, panel="skill", tone="practise", title=title, detail=none, weight=1.0)
        )
        focus.append(FocusPoint(finding_id=name, title=title, why=none, better_line="", drill=none))
    return Scorecard(
        rehearsal_id="",
        scenario_id="s",
        scenario_title="S",
        locale="zh-CN",
        summary=none,
        scores=[],
        findings=findings,
        focus=focus,
        versions=Versions(scorer=""),
    )


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.partition(".")[0] in WITH_FIGURES])
def test_every_rule_whose_sentence_holds_figures_has_a_name_without(rule: str) -> None:
    assert rule in RULE_NAMES or rule in WITHOUT


def test_names_from_outside_are_escaped(tmp_path: Path) -> None:
    page = shown(tmp_path, "en")
    assert "<b>bo" not in page
    assert "&lt;b&gt;bo" in page


def row(path: str, **values: Any) -> dict[str, Any]:
    return {
        **{key: 0 for key, value in empty_row("", "").items() if value is None},
        **{"error": None, "passed": None, "overall": None, "pacing": None, "coverage": None, "composure": None},
        **{"path": path, "place": 0, "streamer": "", "problems": 0, "scenario_id": "s"},
        **values,
    }


def notes(*compliance: list[Any]) -> dict[str, Any]:
    return {"title": "S", "points": [["p", "P", "P0", "hit"]], "focus": [], "compliance": list(compliance)}


@pytest.mark.parametrize(
    ("values", "is_listed"),
    [
        ({"pacing": 92.0, "coverage": 88.0, "overall": 90.0}, False),
        ({"pacing": 92.0, "coverage": 88.0, "overall": 90.0, "passed": True}, False),
        ({"pacing": 92.0, "coverage": 88.0, "overall": 90.0, "passed": False}, True),
        ({"pacing": 92.0, "coverage": 60.0, "overall": 80.0}, True),
        ({"coverage": 95.0, "misstated": 1}, True),
        ({"coverage": 95.0, "compliance_m": 1}, True),
        ({}, False),
    ],
)
def test_a_file_with_nothing_to_mend_is_not_to_be_looked_at_first(values: dict[str, Any], is_listed: bool) -> None:
    tally = Tally()
    tally.add(row("one", **values), notes())
    assert bool(tally.worst_files()) is is_listed


def test_the_worst_are_kept_and_the_rest_only_counted() -> None:
    tally = Tally()
    for number in range(1000):
        found = ["M", "absolute", f"term {number}", "q", None, "r"]
        tally.add(row(f"{number}", overall=float(number % 100), compliance_m=1), notes(found))
    tally.add(row("last", overall=50.0, compliance_h=1), notes(["H", "medical", "cures", "q", None, "r"]))
    assert [item["path"] for item in tally.worst_files()[:3]] == ["0", "100", "200"]
    assert [item.term for item in tally.worst_findings()[:2]] == ["cures", "term 0"]
    assert (len(tally.worst), len(tally.worst_findings()), tally.severities["M"]) == (20, 30, 1000)
    [(_, point)] = tally.weakest(5)
    assert (point.states["hit"], point.share_hit) == (1001, 1.0)


def test_quantiles_are_read_off_the_bars() -> None:
    spread = Distribution()
    for value in range(100):
        spread.add(value + 0.5)
    assert [spread.quantile(share) for share in (0.25, 0.5, 0.75)] == pytest.approx([25, 50, 75])
    spread.add(100.0)
    assert sum(spread.bins) == 101


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([40.0] * 10, 40, 40), ([40.0] * 5 + [60.0] * 5, 40, 60), ([61.3], 61.3, 61.3), ([10, 20, 30, 40], 15, 35)],
)
def test_the_middle_half_lies_among_what_was_measured(values: list[float], low: float, high: float) -> None:
    spread = Distribution()
    for value in values:
        spread.add(value)
    assert (spread.quantile(0.25), spread.quantile(0.75)) == (low, high)


def test_equal_findings_are_one_row_with_their_number() -> None:
    tally = Tally()
    for path in ("a", "b"):
        found = [["M", "absolute", "finest", f"quote of {path}", None, "r"]] * 2
        tally.add(row(path, compliance_m=3), notes(*found, ["M", "absolute", f"only {path}", "q", None, "r"]))
    [first, *_] = tally.worst_findings()
    assert (first.term, first.quote, first.path, first.count, first.files) == ("finest", "quote of a", "a", 4, 2)
    assert len(tally.findings) == 3


@pytest.mark.parametrize(("language", "said"), [("zh", "共 45 种，这里是前 30 种"), ("en", "first 30 of 45")])
def test_a_table_that_holds_not_all_findings_says_so(language: str, said: str) -> None:
    words, tally = OverviewWords(language), Tally()
    for number in range(45):
        found = ["M", "absolute", f"term {number}", "q", None, "r"]
        tally.add(row(f"{number}", compliance_m=1), notes(found))
        assert (words("first_of", shown=30, kinds=number + 1) in _compliance(tally, {}, words)) is (number >= 30)
    assert said in _compliance(tally, {}, words)


def test_the_links_of_the_page_may_go_on_another_line(tmp_path: Path) -> None:
    nav = re.search(r"<nav>(.*)</nav>", shown(tmp_path, "en"))
    assert nav is not None
    assert "</a><a" not in nav[1]


@pytest.mark.parametrize("count", [1, 2, 48, 49, 50, 97, 1000, 4999])
def test_a_long_trend_is_averaged_and_keeps_its_course(count: int) -> None:
    trend = Trend("mei")
    for number in range(count):
        trend.add(100 * number / max(1, count - 1))
    assert trend.files == count
    assert len(trend.means) <= 48
    assert trend.means == sorted(trend.means)
    assert trend.last == pytest.approx(100 if count > 1 else 0)
    if count >= 48:
        assert trend.change == pytest.approx(66, abs=4)


@pytest.mark.parametrize(("change", "said"), [(6.4, "+6"), (-6.4, "−6"), (0.2, "0"), (-0.2, "0")])
def test_a_change_has_a_sign_where_there_is_one(change: float, said: str) -> None:
    assert _signed(change) == said
