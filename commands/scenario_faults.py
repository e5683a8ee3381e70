"""Says of a scenario that is used all the same that it has errors: once for each text, on stderr."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import complain
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.scenario_check import Checker
    from coach.scenario.finding import Finding

_MOST_LOOKED_AT = 200
"""Different scenarios of one run that are looked at: each takes some 40 ms, and a batch may bring thousands."""
_OF_AGE = frozenset({"stale", "expired"})
"""Rules that results do not depend on: a rehearsal that was kept holds its scenario as it was."""


class ScenarioFaults:
    """Remembers which scenarios have been looked at."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._seen: set[bytes] = set()
        self._told_most = False
        self._checker: Checker | None = None

    def tell(self, path: str, text: str) -> None:
        """Say how many errors a scenario has, the first, and how to see all; nothing of one without.

        Args:
            path: Its file.
            text: What it holds; copies with the same text are told once.
        """
        digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        if digest in self._seen:
            return
        if len(self._seen) >= _MOST_LOOKED_AT:
            self._tell_most()
            return
        self._seen.add(digest)
        found = self._check(path, text)
        errors = [finding for finding in found if finding.severity == "error" and finding.rule not in _OF_AGE]
        if errors:
            first = errors[0].told(self._say.sentence)
            complain(self._say("scenario.faulty", count=len(errors), first=first, path=shlex.quote(path)))

    def tell_beside(self, path: str) -> None:
        """Say the same of the `scenario.yaml` beside a file; one that cannot be read is told where it is used."""
        from coach.errors import ScenarioError
        from coach.scenario.encoding import text_of
        from coach.scenario.load import read_bytes
        from coach.score.batch.find import SCENARIO

        beside = Path(path).with_name(SCENARIO)
        try:
            text = text_of(read_bytes(beside), str(beside))
        except ScenarioError:
            return
        self.tell(str(beside), text)

    def _tell_most(self) -> None:
        if not self._told_most:
            self._told_most = True
            complain(self._say("scenario.most_looked_at", count=_MOST_LOOKED_AT))

    def _check(self, path: str, text: str) -> list[Finding]:
        from coach.clock import wall_time
        from coach.room.scenario_check import Checker
        from coach.settings import load_settings
        from commands.compose import library

        if self._checker is None:
            self._checker = Checker(wall_time().date(), library(load_settings()).all)
        return self._checker.check(text, path, "")
