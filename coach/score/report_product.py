"""What was said about the product: selling points, fact errors, wording that the rules forbid."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.compliance import heading_of
from coach.score.report_frame import esc, labelled, quote, quotes, row, section, soft, table, tag
from coach.score.report_mentor import beside
from coach.score.report_words import Words, standing_of, state_of
from coach.score.scorecard import ComplianceFinding, Scorecard

_STATES = ("hit", "partial", "miss", "maybe", "misstated")
_STANDINGS = {"corrected": "hit", "check": "partial"}


def coverage(card: Scorecard, words: Words) -> str:
    """Return a bar of all points, the points with their quotes, and what differs from the sheet."""
    rows = [
        row(
            f"{esc(point.title)} <span class=soft>{esc(words.must(point))}</span>",
            tag(words(state_of(point)), _looks(state_of(point)))
            + soft(beside(card, f"coverage.{point.point_id}", words)),
            esc(words.joined(point.missing_facts)),
            quotes(point.evidence, words),
        )
        for point in card.coverage
    ]
    heads = (words("point"), words("state"), words("missing"), words("quote"))
    return section("coverage", words("coverage"), _bar(card, words) + table(heads, rows, "points")) + _facts(
        card, words
    )


def _bar(card: Scorecard, words: Words) -> str:
    counts = [(state, sum(state_of(point) == state for point in card.coverage)) for state in _STATES]
    whole = sum(count for _, count in counts)
    if not whole:
        return ""
    parts = "".join(
        f'<span class="{_looks(state)}" style="flex:{count}">{esc(words(state))} {count}</span>'
        for state, count in counts
        if count
    )
    return f"<div class=stack>{parts}</div>"


def _looks(state: str) -> str:
    """Return what a state is drawn as: one to be checked as a half one."""
    return "partial" if state == "maybe" else state


def _facts(card: Scorecard, words: Words) -> str:
    rows = [
        row(
            quote(item.evidence, words),
            esc(item.said),
            f"<b>{esc(item.truth)}</b>",
            tag(words(standing), _STANDINGS[standing]) if (standing := standing_of(item)) else "",
        )
        for item in card.fact_errors
    ]
    return section("facts", words("facts"), table((words("quote"), words("said_as"), words("truth"), ""), rows))


def compliance(card: Scorecard, words: Words) -> str:
    """Return the findings that stop a pass apart from the others, each with its rewrite."""
    grave = [item for item in card.compliance if item.severity == "H"]
    rest = [item for item in card.compliance if item.severity != "H"]
    if not card.compliance:
        told = "clean" if card.is_measured else "not_checked"
        return section("compliance", words("compliance"), f"<p>{esc(words(told))}</p>")
    return section(
        "compliance", words("compliance"), _group("blockers", grave, words) + _group("warnings", rest, words)
    )


def _group(heading: str, items: Sequence[ComplianceFinding], words: Words) -> str:
    if not items:
        return ""
    return f"<h3>{esc(words(heading))}</h3>" + "".join(_finding(item, words) for item in items)


def _finding(item: ComplianceFinding, words: Words) -> str:
    kind, heading = "misstated" if item.severity == "H" else "partial", esc(words.of(heading_of(item)))
    return (
        f'<div class="card {"stop" if item.severity == "H" else "work"}">'
        f"<h4>{tag(words(f'severity_{item.severity}'), kind)} {heading}</h4>{quote(item.evidence, words)}"
        + labelled(words("why"), esc(words.of(item.why)))
        + labelled(words("rewrite"), f"<span class=say>{esc(item.rewrite)}</span>" if item.rewrite else "")
        + labelled(words("source"), esc(item.source))
        + "</div>"
    )
