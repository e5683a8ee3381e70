"""Lines that came one right after the other, with what was said to them: whose answer is whose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from coach.language.reader.reader import reader
from coach.room.answered import Answered, asked_of
from coach.room.exchange import Exchange
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


class Crowd(NamedTuple):
    """Lines that wait at once, and what was said until the next line."""

    lines: tuple[Line, ...]
    said: tuple[Spoken, ...]
    until: float
    """Where the next line begins."""


def crowds(
    lines: Sequence[Line], after: Callable[[Line], Sequence[Spoken]], next_start: Callable[[Line], float]
) -> Iterator[Crowd]:
    """Yield the lines between which no utterance began that could answer, two at least.

    Args:
        lines: That wait for an answer, in order.
        after: The utterances that can answer a line.
        next_start: Where the line after one begins.
    """
    for run in _runs(lines, after):
        until = next_start(run[-1])
        said = tuple(item for item in after(run[-1]) if item.start < until)[:_UTTERANCES]
        if len(run) > 1 and said:
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


def others_answers(crowd: Crowd, exchange_of: Callable[[Line], Exchange]) -> Iterator[tuple[Line, set[int]]]:
    """Yield each line of a crowd with the records of the utterances that answer only others."""
    exchanges = [exchange_of(line) for line in crowd.lines]
    strengths = [[_strength(exchange, item.text) for item in crowd.said] for exchange in exchanges]
    own = owned(openers(strengths), len(crowd.said))
    answers = set[int]().union(*own)
    for line, mine in zip(crowd.lines, own, strict=True):
        yield line, {crowd.said[at].seq for at in answers - mine}


def _strength(exchange: Exchange, text: str) -> float:
    """Return the log-odds that an utterance answers a line."""
    reading, asked = read(text, exchange.scenario), exchange.question.text
    answered = Answered(asked, exchange.type, exchange.treatment, (text,))
    odds = reader().handled(*asked_of(answered, exchange.scenario.product)).replies
    odds = min(_MOST, max(-_MOST, odds)) + _SURE * exchange.is_sure(reading)
    if exchange.calls_viewer(text):
        return odds + _CALLED
    return odds - _CALLED * exchange.is_to_another(reading)
