"""What contradicts a selling point without being a plain figure: ratings, lifetimes, denials, what it rules out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, is_denied
from coach.language.codes import said_codes

_ENDLESS = {
    "zh": re.compile(r"终身|永久|一辈子|永不过期|几十年"),
    "en": re.compile(r"\b(?:lifetime|for life|forever|whole life|never expires)\b"),
}
_RULED_OUT = {
    "zh": re.compile(
        r"(?:不用|不是|不加|不含|没有|没放|不可|不能|不会|无需|无|非|不|没|别用|禁止|避免|勿)([\u4e00-\u9fff]{2,4})"
    ),
    "en": re.compile(
        r"\b(?:no|not|without|non|never|zero|isn't|doesn't)(?:\s+(?:a|an|any|added|real))*[\s-]+([a-z]{4,})"
    ),
}
"""What a sheet says the product has not, is not, needs not."""
_LASTING = frozenset({"sec", "min", "day", "month"})


@dataclass(frozen=True, slots=True)
class Against:
    """What would contradict one point, compiled once."""

    codes: frozenset[tuple[str, float]]
    ruled_out: frozenset[str]
    """Things the sheet says are not so."""
    banned: tuple[str, ...]
    """Wordings about the point that its product's sheet forbids."""
    lasting: bool
    """Whether the point is about how long something lasts or holds."""


@lru_cache(maxsize=512)
def ruled_out(texts: tuple[str, ...], code: str) -> frozenset[str]:
    """Return what these texts say is not so (不加蔗糖 → 蔗糖)."""
    return frozenset(hit[1].replace("-", " ") for text in texts for hit in _RULED_OUT[code].finditer(text.lower()))


def against_words(
    text: str, clauses: Sequence[Clause], named: Sequence[int], point: Against, language: Language
) -> Iterator[tuple[NumberSpan, int]]:
    """Yield words that contradict the point, as spans without a figure, and the clauses between them and its name."""
    for name, (value, start, end) in said_codes(text, {name for name, _ in point.codes}, language.code).items():
        if all(value != figure for letters, figure in point.codes if letters == name):
            yield NumberSpan(value, start, end), 0
    for at, clause in enumerate(clauses):
        if clause.is_question or clause.is_deferred or clause.is_conditional or clause.compares_from < clause.end:
            continue
        if point.lasting and at in named and (hit := _ENDLESS[language.code].search(clause.normal)):
            yield _span(clause, hit.group(), text), 0
        for wording in point.banned:
            at_char = clause.normal.find(wording)
            if at_char >= 0 and not _turned_down(clause.normal, at_char, at_char + len(wording), language):
                yield _span(clause, wording, text), 0
        for thing in point.ruled_out:
            found = _asserted(clause, thing, language)
            if found:
                yield _span(clause, thing, text), 0


def _turned_down(clause: str, start: int, end: int, language: Language) -> bool:
    """Return whether a wording is denied before or, within a few characters, after it (完全隔音做不到)."""
    if is_denied(clause, start, language):
        return True
    if language.code == "zh":
        return bool(re.search(r"不|没|别|无", clause[max(0, start - 6) : start] + clause[end : end + 6]))
    return bool(re.search(_NOT_EN, f"{' '.join(clause[:start].split()[-5:])} {' '.join(clause[end:].split()[:4])}"))


def _asserted(clause: Clause, thing: str, language: Language) -> bool:
    """Return whether a clause says plainly that the product has, is or needs the thing."""
    if clause.is_hedged:
        return False
    name = re.escape(thing)
    if language.code == "en":
        return bool(re.search(rf"\b{_HAS_EN} (?:\w+ ){{0,3}}?{name}\b", clause.normal)) and not re.search(
            rf"{_NOT_EN} (?:\w+ ){{0,4}}{name}\b", clause.normal
        )
    has = re.search(
        rf"(?:{_HAS_ZH})[^不没别无]{{0,2}}{name}|{name}[^不没别]{{0,2}}(?:可以|没问题|都行|随便|照样)", clause.normal
    )
    if not has:
        return False
    around = clause.normal[max(0, has.start() - 3) : has.end() + 6]
    return not any(word in around for word in ("不", "没", "别", "无", "非"))


_HAS_ZH = "有|加了?|含|放了?|就是|要用?|得用|需要|可以|能|用|是"
_HAS_EN = r"(?:has|have|with|contains?|is|are|it's|adds?|puts?|infused?|plus|uses?|need|needs|gets?|goes|real)"
_NOT_EN = r"\b(?:not|no|never|isn't|doesn't|don't|without|won't|can't|aren't|nothing|any|if)"


def _span(clause: Clause, words: str, text: str) -> NumberSpan:
    at = text.lower().find(words, clause.start, clause.end)
    start = clause.start if at < 0 else at
    return NumberSpan(0.0, start, start + len(words))
