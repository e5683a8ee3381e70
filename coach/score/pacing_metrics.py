"""The numbers of delivery, each with its method, or why there is none."""

from __future__ import annotations

from coach.language import Language
from coach.score.bands import Bands
from coach.score.intervals import length
from coach.score.made_metric import NO_WORD_TIMES, Confidence, made_metric, per_100, rounded, verdict_of
from coach.score.measured import Measured
from coach.score.pace import Pace
from coach.score.scorecard import Metric, Text
from coach.score.silence_metrics import silence_metrics
from coach.score.units import with_unit
from coach.score.wording import NO_WORDS, NOTHING_SAID, TOO_SHORT, both

_WIDEST = 100.0
"""Upper edge of a band that has only a lower one, in percent."""

_NO_VOICED = both("记录里没有词的时间或有声时长", "The record holds neither word times nor voiced time")
_FEW_WINDOWS = both("窗口不足 3 个", "Fewer than three windows")
_NO_NUMBERS = both("没有说到三个音节以上的数字", "No figure of three syllables or more was said")


def pacing_metrics(measured: Measured, bands: Bands, language: Language) -> list[Metric]:
    """Return every metric of delivery, always the same ones in the same order."""
    syllables = sum(language.syllables(item.text) for item in measured.timeline.worded)
    return [
        *_rates(measured, bands, language),
        _number_rate(measured, bands),
        _runaways(measured, bands),
        *silence_metrics(measured, syllables),
        *_words(measured, bands, language, syllables),
    ]


# --- rate ------------------------------------------------------------------------------------------------------


def _rates(measured: Measured, bands: Bands, language: Language) -> list[Metric]:
    pace, unit, band = measured.pace, f"{language.unit}/min", bands.rate(None)
    rate, articulation, spread = pace.median_rate(), pace.median_articulation(), pace.spread()
    missing = measured.reason or TOO_SHORT
    source = measured.speech.source
    return [
        made_metric(
            "speaking_rate",
            both("语速", "Speaking rate"),
            rounded(rate),
            unit,
            both(
                "30 秒窗口（每 10 秒一个）的中位数：字数 ÷ 窗口内首尾语音之间的时间，"
                "扣除观众说话、没听清的话和声明过的演示静默；区间" + _OWN_ZH[bands.own is not None],
                "Median of 30 s windows, one every 10 s: units over the time from first to last speech, "
                "viewers' voices, speech without known words and declared demonstrations taken out; band "
                + _OWN_EN[bands.own is not None],
            ),
            missing,
            band=band.green,
            verdict=verdict_of(rate, band.green),
        ),
        made_metric(
            "articulation_rate",
            both("吐字速度", "Articulation rate"),
            rounded(articulation),
            unit,
            both(f"字数 ÷ 有声时间（{source.zh}）", f"Units over voiced time ({source.en})"),
            measured.reason or _NO_VOICED,
        ),
        made_metric(
            "syllable_rate",
            both("每秒音节", "Syllables a second"),
            _syllable_rate(measured, language),
            "/s",
            both(
                f"音节 ÷ 有声时间（{source.zh}），中英文混说也能比",
                f"Syllables over voiced time ({source.en}); compares across languages",
            ),
            measured.reason or _NO_VOICED,
        ),
        _variation(spread, pace, bands, unit, measured.reason or _FEW_WINDOWS),
    ]


_OWN_ZH = {True: "一半取自你自己的常速", False: "是行业默认值"}
_OWN_EN = {True: "half your own usual pace", False: "the trade's default"}


def _syllable_rate(measured: Measured, language: Language) -> float | None:
    speech = measured.speech
    if not measured.is_timed or not speech.is_articulated or not speech.pieces:
        return None
    voiced = length(speech.worded) if speech.is_measured else sum(piece.voiced_sec or 0.0 for piece in speech.pieces)
    syllables = sum(language.syllables(item.text) for item in measured.timeline.voiced)
    return round(syllables / voiced, 2) if voiced > 0 else None


def _variation(spread: tuple[float, float] | None, pace: Pace, bands: Bands, unit: str, reason: Text) -> Metric:
    percent = None if spread is None else round(100 * spread[1], 1)
    least = round(100 * bands.pack.monotone_below, 1)
    enough = len(pace.judged()) >= bands.pack.monotone_windows
    deviation = with_unit(f"{spread[0]:.0f}", unit) if spread else both("-", "-")
    return made_metric(
        "rate_variation",
        both("语速变化", "Rate variation"),
        percent,
        "%",
        both(
            f"各窗口语速的标准差（{deviation.zh}）÷ 平均值；低于 {least:g}% 就是一个速度到底",
            f"Standard deviation of the windows ({deviation.en}) over their mean; under {least:g}% is flat",
        ),
        reason,
        band=(least, _WIDEST),
        verdict=verdict_of(percent, (least, _WIDEST)) if enough else "none",
        confidence="medium" if enough else "low",
    )


def _number_rate(measured: Measured, bands: Bands) -> Metric:
    rate, limit = measured.numbers.median_rate(), bands.pack.number_syllables_per_sec
    count, fast = len(measured.numbers.phrases), len(measured.numbers.over(limit))
    reason = measured.reason if not measured.is_timed else None
    return made_metric(
        "number_rate",
        both("数字语速", "Rate of figures"),
        None if rate is None else round(rate, 2),
        "/s",
        both(
            f"价格、尺寸、日期这些数字每秒几个音节（按词的时间），中位数；{count} 处里 {fast} 处超过 {limit:g}",
            f"Syllables a second of prices, sizes and dates, by word times, median; {fast} of {count} over {limit:g}",
        ),
        reason or (_NO_NUMBERS if measured.has_word_times else NO_WORD_TIMES),
        band=(0.0, limit),
        verdict=verdict_of(rate, (0.0, limit)),
    )


def _runaways(measured: Measured, bands: Bands) -> Metric:
    limits, pace = bands.pack.runaway, measured.pace
    own = bands.own.median_rate if bands.own else None
    known = len(pace.rates()) >= limits.windows
    runs = pace.runaways(own, limits.windows, limits.over) if known else []
    over = round(100 * (limits.over - 1))
    return made_metric(
        "runaways",
        both("越说越快", "Running away"),
        len(runs) if known else None,
        "×",
        both(
            f"连续 {limits.windows} 个窗口一个比一个快，最后比自己的中位数快 {over}% 以上",
            f"{limits.windows} windows in a row each faster than the last, ending {over}% over the own median",
        ),
        measured.reason or _FEW_WINDOWS,
        band=(0, 0),
        verdict="high" if runs else "in_band",
    )


# --- words -----------------------------------------------------------------------------------------------------


def _words(measured: Measured, bands: Bands, language: Language, syllables: int) -> list[Metric]:
    band, per_minute, count = bands.fillers(), measured.per_minute, len(measured.fillers.uses)
    words = ", ".join(f"{word} ×{times}" for word, times in measured.fillers.top())
    spoken = length(measured.speech.worded)
    hedges = sum(len(language.hedges(item.text)) for item in measured.timeline.voiced)
    confidence: Confidence = "medium" if measured.is_transcript else "low"
    at_least = both(
        "至少这么多：语音识别会漏掉一些。" + (f"最多的是 {words}" if words else ""),
        "At least: recognisers drop some." + (f" Most: {words}" if words else ""),
    )
    return [
        made_metric(
            "fillers_per_min",
            both("口头语", "Fillers"),
            rounded(per_minute),
            "/min",
            at_least,
            measured.reason or NO_WORDS,
            band=band.green,
            verdict=verdict_of(per_minute, band.green),
            confidence=confidence,
        ),
        made_metric(
            "fillers_per_100",
            both("口头语密度", "Density of fillers"),
            per_100(count, syllables),
            "/100",
            both(f"每 100 个音节，共 {count} 个。{at_least.zh}", f"Per 100 syllables, {count} in all. {at_least.en}"),
            NO_WORDS if measured.timeline.spoken else NOTHING_SAID,
            confidence=confidence,
        ),
        made_metric(
            "hedges_per_min",
            both("含糊词", "Hedges"),
            round(60 * hedges / spoken, 1) if measured.is_timed and spoken >= 5 else None,
            "/min",
            both(
                "可能、好像、应该吧这类把话说软的词，不算口头语",
                'Words that take certainty away (maybe, "I guess"); no fillers',
            ),
            measured.reason or NO_WORDS,
            confidence=confidence,
        ),
    ]
