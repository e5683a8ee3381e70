"""The files of results: written whole and in order, each taking its name only once it is finished."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from coach.errors import MissingPart, StorageError
from coach.score.batch.journal import Journal
from coach.score.batch.overview import overview
from coach.score.batch.rows import COLUMNS, Kind

FORMATS = ("csv", "jsonl", "parquet", "html")
SCREEN_FORMATS = ("csv", "jsonl")
"""Those that can be read as they come."""
PROBLEMS = "scores.problems.txt"
_ROW_GROUP = 4096


def write_all(journal: Journal, folder: Path, formats: Iterable[str], language: str) -> None:
    """Write the files asked for, and what could not be used, if anything.

    Raises:
        StorageError: If the disk is full or gone.
        MissingPart: If Parquet is asked for and pyarrow is not installed.
    """
    writers: Mapping[str, Callable[[Journal, Path], None]] = {
        "csv": _write_csv,
        "jsonl": _write_jsonl,
        "parquet": _write_parquet,
        "html": lambda journal, path: _write_html(journal, path, language),
    }
    for name in dict.fromkeys(formats):
        writers[name](journal, folder / f"scores.{name}")
    _write_problems(journal, folder / PROBLEMS, language)


def require_parquet() -> None:
    """Say before any work is done that Parquet cannot be written.

    Raises:
        MissingPart: If pyarrow is not installed; says how to get it.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise MissingPart("Parquet files need pyarrow. Install it with: uv sync --extra parquet") from error


def csv_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the header and a line for each row, line ends included. Cells that a spreadsheet would run are quoted."""
    yield _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([_harmless(row.get(name)) for name in COLUMNS])


def _write_csv(journal: Journal, path: Path) -> None:
    # Spreadsheets take UTF-8 for granted only after this mark.
    with _whole(path) as file:
        file.write(b"\xef\xbb\xbf")
        for line in csv_lines(journal.rows()):
            file.write(line.encode())


def _write_jsonl(journal: Journal, path: Path) -> None:
    with _whole(path) as file:
        for line in journal.lines():
            file.write(line)


def _write_html(journal: Journal, path: Path, language: str) -> None:
    with _whole(path) as file:
        file.write(overview(journal, language).encode())


def _write_problems(journal: Journal, path: Path, language: str) -> None:
    first = next(journal.problems(language), None)
    if first is None:
        path.unlink(missing_ok=True)
        return
    with _whole(path) as file:
        for problem in journal.problems(language):
            file.write(f"{problem}\n".encode())


def _write_parquet(journal: Journal, path: Path) -> None:
    require_parquet()
    import pyarrow
    from pyarrow import parquet

    types: dict[Kind, Any] = {
        "text": pyarrow.string(),
        "real": pyarrow.float64(),
        "int": pyarrow.int32(),
        "bool": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    with _whole(path) as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _groups(journal.rows(), _ROW_GROUP):
            table = {name: [_typed(row.get(name), kind) for row in rows] for name, kind in COLUMNS.items()}
            writer.write_table(pyarrow.table(table, schema=schema))


def _typed(value: Any, kind: Kind) -> Any:
    return float(value) if kind == "real" and value is not None else value


def _groups(rows: Iterator[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only once it is whole; told in a sentence if the disk does not have it."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StorageError(
            "{path} could not be written: {reason}. Free space on the disk, or give another folder with --out; what is "
            "done is kept",
            path=path,
            reason=error.strerror or error,
        ) from error


def _csv_line(cells: Iterable[Any]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
