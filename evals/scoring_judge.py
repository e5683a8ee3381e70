"""The judge beside people's ratings: how far they agree, and how far the judge agrees with itself.

Ratings come from a CSV file, `transcript,item,rater,score` with scores 0 to 5; without one, the rank of each transcript
(1 to 5) stands in for every item, which says whether the judge orders talks, not whether it scores an item rightly.
"""

from __future__ import annotations

import asyncio
import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from coach.errors import InputError
from coach.ports import ChatModel
from coach.score.judge import Judge
from coach.score.judge.rubric import HIGHEST, load_rubric
from coach.score.scorecard import JudgedItem, Scorecard
from evals.judge_statistics import alpha, icc_a1, near, quadratic_kappa, standardised_difference
from evals.labelled import Labelled

Ratings = Mapping[tuple[str, str], Sequence[float]]
"""Transcript and item to the scores that people gave."""


def agreement(
    items: Sequence[Labelled], ratings: Ratings | None, chat: ChatModel | None, samples: int
) -> dict[str, Any]:
    """Return the statistics per item of the rubric, for the model or, without one, for the rules.

    Args:
        items: The talks.
        ratings: What people gave; None takes the talks' ranks.
        chat: The model that grades.
        samples: Answers asked for each item.
    """
    judged = {
        item.name: card.judged for item, card in zip(items, asyncio.run(_cards(items, chat, samples)), strict=True)
    }
    wanted = ratings if ratings is not None else _ranks(items)
    return {
        "by": "rules" if chat is None else chat.name,
        "ratings": "rank of the transcript" if ratings is None else "people",
        "items": {name: _item(name, judged, wanted) for name in load_rubric().items},
    }


async def _cards(items: Sequence[Labelled], chat: ChatModel | None, samples: int) -> list[Scorecard]:
    if chat is None:
        return [item.card for item in items]
    judge = Judge(chat, samples)
    try:
        return [(await judge.judge(item.card, item.records)).card for item in items]
    finally:
        await chat.aclose()


def _item(name: str, judged: Mapping[str, Sequence[JudgedItem]], ratings: Ratings) -> dict[str, Any]:
    found = {talk: next(item for item in items if item.id == name) for talk, items in judged.items()}
    pairs = [
        (float(median(ratings[talk, name])), item.score)
        for talk, item in found.items()
        if item.score is not None and ratings.get((talk, name))
    ]
    most = max((len(item.samples) for item in found.values()), default=0)
    samples = [[item.samples[at] if at < len(item.samples) else None for item in found.values()] for at in range(most)]
    both = [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    return {
        "n": len(pairs),
        "null": sum(item.score is None for item in found.values()),
        "ask_mentor": sum(item.ask_mentor for item in found.values()),
        "qwk": quadratic_kappa(pairs),
        "alpha": alpha(both) if pairs else None,
        "icc_a1": icc_a1(pairs),
        "smd": standardised_difference(pairs),
        "exact": near(pairs, 0.5),
        "adjacent": near(pairs, 1.0),
        "self_reliability_alpha": alpha(samples) if most > 1 else None,
        "confusion": _confusion(pairs),
    }


def _confusion(pairs: Sequence[tuple[float, float]]) -> dict[str, int]:
    """Return counts of `person judge`, scores rounded."""
    return dict(sorted(Counter(f"{round(left)} {round(right)}" for left, right in pairs).items()))


def _ranks(items: Sequence[Labelled]) -> Ratings:
    return {(item.name, name): [float(item.labels["rank"])] for item in items for name in load_rubric().items}


def load_ratings(path: Path) -> Ratings:
    """Read people's ratings.

    Raises:
        InputError: If the file cannot be read or a row is no rating; says which.
    """
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                found[_key(row, path, number)].append(_score(row, path, number))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("{path}: expected ratings as UTF-8 CSV: {reason}", path=path, reason=error) from error
    return found


def _key(row: Mapping[str, str | None], path: Path, number: int) -> tuple[str, str]:
    talk, item = row.get("transcript"), row.get("item")
    if not talk or item not in load_rubric().items:
        names = ", ".join(load_rubric().items)
        raise InputError(
            "{path}:{line}: expected columns transcript, item, rater, score and an item of {names}; got {item}",
            path=path, line=number, names=names, item=item,
        )  # fmt: skip
    return talk, item


def _score(row: Mapping[str, str | None], path: Path, number: int) -> float:
    try:
        value = float(row.get("score") or "")
    except ValueError:
        value = -1.0
    if not 0 <= value <= HIGHEST:
        raise InputError(
            "{path}:{line}: expected a score from 0 to 5, got {score}", path=path, line=number, score=row.get("score")
        )
    return value
