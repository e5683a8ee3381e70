"""What is allowed but unwise, or stale: findings on a loaded scenario that follow from the file alone.

Rules that read lines as the room does are in `coach.room.scenario_lint`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach.errors import Sentence
from coach.scenario.consent import CONSENT_FROM
from coach.scenario.finding import Finding
from coach.scenario.lint_plan import PLAN_RULES
from coach.scenario.lint_scoring import SCORING_RULES
from coach.scenario.lint_viewers import VIEWER_RULES
from coach.scenario.linter import Linter, Rule, apply, plain, viewer_lines
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Scenario, SellingPoint
from coach.scenario.unknown_name import advice_on
from coach.scenario.yaml_tree import Path

STALE_DAYS, EXPIRED_DAYS = 90, 180
"""Age of `created` that warns, and that fails: what viewers ask and what may be said both move on (row R27)."""
_HOSTILE_TYPES = {"troll", "price_comparer", "trust_skeptic", "contrarian", "spammer", "angry_returner"}
_MAY_BAIT = {"bait", "push", "ask", "heckle"}
"""Viewers may tempt with a banned wording; everybody else's lines should not teach it."""
TODO = "TODO"
"""What a template writes where the author has to."""


def lint(loaded: LoadedScenario, today: date) -> list[Finding]:
    """Return all findings in file order.

    Args:
        loaded: A scenario that loads.
        today: What its age is measured against.
    """
    return apply(_RULES, loaded, today)


def _age(linter: Linter) -> None:
    scenario, today = linter.scenario, linter.today
    review = Sentence("review prices, facts and what may be said, then write {today}", today=today.isoformat())
    if scenario.expires and today > scenario.expires:
        what = Sentence("expired on {day}", day=scenario.expires.isoformat())
        linter.add("expired", "error", ("expires",), what, Sentence("review it and set a new date"))
    if scenario.created is None:
        what = Sentence("no 'created' date, so nobody can tell when it gets stale")
        linter.add("undated", "warning", (), what, Sentence("add created: {today}", today=today.isoformat()))
        return
    days = (today - scenario.created).days
    if days > EXPIRED_DAYS:
        what = Sentence("{days} days old, over {most}", days=days, most=EXPIRED_DAYS)
        linter.add("stale", "error", ("created",), what, review)
    elif days > STALE_DAYS:
        what = Sentence("{days} days old; a review is due before day {most}", days=days, most=EXPIRED_DAYS)
        linter.add("stale", "warning", ("created",), what, review)


def _prices(linter: Linter) -> None:
    price = linter.scenario.product.price
    if price.live > price.list:
        what = Sentence("expected live ≤ list, got live {live:g} and list {usual:g}", live=price.live, usual=price.list)
        advice = Sentence("list is the true usual price, live the price in the room: swap or correct them")
        linter.add("price_order", "error", ("product", "price", "live"), what, advice)
    if price.floor > price.live:
        what = Sentence(
            "expected floor ≤ live, got floor {floor:g} and live {live:g}", floor=price.floor, live=price.live
        )
        advice = Sentence("floor is the lowest the streamer may agree to: write {live:g} or less", live=price.live)
        linter.add("price_order", "error", ("product", "price", "floor"), what, advice)


def _points(linter: Linter) -> None:
    known = "".join(plain(text) for text in _facts(linter.scenario))
    for number, point in enumerate(linter.scenario.product.selling_points):
        path: Path = ("product", "selling_points", number)
        if not point.statement and not point.aliases:
            what = Sentence("neither statement nor aliases, so nobody can hit this point")
            advice = Sentence("add statement: the point in one good spoken sentence")
            linter.add("unreachable_point", "error", path, what, advice)
        for place, fact in enumerate(point.must_facts):
            if plain(fact) not in known and plain(fact) not in plain(point.statement):
                what = Sentence("{fact!r} is neither in product.facts nor in the statement", fact=fact)
                advice = Sentence("add it to product.facts, or spell it as it stands there")
                linter.add("unknown_fact", "error", (*path, "must_facts", place), what, advice)


def _banned_words(linter: Linter) -> None:
    banned = linter.scenario.product.must_not_say
    for path, text in [*_product_texts(linter.scenario), *_viewer_texts(linter.scenario)]:
        found = next((word for word in banned if plain(word) in plain(text)), None)
        if found:
            what = Sentence("uses {word!r}, which product.must_not_say forbids", word=found)
            advice = Sentence("word it differently; only a viewer who baits, pushes, asks or heckles may say it")
            linter.add("banned_word", "error", path, what, advice)


def _needs(linter: Linter) -> None:
    product = linter.scenario.product
    known = {*product.facts, *product.certificates, *(point.id for point in product.selling_points)}
    for number, viewer in enumerate(linter.scenario.viewers):
        for place, need in enumerate(viewer.evidence_needed):
            if need not in known:
                path: Path = ("viewers", number, "evidence_needed", place)
                what = Sentence("{need!r} is no selling point, fact or certificate", need=need)
                linter.add("unknown_evidence", "error", path, what, advice_on(need, known))


def _intensity(linter: Linter) -> None:
    scenario = linter.scenario
    hostile = {viewer.type for viewer in scenario.viewers if viewer.type in _HOSTILE_TYPES}
    if len(hostile) >= 3 and "intensity_cap" not in scenario.model_fields_set:
        what = Sentence("{count} hostile viewer types need a chosen intensity_cap", count=len(hostile))
        advice = Sentence("add intensity_cap: 2, or another from 0 to 4")
        linter.add("intensity_cap", "error", (), what, advice)
    if scenario.intensity_cap == 0:
        for number, viewer in enumerate(scenario.viewers):
            if viewer.type == "troll":
                what = Sentence("with intensity_cap 0 a troll says nothing")
                linter.add("intensity_cap", "warning", ("viewers", number), what, Sentence("write intensity_cap: 1"))
    if scenario.intensity_cap >= CONSENT_FROM:
        what = Sentence(
            "intensity {cap}: the streamer is asked for consent before it starts", cap=scenario.intensity_cap
        )
        advice = Sentence("write 2 or less if nobody should be asked")
        linter.add("consent", "info", ("intensity_cap",), what, advice)


def _todo(linter: Linter) -> None:
    for path, (start, end) in linter.tree.spans.items():
        if TODO in linter.tree.text[start:end]:
            what = Sentence("still to be written")
            linter.add("todo", "info", path, what, Sentence("put your own words in the place of TODO"))


_RULES: tuple[Rule, ...] = (
    _age,
    _prices,
    _points,
    _banned_words,
    _needs,
    _intensity,
    _todo,
    *VIEWER_RULES,
    *PLAN_RULES,
    *SCORING_RULES,
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
    for path, viewer, intent, text in viewer_lines(scenario):
        if intent not in _MAY_BAIT and viewer.type != "bait":
            yield path, text
