"""One value as it is written into a scenario file."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff0-9_][\w.\u3400-\u9fff-]*")
"""Words that need no quotes in any place of a YAML file."""
_OTHERWISE = re.compile(r"(?i)null|true|false|yes|no|on|off|[\d_.e+-]+")
"""Words that YAML 1.1 readers would take for something else than text."""


def scalar(value: str | float) -> str:
    """Return a value, in quotes where it would otherwise be read as something else."""
    if not isinstance(value, str):
        return f"{value:.10g}"
    if _PLAIN.fullmatch(value) and not _OTHERWISE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
