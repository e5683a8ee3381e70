"""Checks across a scenario: ids that must differ, names that must exist.

Works on raw data, so that these faults are told together with wrong types and unknown keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.scenario.faults import did_you_mean
from coach.scenario.yaml_tree import Path, Problem, Tree


def reference_problems(tree: Tree) -> Iterator[Problem]:
    """Yield duplicate ids, dangling references, and events that cannot happen."""
    data = tree.data
    with_ids: tuple[Path, ...] = (("viewers",), ("product", "selling_points"), ("goals",))
    for path in with_ids:
        yield from _duplicate_ids(tree, path)
    viewers = _ids(data, ("viewers",))
    points = _ids(data, ("product", "selling_points"))
    stages = [str(item["name"]) for item in _items(data, ("stages",)) if item.get("name")]
    for number, event in enumerate(_list_at(data, ("events",))):
        if isinstance(event, dict):
            here: Path = ("events", number)
            yield from _unknown(tree, (*here, "viewer"), event.get("viewer"), viewers, "viewer")
            yield from _unknown(tree, (*here, "point"), event.get("point"), points, "selling point")
            yield from _unknown(tree, (*here, "stage"), event.get("stage"), stages, "stage")
            yield from _impossible(tree, here, event)
    yield from _stages_out_of_order(tree)


def _duplicate_ids(tree: Tree, path: Path) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, item in enumerate(_list_at(tree.data, path)):
        key = item.get("id") if isinstance(item, dict) else None
        if not isinstance(key, str):
            continue
        here = tree.place((*path, number, "id"))
        if key in first:
            yield here, f"the id {key!r} is already used in line {first[key]}; ids must differ"
        first.setdefault(key, here.line)


def _unknown(tree: Tree, path: Path, value: Any, known: list[str], what: str) -> Iterator[Problem]:
    if isinstance(value, str) and value not in known:
        hint = did_you_mean(value, known) or (f"; known: {', '.join(dict.fromkeys(known))}" if known else "")
        yield tree.place(path), f"no {what} is called {value!r}{hint}"


def _impossible(tree: Tree, path: Path, event: dict[str, Any]) -> Iterator[Problem]:
    here = tree.place(path)
    if (event.get("at_sec") is None) == (event.get("when") is None):
        yield here, "expected either 'at_sec' or 'when', one of them"
    if event.get("kind", "line") == "line":
        missing = [key for key in ("viewer", "intent") if event.get(key) is None]
        if missing:
            yield here, f"a planned line needs {' and '.join(repr(key) for key in missing)}"
    elif event.get("to") is None:
        yield here, f"the kind {event.get('kind')!r} needs 'to', the number of viewers after it"
    if event.get("when") == "stage" and event.get("stage") is None:
        yield here, "'when: stage' needs 'stage', the name of one of the stages"


def _stages_out_of_order(tree: Tree) -> Iterator[Problem]:
    before = 0.0
    for number, stage in enumerate(_list_at(tree.data, ("stages",))):
        try:
            until = float(stage["until_sec"])
        except (TypeError, KeyError, ValueError):
            continue
        if until <= before:
            yield tree.place(("stages", number, "until_sec")), f"expected more than {before:g}, got {until:g}"
        before = max(before, until)


def _list_at(data: Any, path: Path) -> list[Any]:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, list) else []


def _items(data: Any, path: Path) -> list[dict[str, Any]]:
    return [item for item in _list_at(data, path) if isinstance(item, dict)]


def _ids(data: Any, path: Path) -> list[str]:
    return [str(item["id"]) for item in _items(data, path) if item.get("id")]
