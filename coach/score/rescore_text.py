"""What changed in a rescore, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.score.report_words import Words
from coach.score.rescore import FindingChange, NumberChange, Reason, Rescore, WordChange
from coach.score.scorecard import Text

_MOST = 12
"""Figures and lines listed of each kind; the JSON has all."""


def rescore_text(change: Rescore, language: str) -> str:
    """Return one rehearsal's changes, what they are and why."""
    words = Words(language)
    return "\n".join(_lines(change, words)) + "\n"


def _lines(change: Rescore, words: Words) -> Iterator[str]:
    yield f"## {change.rehearsal_id} · {change.scenario_title}"
    if not change.is_changed:
        yield words("nothing_changed")
    yield from (f"- {words.of(item.name)}: {_number(item, words)}" for item in change.scores)
    yield from _listed(words("verdicts"), [_verdict(item, words) for item in change.verdicts], words)
    yield from _listed(
        words("figures"), [f"{words.of(item.name)}: {_number(item, words)}" for item in change.figures], words
    )
    yield from _listed(words("gone"), _titles(change.gone, words), words)
    yield from _listed(words("new"), _titles(change.new, words), words)
    if change.focus is not None:
        yield f"- {words('focus')}: {_named(change.focus.was, words)} → {_named(change.focus.now, words)}"
    if change.notes is not None:
        yield from _listed(words("notes_gone"), [words.of(note) for note in change.notes.gone], words)
        yield from _listed(words("notes_new"), [words.of(note) for note in change.notes.new], words)
    if change.reasons:
        yield f"- {words('because_of')}"
        yield from (f"  - {_reason(item, words)}" for item in change.reasons)
    if change.note is not None:
        yield f"- {words.of(change.note)}"


def _listed(head: str, items: Sequence[str], words: Words) -> Iterator[str]:
    if not items:
        return
    yield f"- {head}"
    yield from (f"  - {item}" for item in items[:_MOST])
    if len(items) > _MOST:
        yield f"  - {words('and_more', count=str(len(items) - _MOST))}"


def _named(titles: Sequence[Text], words: Words) -> str:
    return "; ".join(words.of(title) for title in titles) or "–"


def _number(item: NumberChange, words: Words) -> str:
    return f"{_value(item.before, words)} → {_value(item.after, words)}"


def _value(value: float | None, words: Words) -> str:
    return words("not_measured") if value is None else f"{value:g}"


def _verdict(item: WordChange, words: Words) -> str:
    names = {"passed": "passing", "drill": "drill_worked"}
    name = words(names[item.id]) if item.id in names else item.name
    return f"{name}: {_state(item.before, words)} → {_state(item.after, words)}"


def _state(state: str, words: Words) -> str:
    # The report has a sentence of its own under the name `no_evidence`.
    return words("drill_no_evidence" if state == "no_evidence" else state) if state else "–"


def _titles(items: Sequence[FindingChange], words: Words) -> list[str]:
    return [f"{words.of(item.title)} ({item.rule})" for item in items]


def _reason(item: Reason, words: Words) -> str:
    kind, _, name = item.what.rpartition(":")
    known = words(f"reason_{kind or item.what}")
    named = item.what if known.startswith("reason_") else f"{known} {name}" if kind else known
    return f"{named}: {item.before or '–'} → {item.after or '–'}"
