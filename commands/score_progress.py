"""How far a long run is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commands.console import complain, stderr
from commands.texts import Say

if TYPE_CHECKING:
    from coach.score.batch.job import Outcome

_EVERY_SEC = 15.0
_SURE_SEC = 5.0
"""A rate of less than this says nothing yet."""


def with_progress(outcomes: Iterable[Outcome], total: int, say: Say) -> Iterator[Outcome]:
    """Yield outcomes, showing how many are done, how fast, and how long it will still take."""
    return _bar(outcomes, total, say) if stderr().is_terminal else _lines(outcomes, total, say)


def _bar(outcomes: Iterable[Outcome], total: int, say: Say) -> Iterator[Outcome]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        def render(self, task: Task) -> Text:
            return Text(say("score.rate", rate=task.speed) if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(""), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), transient=True, speed_estimate_period=20) as progress:
        yield from progress.track(outcomes, total=total, description=say("score.progress"))


def _lines(outcomes: Iterable[Outcome], total: int, say: Say) -> Iterator[Outcome]:
    from coach.clock import Stopwatch

    watch, first, told = Stopwatch(), 0.0, 0.0
    for done, outcome in enumerate(outcomes, start=1):
        yield outcome
        passed = watch.elapsed_sec()
        # Processes take a while to start, which says nothing about the rate.
        first = first or passed
        if passed - first >= _SURE_SEC and passed - told >= _EVERY_SEC:
            told = passed
            rate = (done - 1) / max(passed - first, 1e-3)
            complain(say("score.so_far", done=done, total=total, rate=rate, left=_clock((total - done) / rate)))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
