"""Whether the times of a transcript are seconds: by how fast its streamer would have spoken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coach.errors import TranscriptError

_SLOWEST_SEC = 60.0
"""Seconds a syllable that nobody takes, long silences inside a line or not. Source: speech is 2 to 10 syllables a
second, so times in milliseconds read as seconds give 100 to 500."""
_FASTEST = 120.0
"""Syllables a second that nobody says. Source: times in minutes read as seconds give 120 to 600."""
_FASTEST_ON = 30.0
"""Syllables a second that nobody keeps up from beginning to beginning, pauses in it. Source: speech is under 10;
times in minutes read as seconds give 30 and more as long as a syllable is said every two seconds."""
_LETTERS_A_SYLLABLE = 3.0
_LEAST_LINES, _LEAST_SYLLABLES = 3, 20.0
"""What a file must hold before its pace says anything: one slow remark proves nothing."""
_BRIEF = 4.0
"""Syllables under which a line says nothing about pace: 嗯, ok."""


def refuse_other_units(values: Sequence[tuple[int, Mapping[str, Any]]], path: Path) -> None:
    """Refuse a transcript whose times cannot be seconds; those of a few lines are never judged.

    Args:
        values: (line number, object of the shape of a transcript line), as read.
        path: Of the file, for the sentence.

    Raises:
        TranscriptError: If so; says what the times look like and what to do.
    """
    spoken = [pair for _, value in values if (pair := _spoken(value))]
    if len(spoken) < _LEAST_LINES or sum(syllables for syllables, _ in spoken) < _LEAST_SYLLABLES:
        return
    paces = sorted(seconds / syllables for syllables, seconds in spoken)
    # Three lines in four: a file may have slow remarks, or lines whose end is the beginning of the next.
    if paces[len(paces) // 4] > _SLOWEST_SEC:
        raise TranscriptError(
            "{path}: times are seconds from the start. Read so, one syllable would take {pace:.0f} s; these look like "
            "milliseconds. Divide them by 1000; in a table, columns called 'start (ms)' and 'end (ms)' do as they are",
            path=path,
            pace=paces[len(paces) // 2],
        )
    # Some write an end right after each beginning: then the beginnings tell.
    starts = [start for _, value in values if (start := _number(value.get("t0"))) is not None]
    apart = (max(starts) - min(starts)) / sum(syllables for syllables, _ in spoken)
    if paces[3 * len(paces) // 4] < 1 / _FASTEST and apart < 1 / _FASTEST_ON:
        raise TranscriptError(
            "{path}: times are seconds from the start. Read so, {pace:.0f} syllables would be said in a second; these "
            "look like minutes or hours. Turn them into seconds, or write them as 0:01:23 in a table",
            path=path,
            pace=1 / paces[len(paces) // 2],
        )


def _spoken(value: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return about how many syllables a streamer's line has, and its length in seconds as written."""
    text, start, end = value.get("text"), _number(value.get("t0")), _number(value.get("t1"))
    if value.get("role") != "streamer" or not isinstance(text, str) or start is None or end is None or end <= start:
        return None
    syllables = sum(1 / _LETTERS_A_SYLLABLE if char.isascii() else 1.0 for char in text if char.isalnum())
    return (syllables, end - start) if syllables >= _BRIEF else None


def _number(value: object) -> float | None:
    """Return a time as a number: JSON lines may hold it as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None
