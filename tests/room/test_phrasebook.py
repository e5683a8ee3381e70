from __future__ import annotations

import pytest

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.phrasebook import Phrasebook

WORDINGS = ["^um start", "finish(?: it)?$", "in the middle", "(?:two|three) (?:now|$)"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Um, start here", ["^um start"]),
        ("no um start", []),
        ("let's finish it.", ["finish(?: it)?$"]),
        ("finish it later", []),
        ("right in the middle of it", ["in the middle"]),
        ("give me two", ["(?:two|three) (?:now|$)"]),
        ("three now please", ["(?:two|three) (?:now|$)"]),
        ("three nowhere", []),
    ],
)
def test_english_beginnings_and_ends_match_flat_text(text: str, found: list[str]) -> None:
    book = Phrasebook({wording: [wording] for wording in WORDINGS}, "en")
    assert [hit.kind for hit in book.find(flatten(text, language_for("en")))] == found


@pytest.mark.parametrize(("text", "places"), [("行", [0]), ("行不行", [0, 2]), ("可以可以", [0, 2])])
def test_chinese_wordings_are_found_at_every_place(text: str, places: list[int]) -> None:
    book = Phrasebook({"yes": ["行", "可以"]}, "zh")
    assert [hit.start for hit in book.find(text)] == places
