from __future__ import annotations

from datetime import date, timedelta

import pytest

from coach.scenario.lint import lint
from coach.scenario.load import parse_scenario
from tests.scenario.samples import VALID, broken

CREATED = date(2026, 11, 1)


def rules(text: str, today: date = CREATED) -> list[tuple[str, str, int]]:
    return [(found.rule, found.severity, found.place.line) for found in lint(parse_scenario(text, "mug.yaml"), today)]


def test_a_sound_scenario_has_no_findings() -> None:
    assert rules(VALID) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, []), (90, []), (91, ["warning"]), (180, ["warning"]), (181, ["error"])],
)
def test_age_warns_after_90_days_and_fails_after_180(days: int, expected: list[str]) -> None:
    found = rules(VALID, CREATED + timedelta(days=days))
    assert found == [("stale", severity, 5) for severity in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("created: 2026-11-01", "created: 2026-11-01\nexpires: 2026-10-31", ("expired", "error", 6)),
        ("created: 2026-11-01\n", "", ("undated", "warning", 1)),
        ("live: 12", "live: 22", ("price_order", "error", 9)),
        ("floor: 10", "floor: 13", ("price_order", "error", 9)),
        (", aliases: [dishwasher]", "", ("unreachable_point", "error", 13)),
        ("must_facts: [300 ml]", "must_facts: [500 ml]", ("unknown_fact", "error", 12)),
        ("  facts:", "  must_not_say: [holds a lot]\n  facts:", ("banned_word", "error", 13)),
        ("name: Tom", "name: Tom, evidence_needed: [weight]", ("unknown_evidence", "error", 16)),
        ("at_sec: 10", "at_sec: 300", ("event_after_end", "error", 18)),
        ("goals:", "demo_windows: [{from_sec: 9, to_sec: 9}]\ngoals:", ("window_backwards", "error", 19)),
        ("goals:", "demo_windows: [{from_sec: 9, to_sec: 999}]\ngoals:", ("window_after_end", "warning", 19)),
        ("intensity_cap: 2", "intensity_cap: 0", ("intensity_cap", "warning", 16)),
        ("price_limit: 11", "price_limit: 8", ("limit_under_floor", "warning", 15)),
        ("price_limit: 11", "price_limit: 21", ("limit_over_list", "warning", 15)),
        ("type: troll", "type: product_skeptic", ("few_pressure_events", "warning", 18)),
    ],
)
def test_each_rule_finds_its_place(old: str, new: str, expected: tuple[str, str, int]) -> None:
    assert expected in rules(broken(old, new))


def test_viewers_may_bait_with_a_banned_word_but_not_teach_it() -> None:
    banned = broken("  facts:", "  must_not_say: [best ever]\n  facts:")
    bait = banned.replace("name: Tom", "name: Tom, lines: {bait: [Is it the best ever?]}")
    accept = banned.replace("name: Tom", "name: Tom, lines: {accept: [The best ever!]}")
    assert rules(bait) == []
    assert [rule for rule, _, _ in rules(accept)] == ["banned_word"]
