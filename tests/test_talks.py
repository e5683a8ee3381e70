"""The short form of `evals/cases/talks`, read and written as a scoring set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.score.transcript import load_transcript
from evals.product_sheets import scenario_of
from scripts.talks import TalkedProduct, coverage, labels, main, products

SHEET = """\
# Tin Whistle | music | list 39 live 29 floor 25
@ p1 | Made of brass, in the key of D | brass ; key of D | Brass in D | D whistle ; brass tube
@ p2 | Comes with a cloth bag | cloth bag
@ p3 | Rinse by hand, never in the dishwasher | rinse by hand ; not in the dishwasher
@ p4 | Made in Sligo | Sligo
"""
TALK = """
= mixed heard
s - | evening all
v haggler answer weak | do 20 and I'll take it
s 1p1 | it's brass love | !!absolute=brass ; ~price_urgency=love
s 2h1 | and there's a little bag with it
s 1p2 4n | plays in D, someone asked where it's from, later
v troll ignore well | boo
s 2n 3m1/2 | a rinse under the tap or in with the plates
s 3h12 | no sorry by hand only, not with the plates | !origin=plates
"""


def read(tmp_path: Path, text: str = SHEET + TALK) -> TalkedProduct:
    (tmp_path / "enZ-whistle.txt").write_text(text, encoding="utf-8")
    [found] = products(tmp_path)
    return found


def test_a_file_is_read(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert (found.id, found.writer, found.code) == ("enz-whistle", "enZ", "en")
    assert (found.name, found.trade, found.prices) == ("Tin Whistle", "music", (39.0, 29.0, 25.0))
    first, second = found.points[:2]
    assert (first.title, first.aliases, first.facts) == (
        "Brass in D",
        ("D whistle", "brass tube"),
        ("brass", "key of D"),
    )
    assert (second.title, second.aliases) == ("Comes with a cloth bag", ())
    [talk] = found.talks
    assert (talk.grade, talk.heard, len(talk.lines)) == ("mixed", True, 8)
    viewer, brass, rinse = talk.lines[1], talk.lines[2], talk.lines[6]
    assert (viewer.viewer, viewer.should, viewer.handled) == ("haggler", "answer", "weak")
    assert [tuple(told) for told in brass.told] == [(0, "partial", (0,), ())]
    assert [tuple(mark) for mark in brass.marks] == [("H", "absolute", "brass"), ("", "price_urgency", "love")]
    assert [tuple(told) for told in rinse.told] == [(1, "miss", (), ()), (2, "misstated", (0,), (1,))]


def test_a_point_told_in_two_turns_is_a_hit_a_contradiction_wins_and_a_near_miss_is_none(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert coverage(found, found.talks[0]) == {
        "p1": {"label": "hit", "evidence": [2, 4]},
        "p2": {"label": "hit", "evidence": [3]},
        "p3": {"label": "misstated", "evidence": [6]},
        "p4": {"label": "miss", "evidence": []},
    }


def test_a_point_whose_facts_are_never_all_told_is_partial(tmp_path: Path) -> None:
    found = read(tmp_path, SHEET + "= poor clean\ns 1p1 | it's brass\ns 1p- | you know, like the old ones\n")
    assert coverage(found, found.talks[0])["p1"] == {"label": "partial", "evidence": [0, 1]}


def test_marks_and_viewers_become_claims_decoys_and_objections(tmp_path: Path) -> None:
    found = read(tmp_path)
    told = labels(found, found.talks[0])
    claims = [(item["i"], item["term"], item["category"], item["severity"]) for item in told["compliance"]]
    assert claims == [(2, "brass", "absolute", "H"), (7, "plates", "origin", "M")]
    assert told["compliance_decoys"] == [{"i": 2, "term": "love", "why": "price_urgency"}]
    assert [(item["type"], item["handled"], item["answer_turns"]) for item in told["objections"]] == [
        ("haggler", "weak", [2, 3]),
        ("troll", "well", []),
    ]


def test_talks_become_a_scoring_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(tmp_path, SHEET + TALK + TALK)
    made = tmp_path / "set"
    assert main([str(made), "--talks", str(tmp_path), "--writers", "enZ"]) == 0
    assert capsys.readouterr().out == "1 products, 2 talks\n"
    names = {"enz-whistle__mixed", "enz-whistle__mixed1"}
    assert {path.stem for path in (made / "transcripts").iterdir()} == names
    assert {path.stem for path in (made / "labels").iterdir()} == names
    assert json.loads((made / "labels" / "enz-whistle__mixed.json").read_text(encoding="utf-8"))["rank"] == 3
    scenario = scenario_of(made / "products" / "enz-whistle.json")
    assert [point.id for point in scenario.product.selling_points] == ["p1", "p2", "p3", "p4"]
    assert load_transcript(made / "transcripts" / "enz-whistle__mixed.jsonl").records


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("x 1h1 | hello", "expected a line that begins with # @ = v or s, got 'x 1h1 | hello'"),
        ("s 1q1 | hello", "expected a label such as 1h12 or 2m1/3, got '1q1'"),
        ("s 5h1 | hello", "expected a label such as 1h12 or 2m1/3, got '5h1'"),
        ("s 2h12 | hello", "expected facts 1 to 1 of the point, got '2h12'"),
        ("s - | hello | absolute=hello", "expected a mark such as !absolute=term, got 'absolute=hello'"),
        ("s 1h12", "expected s LABELS | text | marks, got 1 parts"),
        ("v troll | boo", "expected v TYPE SHOULD HANDLED | text, got 2 parts"),
        ("@ p5 | Loud", "expected @ ID | statement | facts | title | aliases, got 2 parts"),
        ("= mixed", "expected = GRADE STYLE, got 2 parts"),
        ("# Tin | music | list 3 live two floor 1", "could not convert string to float: 'two'"),
    ],
)
def test_a_line_that_is_not_of_the_format_is_named_with_its_file_and_place(
    tmp_path: Path, line: str, wanted: str
) -> None:
    text = SHEET + TALK + line
    with pytest.raises(ValueError, match="enZ-whistle") as caught:
        read(tmp_path, text)
    place = len(text.splitlines())
    assert str(caught.value).startswith(f"enZ-whistle.txt:{place}: {wanted}")


def test_a_turn_before_any_talk_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^enZ-whistle\.txt:6: expected a line such as '= good clean' before"):
        read(tmp_path, SHEET + "s - | hello")


def test_every_shipped_file_is_of_the_format() -> None:
    found = list(products())
    assert {product.code for product in found} == {"zh", "en"}
    for product in found:
        assert len(product.talks) in (3, 5)
        assert all(mark.term in line.text for talk in product.talks for line in talk.lines for mark in line.marks)
