"""Sentences of many trades: labels that are known, halves apart, and what is clean seldom accused."""

from __future__ import annotations

import json

import pytest

from evals.product_sheets import scenario_of
from evals.readings import STATES
from evals.sentences import CASES, HALVES, figures, is_clean_or_grave, load_sentences

_KINDS = {"point", "clean", "violation", "fact_error", "exchange"}


@pytest.mark.parametrize("half", HALVES)
def test_every_label_names_what_the_product_has(half: str) -> None:
    paths = sorted((CASES / half).glob("*.jsonl"))
    assert len(paths) >= 14
    for path in paths:
        points = {point.id for point in scenario_of(CASES / "products" / f"{path.stem}.json").product.selling_points}
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            assert label["kind"] in _KINDS
            if label["kind"] == "point":
                assert label["point"] in points
                assert label["label"] in STATES


def test_no_product_is_in_both_halves() -> None:
    learn, check = ({path.stem for path in (CASES / half).glob("*.jsonl")} for half in HALVES)
    assert not learn & check


@pytest.mark.slow
def test_what_is_clean_is_seldom_accused(workers: int) -> None:
    items = load_sentences(CASES, ("check",), workers, is_clean_or_grave)
    found = figures(items)
    assert found["clean"] == 1031
    assert found["violations"] == 173
    assert found["clean_called_h"] <= 0.03
    assert found["clean_called_wrong"] <= 0.04
    assert found["violation_recall_h"] >= 0.75
