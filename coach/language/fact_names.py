"""All names of a language's pack: which kinds and abilities each of them stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from coach.language.fact_pack import FactPack, load_fact_pack
from coach.language.name_finder import name_finder


class Names:
    """All names of one language's pack in one pattern."""

    def __init__(self, pack: FactPack, code: str) -> None:
        self.families: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.abilities: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, family in pack.families.items():
            for side in family.sides:
                for form in dict.fromkeys(spaced(form) for form in side.split("|")):
                    self.families[form].append((name, side))
        for name, ability in pack.abilities.items():
            for forms, sign in ((ability.forms, 0), (ability.always, 1), (ability.never, -1)):
                for form in dict.fromkeys(map(spaced, forms)):
                    self.abilities[form].append((name, sign))
        self.outright = frozenset(
            form
            for form, uses in self.abilities.items()
            if any(sign or pack.abilities[name].outright for name, sign in uses)
        )
        self.plain = frozenset(
            form
            for form, uses in self.abilities.items()
            if any(not sign and not pack.abilities[name].outright for name, sign in uses)
        )
        self.everything = Finders(self.families, self.outright, self.plain, code)


class Finders:
    """Finds names of families, whole phrases and plain names of abilities."""

    def __init__(self, families: Iterable[str], outright: Iterable[str], plain: Iterable[str], code: str) -> None:
        self.families, self.outright, self.plain = (name_finder(names, code) for names in (families, outright, plain))


def spaced(form: str) -> str:
    """Return a name as recognisers write it: spaces for hyphens."""
    return form.replace("-", " ")


@cache
def names_of(code: str) -> Names:
    """Return the names of a language."""
    return Names(load_fact_pack(code), code)
