"""Pacing: rate, silence and fillers, as metrics, findings and one score with its formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import Language
from coach.score.bands import Bands
from coach.score.fillers import Fillers, find_fillers
from coach.score.intervals import Interval, length
from coach.score.measured import Measured
from coach.score.number_pace import NumberPace, measure_number_pace
from coach.score.pace import Pace, measure_pace
from coach.score.pacing_findings import pacing_findings
from coach.score.pacing_metrics import pacing_metrics
from coach.score.scorecard import Finding, Metric, NamedScore, Text
from coach.score.silence import Silence, measure_silence
from coach.score.speech import Speech, speech_of
from coach.score.timeline import Timeline
from coach.score.voice import VoiceFeatures
from coach.score.wording import NO_WORDS, NOTHING_SAID, TOO_SHORT, TYPED, UNTIMED, VOICE_UNREAD, both

_MIN_SPEECH_SEC = 20.0
_DEAD_POINTS = {"amber": 10, "red": 20, "critical": 30}
_RATE_RULES = frozenset({"pacing.too_fast", "pacing.too_slow", "pacing.steady", "pacing.monotone", "pacing.runaway"})
"""Not remarked on where there was too little speech for a score."""
_FILLERS_ZERO_AT = 8.0
"""Fillers a minute at which their part of the score is used up."""

NAME = both("节奏", "Pacing")
METHOD = both(
    "50% 语速：每个 30 秒窗口与该阶段的区间相比，区间内 1 分，到黄线 0.5 分，再远归零；因冷场才慢的窗口不重复算；"
    "25% 冷场：每次静默 ≥3 秒扣 10、≥5 秒扣 20、≥8 秒扣 30（按 5 分钟折算）；"
    "25% 口头语：每分钟 2 个以内满分，8 个归零。",
    "50% rate: each 30 s window against the band of its stage, 1 inside, 0.5 at the amber edge, then to 0, "
    "windows slow only through dead air left out; "
    "25% dead air: 10 off per silence of 3 s, 20 of 5 s, 30 of 8 s, per 5 minutes; "
    "25% fillers: full up to 2 a minute, none left at 8.",
)


@dataclass(frozen=True, slots=True)
class Pacing:
    """All that is known about delivery."""

    score: NamedScore
    metrics: list[Metric]
    findings: list[Finding]
    pace: Pace
    fillers: Fillers
    speech: Speech


def measure_pacing(
    timeline: Timeline,
    language: Language,
    bands: Bands,
    features: VoiceFeatures | None,
    demos: Sequence[Interval] = (),
) -> Pacing:
    """Return pacing, or why there is none.

    Args:
        timeline: What happened.
        language: The streamer's.
        bands: What is held to be good, for this scenario and streamer.
        features: Measures of the recording, if there is one.
        demos: Stretches that the scenario's author declared as demonstrations, rehearsal seconds.
    """
    speech = speech_of(timeline, language, features)
    reason = _reason(timeline, speech)
    fillers = find_fillers(timeline.worded, language)
    if reason in (TYPED, UNTIMED, NOTHING_SAID):
        empty = Silence((), (), ())
        measured = Measured(timeline, speech, Pace((), ()), empty, NumberPace(()), fillers, None, reason)
        return Pacing(
            _score(None, reason), pacing_metrics(measured, bands, language), [], Pace((), ()), fillers, speech
        )
    silence = measure_silence(timeline, speech, language, bands.pack, demos)
    dead_air = [(item.start, item.end) for item in silence.dead_air]
    said_at = [use.start for use in fillers.uses]
    pace = measure_pace(timeline, speech, bands, dead_air, demos, said_at)
    numbers = measure_number_pace(timeline, language)
    per_minute = _per_minute(fillers, speech) if timeline.worded else None
    value = None if reason else _value(pace, silence, per_minute, timeline.duration_sec)
    measured = Measured(timeline, speech, pace, silence, numbers, fillers, per_minute, reason)
    return Pacing(
        score=_score(value, reason or (TOO_SHORT if value is None else None)),
        metrics=pacing_metrics(measured, bands, language),
        findings=[
            finding
            for finding in pacing_findings(measured, bands, language)
            if value is not None or finding.rule not in _RATE_RULES
        ],
        pace=pace,
        fillers=fillers,
        speech=speech,
    )


def _reason(timeline: Timeline, speech: Speech) -> Text | None:
    if not timeline.spoken:
        return NOTHING_SAID
    if not timeline.is_timed:
        return UNTIMED
    if not timeline.voiced:
        return TYPED
    if not any(item.text.strip() for item in timeline.voiced):
        return VOICE_UNREAD if timeline.worded else NO_WORDS
    return TOO_SHORT if length(speech.stretches) < _MIN_SPEECH_SEC else None


def _score(value: float | None, reason: Text | None) -> NamedScore:
    return NamedScore(
        id="pacing", name=NAME, value=value, not_measured=None if value is not None else reason, method=METHOD
    )


def _value(pace: Pace, silence: Silence, per_minute: float | None, duration_sec: float) -> float | None:
    """Return 0 to 100 by the formula of METHOD."""
    fit = pace.fit()
    if fit is None or per_minute is None:
        return None
    return round(100 * (0.5 * fit + 0.25 * dead_air_part(silence, duration_sec) + 0.25 * filler_part(per_minute)), 1)


def dead_air_part(silence: Silence, duration_sec: float) -> float:
    """Return 1 without dead air, less by its points per 5 minutes; short rehearsals count as 2 minutes."""
    points = sum(_DEAD_POINTS[item.level] for item in silence.dead_air)
    return max(0.0, 1.0 - points / 100 * 300 / max(120.0, duration_sec))


def filler_part(per_minute: float) -> float:
    """Return 1 up to 2 fillers a minute, 0 from 8 on, a straight line between."""
    return max(0.0, min(1.0, (_FILLERS_ZERO_AT - per_minute) / (_FILLERS_ZERO_AT - 2)))


def _per_minute(fillers: Fillers, speech: Speech) -> float | None:
    spoken = length(speech.worded)
    voiced = [use for use in fillers.uses if use.spoken.heard.source == "voice"]
    return 60 * len(voiced) / spoken if spoken >= 5 else None
