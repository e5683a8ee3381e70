"""Edits at their place: the slips of authors put right, comments and layout kept."""

from __future__ import annotations

from datetime import date

import pytest

from coach.room.scenario_check import Checker
from coach.scenario.finding import Finding
from coach.scenario.fix import Fixed, fixed
from tests.scenario.samples import VALID, broken

TODAY = date(2026, 11, 20)
SCHEMA = "# yaml-language-server: $schema=s.json\n"


def check(text: str) -> list[Finding]:
    return Checker(TODAY).check(text, "mug.yaml", "s.json")


def fix(text: str) -> Fixed:
    return fixed(text, check)


def test_a_sound_file_gets_the_line_that_editors_read_and_nothing_else() -> None:
    result = fix(VALID)
    assert result.text == SCHEMA + VALID
    assert [finding.rule for finding in result.done] == ["schema_line"]
    assert result.left == ()
    assert fix(result.text).text == result.text


@pytest.mark.parametrize(
    "text", ["services:\n  db: {image: postgres}\n", "just a text\n", "- one\n- two\n", "volumes: [a]\nname: shop\n"]
)
def test_a_file_that_is_no_scenario_gets_no_line_for_editors(text: str) -> None:
    assert fix(text).text == text


def test_a_broken_scenario_gets_the_line_too() -> None:
    assert fix("viewers: []\n").text.startswith(SCHEMA)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (broken("  - {id: ann, ", "  - {"), "add id: ann"),
        (broken("id: en-mug\n", ""), "add id: mug"),
        (broken("  - {id: ann, ", "  - {").replace("name: Ann", "name: 阿珍"), "add id: first"),
    ],
)
def test_a_missing_id_is_shown_as_it_would_be_there(text: str, told: str) -> None:
    assert told in [finding.suggestion for finding in check(text) if finding.rule == "missing_key"]


def test_a_trade_in_chinese_words_is_the_one_that_is_known() -> None:
    line = next(line for line in VALID.splitlines() if line.startswith("category:"))
    assert "category: food" in fix(VALID.replace(line, "category: 食品")).text


@pytest.mark.parametrize(
    ("old", "wrong"),
    [
        ("created: 2026-11-01", "created: 2026/11/1"),
        ("created: 2026-11-01", "created: 2026年11月1日"),
        ("created: 2026-11-01", "created: 20261101"),
        ("list: 20", "list: $20"),
        ("currency: USD", "currency: dollars"),
        ("at_sec: 10", "at_sec: '0:10'"),
        ("at_sec: 10", "at_sec: 0：10"),
        ("intent: push", "intent: haggle"),
        ("live: 12", "live: 12元"),
        ("live: 12", "live: １２块"),
        ("currency: USD", "currency: usd"),
        ("locale: en-US", "locale: en"),
        ("title: Mug", "title：Mug"),
        ("title: Mug", "title:Mug"),
        ("title: Mug", "titel: Mug"),
        ("title: Mug", "标题: Mug"),
        ("goals:", "goals："),
        ("intent: push", "用意: 逼问"),
        ("title: Mug", "标题：Mug"),
        ("list: 20, live: 12", "list: 20，live: 12"),
        ("{list: 20, live: 12, floor: 10, currency: USD}", "{list: 20，live: 12， floor: 10、currency: USD}"),
        ("intensity_cap: 2", "intensity_cap: '2'"),
        ("type: troll", "type: Troll"),
        ("type: troll", "type: 黑粉"),
        ("type: haggler", "type: hagler"),
        ("intent: push", "intent: PUSH"),
        ("viewer: ann", "viewer: anne"),
        ("viewer: ann", "viewer: ' ann '"),
        ("id: en-mug", "id: En Mug"),
        ("  facts:", "\tfacts:"),
    ],
)
def test_a_slip_with_one_remedy_is_put_right(old: str, wrong: str) -> None:
    result = fix(broken(old, wrong))
    right = SCHEMA + VALID
    assert [str(finding) for finding in result.left] == []
    assert result.text in (right, right.replace("intensity_cap: 2", "intensity_cap: '2'"))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("density: {hostile_share: 30%}", "density: {hostile_share: 0.3}"),
        ("density: {voice_share: 45.5 ％}", "density: {voice_share: 0.455}"),
        ("pass: {overall: 70%}", "pass: {overall: 70}"),
    ],
)
def test_percent_is_written_as_the_share_or_the_points_that_it_is(wrong: str, right: str) -> None:
    result = fix(f"{VALID}{wrong}\n")
    assert result.text.endswith(f"{right}\n")
    assert not [finding for finding in result.left if finding.severity == "error"]


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ("hostile_share: 30", "write 0.3 for 30 %"),
        ("hostile_share: 1.5", "write 1 or less"),
        ("hostile_share: 130", "write 1 or less"),
        ("hostile_share: 130%", "write 1 or less"),
        ("hostile_share: -5%", "write 0 or more"),
        ("lines_per_min: 30%", "write digits alone, such as 12 or 9.9, without currency or unit"),
    ],
)
def test_a_share_beyond_one_and_percent_of_nothing_are_told_and_left(wrong: str, advice: str) -> None:
    result = fix(f"{VALID}density: {{{wrong}}}\n")
    assert wrong in result.text
    assert [finding.suggestion for finding in result.left if finding.severity == "error"] == [advice]


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ("rate: 30", "write 2 or less"),
        ("rate: 130", "write 1.3 for 130 %"),
        ("pitch: 30%", "write 0.5 or more"),
        ("pitch: 130%", None),
    ],
)
def test_percent_of_a_voice_is_taken_inside_its_limits_only(wrong: str, advice: str | None) -> None:
    result = fix(broken("name: Tom", f"name: Tom, voice: {{{wrong}}}"))
    assert [finding.suggestion for finding in result.left if finding.severity == "error"] == (
        [advice] if advice else []
    )
    assert ("pitch: 1.3}" in result.text) is (advice is None)


@pytest.mark.parametrize("key", ["must_facts", "certificates", "gifts"])
@pytest.mark.parametrize("written", ["'dry, cool place'", "[干，凉]"])
def test_lists_whose_entries_may_hold_commas_are_proposed_and_left(key: str, written: str) -> None:
    old, new = {
        "must_facts": ("must_facts: [300 ml]", f"must_facts: {written}"),
        "certificates": ("  facts:", f"  certificates: {written}\n  facts:"),
        "gifts": ("  facts:", f"  gifts: {written}\n  facts:"),
    }[key]
    result = fix(broken(old, new))
    assert new in result.text
    proposed = any(finding.rule in ("wrong_type", "wide_comma") for finding in result.left)
    assert proposed == (key == "gifts" or written[0] == "'")


@pytest.mark.parametrize("written", ["'12,50'", "'1,299'", "'12，50'", "[12，50]"])
def test_a_comma_between_digits_parts_nothing(written: str) -> None:
    assert f"aliases: {written}" in fix(broken("aliases: [dishwasher]", f"aliases: {written}")).text


def test_comments_order_and_line_endings_stay() -> None:
    text = broken("title: Mug", "title：Mug   # the best one\n# keep me").replace("\n", "\r\n")
    result = fix(text)
    assert "title: Mug   # the best one\r\n# keep me\r\n" in result.text
    assert "\n" not in result.text.replace("\r\n", "")


def test_many_slips_are_put_right_at_once_even_where_one_hides_others() -> None:
    text = broken("title: Mug", "title：Mug").replace("type: troll", "type: Troll").replace("list: 20", "list: ¥20")
    result = fix(text)
    assert result.text == SCHEMA + VALID
    assert {finding.rule for finding in result.done} == {"colon", "not_one_of", "wrong_type", "schema_line"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("type: troll", "type: dragon", "not_one_of"),
        ("floor: 10, ", "", "missing_key"),
        ("list: 20", "list: about twenty", "wrong_type"),
        ("live: 12", "live: 22", "price_order"),
        ("id: tom", "id: ann", "duplicate_id"),
        ("created: 2026-11-01", "created: 1/2/2026", "wrong_type"),
    ],
)
def test_what_only_the_author_can_know_is_left_as_it_is(old: str, new: str, rule: str) -> None:
    result = fix(broken(old, new))
    assert rule in [finding.rule for finding in result.left]
    assert new in result.text


def test_words_with_full_width_commas_become_entries() -> None:
    text = broken("aliases: [dishwasher]", "aliases: [dishwasher，easy to clean、洗碗机]")
    assert 'aliases: [dishwasher, "easy to clean", 洗碗机]' in fix(text).text
    for written in ("dishwasher、洗碗机", "'dishwasher, 洗碗机'", "dishwasher，洗碗机"):
        [error] = [
            one for one in check(broken("aliases: [dishwasher]", f"aliases: {written}")) if one.severity == "error"
        ]
        assert error.suggestion.startswith("write [dishwasher, 洗碗机]")
        assert "aliases: [dishwasher, 洗碗机]}" in fix(broken("aliases: [dishwasher]", f"aliases: {written}")).text
    line = broken("name: Tom", "name: Tom, lines: {heckle: 'well, well'}")
    assert "heckle: 'well, well'" in fix(line).text, "a sentence is no list"
    quoted = broken("aliases: [dishwasher]", "aliases: ['dishwasher，easy']")
    assert "['dishwasher，easy']" in fix(quoted).text


def test_off_without_quotes_gets_them() -> None:
    assert fix(VALID + "cues: off\n").text.endswith('cues: "off"\n')
