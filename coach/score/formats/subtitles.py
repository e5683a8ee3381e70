"""Subtitles: SubRip (.srt) and WebVTT (.vtt), with speakers as `<v Name>` or `Name:`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import Place, Sentence
from coach.score.formats.encoding import refuse_binary, text_of
from coach.score.formats.heads import Heads
from coach.score.formats.moment import seconds_of
from coach.score.formats.roles import settle
from coach.score.formats.turn import ReadFile, Reading, TranscriptProblem, Turn

_TIMES = re.compile(r"\s*(?P<from>[\d:.,]+)\s*-->\s*(?P<to>[\d:.,]+)(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<[\d:.]+>|\{\\[^}]*\}")
_DASH = re.compile(r"^\s*[-–—]\s+")
_SOUND = re.compile(r"\s*(?:[\[(（【♪][^\[\]()（）【】]*[\])）】♪]\s*)+")
"""A line such as `[Music]` or `（掌声）`: nobody says it."""
_NOT_CUES = ("WEBVTT", "NOTE", "STYLE", "REGION")
_JOIN_GAP_SEC = 0.5
"""Cues of one speaker nearer than this are one utterance cut to fit a screen; a pause of half a second ends one."""
_JOIN_MOST_SEC = 20.0


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between blank ones."""

    number: int
    lines: list[str]


def read_subtitles(raw: bytes, path: Path, reading: Reading) -> ReadFile:
    """Read cues; what is no cue is named, the rest kept.

    Raises:
        TranscriptError: If it is no text, or nobody says who speaks.
    """
    text = text_of(raw, path)
    refuse_binary(text, path)
    file = ReadFile()
    heads = Heads((_plain(line) for line in text.splitlines()), reading)
    turns = [turn for block in _blocks(text) for turn in _cue(block, path, heads, file.problems)]
    file.values = settle(_joined(turns), reading, path)
    return file


def _blocks(text: str) -> Iterator[_Block]:
    """Yield cues, also where no blank line parts them."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            first = first if lines else number
            lines.append(line)
        elif lines:
            yield _Block(first, lines)
            lines = []


def _cue(block: _Block, path: Path, heads: Heads, problems: list[TranscriptProblem]) -> Iterator[Turn]:
    head = next((at for at, line in enumerate(block.lines[:2]) if "-->" in line), None)
    if head is None:
        if not block.lines[0].startswith(_NOT_CUES):
            said = Sentence("expected a cue with a line of times such as 00:01.000 --> 00:04.000, skipped")
            problems.append(TranscriptProblem(Place(str(path), block.number), said))
        return
    found = _TIMES.fullmatch(block.lines[head])
    start = seconds_of(found["from"]) if found else None
    end = seconds_of(found["to"]) if found else None
    if start is None or end is None:
        said = Sentence(
            "expected times such as 00:01.000 --> 00:04.000, got {got!r}, cue skipped", got=block.lines[head]
        )
        problems.append(TranscriptProblem(Place(str(path), block.number + head), said))
        return
    number = block.number + head + 1
    yield from _spoken(block.lines[head + 1 :], number, start, end, heads)


def _spoken(lines: list[str], number: int, start: float, end: float, heads: Heads) -> Iterator[Turn]:
    """Yield a turn for each speaker of a cue; lines of one speaker belong together."""
    turn: Turn | None = None
    for at, line in enumerate(lines):
        new = _turn(line, number + at, start, end, heads)
        if turn is not None and (new.speaker in ("", turn.speaker)) and not _DASH.match(line):
            turn = replace(turn, text=f"{turn.text} {new.text}".strip())
            continue
        if turn is not None and turn.text:
            yield turn
        turn = new
    if turn is not None and turn.text:
        yield turn


def _turn(line: str, number: int, start: float, end: float, heads: Heads) -> Turn:
    voice = _VOICE.search(line)
    text = "" if _SOUND.fullmatch(_plain(line)) else _plain(line)
    if voice is not None:
        return Turn(number, text, html.unescape(voice["name"]).strip(), start, end)
    name, words = heads.named(text)
    return Turn(number, words, name, start, end)


def _plain(line: str) -> str:
    """Return a line of a cue without tags and the dash of a second speaker."""
    return _DASH.sub("", html.unescape(_TAG.sub("", _VOICE.sub("", line)))).strip()


def _joined(turns: list[Turn]) -> Iterator[Turn]:
    """Yield turns, those that were one utterance joined again."""
    last: Turn | None = None
    for turn in turns:
        if last is not None and _goes_on(last, turn):
            last = replace(last, text=f"{last.text} {turn.text}", t1=turn.t1)
            continue
        if last is not None:
            yield last
        last = turn
    if last is not None:
        yield last


def _goes_on(last: Turn, turn: Turn) -> bool:
    if last.t0 is None or last.t1 is None or turn.t0 is None or turn.t1 is None or last.speaker != turn.speaker:
        return False
    return 0 <= turn.t0 - last.t1 < _JOIN_GAP_SEC and turn.t1 - last.t0 <= _JOIN_MOST_SEC and turn.t1 >= turn.t0
