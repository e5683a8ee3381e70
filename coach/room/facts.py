"""Which facts of the sheet a question is after, and whether an answer tells them. Pure: words in, names out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from coach.language import Language
from coach.language.point import Amount, amounts
from coach.room.heard import content_tokens, flatten
from coach.room.pack import topic_pack
from coach.room.phrasebook import Phrasebook
from coach.scenario.model import Product

_MEANS = 2
"""Shared words that tell a fact, where there are as many; one is enough for a short one."""


class FactSheet:
    """What each fact and selling point of a product says, ready to be compared with answers.

    Args:
        product: The sheet.
        language: How it is worded.
    """

    def __init__(self, product: Product, language: Language) -> None:
        self._language = language
        texts = dict(product.facts)
        for point in product.selling_points:
            texts[point.id] = " ， ".join((point.statement, *point.must_facts, *point.aliases))
        self._amounts: dict[str, frozenset[Amount]] = {name: amounts(text, language) for name, text in texts.items()}
        self._words = {name: frozenset(content_tokens(text, language)) for name, text in texts.items()}
        self._every: frozenset[Amount] = frozenset().union(*self._amounts.values())
        self._all_words: frozenset[str] = frozenset().union(*self._words.values())
        holders: dict[str, list[str]] = {}
        for name, value in product.facts.items():
            for word in content_tokens(f"{name} ， {value}", language):
                holders.setdefault(word, []).append(name)
        self._only_in = {
            word: names[0]
            for word, names in holders.items()
            if len(names) == 1 and not language.numbers(word)  # "three" friends ask for no three hours
        }
        self._by_subject = {
            subject: tuple(name for name in product.facts if _is_named(name, names, language))
            for subject, names in _names(language.code).items()
        }

    def asked_for(self, flat: str, words: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the names of facts that a viewer's line is after.

        Args:
            flat: The line as flat text; its subjects are told by their wordings.
            words: Its content; a word that stands in one fact alone asks for that fact.
        """
        subjects = {hit.kind for hit in _asks(self._language.code).find(flat)}
        found = [name for subject in sorted(subjects) for name in self._by_subject.get(subject, ())]
        found += [self._only_in[word] for word in sorted(words) if word in self._only_in]
        return tuple(dict.fromkeys(found))

    def subjects(self, flat: str) -> frozenset[str]:
        """Return what a flat text is about, told by the words for it: what is asked, or what is talked of."""
        return frozenset(hit.kind for hit in _talks(self._language.code).find(flat))

    def tells(self, names: Iterable[str], text: str, asked: frozenset[str] = frozenset()) -> bool:
        """Return whether a text tells one of these facts: an amount or words of it that were not asked.

        Args:
            names: Names of facts, ids of points.
            text: The answer.
            asked: Content of the question; saying it again tells nothing.
        """
        said = amounts(text, self._language)
        words = content_tokens(text, self._language) - asked
        return any(self._is_told(name, said, words) for name in names)

    def _is_told(self, name: str, said: frozenset[Amount], words: set[str]) -> bool:
        own = self._amounts.get(name, frozenset())
        if own & said or {value for _, value in own} & {value for unit, value in said if unit in ("", "~")}:
            return True
        shared = self._words.get(name, frozenset()) & words
        return len(shared) >= min(_MEANS, max(1, len(self._words.get(name, ())) // 2))

    def has_amount(self, text: str) -> bool:
        """Return whether a text names an amount of the sheet, unit and all."""
        return any(unit and (unit, value) in self._every for unit, value in amounts(text, self._language))

    def shared(self, text: str) -> int:
        """Return how much of the whole sheet a text tells: amounts and content words together."""
        said, words = amounts(text, self._language), content_tokens(text, self._language)
        return len(self._every & said) * 2 + len(self._all_words & words)


def _is_named(name: str, names: Iterable[str], language: Language) -> bool:
    flat = flatten(name, language)
    return any(flatten(word, language).strip() in flat for word in names)


@cache
def _asks(code: str) -> Phrasebook:
    return Phrasebook({name: subject.asks for name, subject in topic_pack(code).subjects.items()}, code)


@cache
def _talks(code: str) -> Phrasebook:
    return Phrasebook(
        {name: (*subject.asks, *subject.says) for name, subject in topic_pack(code).subjects.items()}, code
    )


@cache
def _names(code: str) -> dict[str, tuple[str, ...]]:
    return {name: subject.names for name, subject in topic_pack(code).subjects.items()}
