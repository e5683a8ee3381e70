"""Viewers' lines of labelled talks with what was said after them; and the same lines where nobody answers them.

Talks are written with an answer to nearly every line, and who learns from them alone takes whatever is said next for
one. So each line is also **moved**: to a place of its talk where the streamer goes on selling, on other points than its
own answer told. It is unanswered there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from coach.events import LinePosted
from coach.room.answered import Answered
from coach.room.handling import Handling
from coach.scenario.model import Scenario
from coach.score import handling
from coach.score.handling import measure_handling
from coach.score.timeline import fold
from coach.score.transcript import load_transcript
from evals.product_sheets import scenario_of
from scripts.talks import Talk, TalkedProduct, TalkLine, write

_SEED = 12
_TURNS = 2
"""Turns that are read as an answer."""
_TRIED = 2
"""Places amid selling that a line is moved to."""


class Exchange(NamedTuple):
    """A viewer's line, what was said after it, and what people say that was."""

    product: str
    answered: Answered
    ruled: Handling
    """As the rules and the judge of answers take it."""
    scenario: Scenario
    label: str


def exchanges(listed: Iterable[TalkedProduct]) -> Iterator[Exchange]:
    """Yield every labelled line of products' talks after which something was said."""
    kept: list[tuple[Answered, Handling]] = []

    def keep(answered: Answered, ruled: Handling, scenario: Scenario) -> Handling:
        kept.append((answered, ruled))
        return ruled

    before, handling.reread = handling.reread, keep  # type: ignore[attr-defined]
    try:
        for product in listed:
            with TemporaryDirectory() as made:
                write([product], Path(made))
                yield from _of_product(product, Path(made), kept)
    finally:
        handling.reread = before  # type: ignore[attr-defined]


def _of_product(product: TalkedProduct, folder: Path, kept: list[tuple[Answered, Handling]]) -> Iterator[Exchange]:
    scenario = scenario_of(folder / "products" / f"{product.id}.json")
    for path in sorted((folder / "labels").glob("*.json")):
        labels = {item["i"]: item["handled"] for item in json.loads(path.read_text(encoding="utf-8"))["objections"]}
        records = load_transcript(folder / "transcripts" / f"{path.stem}.jsonl").records
        kept.clear()
        lines = measure_handling(fold(records), scenario).lines
        for line, (answered, ruled) in zip(lines, kept, strict=True):
            event = records[line.seq].event
            label = labels.get(int(event.line_id[1:])) if isinstance(event, LinePosted) else None
            if label and answered.after:
                yield Exchange(product.id, answered, ruled, scenario, label)


def moved(product: TalkedProduct) -> TalkedProduct:
    """Return a product with a talk of its own for each line that was moved; the same ones every time."""
    dice = random.Random(f"{_SEED} {product.id}")
    return replace(product, talks=tuple(talk for held in product.talks for talk in _moved(held, product, dice)))


def _moved(talk: Talk, product: TalkedProduct, dice: random.Random) -> Iterator[Talk]:
    amounts = {f"{price:g}" for price in product.prices}
    for at, line in enumerate(talk.lines):
        if line.viewer and line.should != "ignore" and line.handled:
            for places, most in ((_selling(talk.lines, at), _TRIED), (_answering(talk.lines, at), 1)):
                free = [turns for turns in places if not _may_answer(line, turns, talk.lines, at, amounts)]
                for turns in dice.sample(free, min(most, len(free))):
                    yield Talk(talk.grade, talk.heard, (replace(line, handled="unanswered"), *turns))


def _selling(lines: Sequence[TalkLine], at: int) -> Iterator[Sequence[TalkLine]]:
    """Yield turns of a talk that answer no viewer, as many as the line at a place has after it, one or two."""
    own = _after(lines, at)
    size = max(1, len(own))
    for start in range(1, len(lines) - size + 1):
        turns = lines[start : start + size]
        if not any(line.viewer for line in (lines[start - 1], *turns)) and not any(line in own for line in turns):
            yield turns


def _answering(lines: Sequence[TalkLine], at: int) -> Iterator[Sequence[TalkLine]]:
    """Yield turns of a talk that answer a viewer of another type, as many as above."""
    own = _after(lines, at)
    size = max(1, len(own))
    for place, other in enumerate(lines):
        turns = _after(lines, place)[:size]
        if other.viewer not in ("", lines[at].viewer) and len(turns) == size and not any(turn in own for turn in turns):
            yield turns


def _after(lines: Sequence[TalkLine], at: int) -> Sequence[TalkLine]:
    """Return the turns right after a line, two at most."""
    turns: list[TalkLine] = []
    for line in lines[at + 1 :]:
        if line.viewer or len(turns) == _TURNS:
            break
        turns.append(line)
    return turns


def _may_answer(
    line: TalkLine, turns: Sequence[TalkLine], lines: Sequence[TalkLine], at: int, amounts: Iterable[str]
) -> bool:
    """Return whether turns may answer a line by chance: points that its answer told, a price where one is haggled."""
    own = {told.point for turn in _after(lines, at) for told in turn.told}
    on_them = any(told.point in own for turn in turns for told in turn.told)
    return on_them or (line.viewer == "haggler" and any(amount in turn.text for amount in amounts for turn in turns))
