"""What is read first: what went well, what became of the last focus points, what to practise next, the scores."""

from __future__ import annotations

from coach.score.drills import DRILLS
from coach.score.report_frame import esc, labelled, quote, quotes, row, section, soft, table, tag
from coach.score.report_mentor import beside
from coach.score.report_words import Words, is_too_wide
from coach.score.scorecard import FocusPoint, JudgedItem, Metric, NamedScore, Overall, Panel, Scorecard
from coach.score.wording import clock

_PANELS: tuple[Panel, ...] = ("knowledge", "skill", "persuasion", "composure")
_STATES = {"solved": "hit", "better": "hit", "unchanged": "", "worse": "partial", "not_seen": ""}
_TOP = 5
"""Figures shown in a panel; the rest stand in the table of all."""


def head(card: Scorecard, words: Words) -> str:
    """Return title, facts of the rehearsal, whether a drill worked, summary, and what engines failed at."""
    facts = [f"{words('length')} {clock(card.duration_sec)}" if card.duration_sec is not None else ""]
    facts += [f"{words('rehearsal')} {card.rehearsal_id}" if card.rehearsal_id else ""]
    told = " · ".join(fact for fact in facts if fact)
    drill = ""
    if card.drill is not None:
        drill = f"<p class=lead><b>{esc(words.of(card.drill.text))}</b></p>{quote(card.drill.evidence, words)}"
    notes = "".join(f'<p class="card slim work">{esc(words.of(note))}</p>' for note in card.notes)
    summary = f"<p class=lead>{esc(words.of(card.summary))}</p>"
    return f"<header><h1>{esc(words.title(card))}</h1>{soft(told)}{drill}{summary}{notes}</header>"


def strength(card: Scorecard, words: Words) -> str:
    """Return the first thing read."""
    if card.strength is None:
        return ""
    found = card.strength
    body = f"<h3>{esc(words.of(found.title))}</h3><p>{esc(words.of(found.detail))}</p>{quotes(found.evidence, words)}"
    return section("strength", words("strength"), f'<div class="card good">{body}</div>')


def states(card: Scorecard, words: Words) -> str:
    """Return what became of the focus points of the rehearsal before."""
    rows = [
        row(
            tag(words(f"state_{item.state}"), _STATES[item.state]),
            esc(words.of(item.title)),
            esc(words.of(item.before)),
            f"<b>{esc(words.of(item.now))}</b>",
        )
        for item in card.focus_states
    ]
    return section("states", words("states"), table(("", words("focus_point"), words("before"), words("now")), rows))


def focus(card: Scorecard, words: Words) -> str:
    """Return at most two things to practise."""
    cards = "".join(_focus_card(number, point, words) for number, point in enumerate(card.focus, start=1))
    return section("focus", words("focus"), cards or f"<p>{esc(words.no_focus(card))}</p>")


def _focus_card(number: int, point: FocusPoint, words: Words) -> str:
    drill = DRILLS.get(point.drill_id)
    own = drill is None or drill.text != point.drill
    named = f"<b>{esc(words.of(drill.name))}</b><br>{esc(words.of(drill.text))}" if drill else ""
    return (
        f'<div class="card work"><h3>{number}. {esc(words.of(point.title))}</h3>{quote(point.evidence, words)}'
        + labelled(words("clip"), clip(point))
        + labelled(words("why"), esc(words.of(point.why)))
        + labelled(words("better"), f"<span class=say>{esc(point.better_line)}</span>" if point.better_line else "")
        + labelled(words("drill"), esc(words.of(point.drill)) if own else "")
        + labelled(words("drill_name"), named)
        + "</div>"
    )


def clip(point: FocusPoint) -> str:
    """Return from where to where to listen; nothing without times."""
    if point.clip_start is None or point.clip_end is None:
        return ""
    return f"{clock(point.clip_start)}–{clock(point.clip_end)}"


def scores(card: Scorecard, words: Words) -> str:
    """Return the overall number, if there is one, and the three scores."""
    whole = _overall(card.overall, words) + soft(beside(card, "score.overall", words)) if card.overall else ""
    shown = [_score(item, soft(beside(card, f"score.{item.id}", words)), words) for item in card.scores]
    return section(
        "scores",
        words("scores"),
        f"{whole}<div class=scores>{''.join(shown)}</div>",
    )


def _overall(item: Overall, words: Words) -> str:
    if item.value is None:
        why = esc(words.of(item.not_measured)) if item.not_measured else ""
        return f'<div class="overall">{words("overall")} <b class="none">{words("not_measured")}</b> {why}</div>'
    passed = (
        ""
        if item.passed is None
        else tag(words("passed" if item.passed else "not_passed"), "hit" if item.passed else "partial")
    )
    reasons = "".join(f"<li>{esc(words.of(text))}</li>" for text in item.blockers)
    listed = f"<ul>{reasons}</ul>" if reasons else ""
    return f'<div class="overall">{words("overall")} <b>{item.value:.0f}</b> {passed}{listed}</div>'


def _score(item: NamedScore, mentors: str, words: Words) -> str:
    notes = "".join(soft(text) for text in words.score_notes(item)) + mentors
    shown = esc(words.score(item))
    if item.value is None or is_too_wide(item):
        return f'<div class=score>{esc(words.of(item.name))}<b class="none">{shown}</b>{notes}</div>'
    return f"<div class=score>{esc(words.of(item.name))}<b>{shown}</b>{_bar(item)}{notes}</div>"


def _bar(item: NamedScore) -> str:
    """Return the score as a bar, its interval as a thin line over it."""
    spread = ""
    if item.interval is not None:
        low, high = max(0.0, item.interval.low), min(100.0, item.interval.high)
        spread = f'<u style="left:{low:.0f}%;width:{high - low:.0f}%"></u>'
    return f'<div class=bar><i style="width:{item.value:.0f}%"></i>{spread}</div>'


def panels(card: Scorecard, words: Words) -> str:
    """Return the four panels with their first figures, and the rubric."""
    body = "".join(_panel(name, card, words) for name in _PANELS)
    return section("panels", words("panels"), f"<div class=panels>{body}</div>{_judged(card.judged, words)}")


def _panel(name: Panel, card: Scorecard, words: Words) -> str:
    shown = [metric for metric in card.metrics if metric.panel == name and metric.value is not None][:_TOP]
    rows = "".join(f"<li>{_figure(metric, words)}</li>" for metric in shown)
    body = f"<ul>{rows}</ul>" if rows else soft(words("not_measured"))
    return f"<div class=card><h3>{words(name)}</h3>{body}</div>"


def _figure(metric: Metric, words: Words) -> str:
    verdict = words.verdict(metric)
    aside = f" <span class=soft>{esc(verdict)}</span>" if verdict and metric.verdict != "in_band" else ""
    return f"{esc(words.of(metric.name))}: <b>{esc(words.value(metric))}</b>{aside}"


def _judged(items: list[JudgedItem], words: Words) -> str:
    rows = [
        row(
            esc(words.of(item.question)),
            f"<b>{item.score:g}</b> {esc(words('of_five'))}" if item.score is not None else esc(words("no_chance")),
            esc(words(f"by_{item.by}")) + (f"<br>{esc(words('ask_mentor'))}" if item.ask_mentor else ""),
            quotes(item.evidence, words, 1),
        )
        for item in items
    ]
    return table((words("judged"), words("score"), words("method"), words("quote")), rows)
