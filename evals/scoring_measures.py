"""What `bench scoring` measures on a group of labelled transcripts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from coach.language import language_for
from evals.agreement import Pair, accuracy, kendall, macro_f1, precision, recall, spearman
from evals.compliance import Counts, Found, judge_compliance
from evals.fluency import figures as fluency_figures
from evals.fluency import read
from evals.labelled import Labelled
from evals.results import rate

STATES = ("hit", "partial", "miss", "misstated")
HANDLED = ("well", "weak", "badly", "unanswered")


def figures(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return every figure of a group, flat, under the keys of `bench scoring`."""
    return {
        "transcripts": len(items),
        **coverage(items),
        **facts(items),
        **objections(items),
        **compliance(items),
        **fluency(items),
        **grades(items),
    }


def coverage(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how far the states of selling points agree, and how often the quote is from a turn that says them."""
    pairs = [pair for item in items for pair in _points(item)]
    right = [_first_turn_is_right(item, state.point_id) for item in items for state in item.card.coverage]
    judged = [value for value in right if value is not None]
    return {
        "points": len(pairs),
        "coverage_macro_f1": macro_f1(pairs, STATES),
        "coverage_accuracy": accuracy(pairs),
        "misstated_recall": recall(pairs, "misstated"),
        "misstated_precision": precision(pairs, "misstated"),
        "evidence_hit_rate": rate(sum(judged), len(judged)),
    }


def _points(item: Labelled) -> list[Pair]:
    got = {point.point_id: point.state for point in item.card.coverage}
    return [(str(label["label"]), got[point]) for point, label in item.labels["coverage"].items()]


def _first_turn_is_right(item: Labelled, point_id: str) -> bool | None:
    """Return whether the first quote of a point found as hit is from a turn in the label; None for any other."""
    label = item.labels["coverage"][point_id]
    point = next(point for point in item.card.coverage if point.point_id == point_id)
    if label["label"] != "hit" or point.state != "hit":
        return None
    return bool(point.evidence) and item.turn(point.evidence[0].seq) in label["evidence"]


def facts(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how far turns with a fact error agree."""
    wanted = {(item.name, error["i"]) for item in items for error in item.labels["fact_errors"]}
    got = {(item.name, item.turn(error.evidence.seq)) for item in items for error in item.card.fact_errors}
    return {
        "fact_error_recall": rate(len(wanted & got), len(wanted)),
        "fact_error_precision": rate(len(wanted & got), len(got)),
    }


def objections(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how far the judgements of viewers' lines agree."""
    rows = [(label, line) for item in items for label, line in _lines(item)]
    handled = [(str(label["handled"]), line.handled if line else "none") for label, line in rows]
    below = [(str(label["conceded_below_floor"]), str(line.below_floor) if line else "none") for label, line in rows]
    return {
        "lines": len(rows),
        "should_accuracy": accuracy([(str(label["should"]), line.should if line else "none") for label, line in rows]),
        "handled_accuracy": accuracy(handled),
        "handled_macro_f1": macro_f1(handled, HANDLED),
        "handled_well_or_not": accuracy([(str(want == "well"), str(have == "well")) for want, have in handled]),
        "concession_recall": recall(below, "True"),
        "concession_false": sum(pair == ("False", "True") for pair in below),
    }


def _lines(item: Labelled) -> list[tuple[dict[str, Any], Any]]:
    found = {item.turn(line.seq): line for line in item.card.handled}
    return [(label, found.get(label["i"])) for label in item.labels["objections"]]


def compliance(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how far findings of serious (H) and lesser (M) violations agree."""
    counts = Counts()
    for item in items:
        found = [
            Found(turn, finding.term, finding.category, finding.severity)
            for finding in item.card.compliance
            if (turn := item.turn(finding.evidence.seq)) is not None
        ]
        counts.add(judge_compliance(item.labels, found, {line["i"]: line["text"] for line in item.lines}))
    figures = counts.figures()
    return {
        "violations": figures["labels_h"],
        "decoys": figures["decoys"],
        "compliance_precision": figures["precision"],
        "compliance_recall_h": figures["recall_h"],
        "compliance_recall_m": figures["recall_m"],
        "decoy_rate": figures["decoy_rate"],
    }


def fluency(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how far counts of fillers, repeats and repairs agree."""
    reads = [read(item.name, item.lines, item.records, item.labels, language_for(item.language)) for item in items]
    figures = fluency_figures(reads)
    kept = ("filler_error", "filler_mae", "filler_precision", "filler_recall", "disturbance_rho")
    return {key: figures[key] for key in kept}


def grades(items: Sequence[Labelled]) -> dict[str, Any]:
    """Return how well the overall number orders the grades of each product.

    `grade_tau` is the mean of Kendall's τ-b per product; `excellent_above_poor` is over all pairs of the group, and
    `excellent_above_poor_same` over those of one product.
    """
    products: dict[str, list[Labelled]] = defaultdict(list)
    for item in items:
        products[item.product].append(item)
    taus = [_tau(group) for group in products.values() if len(group) > 2]
    known = [tau for tau in taus if tau is not None]
    best, worst = (_values(items, grade) for grade in ("excellent", "poor"))
    return {
        "grade_tau": round(fmean(known), 3) if known else None,
        "grade_tau_least": min(known) if known else None,
        "grade_rho": spearman([_overall(item) for item in items], [item.labels["rank"] for item in items]),
        "excellent_above_poor": rate(sum(high > low for high in best for low in worst), len(best) * len(worst)),
        "excellent_passes": rate(sum(_passed(item) for item in items if _grade(item) == "excellent"), len(best)),
        "poor_or_terrible_passes": sum(_passed(item) for item in items if _grade(item) in ("poor", "terrible")),
    }


def _tau(group: Sequence[Labelled]) -> float | None:
    return kendall([_overall(item) for item in group], [item.labels["rank"] for item in group])


def _values(items: Sequence[Labelled], grade: str) -> list[float]:
    return [_overall(item) for item in items if _grade(item) == grade]


def _grade(item: Labelled) -> str:
    return str(item.labels["grade"])


def _passed(item: Labelled) -> bool:
    return bool(item.card.overall and item.card.overall.passed)


def _overall(item: Labelled) -> float:
    overall = item.card.overall
    return overall.value if overall and overall.value is not None else 0.0
