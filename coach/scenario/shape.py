"""What may stand where in a scenario file: the model under a path, its keys, its examples."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from coach.scenario.model import Scenario
from coach.scenario.yaml_tree import Path

EXAMPLES: dict[str, str] = {
    "id": "id: zh-my-product",
    "locale": "locale: zh-CN",
    "title": "title: …",
    "category": "category: home",
    "product": "product: {name: …, price: …, selling_points: …}",
    "viewers": "viewers: [{id: ann, type: haggler, name: Ann}]",
    "name": "name: …",
    "price": "price: {list: 79, live: 49, floor: 44, currency: CNY}",
    "list": "list: 79",
    "live": "live: 49",
    "floor": "floor: 44",
    "currency": "currency: CNY",
    "selling_points": "selling_points: [{id: warm, title: …, statement: …}]",
    "type": "type: haggler",
    "kind": "kind: coverage",
    "products": "products: [zh-linen-shirt, zh-oat-crisps]",
}
"""How a key that must be there may look."""
_PERCENT_OF: dict[float, float] = {1: 1.0, 2: 1.0, 100: 100.0}
"""What 100 % is, by the most that a field takes: shares end at 1, speed and pitch of a voice at 2, points at 100."""
_LIMITS: dict[str, Callable[[float, float], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
"""Limits of a number as pydantic names them."""


def keys_at(path: Path) -> list[str]:
    """Return the keys that may stand under a path."""
    model = model_at(path)
    return [spec.alias or name for name, spec in model.model_fields.items()] if model else []


def model_at(path: Path) -> type[BaseModel] | None:
    """Return the model of the mapping under a path, None if there is none."""
    here: Any = Scenario
    for part in path:
        model = _first_model(here)
        if isinstance(part, int) or model is None:
            here = _item(here)
            continue
        spec = next((spec for name, spec in model.model_fields.items() if part in (name, spec.alias)), None)
        here = spec.annotation if spec else None
    return _first_model(here)


def percent_of(path: Path) -> float | None:
    """Return what 100 % is written as under a path: 1 for shares and factors, 100 for points; None for all else."""
    most = next((rule.le for rule in _rules_of(path) if hasattr(rule, "le")), None)
    return None if most is None else _PERCENT_OF.get(most)


def limit_of(path: Path, value: float) -> tuple[str, float] | None:
    """Return the limit that a number breaks under a path, such as `("le", 2)`; None inside all limits."""
    for rule in _rules_of(path):
        for name, holds in _LIMITS.items():
            limit = getattr(rule, name, None)
            if limit is not None and not holds(value, limit):
                return name, limit
    return None


def _rules_of(path: Path) -> list[Any]:
    """Return what the model asks of the value under a path."""
    model = model_at(path[:-1])
    specs = model.model_fields.items() if model else ()
    return [rule for name, spec in specs if path[-1] in (name, spec.alias) for rule in spec.metadata]


def home_of(key: str) -> str | None:
    """Return where a misplaced key belongs, such as `product.price`; None if nowhere or in several places."""
    found = [place for place, names in _homes() if key in names]
    return found[0] if len(found) == 1 else None


@cache
def _homes() -> list[tuple[str, set[str]]]:
    return [(place, _names(model)) for place, model in _models(Scenario, "")]


def _models(model: type[BaseModel], at: str) -> list[tuple[str, type[BaseModel]]]:
    found = [(at, model)]
    for name, spec in model.model_fields.items():
        inner = _first_model(spec.annotation) or _first_model(_item(spec.annotation))
        if inner:
            many = get_origin(spec.annotation) is list
            found += _models(inner, f"{at}.{name}".strip(".") + ("[]" if many else ""))
    return found


def _names(model: type[BaseModel]) -> set[str]:
    return {spec.alias or name for name, spec in model.model_fields.items()}


def _item(annotation: Any) -> Any:
    arguments = get_args(annotation)
    return arguments[-1] if get_origin(annotation) is dict else arguments[0] if arguments else None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, Annotated):
        return next((model for part in get_args(annotation) if (model := _first_model(part))), None)
    return None
