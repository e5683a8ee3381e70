"""How far from the streamer's own calm a measure lies, as points: dead band, then a straight line to zero."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.language.pack_text import read_yaml
from coach.score.composure_shown import CalmValue

_SIGMA = 1.4826
"""Scales a median absolute deviation to the standard deviation of a normal distribution."""
_ENOUGH = 4
"""Calm observations from which their spread means anything; below, the floor alone is used."""


class FeatureScale(BaseModel):
    """One line of the pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    weight: float
    sides: Literal["high", "both"]
    """`high`: only values above calm count."""
    floor: float
    """Least spread, in the measure's unit."""
    default: float | None = None
    """Centre where the streamer's own is not known."""
    most: float | None = None
    """Largest centre."""
    unit: str = ""


class Kinds(BaseModel):
    """What kind of event a viewer type or a change of the room is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    viewers: dict[str, str]
    room: dict[str, str]


class ComposurePack(BaseModel):
    """The shipped scale."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    dead_band: float
    zero_at: float
    gate: float
    window_sec: float = Field(gt=0)
    calm_distance_sec: float
    least_window_sec: float
    composed_pause_sec: float
    features: dict[str, FeatureScale]
    accusations: dict[str, tuple[str, ...]]
    kinds: Kinds


@cache
def load_composure() -> ComposurePack:
    """Return the shipped pack."""
    path = Path(__file__).parent / "packs" / "composure.yaml"
    return ComposurePack.model_validate(read_yaml(path.read_text(encoding="utf-8")))


def deviation(name: str, value: float, calm: CalmValue | None, *, floor: float | None = None) -> float | None:
    """Return how many spreads a value lies from calm; None where no centre is known.

    Args:
        name: A feature of the pack.
        value: In the unit of the feature's calm values.
        calm: The streamer's own; None takes the pack's default.
        floor: Least spread, where this observation is coarser than the pack says.
    """
    scale = load_composure().features[name]
    centre = scale.default if calm is None else calm.median
    if centre is None:
        return None
    if scale.most is not None:
        centre = min(centre, scale.most)
    spread = _SIGMA * calm.mad if calm is not None and calm.n >= _ENOUGH else 0.0
    return (value - centre) / max(spread, scale.floor, floor or 0.0)


def points(name: str, z: float) -> float:
    """Return 0 to 100: full within the dead band, none from `zero_at` on."""
    pack = load_composure()
    far = max(z, 0.0) if pack.features[name].sides == "high" else abs(z)
    return 100.0 * (1.0 - min(1.0, max(0.0, (far - pack.dead_band) / (pack.zero_at - pack.dead_band))))


def calm_value(values: list[float]) -> CalmValue | None:
    """Return median and median absolute deviation of observations; None where there are none."""
    if not values:
        return None
    centre = _median(values)
    mad = _median([abs(value - centre) for value in values])
    return CalmValue(median=round(centre, 4), mad=round(mad, 4), n=len(values))


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
