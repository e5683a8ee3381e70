"""`scenario new --from-log`: reads the file, says what was in it, hands the draft back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import InputError
from commands.console import complain, line
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.draft import Draft
    from coach.scenario.comment_log import CommentLog

_NAMED = 8
"""Bad rows that are named; the rest are counted."""
_ROLES = ("text", "time", "user")


def from_log(draft: Draft, path: Path, columns: Sequence[str], say: Say) -> Draft:
    """Return the draft with viewers and moments from a comment log; tell what was found on the way.

    Raises:
        InputError: If the file cannot be read, holds no comments, or they are in another language than the draft.
    """
    from dataclasses import replace

    from coach.room.log_draft import draft_from_comments
    from coach.scenario.comment_log import MAX_BYTES, read_comments
    from coach.score.batch.script import is_other_writing

    wanted = _columns(columns, say)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(say("log.unreadable", path=path, reason=error.strerror or error)) from error
    log = read_comments(raw, str(path), wanted)
    if is_other_writing((comment.text for comment in log.comments), draft.locale):
        other = "en-US" if draft.code == "zh" else "zh-CN"
        raise InputError(say("log.other_language", path=path, locale=draft.locale, other=other))
    made, counts = draft_from_comments(replace(draft, source=path.name), log.comments)
    _tell(log, counts, made, say)
    return made


def _columns(given: Sequence[str], say: Say) -> dict[str, str]:
    found = {}
    for one in given:
        role, _, name = one.partition("=")
        if role not in _ROLES or not name:
            raise InputError(say("log.bad_column", got=one))
        found[role] = name
    return found


def _tell(log: CommentLog, counts: Mapping[str, int], draft: Draft, say: Say) -> None:
    from coach.room.draft import draft_pack

    shown = ", ".join(f"{role}={name}" for role, name in log.columns.items())
    line(say("log.read", count=len(log.comments), columns=shown))
    if log.bad:
        named = "; ".join(say("log.row", row=row, why=say.sentence(why)) for row, why in log.bad[:_NAMED])
        complain(say("log.bad", count=len(log.bad), rows=named))
    labels = draft_pack(say.lang)["viewers"]
    told = [
        f"{labels[kind]['label']} {count}" for kind, count in sorted(counts.items(), key=lambda one: -one[1]) if kind
    ]
    line(say("log.types", types=", ".join(told) or "–", rest=counts[""]))
    come = {viewer.type for viewer in draft.viewers}
    gone = [
        labels[kind]["label"] for kind in sorted(counts, key=lambda kind: -counts[kind]) if kind and kind not in come
    ]
    if gone:
        line(say("log.left_out", types=", ".join(gone)))
    if not draft.events:
        line(say("log.no_times"))
