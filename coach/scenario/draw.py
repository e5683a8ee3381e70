"""抽品挑战: a product drawn from other scenarios, a few minutes to prepare, then the pitch (DOMAIN row R29).

A drawn scenario is an ordinary one with a text of its own, so it is kept, scored and played like any other.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from coach.errors import InputError
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.scenario.model import Price, Product, Scenario
from coach.scenario.text import keys_of, text_of

_TITLE = 80
_LEAST_PRICE = 0.01


def drawn(loaded: LoadedScenario, library: Sequence[LoadedScenario], seed: int) -> LoadedScenario:
    """Return the scenario with a product drawn from those it names; one without `draw` as it is.

    What hangs on the product goes with it: viewers keep how far their price limit is between floor and price, and look
    for evidence the new product has; a wrong price on the card stays as wrong as it was.

    Args:
        loaded: The scenario that draws.
        library: Scenarios whose products may come up.
        seed: Decides; becomes the scenario's seed, so that the same draw can be played again.

    Raises:
        InputError: If a product's scenario is not in the library, or is in another language.
    """
    scenario = loaded.scenario
    if scenario.draw is None:
        return loaded
    found = {item.scenario.id: item.scenario for item in library}
    sources = [_source(product_id, scenario, found) for product_id in scenario.draw.products]
    text = _text(scenario, random.Random(seed).choice(sources), seed)
    return parse_scenario(text, loaded.name)


def _source(product_id: str, scenario: Scenario, found: dict[str, Scenario]) -> Scenario:
    source = found.get(product_id)
    if source is None:
        raise InputError(
            "Expected ids of scenarios under draw.products of {scenario!r}, got {product!r}, which does not exist.",
            scenario=scenario.id,
            product=product_id,
        )
    if source.locale != scenario.locale:
        raise InputError(
            "Expected products in {locale} under draw.products of {scenario!r}, got {product!r}, which is in {other}.",
            locale=scenario.locale,
            scenario=scenario.id,
            product=product_id,
            other=source.locale,
        )
    return source


def _text(scenario: Scenario, source: Scenario, seed: int) -> str:
    old, new = scenario.product, source.product
    data = keys_of(scenario)
    data |= {
        "title": f"{scenario.title} · {new.name}"[:_TITLE],
        "category": source.category,
        "product": new.model_dump(mode="json", by_alias=True, exclude_unset=True),
        "seed": seed,
    }
    for viewer in data["viewers"]:
        _adapt_viewer(viewer, old.price, new)
    for event in data.get("events", ()):
        _adapt_event(event, old.price, new)
    return text_of(data, f"Drawn from {source.id} for {scenario.id}.")


def _adapt_viewer(viewer: dict[str, Any], old: Price, new: Product) -> None:
    if viewer.get("price_limit") is not None:
        viewer["price_limit"] = _carried(viewer["price_limit"], old, new.price)
    known = {*new.facts, *new.certificates, *(point.id for point in new.selling_points)}
    needs = [need for need in viewer.get("evidence_needed", ()) if need in known]
    if needs:
        viewer["evidence_needed"] = needs
    else:
        viewer.pop("evidence_needed", None)


def _adapt_event(event: dict[str, Any], old: Price, new: Product) -> None:
    if event.get("point") not in {point.id for point in new.selling_points}:
        event.pop("point", None)
    if event.get("price") is not None:
        event["price"] = _rounded(event["price"] * new.price.live / old.live, new.price)


def _carried(limit: float, old: Price, new: Price) -> float:
    """Return a price limit that is to the new prices what the old was to the old ones."""
    if old.live > old.floor and new.live > new.floor:
        value = new.floor + (limit - old.floor) / (old.live - old.floor) * (new.live - new.floor)
    else:
        value = limit * new.live / old.live
    return _rounded(value, new)


def _rounded(value: float, price: Price) -> float:
    """Round as the product's own prices are: whole money where they are."""
    digits = 0 if all(one == int(one) for one in (price.list, price.live, price.floor)) else 2
    return max(_LEAST_PRICE, round(value, digits))
