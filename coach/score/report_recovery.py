"""Composure beside its score: how the talk came back after pressure, calm against pressure, early against late."""

from __future__ import annotations

from coach.score.composure_shown import ComposureDetail, Pair, RecoveryBin
from coach.score.report_frame import esc, row, soft, table
from coach.score.report_words import Words

_WIDTH, _HEIGHT = 420, 120
_LEFT, _BOTTOM, _TOP = 44, 22, 8


def detail(found: ComposureDetail, words: Words) -> str:
    """Return the curve and the two comparisons, as far as they were measured, and what was compared with."""
    baseline = words(f"baseline_{found.baseline}")
    return (
        _curve(found.recovery, words)
        + _pairs(words("gap"), (words("calm"), words("under_pressure")), found.gap, words)
        + _pairs(words("drift"), (words("early"), words("late")), found.drift, words)
        + (soft(baseline) if not baseline.startswith("baseline_") else "")
    )


def _curve(bins: list[RecoveryBin], words: Words) -> str:
    """Return the share of moments that were back on the product, by the end of each 10 s after the event."""
    known = [(item.end, item.back) for item in bins if item.back is not None]
    if len(known) < 2:
        return ""
    last = known[-1][0]
    right, floor = _WIDTH - 16, _HEIGHT - _BOTTOM

    def x(at: float) -> float:
        return round(_LEFT + (right - _LEFT) * at / last, 1)

    def y(share: float) -> float:
        return round(floor - (floor - _TOP) * share / 100, 1)

    dots = "".join(f'<circle cx="{x(at)}" cy="{y(share)}" r="3.5" fill="#0f766e"/>' for at, share in known)
    line = " ".join(f"{x(at)},{y(share)}" for at, share in [(0.0, 0.0), *known])
    ticks = "".join(_label(x(at), _HEIGHT - 6, f"{at:g}", "middle") for at, _ in known)
    levels = "".join(_label(_LEFT - 6, y(share) + 4, f"{share}%", "end") for share in (0, 50, 100))
    label = esc(words("curve"))
    return (
        f'<figure class="curve">{soft(words("curve"))}'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">'
        f'<line x1="{_LEFT}" y1="{floor}" x2="{right}" y2="{floor}" stroke="#dfe3ea"/>'
        f'<polyline points="{line}" fill="none" stroke="#0f766e" stroke-width="2"/>{dots}{ticks}{levels}</svg>'
        f"{soft(words('after_sec'))}</figure>"
    )


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="12" fill="#566076" text-anchor="{anchor}">{esc(text)}</text>'


def _pairs(title: str, heads: tuple[str, str], pairs: list[Pair], words: Words) -> str:
    rows = [
        row(esc(words.behaviour(item.id)), *(_number(value, item, words) for value in (item.first, item.second)))
        for item in pairs
        if item.first is not None or item.second is not None
    ]
    return table((title, *heads), rows, "small")


def _number(value: float | None, item: Pair, words: Words) -> str:
    shown = "–" if value is None else f"{value:g} {words.unit(item.unit)}".strip()
    return f"<span class=num>{esc(shown)}</span>"
