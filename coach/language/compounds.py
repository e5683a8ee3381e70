"""What a sheet says in compounds of its own: double-lined, 双层, not chew-proof, contains latex."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from coach.language.name_finder import name_finder
from coach.language.scope import place, scope_reader
from coach.language.sheet_line import Opposed, SheetLine

_PROOF_EN = re.compile(r"\bnot (?:an? )?([a-z]+)[- ](proof|safe|resistant|friendly|free|rated|ready|compatible)\b")
"""Compounds that a sheet denies, whatever their first word (not chew-proof)."""
_MANIFOLD = {
    "zh": re.compile(r"(?<![简孤])(单|双|三|四)(层|控|面|头|芯|人|排|开门|效|核|卡|拼|色|门|股|针|环|锁)"),
    "en": re.compile(r"\b(single|double|dual|triple)[- ]([a-z]{3,})\b"),
}
"""How many fold something is; a sheet that says double is contradicted by single of the same."""
_FREE_EN = re.compile(r"\b([a-z]{3,})[- ]free\b")


class Compounds:
    """A product sheet's compounds made ready.

    Args:
        lines: Facts and selling points.
        code: `zh` or `en`.
    """

    def __init__(self, lines: Sequence[SheetLine], code: str) -> None:
        self.lines, self.code = lines, code
        self._scopes = scope_reader(code)
        self._manifold: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, line in enumerate(lines):
            for hit in _MANIFOLD[code].finditer(line.text.lower()):
                self._manifold[hit[2]][hit[1]].append(number)
        self._compounds = {
            f"{hit[1]} {hit[2]}": number
            for number, line in enumerate(lines)
            for hit in (_PROOF_EN.finditer(line.text.lower()) if code == "en" else ())
        }
        self._compound_finder = name_finder(self._compounds, code)

    def find(self, text: str) -> Iterator[Opposed]:
        """Yield what in a lower-case text contradicts them."""
        yield from self._other_manifold(text)
        yield from self._free_of(text)
        yield from self._denied_compounds(text)

    def _other_manifold(self, text: str) -> Iterator[Opposed]:
        """Yield "single" where the sheet says "double" of the same thing (单层, 双层)."""
        for hit in _MANIFOLD[self.code].finditer(text):
            told = self._manifold.get(hit[2])
            if told and hit[1] not in told:
                at = place(text, *hit.span())
                scope = self._scopes.read(at)
                if scope.claimed and not scope.denied:
                    yield Opposed(
                        hit.start(), hit.end(), "manifold", tuple(dict.fromkeys(n for ns in told.values() for n in ns))
                    )

    def _free_of(self, text: str) -> Iterator[Opposed]:
        """Yield "X-free" where the sheet says that X is in it."""
        for hit in _FREE_EN.finditer(text) if self.code == "en" else ():
            numbers = tuple(
                n
                for n, line in enumerate(self.lines)
                if re.search(rf"\bcontains? (?:\w+ )?{hit[1]}\b", line.text.lower())
            )
            at = place(text, *hit.span())
            scope = self._scopes.read(at)
            if numbers and scope.claimed and not scope.denied:
                yield Opposed(hit.start(), hit.end(), "free", numbers)

    def _denied_compounds(self, text: str) -> Iterator[Opposed]:
        for start, end, form in self._compound_finder.find(text):
            at = place(text, start, end)
            scope = self._scopes.read(at)
            if scope.claimed and not scope.denied:
                yield Opposed(start, end, "ability.own", (self._compounds[form],))
