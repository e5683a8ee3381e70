"""The overview of a run as one HTML file: inline style and drawings, no scripts, prints on paper."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from coach.score.batch.journal import Journal
from coach.score.batch.overview_drawings import bars, parts, spark
from coach.score.batch.overview_words import OverviewWords
from coach.score.batch.sentences import told
from coach.score.batch.tally import SCORES, Distribution, FindingTally, Tally, Trend
from coach.score.scorer import SCORER_VERSION
from coach.score.wording import clock

_STYLE = Path(__file__).with_name("overview.css")
_POINTS, _FOCUS, _STREAMERS, _SHOWN = 15, 10, 200, 20
_FOUND = 5
"""Compliance findings shown of one file."""
_STATES = ("hit", "partial", "miss", "misstated")
_NUMBERS = frozenset(
    {
        "count",
        "times",
        "lines",
        "share",
        "share_hit",
        "mean",
        "last",
        "change",
        "h_count",
        "misstated",
        "floor",
        *SCORES,
    }
)
"""Columns of figures, by heading."""
_HANDLED = ("handled_well", "handled_weak", "handled_badly", "unanswered")


def overview(journal: Journal, language: str) -> str:
    """Return the page; every text from outside is escaped.

    Args:
        journal: What was scored; read once in order and once by streamer.
        language: `zh` or `en`.
    """
    tally = Tally()
    for row, notes in journal.noted():
        tally.add(row, notes)
    words = OverviewWords(language)
    trends, more = _trends(journal)
    worst = tally.worst_files()
    anchors = {row["path"]: f"file-{number}" for number, row in enumerate(worst, start=1)}
    sections = {
        "spread": _spread(tally, words),
        "weakest": _weakest(tally, words),
        "focus": _focus(tally, words),
        "compliance": _compliance(tally, anchors, words),
        "handling": _handling(tally, words),
        "trend": _trend(trends, more, words),
        "worst_files": _worst(worst, anchors, journal, words),
    }
    if tally.errors:
        sections["errors"] = _errors(tally, words)
    headings = {name: words(name, count=len(tally.errors)) if name == "errors" else words(name) for name in sections}
    # Between two links a line may break, inside one it may not.
    links = " ".join(f'<a href="#{name}">{escape(headings[name])}</a>' for name in sections)
    body = "".join(
        f'<section id="{name}"><h2>{escape(headings[name])}</h2>{html}</section>\n' for name, html in sections.items()
    )
    title = escape(words("title"))
    note = f"{words('practice')} {words('versions', scorer=SCORER_VERSION)}"
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
        f"<h1>{title}</h1><p class=soft>{escape(note)}</p>{_head(tally, words)}<nav>{links}</nav>\n{body}"
        "</main></body></html>\n"
    )


def _head(tally: Tally, words: OverviewWords) -> str:
    scored = tally.files - tally.failed
    cards = [(f"{scored}", words("scored")), (f"{tally.failed}", words("failed"))]
    if tally.problems:
        cards.append((f"{tally.problems}", words("with_problems")))
    if tally.judged:
        cards.append((f"{100 * tally.passed / tally.judged:.0f} %", words("passed")))
    if tally.seconds:
        cards.append((f"{tally.seconds / 3600:.1f}", words("hours")))
    shown = "".join(f"<div class=card><b class=big>{number}</b>{name}</div>" for number, name in cards)
    return f"<div class=grid>{shown}</div>"


def _spread(tally: Tally, words: OverviewWords) -> str:
    return f"<div class=grid>{''.join(_distribution(name, tally.scores[name], words) for name in SCORES)}</div>"


def _distribution(name: str, spread: Distribution, words: OverviewWords) -> str:
    if not spread.count:
        return f"<div class=card><h3>{words(name)}</h3><p class=soft>{words('not_measured')}</p></div>"
    said = words(
        "measured",
        count=spread.count,
        mean=spread.mean,
        low=spread.quantile(0.25),
        high=spread.quantile(0.75),
    )
    return f"<div class=card><h3>{words(name)}</h3>{bars(spread.bins, words(name))}<p class=soft>{said}</p></div>"


def _weakest(tally: Tally, words: OverviewWords) -> str:
    rows = [
        f"<tr><td>{escape(point.title)} <span class=soft>{words('must') if point.priority == 'P0' else ''}</span></td>"
        f"<td>{escape(tally.titles.get(scenario, scenario))}</td>"
        f"<td>{parts([(state, point.states[state]) for state in _STATES])}</td>"
        f"<td class=num>{100 * point.share_hit:.0f} %</td><td class=num>{point.states.total()}</td></tr>"
        for scenario, point in tally.weakest(_POINTS)
    ]
    key = "".join(f"<i class={state}></i>{words(state)}" for state in _STATES)
    heads = ("point", "scenario", "result", "share_hit", "count")
    return _table(heads, rows, words) + (f"<p class='soft key'>{key}</p>" if rows else "")


def _focus(tally: Tally, words: OverviewWords) -> str:
    order = tally.advised(words.index)[:_FOCUS]
    rows = [f"<tr><td>{escape(text)}</td><td class=num>{count}</td></tr>" for text, count in order]
    return _table(("what", "count"), rows, words)


def _compliance(tally: Tally, anchors: dict[str, str], words: OverviewWords) -> str:
    marks = {mark: tally.severities[mark] for mark in "HML"}
    said = words("compliance_sum", facts=tally.fact_errors, floor=tally.below_floor, **marks)
    worst = tally.worst_findings()
    rows = [_finding(found, anchors, words) for found in worst]
    if len(worst) < len(tally.findings):
        said += words("first_of", shown=len(worst), kinds=len(tally.findings))
    heads = ("term", "kind", "times", "quote", "instead", "file")
    return f"<p>{escape(said)}</p>" + _table(heads, rows, words)


def _finding(found: FindingTally, anchors: dict[str, str], words: OverviewWords) -> str:
    mark = escape(found.severity)
    at = "" if found.start is None else f" <span class=soft>{clock(found.start)}</span>"
    more = f" <span class=soft>{words('more_files', count=found.files - 1)}</span>" if found.files > 1 else ""
    return (
        f"<tr><td><span class='tag {mark}'>{mark}</span> {escape(found.term)}</td>"
        f"<td>{escape(words.category(found.category))}</td><td class=num>{found.count}</td>"
        f"<td>{escape(found.quote)}{at}</td><td>{escape(found.rewrite)}</td>"
        f"<td>{_linked(found.path, anchors)}{more}</td></tr>"
    )


def _handling(tally: Tally, words: OverviewWords) -> str:
    total = sum(tally.handled.values())
    rows = [
        f"<tr><td>{words(name)}</td><td class=num>{tally.handled[name]}</td>"
        f"<td class=num>{100 * tally.handled[name] / total:.0f} %</td></tr>"
        for name in _HANDLED
        if total
    ]
    return _table(("result", "lines", "share"), rows, words)


def _trends(journal: Journal) -> tuple[list[Trend], int]:
    """Return the streamers with most files, in order of name, and how many others there are."""
    kept: list[tuple[int, int, Trend]] = []
    seen = 0
    for number, (name, rows) in enumerate(groupby(journal.by_streamer(), key=lambda item: item[0])):
        trend = Trend(name)
        for _, row in rows:
            if row["overall"] is not None:
                trend.add(row["overall"])
        if not trend.files:
            continue
        seen += 1
        item = (trend.files, -number, trend)
        if len(kept) < _STREAMERS:
            heapq.heappush(kept, item)
        else:
            heapq.heappushpop(kept, item)
    return [trend for _, _, trend in sorted(kept, key=lambda item: -item[1])], seen - len(kept)


def _trend(trends: list[Trend], more: int, words: OverviewWords) -> str:
    if not trends:
        return f"<p class=soft>{words('no_streamers')}</p>"
    rows = [_trend_row(trend) for trend in trends]
    note = f"<p class=soft>{words('more_streamers', count=more)}</p>" if more else ""
    return _table(("streamer", "count", "mean", "last", "change", "line"), rows, words) + note


def _trend_row(trend: Trend) -> str:
    last = "" if trend.last is None else f"{trend.last:.0f}"
    change = "" if trend.change is None else _signed(trend.change)
    return (
        f"<tr><td>{escape(trend.name)}</td><td class=num>{trend.files}</td><td class=num>{trend.mean:.0f}</td>"
        f"<td class=num>{last}</td><td class=num>{change}</td><td>{spark(trend.means, trend.name)}</td></tr>"
    )


def _signed(change: float) -> str:
    """Return a change in whole points: +6, −6, 0."""
    points = round(change)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _worst(worst: list[dict[str, Any]], anchors: dict[str, str], journal: Journal, words: OverviewWords) -> str:
    heads = ("file", "streamer", *SCORES, "h_count", "misstated", "floor")
    rows = [
        f"<tr><td>{_linked(row['path'], anchors)}</td><td>{escape(row['streamer'] or '')}</td>"
        + "".join(f"<td class=num>{_number(row[name])}</td>" for name in SCORES)
        + "".join(f"<td class=num>{row[name]}</td>" for name in ("compliance_h", "misstated", "below_floor"))
        + "</tr>"
        for row in worst
    ]
    details = "".join(_detail(row["path"], journal.card(row["place"]), anchors, words) for row in worst)
    return _table(heads, rows, words) + details


def _detail(path: str, card: dict[str, Any], anchors: dict[str, str], words: OverviewWords) -> str:
    focus = "".join(
        f"<p><b>{escape(words.of(item['title']))}</b> {escape(words.of(item['why']))}</p>{_quote(item['evidence'])}"
        for item in card["focus"]
    )
    found = "".join(
        f"<p><span class='tag {escape(item['severity'])}'>{escape(item['severity'])}</span> "
        f"{escape(words.of(item['why']))}</p>{_quote(item['evidence'])}"
        for item in card["compliance"][:_FOUND]
    )
    left = len(card["compliance"]) - _FOUND
    more = f"<p class=soft>{words('more_findings', count=left)}</p>" if left > 0 else ""
    return (
        f'<div class=card id="{anchors[path]}"><h3>{escape(path)}</h3><p>{escape(words.of(card["summary"]))}</p>'
        f"{focus}{found}{more}</div>"
    )


def _quote(evidence: dict[str, Any] | None) -> str:
    if not evidence or not evidence["quote"]:
        return ""
    at = "" if evidence["start"] is None else f" <span class=soft>{clock(evidence['start'])}</span>"
    return f"<blockquote>{escape(evidence['quote'])}{at}</blockquote>"


def _errors(tally: Tally, words: OverviewWords) -> str:
    return "".join(f"<p>{escape(told(error, words.language))}</p>" for error in tally.errors[:_SHOWN])


def _linked(path: str, anchors: dict[str, str]) -> str:
    name = escape(path)
    return f'<a href="#{anchors[path]}">{name}</a>' if path in anchors else name


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _table(heads: Iterable[str], rows: list[str], words: OverviewWords) -> str:
    if not rows:
        return f"<p class=soft>{words('nothing')}</p>"
    head = "".join(f"<th{' class=num' if name in _NUMBERS else ''}>{escape(words(name))}</th>" for name in heads)
    return f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
