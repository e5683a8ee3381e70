"""The overall number and the pass rule."""

from __future__ import annotations

from typing import Any

import pytest

from coach.scenario.model import Scenario
from coach.score.overall import Results, overall
from coach.score.scorecard import ComplianceFinding, Evidence, FactError, HandledLine, NamedScore
from coach.score.wording import NO_WORDS, NOTHING_SAID, both
from tests.score.logs import ZH


def named(name: Any, value: float | None) -> NamedScore:
    reason = NOTHING_SAID if value is None else None
    return NamedScore(id=name, name=both(name, name), value=value, not_measured=reason, method=both("", ""))


def line(handled: Any, *, below_floor: bool = False) -> HandledLine:
    return HandledLine(
        seq=1, viewer_id="a", viewer_type="haggler", text="?", should="answer", handled=handled, noticed=True,
        below_floor=below_floor,
    )  # fmt: skip


def breach(severity: Any) -> ComplianceFinding:
    quote = Evidence(quote="最好")
    return ComplianceFinding(
        id="c", rule="r", category="absolute", severity=severity, term="最好", evidence=quote, why=both("", ""),
        rewrite="",
    )  # fmt: skip


def error(*, corrected: bool = False, doubtful: bool = False) -> FactError:
    quote = Evidence(quote="200克")
    return FactError(fact="weight", said="200克", truth="180克", corrected=corrected, doubtful=doubtful, evidence=quote)


def results(**changes: Any) -> Results:
    given: dict[str, Any] = {
        "coverage": named("coverage", 80.0),
        "pacing": named("pacing", 90.0),
        "composure": named("composure", 70.0),
        "handled": [line("well"), line("weak")],
        "fact_errors": [],
        "compliance": [],
        "not_genuine": [],
    }
    return Results(**{**given, **changes})


def scenario(**changes: Any) -> Scenario:
    return Scenario.model_validate({**ZH, **changes})


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, 0.35 * 80 + 0.25 * 75 + 0.2 * 90 + 0.2 * 70),
        ({"composure": named("composure", None)}, (0.35 * 80 + 0.25 * 75 + 0.2 * 90) / 0.8),
        ({"handled": [], "pacing": named("pacing", None)}, (0.35 * 80 + 0.2 * 70) / 0.55),
        ({"compliance": [breach("H"), breach("M")]}, 78.75 - 8 - 2),
        ({"compliance": [breach("H")] * 9}, 78.75 - 40),
        ({"fact_errors": [error(), error(corrected=True), error(doubtful=True)]}, 78.75 - 6),
        ({"handled": [line("well", below_floor=True), line("weak")]}, 78.75 - 8),
        ({"not_genuine": [both("照念", "read")]}, 40.0),
    ],
)
def test_value(changes: dict[str, Any], value: float) -> None:
    found = overall(scenario(), results(**changes))
    assert found.value == pytest.approx(value, abs=0.06)


@pytest.mark.parametrize(
    ("rule", "changes", "passed"),
    [
        ({}, {}, True),
        ({"pass": {"overall": 79}}, {}, False),
        ({}, {"compliance": [breach("H")]}, False),
        ({}, {"compliance": [breach("M")]}, True),
        ({"pass": {"blockers": ["compliance_m"]}}, {"compliance": [breach("M")]}, False),
        ({"pass": {"blockers": ["below_floor"]}}, {"handled": [line("well", below_floor=True)]}, False),
        ({"pass": {"blockers": ["fact_error"]}}, {"fact_errors": [error(corrected=True), error(doubtful=True)]}, True),
        ({"pass": {"blockers": ["fact_error"]}}, {"fact_errors": [error(corrected=False)]}, False),
        ({}, {"coverage": named("coverage", 49.0), "handled": [line("well")]}, False),
        ({"goals": [{"id": "c", "kind": "coverage", "pass": 85}]}, {}, False),
        ({"goals": [{"id": "c", "kind": "composure", "pass": 60}]}, {}, True),
        ({"goals": [{"id": "c", "kind": "composure", "pass": 60}]}, {"composure": named("composure", None)}, False),
        ({}, {"not_genuine": [both("照念", "read")]}, False),
    ],
)
def test_pass_rule(rule: dict[str, Any], changes: dict[str, Any], *, passed: bool) -> None:
    found = overall(scenario(**rule), results(**changes))
    assert found.passed is passed
    assert bool(found.blockers) is not passed


@pytest.mark.parametrize(
    ("points", "wanted", "zh", "en"),
    [
        (79.8, 80, "总分 79.8，通过线 80。", "79.8 points; 80 pass."),
        (79.2, 80, "总分 79，通过线 80。", "79 points; 80 pass."),
        (79.4, 79.5, "总分 79，通过线 80。", "79 points; 80 pass."),
        (79.6, 79.9, "总分 79.6，通过线 79.9。", "79.6 points; 79.9 pass."),
    ],
)
def test_a_number_just_missed_shows_that_it_is(points: float, wanted: float, zh: str, en: str) -> None:
    changes = {name: named(name, points) for name in ("coverage", "pacing", "composure")}
    [said] = overall(scenario(**{"pass": {"overall": wanted}}), results(**changes, handled=[])).blockers
    assert (said.zh, said.en) == (zh, en)


def test_a_goal_just_missed_shows_that_it_is() -> None:
    goals = [{"id": "c", "kind": "coverage", "pass": 70}]
    [said] = overall(scenario(goals=goals), results(coverage=named("coverage", 69.96))).blockers
    assert said.en.endswith(" 69.9; the goal is 70.")


def test_nothing_measured_never_passes() -> None:
    found = overall(scenario(), results(coverage=named("coverage", None)))
    assert found.value is None
    assert found.passed is False
    assert found.not_measured == NOTHING_SAID


def test_words_that_are_not_known_cannot_be_judged() -> None:
    lost = named("coverage", None).model_copy(update={"not_measured": NO_WORDS})
    found = overall(scenario(goals=[{"id": "c", "kind": "coverage", "pass": 70}]), results(coverage=lost))
    assert (found.value, found.passed, found.blockers) == (None, None, [])
    assert found.not_measured == NO_WORDS
