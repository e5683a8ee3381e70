"""Speech rate in windows of 30 s, one every 10 s (DOMAIN §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from coach.score.bands import Band, Bands
from coach.score.intervals import Interval, merge, overlap
from coach.score.scorecard import PaceWindow
from coach.score.speech import Speech
from coach.score.timeline import Timeline

WINDOW_SEC = 30.0
HOP_SEC = 10.0
_MIN_VOICED_SEC = 5.0
"""Less voice than this in a window gives no rate: one short phrase is no tempo."""


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


def measure_pace(timeline: Timeline, speech: Speech, bands: Bands, dead_air: Sequence[Interval] = ()) -> Pace:
    """Return rates per window, with the band of the stage in the window's middle."""
    away = merge([*timeline.viewer_voice, *timeline.paused, *speech.unheard])
    spans = _windows(timeline.end)
    windows = tuple(_window(span, speech, away) for span in spans)
    held = tuple(bands.rate(timeline.stage_at((start + end) / 2)) for start, end in spans)
    return Pace(windows, held, tuple(dead_air))


def _windows(end: float) -> list[Interval]:
    if end <= WINDOW_SEC:
        return [(0.0, end)] if end > 0 else []
    count = int((end - WINDOW_SEC) // HOP_SEC) + 1
    return [(step * HOP_SEC, step * HOP_SEC + WINDOW_SEC) for step in range(count)]


def _window(span: Interval, speech: Speech, away: list[Interval]) -> PaceWindow:
    inside = [
        (max(start, span[0]), min(end, span[1])) for start, end in speech.worded if start < span[1] and end > span[0]
    ]
    units, voiced = speech.units_in(span), speech.voiced_in(span)
    if not inside or voiced < _MIN_VOICED_SEC or units <= 0:
        return PaceWindow(start=span[0], end=span[1])
    stretch = (inside[0][0], inside[-1][1])
    talked = stretch[1] - stretch[0] - overlap(stretch, away)
    return PaceWindow(
        start=span[0],
        end=span[1],
        speaking_rate=round(60 * units / max(talked, voiced), 1),
        articulation_rate=round(60 * units / voiced, 1) if speech.is_articulated else None,
    )
