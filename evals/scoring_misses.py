"""Disagreements with the labels, one line each, for people who mend rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.labelled import Labelled


def misses(items: Sequence[Labelled]) -> Iterator[str]:
    """Yield `kind transcript turn: wanted, got | text`."""
    for item in items:
        yield from _points(item)
        yield from _lines(item)


def _points(item: Labelled) -> Iterator[str]:
    for point in item.card.coverage:
        label = item.labels["coverage"][point.point_id]
        if label["label"] != point.state:
            said = " / ".join(item.line(turn) for turn in label["evidence"])
            got = " / ".join(quote.quote for quote in point.evidence)
            yield f"coverage {item.name} {point.point_id}: {label['label']}, {point.state} | {said} | {got}"


def _lines(item: Labelled) -> Iterator[str]:
    found = {item.turn(line.seq): line for line in item.card.handled}
    for label in item.labels["objections"]:
        line = found.get(label["i"])
        got = line.handled if line else "none"
        if got != label["handled"]:
            answers = " / ".join(item.line(turn) for turn in label["answer_turns"])
            yield f"handled {item.name} {label['i']}: {label['handled']}, {got} | {item.line(label['i'])} | {answers}"
