"""Speech rate in windows of 30 s, one every 10 s (DOMAIN §3.1)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from coach.score.bands import Band, Bands
from coach.score.intervals import Interval, merge, near, overlap, subtract
from coach.score.scorecard import PaceWindow
from coach.score.speech import Speech
from coach.score.timeline import Timeline

WINDOW_SEC = 30.0
HOP_SEC = 10.0
_MIN_VOICED_SEC = 5.0
"""Less voice than this in a window gives no rate: one short phrase is no tempo."""
_FEW = 3
"""Windows with a rate before their spread means anything."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The windows and the band each is held against."""

    windows: tuple[PaceWindow, ...]
    bands: tuple[Band, ...]
    dead_air: tuple[Interval, ...] = ()
    """Silences that count by themselves; a window that is slow because of one is not called slow again."""

    def rates(self) -> list[tuple[PaceWindow, float, Band]]:
        """Return the windows that have a speaking rate."""
        pairs = zip(self.windows, self.bands, strict=True)
        return [(window, window.speaking_rate, band) for window, band in pairs if window.speaking_rate is not None]

    def judged(self) -> list[tuple[PaceWindow, float, Band]]:
        """Return the windows with a rate, without those slow only because of dead air; all where none is left."""
        rates = self.rates()
        return [item for item in rates if not self._is_silenced(*item)] or rates

    def _is_silenced(self, window: PaceWindow, rate: float, band: Band) -> bool:
        return rate < band.green[0] and overlap((window.start, window.end), self.dead_air) >= 3.0

    def fit(self) -> float | None:
        """Return how well the judged windows fit their bands, 0 to 1; None without any rate."""
        fits = [band.fit(rate) for _, rate, band in self.judged()]
        return sum(fits) / len(fits) if fits else None

    def median_rate(self) -> float | None:
        """Return the median speaking rate in units per minute."""
        rates = [rate for _, rate, _ in self.rates()]
        return median(rates) if rates else None

    def median_articulation(self) -> float | None:
        """Return the median articulation rate in units per minute."""
        rates = [window.articulation_rate for window in self.windows if window.articulation_rate is not None]
        return median(rates) if rates else None

    def spread(self) -> tuple[float, float] | None:
        """Return standard deviation (units per minute) and coefficient of variation; None with under three windows."""
        rates = [rate for _, rate, _ in self.judged()]
        if len(rates) < _FEW:
            return None
        deviation = pstdev(rates)
        return deviation, deviation / fmean(rates)

    def runaways(self, own_median: float | None, windows: int, over: float) -> list[list[PaceWindow]]:
        """Return the stretches in which the pace ran away: so many rising windows, the last far over the own median.

        Args:
            own_median: Units per minute; None takes this rehearsal's own.
            windows: Rising windows in a row.
            over: Times the median from which the last one is too fast.
        """
        usual = own_median or self.median_rate()
        runs: list[list[PaceWindow]] = [[]]
        for window in self.windows:
            rate, last = window.speaking_rate, runs[-1][-1].speaking_rate if runs[-1] else None
            if rate is None or (last is not None and rate <= last):
                runs.append([])
            if rate is not None:
                runs[-1].append(window)
        return [run for run in runs if len(run) >= windows and usual and (run[-1].speaking_rate or 0) >= over * usual]


def measure_pace(
    timeline: Timeline,
    speech: Speech,
    bands: Bands,
    dead_air: Sequence[Interval] = (),
    demos: Sequence[Interval] = (),
    fillers: Sequence[float] = (),
) -> Pace:
    """Return rates per window, with the band of the stage in the window's middle.

    Args:
        timeline: What happened.
        speech: When the streamer's voice was there.
        bands: What rates are held against.
        dead_air: Silences that count by themselves.
        demos: Stretches in which something was shown; silence in them makes nobody slow.
        fillers: When each filler was said, rehearsal seconds.
    """
    shown = [piece for demo in demos for piece in subtract(demo, speech.stretches)]
    away = merge([*timeline.viewer_voice, *timeline.paused, *speech.unheard, *shown])
    spans = _windows(timeline.end)
    stages = [timeline.stage_at((start + end) / 2) for start, end in spans]
    held = tuple(bands.rate(stage) for stage in stages)
    said, articulated = sorted(fillers), speech.is_articulated
    windows = tuple(
        _window(span, speech, away, band, bands.kind(stage), said, articulated=articulated)
        for span, band, stage in zip(spans, held, stages, strict=True)
    )
    return Pace(windows, held, tuple(dead_air))


def _windows(end: float) -> list[Interval]:
    if end <= WINDOW_SEC:
        return [(0.0, end)] if end > 0 else []
    count = int((end - WINDOW_SEC) // HOP_SEC) + 1
    return [(step * HOP_SEC, step * HOP_SEC + WINDOW_SEC) for step in range(count)]


def _window(
    span: Interval,
    speech: Speech,
    away: list[Interval],
    band: Band,
    stage: str,
    fillers: Sequence[float],
    *,
    articulated: bool,
) -> PaceWindow:
    inside = [(max(start, span[0]), min(end, span[1])) for start, end in near(span, speech.worded)]
    units, voiced = speech.units_in(span), speech.voiced_in(span)
    is_known = bool(inside) and voiced >= _MIN_VOICED_SEC and units > 0
    stretch = (inside[0][0], inside[-1][1]) if inside else span
    talked = stretch[1] - stretch[0] - overlap(stretch, near(stretch, away))
    return PaceWindow(
        start=span[0],
        end=span[1],
        speaking_rate=round(60 * units / max(talked, voiced), 1) if is_known else None,
        articulation_rate=round(60 * units / voiced, 1) if is_known and articulated else None,
        stage=stage,
        band=band.green,
        amber=band.amber,
        fillers=bisect_left(fillers, span[1]) - bisect_left(fillers, span[0]) if inside else None,
    )
