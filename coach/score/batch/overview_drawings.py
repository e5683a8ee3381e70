"""Small drawings of the overview, as inline SVG and HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH, _HEIGHT, _FLOOR = 220, 84, 68


def bars(bins: Sequence[int], label: str) -> str:
    """Return a distribution over 0 to 100 as bars."""
    highest, width = max(1, *bins), _WIDTH / len(bins)
    drawn = "".join(
        f'<rect x="{at * width + 0.5:.1f}" y="{_FLOOR - _tall(number, highest):.1f}" width="{width - 1:.1f}" '
        f'height="{_tall(number, highest):.1f}" fill="#2563eb"><title>'
        f"{100 * at // len(bins)}–{100 * (at + 1) // len(bins)}: {number}</title></rect>"
        for at, number in enumerate(bins)
        if number
    )
    ticks = "".join(
        f'<text x="{place}" y="{_HEIGHT - 2}" font-size="11" fill="#5b6478" text-anchor="{anchor}">{value}</text>'
        for value, place, anchor in ((0, 0, "start"), (50, _WIDTH // 2, "middle"), (100, _WIDTH, "end"))
    )
    floor = f'<line x1="0" y1="{_FLOOR}" x2="{_WIDTH}" y2="{_FLOOR}" stroke="#dfe3ea"/>'
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">{floor}{drawn}{ticks}</svg>'


def _tall(number: int, highest: int) -> float:
    return max(1.0, (_FLOOR - 4) * number / highest)


def parts(counts: Sequence[tuple[str, int]]) -> str:
    """Return shares of a whole as one bar; each part takes its name as class."""
    total = max(1, sum(number for _, number in counts))
    return (
        "<div class=parts>"
        + "".join(
            f'<i class={name} style="width:{100 * number / total:.1f}%" title="{number}"></i>'
            for name, number in counts
            if number
        )
        + "</div>"
    )


def spark(values: Sequence[float], label: str) -> str:
    """Return values of 0 to 100 as a small line; one value as a dot."""
    if not values:
        return ""
    step = 132 / max(1, len(values) - 1)
    places = [(4 + step * at, 24 - 20 * min(100.0, max(0.0, value)) / 100) for at, value in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return (
        f'<svg class=spark viewBox="0 0 140 28" role="img" aria-label="{escape(label)}">'
        f'<polyline points="{line}" fill="none" stroke="#2563eb" stroke-width="1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="#2563eb"/></svg>'
    )
