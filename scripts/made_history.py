"""A history of rehearsals, made in seconds: for tests of the pages that show one, and for their screenshots.

Scripted streamers play shipped scenarios once each, the real scorer scores them, and the folders are written again and
again under other dates, with scores that move as a learner's do. No recordings but a few bytes that stand for them.

    uv run scripts/made_history.py DATA_DIR [COUNT] [LOCALE]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.events import Record, RehearsalEnded, RehearsalStarted
from coach.room.simulated.manner import StreamerName
from coach.room.simulated.simulate import staged
from coach.scenario.drill import drill_of
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario
from coach.score.drills import DRILL_SEC, DRILLS
from coach.score.focus_states import with_states
from coach.score.scorecard import Interval, NamedScore, Scorecard
from coach.score.scorer import score
from coach.store.files import STREAMER_AUDIO, VIEWERS_AUDIO
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from coach.store.summary import summary_of_log, summary_of_scorecard

_SCENARIOS = {"en-US": ("en-pour-kettle", "en-first-day-tote"), "zh-CN": ("zh-linen-shirt", "zh-first-day-flask")}
_STREAMERS: tuple[StreamerName, ...] = ("silent", "flustered", "rude", "flustered", "banned_claims", "skilled")
_KEPT_RECORDS = 40
"""Of a log: enough to be one."""


@dataclass(frozen=True, slots=True)
class _Take:
    loaded: LoadedScenario
    records: Sequence[Record]
    card: Scorecard


def main() -> int:
    """Make one; print how many rehearsals it has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path, metavar="DATA_DIR")
    parser.add_argument("count", nargs="?", type=int, default=24)
    parser.add_argument("locale", nargs="?", choices=sorted(_SCENARIOS), default="en-US")
    options = parser.parse_args()
    print(len(make_history(options.data_dir, options.count, options.locale)))
    return 0


def make_history(data_dir: Path, count: int, locale: str = "en-US", *, days: float = 55.0, seed: int = 1) -> list[str]:
    """Keep rehearsals in a room's data folder, which may be one that is running; return their ids, oldest first.

    Args:
        data_dir: What the room has as COACH_DATA_DIR.
        count: How many; every seventh is a drill, some have less pressure.
        locale: `en-US` or `zh-CN`.
        days: Over how many days up to now.
        seed: Of the scores' scatter.
    """
    dice = random.Random(seed)
    takes, drills = _takes(locale)
    store = SqlRehearsalStore(f"sqlite:///{(data_dir / 'coach.db').resolve().as_posix()}")
    ids = []
    before: Scorecard | None = None
    try:
        keeper = Keeper(data_dir / "rehearsals", store)
        for number in range(count):
            is_drill = number % 7 == 5
            take = (
                drills[number % len(drills)] if is_drill else takes[min(number * len(takes) // count, len(takes) - 1)]
            )
            at = datetime.now(UTC) - timedelta(days=days * (1 - number / max(1, count - 1)), minutes=20)
            card = _aged(take, number, number / max(1, count - 1), dice).model_copy(
                update={"rehearsal_id": f"made-{locale[:2]}-{number:04d}"}
            )
            card = with_states(card, None if is_drill else before)
            before = before if is_drill else card
            _keep(keeper, take, card, at, exposure="calm" if number % 9 == 1 else "full")
            ids.append(card.rehearsal_id)
    finally:
        store.close()
    return ids


@cache
def _takes(locale: str) -> tuple[list[_Take], list[_Take]]:
    library = Library([ROOT / "scenarios"])
    loaded = [library.get(name) for name in _SCENARIOS[locale]]
    drill = DRILLS["fill_the_gap"]
    trained = drill_of(
        loaded[0], drill.id, drill.viewer, DRILL_SEC, drill.name.zh if locale == "zh-CN" else drill.name.en
    )
    takes = [_take(loaded[index % 3 == 2], streamer) for index, streamer in enumerate(_STREAMERS)]
    return takes, [_take(trained, "skilled")]


def _take(loaded: LoadedScenario, streamer: StreamerName) -> _Take:
    records = list(staged(loaded.scenario, streamer, 1).records)
    return _Take(loaded, records, score(loaded.scenario, records))


def _aged(take: _Take, number: int, progress: float, dice: random.Random) -> Scorecard:
    """Give a scorecard the scores of a learner: pacing rises, coverage stays, composure is not always measured."""
    means = {"pacing": 48 + 26 * progress, "coverage": 74.0, "composure": 58 + 12 * progress}

    def moved(item: NamedScore) -> NamedScore:
        if item.id == "composure" and number % 4 == 2:
            return item.model_copy(update={"value": None, "interval": None})
        value = round(min(98.0, max(5.0, dice.gauss(means[item.id], 7))), 1)
        interval = Interval(low=max(0.0, value - 11), high=min(100.0, value + 9)) if item.id == "composure" else None
        return item.model_copy(update={"value": value, "interval": interval, "not_measured": None, "words": None})

    return take.card.model_copy(update={"scores": [moved(item) for item in take.card.scores]})


def _keep(keeper: Keeper, take: _Take, card: Scorecard, at: datetime, *, exposure: str) -> None:
    first = take.records[0].event
    if not isinstance(first, RehearsalStarted):
        raise TypeError(f"expected a log that begins with RehearsalStarted, got {type(first).__name__}")
    started = replace(
        first,
        rehearsal_id=card.rehearsal_id,
        started_at=at.isoformat(timespec="seconds"),
        exposure="calm" if exposure == "calm" else "full",
        difficulty=take.loaded.scenario.difficulty,
    )
    kept = take.records[1:_KEPT_RECORDS]
    end = Record(seq=len(kept) + 1, at=kept[-1].at if kept else 0.0, event=RehearsalEnded(reason="time"))
    records = [Record(seq=0, at=0.0, event=started), *kept, end]
    files = keeper.open(summary_of_log(card.rehearsal_id, records, started.started_at), take.loaded.text)
    try:
        files.append(records)
        for name in (STREAMER_AUDIO, VIEWERS_AUDIO):
            (files.path / name).write_bytes(b"OggS" + bytes(60_000))
        files.save_scorecard(card.model_dump_json())
    finally:
        files.close()
    keeper.update(summary_of_scorecard(card, started))


if __name__ == "__main__":
    sys.exit(main())
