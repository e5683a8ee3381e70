"""Which facts of a selling point an utterance names, exactly or roughly: amounts, ratings, sizes, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, Clauses
from coach.language.codes import said_codes
from coach.language.point import Fact, Point
from coach.language.sizes import said_sizes
from coach.language.worded import is_worded, may_be_worded

_ROUGHLY = 0.2
"""A rough figure ("about ninety") agrees with anything within a fifth."""
_TELLING, _LARGE = 20, 100
_CONTAINERS = frozenset("袋包条支瓶盒罐粒颗枚片小")
"""Chinese measure words of which one stands for another (二十四小包 for 24袋)."""
_MEASURES = _CONTAINERS | frozenset("个件套层面台双口株种样道寸次遍人块号份张本间步轮倍")
_MANY = 5
"""From here a count in another container's measure word needs no topic."""
DURATIONS = {"sec": 1.0, "min": 60.0, "day": 86_400.0, "month": 2_592_000.0}
_YEAR = 0.015
"""Twelve months of thirty days are 360 of the year's 365."""
_LOOSE_AFTER = {
    "zh": re.compile(r"^(?:[多几来]|个?出头)"),
    "en": re.compile(r"^(?:-?ish\b| ?some(?:thing)?\b| ?odd\b| ?plus\b)"),
}
_LOOSE_BEFORE = {
    "zh": re.compile(r"(?:几|不到|将近|接近|超过|好像|可能|记得是)(?:是|有)?$"),
    "en": re.compile(r"\b(?:almost|nearly|over|under|maybe|a couple(?: of)?|some) $"),
}
"""What makes the figure itself another one. 左右 and "about" do not: who says 十四包左右 has said 十四包."""
_BOUND_EN = re.compile(r"\b(?:in|within) under $")
"""What sets a limit and is no rough figure ("worn through in under five hundred miles")."""
_SPAN_ZH = re.compile(r"[一二两三四五六七八九][二三四五六七八九](?:[十百千万]|$)")
"""A range said as two digits: 七八十."""
_ADJECTIVE_EN = re.compile(r"\s+(?:whole|full|straight|solid|entire|good|long|extra|complete)\s+([a-z]+)")
"""What may stand between a number and its unit ("two whole days")."""
_NEXT_EN = re.compile(r"[\s-]*([a-z]+)")
_PLURAL = 2
_FUNCTION_EN = frozenset(
    ["by", "to", "and", "or", "x", "at", "in", "on", "with", "for", "if", "one", "the", "per", "way", "so", "is", "it"]
) | {"across", "wide", "long", "deep", "tall", "high", "thick", "on", "of", "max", "tops", "total", "or", "around"}
"""Words that only follow a number by chance."""
_PERIOD_EN = re.compile(r"\b(?:an?|one|a whole|a full|per) (second|minute|hour|day|week|month|year)\b(?! or two)")
_HALF = {"zh": re.compile(r"一半|半格|半满|半块电"), "en": re.compile(r"\bhalf\b(?! (?:an?|the) )")}
_PAIR = {
    "zh": re.compile(r"(?:两边|两侧|左右)(?:各|都|一边)|一边一个|各一个"),
    "en": re.compile(
        r"\b(?:one (?:on |per )?(?:each|either|every) side|on (?:both|each) sides?|one (?:left|right) one)\b"
    ),
}


def facts_possible(text: str, clauses: Clauses, point: Point, language: Language) -> tuple[Fact, ...]:
    """Return the facts of a point that an utterance may name; of most points it names none.

    A number needs a number or a wording for one, words need what `worded.is_worded` looks for somewhere in it.
    """
    if not clauses.told:
        return ()
    return tuple([fact for fact in point.facts if _is_possible(clauses, fact, language)])


def _is_possible(clauses: Clauses, fact: Fact, language: Language) -> bool:
    if fact.codes or fact.sizes:
        return True
    if not fact.numbers:
        return not fact.ideas.isdisjoint(clauses.same_ideas) or may_be_worded(clauses, fact.worded, language.code)
    return clauses.has_numbers or all(_may_be_worded(wanted, language, loose=True) for wanted in fact.numbers)


def facts_said(
    text: str, told: Sequence[Clause], facts: Iterable[Fact], language: Language, *, loose: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return facts named exactly and facts named only as a rough or doubted figure.

    Args:
        text: The utterance.
        told: Its clauses that assert something.
        facts: Those looked for.
        language: Language of all of these.
        loose: Whether the point is the topic, so that a figure without a known unit may be its fact.
    """
    said: list[str] = []
    vague: list[str] = []
    hedged = any(clause.is_hedged for clause in told)
    for fact in facts:
        plain = not fact.codes or (loose and bool(fact.numbers))
        if _is_rated(text, fact, language) or (plain and is_said(text, told, fact, language, loose=loose)):
            said.append(fact.text)
        elif plain and not fact.numbers and not hedged:  # words are rough only by a hedge
            continue
        elif is_said(text, told, fact, language, loose=loose, rough=True):
            vague.append(fact.text)
    return tuple(said), tuple(vague)


def _is_rated(text: str, fact: Fact, language: Language) -> bool:
    if fact.sizes and {*fact.sizes} <= said_sizes(text):
        return True
    if not fact.codes:
        return False
    said = said_codes(text, {letters for letters, _ in fact.codes}, language.code)
    return all(letters in said and said[letters][0] == value for letters, value in fact.codes)


def is_said(
    text: str, clauses: Sequence[Clause], fact: Fact, language: Language, *, loose: bool, rough: bool = False
) -> bool:
    """Return whether these clauses name a fact; `rough` takes rough and doubted figures too."""
    if not fact.numbers:
        return any(_has_words(clauses[at : at + 2], fact, language, rough=rough) for at in range(len(clauses)))
    for wanted in fact.numbers:
        if not _has_amount(text, clauses, wanted, language, loose=loose, rough=rough):
            return len(fact.numbers) > 1 and not fact.content and _is_range(clauses, fact, rough=rough)
    if not fact.content:
        return True
    said = frozenset().union(*(clause.content for clause in clauses)) if clauses else frozenset()
    return len(fact.content & said) * 2 >= len(fact.content) or _has_idea(clauses, fact, rough=rough)


def _is_range(clauses: Sequence[Clause], fact: Fact, *, rough: bool) -> bool:
    """Return whether one clause says all figures of a fact next to each other ("three to five" for 3-5, 42 x 30)."""
    wanted = [number.value for number in fact.numbers]
    for clause in clauses:
        said = [number.value for number in clause.numbers]
        if (rough or not clause.is_hedged) and any(
            said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1)
        ):
            return True
    return False


def _has_idea(clauses: Sequence[Clause], fact: Fact, *, rough: bool) -> bool:
    if not fact.ideas:
        return False
    return any(fact.ideas & clause.same_ideas and (rough or not clause.is_hedged) for clause in clauses)


def _has_words(window: Sequence[Clause], fact: Fact, language: Language, *, rough: bool) -> bool:
    if fact.ideas and _has_idea(window, fact, rough=rough):
        return True
    if not rough:
        for clause in window:
            if clause.is_hedged:
                return False
    return is_worded(window, fact.worded, language.code)


# --- amounts ---------------------------------------------------------------------------------------------------


def _has_amount(
    text: str, clauses: Sequence[Clause], wanted: NumberSpan, language: Language, *, loose: bool, rough: bool
) -> bool:
    without_figure = _may_be_worded(wanted, language, loose=loose)
    for clause in clauses:
        if not (clause.numbers or without_figure) or (clause.is_hedged and not rough):
            continue
        for number in clause.numbers:
            if _agrees(number, wanted, clause, text, language, loose=loose, rough=rough):
                return True
        if without_figure and _is_worded(clause.normal, wanted, language, loose=loose):
            return True
    return False


def _may_be_worded(wanted: NumberSpan, language: Language, *, loose: bool) -> bool:
    """Return whether there are ways to say an amount without a figure."""
    if wanted.unit in DURATIONS and language.code == "en":
        return True
    return loose and ((wanted.unit == "%" and wanted.value == 50) or (wanted.unit[:1] == "~" and wanted.value == 2))


def _agrees(
    number: NumberSpan,
    wanted: NumberSpan,
    clause: Clause,
    text: str,
    language: Language,
    *,
    loose: bool,
    rough: bool,
) -> bool:
    """Return whether a figure said is the one wanted."""
    number = _with_adjective(number, text, language)
    if not rough and not wanted.approximate and _is_loose(number, text, language):
        return False
    if not rough and wanted.unit.startswith("~") and _counts(number, wanted, clause):
        return True
    if number.unit == wanted.unit or _are_containers(number, wanted, loose=loose):
        return any(_close(reading, wanted.amount, rough=rough) for reading in number.readings())
    if number.unit in DURATIONS and wanted.unit in DURATIONS:
        said, own = number.amount * DURATIONS[number.unit], wanted.amount * DURATIONS[wanted.unit]
        return abs(said - own) <= own * (_ROUGHLY if rough else _YEAR)
    if not loose:
        return False
    if wanted.unit[:1] == "~" and _is_measured(number, counted=wanted.unit[1:] in _MEASURES):
        return False  # 三年 is no 三个
    if number.unit[1:] in _MEASURES and wanted.unit[1:] in _MEASURES:  # 三面 is no 三层, 五个 may be 五样
        return number.unit == "~个" and _close(number.value, wanted.value, rough=rough)
    told = number.unit and number.unit[0] != "~"
    unknown = (
        _is_untold(number.unit)
        or _is_by_chance(number, text)
        or _is_untold(wanted.unit)
        or (_is_telling(wanted) and not told)
    )
    values = (number.value, *number.alternatives)
    return unknown and any(_close(value, wanted.value, rough=rough) for value in values)


def _with_adjective(number: NumberSpan, text: str, language: Language) -> NumberSpan:
    """Return a number with the unit behind an adjective (two whole days)."""
    if language.code != "en" or number.unit[:1] != "~" or not text:
        return number
    found = _ADJECTIVE_EN.match(text.lower(), number.end)
    unit = language.pack.units.get(found[1]) if found else None
    return number._replace(unit=unit[0], scale=unit[1]) if unit else number


def _are_containers(number: NumberSpan, wanted: NumberSpan, *, loose: bool) -> bool:
    if not (loose or wanted.value >= _MANY) or not number.unit[:1] == wanted.unit[:1] == "~":
        return False
    return number.unit[1:] in _CONTAINERS and wanted.unit[1:] in _CONTAINERS


def _is_loose(number: NumberSpan, text: str, language: Language) -> bool:
    if not number.approximate or (language.code == "en" and _BOUND_EN.search(text[: number.start].lower())):
        return False
    before, after = text[max(0, number.start - 14) : number.start].lower(), text[number.end : number.end + 10].lower()
    within = text[number.start : number.end].lower()
    if "couple" in within or "几" in within or _SPAN_ZH.search(within):
        return True
    return bool(_LOOSE_AFTER[language.code].search(after) or _LOOSE_BEFORE[language.code].search(before))


def _is_worded(normal: str, wanted: NumberSpan, language: Language, *, loose: bool) -> bool:
    """Return whether an amount is said without a figure: "an hour", "half" of a battery, 两边各一个."""
    if wanted.unit in DURATIONS and language.code == "en":
        spans = (language.pack.units[word] for word in _periods(normal))
        own = wanted.amount * DURATIONS[wanted.unit]
        return any(abs(scale * DURATIONS[unit] - own) <= own * _YEAR for unit, scale in spans)
    if not loose:
        return False
    if wanted.unit == "%" and wanted.value == 50:
        return bool(_HALF[language.code].search(normal))
    return wanted.unit[:1] == "~" and wanted.value == 2 and bool(_PAIR[language.code].search(normal))


@lru_cache(maxsize=1024)
def _periods(normal: str) -> tuple[str, ...]:
    """Return the units of English times said without a figure; several facts ask for the same clause."""
    return tuple(hit[1] for hit in _PERIOD_EN.finditer(normal))


def _counts(number: NumberSpan, wanted: NumberSpan, clause: Clause) -> bool:
    """Return whether a figure counts the wanted thing with a word between ("two deep pockets", 十四小包)."""
    if number.value != wanted.value or not number.unit.startswith("~"):
        return False
    thing = wanted.unit[1:]
    if not thing.isascii():
        return thing in clause.normal
    return any(word.startswith(thing) for word in clause.normal.split())


def _is_telling(wanted: NumberSpan) -> bool:
    """Return whether a figure says enough by itself, whatever word is heard after it (280 of cloth, 10.25 across)."""
    return wanted.value != int(wanted.value) or wanted.value >= (_TELLING if wanted.unit.startswith("~") else _LARGE)


def _is_untold(unit: str) -> bool:
    """Return whether the unit may be anything; the character after a Chinese number is a unit only by chance."""
    return not unit or (unit[0] == "~" and (not unit.isascii() or unit[1:] in _FUNCTION_EN))


def _is_measured(number: NumberSpan, *, counted: bool) -> bool:
    """Return whether a figure is one of time, or of any unit where things are `counted`."""
    return number.unit in DURATIONS or (counted and number.unit[:1] not in ("", "~"))


def _is_by_chance(number: NumberSpan, text: str) -> bool:
    """Return whether the English word behind a number is no plural ("wash at forty, leave the rest")."""
    if number.unit[:1] != "~" or not number.unit.isascii() or number.value < _PLURAL:
        return False
    word = _NEXT_EN.match(text.lower(), number.end)
    return word is not None and not word[1].endswith("s")


def _close(said: float, wanted: float, *, rough: bool) -> bool:
    return abs(said - wanted) <= abs(wanted) * (_ROUGHLY if rough else 1e-6) + 1e-9
