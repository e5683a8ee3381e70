"""Pacing: rate, silence and fillers, as metrics, findings and one score with its formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Literal

from coach.language import Language
from coach.score.bands import Band, Bands
from coach.score.fillers import Fillers, find_fillers
from coach.score.intervals import length
from coach.score.pace import Pace, measure_pace
from coach.score.pacing_findings import pacing_findings
from coach.score.scorecard import Finding, Metric, NamedScore, Text
from coach.score.silence import Silence, measure_silence
from coach.score.speech import Speech, speech_of
from coach.score.timeline import Timeline
from coach.score.voice import VoiceFeatures
from coach.score.wording import NO_WORDS, NOTHING_SAID, TOO_SHORT, TYPED, UNTIMED, both

_MIN_SPEECH_SEC = 20.0
_DEAD_POINTS = {"amber": 10, "red": 20, "critical": 30}
_RATE_RULES = frozenset({"pacing.too_fast", "pacing.too_slow", "pacing.steady"})
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


def measure_pacing(timeline: Timeline, language: Language, bands: Bands, features: VoiceFeatures | None) -> Pacing:
    """Return pacing, or why there is none."""
    speech = speech_of(timeline, language, features)
    reason = _reason(timeline, speech)
    fillers = find_fillers(timeline.worded, language)
    if reason in (TYPED, UNTIMED, NOTHING_SAID):
        return Pacing(_score(None, reason), [_unknown_rate(language, reason)], [], Pace((), ()), fillers, speech)
    silence = measure_silence(timeline, speech, language, bands.pack)
    pace = measure_pace(timeline, speech, bands, [(item.start, item.end) for item in silence.dead_air])
    per_minute = _per_minute(fillers, speech) if timeline.worded else None
    value = None if reason else _value(pace, silence, per_minute, timeline.duration_sec)
    findings = pacing_findings(timeline, pace, silence, fillers, per_minute, bands, language)
    return Pacing(
        score=_score(value, reason or (TOO_SHORT if value is None else None)),
        metrics=[
            *_rate_metrics(pace, speech, language, bands, reason),
            *_silence_metrics(silence, speech),
            _filler_metric(per_minute, fillers, bands.fillers(), reason or NO_WORDS),
        ],
        findings=[finding for finding in findings if value is not None or finding.rule not in _RATE_RULES],
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
        return NO_WORDS
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


# --- metrics ---------------------------------------------------------------------------------------------------


def _unknown_rate(language: Language, reason: Text) -> Metric:
    return Metric(
        id="speaking_rate",
        name=both("语速", "Speaking rate"),
        panel="skill",
        unit=f"{language.unit}/min",
        not_measured=reason,
        method=both("每 30 秒窗口", "30 s windows"),
    )


def _rate_metrics(pace: Pace, speech: Speech, language: Language, bands: Bands, reason: Text | None) -> list[Metric]:
    unit, band = f"{language.unit}/min", bands.rate(None)
    rate, articulation = pace.median_rate(), pace.median_articulation()
    missing = reason or TOO_SHORT
    rates = [value for _, value, _ in pace.rates()]
    variation = pstdev(rates) / fmean(rates) if len(rates) >= 3 else None
    return [
        Metric(
            id="speaking_rate",
            name=both("语速", "Speaking rate"),
            panel="skill",
            value=_rounded(rate),
            unit=unit,
            band=band.green,
            verdict=_verdict(rate, band),
            not_measured=None if rate is not None else missing,
            method=both(
                "30 秒窗口（每 10 秒一个）的中位数：字数 ÷ 窗口内首尾语音之间的时间，扣除观众说话和没听清的话",
                "Median of 30 s windows, one every 10 s: units over the time from first to last speech, "
                "viewers' voices and speech without known words taken out",
            ),
            confidence="medium",
        ),
        Metric(
            id="articulation_rate",
            name=both("吐字速度", "Articulation rate"),
            panel="skill",
            value=_rounded(articulation),
            unit=unit,
            not_measured=None if articulation is not None else (reason or _NO_VOICED),
            method=both(f"字数 ÷ 有声时间（{speech.source.zh}）", f"Units over voiced time ({speech.source.en})"),
            confidence="medium",
        ),
        Metric(
            id="rate_variation",
            name=both("语速变化", "Rate variation"),
            panel="skill",
            value=None if variation is None else round(100 * variation, 1),
            unit="%",
            not_measured=None if variation is not None else both("窗口不足 3 个", "Fewer than three windows"),
            method=both(
                "各窗口语速的标准差 ÷ 平均值；太平也会让人走神", "Standard deviation of the windows over their mean"
            ),
            confidence="medium",
        ),
    ]


_NO_VOICED = both("记录里没有词的时间或有声时长", "The record holds neither word times nor voiced time")


def _silence_metrics(silence: Silence, speech: Speech) -> list[Metric]:
    longest = max((item.sec for item in silence.dead_air), default=None)
    pause = silence.median_pause()
    return [
        Metric(
            id="dead_air",
            name=both("冷场次数", "Dead air"),
            panel="skill",
            value=len(silence.dead_air),
            unit="×",
            band=(0, 0),
            verdict="in_band" if not silence.dead_air else "high",
            method=both(
                "≥3 秒的静默；观众在说话、暂停、开场 5 秒、压力事件后 3 秒都不算",
                "Silences of 3 s and more; viewers talking, pauses, the first 5 s and 3 s after pressure are exempt",
            ),
        ),
        Metric(
            id="longest_dead_air",
            name=both("最长冷场", "Longest dead air"),
            panel="skill",
            value=_rounded(longest),
            unit="s",
            not_measured=None if longest is not None else both("没有冷场", "There was none"),
            method=both("同上", "As above"),
        ),
        Metric(
            id="pause_median",
            name=both("停顿中位数", "Median pause"),
            panel="skill",
            value=None if pause is None else round(pause, 2),
            unit="s",
            not_measured=None if pause is not None else both("没有 0.2 秒以上的停顿", "No pause of 0.2 s or more"),
            method=both(
                f"短 {silence.count('brief')}、中 {silence.count('medium')}、长 {silence.count('long')} 次"
                f"（界线 0.2 和 1 秒；{speech.source.zh}）",
                f"{silence.count('brief')} brief, {silence.count('medium')} medium, {silence.count('long')} long "
                f"(limits 0.2 and 1 s; {speech.source.en})",
            ),
            confidence="medium",
        ),
        Metric(
            id="hesitations",
            name=both("卡壳", "Hesitations"),
            panel="skill",
            value=silence.hesitations,
            unit="",
            not_measured=None if silence.hesitations is not None else both("没有词的时间", "No word times"),
            method=both(
                "句子中间 ≥1.2 秒、旁边有口头语或重复的静默",
                "Silences of 1.2 s inside a clause beside a filler or repeat",
            ),
            confidence="medium",
        ),
    ]


def _filler_metric(per_minute: float | None, fillers: Fillers, band: Band, reason: Text) -> Metric:
    top: Sequence[tuple[str, int]] = fillers.top()
    words = ", ".join(f"{word} ×{count}" for word, count in top)
    return Metric(
        id="fillers_per_min",
        name=both("口头语", "Fillers"),
        panel="skill",
        value=_rounded(per_minute),
        unit="/min",
        band=band.green,
        verdict=_verdict(per_minute, band),
        not_measured=None if per_minute is not None else reason,
        method=both(
            "至少这么多：语音识别会漏掉一些。" + (f"最多的是 {words}" if words else ""),
            "At least: recognisers drop some." + (f" Most: {words}" if words else ""),
        ),
        confidence="low",
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _verdict(value: float | None, band: Band) -> Literal["in_band", "low", "high", "none"]:
    if value is None:
        return "none"
    return "low" if value < band.green[0] else "high" if value > band.green[1] else "in_band"
