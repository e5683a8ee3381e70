"""Which utterance after viewers' lines answers which: several may wait at once, a thought may be finished first.

Whoever is asked in mid-thought often finishes it before the answer, and viewers write while others wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from coach.language.reader.reader import reader
from coach.room.answered import Answered, asked_of
from coach.room.exchange import REPLYING, Exchange
from coach.room.reading import read
from coach.score.pairing import openers, owned
from coach.score.timeline import Line, Spoken

_LINES = 4
"""Lines that wait at once, the latest; who wrote before them is answered by what comes first, as ever."""
_UTTERANCES = 5
"""Utterances after them that are told apart."""
_SURE = 2.0
"""What telling the very thing that was asked adds, log-odds."""
_CALLED = 8.0
"""What a name called adds, and takes from all others."""
_MOST = 4.0
"""Log-odds of the reader beyond which it is no surer."""
_IS_ANSWER = 0.0
"""Log-odds from which the first words after a line are its answer, whatever comes later."""


class Crowd(NamedTuple):
    """Lines that wait at once, one or more, and what was said until the next line."""

    lines: tuple[Line, ...]
    said: tuple[Spoken, ...]
    until: float
    """Where the next line begins."""


def crowds(
    lines: Sequence[Line], after: Callable[[Line], Sequence[Spoken]], next_start: Callable[[Line], float]
) -> Iterator[Crowd]:
    """Yield the lines between which no utterance began that could answer, where there is anything to tell apart.

    Args:
        lines: That wait for an answer, in order.
        after: The utterances that can answer a line.
        next_start: Where the line after one begins.
    """
    for run in _runs(lines, after):
        until = next_start(run[-1])
        said = tuple(item for item in after(run[-1]) if item.start < until)[:_UTTERANCES]
        if said and (len(run) > 1 or len(said) > 1):
            yield Crowd(tuple(run[-_LINES:]), said, until)


def _runs(lines: Sequence[Line], after: Callable[[Line], Sequence[Spoken]]) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and any(item.start < line.start for item in after(run[-1])):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def no_answers(crowd: Crowd, exchange_of: Callable[[Line], Exchange]) -> Iterator[tuple[Line, set[int]]]:
    """Yield each line of a crowd with the records of the utterances that are no answer to it.

    What responds to somebody, for good or bad, is passed over only where it answers somebody else.
    """
    exchanges = [exchange_of(line) for line in crowd.lines]
    if len(exchanges) == 1 and _is_answer(exchanges[0], crowd.said[0].text):
        return
    strengths = [[_strength(exchange, item.text) for item in crowd.said] for exchange in exchanges]
    opened = openers(strengths)
    own = owned(opened, len(crowd.said))
    answers = set[int]().union(*own)
    for line, exchange, mine, at in zip(crowd.lines, exchanges, own, opened, strict=True):
        first = [place for place in range(at or 0) if place not in answers]
        passed = {place for place in first if not _responds(exchange, crowd.said[place].text)}
        yield line, {crowd.said[place].seq for place in (answers | passed) - mine}


def _is_answer(exchange: Exchange, text: str) -> bool:
    """Return whether words right after a line are taken for its answer without a look at what comes later."""
    if _responds(exchange, text) or exchange.is_sure(read(text, exchange.scenario)):
        return True
    return _strength(exchange, text) >= _IS_ANSWER


def _responds(exchange: Exchange, text: str) -> bool:
    """Return whether words do something that is done to somebody: good or bad, they are not passed over."""
    return read(text, exchange.scenario).did(*REPLYING)


def _strength(exchange: Exchange, text: str) -> float:
    """Return the log-odds that an utterance answers a line."""
    reading, asked = read(text, exchange.scenario), exchange.question.text
    answered = Answered(asked, exchange.type, exchange.treatment, (text,))
    odds = reader().handled(*asked_of(answered, exchange.scenario.product)).replies
    odds = min(_MOST, max(-_MOST, odds)) + _SURE * exchange.is_sure(reading)
    if exchange.calls_viewer(text):
        return odds + _CALLED
    return odds - _CALLED * exchange.is_to_another(reading)
