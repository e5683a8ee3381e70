"""Whether a line was hotter than its scenario's cap, told by the level that the packs give its wording.

The audience chooses lines by these levels; this reads them back from the words alone, template by template.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.pack import line_pack
from coach.room.template import variants

_LEVEL = re.compile(r"_(\d)$")
_SLOT = re.compile(r"\{\w*\}")


def level_of(text: str, viewer_type: str, code: str) -> int | None:
    """Return the lowest level at which a pack holds a wording; None if no pack does (an author's own line)."""
    flat = flatten(text, language_for("zh-CN" if code == "zh" else "en-US")).strip()
    plain, open_ = _levels(code, viewer_type)
    if flat in plain:
        return plain[flat]
    return min((level for pattern, level in open_ if pattern.fullmatch(flat)), default=None)


@cache
def _levels(code: str, viewer_type: str) -> tuple[dict[str, int], list[tuple[re.Pattern[str], int]]]:
    """Return (wording → level, patterns of templates with slots → level)."""
    language = language_for("zh-CN" if code == "zh" else "en-US")
    plain: dict[str, int] = defaultdict(lambda: 9)
    open_ = []
    pack = line_pack(code).types.get(viewer_type)
    for pool, lines in pack.lines.items() if pack is not None else ():
        found = _LEVEL.search(pool)
        level = int(found[1]) if found else 0
        for wording in (wording for line in lines for wording in variants(line)):
            parts = [flatten(part, language).strip() for part in _SLOT.split(wording)]
            if len(parts) == 1:
                plain[parts[0]] = min(plain[parts[0]], level)
            else:
                open_.append((re.compile(".+".join(re.escape(part) for part in parts).replace(r"\ ", " ?")), level))
    return dict(plain), open_
