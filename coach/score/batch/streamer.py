"""Who streamed: from the file itself, from a pattern of its path, or from its folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache

HERE = "{}"


def streamer_of(path: str, pattern: str, roots: Sequence[str], stated: str = "") -> str:
    """Return a streamer's id, or nothing.

    Args:
        path: Of the file.
        pattern: `{}` stands for the id, `*` for anything within a name; matched at the end of the path, with or without
            the file's ending: `{}_*` takes `mei` from `in/mei_01.csv`, `{}/*` from `in/mei/01.csv`. Empty: the folder
            is taken, unless it is one that was searched; of a rehearsal, the folder around the rehearsal's.
        roots: Folders that were searched.
        stated: What the file itself says; a pattern goes before it.
    """
    plain = path.replace(os.sep, "/")
    if pattern:
        found = _compiled(pattern).search(plain)
        return found[1] if found else stated
    if stated:
        return stated
    folder, name = os.path.split(plain)
    if name == "events.jsonl":
        folder = os.path.dirname(folder)
    if not folder or any(os.path.abspath(folder) == os.path.abspath(root) for root in roots):
        return ""
    # A file given by itself was not found in a searched folder: its folder's name may mean anything.
    searched = any(os.path.abspath(folder).startswith(os.path.join(os.path.abspath(root), "")) for root in roots)
    return os.path.basename(folder) if searched else ""


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = [re.escape(part).replace(r"\*", "[^/]*") for part in pattern.split(HERE)]
    head, tail = parts[0], "[^/]*".join(parts[1:])
    return re.compile(rf"(?:^|/){head}([^/]+?){tail}(?:\.[^./]+)?$")
