"""Composure in parts that a chart can draw: own calm, recovery, drift, calm against pressure, kinds of event.

Behaviour only. What the voice alone tells (`private_voice`) never stands here.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CalmValue(_Value):
    """One measure over the calm moments of one rehearsal."""

    median: float
    mad: float
    """Median absolute deviation, not scaled."""
    n: int
    """Windows or lines it comes from."""


class CalmSummary(_Value):
    """How this streamer is without pressure, as this rehearsal shows it; later rehearsals build on it."""

    made_at: str
    """When the rehearsal began, ISO 8601, UTC; empty for transcripts."""
    device: str = ""
    """Microphone by a name without meaning; empty where it is not known."""
    windows: int
    """Stretches of up to 20 s of speech, at least 20 s from every pressure event."""
    features: dict[str, CalmValue] = Field(default_factory=dict)
    """`return` in s, `latency` in ln(s), `disturbances` per 100 syllables, `rate` in ln(units/min), `silence` as a
    share of speech, `hesitations` per minute of speech."""


class RecoveryBin(_Value):
    """Ten seconds after a pressure event, or after all of them."""

    start: float
    """Seconds after the event's end."""
    end: float
    events: int
    """Events that the figures come from: those after which nothing else happened until the end of the bin."""
    rate_change: float | None = None
    """Speech rate against the matched calm window, %; the median of the events."""
    disturbances: float | None = None
    """Repeats, restarts and repairs per 100 syllables."""
    silence: float | None = None
    """Share of silence inside clauses, %."""
    back: float | None = None
    """Share of events after which the talk was back on the product by the bin's end, %."""


class Pair(_Value):
    """One measure twice: calm and under pressure, or early and late."""

    id: str
    """`return`, `latency`, `disturbances`, `rate`, `silence`, `hesitations`, `score`."""
    first: float | None = None
    """Calm, or early."""
    second: float | None = None
    """Under pressure, or late."""
    unit: str = ""
    change: float | None = None
    """Second against first in %, for rates and seconds; else their difference."""


class KindScore(_Value):
    """Events of one kind."""

    kind: str
    events: int
    score: float | None = None
    """Median of those scored."""


class PressureFeature(_Value):
    """One measure of the answer to a pressure event against the streamer's own calm."""

    id: str
    value: float | None = None
    baseline: float | None = None
    unit: str = ""
    score: float | None = None
    """0 to 100."""
    weight: float = 0.0
    count: int | None = None
    """What was counted, where the value is a rate."""


class ComposureDetail(_Value):
    """Everything beside the one score."""

    calm: CalmSummary
    recovery: list[RecoveryBin] = Field(default_factory=list)
    gap: list[Pair] = Field(default_factory=list)
    """Calm windows and benign lines against the responses to pressure."""
    drift: list[Pair] = Field(default_factory=list)
    """The first third of the rehearsal against the last."""
    kinds: list[KindScore] = Field(default_factory=list)
    baseline: str = "rehearsal"
    """What the events were held against: `rehearsal` (its own calm moments), `own` (those and earlier ones), `past`
    (earlier ones alone) or `default` (values of the trade)."""
