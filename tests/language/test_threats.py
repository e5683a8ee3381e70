"""Rules that settle a threat or a dig at a kind of people by their wording alone, and talk that only sounds like it.

The tables hold a rule and what was said; `-` stands for talk that none of these rules may name, whatever others do.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coach.language.claims import SheetProof, find_claims

TABLES = Path(__file__).parent / "claims"
RULES = {"insult.threat", "insult.menace", "insult.group"}
ROWS = [
    (code, *line.split("\t"))
    for code in ("zh", "en")
    for line in (TABLES / f"threats_{code}.tsv").read_text(encoding="utf-8").splitlines()
]


def forms(text: str, code: str) -> tuple[str, str]:
    """Return a sentence as written and as a recogniser without marks hears it."""
    return text, re.sub(r"[，。？！,.?!]", "" if code == "zh" else " ", text)


def named(text: str, code: str) -> set[tuple[str, str]]:
    """Return these rules and the severities with which they stand."""
    found = find_claims(text, SheetProof(code=code, category="home"))
    return {(item.rule.id, item.severity) for item in found if item.rule.id in RULES and not item.turned_down}


@pytest.mark.parametrize(("code", "rule", "text"), [row for row in ROWS if row[1] != "-"])
def test_a_threat_and_a_dig_are_settled_by_their_wording(code: str, rule: str, text: str) -> None:
    for said in forms(text, code):
        assert (rule, "H") in named(said, code), said


@pytest.mark.parametrize(("code", "text"), [(row[0], row[2]) for row in ROWS if row[1] == "-"])
def test_talk_that_only_sounds_like_it_is_no_threat_and_no_dig(code: str, text: str) -> None:
    for said in forms(text, code):
        assert named(said, code) == set(), said


@pytest.mark.parametrize(
    ("code", "text"),
    [("zh", "你给我等着"), ("zh", "你给我再说一句试试"), ("en", "I'll find you."), ("en", "you're dead")],
)
def test_a_vague_threat_by_itself_is_left_to_the_learned_opinion_and_stands(code: str, text: str) -> None:
    assert "insult.menace" in {rule for rule, _ in named(text, code)}
