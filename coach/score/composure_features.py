"""Features b1 to b7 of one pressure event against the streamer's own calm (DOMAIN §4.2). Behaviour only."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coach.score.composure_calm import Baseline, hesitations_per_min, log_sec, silence_share
from coach.score.composure_scale import deviation, load_composure, points
from coach.score.composure_shown import CalmValue
from coach.score.composure_talk import Stretch
from coach.score.composure_windows import CalmWindow
from coach.score.scorecard import PressureFeature

NEVER = math.inf
"""A reaction that did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is known of the answer to one event, before it is judged."""

    said: Stretch
    """Inside the response window."""
    calm: CalmWindow | None
    """The matched calm window."""
    back_sec: float | None
    """`NEVER` if it did not come; None where the next event or the end came first."""
    latency_sec: float | None
    """`NEVER` without an answer; 0 where the streamer talked over the line; None where there is none to measure."""
    slips: int | None
    """None where no words of an answer are known."""
    hostile_share: float | None
    """Of the speech in the window, given to the one who pressed; None where nobody else waited."""


def features_of(response: Response, baseline: Baseline) -> list[PressureFeature]:
    """Return the measured features in the order of the table, weight 0 where a feature was not measured."""
    calm = baseline.features
    rows = [
        _return(response, calm.get("return")),
        _language(response),
        _latency(response, calm.get("latency")),
        _disturbances(response.said, calm.get("disturbances")),
        _rate(response, calm.get("rate")),
        *_silence(response.said, calm.get("silence"), calm.get("hesitations")),
        _hostile_share(response),
    ]
    return [row for row in rows if row is not None]


def event_score(features: list[PressureFeature]) -> tuple[float | None, str]:
    """Return the weighted mean of what was measured, and the gate that capped it; None where nothing counts.

    A slip caps the event at 40 whatever else went well.
    """
    pack = load_composure()
    counted = [(row.score, row.weight) for row in features if row.score is not None and row.weight]
    if not any(row.id != "language" for row in features if row.score is not None and row.weight):
        return None, ""
    score = sum(value * weight for value, weight in counted) / sum(weight for _, weight in counted)
    if any(row.id == "language" and row.score == 0 for row in features):
        return round(min(score, pack.gate), 1), "language_control"
    return round(score, 1), ""


def _row(
    name: str, value: float | None, z: float | None, baseline: float | None, scale: float = 1.0
) -> PressureFeature:
    pack = load_composure().features[name]
    return PressureFeature(
        id=name,
        value=None if value is None or math.isinf(value) else round(value * scale, 1),
        baseline=None if baseline is None else round(baseline * scale, 1),
        unit=pack.unit,
        score=None if z is None else round(points(name, z), 1),
        weight=0.0 if z is None else pack.weight,
    )


def _centre(name: str, calm: CalmValue | None) -> float | None:
    return load_composure().features[name].default if calm is None else calm.median


def _return(response: Response, calm: CalmValue | None) -> PressureFeature | None:
    if response.back_sec is None:
        return None
    return _row("return", response.back_sec, deviation("return", response.back_sec, calm), _centre("return", calm))


def _language(response: Response) -> PressureFeature | None:
    if response.slips is None:
        return None
    return _row("language", float(response.slips), NEVER if response.slips else 0.0, 0.0)


def _latency(response: Response, calm: CalmValue | None) -> PressureFeature | None:
    """Two-sided against the own benign latency; a composed pause of up to 3 s is never too slow (DOMAIN §3.2).

    Where the own latency is not known nobody is called too quick.
    """
    sec = response.latency_sec
    if sec is None:
        return None
    usual = _centre("latency", calm)
    shown = None if calm is None or usual is None else math.exp(usual)
    z = deviation("latency", log_sec(sec) if math.isfinite(sec) else NEVER, calm)
    if z is not None and ((z > 0 and sec <= load_composure().composed_pause_sec) or (z < 0 and calm is None)):
        z = 0.0
    return _row("latency", sec, z, shown)


def _disturbances(said: Stretch, calm: CalmValue | None) -> PressureFeature | None:
    if said.syllables < 1:
        return None
    usual = _centre("disturbances", calm) or 0.0
    floor = _count_floor(usual * said.syllables / 100) * 100 / said.syllables
    value = 100 * said.breaks / said.syllables
    row = _row("disturbances", value, deviation("disturbances", value, calm, floor=floor), usual)
    return row.model_copy(update={"count": said.breaks})


def _rate(response: Response, calm: CalmValue | None) -> PressureFeature | None:
    """Against the matched calm window; the spread is that of all calm windows, wider where either is short."""
    change = rate_change(response.said, response.calm, calm)
    if change is None:
        return None
    spread = CalmValue(median=0.0, mad=calm.mad if calm else 0.0, n=calm.n if calm else 0)
    against = response.calm.said.sec if response.calm is not None else load_composure().window_sec
    wider = math.sqrt((_short(response.said.sec) ** 2 + _short(against) ** 2) / 2)
    floor = load_composure().features["rate"].floor * wider
    return _row("rate", math.expm1(change), deviation("rate", change, spread, floor=floor), 0.0, scale=100)


def rate_change(said: Stretch, window: CalmWindow | None, calm: CalmValue | None) -> float | None:
    """Return ln(rate / calm rate): of the matched window, else of the streamer's own calm."""
    if said.rate is None or said.sec < load_composure().least_window_sec:
        return None
    if window is not None and window.said.rate:
        return math.log(said.rate / window.said.rate)
    return math.log(said.rate) - calm.median if calm is not None else None


def _silence(said: Stretch, calm: CalmValue | None, pauses: CalmValue | None) -> list[PressureFeature | None]:
    share, per_min = silence_share(said), hesitations_per_min(said)
    if share is None:
        return []
    floor = load_composure().features["silence"].floor * _short(said.known_sec)
    row = _row("silence", share, deviation("silence", share, calm, floor=floor), _centre("silence", calm), scale=100)
    if per_min is None:
        return [row]
    usual = _centre("hesitations", pauses) or 0.0
    floor = _count_floor(usual * said.known_sec / 60) * 60 / said.known_sec
    stops = _row("hesitations", per_min, deviation("hesitations", per_min, pauses, floor=floor), usual)
    worse = min(score for score in (row.score, stops.score) if score is not None)
    return [row.model_copy(update={"score": worse}), stops.model_copy(update={"count": said.hesitations})]


def _hostile_share(response: Response) -> PressureFeature | None:
    share = response.hostile_share
    if share is None:
        return None
    return _row("hostile_share", share, deviation("hostile_share", share, None), _centre("hostile_share", None), 100)


def _count_floor(expected: float) -> float:
    """Return the least spread of a count: counts scatter by the square root of what is expected, and come in ones."""
    return max(1.0, math.sqrt(expected))


def _short(sec: float) -> float:
    """Return how much wider a measure of less than a whole window scatters."""
    whole = load_composure().window_sec
    return math.sqrt(whole / min(whole, max(1.0, sec)))
