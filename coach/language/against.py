"""What contradicts a selling point without being a plain figure: ratings, lifetimes, denials, what it rules out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, Clauses, is_denied
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


@dataclass(frozen=True, slots=True)
class Against:
    """What would contradict one point, compiled once."""

    codes: frozenset[tuple[str, float]]
    ruled_out: frozenset[str]
    """Things the sheet says are not so."""
    banned: tuple[str, ...]
    """Wordings about the point that its product's sheet forbids."""
    others: frozenset[str]
    """Words of a kind of which the point names another (亚麻 where the sheet says 棉)."""
    terms: tuple[str, ...]
    """Its facts that are words, normalised: denying one contradicts it."""
    topics: tuple[str, ...]
    """Names of the sheet's facts that belong to the point, normalised."""
    lasting: bool
    """Whether the point is about how long something lasts or holds."""
    needles: re.Pattern[str] | None = None
    """See `needles`; None where it was not made."""

    def may_be_contradicted(self, clauses: Clauses) -> bool:
        """Return whether words said could contradict the point; most are about something else."""
        if self.codes or self.lasting or self.needles is None:
            return True
        return self.needles.search(clauses.normals) is not None


_RULED_OUT_STRICTLY = {
    "zh": re.compile(r"(?:不用|不是|不加|不含|不掺|别用|禁止|无需)([\u4e00-\u9fff]{2,4})"),
    "en": _RULED_OUT["en"],
}


@lru_cache(maxsize=512)
def ruled_out(texts: tuple[str, ...], code: str, *, strict: bool = False) -> frozenset[str]:
    """Return what these texts say is not so (不加蔗糖 → 蔗糖); strictly, only where nothing else can be meant."""
    rules = _RULED_OUT_STRICTLY if strict else _RULED_OUT
    return frozenset(hit[1].replace("-", " ") for text in texts for hit in rules[code].finditer(text.lower()))


def against_words(
    text: str, clauses: Sequence[Clause], named: Callable[[], Sequence[int]], point: Against, language: Language
) -> Iterator[tuple[NumberSpan, int]]:
    """Yield words that contradict the point, as spans without a figure, and the clauses between them and its name."""
    if point.codes:
        names = sorted({name for name, _ in point.codes})
        for name, (value, start, end) in said_codes(text, names, language.code).items():
            if all(value != figure for letters, figure in point.codes if letters == name):
                yield NumberSpan(value, start, end), 0
    for at, clause in enumerate(clauses):
        if clause.is_question or clause.is_deferred or clause.is_conditional or clause.compares_from < clause.end:
            continue
        hit = _ENDLESS[language.code].search(clause.normal) if point.lasting else None
        if hit and not _DENIED_END.search(clause.normal[: hit.start()]) and at in named():
            yield _span(clause, hit.group(), text), 0  # no limit at all, where the sheet gives one
        if point.needles is None or point.needles.search(clause.normal):
            for words in _words_against(clause, point, language):
                yield _span(clause, words, text), 0


_DENIED_END = re.compile(
    r"(?:不是|不说|不敢|没有|没说|别信|非)[^，。]{0,6}$|\b(?:not|no|never|isn't|won't|doesn't|can't)\b[^,.]{0,40}$"
)
"""At the end of what stands before: what follows is denied (不是永久保温)."""


def needles(code: str, topics: Iterable[str], others: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern without which no clause can hold words against a point: names of its topics and things."""
    firsts = (topic[0] if code == "zh" and topic in _SHORTENED else topic for topic in topics)
    listed = {name for name in (*firsts, *others) if name}
    return re.compile("|".join(map(re.escape, sorted(listed, key=len, reverse=True))) or r"(?!)")


def _words_against(clause: Clause, point: Against, language: Language) -> Iterator[str]:
    yield from (words for topic in point.topics if (words := _denies(clause, topic, language)))
    yield from (term for term in point.terms if _denies_term(clause, term, language))
    for wording in point.banned:
        start = clause.normal.find(wording)
        if start >= 0 and not _turned_down(clause.normal, start, start + len(wording), language):
            yield wording
    yield from (thing for thing in sorted(point.ruled_out | point.others) if _asserted(clause, thing, language))


_SHORTENED = ("退换", "退货", "质保", "保修")
"""Topics that a denial may name by their first character (不给退)."""


def _denies(clause: Clause, topic: str, language: Language) -> str:
    """Return the words that deny what a fact of the sheet grants ("no returns", 没有质保, 不给退), if any."""
    if topic[0] not in clause.normal:
        return ""
    if language.code == "en":
        found = re.search(
            rf"\b(?:no|zero|without any|never any|don't do|don't offer) {re.escape(topic)}\b", clause.normal
        )
    else:
        first = topic[0] if topic in _SHORTENED else topic
        found = re.search(
            rf"(?:没有|不给|不能|不可以|不支持|概不|不予|没)(?:{re.escape(topic)}|{first}(?![一-龥]*无理由))",
            clause.normal,
        )
    return found.group() if found and not clause.is_hedged else ""


def _denies_term(clause: Clause, term: str, language: Language) -> bool:
    """Return whether a clause says that the term is not so (电磁炉用不了, "not on induction")."""
    if clause.is_hedged or term not in clause.normal:
        return False
    name = re.escape(term)
    if language.code == "zh":
        after = rf"{name}(?:上|灶|的话)?(?:都|是|也|就)?(?:不能用|不能上|不行|用不了|不支持|不可以用|不适用|没法用)"
        return bool(re.search(rf"{after}|(?:不能用|不支持|不适合|不能放|不能上|用不了|没有){name}", clause.normal))
    before = rf"\b{_NOT_WORK_EN}(?: use| go| work)?(?: on| for| with)?(?: an?| the)? {name}\b"
    return bool(re.search(rf"{before}|\b{name} (?:won't|doesn't|does not|will not) work\b", clause.normal))


_NOT_WORK_EN = r"(?:not|never|doesn't work|won't work|can't|cannot|don't)"


def _turned_down(clause: str, start: int, end: int, language: Language) -> bool:
    """Return whether a wording is denied before or, within a few characters, after it (完全隔音做不到)."""
    if is_denied(clause, start, language):
        return True
    if language.code == "zh":
        return bool(re.search(r"不|没|别|无", clause[max(0, start - 6) : start] + clause[end : end + 6]))
    return bool(re.search(_NOT_EN, f"{' '.join(clause[:start].split()[-5:])} {' '.join(clause[end:].split()[:4])}"))


def _asserted(clause: Clause, thing: str, language: Language) -> bool:
    """Return whether a clause says plainly that the product has, is or needs the thing."""
    if clause.is_hedged or thing not in clause.normal:
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


_HAS_ZH = "有|加了?|带|掺了?|含|放了?|就是|要用?|得用|需要|可以|能|用|是"
_HAS_EN = r"(?:has|have|with|contains?|is|are|it's|adds?|puts?|infused?|plus|uses?|need|needs|gets?|goes|real)"
_NOT_EN = r"\b(?:not|no|never|isn't|doesn't|don't|without|won't|can't|aren't|nothing|any|if)"


def _span(clause: Clause, words: str, text: str) -> NumberSpan:
    at = text.lower().find(words, clause.start, clause.end)
    start = clause.start if at < 0 else at
    return NumberSpan(0.0, start, start + len(words))
