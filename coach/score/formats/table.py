"""CSV: a header line, one turn a row. Columns are known by name or given; missing and ambiguous ones are asked for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import Place, Sentence, TranscriptError
from coach.score.formats.encoding import refuse_binary, text_of
from coach.score.formats.moment import date_of, seconds_of
from coach.score.formats.roles import settle
from coach.score.formats.turn import ReadFile, Reading, TranscriptProblem, Turn

FIELDS = ("text", "role", "speaker", "t0", "t1", "viewer", "type", "streamer")
_KNOWN: Mapping[str, str] = {
    "text": "text content message transcript utterance sentence words said line 内容 文本 文字 原话 台词 话 发言 "
    "发言内容 说话内容 话语 字幕 弹幕内容 文稿 句子 转写 转写内容 转写文本 识别结果",
    "role": "role speakerrole 角色 身份 说话角色",
    "speaker": "speaker name user username nickname speakername 说话人 发言人 讲话人 发言者 昵称 用户 用户名 "
    "用户昵称 姓名 名字",
    "t0": "t0 start starttime startsec startseconds begin begintime from time timestamp 开始 开始时间 开始秒 起始 "
    "起始时间 时间 时间戳 发送时间",
    "t1": "t1 end endtime endsec endseconds stop to 结束 结束时间 结束秒 终止 终止时间",
    "viewer": "viewer viewerid userid uid 观众 观众id 观众编号 用户id",
    "type": "type viewertype kind 类型 观众类型 用户类型",
    "streamer": "streamer streamerid streamername hostid hostname anchorid 主播 主播id 主播编号 主播名 主播姓名",
}
_FIELD_OF = {name: field for field, names in _KNOWN.items() for name in names.split()}
_MILLISECONDS = re.compile(r"(?:ms|msec|millis|milliseconds|毫秒)$")
_DELIMITERS = ",\t;|，"
_SEPARATOR = re.compile(r"\s*\"?sep=(?P<sign>[,;\t|])\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_SHOWN = 12
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each field stands, and how many seconds a number of its times is."""

    at: Mapping[str, int]
    scales: Mapping[str, float]

    def cell(self, row: Sequence[str], field: str) -> str:
        place = self.at.get(field)
        return row[place].strip() if place is not None and place < len(row) else ""


def read_table(raw: bytes, path: Path, reading: Reading) -> ReadFile:
    """Read a table.

    Raises:
        TranscriptError: If it is no text, a column or who speaks must be given first; says how.
    """
    text = text_of(raw, path)
    refuse_binary(text, path)
    file = ReadFile()
    rows = _rows(text, path, file.problems)
    _, header = next(rows, (0, []))
    kept = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    columns = _columns(header, reading.columns, path, _longest(header, kept))
    if "role" not in columns.at and "speaker" not in columns.at and reading.role is None:
        raise _nobody(header, columns, path)
    zero = _first_date(kept, columns)
    turns = [turn for number, row in kept if (turn := _turn(number, row, columns, zero, path, file.problems))]
    file.values = settle(turns, reading, path)
    file.streamer = next((name for _, row in kept if (name := columns.cell(row, "streamer"))), "")
    return file


def _nobody(header: Sequence[str], columns: _Columns, path: Path) -> TranscriptError:
    """Return the question who speaks, with a column that may tell where one is left."""
    free = [name.strip() for place, name in enumerate(header) if place not in columns.at.values() and name.strip()]
    if not free:
        return TranscriptError(
            "{path}: no column says who speaks (columns: {found}). Add one called role with streamer or viewer in it, "
            "or give --role streamer if all of it is the streamer's",
            path=path,
            found=_shown(header),
        )
    return TranscriptError(
        "{path}: no column says who speaks (columns: {found}). Name one, for example --columns {example}, or give "
        "--role streamer if all of it is the streamer's",
        path=path,
        found=_shown(header),
        example=_quoted(f"role={free[0]}"),
    )


def _longest(header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> str:
    """Return the name of the column with the most text: what people say is longer than times and names."""
    sizes = [sum(len(row[place]) for _, row in rows if place < len(row)) for place in range(len(header))]
    named = [place for place, name in enumerate(header) if name.strip()]
    return header[max(named, key=lambda place: sizes[place])].strip() if named else "text"


def _quoted(pair: str) -> str:
    """Return what can be pasted into a shell."""
    return f"'{pair}'" if re.search(r"[\s'\"&;|<>()$#*]", pair) else pair


def _rows(text: str, path: Path, problems: list[TranscriptProblem]) -> Iterator[tuple[int, list[str]]]:
    """Yield first line number and cells of each row."""
    csv.field_size_limit(_LONGEST_CELL)
    told = _SEPARATOR.match(text)  # Excel's own first line
    text = text[told.end() :] if told else text
    head = next((line for line in text.splitlines() if line.strip()), "")
    # newline="" semantics: quoted cells may hold line breaks.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told["sign"] if told else _delimiter(head))
    skipped = int(bool(told))
    last = skipped
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = Sentence("cannot be read as a row of a table ({reason}), skipped", reason=error)
            problems.append(TranscriptProblem(Place(str(path), last + 1), said))
            last = reader.line_num + skipped
            continue
        number, last = last + 1, reader.line_num + skipped
        if last == number or any(row):
            yield number, row


def _delimiter(head: str) -> str:
    """Return what parts the most known names, else the most cells, of the header line."""

    def worth(sign: str) -> tuple[int, int]:
        cells = next(csv.reader([head], delimiter=sign), [])
        return sum(_plain(cell)[0] in _FIELD_OF for cell in cells), len(cells)

    return max(_DELIMITERS, key=worth)


def _plain(name: str) -> tuple[str, bool]:
    """Return a column's name as listed, and whether it holds milliseconds: `Start (ms)` gives `start`, True."""
    plain = re.sub(r"[\s_\-.()（）\[\]/:：]", "", name.lower())
    bare = _MILLISECONDS.sub("", plain)
    if bare != plain and bare in _FIELD_OF:
        return bare, True
    for unit in ("seconds", "sec", "s", "秒"):
        if plain.endswith(unit) and plain.removesuffix(unit) in _FIELD_OF and plain not in _FIELD_OF:
            return plain.removesuffix(unit), False
    return plain, False


def _columns(header: Sequence[str], given: Mapping[str, str], path: Path, longest: str) -> _Columns:
    names = [name.strip() for name in header]
    at = {field: _given(field, wanted, names, path) for field, wanted in given.items()}
    for field in FIELDS:
        places = [place for place, name in enumerate(names) if _FIELD_OF.get(_plain(name)[0]) == field]
        places = [place for place in places if place not in at.values()]
        if field in at or not places:
            continue
        if len(places) > 1:
            raise TranscriptError(
                "{path}: {places} may all be the column of '{field}'. Say which, for example --columns "
                "{field}={example}",
                path=path,
                places=_shown([names[place] for place in places]),
                field=field,
                example=names[places[0]],
            )
        at[field] = places[0]
    if "text" not in at:
        raise TranscriptError(
            "{path}: the first line must name the columns; which holds the words? Found: {found}. Say so, "
            "for example --columns {example}",
            path=path,
            found=_shown(names),
            example=_quoted(f"text={longest}"),
        )
    scales: dict[str, float] = {
        field: 0.001 if _plain(names[at[field]])[1] else 1.0 for field in ("t0", "t1") if field in at
    }
    return _Columns(at, scales)


def _given(field: str, wanted: str, names: Sequence[str], path: Path) -> int:
    for place, name in enumerate(names):
        if name == wanted or name.lower() == wanted.lower():
            return place
    raise TranscriptError(
        "{path}: expected a column '{wanted}' for '{field}', found: {found}",
        path=path,
        wanted=wanted,
        field=field,
        found=_shown(names),
    )


def _shown(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name[:40]}'" for name in names[:_SHOWN] if name) or "-"
    return f"{shown} …" if len(names) > _SHOWN else shown


def _first_date(rows: Sequence[tuple[int, Sequence[str]]], columns: _Columns) -> float | None:
    """Return the earliest moment where the table gives dates: seconds count from there."""
    dates = (date_of(columns.cell(row, "t0")) for _, row in rows)
    return min((date for date in dates if date is not None), default=None)


def _turn(
    number: int,
    row: Sequence[str],
    columns: _Columns,
    zero: float | None,
    path: Path,
    problems: list[TranscriptProblem],
) -> Turn | None:
    times: dict[str, float | None] = {}
    for field in ("t0", "t1"):
        cell = columns.cell(row, field)
        times[field] = _seconds(cell, columns.scales.get(field, 1.0), zero) if cell else None
        if cell and times[field] is None:
            said = Sentence("expected a time in seconds or as 0:01:23, got {got!r}, line skipped", got=cell[:40])
            problems.append(TranscriptProblem(Place(str(path), number, field=field), said))
            return None
    return Turn(
        number,
        columns.cell(row, "text"),
        columns.cell(row, "speaker"),
        times["t0"],
        times["t1"],
        columns.cell(row, "viewer"),
        columns.cell(row, "type"),
        columns.cell(row, "role"),
    )


def _seconds(cell: str, scale: float, zero: float | None) -> float | None:
    date = date_of(cell)
    if date is not None and zero is not None:
        return round(date - zero, 3)
    return seconds_of(cell, scale)
