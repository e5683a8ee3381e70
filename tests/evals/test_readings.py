"""The measure's arithmetic on verdicts made here; `test_labelled.py` runs it on the labelled set."""

from __future__ import annotations

import pytest

from evals.readings import Judged, Tally


def judged(*pairs: tuple[str, str]) -> list[Judged]:
    return [Judged("made here", str(at), wanted, got, "") for at, (wanted, got) in enumerate(pairs)]


def test_figures_of_a_tally() -> None:
    tally = Tally(
        treated=judged(("answer", "answer"), ("ignore", "answer")),
        handled=judged(("well", "well"), ("weak", "badly"), ("badly", "badly"), ("unanswered", "well")),
        conceded=judged(("below", "below"), ("below", ""), ("", "below")),
        covered=judged(("hit", "hit"), ("misstated", "miss"), ("misstated", "misstated")),
    )
    figures = tally.figures()
    assert figures["treatment"] == 0.5
    assert figures["handled"] == 0.5
    assert figures["well_or_not"] == 0.75
    assert figures["below_floor_recall"] == 0.5
    assert figures["below_floor_false"] == 1
    assert figures["misstated_recall"] == 0.5
    # Well: one of one wanted and of two got, 2/3; badly the same; the other two classes 0.
    assert figures["handled_f1"] == pytest.approx(0.333)


def test_nothing_judged_gives_no_figure() -> None:
    assert Tally().figures()["handled"] is None
