"""What is wrong with one value of a line, in plain words: pydantic's own sentences are English and for programmers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from coach.errors import Sentence

_EXPECTED: dict[str, Sentence] = {
    "int": Sentence("a whole number"),
    "float": Sentence("a number"),
    "finite": Sentence("a finite number"),
    "bool": Sentence("true or false"),
    "string": Sentence("a text"),
    "list": Sentence("a list"),
    "tuple": Sentence("a list"),
    "dict": Sentence("keys with values"),
    "model": Sentence("keys with values"),
    "dataclass": Sentence("keys with values"),
}
"""By the first part of pydantic's error type: what is expected."""
_SECONDS = Sentence("seconds as a number")
_TIMES = frozenset({"t0", "t1", "at", "start", "end"})


def fault_of(error: ErrorDetails) -> Sentence:
    """Return what is wrong with a value; its place is for others to tell."""
    maker = _MAKERS.get(error["type"])
    if maker is not None:
        return maker(error)
    family = error["type"].split("_")[0]
    if family not in _EXPECTED:
        return Sentence("not as it should be ({kind}), got {value}", kind=error["type"], value=shown(error["input"]))
    is_time = family in ("float", "finite") and error["loc"][-1:] and error["loc"][-1] in _TIMES
    expected = _SECONDS if is_time else _EXPECTED[family]
    return Sentence("expected {expected}, got {value}", expected=expected, value=shown(error["input"]))


def shown(value: Any) -> Sentence:
    """Return a value as messages show it: a short text in quotes, a number, or what kind of thing it is."""
    if isinstance(value, Mapping):
        return Sentence("keys with values")
    if isinstance(value, list):
        return Sentence("a list of {count}", count=len(value))
    if value is None:
        return Sentence("nothing")
    if isinstance(value, int | float):
        return Sentence(str(value))
    text = str(value)
    return Sentence(repr(text if len(text) <= 40 else text[:40] + "…"))


def _missing(error: ErrorDetails) -> Sentence:
    return Sentence("missing")


def _no_json(error: ErrorDetails) -> Sentence:
    return Sentence("not valid JSON")


def _unknown_key(error: ErrorDetails) -> Sentence:
    return Sentence("unknown key {key!r}", key=str(error["loc"][-1]))


def _not_one_of(error: ErrorDetails) -> Sentence:
    known = error.get("ctx", {})["expected"].replace("'", "").replace(" or ", ", ")
    return Sentence("expected one of {known}, got {value}", known=known, value=shown(error["input"]))


def _unknown_kind(error: ErrorDetails) -> Sentence:
    return Sentence("unknown type {value}", value=shown(error.get("ctx", {})["tag"]))


def _no_kind(error: ErrorDetails) -> Sentence:
    return Sentence("missing key {key!r}", key=error.get("ctx", {})["discriminator"].strip("'"))


def _limited(template: str, name: str) -> Callable[[ErrorDetails], Sentence]:
    return lambda error: Sentence(template, limit=error.get("ctx", {})[name], value=shown(error["input"]))


def _too_long(error: ErrorDetails) -> Sentence:
    most = error.get("ctx", {})["max_length"]
    return Sentence("expected at most {most} characters, got {count}", most=most, count=len(error["input"]))


def _empty(error: ErrorDetails) -> Sentence:
    return Sentence("expected a text, got an empty one")


def _own(error: ErrorDetails) -> Sentence:
    """Return what a check of ours says."""
    said = error.get("ctx", {})["error"].args[0]
    return said if isinstance(said, Sentence) else Sentence(str(said))


_MAKERS: dict[str, Callable[[ErrorDetails], Sentence]] = {
    "missing": _missing,
    "json_invalid": _no_json,
    "extra_forbidden": _unknown_key,
    "unexpected_keyword_argument": _unknown_key,
    "literal_error": _not_one_of,
    "enum": _not_one_of,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    "greater_than": _limited("expected more than {limit:g}, got {value}", "gt"),
    "greater_than_equal": _limited("expected at least {limit:g}, got {value}", "ge"),
    "less_than": _limited("expected less than {limit:g}, got {value}", "lt"),
    "less_than_equal": _limited("expected at most {limit:g}, got {value}", "le"),
    "string_too_long": _too_long,
    "string_too_short": _empty,
    "value_error": _own,
}
