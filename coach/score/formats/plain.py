"""Plain text: `主播：…` or `Viewer: …` before the lines, or all of one role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coach.score.formats.encoding import refuse_binary, text_of
from coach.score.formats.moment import seconds_of
from coach.score.formats.roles import settle, unlabelled
from coach.score.formats.turn import ReadFile, Reading, Turn

_TIME = re.compile(r"\s*[\[(（【]?(?P<time>(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)[\])）】]?(?=[\s\D])\s*")
_HEAD = re.compile(
    r"\s*(?P<name>[^\W\d_][^：:，。！？,!?\n]{0,29}?)\s*[\s(（\[](?P<time>(?:\d{1,3}:)?\d{1,3}:\d{2})[\])）]?\s*"
)
"""A line of its own, as minutes of meetings have it: `说话人1 00:12`."""


def read_plain(raw: bytes, path: Path, reading: Reading) -> ReadFile:
    """Read a text file; a line without a label goes on with the speaker before it.

    Raises:
        TranscriptError: If it is no text, or nobody says who speaks.
    """
    text = text_of(raw, path)
    refuse_binary(text, path)
    return ReadFile(settle(_turns(text, reading), reading, path))


def _turns(text: str, reading: Reading) -> Iterator[Turn]:
    speaker, at = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        head = _HEAD.fullmatch(line)
        if head is not None:
            speaker, at = head["name"].strip(), seconds_of(head["time"])
            continue
        timed = _TIME.match(line)
        start = seconds_of(timed["time"]) if timed else at
        words = line[timed.end() :] if timed else line
        at = None
        if not words.strip():
            continue
        turn = unlabelled(Turn(number, words.strip(), t0=start), reading)
        speaker = turn.speaker or speaker
        if turn.text:
            yield Turn(number, turn.text, speaker, start)
