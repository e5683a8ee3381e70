"""What is unwise in a scenario that loads: each rule at its place, and silent where nothing is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coach.room.scenario_lint import review
from coach.scenario.finding import Finding
from coach.scenario.lint_scoring import BLOCKERS, STAGES
from coach.scenario.lint_viewers import LEAVES_BELOW
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score.bands import load_bands
from coach.score.overall import OFF
from tests.scenario.samples import VALID, broken

TODAY = date(2026, 11, 20)
EVENT = "at_sec: 10, viewer: ann, intent: push"
POINT = "statement: It holds 300 ml, must_facts: [300 ml]"
CAP = "intensity_cap: 2"


def found(text: str, library: list[LoadedScenario] | None = None) -> list[Finding]:
    return review(parse_scenario(text, "mug.yaml"), TODAY, library or [])


def told(text: str) -> set[tuple[str, str, int]]:
    return {(one.rule, one.severity, one.place.line) for one in found(text)}


def test_a_sound_scenario_has_no_findings() -> None:
    assert found(VALID) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "severity", "line"),
    [
        # lines
        ("name: Tom", "name: Tom, lines: {heckle: ['you are a liar']}", "too_harsh", "error", 16),
        ("name: Tom", "name: Tom, lines: {heckle: ['my mum says 太贵']}", "line_language", "error", 16),
        ("name: Tom", f"name: Tom, lines: {{heckle: ['{'so long ' * 15}']}}", "line_length", "warning", 16),
        ("name: Tom", "name: Tom, lines: {heckle: [oh please, Oh please!]}", "repeated_line", "warning", 16),
        # points
        (POINT, "statement: Is it big or what?", "point_unread", "error", 12),
        (
            POINT,
            "statement: There is no plastic in it, aliases: [no plastic], must_facts: [plastic]",
            "point_partial",
            "error",
            12,
        ),
        # viewers
        ("price_limit: 11", "care: allergy", "wrong_type_key", "warning", 15),
        ("price_limit: 11", "claim: the best", "wrong_type_key", "warning", 15),
        ("type: troll", "type: bait", "default_used", "warning", 16),
        ("type: troll", "type: special_care", "default_used", "warning", 16),
        ("type: troll", "type: angry_returner", "default_used", "warning", 16),
        ("name: Tom", "name: ann", "same_name", "warning", 16),
        ("price_limit: 11", "hostility: 4", "over_cap", "warning", 15),
        ("price_limit: 11", "floor: cuts_in, channel: chat", "idle_floor", "warning", 15),
        ("type: haggler", "type: spammer", "nobody_to_win", "info", 15),
        ("type: troll", "type: price_comparer, price_limit: 8", "never_buys", "warning", 16),
        # the room
        (CAP, "intensity_cap: 3", "consent", "info", 6),
        (CAP, f"{CAP}\ndensity: {{lines_per_min: 30}}", "density", "warning", 7),
        (CAP, f"{CAP}\ndifficulty: 5\ndensity: {{hostile_share: 0.1}}", "density", "warning", 8),
        (CAP, f"{CAP}\ndensity: {{hostile_share: 0}}", "never_comes", "warning", 17),
        (CAP, f"{CAP}\ndensity: {{cut_ins: false}}\ndifficulty: 4", "idle_floor", "warning", 0),
        (CAP, f"{CAP}\nkind: drill\nskill: hold_price", "drill", "warning", 17),
        (CAP, f"{CAP}\nkind: drill\nskill: hold_price\nduration_sec: 600", "drill", "warning", 9),
        (CAP, f"{CAP}\nskill: hold_price", "drill", "warning", 7),
        # the scorer
        (CAP, f"{CAP}\npass: {{blockers: [compliance_h, below_flor]}}", "unknown_blocker", "error", 7),
        (CAP, f"{CAP}\nbands: {{speakng_rate: [170, 310]}}", "unknown_band", "error", 7),
        (CAP, f"{CAP}\nbands: {{speaking_rate.clsoe: [170, 310]}}", "unknown_band", "error", 7),
        (CAP, f"{CAP}\nbands: {{speaking_rate.close: [310, 170]}}", "band_backwards", "error", 7),
        (
            CAP,
            f"{CAP}\nbands: {{speaking_rate.close: [170, 310], fillers_per_min: [0, 6]}}",
            "unknown_band",
            "error",
            0,
        ),
        # the plan
        (EVENT, "at_sec: 10, viewer: ann, intent: push, to: 5", "idle_key", "warning", 18),
        (EVENT, "at_sec: 10, viewer: ann, intent: push, move: insults", "idle_key", "warning", 18),
        (EVENT, "when: viewer_bought, viewer: ann, intent: thank", "never_fires", "error", 18),
        (EVENT, "when: viewer_bought, viewer: tom, kind: audience_drop, to: 5", "never_fires", "error", 18),
        (EVENT, "when: silence, after_sec: 400, viewer: ann, intent: push", "never_fires", "error", 18),
        (EVENT, "at_sec: 10, kind: wrong_price, price: 12", "never_fires", "error", 18),
    ],
)
def test_each_rule_finds_its_place(old: str, new: str, rule: str, severity: str, line: int) -> None:
    if line:
        assert (rule, severity, line) in told(broken(old, new))
    else:
        assert rule not in {one.rule for one in found(broken(old, new))}


@pytest.mark.parametrize(
    "line",
    ["666", "OK", "用我妈的号能买吗", "LV同款吗", "？？？", "iPhone 15 能用吗"],
)
def test_what_chinese_viewers_do_write_is_let_be(line: str) -> None:
    text = broken("locale: en-US", "locale: zh-CN").replace("name: Tom", f"name: Tom, lines: {{ask: ['{line}']}}")
    assert not {one.rule for one in found(text)} & {"line_language", "never_said", "too_harsh"}


def test_names_that_the_scorer_reads_are_those_that_it_knows() -> None:
    assert {*BLOCKERS} == {*OFF}
    assert {*STAGES} == {"any", *load_bands().stage_names}


def test_a_draw_from_nowhere_or_from_another_language_is_told() -> None:
    shelf = [
        parse_scenario(broken("id: en-mug", "id: en-cup")),
        parse_scenario(broken("id: en-mug", "id: zh-cup").replace("en-US", "zh-CN")),
    ]
    text = broken(CAP, f"{CAP}\ndraw: {{products: [en-cupp, zh-cup, en-cup]}}")
    draws = [one for one in found(text, shelf) if one.rule == "draw"]
    assert [(one.place.line, one.place.column) for one in draws] == [(7, 19), (7, 28)]
    assert [str(one.suggestion) for one in draws] == ["did you mean 'en-cup'?", "did you mean 'en-cup'?"]


def test_an_id_that_another_file_has_is_told(tmp_path: Path) -> None:
    other, mine = tmp_path / "other.yaml", tmp_path / "mine.yaml"
    shelf = [parse_scenario(VALID, str(other)), parse_scenario(VALID, str(mine))]
    assert [(one.rule, one.place.line) for one in review(shelf[1], TODAY, shelf)] == [("same_id", 1)]
    assert review(shelf[1], TODAY, shelf[1:]) == []


def test_the_room_and_the_file_agree_on_when_a_viewer_leaves() -> None:
    from coach.room import viewer

    assert viewer.LEAVES_BELOW == LEAVES_BELOW
