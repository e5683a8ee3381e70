"""Rule packs: what must not be said while selling, by category, with law, dates, proof and a better wording."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from coach.language.pack_text import read_yaml

_FOLDER = Path(__file__).parent / "packs"

Category = Literal[
    "absolute",
    "medical",
    "cosmetic",
    "food_health",
    "promise",
    "price_urgency",
    "off_platform",
    "induce",
    "disparage",
    "counterfeit",
    "insult",
    "superstition",
    "minors",
    "fake_data",
    "origin",
    "disclosure",
    "own",
]
"""Kinds of violations; `own` is what a product's own sheet forbids."""
Severity = Literal["H", "M", "L"]
Platform = Literal["douyin", "taobao", "kuaishou", "wechat", "tiktok-shop", "amazon-live", "generic"]
Proof = Literal["sheet", "certificate", "stock", "list_price", "list_again", "deadline", "place", "age"]
"""`list_again`: the price it goes back to is the true list price. `age`: the sheet lets people of that age use it.
`place`: the sheet names the place that is named (its last word, in Chinese the first two characters)."""
Guard = Literal["denied", "isnt", "told", "debunked", "quoted", "asked"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Self:
        """Return itself: it cannot change, so copies share it."""
        return self


class Both(_Value):
    """One sentence in both languages."""

    zh: str
    en: str


class Rule(_Value):
    """One thing that must not be said."""

    id: str
    category: Category
    severity: Severity
    source: str
    """Law or platform rule with its date."""
    why: Both
    rewrite: str
    """A way to say it that is allowed, with slots filled from the sheet (`{name}`, `{live}`, `{list}`, `{stock}`,
    `{point}`, `{fact}`, `{certificate}`)."""
    wordings: tuple[str, ...]
    unless: tuple[str, ...] = ()
    """Wordings around it that make it harmless."""
    weak: bool = False
    """Whether the wording alone is too little: it counts only in a talk that breaks clear rules again and again."""
    certain: bool = False
    """Whether the wording settles it: the learned opinion, which knows few of its kind, is not asked."""
    guards: tuple[Guard, ...] = ("denied", "told", "debunked", "quoted", "asked")
    """What turns it down here."""
    cleared_by: tuple[Proof, ...] = ()
    """Evidence on the sheet that makes it true."""
    unproven: Severity | None = None
    """Severity where the sheet does not tell what would clear it."""
    products: tuple[str, ...] = ()
    """Product categories it holds for; empty for all."""
    other_products: tuple[str, ...] = ()
    """Product categories it does not hold for."""
    platforms: tuple[Platform, ...] = ()
    """Platforms it holds for; empty for all."""
    effective: date | None = None
    """First day it holds; that of the pack unless given."""
    until: date | None = None
    """Last day it holds."""

    def holds(self, category: str, platform: str, today: date | None) -> bool:
        """Return whether it holds for a product and a platform on a day; without a day, whether it holds at all."""
        if (self.products and category not in self.products) or category in self.other_products:
            return False
        if self.platforms and platform not in self.platforms:
            return False
        if today is None:
            return self.until is None
        return (self.effective or today) <= today <= (self.until or today)


class RulePack(_Value):
    """Rules of one language and subject."""

    id: str
    version: str
    source: str
    effective: date
    reviewed_by: str = ""
    rules: tuple[Rule, ...] = Field(min_length=1)


class Lexicon(_Value):
    """Word lists that rules name, what turns a claim down, and real words that sound like listed ones."""

    id: str
    version: str
    source: str
    effective: date
    lists: dict[str, tuple[str, ...]]
    """Name → alternatives, patterns themselves."""
    harmless: tuple[str, ...]
    """Wordings that hold a negation or a quoting word but turn nothing down."""
    restarts: tuple[str, ...]
    """Words after which an earlier negation no longer holds."""
    denied_before: tuple[str, ...]
    """Patterns that end where a claim begins, in the same clause."""
    isnt_before: tuple[str, ...] = ()
    """The same for rules whose wordings often follow a plain "not" (不敢吃黑心货): only "is not", "I do not say"."""
    told_before: tuple[str, ...]
    """The same, over a mark too: words that are named in order not to say them."""
    told_after: tuple[str, ...]
    """Patterns that begin where a claim ends: it is named in order not to say it."""
    debunked_after: tuple[str, ...]
    """The same: it is called untrue, or not to be had."""
    quoted_before: tuple[str, ...]
    """Patterns that end where a claim begins: somebody else's words."""
    asked_before: tuple[str, ...] = ()
    """Patterns that end where a claim begins: a question."""
    asked_after: tuple[str, ...] = ()
    """The same, beginning where it ends."""
    withdrawn: tuple[str, ...] = ()
    """Patterns anywhere later in the utterance that take a claim back."""
    disclosed: tuple[str, ...] = ()
    """Patterns that tell viewers of a payment, a commission, a gift."""
    words: tuple[str, ...] = ()
    """zh: real words that must stay although they sound like a listed one."""
    slips: tuple[str, ...] = ()
    """zh: words to restore from their sound beside those of the rules."""
    traditional: str = ""
    """zh: traditional characters that occur in wordings, each followed by the simplified one."""


@cache
def lexicon(code: str) -> Lexicon:
    """Return the word lists for `zh` or `en`."""
    return Lexicon.model_validate(_read(f"lexicon_{code}"))


def disclosures(code: str) -> tuple[str, ...]:
    """Return the patterns that tell of a paid relationship."""
    return lexicon(code).disclosed


@cache
def rule_packs(code: str) -> tuple[RulePack, ...]:
    """Return all rule packs for `zh` or `en`, in order of their names."""
    names = sorted(path.stem for path in _FOLDER.glob(f"*_{code}.yaml"))
    return tuple(RulePack.model_validate(_read(name)) for name in names if not name.startswith("lexicon"))


def all_rules(code: str) -> Iterator[Rule]:
    """Yield every rule for `zh` or `en`, dated."""
    for pack in rule_packs(code):
        for rule in pack.rules:
            yield rule if rule.effective else rule.model_copy(update={"effective": pack.effective})


def day_of_rules(code: str, today: date | None) -> date:
    """Return the last day up to a given one on which the rules changed, and no day before the packs are in force.

    Old rehearsals are judged by today's packs; a rule that takes effect later is not held against anybody before. Where
    the day is not known, only what was in force with the packs counts.
    """
    days = _days_of_change(code)
    return max(day for day in days if day <= max(today or days[0], days[0]))


@cache
def _days_of_change(code: str) -> tuple[date, ...]:
    since = max(pack.effective for pack in rule_packs(code))
    rules = [rule for pack in rule_packs(code) for rule in pack.rules]
    begun = {rule.effective for rule in rules if rule.effective}
    ended = {rule.until + timedelta(days=1) for rule in rules if rule.until}
    return (since, *sorted(day for day in begun | ended if day > since))


def claim_versions(code: str) -> dict[str, str]:
    """Return id → version of the packs that claims are found with."""
    words = lexicon(code)
    return {words.id: words.version, **{pack.id: pack.version for pack in rule_packs(code)}}


def _read(name: str) -> object:
    return read_yaml((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
