from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coach.errors import ScenarioError
from coach.scenario.finding import BrokenScenario
from coach.scenario.load import MOST_FAULTS, load_scenario, parse_scenario
from coach.scenario.yaml_tree import MAX_BYTES
from tests.scenario.samples import VALID, broken


def problems(text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "mug.yaml")
    return [(place.line, place.column, place.field, what) for place, what in caught.value.problems]


def test_a_valid_scenario_loads_with_defaults_text_and_hash() -> None:
    loaded = parse_scenario(VALID, "mug.yaml")
    scenario = loaded.scenario
    assert (scenario.difficulty, scenario.duration_sec, scenario.cues, scenario.language) == (2, 300, "off", "en")
    assert scenario.product.price.floor == 10
    assert scenario.goals[0].pass_ == 70
    assert scenario.pass_.overall is None
    assert loaded.text == VALID
    assert loaded.hash == hashlib.sha256(VALID.encode()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "field", "said"),
    [
        ("title: Mug", "title: Mug\nautor: me", 4, 1, "autor", "did you mean 'author'?"),
        ("category: home", "category: home\ndificulty: 2", 5, 1, "dificulty", "did you mean 'difficulty'?"),
        ("floor: 10, ", "", 9, 3, "product.price.floor", "missing key 'floor'"),
        ("  price: {list: 20, live: 12, floor: 10, currency: USD}\n", "", 7, 1, "product.price", "missing key 'price'"),
        ("list: 20", "list: twenty", 9, 17, "product.price.list", "expected a number, got 'twenty'"),
        ("list: 20", "list: -3", 9, 17, "product.price.list", "more than 0"),
        ("list: 20", "list: .nan", 9, 17, "product.price.list", "number"),
        ("facts: {volume: 300 ml}", "facts: [volume]", 10, 10, "product.facts", "expected keys with values"),
        (
            "aliases: [dishwasher]",
            "aliases: dishwasher",
            13,
            51,
            "product.selling_points[1].aliases",
            "expected a list",
        ),
        ("id: safe", "id: big", 13, 12, "product.selling_points[1].id", "already used in line 12"),
        ("id: tom", "id: ann", 16, 10, "viewers[1].id", "already used in line 15"),
        ("type: troll", "type: trol", 16, 21, "viewers[1].type", "did you mean 'troll'?"),
        ("viewer: ann", "viewer: anne", 18, 26, "events[0].viewer", "did you mean 'ann'?"),
        ("at_sec: 10", "when: price_sad", 18, 12, "events[0].when", "did you mean 'price_said'?"),
        ("at_sec: 10", "at_sec: 10, when: silence", 18, 5, "events[0]", "either 'at_sec' or 'when'"),
        (", intent: push", "", 18, 5, "events[0]", "a planned line needs 'intent'"),
        ("at_sec: 10, viewer: ann, intent: push", "at_sec: 10, kind: audience_drop", 18, 5, "events[0]", "needs 'to'"),
        ("created: 2026-11-01", "created: 2026-13-01", 5, 10, "created", "expected a date such as"),
        ("name: Tom", "name: Tom, lines: {opn: [hi]}", 16, 47, "viewers[1].lines.opn", "did you mean 'open'?"),
        ("title: Mug", "title: Mug\ntitle: Cup", 4, 1, "title", "already given in line 3"),
        ("locale: en-US", "locale: fr-FR", 2, 9, "locale", "expected one of zh-CN, en-US"),
        ("id: en-mug", "id: En Mug", 1, 5, "id", "expected lower-case letters"),
    ],
)
def test_each_fault_is_told_at_its_place(old: str, new: str, line: int, column: int, field: str, said: str) -> None:
    found = problems(broken(old, new))
    assert [entry[:3] for entry in found] == [(line, column, field)]
    assert said in found[0][3]


def test_several_faults_are_told_at_once_in_file_order() -> None:
    text = broken("title: Mug", "titel: Mug").replace("live: 12, ", "").replace("viewer: ann", "viewer: bob")
    found = problems(text)
    assert [entry[2] for entry in found] == ["title", "titel", "product.price.live", "events[0].viewer"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("- a\n- b\n", "expected keys with values"),
        ("just words", "expected keys with values"),
        ("a: [1", "not valid YAML"),
        ("a: 1\n---\na: 2\n", "second one"),
        ("a: &x 1\nb: *x\n", "anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag"),
        ("? [a, b]\n: 1\n", "simple key"),
        ("a: \x00\n", "control character"),
        ("[" * 100_000, "nested too deeply"),
        ("{a: " * 5_000, "nested too deeply"),
        ("a: [" + "1," * 30_000 + "]", "too many values"),
    ],
)
def test_hostile_or_broken_yaml_is_refused(text: str, said: str) -> None:
    assert said in problems(text)[0][3]


def test_a_yaml_bomb_is_refused_at_its_first_anchor() -> None:
    levels = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 30)]
    line, _, _, said = problems("\n".join(levels))[0]
    assert (line, "anchors" in said) == (1, True)


def test_fifty_megabytes_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(ScenarioError, match="larger than 256 kB"):
        load_scenario(path)


def test_text_beyond_the_limit_is_refused() -> None:
    assert "larger than" in problems("#" * (MAX_BYTES + 1))[0][3]


def test_a_file_that_is_missing_or_not_utf8_is_told_by_name(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"id: x\ntitle: caf\xe9\n")
    with pytest.raises(ScenarioError, match=r"latin\.yaml:2:11: not UTF-8"):
        load_scenario(latin)
    with pytest.raises(ScenarioError, match="no such scenario file"):
        load_scenario(tmp_path / "none.yaml")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.encode())
    assert load_scenario(path).scenario.id == "en-mug"


def test_off_stays_a_word_and_numbers_keep_their_spelling() -> None:
    scenario = parse_scenario(broken("{volume: 300 ml}", "{volume: 300 ml, ratio: 1.50}") + "cues: off\n").scenario
    assert scenario.cues == "off"
    assert scenario.product.facts["ratio"] == "1.50"


def test_of_thousands_of_faults_the_first_are_told_and_how_many_more() -> None:
    with pytest.raises(BrokenScenario) as caught:
        parse_scenario(VALID + "".join(f"k{number}: x\n" for number in range(3 * MOST_FAULTS)))
    assert len(caught.value.findings) == MOST_FAULTS + 1
    more = next(finding for finding in caught.value.findings if finding.rule == "more_faults")
    assert more.message == f"{2 * MOST_FAULTS} more faults are not listed"
