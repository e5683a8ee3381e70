"""What is wrong with a setting, in plain words: which variable, where it stands, what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from coach.errors import Sentence

_EXPECTED: dict[str, Sentence] = {
    "int": Sentence("expected a whole number"),
    "float": Sentence("expected a number"),
    "finite": Sentence("expected a number"),
    "bool": Sentence("expected true or false"),
    "path": Sentence("expected a path"),
    "string": Sentence("expected a text"),
    "list": Sentence('expected a list in JSON, e.g. ["one", "two"]'),
    "tuple": Sentence('expected a list in JSON, e.g. ["one", "two"]'),
    "dict": Sentence("expected keys with values in JSON"),
    "model": Sentence("expected keys with values in JSON"),
    "extra": Sentence("there is no such setting"),
}
"""By the first part of pydantic's error type. Values are never repeated: one may be a key."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where settings come from."""

    model: type[BaseModel]
    prefix: str
    """Of their variables: `COACH_`."""
    environment: Mapping[str, str]
    file: Path
    """Where they may stand too, `.env`; what the environment has wins."""


def faults_told(errors: Sequence[ErrorDetails], sources: Sources) -> Sentence:
    """Return what is wrong with each setting, one after the other, as pydantic found it."""
    return _joined([_told(_variable(error["loc"], sources), _fault(error), sources) for error in errors])


def unreadable_told(sources: Sources) -> Sentence | None:
    """Return which settings are no JSON where a list or keys with values are expected; None if none is."""
    faults = []
    for name, value, line in _variables(sources):
        family = _family(sources.model, name.removeprefix(sources.prefix).lower().split("__"))
        if family is not None and not _is_json(value):
            faults.append(_placed(name, _EXPECTED[family], sources.file, line))
    return _joined(faults) if faults else None


def _joined(faults: Sequence[Sentence]) -> Sentence:
    return reduce(lambda first, rest: Sentence("{first}; {rest}", first=first, rest=rest), faults)


def _told(name: str, fault: Sentence, sources: Sources) -> Sentence:
    """Return a fault with its variable, and the line of the file where that is where it stands."""
    found = [line for other, _, line in _variables(sources) if other == name]
    return _placed(name, fault, sources.file, min(found, default=0))


def _placed(name: str, fault: Sentence, file: Path, line: int) -> Sentence:
    if line:
        return Sentence("{file}:{line}: {name}: {fault}", file=file, line=line, name=name, fault=fault)
    return Sentence("{name}: {fault}", name=name, fault=fault)


def _fault(error: ErrorDetails) -> Sentence:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return Sentence("expected one of {known}", known=context["expected"].replace("'", "").replace(" or ", ", "))
        case "greater_than":
            return Sentence("expected more than {limit:g}", limit=context["gt"])
        case "greater_than_equal":
            return Sentence("expected {limit:g} or more", limit=context["ge"])
        case "less_than":
            return Sentence("expected less than {limit:g}", limit=context["lt"])
        case "less_than_equal":
            return Sentence("expected {limit:g} or less", limit=context["le"])
        case "string_too_long":
            return Sentence("expected at most {most} characters", most=context["max_length"])
        case "value_error":
            said = context["error"].args[0]
            return said if isinstance(said, Sentence) else Sentence(str(said))
        case kind:
            return _EXPECTED.get(kind.split("_")[0]) or Sentence("not as it should be ({kind})", kind=kind)


def _variable(place: Sequence[str | int], sources: Sources) -> str:
    """Return the variable that a place in the settings is set by; what lies inside a value is no name."""
    parts = [str(part) for part in place]
    if parts and parts[0].upper().startswith(sources.prefix):
        return parts[0].upper()  # from the file, where nothing was found by its name
    names: list[str] = []
    inside: Any = sources.model
    for part in parts:
        if not _is_model(inside):
            break
        names.append(part)
        field = inside.model_fields.get(part)
        inside = field.annotation if field is not None else None
    return sources.prefix + "__".join(names).upper()


def _family(model: type[BaseModel], names: Sequence[str]) -> str | None:
    """Return what JSON a setting holds, `tuple`, `dict` or `model`; None where it is a plain value or unknown."""
    inside: Any = model
    for name in names:
        if not _is_model(inside) or name not in inside.model_fields:
            return None
        inside = inside.model_fields[name].annotation
    if _is_model(inside):
        return "model"
    kinds = [get_origin(kind) for kind in (inside, *get_args(inside))]
    return next((kind.__name__ for kind in kinds if kind in (tuple, dict, list)), None)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def _variables(sources: Sources) -> Iterator[tuple[str, str, int]]:
    """Yield what is set: name in capitals, value, line of the file, which is 0 of what the environment has."""
    for name, value in sources.environment.items():
        if name.upper().startswith(sources.prefix):
            yield name.upper(), value, 0
    for number, line in enumerate(_lines(sources.file), start=1):
        name, sign, value = line.removeprefix("export ").partition("=")
        if sign and name.strip().upper().startswith(sources.prefix):
            plain = value.strip()
            is_quoted = len(plain) > 1 and plain[0] in ("'", '"') and plain[-1] == plain[0]
            yield name.strip().upper(), plain[1:-1] if is_quoted else plain, number


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return []
