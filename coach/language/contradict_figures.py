"""Figures that contradict a line of the product sheet, said with a word that tells what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.language import Language, NumberSpan
from coach.language.contradict import Opposed, SheetLine
from coach.language.fact_pack import load_fact_pack
from coach.language.scope import Place, any_of, place, scope_reader

_SECONDS = {"sec": 1.0, "min": 60.0, "day": 86_400.0, "month": 2_592_000.0}
"""Durations are compared whatever they are counted in; a month is 30 days."""
_CALENDAR = 0.04
"""A year is 360 such days: durations agree within that."""
_NEVER = frozenset({"", "money", "discount", "times", "~个", "~点", "~次", "~the", "~", "~人", "~号", "~款", "~位"})
_ROUGHLY = 0.2
_BEFORE, _AFTER = {"zh": 12, "en": 44}, {"zh": 8, "en": 30}
"""Characters of the clause on either side in which a topic's word may stand."""
_SHOW = re.compile(
    r"(?:给我|等我|再等|接下来|过|播了?|聊了?|讲了?|倒计时|还有|最后|每|第|我才|试了|用了|戴了|穿了|吃了|喝了|买了)\S{0,2}$"
    r"|\b(?:give me|stay|stick around|hang on|wait|next|within|back in|live for|been on|i've had|had it|had mine"
    r"|for the last|past|every)(?: \w+){0,2} ?$"
)
"""What stands before a figure about the show or the streamer."""
_RANGE = re.compile(r"\d\s*(?:to|-|–|~|到|至)\s*\d")
_AT_MOST = re.compile(r"不超过|以内|以下|最多|最高|up to|at most|under|less than|within|max", re.IGNORECASE)
_OTHER_SHARE = re.compile(
    r"\s*(?:%|percent)?\s*(?:off\b|discount|of (?:you|the|my|our|people|them|all)|sure|certain|smaller|bigger|cheaper"
    r"|less|more|chance|honest|recommend|agree|positive|happy|true|real)"
    r"|\s*(?:%|percent)?(?:的(?:人|概率|观众|回购|好评|客户|粉丝)|优惠|折扣|返|退|利润|确定|肯定|放心|负责)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    amounts: tuple[tuple[str, float], ...]
    span: tuple[tuple[str, float, float], ...]
    """Dimensions with a range of right figures."""
    own: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]
    """Dimension → words that make a figure of it the line's."""


class FigureSheet:
    """A product sheet made ready for figures.

    Args:
        lines: Facts and selling points.
        known: Every amount of the sheet.
        language: Of all of these.
    """

    def __init__(self, lines: Sequence[SheetLine], known: Iterable[tuple[str, float]], language: Language) -> None:
        self._language, self._code = language, language.code
        self._scopes = scope_reader(language.code)
        self._known = [_plain(unit, amount) for unit, amount in known]
        read = [self._read(number, line) for number, line in enumerate(lines)]
        self._lines = [line for line in read if line.amounts]
        self._units = frozenset(unit for line in self._lines for unit, _ in line.amounts)

    def _read(self, number: int, line: SheetLine) -> _Line:
        numbers = [item for item in self._language.numbers(line.text) if item.unit not in _NEVER]
        amounts = tuple(_plain(item.unit, item.amount) for item in numbers)
        whole = f"{line.key} {line.text}".lower()
        topics = [
            topic
            for topic in load_fact_pack(self._code).topics.values()
            if any_of(topic.words, self._code).search(whole) and {item.unit for item in numbers} & {*topic.units}
        ]
        cues = {
            unit: any_of(
                [word for topic in topics if unit in map(_dimension, topic.units) for word in topic.words], self._code
            )
            for unit, _ in amounts
        }
        return _Line(
            number, amounts, _spans(line.text, amounts), any_of(_own_words(line, self._language), self._code), cues
        )

    def find(self, text: str) -> list[Opposed]:
        """Return figures in a text that contradict a line of the sheet, in order."""
        lowered = text.lower()
        found = []
        for number in self._language.numbers(text):
            if _dimension(number.unit) not in self._units or self._agrees(number) or _is_each(number):
                continue
            at = place(lowered, number.start, number.end)
            lines = self._lines_about(number, at)
            if lines and self._is_claimed(number, at):
                found.append(Opposed(number.start, number.end, "figure", tuple(lines)))
        return found

    def _agrees(self, number: NumberSpan) -> bool:
        return any(
            unit == dimension and _close(value, amount, rough=number.approximate)
            for dimension, value in _readings(number)
            for unit, amount in self._known
        )

    def _is_claimed(self, number: NumberSpan, at: Place) -> bool:
        if _SHOW.search(at.before(_BEFORE[self._code] + 8)) or (
            number.unit == "%" and _OTHER_SHARE.match(at.text[number.end :])
        ):
            return False
        scope = self._scopes.read(at)
        return scope.claimed and not scope.denied

    def _lines_about(self, number: NumberSpan, at: Place) -> list[int]:
        """Return the lines whose figure it must be, by the words beside it."""
        dimension, value = _plain(number.unit, number.amount)
        beside = f"{at.before(_BEFORE[self._code])} | {at.after(_AFTER[self._code])}"
        fitting = [
            line
            for line in self._lines
            if any(unit == dimension for unit, _ in line.amounts)
            and (line.cues[dimension].search(beside) or line.own.search(beside))
        ]
        if any(unit == dimension and low <= value <= high for line in fitting for unit, low, high in line.span):
            return []
        if self._is_multiple(dimension, value, at, fitting):
            return []
        return [line.number for line in fitting]

    def _is_multiple(self, dimension: str, value: float, at: Place, lines: Sequence[_Line]) -> bool:
        """Return whether it is so many times the sheet's figure as other words of the clause say (两瓶100毫升)."""
        counts = {
            other.value
            for other in self._language.numbers(at.text[at.sentence[0] : at.sentence[1]])
            if 2 <= other.value <= 12
        }
        return any(
            unit == dimension and _close(value, amount * count, rough=False)
            for line in lines
            for unit, amount in line.amounts
            for count in counts
        )


def _is_each(number: NumberSpan) -> bool:
    """Return whether it is "one cup", 一小包, 两三包: how people talk of using it."""
    counted = number.unit.startswith("~")
    return (number.value == 1 and (counted or number.unit in ("g", "ml", "mg", "oz"))) or (
        counted and number.approximate and number.value < 4
    )


def _dimension(unit: str) -> str:
    return "duration" if unit in _SECONDS else unit


def _plain(unit: str, amount: float) -> tuple[str, float]:
    return _dimension(unit), amount * _SECONDS.get(unit, 1.0)


def _readings(number: NumberSpan) -> list[tuple[str, float]]:
    return [_plain(number.unit, amount) for amount in number.readings()]


def _close(said: float, wanted: float, *, rough: bool) -> bool:
    return abs(said - wanted) <= abs(wanted) * (_ROUGHLY if rough else _CALENDAR) + 1e-9


def _spans(text: str, amounts: Sequence[tuple[str, float]]) -> tuple[tuple[str, float, float], ...]:
    """Return the figures that a line allows beside its own: a range, or anything up to a limit."""
    units = {unit for unit, _ in amounts}
    by_unit = {unit: [amount for other, amount in amounts if other == unit] for unit in units}
    if _AT_MOST.search(text):
        return tuple((unit, 0.0, max(values)) for unit, values in by_unit.items())
    if _RANGE.search(text):
        return tuple((unit, min(values), max(values)) for unit, values in by_unit.items() if len(values) > 1)
    return ()


def _own_words(line: SheetLine, language: Language) -> list[str]:
    """Return words of a line's name that tell it from anything else."""
    if language.code == "zh":
        return [line.key] if len(line.key) >= 2 and not line.key.isascii() else []
    return [word for word in language.tokens(line.key) if len(word) >= 4 and word not in language.pack.stop]
