"""Which utterance after viewers' lines answers which: several may wait at once, a thought may be finished first.

Whoever is asked in mid-thought often finishes it before the answer, and viewers write while others wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

from coach.language.reader.reader import reader
from coach.room.answered import CLEARLY, Answered, asked_of
from coach.room.exchange import REPLYING, Exchange
from coach.room.plain_answers import asks_else
from coach.room.reading import Reading, read
from coach.score.pairing import openers, owned
from coach.score.timeline import Line, Spoken

_LINES = 4
"""Lines that wait at once, the latest; who wrote before them is answered by what comes first, as ever."""
_UTTERANCES = 5
"""Utterances after them that are told apart."""
_WAITS = 4
"""Utterances after a line among which its answer opens: whoever is passed over longer is passed over."""
_SURE = 2.0
"""What telling the very thing that was asked adds, log-odds."""
_CALLED = 8.0
"""What a name called adds, and takes from all others."""
_MOST = 4.0
"""Log-odds of the reader beyond which it is no surer."""
_WEAK, _SURER = -1.5, 1.0
"""Log-odds under which what opened an answer may have been none, so that the line waits on; and how much likelier one
has to be then that comes after the next line."""
_EVEN, _ODD = 0.5, -1.5
"""Log-odds of a bare yes or no: for everybody who asked for one, and for who asked what, how or how much."""
_LATER = 1.0
"""Log-odds that words after the first ones need for being the answer to the one line that waits."""
_IS_ANSWER = 0.0
"""Log-odds from which the first words after a line are its answer, whatever comes later."""


After = Callable[[Line], Sequence[Spoken]]
"""Returns the utterances that can answer a line."""


@dataclass(slots=True)
class Apart:
    """What is no answer to each line, by its record."""

    passed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Records of utterances that answer somebody else, or come before the answer."""
    until: dict[int, float] = field(default_factory=dict)
    """Where the next line after the answer begins."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A line that waits, and what has been said since that may have been no answer to it."""

    line: Line
    exchange: Exchange
    since: tuple[Spoken, ...] = ()
    best: float = CLEARLY
    """The most that any of it may have been an answer, log-odds."""

    def passes(self, said: Iterable[Spoken]) -> set[int]:
        """Return the records of what responds to nobody: good or bad, what does is not passed over."""
        return {item.seq for item in said if not _responds(self.exchange, item.text)}


def told_apart(
    lines: Sequence[Line], after: After, next_start: Callable[[Line], float], exchange_of: Callable[[Line], Exchange]
) -> Apart:
    """Return what answers which line.

    Args:
        lines: That wait for an answer, in order.
        after: The utterances that can answer a line.
        next_start: Where the line after one begins.
        exchange_of: A line as it is read.
    """
    found, waiting = Apart(), list[_Waiting]()
    for run in _runs(lines, after):
        until = next_start(run[-1])
        said = [item for item in after(run[-1]) if item.start < until][:_UTTERANCES]
        waiting = [one for one in waiting if said and said[0] in after(one.line)[:_WAITS]]
        waiting = [*waiting, *(_Waiting(line, exchange_of(line)) for line in run)][-_LINES:]
        waiting = _answered(waiting, said, after, until, found)
    return found


def _runs(lines: Sequence[Line], after: After) -> Iterator[list[Line]]:
    """Yield lines between which no utterance began that could answer."""
    run: list[Line] = []
    for line in lines:
        if run and any(item.start < line.start for item in after(run[-1])):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _answered(
    waiting: Sequence[_Waiting], said: Sequence[Spoken], after: After, until: float, found: Apart
) -> list[_Waiting]:
    """Add what was said after some lines to what was found, and return those that go on waiting."""
    if not said:
        return list(waiting)
    strengths = _strengths(waiting, said, after)
    opened = openers(strengths, [one.best for one in waiting])
    own = owned(opened, len(said))
    answers = set[int]().union(*own)
    left: list[_Waiting] = []
    for one, row, mine, at in zip(waiting, strengths, own, opened, strict=True):
        passed = found.passed[one.line.seq]
        passed |= {said[place].seq for place in answers - mine}
        unclaimed = [item for place, item in enumerate(said[:at]) if place not in answers]
        if at is not None:
            passed |= one.passes((*one.since, *unclaimed))
            found.until[one.line.seq] = until
        if at is None or row[at] < _WEAK:
            kept = [said[place] for place in range(at or 0, len(said)) if place not in answers - mine]
            best = one.best if at is None else max(one.best, row[at] + _SURER)
            left.append(_Waiting(one.line, one.exchange, (*one.since, *kept), best))
    return left


def _strengths(waiting: Sequence[_Waiting], said: Sequence[Spoken], after: After) -> list[list[float]]:
    """Return the log-odds that utterances answer lines, a row per line; no more are asked than are needed."""
    exchanges = [one.exchange for one in waiting]
    readings = [read(item.text, exchanges[0].scenario) for item in said]
    if len(waiting) == 1 and _is_answer(exchanges[0], readings[0]):
        return [[_MOST, *(-_MOST for _ in said[1:])]]
    bare = [not _takes_up(reading, exchanges) for reading in readings]
    rows: list[list[float]] = []
    for one in waiting:
        near = {item.seq for item in after(one.line)}
        heard = zip(said, readings, bare, strict=True)
        rows.append(
            [_strength(one.exchange, reading, alone) if item.seq in near else -inf for item, reading, alone in heard]
        )
    if len(rows) == 1:
        rows = [[rows[0][0], *(odds if odds >= _LATER else -inf for odds in rows[0][1:])]]
    return rows


def _is_answer(exchange: Exchange, reading: Reading) -> bool:
    """Return whether words right after a line are taken for its answer without a look at what comes later."""
    if reading.did(*REPLYING) or exchange.is_sure(reading):
        return True
    return _strength(exchange, reading, is_bare=False) >= _IS_ANSWER


def _takes_up(reading: Reading, exchanges: Sequence[Exchange]) -> bool:
    """Return whether an utterance says a figure, or a word again of any line."""
    figures = exchanges[0].language.numbers(reading.text)
    return bool(figures) or any(one.echoes(reading) or one.echoes_opening(reading) for one in exchanges)


def _responds(exchange: Exchange, text: str) -> bool:
    """Return whether words do something that is done to somebody: good or bad, they are not passed over."""
    return read(text, exchange.scenario).did(*REPLYING)


def _strength(exchange: Exchange, reading: Reading, is_bare: bool) -> float:
    """Return the log-odds that an utterance answers a line.

    A bare yes or no, which takes up nothing of any line, does not tell whom it is for: that goes by the order.
    """
    answered = Answered(exchange.question.text, exchange.type, exchange.treatment, (reading.text,))
    odds = reader().handled(*asked_of(answered, exchange.scenario.product)).replies
    if is_bare and exchange.is_yes_or_no(reading):
        odds = _ODD if asks_else(exchange.question.text, exchange.code) else _EVEN
    odds = min(_MOST, max(-_MOST, odds)) + _SURE * exchange.is_sure(reading)
    if exchange.calls_viewer(reading.text):
        return odds + _CALLED
    return odds - _CALLED * exchange.is_to_another(reading)
