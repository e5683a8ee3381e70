"""What a product's sheet proves: true stock, true prices, certificates and tests, things it says itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from coach.language import Language, NumberSpan, language_for
from coach.language.claims.flat import flatten
from coach.language.claims.rule import Proof

_ROUGHLY = 0.15
"""How far a stock said may lie from the true one ("little over six hundred", 八百多)."""
_WITHOUT = {
    "zh": re.compile(r"(?:没有?|无|零|0|不含|不加|不放|没加|没放)(?:任何|一点|半点)?(?:添加)?([\u4e00-\u9fff]{2,5})$"),
    "en": re.compile(r"(?:no|zero|without|free of)(?: added| any)? ([a-z]{4,}(?: [a-z]+)?)$"),
}
"""A term that says that something is left out."""
_FOR_EVER = {
    "zh": re.compile(r"(?:终身|永久)(?:质保|保修|包换|维修|保)"),
    "en": re.compile(r"\b(?:lifetime|for life)\b"),
}
"""A warranty without an end, which some products have."""
_FROM_AGE = re.compile(r"岁(?:以上|起|及以上)|满.{1,3}岁|\b(?:from|and up|or older|at least)\b")
_THERE = {
    "zh": re.compile(r"库存|现货|仓库|剩|只有|就有?|备了"),
    "en": re.compile(r"\b(?:left|stock|only|remain\w*)\b"),
}
"""Words for what is there to be sold."""
_NEAR_BY = 12
"""Characters between a number and such a word."""
_FUNCTION = 3
"""Letters up to which an English word tells nothing of a sheet."""
_DAYS = {"~岁": 365.0, "month": 30.4, "day": 1.0}
"""Units of ages, in days."""
_DENIES = {
    "zh": re.compile(r"(?:不|没有?|非|无|未|禁止|勿|别)[^，。]{0,4}$"),
    "en": re.compile(r"\b(?:no|not|never|non|isnt|doesnt|cant|without|dont|arent)(?: \w+){0,3} $"),
}


@dataclass(frozen=True, eq=False)
class SheetProof:
    """What the sheet of a product says that can clear a claim.

    Attributes:
        category: Trade, e.g. `beauty`.
        stock: True stock; 0 if not told.
        prices: Every true price: usual, live.
        told: Facts, certificates and selling points, as written.
        certificates: Certificates alone.
        banned: Wordings the sheet forbids.
    """

    category: str = ""
    stock: int = 0
    prices: tuple[float, ...] = ()
    told: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    code: str = "zh"
    slots: dict[str, str] = field(default_factory=dict)
    """Name → words for rewrites."""

    @cached_property
    def language(self) -> Language:
        """The language it is written in."""
        return language_for(self.code)

    @cached_property
    def _flat(self) -> str:
        return "。".join(flatten(item, self.code).flat for item in self.told)

    @cached_property
    def _flat_certificates(self) -> str:
        return "。".join(flatten(item, self.code).flat for item in self.certificates)

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(self._parts_of(self._flat))

    def _parts_of(self, flat: str) -> list[str]:
        """Return pairs of characters (zh), or words of some length (en)."""
        if self.code == "zh":
            return [flat[at : at + 2] for at in range(len(flat) - 1) if flat[at : at + 2].isalnum()]
        return [word for word in flat.split() if len(word) > _FUNCTION]

    def share(self, flat: str) -> float:
        """Return how much of some flat words the sheet has too, 0 to 1: what is read out is no claim."""
        parts = self._parts_of(flat)
        return sum(part in self._parts for part in parts) / len(parts) if parts else 0.0

    def clears(self, proofs: Iterable[Proof], term: str, around: str) -> bool:
        """Return whether the sheet makes a claim true.

        Args:
            proofs: What may clear it.
            term: The words that carry the problem, flat.
            around: The clause around them, flat.
        """
        return any(self._clears(proof, term, around) for proof in proofs)

    def _clears(self, proof: Proof, term: str, around: str) -> bool:
        if proof == "stock":
            return self._is_stock(term if self.language.numbers(term) else around)
        if proof in ("list_price", "list_again"):
            return self._is_price(term) if proof == "list_price" else self._is_list_price(around)
        if proof == "age":
            return self._is_of_age(around)
        if proof == "place":
            return self._says(self._flat, term.split()[-1] if self.code == "en" else term[:2])
        told = self._flat_certificates if proof == "certificate" else self._flat
        if proof == "certificate" and "认证" in term and "认证" in told:
            return True
        if _FOR_EVER[self.code].search(term) and _FOR_EVER[self.code].search(told):
            return True
        return self._says(told, term) or self._leaves_out(told, term)

    def _leaves_out(self, told: str, term: str) -> bool:
        """Return whether the sheet says in other words that something is not in it (没防腐剂, 不含防腐剂)."""
        without = _WITHOUT[self.code].match(term.strip())
        if without is None:
            return False
        return any(_DENIES[self.code].search(told[max(0, at - 30) : at]) for at in _places(told, without[1]))

    def _is_price(self, term: str) -> bool:
        """Return whether a price to compare with is true, or no boast: not above the lowest one."""
        said = [span.value for span in self.language.numbers(term)]
        lowest = min(self.prices, default=0.0)
        return any(value <= lowest or any(abs(value - price) < 1 for price in self.prices) for value in said)

    def _is_list_price(self, around: str) -> bool:
        """Return whether the highest price named is the true list price, to which one goes back after a sale."""
        said = [span.value for span in self.language.numbers(around) if span.unit in ("", "money") or span.value > 20]
        most = max(self.prices, default=0.0)
        return bool(said) and most > 0 and abs(max(said) - most) < 1

    def _is_of_age(self, around: str) -> bool:
        """Return whether every age named is one from which the sheet lets people use it."""
        said = [value for text in (around,) for value in self._ages(text)]
        least = min((value for text in self.told if _FROM_AGE.search(text) for value in self._ages(text)), default=None)
        return bool(said) and least is not None and min(said) >= least

    def _ages(self, text: str) -> list[float]:
        return [span.amount * _DAYS[span.unit] for span in self.language.numbers(text) if span.unit in _DAYS]

    def names_stock(self, words: str) -> bool:
        """Return whether flat words say the true stock: its number, of pieces, beside a word for what is there."""
        return self.stock > 0 and any(
            self._near(span, words)
            and (not span.unit or span.unit.startswith("~"))
            and _THERE[self.code].search(words[max(0, span.start - _NEAR_BY) : span.end + _NEAR_BY])
            for span in self.language.numbers(words)
        )

    def _is_stock(self, words: str) -> bool:
        return self.stock > 0 and any(self._near(span, words) for span in self.language.numbers(words))

    def _near(self, span: NumberSpan, words: str) -> bool:
        more = words[span.end : span.end + 1] in ("多", "几", "来") or " over " in words or " more than " in words
        high = span.value * (1.25 if more else 1 + _ROUGHLY)
        return span.value * (1 - _ROUGHLY) <= self.stock <= high

    def _says(self, told: str, term: str) -> bool:
        """Return whether the sheet says the words and does not deny them."""
        wanted = term.strip()
        at = told.find(wanted) if wanted else -1
        while at >= 0:
            if not _DENIES[self.code].search(told[max(0, at - 30) : at]):
                return True
            at = told.find(wanted, at + 1)
        return False

    def can_tell(self, proofs: Iterable[Proof]) -> bool:
        """Return whether the sheet says anything about what would clear a claim."""
        known = {"stock": self.stock > 0, "list_price": bool(self.prices), "certificate": bool(self.certificates)}
        return all(known.get(proof, bool(self.told)) for proof in proofs)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
