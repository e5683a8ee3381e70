from __future__ import annotations

import random
import re

import pytest

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.pack import move_pack
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("you can do that today", ["you can do", "you"]),
        ("can you", ["you"]),
        ("you can", ["you", "you can"]),
        ("you can't", ["you"]),
        ("youth can do", []),
    ],
)
def test_english_wordings_of_any_length_are_whole_words(text: str, found: list[str]) -> None:
    book = Phrasebook({wording: [wording] for wording in ("you can do", "you", "you can")}, "en")
    hits = {hit.kind for hit in book.find(flatten(text, language_for("en")))}
    assert hits == set(found) | ({"you can"} if "can do" in text and found else set())


@pytest.mark.parametrize("code", ["zh", "en"])
def test_skipping_what_a_text_cannot_hold_changes_nothing(code: str) -> None:
    """Every alternative is tried by itself where some string of it is known; all of them together find the same."""
    moves = move_pack(code).moves
    book, dice = Phrasebook(moves, code), random.Random(11)
    pieces = [re.sub(r"[\\^$?()|{}\[\]*+]", " ", wording) for listed in moves.values() for wording in listed]
    for _ in range(300):
        flat = flatten(" ".join(dice.sample(pieces, 3)), language_for(code))
        told = [(hit.kind, hit.start, hit.end) for hit in book.find(flat)]
        for kind, pattern in book._patterns:
            assert {hit.span() for hit in pattern.finditer(flat)} <= {
                (start, end) for of, start, end in told if of == kind
            }
