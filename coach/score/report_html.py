"""The report as one HTML file: inline style, no scripts, prints on paper. Order of DOMAIN §6.1."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from coach.score.pace_chart import pace_chart
from coach.score.report_words import Words
from coach.score.scorecard import Evidence, Finding, FocusPoint, Metric, NamedScore, Panel, PressureCard, Scorecard
from coach.score.wording import clock

_PANELS: tuple[Panel, ...] = ("knowledge", "skill", "persuasion", "composure")

_STYLE = Path(__file__).with_name("report.css")


def render_html(card: Scorecard, language: str) -> str:
    """Return the whole page; every text from outside is escaped."""
    words = Words(language)
    title = f"{words('title')}: {card.scenario_title}"
    sections = [
        f"<h1>{escape(title)}</h1><p>{_text(words.of(card.summary))}</p>",
        _strength(card, words),
        _focus(card, words),
        _scores(card, words),
        _panels(card, words),
        _pace(card, words),
        _coverage(card, words),
        _viewers(card, words),
        _section(words("compliance"), f"<p class=soft>{_text(words('panel_empty'))}</p>"),
        _findings(card, words),
        _metrics(card, words),
        _pressure(card, words),
        _versions(card, words),
    ]
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
        + "\n".join(section for section in sections if section)
        + "\n</main></body></html>\n"
    )


def _text(text: str) -> str:
    return escape(text)


def _section(heading: str, body: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{body}</section>"


def _quote(evidence: Evidence | None, words: Words) -> str:
    if evidence is None or not evidence.quote:
        return ""
    place = words.place(evidence)
    return f"<blockquote>{_text(evidence.quote)}{f' <span class=soft>{place}</span>' if place else ''}</blockquote>"


def _strength(card: Scorecard, words: Words) -> str:
    if card.strength is None:
        return ""
    found = card.strength
    quotes = "".join(_quote(evidence, words) for evidence in found.evidence[:2])
    body = f"<h3>{_text(words.of(found.title))}</h3><p>{_text(words.of(found.detail))}</p>{quotes}"
    return _section(words("strength"), f'<div class="card good">{body}</div>')


def _focus(card: Scorecard, words: Words) -> str:
    cards = "".join(_focus_card(number, focus, words) for number, focus in enumerate(card.focus, start=1))
    return _section(words("focus"), cards or f"<p>{_text(words.no_focus(card))}</p>")


def _focus_card(number: int, focus: FocusPoint, words: Words) -> str:
    return (
        f'<div class="card work"><h3>{number}. {_text(words.of(focus.title))}</h3>{_quote(focus.evidence, words)}'
        f"<p><span class=soft>{words('why')}</span> {_text(words.of(focus.why))}</p>"
        f"<p><span class=soft>{words('better')}</span> <span class=say>{_text(focus.better_line)}</span></p>"
        f"<p><span class=soft>{words('drill')}</span> {_text(words.of(focus.drill))}</p></div>"
    )


def _scores(card: Scorecard, words: Words) -> str:
    return _section(words("scores"), f"<div class=scores>{''.join(_score(item, words) for item in card.scores)}</div>")


def _score(item: NamedScore, words: Words) -> str:
    name = _text(words.of(item.name))
    if item.value is None:
        why = _text(words.of(item.not_measured)) if item.not_measured else ""
        return f'<div class=score>{name}<b class="none">{words("not_measured")}</b><p class=soft>{why}</p></div>'
    bar = f'<div class=bar><i style="width:{item.value:.0f}%"></i></div>'
    return f"<div class=score>{name}<b>{item.value:.0f}</b>{bar}</div>"


def _panels(card: Scorecard, words: Words) -> str:
    return _section(
        words("panels"), f"<div class=panels>{''.join(_panel(name, card, words) for name in _PANELS)}</div>"
    )


def _panel(name: Panel, card: Scorecard, words: Words) -> str:
    metrics = [metric for metric in card.metrics if metric.panel == name and metric.value is not None]
    rows = "".join(f"<li>{_text(words.of(metric.name))}: {_text(words.value(metric))}</li>" for metric in metrics)
    empty = words("persuasion_note") if name == "persuasion" and card.viewers else words("not_measured")
    return f"<div class=card><h3>{words(name)}</h3>{f'<ul>{rows}</ul>' if rows else f'<p class=soft>{empty}</p>'}</div>"


def _pace(card: Scorecard, words: Words) -> str:
    chart = pace_chart(card, words)
    return _section(words("pace"), chart) if chart else ""


def _table(heads: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _coverage(card: Scorecard, words: Words) -> str:
    if not card.coverage:
        return ""
    rows = [
        f"<tr><td>{_text(point.title)} <span class=soft>{_text(point.priority)}</span></td>"
        f'<td><span class="tag {point.state}">{words(point.state)}</span></td>'
        f"<td>{_text(', '.join(point.missing_facts))}</td>"
        f"<td>{''.join(_quote(evidence, words) for evidence in point.evidence[:2])}</td></tr>"
        for point in card.coverage
    ]
    heads = (words("point"), words("state"), words("missing"), words("quote"))
    return _section(words("coverage"), _table(heads, rows))


def _viewers(card: Scorecard, words: Words) -> str:
    if not card.viewers:
        return ""
    rows = [
        f"<tr><td>{_text(viewer.name)}</td><td>{_text(words(viewer.outcome))}</td>"
        f"<td class=num>{viewer.lines}</td><td class=num>{_text(words.answered(viewer))}</td></tr>"
        for viewer in card.viewers
    ]
    heads = (words("viewer"), words("outcome"), words("lines"), words("answered"))
    return _section(words("viewers"), _table(heads, rows))


def _findings(card: Scorecard, words: Words) -> str:
    if not card.findings:
        return ""
    return _section(words("findings"), "".join(_finding(found, words) for found in card.findings))


def _finding(found: Finding, words: Words) -> str:
    tone = {"strength": "good", "practise": "work", "neutral": ""}[found.tone]
    quote = _quote(found.evidence[0], words) if found.evidence else ""
    body = f"<h3>{_text(words.of(found.title))}</h3><p>{_text(words.of(found.detail))}</p>{quote}"
    return f'<div class="card {tone}">{body}</div>'


def _metrics(card: Scorecard, words: Words) -> str:
    heads = (words("metric"), words("value"), words("band"), words("method"), words("confidence"))
    return _section(words("metrics"), _table(heads, (_metric(metric, words) for metric in card.metrics)))


def _metric(metric: Metric, words: Words) -> str:
    method = words.of(metric.not_measured if metric.not_measured else metric.method)
    return (
        f"<tr><td>{_text(words.of(metric.name))}</td><td class=num>{_text(words.value(metric))}</td>"
        f"<td class=num>{_text(words.band(metric))}</td><td class=soft>{_text(method)}</td>"
        f"<td>{words(metric.confidence)}</td></tr>"
    )


def _pressure(card: Scorecard, words: Words) -> str:
    if not card.pressure:
        return ""
    return _section(words("pressure"), "".join(_pressure_card(item, words) for item in card.pressure))


def _pressure_card(item: PressureCard, words: Words) -> str:
    back = words.back(item)
    latency = "" if item.answer_latency_sec is None else f"{item.answer_latency_sec:g} {words('seconds')}"
    what = item.what if item.viewer_id else f"{words('audience')} {item.what}"
    said = f"<p class=soft>{words('said')}</p>{_quote(item.said, words)}" if item.said else ""
    times = f"{words('first_word')} {latency}, " if latency else ""
    return (
        f"<div class=card><h3>{clock(item.at)} {_text(what)}</h3>{said}"
        f"<p>{_text(times)}{words('back')} {_text(back)}</p></div>"
    )


def _versions(card: Scorecard, words: Words) -> str:
    methods = "".join(
        f"<p class=soft>{_text(words.of(item.name))}: {_text(words.of(item.method))}</p>" for item in card.scores
    )
    named = {"scorer": card.versions.scorer, **card.versions.packs, **card.versions.engines}
    versions = ", ".join(f"{name} {version}" for name, version in named.items())
    return _section(words("versions"), f"{methods}<p class=soft>{_text(versions)}</p>")
