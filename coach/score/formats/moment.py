"""Moments as files write them, as seconds from the start."""

from __future__ import annotations

import re
from datetime import datetime

_CLOCK = re.compile(
    r"(?:(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):)?(?P<s>\d{1,9}(?:[.,]\d{1,9})?)\s*(?:s|sec|秒)?", re.IGNORECASE
)


def seconds_of(text: str, scale: float = 1.0) -> float | None:
    """Return `83.5`, `83,5`, `1:23.5`, `0:01:23.5` as seconds; None where it is no such thing.

    Args:
        text: As written.
        scale: Seconds of a plain number: 0.001 where the column holds milliseconds.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    seconds = float(found["s"].replace(",", "."))
    if found["m"] is None:
        return seconds * scale
    return seconds + 60 * int(found["m"]) + 3600 * int(found["h"] or 0)


def date_of(text: str) -> float | None:
    """Return a date with a time of day, ISO 8601 or with slashes, as seconds since 1970; None if it is none."""
    text = text.strip().replace("/", "-")
    if not re.match(r"\d{4}-\d{1,2}-\d{1,2}[ T]\d", text):
        return None
    day, _, rest = text.replace("T", " ").partition(" ")
    year, month, number = (int(part) for part in day.split("-"))
    try:
        whole = datetime.fromisoformat(f"{year:04}-{month:02}-{number:02} {_two_digits(rest.strip())}")
    except ValueError:
        return None
    naive = whole.replace(tzinfo=None)
    return (naive - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001 (only differences are used)


def _two_digits(time: str) -> str:
    return f"0{time}" if re.match(r"\d:", time) else time
