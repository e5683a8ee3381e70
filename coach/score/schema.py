"""The JSON Schema of a scorecard, for whoever reads exports. Every field says what it means."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from coach.score.scorecard import Scorecard

SCHEMA_FILE = "docs/scorecard.schema.json"
"""Where it is kept, from the root of the repository."""


@cache
def scorecard_schema() -> dict[str, object]:
    """Return the schema; do not change it. Within one `schema_version` fields are only added."""
    schema = Scorecard.model_json_schema(mode="serialization")
    models: dict[str, Any] = {"Scorecard": schema, **schema["$defs"]}
    for module in {cls.__module__ for cls in _models(Scorecard)}:
        for name, field, meaning in _meanings(module):
            if name in models and field in models[name].get("properties", {}):
                models[name]["properties"][field]["description"] = meaning
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """Return it as it stands in `SCHEMA_FILE`, with a newline at the end."""
    return json.dumps(scorecard_schema(), indent=2, ensure_ascii=False) + "\n"


def _models(cls: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a model and those that its fields are made of, by the modules that define any."""
    yield cls
    for value in vars(sys.modules[cls.__module__]).values():
        if inspect.isclass(value) and issubclass(value, BaseModel) and value.__module__ != cls.__module__:
            yield value


def _meanings(module: str) -> Iterator[tuple[str, str, str]]:
    """Yield class, field and the text under the field, as it stands in the source."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for field, below in itertools.pairwise(node.body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    yield node.name, name, " ".join(text.split())
