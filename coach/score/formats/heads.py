"""Heads of lines as people write them: list marks, emphasis, brackets, dashes and times around a speaker's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.score.formats.moment import seconds_of
from coach.score.formats.roles import label_of, role_of
from coach.score.formats.turn import Reading

_CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_LIST_MARK = re.compile(r"\s*(?:[-*•·>]|\d{1,4}[.)、])\s+")
_TIME = re.compile(
    rf"\s*(?P<open>[\[(（【])?\s*(?P<from>{_CLOCK})(?:\s*(?:-->|->|[-–—~至到])\s*(?P<to>{_CLOCK}))?"
    r"(?(open)\s*[\])）】])(?P<after>\s*(?:[-–—|]\s+)?)"
)
_TIMED_NAME = re.compile(
    rf"\s*(?P<name>[^\W\d_][^：:，。！？,!?\n]{{0,29}}?)\s*[\[(（【]\s*(?P<time>{_CLOCK})\s*[\])）】]\s*(?P<colon>[：:])?\s*"
    r"(?P<text>.+)"
)
_EMPHASISED = re.compile(
    r"\s*(?P<mark>\*{1,3}|__?)(?P<name>[^\W\d_][^*_：:\n]{0,29}?)\s*(?:[：:]\s*(?P=mark)|(?P=mark)\s*[：:])\s*(?P<text>.*)"
)
_BRACKETED = re.compile(r"\s*[\[【<](?P<name>[^\W\d_][^\[\]【】<>：:\n]{0,29})[\]】>]\s*[：:]?\s*(?P<text>.*)")
_DASHED = re.compile(r"\s*(?P<name>[^\W\d_][^：:，。！？,.!?;；\n–—]{0,29}?)\s+[-–—]+\s+(?P<text>.+)")
_STYLES = {"bracketed": _BRACKETED, "dashed": _DASHED}
"""Ways of marking a name that are also used for other things: believed for any name only in a file that marks one whose
role is known that way."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the words of a line, and the words."""

    text: str
    name: str = ""
    start: float | None = None
    end: float | None = None
    is_other: bool = False
    """Whether it begins with what may be a name, kept as words: it does not go on with the speaker before."""


class Heads:
    """Reads the heads of one file's lines."""

    def __init__(self, lines: Iterable[str], reading: Reading) -> None:
        self._reading = reading
        self._styles = frozenset(
            style
            for line in lines
            for style, pattern in _STYLES.items()
            if (found := pattern.fullmatch(_timed(_unlisted(line)).text)) and self._known(found["name"])
        )

    def of(self, line: str) -> Head:
        """Return a line's head; without a name where none is marked as such."""
        line = _unlisted(line)
        timed = _TIMED_NAME.fullmatch(line)
        if timed is not None and (timed["colon"] or self._known(timed["name"])):
            return Head(timed["text"].strip(), timed["name"].strip(), seconds_of(timed["time"]))
        head = _timed(line)
        name, text = self.named(head.text)
        label = None if name else label_of(head.text)
        is_other = label is not None and role_of(label[0], self._reading) is None
        return Head(text, name, head.start, head.end, is_other)

    def named(self, text: str) -> tuple[str, str]:
        """Return speaker and words of a text; an empty speaker where it names nobody."""
        found = _EMPHASISED.fullmatch(text)
        if found is None:
            marked = (_STYLES[style].fullmatch(text) for style in sorted(self._styles))
            found = next((item for item in marked if item), None)
        if found is not None and not self._is_text(found["name"]):
            return found["name"].strip(), found["text"].strip()
        label = label_of(text)
        if label is not None and not self._is_text(label[0]):
            return label
        return "", text.strip()

    def _known(self, name: str) -> bool:
        return role_of(name, self._reading) in ("streamer", "viewer")

    def _is_text(self, name: str) -> bool:
        """Return whether a name is kept as words: where all else is the streamer's, most labels are things told."""
        role = role_of(name, self._reading)
        return role == "text" or (role is None and self._reading.role == "streamer")


def _timed(line: str) -> Head:
    """Return a line with the time at its head taken off."""
    found = _TIME.match(line)
    if found is None:
        return Head(line)
    rest = line[found.end() :]
    # "10:30开播" is said; "10:30 开播", "[10:30]开播" and "10:30主播：开播" are not.
    if found["open"] is None and rest and not found["after"] and label_of(rest) is None:
        return Head(line)
    return Head(rest, "", seconds_of(found["from"]), seconds_of(found["to"]) if found["to"] else None)


def _unlisted(line: str) -> str:
    """Return a line without the mark of a list, where a speaker stands behind it."""
    found = _LIST_MARK.match(line)
    if found is None:
        return line
    rest = line[found.end() :]
    marked = label_of(rest) or _EMPHASISED.fullmatch(rest) or _BRACKETED.fullmatch(rest) or _TIME.match(rest)
    return rest if marked else line
