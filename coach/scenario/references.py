"""Checks across a scenario: ids that must differ, names that must exist.

Works on raw data, so that these faults are told together with wrong types and unknown keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.scenario.faults import did_you_mean
from coach.scenario.yaml_tree import Path, Problem, Tree

_NEEDS: dict[str, tuple[str, ...]] = {
    "line": ("viewer", "intent"),
    "audience_drop": ("to",),
    "audience_surge": ("to",),
    "wrong_price": ("price",),
}
"""Keys that kinds of events cannot do without."""
_NEEDED = {"to": "'to', the number of viewers after it", "price": "'price', the wrong price on the card"}
MOVES = (
    "gives_price",
    "concedes",
    "holds_price",
    "offers_gift",
    "shows_evidence",
    "mentions_point",
    "mentions_fact",
    "gives_terms",
    "addresses",
    "acknowledges",
    "refuses_claim",
    "overclaims",
    "calls_to_action",
    "sets_boundary",
    "deflects",
    "insults",
    "pleads",
    "blames",
    "greets",
    "thanks",
    "asks_room",
    "demonstrates",
    "routes_service",
    "misstates",
    "corrects",
    "protects",
    "declines",
    "apologises",
    "promises_followup",
    "asks_viewer",
    "confirms",
    "hedges",
    "dismisses",
    "pushes",
    "concurs",
    "complies",
    "complains",
    "threatens",
    "denies",
    "changes_topic",
    "reproaches",
)
"""What a streamer can do that an event may wait for: the moves of `coach.room.reading`."""


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
            for place, joiner in enumerate(_list_at(event, ("viewers",))):
                yield from _unknown(tree, (*here, "viewers", place), joiner, viewers, "viewer")
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
    kind = str(event.get("kind", "line"))
    missing = [key for key in _NEEDS.get(kind, ()) if event.get(key) is None]
    if missing:
        what = "a planned line" if kind == "line" else f"the kind {kind!r}"
        yield here, f"{what} needs {' and '.join(_NEEDED.get(key, repr(key)) for key in missing)}"
    if event.get("when") == "stage" and event.get("stage") is None:
        yield here, "'when: stage' needs 'stage', the name of one of the stages"
    if event.get("when") == "reading":
        yield from _move(tree, path, event.get("move"))


def _move(tree: Tree, path: Path, move: Any) -> Iterator[Problem]:
    if move is None:
        yield tree.place(path), "'when: reading' needs 'move', what the streamer must do, such as shows_evidence"
    elif isinstance(move, str) and move not in MOVES:
        hint = did_you_mean(move, list(MOVES)) or f"; known: {', '.join(MOVES)}"
        yield tree.place((*path, "move")), f"no move is called {move!r}{hint}"


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
