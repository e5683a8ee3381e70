"""All wordings of the rules of one language, looked for in an utterance at once. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from coach.language.claims.evidence import SheetProof
from coach.language.claims.flat import Flat, flatten
from coach.language.claims.restore import Restorer, meant_in
from coach.language.claims.rule import Rule, all_rules, lexicon
from coach.language.claims.wording import Wording, expanded
from coach.language.cut_zh import cut_words
from coach.language.literals import alternatives
from coach.language.needles import Needles

_SHORT = 3
"""Characters up to which a Chinese wording must keep to the borders of words."""
_WRITTEN = "，。？！；,?!;"
"""Marks that a recogniser without punctuation never writes."""


class Hit(NamedTuple):
    """Words that a rule names, at their place in the flat text."""

    rule: Rule
    start: int
    end: int


def _number(found: tuple[int, Hit]) -> int:
    return found[0]


class Scanner:
    """All rules of one language, indexed.

    Args:
        code: `zh` or `en`.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        words = lexicon(code)
        self._lists = {name: "|".join(listed) for name, listed in words.lists.items()}
        self._index: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        self._wordings: list[tuple[Rule, Wording]] = []
        self._needs: list[tuple[frozenset[str], ...]] = []
        self._held: dict[tuple[str, str, date | None, bool], frozenset[int]] = {}
        self._unless: dict[str, re.Pattern[str]] = {}
        for rule in all_rules(code):
            self._add(rule)
        others = (string for sets in self._needs for strings in sets for string in strings)
        self._needles = Needles(self._index, code, others)
        self._needs = [tuple(frozenset(map(self._needles.sign, need)) for need in sets) for sets in self._needs]
        self._found = lru_cache(maxsize=512)(self._find)
        self._candidates = lru_cache(maxsize=256)(self._look_up)
        self._read = lru_cache(maxsize=512)(self._flatten)
        self._fold = str.maketrans(words.traditional[::2], words.traditional[1::2])
        real = [*words.words, *(item for items in words.lists.values() for item in items if item.isalpha())]
        self._restorer = Restorer(meant(code), real) if code == "zh" else None

    def _add(self, rule: Rule) -> None:
        for source in (part for listed in rule.wordings for part in alternatives(listed)):
            wording = Wording(source, self._code, self._lists)
            number = len(self._wordings)
            self._wordings.append((rule, wording))
            for anchor in wording.anchors:
                self._index[anchor].append(number)
            self._needs.append(wording.needs)
            if not wording.anchors:
                self._always.append(number)
        if rule.unless:
            bodies = "|".join(expanded(item, self._code, self._lists) for item in rule.unless)
            # "best to" is no part of "best tote"; a plural is as harmless as its singular.
            self._unless[rule.id] = re.compile(bodies if self._code == "zh" else rf"\b(?:{bodies})(?=s?\b)")

    def ready(self, text: str, read: str | None = None) -> Flat:
        """Return a text as claims are looked for in it, read as another of its length where one is given."""
        written = any(mark in text for mark in _WRITTEN)  # by somebody, or by a recogniser that knows the language
        return self._read(read or text, written)._replace(text=text)

    def _flatten(self, text: str, written: bool) -> Flat:
        made = flatten(text, self._code)
        if self._restorer is None:
            return made
        folded = made.flat.translate(self._fold)
        if written:
            return made.with_flat(folded)
        return made.with_flat(self._restorer.restore(folded))

    def hits(
        self, flat: str, proof: SheetProof, platform: str, today: date | None, *, strict: bool = False
    ) -> list[Hit]:
        """Return every wording of a rule in force that stands in a flat text; weak ones only if strict."""
        found = self._found(flat, proof.category, platform, today, False)
        if strict:  # a talk is read strictly after it was read once
            found = tuple(sorted((*found, *self._found(flat, proof.category, platform, today, True)), key=_number))
        return [hit for _, hit in found]

    def is_allowed_on(self, platform: str, category: str, flat: str, start: int, end: int) -> bool:
        """Return whether words of a stretch are forbidden on other platforms only (its own shop, named on it)."""
        elsewhere = [
            wording
            for number in self._candidates(flat)
            for rule, wording in [self._wordings[number]]
            if rule.category == category and rule.platforms and platform not in rule.platforms
        ]
        return any(first < end and start < last for wording in elsewhere for first, last in wording.find(flat))

    def has_weak(self, flat: str, proof: SheetProof, platform: str, today: date | None) -> bool:
        """Return whether a weak wording stands in a flat text: without one, read strictly is read plainly."""
        return bool(self._found(flat, proof.category, platform, today, True))

    def _find(
        self, flat: str, category: str, platform: str, today: date | None, weak: bool
    ) -> tuple[tuple[int, Hit], ...]:
        found = []
        for number in sorted(self._candidates(flat) & self._in_force(category, platform, today, weak=weak)):
            rule, wording = self._wordings[number]
            for start, end in wording.find(flat):
                hit = Hit(rule, start, end)
                if end > start and not self._is_harmless(hit, flat) and not self._cuts_word(hit, flat):
                    found.append((number, hit))
        return tuple(found)

    def _cuts_word(self, hit: Hit, flat: str) -> bool:
        """Return whether short Chinese words are the end of one word and the head of the next (妈的 in 我妈的)."""
        if self._code == "en" or hit.end - hit.start > _SHORT:
            return False
        return any(
            word.start < hit.start < word.end < hit.end or hit.start < word.start < hit.end < word.end
            for word in cut_words(flat)
        )

    def _in_force(self, category: str, platform: str, today: date | None, *, weak: bool) -> frozenset[int]:
        key = (category, platform, today, weak)
        if key not in self._held:
            self._held[key] = frozenset(
                number
                for number, (rule, _) in enumerate(self._wordings)
                if rule.weak == weak and rule.holds(category, platform, today)
            )
        return self._held[key]

    def _look_up(self, flat: str) -> frozenset[int]:
        """Return the wordings that the text may hold: one string of each of their sets stands in it."""
        signs, needs, found = self._needles.signs_in(flat), self._needs, set(self._always)
        for anchor in self._needles.held(flat, signs):
            found.update(self._index[anchor])
        lacks = signs.isdisjoint
        return frozenset([number for number in found if not (needs[number] and any(map(lacks, needs[number])))])

    def is_usual(self, hit: Hit, flat: str) -> bool:
        """Return whether words that a sheet forbids stand in a wording that no superlative rule minds (最好吃完)."""
        return any(
            self._is_within(hit, self._unless[name], flat) for name in self._unless if name.startswith("absolute.")
        )

    def _is_harmless(self, hit: Hit, flat: str) -> bool:
        pattern = self._unless.get(hit.rule.id)
        return pattern is not None and self._is_within(hit, pattern, flat)

    @staticmethod
    def _is_within(hit: Hit, pattern: re.Pattern[str], flat: str) -> bool:
        return any(item.start() < hit.end and hit.start < item.end() for item in pattern.finditer(flat))


def meant(code: str) -> list[str]:
    """Return the words that a recogniser may have written with others of the same sound."""
    words = lexicon(code)
    listed = [source for rule in all_rules(code) for source in rule.wordings]
    listed += [item for items in words.lists.values() for item in items]
    runs = [run for source in listed for run in meant_in(source)]
    return list(dict.fromkeys([*words.slips, *runs]))


@cache
def scanner(code: str) -> Scanner:
    """Return the scanner for `zh` or `en`."""
    return Scanner(code)
