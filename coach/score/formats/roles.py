"""Who is the streamer and who a viewer. Where a file does not say, it is asked for, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from coach.errors import Sentence, TranscriptError
from coach.score.formats.turn import Reading, Role, Turn

_STREAMER = "streamer|host|anchor|presenter|seller|salesperson|主播|主持|主持人|主讲|主讲人|讲解员|卖家|带货主播|直播员"
_VIEWER = (
    "viewer|audience|customer|buyer|shopper|chat|comment|观众|顾客|客户|买家|粉丝|弹幕|评论|公屏|网友|用户|家人|游客"
)
_NUMBERED = r"[\s_\-#]*(?:[0-9０-９]{1,6}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁])?"
_WORD = re.compile(rf"(?:(?P<streamer>{_STREAMER})|(?P<viewer>{_VIEWER})){_NUMBERED}", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(?P<name>[^\W\d_](?:[^：:，。！？,.!?;；\"“”<>\n/]{0,28}[^\s：:，。！？,.!?;；\"“”<>\n/])?)\s*(?:：|:(?!//))\s*"
    r"(?P<text>.*)",
    re.DOTALL,
)
_MOST_WORDS = 3
"""A label in Latin letters has no more words than a name."""
_SHOWN = 6


def role_of(label: str, reading: Reading) -> str | None:
    """Return `streamer`, `viewer` or `text` for a speaker's label, or None where it does not say."""
    name = label.strip()
    given = reading.speakers.get(name)
    if given is not None:
        return given
    found = _WORD.fullmatch(name)
    if found is None:
        return None
    return "streamer" if found["streamer"] else "viewer"


def label_of(text: str) -> tuple[str, str] | None:
    """Return name and rest of a text that begins like `小美：大家好` or `Anna: hello`; None if it does not."""
    found = _LABEL.fullmatch(text)
    if found is None or len(found["name"].split()) > _MOST_WORDS:
        return None
    return found["name"], found["text"].strip()


def unlabelled(turn: Turn, reading: Reading) -> Turn:
    """Return a turn with the label at the head of its text taken as its speaker, where it is one."""
    if turn.speaker:
        return turn
    found = label_of(turn.text)
    if found is None:
        return turn
    role = role_of(found[0], reading)
    if role == "text" or (role is None and reading.role is not None):
        return turn
    return Turn(turn.number, found[1], found[0], turn.t0, turn.t1, turn.viewer_id, turn.viewer_type, turn.role)


def settle(turns: Iterable[Turn], reading: Reading, path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return the turns as objects of a transcript, each with its role.

    Raises:
        TranscriptError: If anybody's role is neither in the file nor given; says how to give it.
    """
    settled: list[tuple[int, dict[str, Any]]] = []
    unknown: Counter[str] = Counter()
    for turn in turns:
        role = _role(turn, reading)
        if role is None:
            unknown[turn.role or turn.speaker] += 1
        elif not unknown:
            settled.append((turn.number, _value(turn, role)))
    if unknown:
        raise _who(unknown, path)
    return settled


def _role(turn: Turn, reading: Reading) -> Role | None:
    for label in (turn.role, turn.speaker):
        role = role_of(label, reading) if label else None
        if role in ("streamer", "viewer"):
            return cast("Role", role)
    return reading.role


def _value(turn: Turn, role: Role) -> dict[str, Any]:
    value: dict[str, Any] = {"role": role, "text": turn.text}
    if turn.t0 is not None:
        value["t0"] = turn.t0
    if turn.t1 is not None:
        value["t1"] = turn.t1
    name = turn.viewer_id or turn.speaker
    if role == "viewer" and name:
        value["viewer"] = {"id": name, "type": turn.viewer_type}
    return value


def _who(unknown: Counter[str], path: Path) -> TranscriptError:
    names = [name for name, _ in unknown.most_common() if name]
    if not names:
        return TranscriptError(
            "{path}: nothing in it says who speaks. Give --role streamer if all of it is the streamer's, or write "
            "'主播：' or 'Streamer:' and '观众：' or 'Viewer:' before the lines",
            path=path,
        )
    more = Sentence(" and {count} more", count=len(names) - _SHOWN) if len(names) > _SHOWN else ""
    return TranscriptError(
        "{path}: who is the streamer, who a viewer? Found {names}{more}. Say so, for example --speakers {example}; "
        "NAME=text keeps a label that names nobody as words",
        path=path,
        names=_listed(names[:_SHOWN]),
        more=more,
        example=_example(names),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _example(names: Sequence[str]) -> str:
    pairs = [f"{name}={'streamer' if at == 0 else 'viewer'}" for at, name in enumerate(names[:2])]
    text = ",".join(pairs)
    return f"'{text}'" if re.search(r"[\s'\"&;|<>()$#*]", text) else text
