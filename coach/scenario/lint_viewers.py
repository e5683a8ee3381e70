"""Rules on viewers that follow from the file alone: keys of other types, names, limits, repeated lines."""

from __future__ import annotations

from coach.errors import Sentence
from coach.scenario.linter import Linter, Rule, plain, viewer_lines
from coach.scenario.model import ScenarioViewer, ViewerType
from coach.scenario.yaml_tree import Path

_OF_TYPE: dict[str, ViewerType] = {"care": "special_care", "claim": "bait", "complaint": "angry_returner"}
"""Keys that only one type reads."""
_LEFT_OUT = {
    "care": Sentence("add care: allergy, or minor, pregnancy, money, elderly, distress"),
    "claim": Sentence("add claim: the banned claim it tempts the streamer to"),
    "complaint": Sentence("add complaint: what went wrong"),
}
LEAVES_BELOW = 10.0
"""Patience under which a viewer goes (DOMAIN §3.6); the room has the same number."""


def _keys_of_types(linter: Linter) -> None:
    for number, viewer in enumerate(linter.scenario.viewers):
        for key, owner in _OF_TYPE.items():
            path: Path = ("viewers", number)
            if getattr(viewer, key) is None:
                _missing(linter, path, viewer, key, owner)
            elif viewer.type != owner:
                what = Sentence("{key!r} means nothing to a viewer of type {kind}", key=key, kind=viewer.type)
                advice = Sentence("take it away, or write type: {owner}", owner=owner)
                linter.add("wrong_type_key", "warning", (*path, key), what, advice)


def _missing(linter: Linter, path: Path, viewer: ScenarioViewer, key: str, owner: ViewerType) -> None:
    if viewer.type != owner:
        return
    what = Sentence("{kind} without {key!r}: the room takes one of its own", kind=viewer.type, key=key)
    linter.add("default_used", "warning", path, what, _LEFT_OUT[key])


def _never_content(linter: Linter) -> None:
    """A viewer whom nothing can win, or whom no price can lose, for a reason that stands in the file."""
    price, gifts = linter.scenario.product.price, linter.scenario.product.gifts
    for number, viewer in enumerate(linter.scenario.viewers):
        path: Path = ("viewers", number)
        if viewer.price_limit is not None and viewer.price_limit < price.floor and viewer.type != "haggler":
            _under_floor(linter, (*path, "price_limit"), viewer.price_limit)
        elif viewer.price_limit is not None and viewer.price_limit < price.floor:
            what = Sentence(
                "{limit:g} is under the floor {floor:g}: only value can win this viewer",
                limit=viewer.price_limit,
                floor=price.floor,
            )
            advice = Sentence("write {floor:g} or more, unless that is meant", floor=price.floor)
            linter.add("limit_under_floor", "warning", (*path, "price_limit"), what, advice)
        elif viewer.price_limit is not None and viewer.price_limit > price.list:
            what = Sentence(
                "{limit:g} is over the list price {list:g}: this viewer has no price to haggle about",
                limit=viewer.price_limit,
                list=price.list,
            )
            advice = Sentence("write {live:g} or less, unless that is meant", live=price.live)
            linter.add("limit_over_list", "warning", (*path, "price_limit"), what, advice)
        if (viewer.min_gift or 0) > len(gifts):
            what = Sentence(
                "wants {want} gifts, but the product has {have}", want=viewer.min_gift or 0, have=len(gifts)
            )
            advice = Sentence("write min_gift: {have}, or add gifts to the product", have=len(gifts))
            linter.add("never_buys", "error", (*path, "min_gift"), what, advice)
        if viewer.patience < LEAVES_BELOW:
            what = Sentence(
                "patience {patience:g} is under {least:g}: it leaves at once",
                patience=viewer.patience,
                least=LEAVES_BELOW,
            )
            linter.add("never_stays", "error", (*path, "patience"), what, Sentence("write 40 to 80"))


def _under_floor(linter: Linter, path: Path, limit: float) -> None:
    floor = linter.scenario.product.price.floor
    what = Sentence("{limit:g} is under the floor {floor:g}, so this viewer can never buy", limit=limit, floor=floor)
    linter.add("never_buys", "warning", path, what, Sentence("write {floor:g} or more, or take it away", floor=floor))


def _same_names(linter: Linter) -> None:
    first: dict[str, int] = {}
    for number, viewer in enumerate(linter.scenario.viewers):
        path: Path = ("viewers", number, "name")
        name = plain(viewer.name) or viewer.name
        if name in first:
            what = Sentence("{name!r} is already the name in line {line}", name=viewer.name, line=first[name])
            linter.add("same_name", "warning", path, what, Sentence("choose another: streamers call viewers by name"))
        first.setdefault(name, linter.tree.place(path).line)


def _repeated_lines(linter: Linter) -> None:
    first: dict[str, int] = {}
    for path, _, _, text in viewer_lines(linter.scenario):
        said = plain(text) or text
        here = linter.tree.place(path).line
        if said in first:
            what = Sentence("the line {text!r} already stands in line {line}", text=text, line=first[said])
            advice = Sentence("word it differently: nobody says a thing twice in one rehearsal")
            linter.add("repeated_line", "warning", path, what, advice)
        first.setdefault(said, here)


VIEWER_RULES: tuple[Rule, ...] = (_keys_of_types, _never_content, _same_names, _repeated_lines)
