"""Every rule has a lesson of its own, and a drill that can be started."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.language.claims.rule import all_rules
from coach.score import advice as advice_module
from coach.score.advice import Material, advice_for, is_advised
from coach.score.drills import DRILLS, drill_for, knows_drill
from coach.score.handling_advice import BY_RULE
from coach.score.scorecard import Finding, Text
from coach.score.structure_advice import is_known
from tests.score.logs import EN, ZH, scenario

GOOD = frozenset(
    {
        "coverage.hit", "pacing.steady", "composure.back", "handling.well", "start.spoke", "structure.whole",
        "compliance.turned_down",
    }
)  # fmt: skip
"""Rules of strengths: nothing to practise."""
MADE = {
    "coverage.{result.state}": ("coverage.miss", "coverage.partial", "coverage.misstated"),
    "compliance.{claim.rule.id}": tuple(f"compliance.{rule.id}" for rule in (*all_rules("zh"), *all_rules("en"))),
    "genuine.{fault}": ("genuine.too_little", "genuine.read_aloud", "genuine.repeated", "genuine.word_list"),
    "structure.{worst.name}_short": tuple(
        f"structure.{name}_short" for name in ("welcome", "hook", "value", "proof", "price", "close")
    ),
}
"""Rules whose ids are put together from parts."""


def rules() -> Iterator[str]:
    """Every rule id in the source of the scorer, as it stands where a finding is made."""
    for path in sorted(Path(advice_module.__file__).parent.glob("*.py")):
        if re.search(r"advice|focus|drills|report|corrected", path.name):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.keyword(arg="rule", value=value):
                    yield from _texts(value)
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if isinstance(key, ast.Constant) and key.value == "rule":
                            yield from _texts(value)
                case ast.Call(args=[first, *_]):
                    yield from _texts(first)


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            texts = [text]
        case ast.JoinedStr():
            texts = [ast.unparse(node)[2:-1]]
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)
            return
        case _:
            return
    yield from (text for text in texts if re.match(r"[a-z]+\.[a-z_{]", text) and text.partition(".")[0] in FAMILIES)


FAMILIES = frozenset(
    {
        "coverage",
        "facts",
        "handling",
        "structure",
        "compliance",
        "composure",
        "pacing",
        "genuine",
        "start",
        "cadence",
        "price",
    }
)
ALL = sorted({made for rule in rules() for made in MADE.get(rule, (rule,))} - GOOD)


def test_the_walk_finds_the_rules_of_every_family() -> None:
    assert {rule.partition(".")[0] for rule in ALL} >= {
        "coverage", "handling", "structure", "composure", "pacing", "genuine", "start", "cadence", "price",
    }  # fmt: skip
    assert not [rule for rule in ALL if "{" in rule]


@pytest.mark.parametrize("rule", ALL)
@pytest.mark.parametrize("base", [ZH, EN])
def test_every_rule_has_a_lesson_and_a_drill_of_its_own(rule: str, base: dict[str, object]) -> None:
    assert is_advised(rule)
    assert knows_drill(rule)
    if rule.startswith("handling."):
        assert rule in BY_RULE
    if rule.startswith("structure."):
        assert is_known(rule)
    text = Text(zh="话", en="word")
    told = advice_for(
        Finding(id=rule, rule=rule, panel="skill", tone="practise", title=text, detail=text), Material(scenario(base))
    )
    assert told.why != text
    assert told.better_line
    assert told.drill.zh
    assert told.drill.en
    assert told.drill_id in DRILLS


def test_every_drill_is_named_by_some_rule_and_says_what_to_do() -> None:
    reached = {drill_for(rule).id for rule in [*ALL, "compliance.any", "facts.any", "coverage.misstated"]}
    assert reached == set(DRILLS)
    for drill in DRILLS.values():
        assert drill.name.zh
        assert drill.name.en
        assert len(drill.text.zh) > 10
