"""Rules on what is planned: events that never come, stages nobody enters, drills, the draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath

from coach.errors import Sentence
from coach.scenario.finding import Finding, Severity
from coach.scenario.linter import Linter, Rule
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Scenario, ScenarioEvent
from coach.scenario.unknown_name import advice_on
from coach.scenario.yaml_tree import Path, read_tree

_DRILL_SEC = 300
"""Longest drill: one skill, briefly."""
_OF_WHEN = {"stage": "stage", "point": "point_covered", "after_sec": "silence", "move": "reading"}
"""Keys that only one `when` reads."""
_OF_KIND: dict[str, tuple[str, ...]] = {
    "intent": ("line", "pile_on"),
    "to": ("audience_drop", "audience_surge"),
    "viewers": ("pile_on",),
    "count": ("pile_on", "raid"),
    "for_sec": ("raid", "link_failure", "zero_orders", "wrong_price"),
    "price": ("wrong_price",),
}
"""Keys that only some kinds read."""


def _times(linter: Linter) -> None:
    duration = linter.scenario.duration_sec
    for number, event in enumerate(linter.scenario.events):
        if event.at_sec is not None and event.at_sec >= duration:
            what = Sentence("at {at:g} s, but the rehearsal lasts {duration:g} s", at=event.at_sec, duration=duration)
            advice = Sentence("write a time under {duration:g}, or a longer duration_sec", duration=duration)
            linter.add("event_after_end", "error", ("events", number, "at_sec"), what, advice)
        if event.when == "silence" and (event.after_sec or 0) >= duration:
            what = Sentence(
                "silence of {after:g} s cannot come in {duration:g} s", after=event.after_sec or 0, duration=duration
            )
            linter.add("never_fires", "error", ("events", number, "after_sec"), what, Sentence("write 5 to 10"))
    for number, stage in enumerate(linter.scenario.stages):
        if stage.until_sec is not None and stage.until_sec > duration:
            what = Sentence(
                "until {until:g} s, but the rehearsal lasts {duration:g} s", until=stage.until_sec, duration=duration
            )
            advice = Sentence("write {duration:g} or less, or leave it out for the last stage", duration=duration)
            linter.add("stage_after_end", "warning", ("stages", number, "until_sec"), what, advice)


def _demo_windows(linter: Linter) -> None:
    for number, window in enumerate(linter.scenario.demo_windows):
        path: Path = ("demo_windows", number, "to_sec")
        if window.to_sec <= window.from_sec:
            what = Sentence("ends at {end:g} s, before it begins", end=window.to_sec)
            linter.add(
                "window_backwards", "error", path, what, Sentence("write a time after {at:g}", at=window.from_sec)
            )
        elif window.to_sec > linter.scenario.duration_sec:
            duration = linter.scenario.duration_sec
            what = Sentence(
                "until {until:g} s, but the rehearsal lasts {duration:g} s", until=window.to_sec, duration=duration
            )
            linter.add(
                "window_after_end", "warning", path, what, Sentence("write {duration:g} or less", duration=duration)
            )


def entered(scenario: Scenario) -> dict[str, float]:
    """Return the stages that are entered, and when."""
    start = 0.0
    found: dict[str, float] = {}
    for stage in scenario.stages:
        if start >= scenario.duration_sec:
            break
        found.setdefault(stage.name, start)
        start = float("inf") if stage.until_sec is None else stage.until_sec
    return found


def _stages(linter: Linter) -> None:
    known = entered(linter.scenario)
    for number, stage in enumerate(linter.scenario.stages):
        if stage.name not in known:
            what = Sentence("the stage {name!r} is never entered", name=stage.name)
            advice = Sentence("give the stages before it an until_sec under the duration; only the last may go without")
            linter.add("stage_never", "error", ("stages", number), what, advice)
    for number, event in enumerate(linter.scenario.events):
        if event.when == "stage" and event.stage is not None and event.stage not in known:
            what = Sentence("waits for the stage {name!r}, which is never entered", name=event.stage)
            linter.add("never_fires", "error", ("events", number, "stage"), what, Sentence("name a stage that is"))


def _waits_in_vain(linter: Linter) -> None:
    """Events whose moment cannot come, or whose speaker is gone by then."""
    scenario = linter.scenario
    for number, event in enumerate(scenario.events):
        path: Path = ("events", number)
        alone = len(scenario.viewers) == 1
        if event.kind == "line" and event.when in ("viewer_bought", "viewer_left") and alone:
            what = Sentence("the only viewer is gone by then and says nothing more")
            linter.add("never_fires", "error", path, what, Sentence("add a second viewer, or choose another moment"))
        if event.when == "point_covered" and event.point and _unreachable(scenario, event.point):
            what = Sentence("waits for the point {point!r}, which nobody can hit", point=event.point)
            linter.add("never_fires", "error", (*path, "point"), what, Sentence("give that point a statement"))
        if event.kind == "wrong_price" and event.price == scenario.product.price.live:
            what = Sentence("{price:g} is the right price", price=event.price or 0)
            linter.add("never_fires", "error", (*path, "price"), what, Sentence("write a price that is wrong"))


def _unreachable(scenario: Scenario, point_id: str) -> bool:
    return any(
        point.id == point_id and not point.statement and not point.aliases for point in scenario.product.selling_points
    )


def _stays_away(linter: Linter) -> None:
    """Hostile viewers do not come where the hostile share is nought."""
    from coach.scenario.exposure import HOSTILE

    scenario = linter.scenario
    if scenario.density.hostile_share != 0 or scenario.kind == "drill":
        return
    for number, viewer in enumerate(scenario.viewers):
        if viewer.type in HOSTILE:
            what = Sentence("with hostile_share 0 a {kind} never comes", kind=viewer.type)
            advice = Sentence("raise density.hostile_share, or take this viewer away")
            linter.add("never_comes", "warning", ("viewers", number), what, advice)


def _idle_keys(linter: Linter) -> None:
    for number, event in enumerate(linter.scenario.events):
        for key, why in _unread(event):
            what = Sentence("{key!r} is not read here", key=key)
            advice = Sentence("take it away; it belongs to {why}", why=why)
            linter.add("idle_key", "warning", ("events", number, key), what, advice)


def _unread(event: ScenarioEvent) -> Iterator[tuple[str, str]]:
    given = event.model_fields_set
    for key, when in _OF_WHEN.items():
        if key in given and event.when != when:
            yield key, f"when: {when}"
    for key, kinds in _OF_KIND.items():
        if key in given and event.kind not in kinds:
            yield key, ", ".join(f"kind: {kind}" for kind in kinds)


def _drill(linter: Linter) -> None:
    scenario = linter.scenario
    if scenario.kind != "drill":
        if scenario.skill is not None and scenario.draw is None:
            what = Sentence("'skill' is only read of a drill")
            linter.add("drill", "warning", ("skill",), what, Sentence("write kind: drill, or take it away"))
        return
    if len(scenario.viewers) > 1:
        what = Sentence("a drill with {count} viewers", count=len(scenario.viewers))
        linter.add("drill", "warning", ("viewers",), what, Sentence("keep the one viewer who trains the skill"))
    if scenario.skill is None:
        what = Sentence("a drill without 'skill'")
        linter.add(
            "drill", "error", ("kind",), what, Sentence("add skill: hold_price, or another word for what it trains")
        )
    if scenario.duration_sec > _DRILL_SEC:
        what = Sentence("a drill of {minutes:g} minutes", minutes=round(scenario.duration_sec / 60, 1))
        linter.add("drill", "warning", ("duration_sec",), what, Sentence("write 180; five minutes at most"))


def _pressure(linter: Linter) -> None:
    scenario = linter.scenario
    planned = sum(event.pressure for event in scenario.events)
    trolls = any(viewer.type == "troll" for viewer in scenario.viewers)
    calm = scenario.difficulty == 1 or scenario.kind == "drill"
    if planned < 3 and not trolls and not calm:
        what = Sentence("{planned} pressure events; composure needs three or more to be measured", planned=planned)
        advice = Sentence("mark what tests composure with pressure: true")
        linter.add("few_pressure_events", "warning", ("events",), what, advice)


PLAN_RULES: tuple[Rule, ...] = (
    _times,
    _stages,
    _demo_windows,
    _waits_in_vain,
    _stays_away,
    _idle_keys,
    _drill,
    _pressure,
)


def draw_findings(loaded: LoadedScenario, library: Iterable[LoadedScenario]) -> list[Finding]:
    """Return what is wrong with the products a scenario draws from, given those that exist."""
    if loaded.scenario.draw is None:
        return []
    tree = read_tree(loaded.text, loaded.name)
    known = {item.scenario.id: item.scenario for item in library}
    fitting = [name for name, scenario in known.items() if scenario.locale == loaded.scenario.locale]
    found = []
    for number, name in enumerate(loaded.scenario.draw.products):
        place = tree.place(("draw", "products", number))
        if name not in known:
            what = Sentence("no scenario is called {name!r}", name=name)
        elif known[name].locale != loaded.scenario.locale:
            what = Sentence("{name!r} is in {locale}", name=name, locale=known[name].locale)
        else:
            continue
        found.append(Finding("draw", "error", place, what, advice_on(name, fitting)))
    return found


def same_id_findings(
    loaded: LoadedScenario, library: Iterable[LoadedScenario], severity: Severity = "warning"
) -> list[Finding]:
    """Return whether another file has the same id: of two such files a library uses one."""
    mine = FilePath(loaded.name).resolve()
    for item in library:
        if item.scenario.id == loaded.scenario.id and FilePath(item.name).resolve() != mine:
            place = read_tree(loaded.text, loaded.name).place(("id",))
            what = Sentence("the id {id!r} is already used by {file}", id=item.scenario.id, file=item.name)
            advice = Sentence("give this scenario an id of its own: only one of the two is used")
            return [Finding("same_id", severity, place, what, advice)]
    return []
