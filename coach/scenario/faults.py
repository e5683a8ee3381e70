"""Turn pydantic's errors into findings for authors: at their place, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pydantic_core import ErrorDetails

from coach.errors import Sentence
from coach.scenario import guess
from coach.scenario.finding import Edit, Finding
from coach.scenario.layout import ONE_MAY_HOLD_COMMAS, SHORT_LISTS
from coach.scenario.scalar import scalar
from coach.scenario.shape import EXAMPLES, home_of, keys_at, limit_of, percent_of
from coach.scenario.yaml_tree import Path, Tree
from coach.value_faults import shown


class _Fault(NamedTuple):
    rule: str
    message: Sentence
    suggestion: Sentence
    edit: Edit | None = None


_EXPECTED: dict[str, tuple[Sentence, Sentence]] = {
    "int": (Sentence("a whole number"), Sentence("write digits alone, such as 3")),
    "float": (Sentence("a number"), Sentence("write digits alone, such as 12 or 9.9, without currency or unit")),
    "finite": (
        Sentence("a finite number"),
        Sentence("write digits alone, such as 12 or 9.9, without currency or unit"),
    ),
    "bool": (Sentence("true or false"), Sentence("write true or false")),
    "string": (
        Sentence("a text"),
        Sentence("write one text; put it in quotes if it holds ': ' or begins with a bracket"),
    ),
    "list": (Sentence("a list"), Sentence("write [one, two], or one '- ' line for each")),
    "tuple": (Sentence("a list of two numbers"), Sentence("write [low, high]")),
    "dict": (Sentence("keys with values"), Sentence("write 'key: value' lines below it, indented by two spaces")),
    "model": (Sentence("keys with values"), Sentence("write 'key: value' lines below it, indented by two spaces")),
    "date": (Sentence("a date such as 2026-11-22"), Sentence("write year-month-day, such as 2026-11-22")),
}
"""By the first part of pydantic's error type: what is expected, and how it is written."""
_NUMERIC = ("int", "float", "finite")
_LIMITS = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
_INSTEAD = {
    "gt": "write a number above {limit:g}",
    "ge": "write {limit:g} or more",
    "lt": "write a number under {limit:g}",
    "le": "write {limit:g} or less",
}
_COMMAS = re.compile(r"、|(?<!\d)[,，]|[,，](?!\d)")
"""What people put between words; not the comma of 1,299 or 12,50."""
_WORDS = (*SHORT_LISTS, "must_facts", "certificates")
"""Lists of words rather than sentences."""
_ID_MOST = 64
_LEAST_PERCENT = 5
"""From here on no share or factor is meant but percent: 1.5 may be a slip of any kind."""


def problem_of(error: ErrorDetails, tree: Tree) -> Finding:
    """Return the finding for one validation error."""
    path = tuple(part for part in error["loc"] if part != "[key]")
    at_key = error["type"] == "extra_forbidden" or "[key]" in error["loc"] or error["type"] == "missing"
    fault = _fault(error, path, tree)
    return Finding(fault.rule, "error", tree.place(path, at_key=at_key), *fault[1:])


def _fault(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    maker = _MAKERS.get(error["type"])
    if maker is not None:
        return maker(error, path, tree)
    family = error["type"].split("_")[0]
    if family in _EXPECTED and not error["type"].startswith("string_too") and "pattern" not in error["type"]:
        return _wrong_type(error, path, tree, family)
    what = Sentence("{reason}, got {value}", reason=_lower_first(error["msg"]), value=shown(error["input"]))
    return _Fault("invalid", what, Sentence("compare it with a shipped scenario"))


def _missing(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    key = str(path[-1])
    what = Sentence("missing key {key!r}", key=key)
    return _Fault("missing_key", what, Sentence("add {example}", example=_example(key, error["input"])))


def _example(key: str, beside: object) -> str:
    """Return how a missing key may look: an id is made from the name or title that stands beside it."""
    if key == "id" and isinstance(beside, dict):
        made = next((made for name in ("name", "title") if (made := guess.slug(str(beside.get(name, ""))))), "")
        if made:
            return f"id: {made}"
        return "id: first" if "locale" not in beside else EXAMPLES[key]
    return EXAMPLES.get(key, f"{key}: …")


def _unknown_key(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    key, known = str(path[-1]), keys_at(path[:-1])
    what = Sentence("unknown key {key!r}", key=key)
    sure, home = guess.meant(key, known), home_of(key)
    if sure and (*path[:-1], sure) not in tree.keys:
        return _Fault("unknown_key", what, _did_you_mean(sure), tree.replaced(path, sure, key=True))
    if home is not None and not sure:
        place = Sentence("the top of the file") if not home else Sentence(home)
        return _Fault("unknown_key", what, Sentence("it belongs to {place}", place=place))
    if (close := guess.near(key, known)) is not None:
        return _Fault("unknown_key", what, _did_you_mean(close))
    return _Fault("unknown_key", what, Sentence("known here: {known}", known=", ".join(known)))


def _not_one_of(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    value = str(error["input"])
    expected = error.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", ")
    known = [word.strip() for word in expected.split(",")]
    what = Sentence("expected one of {known}, got {value}", known=", ".join(known), value=shown(error["input"]))
    sure = guess.meant(value, known)
    if sure:
        return _Fault("not_one_of", what, _did_you_mean(sure), tree.replaced(path, sure, key="[key]" in error["loc"]))
    close = guess.near(value, known)
    return _Fault("not_one_of", what, _did_you_mean(close) if close else Sentence("write one of them"))


def _wrong_type(error: ErrorDetails, path: Path, tree: Tree, family: str) -> _Fault:
    expected, how = _EXPECTED[family]
    value = error["input"]
    what = Sentence("expected {expected}, got {value}", expected=expected, value=shown(value))
    right = _right(value, family, path) if isinstance(value, str) else None
    if right is not None:
        return _Fault("wrong_type", what, Sentence("write {right}", right=right), _plain(tree, path, right))
    if family == "list" and isinstance(value, str):
        return _no_list(value, path, tree, what)
    if family in _NUMERIC and isinstance(value, str) and (found := _number(value, family, path)) is not None:
        broken = limit_of(path, found)
        how = Sentence(_INSTEAD[broken[0]], limit=broken[1]) if broken else how
    return _Fault("wrong_type", what, how)


def _no_list(value: str, path: Path, tree: Tree, what: Sentence) -> _Fault:
    """Return the fault of one text where a list belongs: 甲、乙 are two entries, but a sentence may hold commas."""
    parts = [part.strip() for part in _COMMAS.split(value) if part.strip()]
    if len(path) < 2 or path[-1] not in _WORDS or len(parts) < 2:
        return _Fault("wrong_type", what, Sentence("write [{value}], or one '- ' line for each", value=shown(value)))
    right = ", ".join(scalar(part) for part in parts)
    advice = Sentence("write [{value}], or one '- ' line for each", value=right)
    edit = None if path[-1] in ONE_MAY_HOLD_COMMAS else _plain(tree, path, f"[{right}]")
    return _Fault("wrong_type", what, advice, edit)


def _right(value: str, family: str, path: Path) -> str | None:
    """Return how a value is written that was given in another spelling."""
    if family in _NUMERIC:
        found = _number(value, family, path)
        return None if found is None or limit_of(path, found) else f"{found:.10g}"
    if family == "date":
        return guess.day(value)
    return guess.truth(value) if family == "bool" else None


def _number(value: str, family: str, path: Path) -> float | None:
    seconds = str(path[-1]).endswith("_sec")
    return guess.number(value, whole=family == "int", seconds=seconds, percent_of=percent_of(path))


def _plain(tree: Tree, path: Path, text: str) -> Edit | None:
    span = tree.spans.get(path)
    return Edit(*span, text) if span else None


def _out_of_range(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    name = _LIMITS[error["type"]]
    limit, value = error.get("ctx", {})[name], shown(error["input"])
    what = {
        "gt": "expected more than {limit:g}, got {value}",
        "ge": "expected at least {limit:g}, got {value}",
        "lt": "expected less than {limit:g}, got {value}",
        "le": "expected at most {limit:g}, got {value}",
    }[name]
    advice = _as_share(error["input"], path) or Sentence(_INSTEAD[name], limit=limit)
    return _Fault("out_of_range", Sentence(what, limit=limit, value=value), advice)


def _as_share(value: object, path: Path) -> Sentence | None:
    """Return how a bare number is written that is surely meant in percent where a share belongs, else None."""
    percent = guess.number(str(value)) if percent_of(path) == 1 else None
    if percent is None or percent < _LEAST_PERCENT or limit_of(path, percent / 100):
        return None
    return Sentence("write {share:g} for {percent:g} %", share=percent / 100, percent=percent)


def _bad_id(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    value = str(error["input"])
    what = Sentence("expected lower-case letters, digits, '-' or '_', got {value}", value=shown(value))
    right = guess.slug(value) or (guess.CATEGORIES.get(value.strip(), "") if path == ("category",) else "")
    if not right:
        return _Fault("bad_id", what, Sentence("choose an id in Latin letters; the name may be in any language"))
    edit = tree.replaced(path, right) if len(value) <= _ID_MOST else None
    return _Fault("bad_id", what, Sentence("write {right}", right=right), edit)


def _too_long(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    most, value = error.get("ctx", {})["max_length"], error["input"]
    if isinstance(value, str):
        what = Sentence("expected at most {most} characters, got {count}", most=most, count=len(value.strip()))
        return _Fault("too_long", what, Sentence("shorten it to {most} characters", most=most))
    what = Sentence("expected at most {most} entries, got {count}", most=most, count=len(value))
    return _Fault("too_long", what, Sentence("keep the {most} that matter most", most=most))


def _too_short(error: ErrorDetails, path: Path, tree: Tree) -> _Fault:
    if isinstance(error["input"], str):
        return _Fault(
            "too_short", Sentence("expected a text, got an empty one"), Sentence("write a text, or take the key away")
        )
    least = error.get("ctx", {})["min_length"]
    what = Sentence("expected at least {least} entries, got {count}", least=least, count=len(error["input"]))
    key = str(path[-1])
    return _Fault("too_short", what, Sentence("add {example}", example=EXAMPLES.get(key, f"{key}: …")))


_MAKERS: dict[str, Callable[[ErrorDetails, Path, Tree], _Fault]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_one_of,
    "string_pattern_mismatch": _bad_id,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_short,
    **dict.fromkeys(_LIMITS, _out_of_range),
}


def _did_you_mean(word: str) -> Sentence:
    return Sentence("did you mean {word!r}?", word=word)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
