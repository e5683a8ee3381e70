"""The folder of one rehearsal.

`events.jsonl` (the log), `scenario.yaml` (the exact text used), `scorecard.json`, `streamer.ogg`, `viewers.ogg`,
and `writer.lock`, held by whoever writes. Lines reach the operating system as they are written, so a killed process
loses at most the line it was writing; reading and reopening both cope with a cut last line.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from coach.errors import InputError, Sentence, StorageError
from coach.events import Record, RehearsalEnded, RehearsalStarted, dump_record, load_record
from coach.store.lock import FileLock

EVENTS = "events.jsonl"
SCENARIO = "scenario.yaml"
SCORECARD = "scorecard.json"
STREAMER_AUDIO = "streamer.ogg"
VIEWERS_AUDIO = "viewers.ogg"
LOCK = "writer.lock"


@dataclass(frozen=True, slots=True)
class SavedRehearsal:
    """What a folder holds."""

    path: Path
    records: tuple[Record, ...]
    scenario_text: str
    """Empty if `scenario.yaml` is missing."""
    scorecard_text: str | None = None
    """JSON of the scorecard; null if none was written."""
    dropped: tuple[str, ...] = field(default=())
    """A sentence per part of the log that could not be read."""

    @property
    def started(self) -> RehearsalStarted | None:
        """The first event, if the log has come that far."""
        first = self.records[0].event if self.records else None
        return first if isinstance(first, RehearsalStarted) else None

    @property
    def ended(self) -> RehearsalEnded | None:
        """The last event, if the log is closed."""
        last = self.records[-1].event if self.records else None
        return last if isinstance(last, RehearsalEnded) else None


def load_folder(path: Path) -> SavedRehearsal:
    """Read a rehearsal's folder; a cut last line or a broken one is dropped and reported.

    Raises:
        InputError: If there is no log in it.
        StorageError: If it cannot be read.
    """
    try:
        raw = (path / EVENTS).read_bytes()
        scenario_text = _read_text(path / SCENARIO) or ""
        scorecard_text = _read_text(path / SCORECARD)
    except FileNotFoundError as error:
        raise InputError(
            "Expected the folder of a rehearsal with {file} in it, got {path}.", file=EVENTS, path=path
        ) from error
    except OSError as error:
        raise StorageError(
            "The rehearsal in {path} cannot be read: {reason}.", path=path, reason=_reason(error)
        ) from error
    records, dropped = parse_log(raw)
    return SavedRehearsal(path, tuple(records), scenario_text, scorecard_text, tuple(dropped))


def first_of(path: Path) -> RehearsalStarted | None:
    """Return the first event of a folder's log, reading no more than its line; null if there is none to read."""
    try:
        with (path / EVENTS).open("rb") as lines:
            event = load_record(lines.readline()).event
    except (OSError, InputError):
        return None
    return event if isinstance(event, RehearsalStarted) else None


def parse_log(raw: bytes) -> tuple[list[Record], list[str]]:
    """Return the records of a log's bytes, and a sentence for each line that is not one."""
    records: list[Record] = []
    dropped: list[str] = []
    *lines, tail = raw.split(b"\n")
    for number, line in enumerate([*lines, tail], start=1):
        if not line.strip():
            continue
        try:
            records.append(load_record(line))
        except InputError as error:
            cut = number > len(lines)
            what = Sentence("the last line was cut off while it was written") if cut else error.text
            place = f"{EVENTS}:{number}"
            dropped.append(Sentence("{place}: dropped {count} bytes: {what}", place=place, count=len(line), what=what))
    return records, dropped


def write_atomically(path: Path, text: str, *, private: bool = False) -> None:
    """Write a file in one step: a reader, or a crash, sees the old content or the new.

    Args:
        path: Where.
        text: What.
        private: Whether only this account may read it, where the system knows such a thing.

    Raises:
        StorageError: If the disk is full or gone.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        mode = 0o600 if private else 0o666
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise StorageError(
            "{path} could not be written: {reason}. {advice}", path=path, reason=_reason(error), advice=_ADVICE
        ) from error


_ADVICE = Sentence("Free space on the disk, or choose another data folder (COACH_DATA_DIR).")


def replace_scorecard(path: Path, text: str) -> Path | None:
    """Replace the scorecard in a rehearsal's folder; return where the old one stays, or None if there was none.

    Old ones are `scorecard.1.json`, `scorecard.2.json` and so on, the oldest first.

    Raises:
        StorageError: If the disk is full or gone; then the old one is still in place.
    """
    old, kept = _read_text(path / SCORECARD), None
    if old is not None:
        number = next(number for number in itertools.count(1) if not (path / _old_name(number)).exists())
        kept = path / _old_name(number)
        write_atomically(kept, old)
    write_atomically(path / SCORECARD, text)
    return kept


def _old_name(number: int) -> str:
    return f"scorecard.{number}.json"


class RehearsalFiles:
    """One rehearsal's open folder; implements `coach.ports.RehearsalFiles`. Called from one writer thread.

    Invariant: `events.jsonl` holds whole lines with `seq` from 0 without gaps, whatever failed.
    """

    def __init__(self, path: Path, lock: FileLock, file: BinaryIO, size: int, next_seq: int) -> None:
        self._path = path
        self._lock = lock
        self._file = file
        self._size = size
        self._next_seq = next_seq

    @classmethod
    def create(cls, path: Path, scenario_text: str) -> RehearsalFiles:
        """Make the folder, which must not exist, with `scenario.yaml` and an empty log.

        Raises:
            StorageError: If it cannot be made.
        """
        try:
            path.mkdir(parents=True)
        except OSError as error:
            raise StorageError(
                "The folder {path} could not be made: {reason}. {advice}",
                path=path,
                reason=_reason(error),
                advice=_ADVICE,
            ) from error
        # The lock comes before the log: a folder with a log and no holder is therefore one left by a crash.
        lock = _lock(path)
        try:
            write_atomically(path / SCENARIO, scenario_text)
            return cls._open(path, lock, 0, 0)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def reopen(cls, path: Path) -> RehearsalFiles:
        """Take over a folder whose writer is gone; a cut last line is removed for good.

        Raises:
            StorageError: If a living process still writes it, or the disk refuses.
            InputError: If there is no log in it.
        """
        lock = _lock(path)
        try:
            records, _ = parse_log(_whole_lines(path))
            size = (path / EVENTS).stat().st_size
            return cls._open(path, lock, size, records[-1].seq + 1 if records else 0)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _open(cls, path: Path, lock: FileLock, size: int, next_seq: int) -> RehearsalFiles:
        try:
            return cls(path, lock, (path / EVENTS).open("ab", buffering=0), size, next_seq)
        except OSError as error:
            raise StorageError(
                "{path} could not be opened: {reason}. {advice}",
                path=path / EVENTS,
                reason=_reason(error),
                advice=_ADVICE,
            ) from error

    @property
    def path(self) -> Path:
        """The folder."""
        return self._path

    def append(self, records: Sequence[Record]) -> None:
        """Write whole JSON lines to `events.jsonl`: all of these records, or none of them.

        Records that are there already are skipped, so after a failure the same ones may be given again, with more.

        Raises:
            StorageError: If the disk is full or gone, or records in between never reached it.
        """
        fresh = [record for record in records if record.seq >= self._next_seq]
        if not fresh:
            return
        if fresh[0].seq != self._next_seq:
            raise StorageError(
                "{path} ends before record {wanted} because an earlier write failed; record {seq} cannot follow it.",
                path=self._path / EVENTS,
                wanted=self._next_seq,
                seq=fresh[0].seq,
            )
        data = b"".join(dump_record(record) + b"\n" for record in fresh)
        try:
            _write_all(self._file, data)
        except (OSError, ValueError) as error:
            self._undo()
            raise StorageError(
                "{path} could not be written: {reason}. {advice}",
                path=self._path / EVENTS,
                reason=_reason(error),
                advice=_ADVICE,
            ) from error
        self._size += len(data)
        self._next_seq = fresh[-1].seq + 1

    def save_scorecard(self, text: str) -> None:
        """Write `scorecard.json` in one step (a reader sees the old file or the new one).

        Raises:
            StorageError: If the disk is full or gone.
        """
        write_atomically(self._path / SCORECARD, text)

    def close(self) -> None:
        """Close the log and let go of the folder. Idempotent."""
        try:
            if not self._file.closed:
                with contextlib.suppress(OSError):
                    os.fsync(self._file.fileno())
            self._file.close()
        finally:
            self._lock.release()

    def _undo(self) -> None:
        """Cut what a failed write left; freeing space needs none."""
        with contextlib.suppress(OSError, ValueError):
            self._file.truncate(self._size)


def is_owned(path: Path) -> bool:
    """Return whether a living process writes this folder."""
    lock = FileLock.try_take(path / LOCK)
    if lock is None:
        return True
    lock.release()
    return False


def _lock(path: Path) -> FileLock:
    try:
        lock = FileLock.try_take(path / LOCK)
    except OSError as error:
        raise StorageError(
            "{path} cannot be written: {reason}. {advice}", path=path, reason=_reason(error), advice=_ADVICE
        ) from error
    if lock is None:
        raise StorageError(
            "The rehearsal in {path} is being written by another process; end it there first.", path=path
        )
    return lock


def _whole_lines(path: Path) -> bytes:
    """Make the log on disk end with a whole line, and return its bytes."""
    try:
        with (path / EVENTS).open("r+b") as file:
            raw = file.read()
            head, newline, tail = raw.rpartition(b"\n")
            if not tail:
                return raw
            if _is_record(tail):
                file.write(b"\n")
                return raw + b"\n"
            file.truncate(len(head) + len(newline))
            return head + newline
    except FileNotFoundError as error:
        raise InputError(
            "Expected the folder of a rehearsal with {file} in it, got {path}.", file=EVENTS, path=path
        ) from error
    except OSError as error:
        raise StorageError(
            "{path} cannot be repaired: {reason}. {advice}", path=path / EVENTS, reason=_reason(error), advice=_ADVICE
        ) from error


def _is_record(line: bytes) -> bool:
    try:
        load_record(line)
    except InputError:
        return False
    return True


def _write_all(file: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _read_text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
