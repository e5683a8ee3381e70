"""The report as Markdown, in the order of DOMAIN §6.1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coach.score.compliance import heading_of
from coach.score.drills import DRILLS
from coach.score.report_first import clip
from coach.score.report_mentor import beside, mentor_lines
from coach.score.report_method import versions
from coach.score.report_words import Words, standing_of, state_of
from coach.score.scorecard import (
    ComplianceFinding,
    Evidence,
    FocusPoint,
    HandledLine,
    NamedScore,
    PressureCard,
    Scorecard,
)
from coach.score.wording import clock


def render_markdown(card: Scorecard, language: str) -> str:
    """Return the report as Markdown; what people said is escaped."""
    words = Words(language, card)
    parts = [
        f"# {_safe(words.title(card))}",
        *_drill(card, words),
        _safe(words.of(card.summary)),
        "\n".join(f"- {_safe(words.of(note))}" for note in card.notes),
        *_strength(card, words),
        *_states(card, words),
        *_focus(card, words),
        *_scores(card, words),
        *_stages(card, words),
        *_coverage(card, words),
        *_viewers(card, words),
        *_handled(card, words),
        *_compliance(card, words),
        *_metrics(card, words),
        *_pressure(card, words),
        *_mentor(card, words),
        *_findings(card, words),
        *_versions(card, words),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _safe(text: str) -> str:
    """Return text that Markdown and HTML leave alone."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _quoted(evidence: Evidence, words: Words) -> str:
    place = words.place(evidence)
    quote = _said(evidence, words)
    return f"> {quote}" + (f" ({place})" if place else "") if quote else ""


def _said(evidence: Evidence, words: Words) -> str:
    """Return a quote: a viewer's with the name, one that rules did not find saying so."""
    how = f" ({words('proposed')})" if evidence.proposed else ""
    name = words.speaker(evidence)
    who = f"{_safe(name)}{words('says')}" if name else ""
    return f"{who}{_safe(evidence.quote)}{how}" if evidence.quote else ""


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its cells are ready."""
    named = list(heads)
    lines = [named, ["---"] * len(named), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _first_quote(evidence: Sequence[Evidence], words: Words) -> str:
    return _said(evidence[0], words) if evidence else ""


def _drill(card: Scorecard, words: Words) -> list[str]:
    if card.drill is None:
        return []
    said = [_quoted(card.drill.evidence, words)] if card.drill.evidence else []
    return [f"**{_safe(words.of(card.drill.text))}**", *said]


def _strength(card: Scorecard, words: Words) -> list[str]:
    if card.strength is None:
        return []
    told = f"**{_safe(words.of(card.strength.title))}** {_safe(words.of(card.strength.detail))}"
    return [f"## {words('strength')}", told, *(_quoted(item, words) for item in card.strength.evidence[:2])]


def _states(card: Scorecard, words: Words) -> list[str]:
    if not card.focus_states:
        return []
    rows = [
        f"- **{words(f'state_{item.state}')}**: {_safe(words.of(item.title))}. "
        f"{words('before')}: {_safe(words.of(item.before))}; {words('now')}: {_safe(words.of(item.now))}"
        for item in card.focus_states
    ]
    return [f"## {words('states')}", "\n".join(rows)]


def _focus(card: Scorecard, words: Words) -> list[str]:
    parts = [f"## {words('focus')}"]
    if not card.focus:
        return [*parts, words.no_focus(card)]
    for number, point in enumerate(card.focus, start=1):
        parts.append(f"### {number}. {_safe(words.of(point.title))}")
        if point.evidence:
            parts.append(_quoted(point.evidence, words))
        parts.append("\n".join(_focus_lines(point, words)))
    return parts


def _focus_lines(point: FocusPoint, words: Words) -> Iterable[str]:
    if clip(point):
        yield f"- {words('clip')}: {clip(point)}"
    yield f"- {words('why')}: {_safe(words.of(point.why))}"
    if point.better_line:
        yield f"- {words('better')}: **{_safe(point.better_line)}**"
    yield f"- {words('drill')}: {_safe(words.of(point.drill))}"
    if point.drill_id in DRILLS:
        yield f"- {words('drill_name')}: {_safe(words.of(DRILLS[point.drill_id].name))}"


def _scores(card: Scorecard, words: Words) -> list[str]:
    rows = [
        (_safe(words.of(item.name)), words.score(item), _safe(words.sentences(_score_notes(item, card, words))))
        for item in card.scores
    ]
    parts = [f"## {words('scores')}", _table((words("metric"), words("score"), ""), rows)]
    whole = card.overall
    if whole is not None:
        shown = words("not_measured") if whole.value is None else f"{whole.value:.0f}"
        passed = "" if whole.passed is None else f", {words('passed' if whole.passed else 'not_passed')}"
        parts.insert(1, f"{words('overall')}: **{shown}**{passed}")
        told = whole.blockers or ([whole.not_measured] if whole.not_measured else [])
        parts.insert(2, "\n".join(f"- {_safe(words.of(text))}" for text in told))
        parts.insert(3, _safe(beside(card, "score.overall", words)))
    return [*parts, *_judged(card, words)]


def _score_notes(item: NamedScore, card: Scorecard, words: Words) -> list[str]:
    mentors = beside(card, f"score.{item.id}", words)
    return [*words.score_notes(item), *([mentors] if mentors else [])]


def _judged(card: Scorecard, words: Words) -> list[str]:
    rows = [
        (
            _safe(words.of(item.question)),
            words("no_chance") if item.score is None else f"{item.score:g} {words('of_five')}",
            words(f"by_{item.by}") + (f"; {words('ask_mentor')}" if item.ask_mentor else ""),
            _first_quote(item.evidence, words),
        )
        for item in card.judged
    ]
    return [_table((words("judged"), words("score"), words("method"), words("quote")), rows)] if rows else []


def _stages(card: Scorecard, words: Words) -> list[str]:
    rows = [
        (
            _safe(words.of(stage.name)),
            clock(stage.start) if stage.start is not None else "",
            _safe(words.joined([words.of(item) for item in stage.missing])),
            _first_quote(stage.evidence, words),
        )
        for stage in card.stages
    ]
    if not rows:
        return []
    return [
        f"## {words('timeline')}",
        _table((words("stage"), words("first_at"), words("lacks"), words("quote")), rows),
    ]


def _coverage(card: Scorecard, words: Words) -> list[str]:
    parts = []
    if card.coverage:
        rows = [
            (
                f"{_safe(point.title)} {f'({must})' if (must := words.must(point)) else ''}".strip(),
                f"{words(state_of(point))} {_safe(beside(card, f'coverage.{point.point_id}', words))}".strip(),
                _safe(words.joined(point.missing_facts)),
                _first_quote(point.evidence, words),
            )
            for point in card.coverage
        ]
        heads = (words("point"), words("state"), words("missing"), words("quote"))
        parts += [f"## {words('coverage')}", _table(heads, rows)]
    if card.fact_errors:
        wrong = [
            (
                _safe(item.evidence.quote),
                _safe(item.said),
                _safe(item.truth),
                words(standing) if (standing := standing_of(item)) else "",
            )
            for item in card.fact_errors
        ]
        parts += [f"### {words('facts')}", _table((words("quote"), words("said_as"), words("truth"), ""), wrong)]
    return parts


def _viewers(card: Scorecard, words: Words) -> list[str]:
    if not card.viewers:
        return []
    rows = [
        (_safe(viewer.name), words(viewer.outcome), str(viewer.lines), words.answered(viewer))
        for viewer in card.viewers
    ]
    heads = (words("viewer"), words("outcome"), words("lines"), words("answered"))
    return [f"## {words('viewers')}", _table(heads, rows)]


def _handled(card: Scorecard, words: Words) -> list[str]:
    if not card.handled:
        return []
    names = {viewer.viewer_id: viewer.name for viewer in card.viewers}
    rows = [_line(line, names, beside(card, f"handled.{line.seq}", words), words) for line in card.handled]
    heads = ("", words("line"), words("treated"), words("answer_quote"))
    return [f"### {words('handled')}", _table(heads, rows)]


def _line(line: HandledLine, names: dict[str, str], mentors: str, words: Words) -> Sequence[str]:
    answer = next((item.quote for item in line.evidence if item.speaker == "streamer"), "")
    met = words.handled(line) + (f", {words('below_floor')}" if line.below_floor else "")
    return (
        clock(line.at) if line.at is not None else "",
        f"{_safe(words.viewer(line.viewer_id, names))}: {_safe(line.text)}",
        f"{met} ({words(f'should_{line.should}')}) {_safe(mentors)}".strip(),
        _safe(answer),
    )


def _compliance(card: Scorecard, words: Words) -> list[str]:
    parts = [f"## {words('compliance')}"]
    if not card.compliance:
        return [*parts, words("clean" if card.is_measured else "not_checked")]
    for heading, grave in (("blockers", True), ("warnings", False)):
        found = [item for item in card.compliance if (item.severity == "H") is grave]
        if found:
            parts += [f"### {words(heading)}", "\n".join(_banned(item, words) for item in found)]
    return parts


def _banned(item: ComplianceFinding, words: Words) -> str:
    place = words.place(item.evidence)
    rewrite = f" {words('rewrite')}: **{_safe(item.rewrite)}**" if item.rewrite else ""
    source = f" ({_safe(item.source)})" if item.source else ""
    quote = f" “{_safe(item.evidence.quote)}”" + (f" {place}" if place else "")
    return f"- **{_safe(words.of(heading_of(item)))}**{quote}. {_safe(words.of(item.why))}{rewrite}{source}"


def _metrics(card: Scorecard, words: Words) -> list[str]:
    rows = [
        (
            _safe(words.of(metric.name)),
            _safe(words.value(metric)),
            words.band(metric),
            _safe(words.of(metric.method)),
            words(metric.confidence),
        )
        for metric in card.metrics
        if metric.value is not None
    ]
    heads = (words("metric"), words("value"), words("band"), words("method"), words("confidence"))
    absent = "\n".join(f"- {_safe(text)}" for text in words.unmeasured(card.metrics))
    return [f"## {words('metrics')}", _table(heads, rows) if rows else "", absent] if card.metrics else []


def _pressure(card: Scorecard, words: Words) -> list[str]:
    if not card.pressure:
        return []
    names = {viewer.viewer_id: viewer.name for viewer in card.viewers}
    rows = "\n".join(_moment(item, names, words) for item in card.pressure)
    return [f"## {words('pressure')}", rows, words("private")]


def _moment(item: PressureCard, names: dict[str, str], words: Words) -> str:
    said = f" “{_safe(item.said.quote)}”" if item.said else ""
    slips = f" {words('slips')}: {_safe(words.joined(item.slips))}." if item.slips else ""
    score = f" {words('score')}: {item.score:.0f}." if item.score is not None else ""
    did = f" {_safe(words.of(item.behaviour))}" if item.behaviour else ""
    following = f" {words('next_action')}: {_safe(words.next_action(item))}" if words.next_action(item) else ""
    told = f"{did}{slips}{score}{following}"
    return f"- {clock(item.at)} {_safe(words.moment(item, names))}{said} {words('back')}: {words.back(item)}.{told}"


def _mentor(card: Scorecard, words: Words) -> list[str]:
    rows = [f"- **{_safe(name)}** {_safe(told)}" for name, told in mentor_lines(card, words)]
    return [f"## {words('mentor')}", "\n".join(rows)] if rows else []


def _findings(card: Scorecard, words: Words) -> list[str]:
    if not card.findings:
        return []
    rows = []
    for item in card.findings:
        mark = card.marks.get(item.id)
        marked = f" [{words('marked')}: {words(mark)}]" if mark else ""
        rows.append(f"- **{_safe(words.of(item.title))}** {_safe(words.of(item.detail))}{_safe(marked)}")
    return [f"## {words('findings')}", "\n".join(rows), words("flag")]


def _versions(card: Scorecard, words: Words) -> list[str]:
    methods = [f"- {_safe(words.of(item.name))}: {_safe(words.of(item.method))}" for item in card.scores]
    if card.overall is not None:
        methods.insert(0, f"- {words('overall')}: {_safe(words.of(card.overall.method))}")
    return [f"## {words('versions')}", words("trust"), "\n".join(methods), _safe(versions(card.versions, words))]
