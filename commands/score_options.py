"""What `score` is told on the command line, read and checked."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commands.texts import Say

if TYPE_CHECKING:
    from coach.score.formats.turn import Reading

_ROLES = {
    "streamer": "streamer",
    "viewer": "viewer",
    "text": "text",
    "主播": "streamer",
    "观众": "viewer",
    "文字": "text",
}


def formats_of(options: argparse.Namespace, say: Say) -> list[str]:
    """Return the formats asked for; the screen takes one.

    Raises:
        InputError: If one is unknown, or needs a folder and there is none.
        MissingPart: If Parquet is asked for and cannot be written.
    """
    from coach.errors import InputError
    from coach.score.batch.outputs import FORMATS, SCREEN_FORMATS, require_parquet

    names = [name.strip() for name in options.format.split(",") if name.strip()]
    for name in names or [""]:
        if name not in FORMATS:
            raise InputError(say("score.bad_format", name=name, known=", ".join(FORMATS)))
        if options.out is None and name not in SCREEN_FORMATS:
            raise InputError(say("score.needs_out", name=name))
    if "parquet" in names:
        require_parquet()
    return names if options.out is not None else names[:1]


def reading_of(options: argparse.Namespace, say: Say) -> Reading:
    """Return what is said about the files.

    Raises:
        InputError: If a pair, a field or a role is none.
    """
    from coach.errors import InputError
    from coach.score.formats.table import FIELDS
    from coach.score.formats.turn import Reading

    columns = _pairs("--columns", options.columns, say)
    for field in columns:
        if field not in FIELDS:
            raise InputError(say("score.bad_field", known=" ".join(FIELDS), got=field))
    speakers = _pairs("--speakers", options.speakers, say)
    for role in speakers.values():
        if role.lower() not in _ROLES:
            raise InputError(say("score.bad_speaker", got=role))
    roles = {name: _ROLES[role.lower()] for name, role in speakers.items()}
    return Reading(options.role, roles, columns)


def pattern_of(options: argparse.Namespace, say: Say) -> str:
    """Return where the streamer's id stands in a path.

    Raises:
        InputError: If nothing stands for it.
    """
    from coach.errors import InputError

    pattern: str = options.streamer or ""
    if pattern and pattern.count("{}") != 1:
        raise InputError(say("score.bad_streamer", got=pattern))
    return pattern


def _pairs(option: str, given: Sequence[str], say: Say) -> Mapping[str, str]:
    from coach.errors import InputError

    pairs: dict[str, str] = {}
    for part in (part.strip() for text in given for part in text.replace("，", ",").split(",")):
        if not part:
            continue
        name, sign, value = part.rpartition("=")
        if not sign or not name.strip() or not value.strip():
            raise InputError(say("score.bad_pair", option=option, got=part))
        pairs[name.strip()] = value.strip()
    return pairs
