"""Keeps rehearsals: opens, loads, lists and deletes them, folder and index row together."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from coach.errors import InputError, StorageError
from coach.growth.result import VERSION, Result
from coach.ports import FindingMark, RehearsalPage, RehearsalQuery, RehearsalStore, RehearsalSummary
from coach.score.scorecard import Finding, Mark
from coach.store import files
from coach.store.files import RehearsalFiles, SavedRehearsal, load_folder, write_atomically
from coach.store.marks import read_marks, write_marks
from coach.store.results import result_in

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_TRASH = ".deleted-"
MOST_RESULTS = 5000
"""Results read at once: several rehearsals a day for years."""


class Keeper:
    """Implements `coach.ports.Keeper`. Synchronous; safe to share between threads.

    Args:
        root: Folder of the rehearsals' folders; made when needed.
        store: The index; closed by whoever opened it.
    """

    def __init__(self, root: Path, store: RehearsalStore) -> None:
        self.root = root
        self.store = store
        self._marking = threading.Lock()

    def folder(self, rehearsal_id: str) -> Path:
        """Return where a rehearsal's folder is or would be; never outside the root.

        Raises:
            InputError: If the id could not be one of ours.
        """
        if not is_rehearsal_id(rehearsal_id):
            raise InputError(
                "Expected the id of a rehearsal (letters, digits, - and _, at most 64), got {rehearsal_id!r}.",
                rehearsal_id=rehearsal_id,
            )
        return self.root / rehearsal_id

    def open(self, summary: RehearsalSummary, scenario_text: str) -> RehearsalFiles:
        """Create the folder with `scenario.yaml` and the index row.

        Raises:
            InputError: If the id could lead outside the root.
            StorageError: If either cannot be written.
        """
        path = self.folder(summary.id)
        opened = RehearsalFiles.create(path, scenario_text)
        try:
            self.store.save(summary)
        except BaseException:
            opened.close()
            shutil.rmtree(path, ignore_errors=True)
            raise
        return opened

    def update(self, summary: RehearsalSummary) -> None:
        """Replace the index row; of a scored rehearsal also what lists and trends need of its scorecard.

        Raises:
            StorageError: If it cannot be written.
        """
        self.store.save(summary)
        if summary.state == "scored":
            self._index_result(summary.id)

    def get(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return the index row, or None."""
        return self.store.get(rehearsal_id)

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return index rows, newest first."""
        return self.store.list(limit=limit, state=state)

    def find(self, query: RehearsalQuery) -> RehearsalPage:
        """Return the index rows that a query finds."""
        return self.store.find(query)

    def results(self, ids: Sequence[str] | None = None) -> Sequence[Result]:
        """Return what is kept of scorecards for lists and trends, of all rehearsals or of those named, newest first."""
        kept = self.store.results(VERSION, limit=MOST_RESULTS, ids=ids)
        return [_result(facts) for facts in kept]

    def wrong(self) -> Mapping[str, Collection[str]]:
        """Return the findings marked as wrong, by rehearsal."""
        found: dict[str, set[str]] = {}
        for rehearsal_id, finding_id in self.store.wrong():
            found.setdefault(rehearsal_id, set()).add(finding_id)
        return found

    def index_results(self) -> int:
        """Fill in, from the folders, the results that the index lacks; return how many there were."""
        return sum(self._index_result(rehearsal_id) for rehearsal_id in self.store.without_result(VERSION))

    def _index_result(self, rehearsal_id: str) -> bool:
        result = result_in(self.folder(rehearsal_id))
        if result is None:
            return False
        self.store.save_result(rehearsal_id, VERSION, result.model_dump_json())
        row = self.store.get(rehearsal_id)
        if row is not None and row.kind != result.kind:
            self.store.save(replace(row, kind=result.kind))
        return True

    def load(self, rehearsal_id: str) -> SavedRehearsal:
        """Read a rehearsal's folder.

        Raises:
            InputError: If there is none of that id.
            StorageError: If it cannot be read.
        """
        path = self.folder(rehearsal_id)
        if not (path / files.EVENTS).is_file():
            raise InputError(
                "There is no rehearsal {rehearsal_id!r} in {folder}.", rehearsal_id=rehearsal_id, folder=self.root
            )
        return load_folder(path)

    def scorecard(self, rehearsal_id: str) -> str | None:
        """Return the scorecard's JSON, or None while there is none."""
        try:
            return (self.folder(rehearsal_id) / files.SCORECARD).read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(
                "The scorecard of {rehearsal_id} cannot be read: {reason}.", rehearsal_id=rehearsal_id, reason=error
            ) from error

    def save_scorecard(self, rehearsal_id: str, text: str) -> None:
        """Replace the scorecard of a finished rehearsal in one step.

        Raises:
            StorageError: If it cannot be written.
        """
        write_atomically(self.folder(rehearsal_id) / files.SCORECARD, text)

    def marks(self, rehearsal_id: str) -> dict[str, Mark]:
        """Return what findings of a rehearsal were marked as, by finding id.

        Raises:
            StorageError: If they cannot be read.
        """
        return read_marks(self.folder(rehearsal_id))

    def mark(self, rehearsal_id: str, finding: Finding, mark: Mark | None) -> dict[str, Mark]:
        """Mark a finding, or with None take its mark away; return all marks of the rehearsal.

        Raises:
            StorageError: If folder or index cannot be written.
        """
        folder = self.folder(rehearsal_id)
        with self._marking:
            marks = read_marks(folder)
            if mark is None:
                marks.pop(finding.id, None)
            else:
                marks[finding.id] = mark
            write_marks(folder, marks)
            rules = {item.finding_id: item.rule for item in self.store.marks(rehearsal_id)} | {finding.id: finding.rule}
            self._index_marks(rehearsal_id, marks, rules)
        return marks

    def index_marks(self, rehearsal_id: str, findings: Sequence[Finding]) -> None:
        """Bring the index's marks of a rehearsal in line with its folder; for an index that was lost."""
        with self._marking:
            rules = {finding.id: finding.rule for finding in findings}
            self._index_marks(rehearsal_id, read_marks(self.folder(rehearsal_id)), rules)

    def _index_marks(self, rehearsal_id: str, marks: Mapping[str, Mark], rules: Mapping[str, str]) -> None:
        rows = [FindingMark(name, rules.get(name, ""), mark) for name, mark in sorted(marks.items())]
        self.store.replace_marks(rehearsal_id, rows)

    def delete(self, rehearsal_id: str) -> bool:
        """Remove folder and row for good; return whether there was anything.

        The folder is first renamed, in one step, to a name that is never listed: a crash in between cannot bring
        the rehearsal back, and `sweep` finishes the work.

        Raises:
            InputError: If it is still running, here or in another process.
            StorageError: If the disk refuses.
        """
        path = self.folder(rehearsal_id)
        there = path.is_dir()
        if there:
            if files.is_owned(path):
                raise InputError(
                    "Rehearsal {rehearsal_id} is still running; end it before deleting it.", rehearsal_id=rehearsal_id
                )
            self._discard(path)
        return self.store.delete(rehearsal_id) or there

    def sweep(self) -> None:
        """Finish deletions that a crash interrupted."""
        if self.root.is_dir():
            for path in self.root.glob(_TRASH + "*"):
                shutil.rmtree(path, ignore_errors=True)

    def ids_on_disk(self) -> Sequence[str]:
        """Return the ids of all folders that hold a log."""
        if not self.root.is_dir():
            return []
        return sorted(
            path.name for path in self.root.iterdir() if is_rehearsal_id(path.name) and (path / files.EVENTS).is_file()
        )

    def _discard(self, path: Path) -> None:
        trash = path.with_name(_TRASH + path.name)
        try:
            shutil.rmtree(trash, ignore_errors=True)
            path.rename(trash)
            shutil.rmtree(trash)
        except OSError as error:
            raise StorageError("{path} could not be removed: {reason}.", path=path, reason=error) from error


@lru_cache(maxsize=2000)
def _result(facts: str) -> Result:
    """Read a result; the page asks for the same ones for its trends, its focus points and the next step."""
    return Result.model_validate_json(facts)


def is_rehearsal_id(text: str) -> bool:
    """Return whether `text` is a safe id: a plain name, no dots, no separators."""
    return _ID.fullmatch(text) is not None
