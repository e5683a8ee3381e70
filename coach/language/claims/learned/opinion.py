"""The learned opinion on one utterance: findings of the rules that it doubts, and claims that no wording names."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from coach.language.claims.flat import Flat
from coach.language.claims.learned.model import Model, Seen, model
from coach.language.claims.learned.passages import (
    LONGEST,
    SHORT,
    Passage,
    around,
    clause_at,
    clauses,
    passages,
    text_of,
)
from coach.language.claims.rule import Category, Rule, Severity, all_rules
from coach.language.cut_zh import cut_words
from coach.language.reader.asked import ClaimRead, Said
from coach.language.reader.reader import reader

KEPT = -1.5
"""Log-odds under which a finding of a rule is dropped."""
SURE = 0.5
"""The same under which it warns only."""
FOUND = 0.0
"""Log-odds from which a passage without any finding gets one."""
GRAVE = 2.0
"""The same from which it blocks a pass: a wrong one costs an honest streamer the day."""
ALONE = 0.4
"""Log-odds from which a clause by itself is what breaks a rule in its passage."""
BESIDE = 0.8
"""Log-odds from which a clause gets one beside another finding in its passage."""
_OF_SHEET = 0.1
"""Share of words of the sheet up to which it counts how many there are."""
_USUAL = {"zh": 26, "en": 17}
"""Characters or words and marks of a usual passage."""
_WINDOW = {"zh": 110, "en": 330}
"""Characters of an utterance that are read around a passage: about as many as the reader takes in."""
_CLAUSE = {"zh": 5, "en": 4}
"""Characters or words of a clause that can be one."""
_HOPELESS = -2.0
"""Score up to which a passage or a clause in which no rule finds anything is not read: three quarters of all passages.
On labelled sets that the score did not learn from, one violation of some 480 would be found if they were."""
_LIFT = 2.0
"""Log-odds by which the utterance around a passage may well be more like a violation than the passage; where that would
not matter it is not read. Reading all changed nothing in 200 talks, and took half as long again."""
_TELLING = 3
"""Characters or words of a clause that can be what breaks a rule."""
_REACH = {"zh": 20, "en": 60}
"""Characters between a wording and a clause of the same remark."""
_OF_IT = 3.0
"""Log-odds by which a clause may be less like a violation than the one with the wording, and be part of its remark."""
_HEARD = 0.1
"""Least share of a finding's category among all that the reader hears: of 37 findings under it one was right."""
_READ = 4096
"""Passages and utterances whose reading is kept; a talk is read more than once."""
_QUOTED = {"zh": 30, "en": 100}
"""Characters up to which clauses are quoted whole."""
_BESIDE_IT = {"zh": 8, "en": 6}
"""Characters or words and marks quoted of longer ones on either side of what points to a category."""
_POINTS = 0.3
"""How much a word must point to the category to be quoted."""
_PLACE: Mapping[str, int] = {name: place for place, name in enumerate(get_args(Category))}
OF_THE_SHEET = ("own", "disclosure")
"""Categories that only the sheet or a rule knows of."""


class Held(NamedTuple):
    """What the rules find in a text: where in the flat text, of which category, and whether it stands."""

    at: int
    category: str
    turned_down: str


class Implied(NamedTuple):
    """A claim that no wording names."""

    rule: Rule
    severity: Severity
    start: int
    end: int
    """Where in the flat text its words stand."""
    clause: tuple[int, int]


class Opinion:
    """What the model makes of one utterance.

    Args:
        made: The utterance, ready.
        turn: The same as it is to be read, of the same length, after the viewer's line.
        code: `zh` or `en`.
        trade: What is sold.
        held: What the rules find in it.
        sheet: Tells how much of some flat words the product sheet has too.
    """

    def __init__(
        self,
        made: Flat,
        turn: Said,
        code: str,
        trade: str,
        held: Sequence[Held],
        sheet: Callable[[str], float],
    ) -> None:
        self._turn = turn
        self._made, self._code, self._model, self._trade, self._sheet = made, code, model(code), trade, sheet
        self._weighs = self._model.pack.weighs
        self._cut, self._scores = _scored(made.flat, code, trade)
        self._held = [[item for item in held if passage.start <= item.at < passage.end] for passage in self._cut]
        self._odds = [self._judged(*parts) for parts in zip(self._cut, self._scores, self._held, strict=True)]

    def _judged(self, passage: Passage, score: float, held: Sequence[Held]) -> float:
        """Return the log-odds that a passage breaks a rule."""
        if not held and score <= _HOPELESS:
            return -math.inf
        sheet = self._sheet(self._made.flat[passage.start : passage.end])
        alone = seen_alone(passage, self._trade, score, held, sheet)
        most = self._weighs.odds(alone._replace(turn=alone.read + _LIFT))
        if most < KEPT:
            return most
        turn = around_it(self._turn, *self._made.cut(passage.start, passage.end), self._code)
        return self._weighs.odds(with_turn(alone, turn, self._trade, self._code))

    def _judged_alone(self, clause: Passage, score: float) -> float:
        """Return the log-odds that a clause breaks a rule by itself, whatever else its utterance does."""
        if score <= _HOPELESS:
            return -math.inf
        return self._weighs.odds(seen_alone(clause, self._trade, score, (), 0.0))

    def odds(self, held: Held) -> float:
        """Return the log-odds that a finding is right; minus infinity where another category is heard."""
        here = next((at for at, passage in enumerate(self._cut) if passage.start <= held.at < passage.end), None)
        if here is None or not self._tells_enough(self._cut[here]):
            return SURE
        return self._odds[here] if is_heard(held, self._cut[here], self._trade) else -math.inf

    def told(self, start: int, end: int) -> tuple[int, int]:
        """Return where the remark stands that these flat words are of.

        Clauses of their passage belong to it that break a rule by themselves, and the one that is most like it: rules
        find *no gym* where *and her jeans are falling off her* is what was claimed.
        """
        passage = next((item for item in self._cut if item.start < end and start < item.end), None)
        cut = clauses(passage, self._code) if passage is not None else []
        if len(cut) < 2:
            return start, end
        odds = [read_claim(text_of(clause), self._trade, self._code).odds for clause in cut]
        is_own = [clause.start < end and start < clause.end for clause in cut]
        own = max((each for each, mine in zip(odds, is_own, strict=True) if mine), default=math.inf)
        beside = [
            (each, clause)
            for each, clause, mine in zip(odds, cut, is_own, strict=True)
            if not mine
            and len(clause.units) >= _TELLING
            and max(clause.start - end, start - clause.end) <= _REACH[self._code]
        ]
        most = max((each for each, _ in beside), default=own)
        told = [clause for each, clause in beside if each > max(0.0, own - _OF_IT) or each == most > own]
        return min([start, *(clause.start for clause in told)]), max([end, *(clause.end for clause in told)])

    def _tells_enough(self, passage: Passage) -> bool:
        return len(passage.units) >= SHORT[self._code]

    def implied(self) -> Iterator[Implied]:
        """Yield claims that no rule finds: by clause where a clause alone says it, else one for the passage."""
        for number, passage in enumerate(self._cut):
            odds, least = self._odds[number], FOUND if self._tells_enough(passage) else GRAVE
            if any(not item.turned_down and self.odds(item) >= KEPT for item in self._held[number]):
                yield from self._by_clause(number, BESIDE, math.inf)
            elif odds >= least:
                yield from self._by_clause(number, ALONE, odds) or self._claim(number, passage, odds)

    def _by_clause(self, number: int, least: float, most: float) -> list[Implied]:
        """Return a claim for each clause without any finding that looks like one by itself."""
        passage = self._cut[number]
        cut = clauses(passage, self._code)
        if len(cut) < 2:
            return []
        held, found = self._held[number], list[Implied]()
        for clause, score in zip(cut, self._model.scores(cut, self._trade), strict=True):
            if len(clause.units) < _CLAUSE[self._code] or any(clause.start <= item.at < clause.end for item in held):
                continue
            odds = self._judged_alone(clause, score)
            if odds >= least:
                found += self._claim(number, clause, min(most, odds))
        return found

    def _claim(self, number: int, passage: Passage, odds: float) -> list[Implied]:
        shares = read_claim(text_of(passage), self._trade, self._code).shares
        category = max(implied_rules(self._code), key=lambda name: shares[_PLACE[name]])
        if any(item.category == category and item.turned_down for item in self._held[number]):
            return []  # the rules know of it, and why it is none
        rule = implied_rules(self._code)[category]
        severity: Severity = rule.severity if odds >= GRAVE else "M"
        start, end = _words(passage, category, self._model, self._code)
        if self._code == "zh":
            start, end = _whole_words(self._made.flat, start, end)
        clause = (min(start, passage.start), max(end, passage.end))
        return [Implied(rule, severity, start, end, clause)]


def seen_alone(passage: Passage, trade: str, score: float, held: Sequence[Held], sheet: float) -> Seen:
    """Return what is known of a passage by itself.

    Args:
        passage: The passage; it is read here.
        trade: What is sold.
        score: What the linear model makes of it.
        held: What the rules find in it.
        sheet: How much of its words the product sheet has too.
    """
    code = passage.code
    read = read_claim(text_of(passage), trade, code).odds
    return Seen(
        score=score,
        read=read,
        turn=read,
        found=any(not item.turned_down and is_heard(item, passage, trade) for item in held),
        turned_down=any(item.turned_down for item in held),
        sheet=min(sheet, _OF_SHEET),
        long=math.log(max(1.0, min(len(passage.units), LONGEST[code]) / _USUAL[code])),
    )


def with_turn(alone: Seen, turn: Said, trade: str, code: str) -> Seen:
    """Return what is known of a passage with what the utterance around it is read for."""
    return alone._replace(turn=read_claim(turn.text, trade, code, turn.line).odds)


def around_it(turn: Said, start: int, end: int, code: str) -> Said:
    """Return an utterance, of a long one what stands around a stretch of it."""
    text, room = turn.text, _WINDOW[code]
    if len(text) <= room:
        return turn
    first = max(0, min(start - (room - (end - start)) // 2, len(text) - room))
    last = first + room
    if code == "en":  # whole words
        first = text.rfind(" ", 0, first + 1) + 1
        last = text.find(" ", last) if " " in text[last:] else len(text)
    return Said(text[first:last], turn.line)


def is_heard(held: Held, passage: Passage, trade: str) -> bool:
    """Return whether the reader hears a finding's category in its passage, or right around its words.

    Another category may drown it in the passage. What only the sheet or a rule knows of counts as heard.
    """
    if held.category in OF_THE_SHEET:
        return True
    code = passage.code
    near = (read_claim(text_of(part), trade, code).shares for part in (passage, around(passage, held.at)))
    return any(shares[_PLACE[held.category]] >= _HEARD * sum(shares) for shares in near)


def scores_of(flat: str, code: str, trade: str) -> list[float]:
    """Return how much like a violation each passage of a flat text looks."""
    return _scored(flat, code, trade)[1]


@lru_cache(maxsize=512)
def _scored(flat: str, code: str, trade: str) -> tuple[list[Passage], list[float]]:
    """Return the passages of a text with their scores; a talk is read more than once."""
    cut = passages(flat, code)
    return cut, model(code).scores(cut, trade)


@lru_cache(maxsize=_READ)
def read_claim(text: str, trade: str, code: str, line: str = "") -> ClaimRead:
    """Return what the reader takes a passage, or an utterance after a viewer's line, for; `code` is the talk's."""
    return reader().claims([Said(text, line)], trade, code)[0]


def _words(passage: Passage, category: str, weigh: Model, code: str) -> tuple[int, int]:
    """Return the clauses that hold the words that point to a category, of very long ones the words around them.

    Without such words it is the whole passage.
    """
    found = weigh.signs.senses.find(passage.units)
    telling = [item for item in found if weigh.points_to(category, item.sense) >= _POINTS]
    if not telling:
        return passage.start, passage.end
    first, last = telling[0].start, max(item.end for item in telling)
    start, end = passage.cut(first, last)
    begin, finish = clause_at(passage, start, code).start, clause_at(passage, end - 1, code).end
    if finish - begin <= _QUOTED[code]:
        return begin, finish
    beside = passage.cut(max(0, first - _BESIDE_IT[code]), min(len(passage.units), last + _BESIDE_IT[code]))
    return max(begin, beside[0]), min(finish, beside[1])


def _whole_words(flat: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of Chinese that cuts no word at its ends."""
    across = [word for word in cut_words(flat) if word.start < start < word.end or word.start < end < word.end]
    return min([start, *(word.start for word in across)]), max([end, *(word.end for word in across)])


@cache
def implied_rules(code: str) -> Mapping[str, Rule]:
    """Return the rule per category under which such claims are explained."""
    return {rule.category: rule for rule in all_rules(code) if rule.id.endswith(".implied")}
