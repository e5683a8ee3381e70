from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.scenario.draw import drawn
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario, load_scenario, parse_scenario
from coach.scenario.model import Scenario

FOLDER = Path(__file__).parents[2] / "scenarios" / "en-US"
SHELF = Library([FOLDER]).all()
PRODUCTS = ["en-pour-kettle", "en-camp-lantern"]


def challenge(**keys: object) -> LoadedScenario:
    """Return the kettle's scenario, made to draw its product."""
    text = load_scenario(FOLDER / "home" / "kettle.yaml").text.replace("id: en-pour-kettle", "id: en-draw", 1)
    products = keys.get("products", PRODUCTS)
    return parse_scenario(f"{text}\ndraw: {{products: {products}, prep_sec: 90}}\n".replace("'", ""), "draw.yaml")


def product(scenario: Scenario) -> str:
    return scenario.product.name


def test_the_same_seed_draws_the_same_and_seeds_draw_everything() -> None:
    names = {seed: product(drawn(challenge(), SHELF, seed).scenario) for seed in range(12)}
    assert set(names.values()) == {"Willow pour-over kettle", "Ember camp lantern"}
    assert all(product(drawn(challenge(), SHELF, seed).scenario) == name for seed, name in names.items())


def test_a_drawn_scenario_is_an_ordinary_one_with_a_text_of_its_own() -> None:
    for seed in range(6):
        found = drawn(challenge(), SHELF, seed)
        assert parse_scenario(found.text, "again").scenario == found.scenario
        assert (found.scenario.id, found.scenario.seed) == ("en-draw", seed)
        assert found.scenario.draw is not None
        assert found.scenario.draw.prep_sec == 90
        assert found.hash != challenge().hash
        assert found.scenario.product.name in found.scenario.title


def test_what_hangs_on_the_product_goes_with_it() -> None:
    lantern = next(
        found
        for seed in range(20)
        if product((found := drawn(challenge(), SHELF, seed)).scenario) == "Ember camp lantern"
    ).scenario
    kettle = challenge().scenario
    assert lantern.category == "electronics"
    known = {*lantern.product.facts, *lantern.product.certificates, *(p.id for p in lantern.product.selling_points)}
    assert all(set(viewer.evidence_needed) <= known for viewer in lantern.viewers)
    dana, before = lantern.viewer("dana"), kettle.viewer("dana")
    assert dana is not None
    assert before is not None
    assert dana.price_limit is not None
    assert before.price_limit is not None
    price, old = lantern.product.price, kettle.product.price
    assert price.floor <= dana.price_limit <= price.live
    share = (before.price_limit - old.floor) / (old.live - old.floor)
    assert dana.price_limit == pytest.approx(price.floor + share * (price.live - price.floor), abs=0.5)


def test_a_scenario_that_draws_nothing_stays_as_it_is() -> None:
    loaded = load_scenario(FOLDER / "home" / "kettle.yaml")
    assert drawn(loaded, SHELF, 1) is loaded


@pytest.mark.parametrize(
    ("products", "says"),
    [
        (["en-camp-lantern", "no-such"], "which does not exist"),
        (["en-camp-lantern", "zh-linen-shirt"], "zh-CN"),
    ],
)
def test_a_product_that_cannot_come_up_is_named(products: list[str], says: str) -> None:
    shelf = Library([FOLDER.parent]).all()
    assert any(item.scenario.id == "zh-linen-shirt" for item in shelf)
    with pytest.raises(InputError, match=says):
        drawn(challenge(products=products), shelf, 1)
