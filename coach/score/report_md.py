"""The report as Markdown, in the order of DOMAIN §6.1."""

from __future__ import annotations

import re

from coach.score.report_words import Words
from coach.score.scorecard import Evidence, Metric, Scorecard
from coach.score.wording import clock


def render_markdown(card: Scorecard, language: str) -> str:
    """Return the report as Markdown; what people said is escaped."""
    words = Words(language)
    parts = [
        f"# {words('title')}: {_safe(card.scenario_title)}",
        _safe(words.of(card.summary)),
        *_strength(card, words),
        *_focus(card, words),
        *_scores(card, words),
        *_coverage(card, words),
        *_viewers(card, words),
        f"## {words('compliance')}",
        words("panel_empty"),
        *_findings(card, words),
        *_metrics(card, words),
        *_pressure(card, words),
        *_versions(card, words),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _safe(text: str) -> str:
    """Return text that Markdown and HTML leave alone."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _quoted(evidence: Evidence, words: Words) -> str:
    place = words.place(evidence)
    return f"> {_safe(evidence.quote)}" + (f" ({place})" if place else "") if evidence.quote else ""


def _strength(card: Scorecard, words: Words) -> list[str]:
    if card.strength is None:
        return []
    shown = [
        f"## {words('strength')}",
        f"**{_safe(words.of(card.strength.title))}** {_safe(words.of(card.strength.detail))}",
    ]
    return shown + [_quoted(evidence, words) for evidence in card.strength.evidence[:2]]


def _focus(card: Scorecard, words: Words) -> list[str]:
    parts = [f"## {words('focus')}"]
    if not card.focus:
        return [*parts, words.no_focus(card)]
    for number, focus in enumerate(card.focus, start=1):
        parts.append(f"### {number}. {_safe(words.of(focus.title))}")
        if focus.evidence:
            parts.append(_quoted(focus.evidence, words))
        parts.append(
            f"- {words('why')}: {_safe(words.of(focus.why))}\n"
            f"- {words('better')}: **{_safe(focus.better_line)}**\n"
            f"- {words('drill')}: {_safe(words.of(focus.drill))}"
        )
    return parts


def _scores(card: Scorecard, words: Words) -> list[str]:
    rows = []
    for item in card.scores:
        why = _safe(words.of(item.not_measured)) if item.not_measured else ""
        rows.append(f"| {words.of(item.name)} | {words.score(item)} | {why} |")
    return [f"## {words('scores')}", "\n".join(["| | | |", "|---|---|---|", *rows])]


def _coverage(card: Scorecard, words: Words) -> list[str]:
    if not card.coverage:
        return []
    rows = [
        f"| {_safe(point.title)} ({point.priority}) | {words(point.state)} | {_safe(', '.join(point.missing_facts))} | "
        f"{'; '.join(_safe(evidence.quote) for evidence in point.evidence[:1])} |"
        for point in card.coverage
    ]
    head = f"| {words('point')} | {words('state')} | {words('missing')} | {words('quote')} |"
    return [f"## {words('coverage')}", "\n".join([head, "|---|---|---|---|", *rows])]


def _viewers(card: Scorecard, words: Words) -> list[str]:
    if not card.viewers:
        return []
    rows = [
        f"| {_safe(viewer.name)} | {words(viewer.outcome)} | {viewer.lines} | {words.answered(viewer)} |"
        for viewer in card.viewers
    ]
    head = f"| {words('viewer')} | {words('outcome')} | {words('lines')} | {words('answered')} |"
    return [f"## {words('viewers')}", "\n".join([head, "|---|---|---|---|", *rows])]


def _findings(card: Scorecard, words: Words) -> list[str]:
    if not card.findings:
        return []
    rows = [f"- **{_safe(words.of(item.title))}** {_safe(words.of(item.detail))}" for item in card.findings]
    return [f"## {words('findings')}", "\n".join(rows)]


def _metrics(card: Scorecard, words: Words) -> list[str]:
    rows = [
        f"| {words.of(metric.name)} | {words.value(metric)} | {words.band(metric)} | {_reason(metric, words)} | "
        f"{words(metric.confidence)} |"
        for metric in card.metrics
    ]
    head = f"| {words('metric')} | {words('value')} | {words('band')} | {words('method')} | {words('confidence')} |"
    return [f"## {words('metrics')}", "\n".join([head, "|---|---|---|---|---|", *rows])]


def _reason(metric: Metric, words: Words) -> str:
    return _safe(words.of(metric.not_measured if metric.not_measured else metric.method))


def _pressure(card: Scorecard, words: Words) -> list[str]:
    if not card.pressure:
        return []
    rows = [f"- {clock(item.at)} {_safe(item.what)}: {words('back')} " + words.back(item) for item in card.pressure]
    return [f"## {words('pressure')}", "\n".join(rows)]


def _versions(card: Scorecard, words: Words) -> list[str]:
    methods = [f"- {words.of(item.name)}: {_safe(words.of(item.method))}" for item in card.scores]
    named = {"scorer": card.versions.scorer, **card.versions.packs, **card.versions.engines}
    versions = ", ".join(f"{_safe(name)} {_safe(version)}" for name, version in named.items())
    return [f"## {words('versions')}", "\n".join(methods), versions]
