"""Plain text: `主播：…` or `Viewer: …` before the lines, or all of one role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from coach.score.formats.encoding import refuse_binary, text_of
from coach.score.formats.heads import Heads
from coach.score.formats.moment import seconds_of
from coach.score.formats.roles import role_of, settle
from coach.score.formats.turn import ReadFile, Reading, Turn

_HEAD = re.compile(
    r"\s*(?P<name>[^\W\d_][^：:，。！？,!?\n]{0,29}?)\s*[\s(（\[](?P<time>(?:\d{1,3}:)?\d{1,3}:\d{2})[\])）]?\s*"
)
"""A line of its own, as minutes of meetings have it: `说话人1 00:12`."""


def read_plain(raw: bytes, path: Path, reading: Reading) -> ReadFile:
    """Read a text file; a line without a label goes on with the speaker before it.

    Where a role is given, a line with a label nobody knows has that role.

    Raises:
        TranscriptError: If it is no text, or nobody says who speaks.
    """
    text = text_of(raw, path)
    refuse_binary(text, path)
    return ReadFile(settle(_turns(text, reading), reading, path))


def _turns(text: str, reading: Reading) -> Iterator[Turn]:
    lines = text.splitlines()
    heads = Heads(lines, reading)
    speaker, at = "", None
    for number, line in enumerate(lines, start=1):
        own = _own_line(line, reading)
        if own is not None:
            speaker, at = own
            continue
        head = heads.of(line)
        start, at = (at if head.start is None else head.start), None
        if head.start is not None and not head.text.strip() and not head.name:
            at = head.start
            continue
        speaker = head.name or ("" if head.is_other else speaker)
        if head.text.strip():
            yield Turn(number, head.text.strip(), speaker, start, head.end)


def _own_line(line: str, reading: Reading) -> tuple[str, float | None] | None:
    """Return name and time of a line that holds nothing else; None where it says something."""
    found = _HEAD.fullmatch(line)
    if found is not None:
        return found["name"].strip(), seconds_of(found["time"])
    return (line.strip(), None) if role_of(line, reading) in ("streamer", "viewer") else None
