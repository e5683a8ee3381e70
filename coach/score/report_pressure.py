"""Pressure moments: what happened, what was said, how long to come back, what to do next. Behaviour only."""

from __future__ import annotations

from coach.score.report_frame import esc, labelled, quote, row, section, soft, table
from coach.score.report_recovery import detail
from coach.score.report_words import Words
from coach.score.scorecard import NamedScore, PressureCard, Scorecard
from coach.score.wording import clock

_FULL_SEC = 45.0
"""Bars end here: nobody who comes back later is told apart (DOMAIN §4.2)."""


def pressure(card: Scorecard, words: Words) -> str:
    """Return the composure score with its interval, a bar per moment, and a card per moment."""
    if not card.pressure:
        return ""
    score = next((item for item in card.scores if item.id == "composure"), None)
    names = {viewer.viewer_id: viewer.name for viewer in card.viewers}
    body = (_score(score, words) if score else "") + _recovery(card.pressure, words)
    body += detail(card.composure, words) if card.composure else ""
    body += "".join(_card(item, names, words) for item in card.pressure)
    return section("pressure", words("pressure"), body + soft(words("private")))


def _score(score: NamedScore, words: Words) -> str:
    notes = " · ".join(words.score_notes(score))
    return f"<p>{esc(words.of(score.name))}: <b>{esc(words.score(score))}</b> <span class=soft>{esc(notes)}</span></p>"


def _recovery(cards: list[PressureCard], words: Words) -> str:
    """Return how long each return took, as bars: short is good, a hatched one never came back."""
    known = [item for item in cards if not item.is_wordless]
    if len(known) < 2:
        return ""
    bars = "".join(_bar(item, words) for item in known)
    return f"<p class=soft>{esc(words('recovery'))}</p><div class=recovery>{bars}</div>"


def _bar(item: PressureCard, words: Words) -> str:
    never = item.return_sec is None
    width = 100 if item.return_sec is None else max(1, round(100 * min(item.return_sec, _FULL_SEC) / _FULL_SEC))
    kind = "never" if never else "quick" if width <= 100 * 10 / _FULL_SEC else "slow"
    return (
        f"<div><span class=num>{clock(item.at)}</span>"
        f'<div class=track><i class={kind} style="width:{width}%"></i></div>'
        f"<span class=num>{esc(words.back(item))}</span></div>"
    )


def _card(item: PressureCard, names: dict[str, str], words: Words) -> str:
    latency = f"{item.answer_latency_sec:g} {words('seconds')}" if item.answer_latency_sec is not None else ""
    latency = words("already_talking") if item.already_talking else latency
    return (
        f"<div class=card><h4>{clock(item.at)} {esc(words.moment(item, names))}</h4>"
        + (labelled(words("said"), quote(item.said, words)) if item.said else "")
        + "<p>"
        + "".join(
            f"<span class=fact>{esc(label)} <b>{esc(value)}</b></span>"
            for label, value in (
                (words("first_word"), latency),
                (words("back"), words.back(item)),
                (words("score"), f"{item.score:.0f}" if item.score is not None else ""),
            )
            if value
        )
        + "</p>"
        + (f"<p>{esc(words.of(item.behaviour))}</p>" if item.behaviour else "")
        + labelled(words("slips"), esc(words.joined(item.slips)))
        + (soft(words("capped")) if item.gate else "")
        + _features(item, words)
        + labelled(words("next_action"), esc(words.next_action(item)))
        + "</div>"
    )


def _features(item: PressureCard, words: Words) -> str:
    rows = [
        row(
            esc(words.behaviour(one.id)),
            f"<span class=num>{esc(words.feature(one.baseline, one))}</span>",
            f"<span class=num>{esc(words.feature(one.value, one))}</span>",
            f"<span class=num>{one.score:.0f}</span>" if one.score is not None else "",
        )
        for one in item.features
    ]
    return table((words("feature"), words("own_calm"), words("then"), words("score")), rows, "small")
