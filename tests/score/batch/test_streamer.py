from __future__ import annotations

import pytest

from coach.score.batch.streamer import streamer_of


@pytest.mark.parametrize(
    ("path", "pattern", "stated", "streamer"),
    [
        ("in/mei_01.csv", "{}_*", "", "mei"),
        ("in/mei/01.csv", "{}/*", "", "mei"),
        ("in/2026-11-22 mei.txt", "* {}", "", "mei"),
        ("in/team/mei/week 1/01.jsonl", "{}/*/*", "", "mei"),
        ("in/01.csv", "{}_*", "", ""),
        ("in/01.csv", "{}_*", "bo", "bo"),
        ("in/mei_01.csv", "{}_*", "bo", "mei"),
        ("in/mei/01.csv", "", "", "mei"),
        ("in/mei/01.csv", "", "bo", "bo"),
        ("in/01.csv", "", "", ""),
        ("in/mei/r1/events.jsonl", "", "", "mei"),
        ("in/r1/events.jsonl", "", "", ""),
        ("elsewhere/01.csv", "", "", ""),
    ],
)
def test_pattern_then_file_then_folder(path: str, pattern: str, stated: str, streamer: str) -> None:
    assert streamer_of(path, pattern, ["in"], stated) == streamer
