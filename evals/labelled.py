"""A labelled set: product sheets, transcripts and what people say is in them, each transcript with its scorecard.

`FOLDER/products/ID.json`, `FOLDER/transcripts/ID__GRADE.jsonl`, `FOLDER/labels/ID__GRADE.json`; the format and the
meaning of the labels stand in `evals/cases/scoring/README.md`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.events import LinePosted, Record, UtteranceHeard
from coach.scenario.model import Scenario
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.transcript import load_transcript
from evals.product_sheets import scenario_of
from evals.sharing import shared

LANGUAGES = ("zh", "en")
TEXTS = ("clean", "asr_like")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One transcript with its labels and its scorecard."""

    name: str
    product: str
    scenario: Scenario
    lines: tuple[dict[str, Any], ...]
    labels: dict[str, Any]
    records: tuple[Record, ...]
    card: Scorecard

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self.scenario.language

    @property
    def text(self) -> str:
        """`clean` or `asr_like`."""
        return "asr_like" if self.labels["asr_like"] else "clean"

    def turn(self, seq: int | None) -> int | None:
        """Return the label's number of the turn that a record was made from; None for any other record."""
        event = self.records[seq].event if seq is not None else None
        if isinstance(event, UtteranceHeard):
            return int(self.lines[int(event.utterance_id[1:])]["i"])
        if isinstance(event, LinePosted):
            return int(self.lines[int(event.line_id[1:])]["i"])
        return None

    def line(self, turn: int) -> str:
        """Return the text of a turn."""
        return next(str(line["text"]) for line in self.lines if line["i"] == turn)


def load_labelled(folder: Path, workers: int = 1) -> list[Labelled]:
    """Return the set in order of name, every transcript scored.

    Args:
        folder: Holds `products/`, `transcripts/` and `labels/`.
        workers: Processes that score it.

    Raises:
        InputError: If the folder holds no such set.
    """
    products = sorted((folder / "products").glob("*.json"))
    if not products:
        raise InputError(
            "{path}: expected products/, transcripts/ and labels/ of a labelled set, found none", path=folder
        )
    return [item for items in shared(partial(_of_product, folder), products, workers) for item in items]


def _of_product(folder: Path, product: Path) -> list[Labelled]:
    scenario = scenario_of(product)
    paths = sorted((folder / "labels").glob(f"{product.stem}__*.json"))
    return [_scored(scenario, product.stem, path, folder / "transcripts" / f"{path.stem}.jsonl") for path in paths]


def _scored(scenario: Scenario, product: str, path: Path, transcript: Path) -> Labelled:
    labels = json.loads(path.read_text(encoding="utf-8"))
    texts = transcript.read_text(encoding="utf-8").splitlines()
    records = load_transcript(transcript).records
    return Labelled(
        name=path.stem,
        product=product,
        scenario=scenario,
        lines=tuple(json.loads(text) for text in texts if text.strip()),
        labels=labels,
        records=records,
        card=score(scenario, records),
    )
