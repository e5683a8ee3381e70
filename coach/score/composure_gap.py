"""What changes between calm and pressure, as observations. Neutral: a difference is no fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.score.composure_shown import Pair
from coach.score.own_calm import LEAST_EVENTS
from coach.score.scorecard import Finding, PressureCard, Text
from coach.score.wording import both


@dataclass(frozen=True, slots=True)
class _Rule:
    """When a difference is worth a sentence, and the sentence."""

    least: float
    """Change from which on, as `Pair.change` counts it. By design: clearly past the dead band of one event."""
    falls_too: bool
    title: Callable[[Pair], Text]


_RULES = {
    "rate": _Rule(
        20.0,
        True,
        lambda pair: both(
            f"压力之后语速从 {pair.first:.0f} 变到 {pair.second:.0f}（{pair.change:+.0f}%）",
            f"After pressure your rate goes from {pair.first:.0f} to {pair.second:.0f} a minute ({pair.change:+.0f}%)",
        ),
    ),
    "disturbances": _Rule(
        2.0,
        False,
        lambda pair: both(
            f"压力之后重复和改口从每百字 {pair.first:g} 处变到 {pair.second:g} 处",
            f"After pressure restarts and repeats go from {pair.first:g} to {pair.second:g} per 100 syllables",
        ),
    ),
    "silence": _Rule(
        10.0,
        False,
        lambda pair: both(
            f"压力之后句中停顿从 {pair.first:.0f}% 变到 {pair.second:.0f}%",
            f"After pressure silence in mid-sentence goes from {pair.first:.0f}% to {pair.second:.0f}%",
        ),
    ),
}


def gap_findings(pairs: Sequence[Pair], cards: Sequence[PressureCard]) -> list[Finding]:
    """Return a finding per measure that differs clearly, seen in three events or more."""
    return [found for pair in pairs if (found := _finding(pair, cards)) is not None]


def _finding(pair: Pair, cards: Sequence[PressureCard]) -> Finding | None:
    rule = _RULES.get(pair.id)
    change = pair.change if rule is not None else None
    if rule is None or change is None or (abs(change) if rule.falls_too else change) < rule.least:
        return None
    shown = [(abs(row.value), card) for card in cards for row in card.features if row.id == pair.id and row.value]
    if sum(row.id == pair.id for card in cards for row in card.features) < LEAST_EVENTS or not shown:
        return None
    _, clearest = max(shown, key=lambda item: item[0])
    return Finding(
        id=f"composure.gap.{pair.id}",
        rule="composure.gap",
        panel="composure",
        tone="neutral",
        title=rule.title(pair),
        detail=both(
            "和你自己平静时的话相比，取各次回应的中位数。",
            "Against your own calm talk; the median of all answers to pressure.",
        ),
        evidence=[clearest.said] if clearest.said else [],
        weight=0.3,
    )
