"""Comments of a real live room from a CSV or JSON Lines file, however it was exported. Pure: bytes in, comments out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.errors import InputError, Sentence
from coach.scenario.comment_time import seconds
from coach.scenario.encoding import encoding_of

MAX_BYTES = 32 * 1024 * 1024
MAX_COMMENTS = 200_000
_MANY_LINES = 4
"""Line breaks in one quoted cell from which a quote is taken for a character: nobody types so many into a comment."""
_DAY_SEC = 86_400.0
_DELIMITERS = ",\t;|，"
NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "comment", "message", "msg", "danmaku", "弹幕", "弹幕内容", "内容", "评论", "评论内容",
             "消息", "消息内容"),
    "time": ("time", "timestamp", "ts", "at", "t", "t0", "offset", "sec", "seconds", "created_at", "date", "时间",
             "发送时间", "评论时间", "弹幕时间", "日期"),
    "user": ("user", "name", "nickname", "nick", "username", "user_name", "author", "sender", "uid", "用户", "昵称",
             "用户名", "用户昵称", "发送者", "评论人", "观众"),
}  # fmt: skip
"""What exports call the columns."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment."""

    text: str
    user: str = ""
    at: float | None = None
    """Seconds since the first one; null where the file does not say."""


@dataclass(frozen=True, slots=True)
class CommentLog:
    """What a file holds."""

    comments: tuple[Comment, ...]
    bad: tuple[tuple[int, Sentence], ...]
    """Line numbers that could not be used, and why."""
    columns: Mapping[str, str]
    """Which column was taken for `text`, `time` and `user`."""


def read_comments(raw: bytes, name: str, columns: Mapping[str, str] | None = None) -> CommentLog:
    """Read a comment log.

    Args:
        raw: The file: CSV with any delimiter, JSON Lines, or a JSON list; UTF-8, UTF-16 or GB18030.
        name: What to call it in messages.
        columns: Column (or key, or number from 1) of `text`, `time` and `user`, where it is not named as usual.

    Raises:
        InputError: If there is no comment in it or no column of texts can be told.
    """
    if len(raw) > MAX_BYTES:
        raise InputError("{name}: larger than {most} MB. Cut out the hour you want.", name=name, most=MAX_BYTES >> 20)
    text = _decoded(raw, name).lstrip("\ufeff\n\r ")
    if not text.strip():
        raise InputError("{name}: the file is empty; expected comments, one a line.", name=name)
    bad: list[tuple[int, Sentence]] = []
    is_json = text[0] in "{["
    rows, header = _json_rows(text, bad) if is_json else _csv_rows(text, bad, (columns or {}).values())
    chosen = _columns(rows, header, columns or {}, name)
    comments = _comments(rows, chosen, bad)
    if not comments:
        raise InputError("{name}: no row with a text in it; {bad} rows could not be used.", name=name, bad=len(bad))
    shown = {
        role: header[column] if header and isinstance(column, int) else str(column) for role, column in chosen.items()
    }
    return CommentLog(_from_zero(comments), tuple(sorted(bad, key=lambda one: one[0])), shown)


_Row = tuple[int, Mapping[Any, str]]
"""Line number, and cells by number from 0 or by key."""


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = encoding_of(raw)
        if found is None:
            raise InputError("{name}: neither UTF-8 nor GB18030 text. Export it again as UTF-8.", name=name) from error
        return raw.decode(found)


def _json_rows(text: str, bad: list[tuple[int, Sentence]]) -> tuple[list[_Row], list[str]]:
    if text[0] == "[":
        try:
            items = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError("Expected a JSON list of comments, got broken JSON: {reason}.", reason=error) from error
        numbered = list(enumerate(items, start=1))
    else:
        numbered = list(_json_lines(text, bad))
    rows: list[_Row] = []
    for number, item in numbered:
        if isinstance(item, dict):
            rows.append((number, {key: _cell(value) for key, value in item.items()}))
        else:
            bad.append((number, Sentence("expected keys with values")))
    return rows, []


def _json_lines(text: str, bad: list[tuple[int, Sentence]]) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                bad.append((number, Sentence("not valid JSON")))


def _cell(value: Any) -> str:
    if isinstance(value, dict):  # {"user": {"name": "…"}}
        return next((str(value[key]) for key in ("nickname", "name", "id") if value.get(key)), "")
    return "" if value is None or isinstance(value, list | bool) else str(value)


def _csv_rows(text: str, bad: list[tuple[int, Sentence]], asked: Iterable[str]) -> tuple[list[_Row], list[str]]:
    delimiter = _delimiter(text)
    rows = _parsed(text, delimiter, csv.QUOTE_MINIMAL)
    if rows is None or any(cell.count("\n") > _MANY_LINES for _, cells in rows for cell in cells):
        rows = _parsed(text, delimiter, csv.QUOTE_NONE) or []
    header = [cell.strip() for cell in rows[0][1]] if rows and _is_header(rows, asked) else []
    usual = len(header) or max((len(cells) for _, cells in rows[:50]), default=0)
    found: list[_Row] = []
    for number, cells in rows[1:] if header else rows:
        if len(cells) < usual and len(cells) < 2 <= usual:
            bad.append((number, Sentence("{count} cells, the others have {usual}", count=len(cells), usual=usual)))
        else:
            found.append((number, dict(enumerate(cells))))
    return found, header


def _parsed(text: str, delimiter: str, quoting: int) -> list[tuple[int, list[str]]] | None:
    """Return rows with their line numbers; None where quotes do not match up."""
    quoted = quoting == csv.QUOTE_MINIMAL
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    rows: list[tuple[int, list[str]]] = []
    try:
        before = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error:
        return None if quoted else rows
    return rows


def _delimiter(text: str) -> str:
    """Return the sign that splits most lines into equally many cells."""
    lines = [line for line in text[:65_536].split("\n") if line.strip()][:50]
    votes = {}
    for sign in _DELIMITERS:
        counts = [line.count(sign) for line in lines]
        usual = counts[0]
        votes[sign] = sum(count >= usual for count in counts) / len(counts) if usual else 0.0
    best = max(_DELIMITERS, key=lambda sign: votes[sign])
    return best if votes[best] > 0 else ","


def _is_header(rows: Sequence[tuple[int, list[str]]], asked: Iterable[str]) -> bool:
    """Return whether the first row names columns: by usual names or those asked for, or words above times."""
    first = rows[0][1]
    known = {name for names in NAMES.values() for name in names} | {_folded(word) for word in asked}
    if any(_folded(cell) in known for cell in first):
        return all(seconds(cell) is None for cell in first)
    below = [cells for _, cells in rows[1:50]]
    return any(_all_times(below, at) for at, cell in enumerate(first) if cell.strip() and seconds(cell) is None)


def _all_times(rows: Sequence[Sequence[str]], at: int) -> bool:
    cells = [cells[at] for cells in rows if at < len(cells)]
    return bool(cells) and all(seconds(cell) is not None for cell in cells)


def _folded(name: str) -> str:
    return name.strip().strip("\ufeff\"'").casefold().replace(" ", "_")


# --- columns -------------------------------------------------------------------------------------------------


def _columns(rows: Sequence[_Row], header: Sequence[str], asked: Mapping[str, str], name: str) -> dict[str, Any]:
    known: list[Any] = (
        list(range(len(header))) if header else list(dict.fromkeys(key for _, cells in rows[:200] for key in cells))
    )
    names = {key: _folded(header[key] if header else str(key)) for key in known}
    chosen: dict[str, Any] = {}
    for role, word in asked.items():
        chosen[role] = _asked(role, word, names, header, name)
    for role, usual in NAMES.items():
        found = next((key for want in usual for key in known if names[key] == want), None)
        if role not in chosen and found is not None and found not in chosen.values():
            chosen[role] = found
    if "text" not in chosen:
        _guess(rows, known, chosen)
    if "text" not in chosen:
        shown = ", ".join(header or map(str, known)) or "–"
        raise InputError(
            "{name}: no column of texts found. Name it: --column text=… (there are: {known}).", name=name, known=shown
        )
    return chosen


def _asked(role: str, word: str, names: Mapping[Any, str], header: Sequence[str], name: str) -> Any:
    for key, folded in names.items():
        if folded == _folded(word) or (isinstance(key, int) and word.isdigit() and int(word) == key + 1):
            return key
    shown = ", ".join(header) or ", ".join(str(key + 1) if isinstance(key, int) else str(key) for key in names)
    raise InputError(
        "{name}: there is no column {word!r} for {role}; there are: {known}.",
        name=name,
        word=word,
        role=role,
        known=shown,
    )


def _guess(rows: Sequence[_Row], known: Sequence[Any], chosen: dict[str, Any]) -> None:
    """Tell the columns by what they hold: times read as times, the longest of the rest are the texts."""
    sample = rows[:200]
    lengths: dict[Any, float] = {}
    for key in known:
        cells = [cells.get(key, "").strip() for _, cells in sample]
        filled = [cell for cell in cells if cell]
        if filled and sum(seconds(cell) is not None for cell in filled) > 0.8 * len(filled):
            chosen.setdefault("time", key)
        elif filled and key not in chosen.values():
            lengths[key] = sum(map(len, filled)) / len(sample)
    ordered = sorted(lengths, key=lambda key: -lengths[key])
    if ordered:
        chosen["text"] = ordered[0]
    if len(ordered) > 1:
        chosen.setdefault("user", ordered[1])


def _comments(rows: Sequence[_Row], chosen: Mapping[str, Any], bad: list[tuple[int, Sentence]]) -> list[Comment]:
    found = []
    for number, cells in rows[:MAX_COMMENTS]:
        text = " ".join(cells.get(chosen["text"], "").split())
        if not text:
            bad.append((number, Sentence("no text in it")))
            continue
        at = seconds(cells.get(chosen["time"], "")) if "time" in chosen else None
        user = cells.get(chosen["user"], "").strip() if "user" in chosen else ""
        found.append(Comment(text, user, at))
    return found


def _from_zero(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Return comments with times from the first one; a clock that goes back by half a day has passed midnight."""
    before, days, times = -float("inf"), 0.0, []
    for comment in comments:
        if comment.at is not None:
            days += _DAY_SEC if comment.at < before - _DAY_SEC / 2 and comment.at < _DAY_SEC else 0.0
            before = comment.at
        times.append(None if comment.at is None else comment.at + days)
    first = min((at for at in times if at is not None), default=0.0)
    return tuple(
        Comment(one.text, one.user, None if at is None else at - first) for one, at in zip(comments, times, strict=True)
    )
