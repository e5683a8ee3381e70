"""When a comment was written, however an export says it. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2}(?:[.,]\d+)?)")
_NUMBER = re.compile(r"-?\d{1,13}(?:\.\d+)?")
_MS_FROM = 1e11
"""Numbers from here are milliseconds since 1970."""


def seconds(text: str) -> float | None:
    """Return a time in seconds from any zero, None if it is no time.

    Args:
        text: `75`, `1:15`, `20:03:11`, `2026-11-11 20:03:11`, or seconds or milliseconds since 1970.
    """
    plain = text.strip().strip('"')
    if _NUMBER.fullmatch(plain):
        value = float(plain)
        return value / 1000 if abs(value) >= _MS_FROM else value
    if (clock := _CLOCK.fullmatch(plain)) is not None:
        return 3600 * int(clock["h"] or 0) + 60 * int(clock["m"]) + float(clock["s"].replace(",", "."))
    try:
        return _stamp(datetime.fromisoformat(plain.replace("/", "-")))
    except ValueError:
        return None


def _stamp(moment: datetime) -> float | None:
    """Return seconds since 1970; one without a zone is taken as UTC, for only differences matter."""
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except OverflowError:
        return None
