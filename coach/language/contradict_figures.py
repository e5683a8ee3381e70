"""Figures that contradict a line of the product sheet, said with a word that tells what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coach.language import Language, NumberSpan
from coach.language.amounts import dimension_of, is_close, plain, readings_of
from coach.language.beside import is_beside, is_within, windows
from coach.language.fact_pack import load_fact_pack
from coach.language.figure_marks import (
    AGES,
    AGO,
    ANY_AGE,
    AT_HEAT,
    AT_MOST,
    BEFORE,
    ENDLESS,
    FROM,
    HEATS,
    LASTS,
    MANY,
    NEARLY,
    NEVER,
    NOT_BELOW,
    OF_PEOPLE,
    ONLY_UP_TO,
    ORDERS,
    OTHER_COUNT,
    OTHER_SHARE,
    RANGE,
    SHOW,
    TELLING,
    THERE_ARE,
    TIGHT,
    UNIT_WORD,
)
from coach.language.scope import Place, any_of, place, scope_reader
from coach.language.sheet_line import Opposed, SheetLine
from coach.language.spelled import is_alternative, spelled


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    amounts: tuple[tuple[str, float], ...]
    span: tuple[tuple[str, float, float], ...]
    """Dimensions with a range of right figures."""
    own: re.Pattern[str]
    cues: dict[str, re.Pattern[str]]
    """Unit → words that make a figure of it the line's."""

    dimensions: frozenset[str]

    def cue(self, unit: str) -> re.Pattern[str]:
        """Return the words for figures of a unit."""
        return self.cues.get(unit, _NOTHING)


_NOTHING = re.compile("(?!)")


def _is_share(dimension: str, value: float, line: _Line) -> bool:
    """Return whether a figure is the line's own, shared out over the pieces it counts: 30 g of 12 bags, 360 g."""
    counts = [amount for unit, amount in line.amounts if unit.startswith("~") and 2 <= amount <= 100]
    totals = [amount for unit, amount in line.amounts if unit == dimension]
    return any(is_close(value * count, total, rough=False) for count in counts for total in totals)


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
        self._known = [plain(unit, amount) for unit, amount in known]
        self._known += [plain(one.unit, one.amount) for line in lines for one in spelled(line.text, language)]
        self._known = list(dict.fromkeys(self._known))
        topics = load_fact_pack(language.code).topics
        self._topics = {name: any_of(topic.words, language.code) for name, topic in topics.items()}
        self._units_of = {name: frozenset(topic.units) for name, topic in topics.items()}
        self._is_point = [line.is_point for line in lines]
        self._texts = [line.text.lower() for line in lines]
        self._read_all = [self._read(number, line) for number, line in enumerate(lines)]
        self._number_of = {(line.key, line.is_point): number for number, line in enumerate(lines)}
        self._lines = [line for line in self._read_all if line.amounts]
        self._units = frozenset(unit for line in self._lines for unit, _ in line.amounts)

    def _read(self, number: int, line: SheetLine) -> _Line:
        numbers = [item for item in spelled(line.text, self._language) if item.unit not in NEVER]
        amounts = tuple(plain(item.unit, item.amount) for item in numbers)
        whole = f"{line.key} {line.text}".lower()
        found = {
            name: topic
            for name, topic in load_fact_pack(self._code).topics.items()
            if self._topics[name].search(whole) and {item.unit for item in numbers} & {*topic.units}
        }
        if "opened" in found:  # how long an opened one keeps is not how long a pack lasts
            found.pop("use_life", None)
        topics = list(found.values())
        units = {unit for topic in topics for unit in topic.units if dimension_of(unit) in {one for one, _ in amounts}}
        cues = {
            unit: any_of([word for topic in topics if unit in topic.units for word in topic.words], self._code)
            for unit in units
        }
        own = any_of(_own_words(line, self._language), self._code)
        dimensions = frozenset(unit for unit, _ in amounts)
        return _Line(number, amounts, _spans(line.text, amounts), own, cues, dimensions)

    def find(self, text: str) -> list[Opposed]:
        """Return figures in a text that contradict a line of the sheet, in order."""
        lowered = text.lower()
        found: list[Opposed] = [*self._endless(lowered), *self._any_age(lowered)]
        numbers = spelled(text, self._language)
        for number in numbers:
            warm = (
                (not number.unit or number.unit.startswith("~"))
                and AT_HEAT.search(lowered[: number.start])
                and "degree" in self._units
            )
            if (dimension_of(number.unit) not in self._units and not warm) or _is_each(number):
                continue
            at = place(lowered, number.start, number.end)
            if is_alternative(number, numbers, lowered):
                continue
            if warm and AT_HEAT.search(at.before(8)) and HEATS.search(at.around):
                number = number._replace(unit="degree")
            lines = self._of_another(number, at) if self._agrees(number) else self._lines_about(number, at)
            lines = [line for line in lines if not self._is_within(number, at, line)]
            if lines and self._is_claimed(number, at):
                found.append(Opposed(number.start, number.end, "figure", tuple(lines)))
        return found

    def _endless(self, text: str) -> Iterator[Opposed]:
        """Yield what knows no end (终身, "forever") where the sheet has a time."""
        for hit in ENDLESS[self._code].finditer(text):
            at = place(text, *hit.span())
            lines = [
                line for unit in ("day", "month") for line in self._about(unit, at) if self._is_its_time(line, unit, at)
            ]
            lines = lines or self._guarantees(at)
            if lines and not any(ENDLESS[self._code].search(self._texts[line.number]) for line in lines):
                scope = self._scopes.read(at)
                if scope.claimed and not scope.denied:
                    yield Opposed(hit.start(), hit.end(), "endless", tuple(line.number for line in lines))

    def _is_its_time(self, line: _Line, unit: str, at: Place) -> bool:
        """Return whether more than a bare verb of lasting names a line's time ("it lasts forever" may be another)."""
        beside = windows(at, self._code)
        if is_within(line.own, beside, self._code):
            return True
        said = {hit.group() for side in beside for hit in line.cue(unit).finditer(side)}
        return any(word not in LASTS or word in self._texts[line.number] for word in said)

    def _any_age(self, text: str) -> Iterator[Opposed]:
        """Yield that age does not matter, where the sheet says from which on."""
        for hit in ANY_AGE[self._code].finditer(text):
            at = place(text, *hit.span())
            lines = [
                line.number
                for line in self._read_all
                if AGES.search(self._texts[line.number]) and any(unit in OF_PEOPLE for unit, _ in line.amounts)
            ]
            scope = self._scopes.read(at)
            if lines and scope.claimed and not scope.denied:
                yield Opposed(hit.start(), hit.end(), "ages", tuple(lines))

    def _guarantees(self, at: Place) -> list[_Line]:
        """Return the lines about a warranty, with or without a time, where a warranty is spoken of."""
        warranty = self._topics["warranty"]
        if not is_beside(warranty, at, self._code):
            return []
        return [line for line in self._read_all if warranty.search(self._texts[line.number])]

    def about(self, text: str, start: int, end: int, unit: str) -> frozenset[str]:
        """Return the topics whose words stand beside a figure."""
        at = place(text.lower(), start, end)
        return frozenset(
            name
            for name, pattern in self._topics.items()
            if unit in self._units_of[name] and is_beside(pattern, at, self._code)
        )

    def topics_of(self, line: SheetLine) -> frozenset[str]:
        """Return the topics that a line is about."""
        whole = f"{line.key} {line.text}".lower()
        return frozenset(name for name, pattern in self._topics.items() if pattern.search(whole))

    def _agrees(self, number: NumberSpan) -> bool:
        return any(
            unit == dimension and is_close(value, amount, rough=number.approximate)
            for dimension, value in readings_of(number)
            for unit, amount in self._known
        )

    def _is_of_show(self, at: Place) -> bool:
        if AGO.match(at.after(12)) or at.before(8).endswith("point "):
            return True
        return bool(SHOW.search(at.before(BEFORE[self._code] + 8)))

    def _is_claimed(self, number: NumberSpan, at: Place) -> bool:
        if self._is_of_show(at) or (number.unit == "%" and OTHER_SHARE.match(at.text[number.end :])):
            return False
        after = UNIT_WORD[self._code].match(at.text, at.end)
        whole = place(at.text, at.start, after.end() if after else at.end)
        scope = self._scopes.read(whole)
        return scope.claimed and not scope.denied

    def _lines_about(self, number: NumberSpan, at: Place) -> list[int]:
        """Return the lines whose figure it must be, by the words beside it."""
        dimension, value = plain(number.unit, number.amount)
        fitting = self._about(number.unit, at) or self._counted(number, at) or self._telling(number)
        if number.unit.startswith("~") and number.value > OTHER_COUNT * max(
            (amount for line in fitting for unit, amount in line.amounts if unit == dimension), default=0
        ):
            return []
        spans = [(low, high) for line in fitting for unit, low, high in line.span if unit == dimension]
        most = bool(ONLY_UP_TO.search(at.before(8 if self._code == "zh" else 16)))
        if any(low <= value <= high and not (most and value < high * NEARLY) for low, high in spans):
            return []
        if self._is_multiple(dimension, value, at, fitting):
            return []
        return self._nearest(dimension, value, fitting)

    def _nearest(self, dimension: str, value: float, lines: Sequence[_Line]) -> list[int]:
        """Return all facts, and of the points those from whose own figure it is least far off."""

        def far(line: _Line) -> float:
            own = [amount for unit, amount in line.amounts if unit == dimension and amount > 0]
            return min((max(amount, value) / max(min(amount, value), 1e-9) for amount in own), default=1e9)

        points = [line for line in lines if self._is_point[line.number]]
        least = min(map(far, points), default=0.0)
        ordered = sorted(lines, key=far)
        return [line.number for line in ordered if not self._is_point[line.number] or far(line) <= least * 1.01]

    def restores(self, truth: str, text: str, said: str) -> bool:
        """Return whether a text gives a figure of the truth, of the kind of the one said wrongly."""
        kinds = {dimension_of(number.unit) for number in spelled(said, self._language)} or {""}
        wanted = [plain(number.unit, number.amount) for number in spelled(truth, self._language)]
        wanted = [(unit, amount) for unit, amount in wanted if unit in kinds or "" in kinds]
        for number in spelled(text, self._language):
            if any(
                unit == dimension_of(number.unit) and is_close(amount, value, rough=False)
                for unit, value in wanted
                for _, amount in readings_of(number)
            ):
                return True
            if not number.unit and any(abs(number.value - value) < 1e-6 for _, value in wanted):
                return True
        return False

    def _about(self, unit: str, at: Place) -> list[_Line]:
        """Return the lines with figures of the unit, or of its dimension, that words beside the place name."""
        dimension, code = dimension_of(unit), self._code
        beside = windows(at, code)
        return [
            line
            for line in self._lines
            if dimension in line.dimensions
            and ((dimension != "~种" and is_within(line.cue(unit), beside, code)) or is_within(line.own, beside, code))
        ]

    def _telling(self, number: NumberSpan) -> list[_Line]:
        """Return the lines with a figure of a unit that only they have and no small talk has (milligrams, decibels)."""
        if number.unit not in TELLING:
            return []
        lines = [line for line in self._lines if any(unit == number.unit for unit, _ in line.amounts)]
        return (
            lines
            if len({amount for line in lines for unit, amount in line.amounts if unit == number.unit}) == 1
            else []
        )

    def _counted(self, number: NumberSpan, at: Place) -> list[_Line]:
        """Return the lines that count the same thing, where the clause tells how many there are (里面有十二种)."""
        many = number.unit == "~次" and number.value >= MANY
        if many:
            return [
                line for line in self._lines if any(unit == "~次" and amount >= MANY for unit, amount in line.amounts)
            ]
        if not number.unit.startswith("~") or number.value < 2 or number.approximate or number.unit == "~个":
            return []
        before = at.before(10 if self._code == "zh" else 24)
        packed = self._code == "zh" and at.after(3)[1:2] == "装"
        if not (packed or THERE_ARE[self._code].search(before)) or ORDERS[self._code].search(
            f"{before} | {at.after(4 if self._code == 'zh' else 12)}"
        ):
            return []
        return [line for line in self._lines if any(unit == number.unit for unit, _ in line.amounts)]

    def _is_within(self, number: NumberSpan, at: Place, line: int) -> bool:
        """Return whether a line sets a bound for who may use it, and the figure is none granted beyond it."""
        dimension, value = plain(number.unit, number.amount)
        ages = dimension != "duration" or (number.unit in ("month", "day") and bool(AGES.search(self._texts[line])))
        if dimension not in OF_PEOPLE or not ages or not FROM.search(self._texts[line]):
            return False
        own = [amount for unit, amount in self._read_all[line].amounts if unit == dimension]
        return not own or value >= min(own) or not self._scopes.affirms(at, "can")

    def _of_another(self, number: NumberSpan, at: Place) -> list[int]:
        """Return the lines that a figure contradicts although it is another line's (保修七天)."""
        dimension = dimension_of(number.unit)
        close = Place(
            at.text,
            at.start,
            at.end,
            (max(at.clause[0], at.start - TIGHT[self._code]), min(at.clause[1], at.end + TIGHT[self._code])),
            at.clause,
        )
        lines = [line for line in self._about(number.unit, close) if line.cue(number.unit).search(_around(close))]
        agree = any(
            unit == dimension and is_close(value, amount, rough=number.approximate)
            for line in lines
            for unit, amount in line.amounts
            for _, value in readings_of(number)
        )
        return [] if agree or not lines or dimension != "duration" else [line.number for line in lines]

    def allows(self, text: str, start: int, line: SheetLine) -> bool:
        """Return whether a figure is right after all: of a range, in a range, one of two, or far from any claim."""
        numbers = spelled(text, self._language)
        number = next((item for item in numbers if item.start <= start < max(item.end, item.start + 1)), None)
        if number is None:
            return False
        at = place(text.lower(), number.start, number.end)
        if is_alternative(number, numbers, text.lower()) or self._agrees(number) or self._is_of_show(at):
            return True
        own = next(item for item in self._read_all if item.number == self._number_of[line.key, line.is_point])
        dimension, value = plain(number.unit, number.amount)
        ranges = [(low, high) for unit, low, high in own.span if unit == dimension]
        if any(low <= value <= high for low, high in ranges) or _is_share(dimension, value, own):
            return True
        within = self._is_within(number, at, own.number)
        return within or (bool(ranges) and ranges[0][0] > 0 and not self._scopes.affirms(at, "can"))

    def _is_multiple(self, dimension: str, value: float, at: Place, lines: Sequence[_Line]) -> bool:
        """Return whether it is so many times the sheet's figure as other words of the clause say (两瓶100毫升)."""
        counts = {
            other.value
            for other in self._language.numbers(at.text[at.sentence[0] : at.sentence[1]])
            if 2 <= other.value <= 12 and other.start != at.start
        }
        return any(_is_share(dimension, value, line) for line in lines) or any(
            unit == dimension and is_close(value, amount * count, rough=False)
            for line in lines
            for unit, amount in line.amounts
            if amount != 1
            for count in counts
        )


def _around(at: Place) -> str:
    return f"{at.text[at.clause[0] : at.start]} {at.text[at.end : at.clause[1]]}"


def _is_each(number: NumberSpan) -> bool:
    """Return whether it is "one cup", 一小包, 两三包: how people talk of using it."""
    counted = number.unit.startswith("~")
    if number.unit == "~次" and number.value < MANY:
        return True
    return (number.value == 1 and (counted or number.unit in ("g", "ml", "mg", "oz"))) or (
        counted and number.approximate and number.value < 4
    )


def _spans(text: str, amounts: Sequence[tuple[str, float]]) -> tuple[tuple[str, float, float], ...]:
    """Return the figures that a line allows beside its own: a range, or anything up to a limit."""
    units = {unit for unit, _ in amounts}
    by_unit = {unit: [amount for other, amount in amounts if other == unit] for unit in units}
    if AT_MOST.search(text) and not NOT_BELOW.search(text):
        return tuple((unit, 0.0, max(values)) for unit, values in by_unit.items())
    if RANGE.search(text):
        return tuple((unit, min(values), max(values)) for unit, values in by_unit.items() if len(values) > 1)
    return ()


def _own_words(line: SheetLine, language: Language) -> list[str]:
    """Return words of a line's name that tell it from anything else."""
    if language.code == "zh":
        return [line.key] if len(line.key) >= 2 and not line.key.isascii() else []
    return [word for word in language.tokens(line.key) if len(word) >= 4 and word not in language.pack.stop]
