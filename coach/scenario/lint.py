"""What is allowed but unwise, or stale: findings on a loaded scenario, each with its place in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach.errors import Place
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Scenario, ScenarioViewer, SellingPoint
from coach.scenario.yaml_tree import Path, Tree, read_tree

Severity = Literal["error", "warning"]

STALE_DAYS, EXPIRED_DAYS = 90, 180
"""Age of `created` that warns, and that fails: what viewers ask and what may be said both move on (row R27)."""
_HOSTILE_TYPES = {"troll", "price_comparer", "trust_skeptic", "contrarian", "spammer", "angry_returner"}
_MAY_BAIT = {"bait", "push", "ask", "heckle"}
"""Viewers may tempt with a banned wording; everybody else's lines should not teach it."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One remark on a scenario. An `error` fails `scenario check`."""

    rule: str
    severity: Severity
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.text} [{self.rule}]"


class _Linter:
    """Collects findings."""

    def __init__(self, scenario: Scenario, tree: Tree, today: date) -> None:
        self.scenario = scenario
        self.today = today
        self._tree = tree
        self.findings: list[LintFinding] = []

    def add(self, rule: str, severity: Severity, path: Path, text: str) -> None:
        """Note one finding at the place of `path`."""
        self.findings.append(LintFinding(rule, severity, self._tree.place(path), text))


def lint(loaded: LoadedScenario, today: date) -> list[LintFinding]:
    """Return all findings in file order.

    Args:
        loaded: A scenario that loads.
        today: What its age is measured against.
    """
    linter = _Linter(loaded.scenario, read_tree(loaded.text, loaded.name), today)
    for rule in _RULES:
        rule(linter)
    return sorted(linter.findings, key=lambda finding: (finding.place.line, finding.place.column))


def _age(linter: _Linter) -> None:
    scenario, today = linter.scenario, linter.today
    if scenario.expires and today > scenario.expires:
        linter.add("expired", "error", ("expires",), f"expired on {scenario.expires}; review it and set a new date")
    if scenario.created is None:
        linter.add("undated", "warning", (), "no 'created' date, so nobody can tell when it gets stale")
        return
    days = (today - scenario.created).days
    if days > EXPIRED_DAYS:
        linter.add(
            "stale", "error", ("created",), f"{days} days old, over {EXPIRED_DAYS}; review it and renew the date"
        )
    elif days > STALE_DAYS:
        linter.add("stale", "warning", ("created",), f"{days} days old; a review is due before day {EXPIRED_DAYS}")


def _prices(linter: _Linter) -> None:
    price = linter.scenario.product.price
    if price.live > price.list:
        text = f"expected live ≤ list, got live {price.live:g} and list {price.list:g}"
        linter.add("price_order", "error", ("product", "price", "live"), text)
    if price.floor > price.live:
        text = f"expected floor ≤ live, got floor {price.floor:g} and live {price.live:g}"
        linter.add("price_order", "error", ("product", "price", "floor"), text)
    for number, viewer in enumerate(linter.scenario.viewers):
        if viewer.type == "haggler" and viewer.price_limit is not None and viewer.price_limit < price.floor:
            path: Path = ("viewers", number, "price_limit")
            text = f"{viewer.price_limit:g} is under the floor {price.floor:g}: only value can win this viewer"
            linter.add("limit_under_floor", "warning", path, text)


def _points(linter: _Linter) -> None:
    known = "".join(_plain(text) for text in _facts(linter.scenario))
    for number, point in enumerate(linter.scenario.product.selling_points):
        path: Path = ("product", "selling_points", number)
        if not point.statement and not point.aliases:
            linter.add(
                "unreachable_point", "error", path, "neither statement nor aliases, so nobody can hit this point"
            )
        for place, fact in enumerate(point.must_facts):
            if _plain(fact) not in known and _plain(fact) not in _plain(point.statement):
                text = f"{fact!r} is neither in product.facts nor in the statement"
                linter.add("unknown_fact", "error", (*path, "must_facts", place), text)


def _banned_words(linter: _Linter) -> None:
    banned = linter.scenario.product.must_not_say
    for path, text in [*_product_texts(linter.scenario), *_viewer_texts(linter.scenario)]:
        found = next((word for word in banned if _plain(word) in _plain(text)), None)
        if found:
            linter.add("banned_word", "error", path, f"uses {found!r}, which product.must_not_say forbids")


def _needs(linter: _Linter) -> None:
    product = linter.scenario.product
    known = {*product.facts, *product.certificates, *(point.id for point in product.selling_points)}
    for number, viewer in enumerate(linter.scenario.viewers):
        for place, need in enumerate(viewer.evidence_needed):
            if need not in known:
                path: Path = ("viewers", number, "evidence_needed", place)
                linter.add("unknown_evidence", "error", path, f"{need!r} is no selling point, fact or certificate")


def _intensity(linter: _Linter) -> None:
    hostile = {viewer.type for viewer in linter.scenario.viewers if viewer.type in _HOSTILE_TYPES}
    if len(hostile) >= 3 and "intensity_cap" not in linter.scenario.model_fields_set:
        text = f"{len(hostile)} hostile viewer types need a chosen intensity_cap"
        linter.add("intensity_cap", "error", (), text)
    if linter.scenario.intensity_cap == 0:
        for number, viewer in enumerate(linter.scenario.viewers):
            if viewer.type == "troll":
                linter.add("intensity_cap", "warning", ("viewers", number), "with intensity_cap 0 a troll says nothing")


def _times(linter: _Linter) -> None:
    duration = linter.scenario.duration_sec
    for number, event in enumerate(linter.scenario.events):
        if event.at_sec is not None and event.at_sec >= duration:
            text = f"at {event.at_sec:g} s, but the rehearsal lasts {duration:g} s"
            linter.add("event_after_end", "error", ("events", number, "at_sec"), text)
    for number, stage in enumerate(linter.scenario.stages):
        if stage.until_sec is not None and stage.until_sec > duration:
            text = f"until {stage.until_sec:g} s, but the rehearsal lasts {duration:g} s"
            linter.add("stage_after_end", "warning", ("stages", number, "until_sec"), text)


def _pressure(linter: _Linter) -> None:
    planned = sum(event.pressure for event in linter.scenario.events)
    trolls = any(viewer.type == "troll" for viewer in linter.scenario.viewers)
    calm = linter.scenario.difficulty == 1 or linter.scenario.kind == "drill"
    if planned < 3 and not trolls and not calm:
        text = f"{planned} pressure events; composure needs three or more to be measured"
        linter.add("few_pressure_events", "warning", ("events",), text)


_RULES: tuple[Callable[[_Linter], None], ...] = (
    _age,
    _prices,
    _points,
    _banned_words,
    _needs,
    _intensity,
    _times,
    _pressure,
)


def _facts(scenario: Scenario) -> Iterator[str]:
    for name, value in scenario.product.facts.items():
        yield f"{name}{value}|"
    yield from scenario.product.certificates


def _product_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for number, point in enumerate(scenario.product.selling_points):
        path: Path = ("product", "selling_points", number)
        yield from _point_texts(path, point)


def _point_texts(path: Path, point: SellingPoint) -> Iterator[tuple[Path, str]]:
    yield (*path, "title"), point.title
    yield (*path, "statement"), point.statement
    for number, alias in enumerate(point.aliases):
        yield (*path, "aliases", number), alias


def _viewer_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for number, viewer in enumerate(scenario.viewers):
        yield from _line_texts(number, viewer)


def _line_texts(number: int, viewer: ScenarioViewer) -> Iterator[tuple[Path, str]]:
    for intent, lines in viewer.lines.items():
        if intent not in _MAY_BAIT and viewer.type != "bait":
            for place, text in enumerate(lines):
                yield ("viewers", number, "lines", intent, place), text


def _plain(text: str) -> str:
    """Return text without case, spaces and punctuation, for comparing."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
