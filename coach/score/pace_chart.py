"""A small line chart of speech rate as inline SVG, with the easy range behind it."""

from __future__ import annotations

from html import escape

from coach.score.report_words import Words
from coach.score.scorecard import PaceWindow, Scorecard
from coach.score.wording import clock

_WIDTH, _HEIGHT = 760, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 24, 12, 30


class _Frame:
    """Places seconds and rates on the drawing."""

    def __init__(self, end: float, high: float) -> None:
        self.end, self.high = max(end, 1.0), high

    def x(self, at: float) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * at / self.end, 1)

    def y(self, rate: float) -> float:
        return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - rate / self.high), 1)


def pace_chart(card: Scorecard, words: Words) -> str:
    """Return the chart, or nothing where fewer than two windows have a rate."""
    rates = [window.speaking_rate for window in card.pace if window.speaking_rate is not None]
    if len(rates) < 2:
        return ""
    band = next((metric.band for metric in card.metrics if metric.id == "speaking_rate" and metric.band), None)
    frame = _Frame(max(window.end for window in card.pace), 1.15 * max(*rates, band[1] if band else 0.0))
    label = escape(f"{words('pace')}, {card.pace_unit}")
    parts = [_band(band, frame) if band else "", _axes(frame), *_lines(card.pace, frame)]
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
        f'<p class="soft">{label}</p>'
    )


def _band(band: tuple[float, float], frame: _Frame) -> str:
    top, bottom = frame.y(band[1]), frame.y(band[0])
    width = _WIDTH - _LEFT - _RIGHT
    return (
        f'<rect x="{_LEFT}" y="{top}" width="{width}" height="{bottom - top:.1f}" fill="#d1fae5"/>'
        + _label(_LEFT - 6, top + 4, f"{band[1]:g}", "end")
        + _label(_LEFT - 6, bottom + 4, f"{band[0]:g}", "end")
    )


def _axes(frame: _Frame) -> str:
    floor = _HEIGHT - _BOTTOM
    step = 30 if frame.end <= 300 else 60 if frame.end <= 900 else 300
    ticks = [_label(frame.x(at), floor + 18, clock(at), "middle") for at in range(0, int(frame.end) + 1, step)]
    line = f'<line x1="{_LEFT}" y1="{floor}" x2="{_WIDTH - _RIGHT}" y2="{floor}" stroke="#dfe3ea"/>'
    return line + "".join(ticks)


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="12" fill="#5b6478" text-anchor="{anchor}">{escape(text)}</text>'


def _lines(windows: list[PaceWindow], frame: _Frame) -> list[str]:
    """Return one line per unbroken run of windows that have a rate, and a dot for each."""
    runs: list[list[str]] = [[]]
    dots: list[str] = []
    for window in windows:
        if window.speaking_rate is None:
            runs.append([])
            continue
        x, y = frame.x((window.start + window.end) / 2), frame.y(window.speaking_rate)
        runs[-1].append(f"{x},{y}")
        dots.append(f'<circle cx="{x}" cy="{y}" r="3" fill="#2563eb"/>')
    drawn = [
        f'<polyline points="{" ".join(run)}" fill="none" stroke="#2563eb" stroke-width="2"/>' for run in runs if run
    ]
    return drawn + dots
