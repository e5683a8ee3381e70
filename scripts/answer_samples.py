"""Labelled answers to viewers that the judge of answers is trained with, as the rules judge them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.room.answer_judge import Grade
from coach.room.answer_signs import Judged
from coach.room.exchange import Exchange
from coach.room.handling import Following, ruled
from coach.room.treatment import right_treatment, viewer_type_of
from coach.scenario.model import Scenario
from evals.product_sheets import scenario_of
from evals.readings import following

CASES = Path(__file__).resolve().parents[1] / "evals" / "cases"
TABLES = Path(__file__).resolve().parents[1] / "tests" / "room"


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer.

    Attributes:
        product: What is trained with and what is tried are of different products.
        source: `sentences` or `talk`.
        judged: The exchange as the rules judge it.
        below_floor: Whether a price under the floor is granted.
        agreed: Price a piece that the viewer was granted before.
    """

    product: str
    source: str
    judged: Judged
    label: Grade
    below_floor: bool
    agreed: float | None = None


def samples() -> list[Sample]:
    """Return all labelled answers; lines that were rightly left alone have none."""
    return [*_sentences(CASES / "sentences", "learn"), *_talk(CASES / "scoring")]


def offers() -> list[Sample]:
    """Return those that teach which prices are granted; a judge of all answers does worse on others' with them."""
    return [sample for folder in ("haggle", "plain") for sample in _sentences(CASES / "sentences", folder)]


def _sentences(folder: Path, half: str) -> Iterator[Sample]:
    for path in sorted((folder / half).glob("*.jsonl")):
        scenario = scenario_of(folder / "products" / f"{path.stem}.json")
        for label in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if label["kind"] == "exchange":
                after = [Following(label["text"], 1.5, 5.0)]
                found = ruled(_exchange(label["line"], label["viewer"], scenario), after, said_at=1.0)
                if found is not None:
                    yield Sample(path.stem, "sentences", found.judged, label["handled"], label["below_floor"])


def _talk(folder: Path) -> Iterator[Sample]:
    for path in sorted((folder / "labels").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        scenario = scenario_of(folder / "products" / f"{labels['product']}.json")
        spoken = (folder / "transcripts" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        lines: list[dict[str, Any]] = [json.loads(line) for line in spoken if line.strip()]
        agreed: dict[str, float | None] = {}
        for label in labels["objections"]:
            at = next(index for index, line in enumerate(lines) if line["i"] == label["i"])
            line, viewer = lines[at], lines[at]["viewer"]
            exchange = _exchange(line["text"], viewer["type"], scenario, viewer["id"])
            before = agreed.get(viewer["id"])
            found = ruled(exchange, following(lines, at), said_at=line["t0"], agreed=before)
            if found is not None:
                agreed[viewer["id"]] = found.judged.granted or before
                below = label["conceded_below_floor"]
                yield Sample(labels["product"], "talk", found.judged, label["handled"], below, before)


def haggled() -> Iterator[tuple[Exchange, str, bool]]:
    """Yield offers, answers and whether a price under the floor is granted, of the tables of the tests."""
    for table in ("concessions.tsv", "concessions_others.tsv"):
        for row in (TABLES / table).read_text(encoding="utf-8").splitlines():
            said, *viewer, line, reply = row.split("\t")
            product = "en-s-kettle.json" if row.isascii() else "zh-s-thermos.json"
            scenario = scenario_of(CASES / "sentences" / "products" / product)
            yield _exchange(line, (viewer or ["haggler"])[0], scenario), reply, said == "below"


def _exchange(line: str, viewer_type: str, scenario: Scenario, name: str = "") -> Exchange:
    treatment = right_treatment(viewer_type, line, scenario.language)
    return Exchange(line, viewer_type_of(viewer_type), treatment, scenario, name)
