"""The time line: speech rate against its bands, stages, silences, viewers' lines and pressure moments, on one axis."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from coach.score.report_frame import esc, quotes, row, section, soft, table
from coach.score.report_words import Words
from coach.score.scorecard import PaceWindow, Scorecard, StageShown
from coach.score.wording import clock

_WIDTH, _HEIGHT = 760, 250
_LEFT, _RIGHT, _TOP = 52, 14, 30
_PLOT = 150
"""Height of the part with rates."""
_TICKS = _TOP + _PLOT + 12
"""Where the viewers' ticks begin."""
_GREEN, _GREY, _INK, _SOFT, _LINE = "#d1fae5", "#e2e6ee", "#2563eb", "#5b6478", "#dfe3ea"
_FILLS = {"dead_air": _GREY, "paused": "#f3f5f9"}
_ORANGE = "#b45309"


class Frame:
    """Places seconds and rates on the drawing."""

    def __init__(self, end: float, low: float, high: float) -> None:
        self.end, self.low, self.high = max(end, 1.0), low, max(high, low + 1.0)

    def x(self, at: float) -> float:
        """Return the place of a second."""
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * min(max(at, 0.0), self.end) / self.end, 1)

    def y(self, rate: float) -> float:
        """Return the place of a rate."""
        share = (min(max(rate, self.low), self.high) - self.low) / (self.high - self.low)
        return round(_TOP + _PLOT * (1 - share), 1)


def timeline(card: Scorecard, words: Words) -> str:
    """Return the chart and the stages; nothing where seconds mean nothing."""
    drawn = _drawing(card, words)
    chart = f"<figure class=drawn>{drawn}</figure>{soft(words('pace_legend'))}" if drawn else ""
    return section("timeline", words("timeline"), chart + _stages(card.stages, words))


def _drawing(card: Scorecard, words: Words) -> str:
    rates = [window for window in card.pace if window.speaking_rate is not None]
    ends = [window.end for window in card.pace] + [item.end for item in card.timeline]
    if not ends or not (rates or card.timeline):
        return ""
    frame = Frame(max(ends), *_range(rates))
    parts = [
        *_bands(card.pace, frame),
        *_silences(card, frame),
        *_stage_marks(card, frame, words),
        *_axes(frame, bool(rates), words.unit(card.pace_unit)),
        *_rate_lines(card.pace, frame),
        *_viewer_ticks(card, frame, words),
    ]
    label = esc(f"{words('timeline')}: {words('pace')} {words.unit(card.pace_unit)}")
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def _range(rates: list[PaceWindow]) -> tuple[float, float]:
    """Return the rates that the drawing spans: all windows and their bands, with some air."""
    values = [window.speaking_rate or 0.0 for window in rates]
    values += [edge for window in rates if window.band for edge in window.band]
    return (0.85 * min(values), 1.1 * max(values)) if values else (0.0, 1.0)


def _bands(windows: list[PaceWindow], frame: Frame) -> Iterator[str]:
    """Draw each band over its stretch; a window's own part is its middle, half way to its neighbours."""
    middles = [(window.start + window.end) / 2 for window in windows]
    edges = [0.0, *((one + two) / 2 for one, two in pairwise(middles)), frame.end]
    spans = [
        (window.band, edges[at], edges[at + 1])
        for at, window in enumerate(windows)
        if window.band and window.speaking_rate is not None
    ]
    for band, group in groupby(spans, key=lambda span: span[0]):
        held = list(group)
        left, right = frame.x(held[0][1]), frame.x(held[-1][2])
        top, bottom = frame.y(band[1]), frame.y(band[0])
        yield f'<rect x="{left}" y="{top}" width="{right - left:.1f}" height="{bottom - top:.1f}" fill="{_GREEN}"/>'


def _silences(card: Scorecard, frame: Frame) -> Iterator[str]:
    for item in card.timeline:
        if item.kind in _FILLS:
            left, right = frame.x(item.start), frame.x(item.end)
            place = f'x="{left}" y="{_TOP}" width="{max(1.5, right - left):.1f}" height="{_PLOT}"'
            yield (f'<rect {place} fill="{_FILLS[item.kind]}"><title>{item.end - item.start:.1f} s</title></rect>')


def _stage_marks(card: Scorecard, frame: Frame, words: Words) -> Iterator[str]:
    for item in card.timeline:
        if item.kind == "stage":
            x = frame.x(item.start)
            ends = f'x1="{x}" y1="{_TOP - 14}" x2="{x}" y2="{_TOP + _PLOT}"'
            yield f'<line {ends} stroke="{_LINE}" stroke-dasharray="3 3"/>'
            name = words.planned_stage(item.name)
            if frame.x(item.end) - x > 12 * min(len(name), 4):
                yield _label(x + 4, _TOP - 6, name, "start")


def _axes(frame: Frame, has_rates: bool, unit: str) -> Iterator[str]:
    floor = _TOP + _PLOT
    step = 30 if frame.end <= 300 else 60 if frame.end <= 900 else 300 if frame.end <= 4500 else 1800
    yield f'<line x1="{_LEFT}" y1="{floor}" x2="{_WIDTH - _RIGHT}" y2="{floor}" stroke="{_LINE}"/>'
    for at in range(0, int(frame.end) + 1, step):
        yield _label(frame.x(at), _HEIGHT - 8, clock(at), "middle")
    if has_rates:
        for rate in _round_rates(frame):
            yield _label(_LEFT - 6, frame.y(rate) + 4, f"{rate}", "end")
        yield _label(2, 12, unit, "start")


def _round_rates(frame: Frame) -> list[int]:
    step = next((size for size in (10, 20, 50, 100) if (frame.high - frame.low) / size <= 6), 200)
    first = -(-int(frame.low) // step) * step
    return [rate for rate in range(first, int(frame.high) + 1, step) if rate >= frame.low]


def _label(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y:.1f}" font-size="12" fill="{_SOFT}" text-anchor="{anchor}">{esc(text)}</text>'


def _rate_lines(windows: list[PaceWindow], frame: Frame) -> Iterator[str]:
    """Draw one line per unbroken run of windows that have a rate, and a dot for each; orange outside the band."""
    runs: list[list[str]] = [[]]
    for window in windows:
        if window.speaking_rate is None:
            runs.append([])
        else:
            runs[-1].append(f"{frame.x((window.start + window.end) / 2)},{frame.y(window.speaking_rate)}")
    for run in runs:
        if len(run) > 1:
            yield f'<polyline points="{" ".join(run)}" fill="none" stroke="{_INK}" stroke-width="2"/>'
    for window in windows:
        if window.speaking_rate is not None:
            x, y = frame.x((window.start + window.end) / 2), frame.y(window.speaking_rate)
            out = window.band is not None and not window.band[0] <= window.speaking_rate <= window.band[1]
            yield f'<circle cx="{x}" cy="{y}" r="3.5" fill="{_ORANGE if out else _INK}"/>'


def _viewer_ticks(card: Scorecard, frame: Frame, words: Words) -> Iterator[str]:
    pressing = {item.seq for item in card.pressure}
    ticks = [(line.at, line.seq in pressing) for line in card.handled if line.at is not None]
    ticks += [(item.at, True) for item in card.pressure if all(line.seq != item.seq for line in card.handled)]
    if not ticks:
        return
    yield _label(2, _TICKS + 12, words("lines_row"), "start")
    for at, presses in ticks:
        x, tall = frame.x(at), 18 if presses else 10
        colour = _ORANGE if presses else _SOFT
        yield f'<rect x="{x - 1:.1f}" y="{_TICKS + 18 - tall}" width="2.5" height="{tall}" fill="{colour}"/>'


def _stages(stages: list[StageShown], words: Words) -> str:
    rows = [
        row(
            esc(words.of(stage.name)),
            f"<span class=num>{clock(stage.start) if stage.start is not None else ''}</span>",
            f"<span class=num>{clock(stage.planned_start) if stage.planned_start is not None else ''}</span>",
            esc(words.joined([words.of(item) for item in stage.missing])),
            quotes(stage.evidence, words, 1),
        )
        for stage in stages
    ]
    heads = (words("stage"), words("first_at"), words("planned"), words("lacks"), words("quote"))
    return table(heads, rows, "stages")
