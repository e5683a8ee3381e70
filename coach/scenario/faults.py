"""Turn pydantic's errors into sentences for authors, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from coach.scenario.model import Scenario
from coach.scenario.yaml_tree import Path, Problem, Tree

_EXPECTED = {
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "string_type": "a text",
    "list_type": "a list",
    "tuple_type": "a list of two numbers",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "date_from_datetime_parsing": "a date such as 2026-11-22",
    "date_type": "a date such as 2026-11-22",
    "date_parsing": "a date such as 2026-11-22",
}


def problem_of(error: ErrorDetails, tree: Tree) -> Problem:
    """Return the place and the sentence for one validation error."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    at_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"]
    if error["type"] == "missing":
        path, missing = path[:-1], path[-1]
        place = tree.place((*path, missing), at_key=True)
        return place, f"missing key {missing!r}{_meaning(path, str(missing))}"
    return tree.place(path, at_key=at_key), _sentence(error, path)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the nearest known word, or nothing when none is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean {found[0]!r}?" if found else ""


def _sentence(error: ErrorDetails, path: Path) -> str:
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        return f"unknown key {path[-1]!r}{did_you_mean(str(path[-1]), known) or '; known: ' + ', '.join(known)}"
    if kind == "literal_error":
        return _not_one_of(error, path)
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, got {_shown(value)}"
    if kind == "string_pattern_mismatch":
        return f"expected lower-case letters, digits, '-' or '_', got {_shown(value)}"
    return f"{_lower_first(error['msg'])}, got {_shown(value)}"


def _not_one_of(error: ErrorDetails, path: Path) -> str:
    value = str(error["input"])
    expected = error.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", ")
    known = [word.strip() for word in expected.split(",")]
    return f"expected one of {', '.join(known)}, got {value!r}{did_you_mean(value, known)}"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "keys with values"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing"
    text = str(value)
    return repr(text if len(text) <= 40 else text[:40] + "…")


def _meaning(path: Path, key: str) -> str:
    model = _model_at(path)
    described = model.model_fields[key].description if model and key in model.model_fields else None
    return f": {_lower_first(described)}" if described else ""


def _keys_at(path: Path) -> list[str]:
    model = _model_at(path)
    return [spec.alias or name for name, spec in model.model_fields.items()] if model else []


def _model_at(path: Path) -> type[BaseModel] | None:
    here: Any = Scenario
    for part in path:
        model = _first_model(here)
        if isinstance(part, int) or model is None:
            here = _item(here)
            continue
        spec = next((spec for name, spec in model.model_fields.items() if part in (name, spec.alias)), None)
        here = spec.annotation if spec else None
    return _first_model(here)


def _item(annotation: Any) -> Any:
    arguments = get_args(annotation)
    return arguments[-1] if get_origin(annotation) is dict else arguments[0] if arguments else None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, UnionType, Annotated):
        return next((model for part in get_args(annotation) if (model := _first_model(part))), None)
    return None


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
