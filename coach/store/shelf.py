"""A mentor's own scenarios as files: every version ever saved, and the text that the practice room plays.

    published/<id>.yaml      what the library reads; a file put there by hand counts too
    history/<id>/<n>.yaml    every version from 1 on; the newest is the text that is worked on
    history/<id>/<n>.json    who saved it, when and why

The files are the truth: which version is published follows from comparing texts. Changes of one folder happen one
after another, across processes; a text stands before its version counts, so a crash leaves no half version.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from coach.clock import wall_time
from coach.errors import InputError, StorageError
from coach.scenario.yaml_tree import MAX_BYTES
from coach.store.files import write_atomically
from coach.store.lock import waiting_lock

MAX_SCENARIOS = 1_000
"""Own scenarios in one folder."""
MAX_VERSIONS = 500
"""Versions kept of one scenario; the oldest go, never the published one."""
_LOCK_SEC = 5.0
_MOST_NUMBER = 10**9
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""As the file format has it, so no id can name another folder."""


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state of a scenario."""

    number: int
    """From 1; 0 is a published file that was never saved here."""
    author: str
    saved_at: str
    """ISO 8601, UTC."""
    note: str
    hash: str
    """SHA-256 of the text, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Own:
    """An own scenario as it stands."""

    id: str
    text: str
    """Of the newest version."""
    newest: Version
    published: int | None
    """Number of the published version; None for a draft."""


class VersionConflict(InputError):
    """Somebody has saved since; `newest` is theirs."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        super().__init__("Somebody saved version {newest} meanwhile. Look at the difference first.", newest=newest)


class Shelf:
    """The folder of own scenarios; made when something is first saved. All calls block.

    Every call that takes an id raises InputError where it is none or nothing is there, StorageError where the disk
    refuses.
    """

    def __init__(self, root: Path) -> None:
        self.published = root / "published"
        self._history = root / "history"
        self._root = root

    # --- reading --------------------------------------------------------------------------------------------

    def ids(self) -> list[str]:
        """Return the ids of all own scenarios."""
        saved = [path.name for path in _entries(self._history) if path.is_dir() and _newest_number(path)]
        played = [path.stem for path in _entries(self.published) if path.suffix == ".yaml"]
        return sorted({name for name in (*saved, *played) if _ID.fullmatch(name)})

    def all(self) -> list[Own]:
        """Return all own scenarios; one that is deleted meanwhile is left out."""
        found = []
        for scenario_id in self.ids():
            with contextlib.suppress(InputError):
                found.append(self.read(scenario_id))
        return found

    def __contains__(self, scenario_id: str) -> bool:
        """Return whether this is an own scenario."""
        return bool(_ID.fullmatch(scenario_id)) and (
            _newest_number(self._history / scenario_id) > 0 or self.played_file(scenario_id).is_file()
        )

    def read(self, scenario_id: str) -> Own:
        """Return a scenario with its newest text."""
        self._known(scenario_id)
        number = _newest_number(self._history / scenario_id)
        text = self.text(scenario_id, number)
        return Own(scenario_id, text, self._version(scenario_id, number, text), self._published(scenario_id))

    def text(self, scenario_id: str, number: int) -> str:
        """Return the text of a version; 0 is the published file."""
        self._known(scenario_id)
        path = self._file(scenario_id, number) if number else self.played_file(scenario_id)
        try:
            if not 0 <= number <= _MOST_NUMBER:  # no such version, and no file's name
                raise FileNotFoundError
            return path.read_bytes()[: MAX_BYTES + 1].decode("utf-8", "replace")
        except FileNotFoundError as error:
            raise InputError(
                "{id} has no version {number}; it may be older than those kept.", id=scenario_id, number=number
            ) from error
        except OSError as error:
            raise StorageError("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error) from error

    def versions(self, scenario_id: str) -> list[Version]:
        """Return all kept versions, newest first."""
        self._known(scenario_id)
        numbers = sorted(_numbers(self._history / scenario_id), reverse=True) or [0]
        return [self._version(scenario_id, number) for number in numbers]

    def played_file(self, scenario_id: str) -> Path:
        """Return where the published text of an id is or would be."""
        return self.published / f"{scenario_id}.yaml"

    # --- changing -------------------------------------------------------------------------------------------

    def create(self, scenario_id: str, text: str, *, author: str = "", note: str = "") -> Version:
        """Save the first version of a new scenario.

        Raises:
            InputError: If the id is taken here, or the folder is full.
        """
        _checked(scenario_id)
        with self._alone():
            if scenario_id in self:
                raise InputError("The id {id!r} is already taken; give this scenario an id of its own.", id=scenario_id)
            if len(self.ids()) >= MAX_SCENARIOS:
                raise InputError("There are {most} scenarios already; delete some first.", most=MAX_SCENARIOS)
            return self._write(scenario_id, 1, text, author, note)

    def save(self, scenario_id: str, text: str, *, base: int, author: str = "", note: str = "") -> Version:
        """Save a version on top of `base`, the one it was made from; the same text again is no new version.

        Raises:
            VersionConflict: If `base` is no longer the newest.
        """
        self._known(scenario_id)
        with self._alone():
            now = self.read(scenario_id)
            if now.newest.number != base:
                raise VersionConflict(now.newest.number)
            if now.text == text and base > 0:
                return now.newest
            if base == 0:  # a file put there by hand is kept as the first version
                self._write(scenario_id, 1, now.text, "", "")
            return self._write(scenario_id, max(base, 1) + 1, text, author, note)

    def publish(self, scenario_id: str, number: int) -> None:
        """Let the practice room play a version from now on."""
        with self._alone():
            text = self.text(scenario_id, number)
            self._folder(self.published)
            write_atomically(self.played_file(scenario_id), text)

    def unpublish(self, scenario_id: str) -> None:
        """Take it out of the practice room; its versions stay."""
        self._known(scenario_id)
        with self._alone():
            if not _newest_number(self._history / scenario_id):
                self._write(scenario_id, 1, self.text(scenario_id, 0), "", "")
            _remove(self.played_file(scenario_id))

    def delete(self, scenario_id: str) -> None:
        """Remove a scenario with all its versions for good."""
        self._known(scenario_id)
        with self._alone():
            _remove(self.played_file(scenario_id))
            _remove(self._history / scenario_id)

    # --- files ----------------------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._folder(self._root)
        try:
            with waiting_lock(self._root / "writer.lock", _LOCK_SEC):
                yield
        except TimeoutError as error:
            raise StorageError("{path} is in use by another process; try again.", path=self._root) from error

    def _folder(self, path: Path) -> None:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                "{path} could not be written: {reason}. {advice}", path=path, reason=error.strerror or error, advice=""
            ) from error

    def _write(self, scenario_id: str, number: int, text: str, author: str, note: str) -> Version:
        version = Version(number, author, wall_time().astimezone(UTC).isoformat(timespec="seconds"), note, _hash(text))
        self._folder(self._history / scenario_id)
        file = self._file(scenario_id, number)
        about = {name: value for name, value in asdict(version).items() if name != "number"}
        write_atomically(file.with_suffix(".json"), json.dumps(about, ensure_ascii=False, indent=1) + "\n")
        write_atomically(file, text)
        self._forget_oldest(scenario_id)
        return version

    def _forget_oldest(self, scenario_id: str) -> None:
        numbers = sorted(_numbers(self._history / scenario_id))
        if len(numbers) <= MAX_VERSIONS:
            return
        published = self._published(scenario_id)
        for number in numbers[: len(numbers) - MAX_VERSIONS]:
            if number != published:
                _remove(self._file(scenario_id, number))
                _remove(self._file(scenario_id, number).with_suffix(".json"))

    def _file(self, scenario_id: str, number: int) -> Path:
        return self._history / scenario_id / f"{number}.yaml"

    def _version(self, scenario_id: str, number: int, text: str | None = None) -> Version:
        """Return what is known of a version; a damaged note costs only the note."""
        path = self._file(scenario_id, number) if number else self.played_file(scenario_id)
        about: object = None
        with contextlib.suppress(OSError, ValueError, RecursionError):
            about = json.loads(path.with_suffix(".json").read_bytes())
        known = (
            {key: value for key, value in about.items() if isinstance(value, str)} if isinstance(about, dict) else {}
        )
        if not known.get("hash"):
            known["hash"] = _hash(self.text(scenario_id, number) if text is None else text)
        return Version(
            number,
            known.get("author", ""),
            known.get("saved_at") or _changed(path),
            known.get("note", ""),
            known["hash"],
        )

    def _published(self, scenario_id: str) -> int | None:
        """Return which version has the published text; 0 for a text that no version has."""
        if not self.played_file(scenario_id).is_file():
            return None
        played = _hash(self.text(scenario_id, 0))
        numbers = sorted(_numbers(self._history / scenario_id), reverse=True)
        return next((number for number in numbers if self._version(scenario_id, number).hash == played), 0)

    def _known(self, scenario_id: str) -> None:
        _checked(scenario_id)
        if scenario_id not in self:
            raise InputError("There is no own scenario {id!r}.", id=scenario_id)


def _checked(scenario_id: str) -> None:
    if not _ID.fullmatch(scenario_id):
        raise InputError(
            "Expected the id of a scenario (lower-case letters, digits, - and _, at most 64), got {id!r}.",
            id=scenario_id[:80],
        )


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _numbers(folder: Path) -> Iterator[int]:
    for path in _entries(folder):
        if path.suffix == ".yaml" and path.stem.isdecimal() and path.stem.isascii() and not path.stem.startswith("0"):
            yield int(path.stem)


def _newest_number(folder: Path) -> int:
    return max(_numbers(folder), default=0)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _changed(path: Path) -> str:
    try:
        at = path.stat().st_mtime
    except OSError:
        at = 0.0
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            "{path} could not be removed: {reason}.", path=path, reason=error.strerror or error
        ) from error
