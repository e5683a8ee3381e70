"""Rules on a scenario that need the room's own ears: how its lines are checked, how its points are read.

`coach.scenario.lint` has the rules that follow from the file alone; a command joins both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from coach.errors import Sentence
from coach.language import language_for
from coach.room.brief import MAX_CHARS
from coach.room.check import NEVER, without_mothers
from coach.room.heard import flatten
from coach.room.pack import line_pack
from coach.room.reading import read
from coach.room.tempers import profile_of
from coach.room.tempo import CUT_INS_FROM, tempo_of
from coach.scenario.consent import CONSENT_FROM
from coach.scenario.finding import Finding
from coach.scenario.lint import TODO, lint
from coach.scenario.lint_plan import draw_findings, same_id_findings
from coach.scenario.linter import Linter, Rule, apply, viewer_lines
from coach.scenario.load import LoadedScenario
from coach.scenario.model import Scenario, ScenarioViewer
from coach.scenario.yaml_tree import Path

LADDER: dict[int, tuple[float, float]] = {1: (2, 4), 2: (5, 8), 3: (8, 15), 4: (15, 30), 5: (30, 60)}
"""Lines a minute by difficulty (DOMAIN §3.6); the last is open upwards, 60 is as far as the file goes."""
SHARES: dict[int, tuple[float, float]] = {1: (0, 0), 2: (0, 0.1), 3: (0.1, 0.25), 4: (0.25, 0.4), 5: (0.4, 0.6)}
"""Hostile share by difficulty: the ladder's 0, ≤10, 20, 35, 50 %, each with half the way to its neighbours."""
_ANY_HOSTILE_BELOW = 4
"""Intensity cap under which no line may be hostile in itself, as the room checks a model's words."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_WORDS_OF_ANOTHER = 3
"""Latin words from which a line without a Chinese character is no Chinese: 666, OK and brand names are."""


def review(loaded: LoadedScenario, today: date, library: Iterable[LoadedScenario] = ()) -> list[Finding]:
    """Return every finding on a scenario that loads, in file order.

    Args:
        loaded: The scenario.
        today: What its age is measured against.
        library: The other scenarios: whose products it may draw, and whose ids are taken.
    """
    shelf = list(library)
    found = [*lint(loaded, today), *room_lint(loaded, today)]
    found += [*draw_findings(loaded, shelf), *same_id_findings(loaded, shelf)]
    return sorted(found, key=lambda finding: (finding.place.line, finding.place.column))


def room_lint(loaded: LoadedScenario, today: date) -> list[Finding]:
    """Return the findings that need readings, in file order."""
    return apply(_RULES, loaded, today)


# --- lines ------------------------------------------------------------------------------------------------------


def _wordings(linter: Linter) -> None:
    """What no viewer may say at all, and what this scenario is too mild for."""
    scenario = linter.scenario
    language = language_for(scenario.locale)
    faults = line_pack(language.code).faults
    for path, _, _, text in viewer_lines(scenario):
        flat = without_mothers(flatten(text, language))
        never = next((word for kind in NEVER for word in faults[kind] if flatten(word, language) in flat), None)
        if never is not None:
            what = Sentence("{word!r} is never said in a practice room", word=never)
            linter.add("never_said", "error", path, what, Sentence("attack the offer or the show, not who somebody is"))
            continue
        harsh = next((word for word in faults["harsh"] if flatten(word, language) in flat), None)
        if harsh is not None and scenario.intensity_cap < CONSENT_FROM:
            _too_harsh(linter, path, harsh, CONSENT_FROM)
        elif scenario.intensity_cap < _ANY_HOSTILE_BELOW:
            slips = [span for span in language.slips(text) if span.kind == "hostile"]
            if slips:
                _too_harsh(linter, path, slips[0].text, _ANY_HOSTILE_BELOW)


def _too_harsh(linter: Linter, path: Path, word: str, level: int) -> None:
    what = Sentence("{word!r} is harsher than intensity_cap {cap} allows", word=word, cap=linter.scenario.intensity_cap)
    advice = Sentence("word it milder, or write intensity_cap: {level} (asks for consent)", level=level)
    linter.add("too_harsh", "error", path, what, advice)


def _language(linter: Linter) -> None:
    chinese = linter.scenario.language == "zh"
    for path, _, _, text in viewer_lines(linter.scenario):
        cjk, latin = len(_CJK.findall(text)), len(_LATIN_WORD.findall(text))
        foreign = (
            (not cjk and latin >= _WORDS_OF_ANOTHER) or latin > max(_WORDS_OF_ANOTHER, cjk) if chinese else cjk > 0
        )
        if foreign and TODO not in text:
            what = Sentence("a line in another language than {locale}", locale=linter.scenario.locale)
            linter.add("line_language", "error", path, what, Sentence("write it in the scenario's language"))


def _length(linter: Linter) -> None:
    code = linter.scenario.language
    for path, viewer, _, text in viewer_lines(linter.scenario):
        channel = "chat" if viewer.channel == "chat" else "voice"
        most = MAX_CHARS["zh" if code == "zh" else "en", channel]
        if len(text) > most:
            what = Sentence("{count} characters; viewers rarely go beyond {most}", count=len(text), most=most)
            advice = Sentence("shorten it, or make two lines of it")
            linter.add("line_length", "warning", path, what, advice)


# --- points -----------------------------------------------------------------------------------------------------


def _points_read(linter: Linter) -> None:
    """A point whose own sentence the room would not count as said cannot be scored fairly."""
    scenario = linter.scenario
    for number, point in enumerate(scenario.product.selling_points):
        said = point.statement or next(iter(point.aliases), "")
        if not said or TODO in said:
            continue
        full = " ".join([said, *(fact for fact in point.must_facts if fact not in said)])
        moves = [move for move in read(full, scenario).of("mentions_point") if move.target == point.id]
        path: Path = ("product", "selling_points", number, "statement" if point.statement else "aliases")
        if not moves:
            what = Sentence("the point's own sentence does not count as saying it")
            advice = Sentence("add aliases: short words a streamer would use for this point")
            linter.add("point_unread", "error", path, what, advice)
        elif not any(move.full for move in moves):
            what = Sentence("said with all its must_facts, the point still counts as partial")
            advice = Sentence("spell must_facts as they are spoken, a number with its unit, such as 300 ml")
            linter.add("point_partial", "error", path, what, advice)


# --- viewers and plan -------------------------------------------------------------------------------------------


def _never_said_moves(linter: Linter) -> None:
    """Events that wait for what cannot come: a gift where there is none, a purchase by one who never buys."""
    scenario = linter.scenario
    for number, event in enumerate(scenario.events):
        path: Path = ("events", number)
        if event.when == "reading" and event.move is not None and not _can_be_read(event.move, scenario):
            what = Sentence("waits for {move!r}, which this product gives no occasion for", move=event.move)
            advice = Sentence("add what it needs to the product (facts, certificates), or wait for another move")
            linter.add("never_fires", "warning", (*path, "move"), what, advice)
        if event.when == "viewer_bought" and event.kind == "line" and _sole_buyer(scenario, event.viewer):
            what = Sentence("the only viewer who can buy is gone by then and says nothing more")
            linter.add("never_fires", "error", path, what, Sentence("let another viewer say it"))
        waited = scenario.viewer(event.viewer or "") if event.kind not in ("line", "pile_on") else None
        if event.when == "viewer_bought" and waited is not None and not profile_of(waited.type).customer:
            what = Sentence("waits for {name} to buy, but a {kind} never does", name=waited.name, kind=waited.type)
            linter.add("never_fires", "error", (*path, "viewer"), what, Sentence("name a viewer who can be won"))
        elif event.when == "viewer_bought" and not any(profile_of(viewer.type).customer for viewer in scenario.viewers):
            what = Sentence("waits for a purchase, but nobody here ever buys")
            linter.add("never_fires", "warning", path, what, Sentence("add a viewer who can be won"))


def _sole_buyer(scenario: Scenario, viewer_id: str | None) -> bool:
    """Return whether nobody but this viewer can buy: no other one, and no passers-by."""
    buyers = [viewer.id for viewer in scenario.viewers if profile_of(viewer.type).customer]
    alone = len(scenario.viewers) > 1 and buyers == [viewer_id]
    return alone and not tempo_of(scenario, scenario.difficulty).filled


def _can_be_read(move: str, scenario: Scenario) -> bool:
    return move != "mentions_fact" or bool(scenario.product.facts or scenario.product.certificates)


def _evidence_read(linter: Linter) -> None:
    """A viewer who waits for evidence that no sentence of the streamer reads as can never be convinced."""
    scenario = linter.scenario
    facts, points = scenario.product.facts, {point.id: point for point in scenario.product.selling_points}
    for number, viewer in enumerate(scenario.viewers):
        for place, need in enumerate(viewer.evidence_needed):
            point = points.get(need)
            said = " ".join([point.statement, *point.must_facts, *point.aliases]) if point else facts.get(need, need)
            if TODO not in said and not read(f"{said}", scenario).mentions(need):
                what = Sentence("nothing the streamer can say counts as showing {need!r}", need=need)
                advice = Sentence("name a selling point, or word the fact as it is spoken")
                path: Path = ("viewers", number, "evidence_needed", place)
                linter.add("never_convinced", "error", path, what, advice)


def _hostility(linter: Linter) -> None:
    cap = linter.scenario.intensity_cap
    for number, viewer in enumerate(linter.scenario.viewers):
        if viewer.hostility is not None and viewer.hostility > cap:
            what = Sentence("hostility {own:g} is above intensity_cap {cap}", own=viewer.hostility, cap=cap)
            advice = Sentence("write {cap} or less, or raise intensity_cap", cap=cap)
            linter.add("over_cap", "warning", ("viewers", number, "hostility"), what, advice)


def _floor(linter: Linter) -> None:
    scenario = linter.scenario
    cut_ins = scenario.density.cut_ins
    if cut_ins or (cut_ins is None and scenario.difficulty >= CUT_INS_FROM):
        return
    for number, viewer in enumerate(scenario.viewers):
        if viewer.floor == "cuts_in" and (cut_ins is False or scenario.difficulty == 1):
            what = Sentence("floor: cuts_in, but nobody cuts in here (difficulty {level})", level=scenario.difficulty)
            advice = Sentence("write floor: needs_gap, or density.cut_ins: true")
            linter.add("idle_floor", "warning", ("viewers", number, "floor"), what, advice)
        elif _speaks(viewer) is False and viewer.floor is not None:
            what = Sentence("'floor' is for viewers who speak; this one only writes")
            linter.add("idle_floor", "warning", ("viewers", number, "floor"), what, Sentence("take it away"))


def _speaks(viewer: ScenarioViewer) -> bool:
    return viewer.channel != "chat"


def _density(linter: Linter) -> None:
    scenario = linter.scenario
    if scenario.kind == "drill":
        return
    own, level = scenario.density, scenario.difficulty
    for key, value, ladder in (
        ("lines_per_min", own.lines_per_min, LADDER),
        ("hostile_share", own.hostile_share, SHARES),
    ):
        low, high = ladder[level]
        if value is not None and not low <= value <= high:
            what = Sentence(
                "{key} {value:g} is outside difficulty {level}: {low:g} to {high:g}",
                key=key,
                value=value,
                level=level,
                low=low,
                high=high,
            )
            fitting = next((at for at, (least, most) in ladder.items() if least <= value <= most), None)
            advice = (
                Sentence("write difficulty: {level}, or leave it out", level=fitting)
                if fitting
                else Sentence("leave it out: the difficulty sets it")
            )
            linter.add("density", "warning", ("density", key), what, advice)


def _drill_viewer(linter: Linter) -> None:
    """Nobody to practise on: all viewers are of a kind that is rightly ignored, and it is no drill."""
    scenario = linter.scenario
    treatments = {profile_of(viewer.type).treatment for viewer in scenario.viewers}
    if treatments == {"ignore"} and scenario.kind != "drill":
        what = Sentence("all viewers are of types that are best ignored")
        linter.add("nobody_to_win", "info", ("viewers",), what, Sentence("add one who can be won, such as a haggler"))


_RULES: tuple[Rule, ...] = (
    _wordings,
    _language,
    _length,
    _points_read,
    _never_said_moves,
    _evidence_read,
    _hostility,
    _floor,
    _density,
    _drill_viewer,
)
