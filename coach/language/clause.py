"""One clause, read once: its tokens, numbers, and what weakens a claim in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from coach.language import Language, NumberSpan, TextSpan, language_for
from coach.language.ideas import read_ideas, skeleton
from coach.language.pack import Pack
from coach.language.phrases import find, holds, pattern_of
from coach.language.stems import stem

_LONG = {"zh": 24, "en": 80}
"""Characters after which a stretch without punctuation is cut at connectives: recognisers give none."""

_CARRIES_DENIAL = frozenset(
    [
        *("a", "an", "the", "any", "our", "this", "that", "much", "all", "of", "in", "with", "so", "very", "really"),
        *("even", "actually", "have", "has", "be", "been", "contain", "need", "use", "come", "got", "get", "added"),
        "real",
    ]
)
"""English words over which a negation reaches ("does not really have a warranty")."""
_SPELLED = re.compile(r"(?<![\w'])(?:[a-z] ){1,4}[a-z](?![\w'])")
_NOWHERE = 1_000_000
_SUPPOSES = re.compile(r"如果|要是|假如|万一|\bif\b|\bunless\b")


class Clause(NamedTuple):
    """A stretch between marks. Offsets count characters of the whole text."""

    start: int
    end: int
    normal: str
    """Normalised text."""
    skeleton: str
    """What wordings are looked for in (`ideas.skeleton`)."""
    content: frozenset[str]
    """zh: pairs of neighbouring characters; en: word stems; without numbers, empty words and denied words."""
    marks: frozenset[str]
    """What can tell one point from another, see `marks`."""
    numbers: tuple[NumberSpan, ...]
    """Numbers with offsets in the whole text."""
    is_question: bool
    is_deferred: bool
    """Whether the speaker passes the question on or admits not knowing."""
    is_hedged: bool
    compares_from: int
    """Offset in the text from which figures belong to somebody else's product; beyond its end if they do nowhere."""
    is_conditional: bool
    """Whether it only supposes (如果…, "if …"): figures here are the viewer's."""
    ideas: Mapping[str, float]
    """Ideas of the trade that it asserts, with how surely (`ideas.read_ideas`)."""
    same_ideas: frozenset[str]
    """Those named by another name of the same."""


class Clauses(tuple[Clause, ...]):
    """The clauses of a text in order, with what every point asks of all of them together."""

    lowered: str
    """The whole text in lower case."""
    has_numbers: bool
    told: tuple[Clause, ...]
    """Those that assert something: no questions, nothing passed on."""

    @cached_property
    def normals(self) -> str:
        """What is said, normalised, a clause a line: one search tells whether any clause holds a wording."""
        return "\n".join([clause.normal for clause in self])

    @cached_property
    def skeletons(self) -> str:
        """The skeletons of those that assert something, one after the other."""
        return "".join([clause.skeleton for clause in self.told])

    @cached_property
    def same_ideas(self) -> frozenset[str]:
        """Ideas that one of those that assert something names by another name of the same."""
        return frozenset().union(*[clause.same_ideas for clause in self.told])

    @cached_property
    def units(self) -> frozenset[str]:
        """Units of all numbers."""
        return frozenset([number.unit for clause in self for number in clause.numbers])


def are_compared(clauses: Sequence[Clause]) -> bool:
    """Return whether every clause is about another product from its start on."""
    return all(clause.compares_from <= clause.start for clause in clauses)


@lru_cache(maxsize=512)
def read_clauses(text: str, code: str) -> Clauses:
    """Return the clauses of a text in order."""
    language = language_for(code)
    numbers = language.numbers(text)
    found = Clauses(
        [_read(text, span, numbers, language) for whole in language.clauses(text) for span in _cut(whole, language)]
    )
    found.lowered = text.lower()
    found.has_numbers = any(clause.numbers for clause in found)
    found.told = tuple([clause for clause in found if not (clause.is_question or clause.is_deferred)])
    return found


def _cut(span: TextSpan, language: Language) -> list[TextSpan]:
    """Cut a long stretch before connectives, pieces no shorter than a quarter of the limit."""
    limit = _LONG[language.code]
    if len(span.text) <= limit:
        return [span]
    words = find(span.text, language.pack.connectives, "", whole_words=language.code == "en")
    cuts = [0]
    for word in words:
        if word.start - cuts[-1] >= limit // 4 and len(span.text) - word.start >= limit // 4:
            cuts.append(word.start)
    ends = [*cuts[1:], len(span.text)]
    return [
        TextSpan(span.text[left:right], span.start + left, span.start + right, span.kind)
        for left, right in zip(cuts, ends, strict=True)
    ]


def _read(text: str, span: TextSpan, numbers: list[NumberSpan], language: Language) -> Clause:
    alone = _alone(span.text, language.code)
    start, end = span.start, span.end
    return alone._replace(
        start=start,
        end=end,
        numbers=tuple([number for number in numbers if start <= number.start < end]) if numbers else (),
        is_question=span.kind == "question",
        compares_from=start + alone.compares_from,
    )


@lru_cache(maxsize=2048)
def _alone(text: str, code: str) -> Clause:
    """Return what a clause says by itself; streamers say many a clause again, in one rehearsal and the next."""
    language, lists = language_for(code), _lists(code)
    lowered = text.lower()
    plain = language.normalise(text)
    normal = _joined_letters(plain)
    joined = normal if plain == lowered else _joined_letters(lowered)
    bare = skeleton(normal, code)
    ideas, same_ideas = read_ideas(bare, code)
    told = content(joined, language)
    compared = lists.comparisons.search(lowered if len(lowered) == len(text) else text)
    is_same = code == "en" and joined == lowered and text.isascii()
    return Clause(
        start=0,
        end=len(text),
        normal=normal,
        skeleton=bare,
        content=told,
        marks=told if is_same else _asserted_marks(text, language),
        numbers=(),
        is_question=False,
        is_deferred=lists.deferrals.search(lowered) is not None,
        is_hedged=lists.hedges.search(lowered) is not None,
        compares_from=compared.start() if compared else _NOWHERE,
        is_conditional=bool(_SUPPOSES.search(lowered)),
        ideas=ideas,
        same_ideas=same_ideas,
    )


class _Lists(NamedTuple):
    """Wordings of a pack that weaken a claim, as patterns."""

    deferrals: re.Pattern[str]
    hedges: re.Pattern[str]
    comparisons: re.Pattern[str]


@cache
def _lists(code: str) -> _Lists:
    pack = language_for(code).pack
    return _Lists(*(pattern_of(listed, code == "en") for listed in (pack.deferrals, pack.hedges, pack.comparisons)))


def _joined_letters(text: str) -> str:
    """Return a text with spelled abbreviations as one word: "u l listed" → "ul listed"."""
    return _SPELLED.sub(_joined, text) if " " in text else text


def _joined(found: re.Match[str]) -> str:
    letters = found.group().split()
    return found.group() if set(letters) & {"a", "i"} else "".join(letters)


def _asserted_marks(text: str, language: Language) -> frozenset[str]:
    """Return the marks of a clause without what is denied in it."""
    if language.code == "en":
        return content(text, language)
    denied = {at for end in _denials(text, language.pack) for at in (end, end + 1)}
    kept = "".join([char for at, char in enumerate(text) if at not in denied]) if denied else text
    return _characters(kept, language.pack)


def content(text: str, language: Language, *, keep_denied: bool = False) -> frozenset[str]:
    """Return what wordings are compared by: see `Clause.content`."""
    without = _without_numbers(text, language)
    if language.code == "zh":
        return _pairs(without, language.pack, keep_denied=keep_denied)
    return _stems(language.tokens(without), language.pack, keep_denied=keep_denied)


def _without_numbers(text: str, language: Language) -> str:
    numbers = language.numbers(text)
    for number in reversed(numbers):
        text = f"{text[: number.start]} {text[number.end :]}"
    return text


def _pairs(text: str, pack: Pack, *, keep_denied: bool) -> frozenset[str]:
    found: set[str] = set()
    stop = _members(pack.stop)
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            found.add(run)
            continue
        denied = {at for end in ([] if keep_denied else _denials(run, pack)) for at in (end, end + 1, end + 2)}
        found.update(
            [
                left + right
                for at, (left, right) in enumerate(itertools.pairwise(run))
                if left not in stop and right not in stop and at not in denied
            ]
        )
    return frozenset(found)


_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+")
_CHARACTER = re.compile(r"[\u3400-\u9fff]")


def _denials(text: str, pack: Pack) -> list[int]:
    """Return where negations end, those of 不仅 and the like left out."""
    if not holds(text, pack.negations, whole_words=False):
        return []
    harmless = {at for hit in find(text, pack.not_negations, "", whole_words=False) for at in range(hit.start, hit.end)}
    found = pattern_of(pack.negations, False).finditer(text.lower() if len(text.lower()) == len(text) else text)
    return [hit.end() for hit in found if hit.start() not in harmless]


def marks(text: str, language: Language) -> frozenset[str]:
    """Return what can tell one point from another: en content words; zh single characters, whatever stands between."""
    if language.code == "en":
        return content(text, language, keep_denied=True)
    return _characters(text, language.pack)


def _characters(text: str, pack: Pack) -> frozenset[str]:
    return frozenset(_CHARACTER.findall(text)) - _members(pack.common_characters)


def _stems(tokens: list[str], pack: Pack, *, keep_denied: bool) -> frozenset[str]:
    stop = _members(pack.stop)
    negations = frozenset[str]() if keep_denied else _members(pack.negations)
    found: set[str] = set()
    denied_up_to = -1
    for at, token in enumerate(tokens):
        if not (at <= denied_up_to or token in stop or token[0].isdigit()):
            found.add(stem(token))
        if token in negations:
            denied_up_to = at + 2
    return frozenset(found)


@cache
def _members(listed: tuple[str, ...]) -> frozenset[str]:
    """Return a pack's list as a set."""
    return frozenset(listed)


def is_denied(clause: str, at: int, language: Language) -> bool:
    """Return whether a negation stands right before position `at` of a normalised clause."""
    pack = language.pack
    if language.code == "zh":
        before = clause[max(0, at - 4) : at]
        return any(len(before) - end <= 1 for end in _denials(before, pack))
    before = clause[:at].strip()
    if any(before.endswith(item) for item in pack.not_negations):
        return False
    tokens = before.split()[-3:]
    denied = [number for number, token in enumerate(tokens) if token in pack.negations]
    return bool(denied) and all(token in _CARRIES_DENIAL for token in tokens[denied[-1] + 1 :])
