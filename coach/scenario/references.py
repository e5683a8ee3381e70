"""Checks across a scenario: ids that must differ, names that must exist.

Works on raw data, so that these faults are told together with wrong types and unknown keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coach.errors import Sentence
from coach.scenario import guess
from coach.scenario.finding import Finding
from coach.scenario.model import PASSING
from coach.scenario.moves import MOVES
from coach.scenario.yaml_tree import Path, Tree

_NEEDS: dict[str, tuple[str, ...]] = {
    "line": ("viewer", "intent"),
    "audience_drop": ("to",),
    "audience_surge": ("to",),
    "wrong_price": ("price",),
}
"""Keys that kinds of events cannot do without."""
_MEANT = {
    "viewer": Sentence("'viewer', who speaks"),
    "intent": Sentence("'intent', what the line does, such as push"),
    "to": Sentence("'to', the number of viewers after it"),
    "price": Sentence("'price', the wrong price on the card"),
}
_VIEWER, _POINT, _STAGE, _MOVE = Sentence("viewer"), Sentence("selling point"), Sentence("stage"), Sentence("move")


def reference_problems(tree: Tree) -> Iterator[Finding]:
    """Yield duplicate ids, dangling references, and events that cannot happen."""
    data = tree.data
    with_ids: tuple[Path, ...] = (("viewers",), ("product", "selling_points"), ("goals",))
    for path in with_ids:
        yield from _duplicate_ids(tree, path)
    yield from _passing_ids(tree)
    viewers = _ids(data, ("viewers",))
    points = _ids(data, ("product", "selling_points"))
    stages = [str(item["name"]).strip() for item in _items(data, ("stages",)) if item.get("name")]
    for number, event in enumerate(_list_at(data, ("events",))):
        if isinstance(event, dict):
            here: Path = ("events", number)
            yield from _unknown(tree, (*here, "viewer"), event.get("viewer"), viewers, _VIEWER)
            for place, joiner in enumerate(_list_at(event, ("viewers",))):
                yield from _unknown(tree, (*here, "viewers", place), joiner, viewers, _VIEWER)
            yield from _unknown(tree, (*here, "point"), event.get("point"), points, _POINT)
            yield from _unknown(tree, (*here, "stage"), event.get("stage"), stages, _STAGE)
            yield from _impossible(tree, here, event)
    yield from _stages_out_of_order(tree)


def _duplicate_ids(tree: Tree, path: Path) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for number, item in enumerate(_list_at(tree.data, path)):
        key = item.get("id") if isinstance(item, dict) else None
        if not isinstance(key, str):
            continue
        key = key.strip()
        here = tree.place((*path, number, "id"))
        if key in first:
            what = Sentence("the id {key!r} is already used in line {line}; ids must differ", key=key, line=first[key])
            yield Finding("duplicate_id", "error", here, what, Sentence("write {key!r}", key=f"{key}-2"))
        first.setdefault(key, here.line)


def _passing_ids(tree: Tree) -> Iterator[Finding]:
    for number, item in enumerate(_list_at(tree.data, ("viewers",))):
        key = item.get("id") if isinstance(item, dict) else None
        if isinstance(key, str) and key.strip().startswith(PASSING):
            what = Sentence("ids that begin with {start!r} are those of unnamed viewers who pass by", start=PASSING)
            advice = Sentence("write {key!r}", key=f"viewer-{key.strip().removeprefix(PASSING)}")
            yield Finding("reserved_id", "error", tree.place(("viewers", number, "id")), what, advice)


def _unknown(tree: Tree, path: Path, value: Any, known: Sequence[str], what: Sentence) -> Iterator[Finding]:
    if not isinstance(value, str) or value.strip() in known:
        return
    message = Sentence("no {what} is called {value!r}", what=what, value=value)
    sure, close = guess.meant(value, known), guess.near(value, known)
    if sure:
        advice, edit = Sentence("did you mean {word!r}?", word=sure), tree.replaced(path, sure)
    elif close:
        advice, edit = Sentence("did you mean {word!r}?", word=close), None
    elif known:
        advice, edit = Sentence("known here: {known}", known=", ".join(dict.fromkeys(known))), None
    else:
        advice, edit = Sentence("there is none in this file: add it, or take this key away"), None
    yield Finding("unknown_reference", "error", tree.place(path), message, advice, edit)


def _impossible(tree: Tree, path: Path, event: dict[str, Any]) -> Iterator[Finding]:
    here = tree.place(path)
    at, when = event.get("at_sec"), event.get("when")
    if (at is None) == (when is None):
        what = Sentence("expected either 'at_sec' or 'when', one of them")
        advice = Sentence("keep one of them") if at is not None else Sentence("add at_sec: 60, or when: price_said")
        yield Finding("event_time", "error", here, what, advice)
    kind = str(event.get("kind", "line"))
    for key in _NEEDS.get(kind, ()):
        if event.get(key) is None:
            what = (
                Sentence("a planned line needs {key!r}", key=key)
                if kind == "line"
                else Sentence("the kind {kind!r} needs {key!r}", kind=kind, key=key)
            )
            yield Finding("event_needs", "error", here, what, Sentence("add {meant}", meant=_MEANT[key]))
    if when == "stage" and event.get("stage") is None:
        what = Sentence("'when: stage' needs 'stage'")
        yield Finding("event_needs", "error", here, what, Sentence("add 'stage', the name of one of the stages"))
    if when == "reading":
        yield from _move(tree, path, event.get("move"))


def _move(tree: Tree, path: Path, move: Any) -> Iterator[Finding]:
    if move is None:
        what = Sentence("'when: reading' needs 'move', what the streamer must do")
        yield Finding("event_needs", "error", tree.place(path), what, Sentence("add move: shows_evidence, or another"))
    else:
        yield from _unknown(tree, (*path, "move"), move, MOVES, _MOVE)


def _stages_out_of_order(tree: Tree) -> Iterator[Finding]:
    before = 0.0
    for number, stage in enumerate(_list_at(tree.data, ("stages",))):
        try:
            until = float(stage["until_sec"])
        except (TypeError, KeyError, ValueError):
            continue
        if until <= before:
            place = tree.place(("stages", number, "until_sec"))
            what = Sentence("expected more than {before:g}, got {until:g}", before=before, until=until)
            advice = Sentence("let each stage end after the one before it, counted from the start")
            yield Finding("stage_order", "error", place, what, advice)
        before = max(before, until)


def _list_at(data: Any, path: Path) -> list[Any]:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, list) else []


def _items(data: Any, path: Path) -> list[dict[str, Any]]:
    return [item for item in _list_at(data, path) if isinstance(item, dict)]


def _ids(data: Any, path: Path) -> list[str]:
    return [str(item["id"]).strip() for item in _items(data, path) if item.get("id")]
