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
_EXPLAINED = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")
_MOST_WORDS = 3
"""A label in Latin letters has no more words than a name."""
_SHOWN = 6
_ASKED = 2
"""Names in an example of how to answer."""
_QUOTED = 30


def role_of(label: str, reading: Reading) -> str | None:
    """Return `streamer`, `viewer` or `text` for a speaker's label, or None where it does not say."""
    name = label.strip()
    given = reading.speakers.get(name)
    if given is not None:
        return given
    return _role_word(name) or _explained(name)


def _role_word(name: str) -> str | None:
    found = _WORD.fullmatch(name)
    if found is None:
        return None
    return "streamer" if found["streamer"] else "viewer"


def _begins_with(name: str) -> str | None:
    """Return the role whose word a name begins with: a hint, and no more (观众朋友们 is how a streamer begins)."""
    found = _WORD.match(name)
    return None if found is None else "streamer" if found["streamer"] else "viewer"


def _explained(name: str) -> str | None:
    """Return the role that stands with a name: `小雨(主播)`, `Viewer (Bob)`; None where there is none, or two."""
    found = _EXPLAINED.fullmatch(name)
    if found is None:
        return None
    roles = {_role_word(part.strip()) for part in found.groups()} - {None}
    return roles.pop() if len(roles) == 1 else None


def label_of(text: str) -> tuple[str, str] | None:
    """Return name and rest of a text that begins like `小美：大家好` or `Anna: hello`; None if it does not."""
    found = _LABEL.fullmatch(text)
    if found is None or len(found["name"].split()) > _MOST_WORDS or _is_cut(found["name"]):
        return None
    return found["name"], found["text"].strip()


def _is_cut(name: str) -> bool:
    """Return whether a bracket is left open: the colon is one of a time, as in `今天（10:30）`."""
    return sum(map(name.count, "(（[【")) != sum(map(name.count, ")）]】"))


def settle(turns: Iterable[Turn], reading: Reading, path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Return the turns as objects of a transcript, each with its role.

    Raises:
        TranscriptError: If anybody's role is neither in the file nor given; says how to give it.
    """
    settled: list[tuple[int, dict[str, Any]]] = []
    unknown: list[Turn] = []
    for turn in turns:
        role = _role(turn, reading)
        if role is None:
            unknown.append(turn)
        else:
            settled.append((turn.number, _value(turn, role)))
    if unknown:
        raise _who(unknown, [value["role"] for _, value in settled], path)
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


def _who(unknown: Sequence[Turn], known: Sequence[str], path: Path) -> TranscriptError:
    """Return the question who speaks: about names, about single lines, or about the whole file."""
    counted = Counter(turn.role or turn.speaker for turn in unknown)
    names = [name for name, _ in counted.most_common() if name]
    if not names:
        return _whose(unknown, path) if known else _nobody(path)
    more = Sentence(" and {count} more", count=len(names) - _SHOWN) if len(names) > _SHOWN else ""
    return TranscriptError(
        "{path}: who is the streamer, who a viewer? Found {names}{more}. Say so, for example --speakers {example}; "
        "NAME=text keeps a label that names nobody as words",
        path=path,
        names=_listed(names[:_SHOWN]),
        more=more,
        example=_example(names, "streamer" in known),
    )


def _nobody(path: Path) -> TranscriptError:
    return TranscriptError(
        "{path}: nothing in it says who speaks. Give --role streamer if all of it is the streamer's, or write "
        "'主播：' or 'Streamer:' and '观众：' or 'Viewer:' before the lines",
        path=path,
    )


def _whose(unknown: Sequence[Turn], path: Path) -> TranscriptError:
    return TranscriptError(
        "{path}: line {line} does not say who speaks: '{text}' (such lines: {count}). Delete what nobody said, write "
        "'主播：' or 'Streamer:', '观众：' or 'Viewer:' before the rest, or give --role for all of them",
        path=path,
        count=len(unknown),
        line=unknown[0].number,
        text=unknown[0].text[:_QUOTED].replace("\n", " "),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _example(names: Sequence[str], has_streamer: bool) -> str:
    """Return an answer that may be right: 观众小美 is hardly the streamer, and there is one streamer."""
    hints = [_begins_with(name) for name in names[:_ASKED]]
    free = iter(("viewer",) if has_streamer or "streamer" in hints else ("streamer",))
    pairs = [f"{name}={hint or next(free, 'viewer')}" for name, hint in zip(names, hints, strict=False)]
    text = ",".join(pairs)
    return f"'{text}'" if re.search(r"[\s'\"&;|<>()$#*]", text) else text
