"""Words cut into the longest known pieces."""

from __future__ import annotations

import pytest

from coach.language.reader.wordpieces import WordPieces

NAMES = [
    "[UNK]",
    "[SEP]",
    "un",
    "##wash",
    "wash",
    "##able",
    "##a",
    "##b",
    "3",
    "##8",
    "%",
    "'",
    "s",
    "_",
    "lid",
    "cafe",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wash", ["wash"]),
        ("washable", ["wash", "##able"]),
        ("unwashable", ["un", "##wash", "##able"]),
        ("lid's 38%", ["lid", "'", "s", "3", "##8", "%"]),
        ("lid’s", ["lid", "'", "s"]),
        ("LID_lid", ["lid", "_", "lid"]),
        ("café", ["cafe"]),
        ("washx lid", ["[UNK]", "lid"]),
        ("杯盖 lid", ["[UNK]", "lid"]),
        ("[SEP]", ["[UNK]", "[UNK]", "[UNK]"]),
        ("３８％", ["3", "##8", "%"]),
        ("wash" * 200, ["[UNK]"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_the_longest_known_pieces_are_taken(text: str, found: list[str]) -> None:
    pieces = WordPieces(NAMES, 0, frozenset({"[UNK]", "[SEP]"}))
    assert [NAMES[number] for number in pieces.cut(text, 99)] == found


def test_no_more_than_asked_for_are_cut() -> None:
    pieces = WordPieces(NAMES, 0)
    assert pieces.cut("washable lid " * 9, 4) == pieces.cut("washable lid washable", 4)
    assert pieces.cut("lid", 0) == []
