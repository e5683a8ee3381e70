"""Words that the learned reader finds to contradict a selling point, and whether they are meant so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from coach.language import NumberSpan
from coach.language.against import ruled_out
from coach.language.clause import are_compared, read_clauses
from coach.language.scope import place, scope_reader
from coach.language.sheet_line import SheetLine
from coach.language.spelled import spelled
from coach.room.heard import content_tokens
from coach.scenario.model import SellingPoint
from coach.score.fact_sheet import FactSheet
from coach.score.readings import asserts, contradicts, read_of

DENYING = {
    "zh": re.compile(r"(?:没有?|无|零|0|不含|不加|不放)(?:添加|任何|一点|半点)?(.+)"),
    "en": re.compile(r"\b(?:no|zero|without|free of|nothing) (?:added |any |artificial )?(.+)"),
}
"""Words that say by themselves that something is not there, and what."""
_O_CLOCK, _WHOLLY = "~点", 100.0
_PARTS = re.compile(r"\s*(?:[，。！？；;!?]|[.,](?!\d))\s*")
"""Marks between clauses; not those of a number."""


class Misread(NamedTuple):
    """Words that the reader finds to contradict a point."""

    at: int
    """Number of the utterance."""
    point: str
    start: int
    end: int
    fact: str
    """The fact of the point that they contradict most; empty where it has none."""
    sure: bool = True
    """Whether the words alone show it, and all signs together leave little doubt."""


class Meant:
    """Tells whether such words are meant so: the reader overlooks whose product they are of, and compares no figures.

    Args:
        facts: The product sheet.
    """

    def __init__(self, facts: FactSheet) -> None:
        self._facts, self._code = facts, facts.language.code
        self._scopes = scope_reader(self._code)
        self.ruled_out = ruled_out(tuple(line.text for line in facts.lines), self._code)
        """What the sheet says is not there."""

    def is_meant(self, text: str, item: Misread, point: SellingPoint) -> bool:
        """Return whether words claim what contradicts a point, without those that deny what the sheet denies too."""
        if not self._is_claimed(text, item.start, item.end) or self._is_right(
            text, item.start, item.end, item.fact, self._facts.point(item.point)
        ):
            return False
        parts = _PARTS.split(text[item.start : item.end])
        rest = self._rest(text, item.start, item.end)
        return rest == parts or any(map(contradicts, read_of(point, [" ".join(rest)] if rest else [])))

    def agrees(self, text: str, start: int, end: int) -> bool:
        """Return whether words deny what the sheet denies too, and say no more than that ("yes, but no plastic")."""
        rest = self._rest(text, start, end)
        parts = [part for part in _PARTS.split(text[start:end]) if part]
        return rest != parts and not content_tokens(" ".join(rest), self._facts.language)

    def _rest(self, text: str, start: int, end: int) -> list[str]:
        """Return the parts of a stretch without denials of what the sheet denies as well."""
        return [part for part in map(self._but_left_out, _PARTS.split(text[start:end])) if part]

    def gives_figures(self, text: str, start: int, end: int, point: str) -> bool:
        """Return whether words give a point's own figures beside one that only says when, or how surely.

        The reader takes seven in the evening for another time than twelve hours after seven.
        """
        said = spelled(text[start:end], self._facts.language)
        told = [one for one in said if not tells_nothing(one)]
        own = spelled(self._facts.point(point).text, self._facts.language)
        denied = any(word in text[start:end].lower() for word in self._facts.language.pack.negations)
        return bool(told) and len(told) < len(said) and not denied and all(_is_among(one, own) for one in told)

    def is_row_meant(self, text: str, start: int, end: int, line: SheetLine) -> bool:
        """Return whether words claim what contradicts a fact of the sheet; figures that the sheet allows do not."""
        return self._is_claimed(text, start, end) and not self._is_right(text, start, end, line.text, line)

    def _is_claimed(self, text: str, start: int, end: int) -> bool:
        """Return whether words, or figures in them, are said of this product, and not asked, supposed or quoted."""
        clauses = [clause for clause in read_clauses(text, self._code) if clause.start < end and clause.end > start]
        if are_compared(clauses):
            return False
        stretches = self._numbers(text, start, end) or [(start, end)]
        return any(self._scopes.read(place(text.lower(), *stretch)).claimed for stretch in stretches)

    def _is_right(self, text: str, start: int, end: int, fact: str, line: SheetLine) -> bool:
        """Return whether words against a figure hold figures that the sheet allows: rules compare them better."""
        if not self._numbers(fact, 0, len(fact)):
            return False
        numbers = self._numbers(text, start, end)
        return bool(numbers) and all(self._facts.figures.allows(text, left, line) for left, _ in numbers)

    def _numbers(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Return where figures stand, without those that tell nothing of a product."""
        numbers = self._facts.language.numbers(text[start:end])
        return [(start + one.start, start + one.end) for one in numbers if not tells_nothing(one)]

    def _but_left_out(self, words: str) -> str:
        """Return words without a denial at their end of what the sheet denies as well."""
        found = DENYING[self._code].search(words.lower())
        return words[: found.start()].strip() if found and self._is_left_out(found[1]) else words

    def _is_left_out(self, thing: str) -> bool:
        """Return whether the sheet denies a thing, whatever English says of it after its name."""
        return thing in self.ruled_out or (self._code == "en" and thing.partition(" ")[0] in self.ruled_out)


def tells_nothing(number: NumberSpan) -> bool:
    """Return whether a figure is the clock's, or a hundred percent: when somebody looked, how sure somebody is."""
    return number.unit == _O_CLOCK or (number.unit == "%" and number.value == _WHOLLY)


def _is_among(number: NumberSpan, own: Sequence[NumberSpan]) -> bool:
    """Return whether a figure is one of these; one without a known unit by its value."""
    return any(
        abs(number.value - one.value) < 1e-6
        and (number.unit == one.unit or number.unit[:1] in ("", "~") or one.unit[:1] in ("", "~"))
        for one in own
    )


def is_told_beside(text: str, start: int, end: int, points: Sequence[SellingPoint]) -> bool:
    """Return whether an utterance asserts one of some points without the clause around certain words."""
    left, right = place(text.lower(), start, end).clause
    rest = f"{text[:left]}{text[right:]}".strip()
    return bool(rest) and any(asserts(read) for point in points for read in read_of(point, [rest]))
