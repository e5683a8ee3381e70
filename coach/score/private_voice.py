"""What the voice alone shows after pressure, pitch and loudness against calm: for the streamer only (DOMAIN §4.3).

Never part of a scorecard, an export, a batch or a mentor's view: it is computed apart and kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.language import Language
from coach.score.composure import PressureWindow, talk_of, windows_of
from coach.score.composure_features import event_score
from coach.score.composure_interval import is_wide, median_interval, too_wide
from coach.score.composure_scale import calm_value, deviation, load_composure, points
from coach.score.composure_shown import CalmValue
from coach.score.composure_windows import CalmWindow
from coach.score.intervals import Interval
from coach.score.own_calm import LEAST_EVENTS
from coach.score.scorecard import Interval as Range
from coach.score.scorecard import PressureCard, PressureFeature, Scorecard, Text
from coach.score.timeline import Timeline
from coach.score.voice import VoiceFeatures, VoiceSpan
from coach.score.wording import both

MOST_SPANS = 24
"""Spans measured in one rehearsal; a dozen events with their calm windows."""

NOTICE = both(
    "只有你能看到这一页。它只说声音比你平时高或低、响或轻，不说明你的心情；人在压力下声音变高变低的都有。"
    "它不进评分卡、不导出、不给导师看。",
    "Only you can see this. It tells whether your voice was higher or lower, louder or softer than your usual, and "
    "nothing about how you felt; under pressure voices go either way. It is in no scorecard, no export and no view of "
    "a mentor.",
)
_GAIN = both(
    "浏览器的自动增益开着（或者不知道有没有开），响度没有意义，没有测。",
    "Automatic gain was on, or nobody knows, so loudness means nothing and was not measured.",
)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PrivateEvent(_Value):
    """One pressure event, with what the voice did."""

    seq: int
    at: float
    features: list[PressureFeature] = Field(default_factory=list)
    """`pitch` in semitones and `loudness` in dB against the matched calm window."""
    score: float | None = None
    """The event's score with these two in it."""


class PrivateVoice(_Value):
    """All that the recording tells beyond behaviour."""

    schema_version: Literal[1] = 1
    rehearsal_id: str
    device: str = ""
    made_at: str = ""
    notice: Text = NOTICE
    loudness_not_measured: Text | None = None
    calm: dict[str, CalmValue] = Field(default_factory=dict)
    """`pitch` in semitones over 1 Hz, `loudness` in dB under full scale, over the calm windows."""
    events: list[PrivateEvent] = Field(default_factory=list)
    score: float | None = None
    """Composure with the voice's 6 %."""
    interval: Range | None = None
    not_measured: Text | None = None
    """Why there is no score."""


@dataclass(frozen=True, slots=True)
class VoicePlan:
    """Where a recording is measured."""

    events: Sequence[PressureWindow]
    calm: Sequence[CalmWindow]

    def spans(self) -> list[Interval]:
        """Return the stretches of the recording, each once, those that matter most first."""
        wanted: dict[Interval, None] = {}
        for window in self.events:
            wanted.setdefault(window.span)
            if window.calm is not None:
                wanted.setdefault(window.calm.span)
        for calm in self.calm:
            wanted.setdefault(calm.span)
        return list(wanted)[:MOST_SPANS]


def voice_plan(timeline: Timeline, language: Language, features: VoiceFeatures | None) -> VoicePlan:
    """Return where to measure; nothing where words or times are unknown, or nobody spoke."""
    if not timeline.is_timed or not timeline.voiced:
        return VoicePlan((), ())
    events, calm = windows_of(timeline, language, talk_of(timeline, language, features))
    return VoicePlan(events, calm)


def private_voice(
    card: Scorecard,
    timeline: Timeline,
    plan: VoicePlan,
    measured: Mapping[Interval, VoiceSpan],
    past: Sequence[PrivateVoice] = (),
) -> PrivateVoice:
    """Return the voice's part of composure.

    Args:
        card: The rehearsal's scorecard, without it.
        timeline: The rehearsal.
        plan: As `voice_plan` returned it.
        measured: The recording in the plan's spans.
        past: Of earlier rehearsals; those on the same microphone stand in where nothing was calm in this one.
    """
    loud = timeline.has_true_loudness
    calm = {
        name: value
        for name in (("pitch", "loudness") if loud else ("pitch",))
        if (value := calm_value(_known([_read(measured.get(one.span), name) for one in plan.calm]))) is not None
    }
    known = {**_earlier(past, timeline.device, loud), **calm}
    cards = {one.seq: one for one in card.pressure}
    events = [_event(cards[window.event.seq], window, measured, known) for window in plan.events]
    scores = [event.score for event in events if event.score is not None]
    score, interval, reason = _overall(scores, any(event.features for event in events))
    started = timeline.started
    return PrivateVoice(
        rehearsal_id=card.rehearsal_id,
        device=timeline.device,
        made_at=started.started_at if started else "",
        loudness_not_measured=None if loud else _GAIN,
        calm=calm,
        events=events,
        score=score,
        interval=interval,
        not_measured=reason,
    )


def _earlier(past: Sequence[PrivateVoice], device: str, loud: bool) -> dict[str, CalmValue]:
    """Return the median calm of earlier rehearsals on a microphone, as one that this rehearsal does not show."""
    own = [one for one in past if one.device == device] if device else []
    found = {}
    for name in ("pitch", "loudness") if loud else ("pitch",):
        values = [one.calm[name] for one in own if name in one.calm]
        if values:
            middle, mad = (median(getattr(value, part) for value in values) for part in ("median", "mad"))
            found[name] = CalmValue(median=middle, mad=mad, n=sum(value.n for value in values))
    return found


def _event(
    card: PressureCard, window: PressureWindow, measured: Mapping[Interval, VoiceSpan], calm: Mapping[str, CalmValue]
) -> PrivateEvent:
    then = measured.get(window.span)
    usual = measured.get(window.calm.span) if window.calm is not None else _as_span(calm)
    rows = [row for name in calm if (row := _shift(name, then, usual, calm[name])) is not None]
    score = event_score([*card.features, *rows])[0] if card.score is not None else None
    return PrivateEvent(seq=card.seq, at=card.at, features=rows, score=score)


def _as_span(calm: Mapping[str, CalmValue]) -> VoiceSpan:
    """Return the own calm as if it were a window, for rehearsals without any."""
    pitch, loudness = calm.get("pitch"), calm.get("loudness")
    return VoiceSpan(pitch.median if pitch else None, loudness.median if loudness else None, 0.0)


def _shift(name: str, then: VoiceSpan | None, usual: VoiceSpan | None, calm: CalmValue) -> PressureFeature | None:
    """Return the shift against the matched calm window, held against how calm windows differ among themselves."""
    value, before = _read(then, name), _read(usual, name)
    if value is None or before is None:
        return None
    shift = value - before
    z = deviation(name, shift, CalmValue(median=0.0, mad=calm.mad, n=calm.n))
    scale = load_composure().features[name]
    return PressureFeature(
        id=name,
        value=round(shift, 1),
        baseline=0.0,
        unit=scale.unit,
        score=None if z is None else round(points(name, z), 1),
        weight=scale.weight,
    )


def _read(span: VoiceSpan | None, name: str) -> float | None:
    if span is None:
        return None
    return span.pitch_st if name == "pitch" else span.loudness_db


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _overall(scores: Sequence[float], heard: bool) -> tuple[float | None, Range | None, Text | None]:
    if not heard:
        return None, None, both("没有可比的录音。", "There is no recording to compare.")
    if len(scores) < LEAST_EVENTS:
        few = both("证据不足：能打分的压力事件不到 3 个。", "Not enough evidence: under three scored events.")
        return None, None, few
    value, interval = round(median(scores), 1), median_interval(scores)
    return (None, interval, too_wide(value, interval)) if is_wide(interval) else (value, interval, None)
