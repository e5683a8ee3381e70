"""Unnamed viewers who come, write a line or two and go, where the scenario's own are too few for its density.

Pure and seeded. They type, and what they say never counts as a pressure event of its own: they are the noise of the
room. Their ids begin with `passer-`.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from coach.language import Language
from coach.language.pack_text import read_yaml
from coach.room.heard import flatten
from coach.room.reading import Move, Reading
from coach.room.tempo import HOSTILE, Tempo
from coach.room.viewer import ViewerState
from coach.scenario.model import PASSING, ScenarioViewer, ViewerType

_BENIGN: dict[ViewerType, int] = {"friendly": 6, "impatient": 4, "low_room": 1}
_HOSTILE: dict[ViewerType, int] = {"troll": 4, "spammer": 4, "contrarian": 1, "derailer": 1}
"""Types of passers-by and how often they come. A design default."""
_OWN_LINES_PER_MIN = 4.0
"""What one of the scenario's own viewers says a minute in a busy room, answers included. A design default."""
_LINES_PER_MIN = 2.5
"""What one passer-by says a minute. A design default."""
_MOST = 16
"""Passers-by at a time; more names than that nobody can follow."""
_ARRIVE_EVERY_SEC = (1.0, 3.0)
_STAY_SEC = (35.0, 90.0)
"""How long one stays. A design default; dwell times under two minutes are common in such rooms."""
_NOTHING_ON_SEC = 12.0
"""Dead air after which nobody new stays to watch."""


def is_passer_by(viewer_id: str) -> bool:
    """Return whether this is no viewer of the scenario."""
    return viewer_id.startswith(PASSING)


class PassersBy:
    """Decides who passes by, and when. All times room seconds.

    Args:
        tempo: Density and hostile share aimed at.
        language: `zh` or `en` and how its names are read.
        types: Viewer types that have lines.
        taken: Names of the scenario's own viewers.
        rng: Decides.
    """

    def __init__(
        self,
        tempo: Tempo,
        language: Language,
        types: Collection[str],
        taken: Collection[str],
        rng: random.Random,
    ) -> None:
        self._tempo = tempo
        self._language = language
        self._rng = rng
        self._benign = {kind: weight for kind, weight in _BENIGN.items() if kind in types}
        self._hostile = {kind: weight for kind, weight in _HOSTILE.items() if kind in types}
        self._names = [name for name in names(language.code) if name not in taken]
        rng.shuffle(self._names)
        self._count = 0
        self._next_at = rng.uniform(*_ARRIVE_EVERY_SEC)
        self._until: dict[str, float] = {}
        self._here: dict[str, str] = {}

    def arrival(
        self, now: float, here: Sequence[ViewerState], silent_sec: float, *, more: bool, hostile: bool
    ) -> ScenarioViewer | None:
        """Return somebody who comes in now, or None.

        Args:
            now: Room seconds.
            here: Everybody in the room who is not leaving.
            silent_sec: How long the streamer has been silent.
            more: Whether lines are due that nobody writes.
            hostile: Whether the lines so far are short of hostile ones.
        """
        if not self._tempo.filled or now < self._next_at or silent_sec > _NOTHING_ON_SEC:
            return None
        if len(self._until) >= min(_MOST, self._wanted(here) + (2 if more or hostile else 0)):
            return None
        self._next_at = now + self._rng.uniform(*_ARRIVE_EVERY_SEC)
        kinds = self._hostile if hostile or self._too_friendly(here) else self._benign
        return self.one(now, kinds or self._benign) if kinds or self._benign else None

    def mob(self, now: float, count: int) -> list[ScenarioViewer]:
        """Return a crowd that comes to attack; it stays a few seconds."""
        kinds: dict[ViewerType, int] = {kind: 1 for kind in ("spammer", "troll") if kind in self._hostile}
        return [self.one(now, kinds) for _ in range(count)] if kinds else []

    def one(self, now: float, kinds: dict[ViewerType, int]) -> ScenarioViewer:
        """Return a new passer-by of one of these types."""
        self._count += 1
        viewer_id = f"{PASSING}{self._count}"
        kind = self._rng.choices(list(kinds), list(kinds.values()))[0]
        round_, place = divmod(self._count - 1, len(self._names))
        name = self._names[place] + (str(round_ + 1) if round_ else "")
        self._until[viewer_id] = now + self._rng.uniform(*_STAY_SEC)
        self._here[viewer_id] = flatten(name, self._language).strip()
        return ScenarioViewer(
            id=viewer_id, type=kind, name=name, channel="chat", patience=float(self._rng.randint(35, 65))
        )

    def recall(self, viewer_id: str, name: str, now: float) -> None:
        """Take up one who came in an earlier rehearsal."""
        number = viewer_id.removeprefix(PASSING)
        self._count = max(self._count, int(number) if number.isdecimal() else 0)
        self._until[viewer_id] = now + self._rng.uniform(*_STAY_SEC)
        self._here[viewer_id] = flatten(name, self._language).strip()

    def stay_on(self, now: float) -> None:
        """Let those who are here stay as if they had just come."""
        self._until = {viewer_id: now + self._rng.uniform(*_STAY_SEC) for viewer_id in self._until}
        self._next_at = now + self._rng.uniform(*_ARRIVE_EVERY_SEC)

    def stay_until(self, viewer_id: str, until: float) -> None:
        """Set when a passer-by goes."""
        self._until[viewer_id] = until

    def going(self, now: float) -> list[str]:
        """Return those whose time is up, until they are `gone`."""
        return [viewer_id for viewer_id, until in self._until.items() if until <= now]

    def gone(self, viewer_id: str) -> None:
        """Forget one who went."""
        self._until.pop(viewer_id, None)
        self._here.pop(viewer_id, None)

    def called(self, reading: Reading) -> Reading:
        """Return the reading with the passers-by it calls by name."""
        flat = flatten(reading.text, self._language)
        moves = tuple(Move("addresses", target=viewer_id) for viewer_id, name in self._here.items() if name in flat)
        return replace(reading, moves=(*reading.moves, *moves)) if moves else reading

    def _wanted(self, here: Sequence[ViewerState]) -> int:
        own = sum(not is_passer_by(state.spec.id) for state in here)
        missing = self._tempo.lines_per_min - own * _OWN_LINES_PER_MIN
        return max(0, round(missing / _LINES_PER_MIN))

    def _too_friendly(self, here: Sequence[ViewerState]) -> bool:
        hostile = sum(state.spec.type in HOSTILE for state in here)
        return hostile + 1 <= self._tempo.hostile_share * (len(here) + 1)


@cache
def names(code: str) -> tuple[str, ...]:
    """Return the screen names of a language, `zh` or `en`."""
    path = Path(__file__).parent / "packs" / f"names_{code}.yaml"
    return tuple(str(name) for name in read_yaml(path.read_text(encoding="utf-8"))["names"])
