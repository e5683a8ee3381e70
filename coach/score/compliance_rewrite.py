"""A forbidden line said in an allowed way: the rule's own rewrite, with the product's material in its slots."""

from __future__ import annotations

import re

from coach.scenario.model import Scenario
from coach.score.material import Material

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?:It|Its|The|A|An|You|Your|This|These|They|We|Our|One|Each|Every|No|There) ")
"""How a selling point begins that is a whole sentence; other capitals are names."""
_LONGEST = 60
"""Characters of a fact that is taken into a line."""


def rewritten(rewrite: str, term: str, scenario: Scenario) -> str:
    """Return a rule's rewrite with its slots filled; a slot the sheet cannot fill gets the first selling point."""
    return _SLOT.sub(lambda found: _joined(found.string[: found.start()], _filled(found[1], term, scenario)), rewrite)


def _joined(before: str, filled: str) -> str:
    """Return what fills a slot as it goes on: an English sentence inside another follows a colon, without capital."""
    if not _SENTENCE.match(filled) or not re.search(r"[a-z] $", before):
        return filled
    return f"this: {filled[0].lower()}{filled[1:]}"


def _filled(slot: str, term: str, scenario: Scenario) -> str:
    material, product = Material(scenario), scenario.product
    if slot == "name":
        return product.name
    if slot in ("live", "list"):
        amount = product.price.live if slot == "live" else product.price.list
        return f"{amount:g}块" if material.is_zh and product.price.currency == "CNY" else material.money(amount)
    if slot == "stock":
        return _stock(scenario)
    if slot == "certificate" and product.certificates:
        return product.certificates[0]
    return (_fact(term, scenario) if slot == "fact" else "") or material.lead_line().rstrip("。.")


def _stock(scenario: Scenario) -> str:
    """Return the true stock, or what can be said where it is not told."""
    stock, zh = scenario.product.stock, scenario.language == "zh"
    if stock:
        return f"{stock}件" if zh else f"{stock}"
    return "多少以页面为准" if zh else "as many as the page shows"


def _fact(term: str, scenario: Scenario) -> str:
    """Return the fact of the sheet that shares most with the words said; nothing where none does."""
    said = {*re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]", term.lower())}
    best, shared = "", 1
    for name, value in scenario.product.facts.items():
        told = value if name in value else f"{name}，{value}" if scenario.language == "zh" else f"{name}: {value}"
        common = len(said & {*re.findall(r"[a-z]{4,}|[\u4e00-\u9fff]", told.lower())})
        if common > shared and len(told) <= _LONGEST:
            best, shared = told, common
    return best
