"""The numbers of silence: dead air, pauses by class and place, hesitations."""

from __future__ import annotations

from coach.score.made_metric import NO_WORD_TIMES, Verdict, made_metric, per_100, rounded
from coach.score.measured import Measured
from coach.score.scorecard import Metric
from coach.score.wording import NO_WORDS, NOTHING_SAID, both


def silence_metrics(measured: Measured, syllables: int) -> list[Metric]:
    """Return dead air, pauses and hesitations, always the same metrics in the same order.

    Args:
        measured: All measures of the rehearsal.
        syllables: Spoken in it.
    """
    return [*_dead_air(measured), *_pauses(measured, syllables)]


def _dead_air(measured: Measured) -> list[Metric]:
    found, duration = measured.silence.dead_air, measured.timeline.duration_sec
    known = measured.is_timed
    reason = measured.reason or NOTHING_SAID
    longest, total = max((item.sec for item in found), default=None), sum(item.sec for item in found)
    verdict: Verdict = "high" if found else "in_band"
    return [
        made_metric(
            "dead_air",
            both("冷场次数", "Dead air"),
            len(found) if known else None,
            "×",
            both(
                "≥3 秒的静默；观众在说话、暂停、声明过的演示、设备故障、开场 5 秒、压力事件后 3 秒都不算",
                "Silences of 3 s and more; viewers talking, pauses, declared demonstrations, device faults, "
                "the first 5 s and 3 s after pressure are exempt",
            ),
            reason,
            band=(0, 0),
            verdict=verdict,
            confidence="high",
        ),
        made_metric(
            "dead_air_per_10min",
            both("每 10 分钟冷场", "Dead air per 10 minutes"),
            round(600 * len(found) / duration, 1) if known and duration > 0 else None,
            "/10 min",
            both("冷场次数按 10 分钟折算", "Silences of 3 s and more, per 10 minutes of rehearsal"),
            reason,
            band=(0, 0),
            verdict=verdict,
            confidence="high",
        ),
        made_metric(
            "dead_air_share",
            both("冷场占比", "Share of dead air"),
            round(100 * total / duration, 1) if known and duration > 0 else None,
            "%",
            both("冷场时间 ÷ 总时长", "Seconds of dead air over the whole time"),
            reason,
            band=(0, 0),
            verdict=verdict,
            confidence="high",
        ),
        made_metric(
            "longest_dead_air",
            both("最长冷场", "Longest dead air"),
            rounded(longest),
            "s",
            both("同上", "As above"),
            both("没有冷场", "There was none") if known else reason,
            confidence="high",
        ),
    ]


def _pauses(measured: Measured, syllables: int) -> list[Metric]:
    silence, source = measured.silence, measured.speech.source
    pause = silence.median_pause()
    words = measured.has_word_times
    inside = sum(item.place == "inside" for item in silence.placed)
    deliberate = sum(item.is_deliberate for item in silence.placed)
    reason = measured.reason or NO_WORDS
    is_worded = measured.is_timed and bool(measured.timeline.worded)
    return [
        made_metric(
            "pause_median",
            both("停顿中位数", "Median pause"),
            None if pause is None else round(pause, 2),
            "s",
            both(
                f"短 {silence.count('brief')}、中 {silence.count('medium')}、长 {silence.count('long')} 次"
                f"（界线 0.2 和 1 秒；{source.zh}）",
                f"{silence.count('brief')} brief, {silence.count('medium')} medium, {silence.count('long')} long "
                f"(limits 0.2 and 1 s; {source.en})",
            ),
            both("没有 0.2 秒以上的停顿", "No pause of 0.2 s or more") if measured.is_timed else reason,
        ),
        made_metric(
            "pauses_inside",
            both("句中停顿", "Pauses inside clauses"),
            per_100(inside, syllables) if is_worded and words else None,
            "/100",
            both(
                f"每 100 个音节里停在句子中间 ≥0.25 秒的次数；停在句末 {len(silence.placed) - inside} 次，"
                f"其中有意停顿（1.5-3 秒，接着说得顺）{deliberate} 次",
                f"Silences of 0.25 s and more inside a clause, per 100 syllables; {len(silence.placed) - inside} stood "
                f"at the end of one, {deliberate} of them deliberate (1.5 to 3 s, then fluent speech)",
            ),
            reason if not is_worded else NO_WORD_TIMES,
            confidence="low",
        ),
        made_metric(
            "hesitations",
            both("卡壳", "Hesitations"),
            per_100(silence.hesitations, syllables) if is_worded else None,
            "/100",
            both(
                f"句子中间 ≥1.2 秒、旁边有口头语、重复或拖长的静默，共 {silence.hesitations} 次，每 100 个音节"
                + ("" if words else "；没有每个词的时间，只看得到两句话之间的"),
                f"Silences of 1.2 s inside a clause beside a filler, a repeat or a drawn-out syllable, "
                f"{silence.hesitations} in all, per 100 syllables"
                + ("" if words else "; without word times only those between utterances are seen"),
            ),
            reason,
            confidence="medium" if words else "low",
        ),
    ]
