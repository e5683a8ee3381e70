"""What stands between a clause and the selling point it is about, as numbers for the judge of misfits."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from coach.language import Language
from coach.language.clause import Clause
from coach.language.ideas import named_ideas
from coach.language.misfit_figures import FIGURE_NAMES
from coach.language.misfit_pack import load_misfit_words
from coach.language.misfit_words import (
    Said,
    content_words,
    denials,
    opposable,
    opposed,
    polarity,
    said,
    turned_ideas,
    word_keys,
)

_MOST_WORDS, _MOST_CLAUSES = 8, 6
_KINDS = ("by_figure", "by_turn", "by_denial")
"""What speaks against the point."""
_WORD_NAMES = (
    *("words", "own", "other", "rest", "strange", "own_share", "other_share", "strange_share", "beside", "facts_here"),
    "missing",
)
_TURN_NAMES = (
    *("denials", "line_denies", "parity", "denied_own", "ideas_own", "ideas_other", "turned_own", "turned_line"),
    *("opposite", "flips_denied", "flips_plain", "agrees_denied", "strange_denied"),
)
_PARITY, _UNKNOWN = _TURN_NAMES.index("parity"), FIGURE_NAMES.index("unknown")
_TURNS = tuple(map(_TURN_NAMES.index, ("turned_own", "turned_line", "opposite", "flips_denied", "flips_plain")))
_LINE_CUES = ("only", "all", "never", "can", "need_not", "must", "do_not", "is_not", "degree")
"""Ways of putting things that matter in a sheet's own line."""


class Around(NamedTuple):
    """What is known of a clause and a point from elsewhere."""

    close: float
    margin: float
    """By how much closer than to any other point."""
    before: float
    """How close the clause before it is."""
    best: float
    """How close the closest clause of the utterance is."""
    asserted: bool
    """Whether the utterance asserts the point, in any wording."""
    strength: float
    here: bool
    """Whether it does so in this clause."""
    told: float
    """Share of the point's facts that the utterance names."""
    vague: bool
    clauses: int
    is_first: bool
    claimed: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class MisfitLine:
    """One selling point, compiled once."""

    own: frozenset[str]
    """What the words of its texts, and of the sheet's facts that belong to it, are compared by."""
    elsewhere: frozenset[str]
    """The same of all other lines of the sheet."""
    facts: tuple[frozenset[str], ...]
    """The same of each word of its must-facts."""
    ideas: frozenset[str]
    turned: frozenset[str]
    opposable: frozenset[str]
    plain: frozenset[str]
    """What its words are compared by that it does not deny."""
    denied: frozenset[str]
    """What its words are compared by that it denies."""
    denies: bool
    must_facts: int
    traits: tuple[float, ...]
    """What is the same for all clauses."""


def compile_line(
    told: Sequence[str], facts: Sequence[str], more: Sequence[str], others: Sequence[str], language: Language
) -> MisfitLine:
    """Return a selling point compiled.

    Args:
        told: Its title and statement.
        facts: Its must-facts.
        more: Its aliases, and the sheet's facts that belong to it.
        others: All other texts of the sheet.
        language: Of all of these.
    """
    code = language.code
    whole = language.normalise(" ， ".join((*told, *facts)))
    statement = language.normalise(" ， ".join(told))
    fact_words = _words(facts, language)
    cues = dict(zip(load_misfit_words(code).cues, said(statement, code).cues, strict=True))
    figures = sum(any(char.isdigit() for char in fact) for fact in facts)
    plain, denied = polarity((*told, *facts), language)
    traits = (
        min(3.0, len(fact_words)),
        figures / max(1, len(facts)),
        min(10.0, len(_words(told, language))) / 10,
        *(cues[name] for name in _LINE_CUES),
    )
    return MisfitLine(
        own=_keys(_words((*told, *facts, *more), language), code),
        elsewhere=_keys(_words(others, language), code),
        facts=tuple(word_keys(word, code) for word in fact_words),
        ideas=frozenset(named_ideas(whole, code)),
        turned=turned_ideas(whole, code),
        opposable=opposable(whole, code),
        plain=plain,
        denied=denied - plain,
        denies=denials(statement, code) > 0,
        must_facts=len(facts),
        traits=traits,
    )


def _words(texts: Iterable[str], language: Language) -> list[str]:
    found = [word for text in texts for word in content_words(language.normalise(text), language.code)]
    return list(dict.fromkeys(found))


def _keys(words: Iterable[str], code: str) -> frozenset[str]:
    return frozenset().union(*(word_keys(word, code) for word in words))


def features(
    clause: Clause,
    line: MisfitLine,
    around: Around,
    figures: Sequence[float],
    everyday: Collection[str],
    code: str,
) -> list[float] | None:
    """Return the numbers of one clause and one point, named by `names`; None where nothing speaks against the point.

    Args:
        clause: What was said.
        line: The point it is about.
        around: What is known from elsewhere.
        figures: How its numbers stand to those of the point (`misfit_figures`).
        everyday: Words that are said of products of all kinds.
        code: Of the language.
    """
    heard = said(clause.normal, code)
    turns = _of_turns(clause, heard, line, code)
    figured, turned = figures[_UNKNOWN] > 0, any(turns[at] for at in _TURNS)
    parity = turns[_PARITY] > 0 and (heard.denials > 0 or any(heard.cues[at] for at in _grants(code)))
    if not (figured or turned or parity):
        return None
    return [
        float(figured),
        float(turned and not figured),
        float(parity and not figured and not turned),
        *map(float, around._replace(clauses=min(around.clauses, _MOST_CLAUSES))),
        *_of_words(heard, line, everyday),
        *turns,
        *_of_neighbours(clause, heard, line, everyday),
        *figures,
        float(clause.is_hedged),
        float(clause.is_conditional),
        float(clause.compares_from < clause.end),
        *heard.cues,
        *line.traits,
        float(code == "zh"),
    ]


@cache
def _grants(code: str) -> tuple[int, ...]:
    """Return which cues grant something, so that a clause without a denial may contradict a point that denies."""
    return tuple(at for at, name in enumerate(load_misfit_words(code).cues) if name in ("all", "can", "need_not"))


def names(code: str) -> list[str]:
    """Return the names of the features in order."""
    return [
        *_KINDS,
        *Around._fields,
        *[
            "words",
            "own",
            "other",
            "rest",
            "strange",
            "own_share",
            "other_share",
            "strange_share",
            "beside",
            "facts_here",
            "missing",
        ],
        *_TURN_NAMES,
        *["number_after_own", "number_after_strange", "number_after_plain", "number_after_none", "money"],
        *FIGURE_NAMES,
        *["hedged", "supposed", "compares"],
        *(f"says_{name}" for name in load_misfit_words(code).cues),
        *["line_words", "line_figures", "line_length"],
        *(f"line_{name}" for name in _LINE_CUES),
        "zh",
    ]


def _of_words(heard: Said, line: MisfitLine, everyday: Collection[str]) -> list[float]:
    kinds = [
        "own" if keys & line.own else "other" if keys & line.elsewhere else "plain" if word in everyday else "strange"
        for word, keys in zip(heard.words, heard.keys, strict=True)
    ]
    total = max(1, len(kinds))
    own, other, strange = (kinds.count(kind) for kind in ("own", "other", "strange"))
    beside = any({left, right} == {"own", "strange"} for left, right in itertools.pairwise(kinds))
    here = sum(any(keys & fact for keys in heard.keys) for fact in line.facts)
    return [
        float(min(len(kinds), _MOST_WORDS)),
        float(own),
        float(other),
        float(kinds.count("plain")),
        float(strange),
        own / total,
        other / total,
        strange / total,
        float(beside),
        here / len(line.facts) if line.facts else 0.5,
        float(len(line.facts) - here),
    ]


def _of_turns(clause: Clause, heard: Said, line: MisfitLine, code: str) -> list[float]:
    own = any(keys & line.own for keys in heard.keys)
    return [
        float(min(heard.denials, 2)),
        float(line.denies),
        float((heard.denials % 2 == 1) != line.denies),
        float(heard.denials > 0 and own),
        max((level for idea, level in clause.ideas.items() if idea in line.ideas), default=0.0),
        float(any(idea not in line.ideas for idea in clause.ideas)),
        float(bool(heard.turned_ideas & line.ideas)),
        float(any(idea in line.turned for idea in clause.ideas)),
        float(opposed(clause, line.opposable, code)),
        float(any(denied and keys & line.plain for keys, denied in zip(heard.keys, heard.denied, strict=True))),
        float(any(not denied and keys & line.denied for keys, denied in zip(heard.keys, heard.denied, strict=True))),
        float(any(denied and keys & line.denied for keys, denied in zip(heard.keys, heard.denied, strict=True))),
        float(any(denied and not keys & line.own for keys, denied in zip(heard.keys, heard.denied, strict=True))),
    ]


def _of_neighbours(clause: Clause, heard: Said, line: MisfitLine, everyday: Collection[str]) -> list[float]:
    """Return of which sort the word before the first number is: a strange one makes it another thing's."""
    money = float(any(number.unit == "money" for number in clause.numbers))
    if not clause.numbers:
        return [0.0, 0.0, 0.0, 0.0, money]
    at = clause.numbers[0].start - clause.start
    before = [number for number, start in enumerate(heard.starts) if start < at]
    if not before:
        return [0.0, 0.0, 0.0, 1.0, money]
    last = max(before, key=lambda number: heard.starts[number])
    if heard.keys[last] & line.own:
        return [1.0, 0.0, 0.0, 0.0, money]
    plain = heard.words[last] in everyday or bool(heard.keys[last] & line.elsewhere)
    return [0.0, float(not plain), float(plain), 0.0, money]
