"""Claims as one scenario's utterances make them: the packs of `coach.language.claims` with its product sheet."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from coach.language.claims import Claim, SheetProof, day_of_rules, find_claims
from coach.language.reader.asked import Said
from coach.scenario.model import Product, Scenario

_KEPT = 64
"""Sheets kept ready."""
_AGAIN, _OFTEN = 3, 0.2
"""Utterances with a grave claim, in number and share, from which a talk is read strictly. Design defaults."""
_proofs: OrderedDict[int, tuple[Scenario, SheetProof]] = OrderedDict()


def claims_of(
    text: str,
    scenario: Scenario,
    today: date | None = None,
    names: Iterable[str] = (),
    *,
    line: str = "",
    strict: bool = False,
) -> tuple[Claim, ...]:
    """Return the claims of an utterance, turned down, proven and made.

    Args:
        text: What was said, clean or as a recogniser hears it.
        scenario: What is sold, where.
        today: The day it is said; None where it is not known.
        names: What viewers beside the scenario's call themselves: that is not said of them.
        line: What a viewer wrote or said right before, if anybody did.
        strict: Whether weak wordings count too.
    """
    lowered = text.lower()
    present = tuple(name for name, lower in _called(scenario, tuple(names)) if lower in lowered)
    called = _names(present) if present else None
    read = called.sub(_blank, text) if called else text
    day = day_of_rules(scenario.language, today)
    return find_claims(text, proof_of(scenario), scenario.selling_platform, day, read, line=line, strict=strict)


def claims_in_talk(
    said: Sequence[Said], scenario: Scenario, names: Iterable[str] = (), today: date | None = None
) -> list[tuple[Claim, ...]]:
    """Return the claims of each utterance of a whole talk, held on a day if that is known.

    Wordings that alone prove nothing count where the talk breaks clear rules again and again: who has called viewers
    names and sold a cure three times is not given the benefit of the doubt.
    """
    known = tuple(names)
    found = [claims_of(item.text, scenario, today, known, line=item.line) for item in said]
    broken = sum(any(claim.severity == "H" and not claim.turned_down for claim in claims) for claims in found)
    if broken < _AGAIN or broken < _OFTEN * len(said):
        return found
    return [claims_of(item.text, scenario, today, known, line=item.line, strict=True) for item in said]


def proof_of(scenario: Scenario) -> SheetProof:
    """Return what a scenario's product sheet proves, made once."""
    known = _proofs.get(id(scenario))
    if known is not None and known[0] is scenario:
        _proofs.move_to_end(id(scenario))
        return known[1]
    made = _proof(scenario.product, scenario.category, scenario.language)
    _proofs[id(scenario)] = (scenario, made)
    if len(_proofs) > _KEPT:
        _proofs.popitem(last=False)
    return made


def _proof(product: Product, category: str, code: str) -> SheetProof:
    points = [text for point in product.selling_points for text in (point.statement, *point.must_facts)]
    return SheetProof(
        category=category,
        stock=product.stock,
        prices=(product.price.list, product.price.live),
        told=(product.name, *product.facts.values(), *product.certificates, *points, *product.gifts),
        certificates=(*product.certificates, *product.facts.values()),
        banned=tuple(product.must_not_say),
        code=code,
    )


def _called(scenario: Scenario, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what viewers are called, as it is and in lower case; the same is asked for each utterance of a talk."""
    known = _everybody.get((id(scenario), names))
    if known is None or known[0] is not scenario:
        if len(_everybody) >= _KEPT:
            _everybody.clear()
        listed = dict.fromkeys([*(viewer.name for viewer in scenario.viewers), *names])
        known = _everybody[id(scenario), names] = (scenario, tuple((name, name.lower()) for name in listed))
    return known[1]


_everybody: dict[tuple[int, tuple[str, ...]], tuple[Scenario, tuple[tuple[str, str], ...]]] = {}


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    listed = sorted((re.escape(name) for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(listed), re.IGNORECASE) if listed else None


def _blank(found: re.Match[str]) -> str:
    return "，" * len(found.group())
