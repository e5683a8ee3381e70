"""What delivery shows, each with the place where it can be heard."""

from __future__ import annotations

from coach.language import Language
from coach.score.bands import Band, Bands
from coach.score.fillers import Fillers
from coach.score.measured import Measured
from coach.score.number_pace import NumberPace
from coach.score.pace import Pace
from coach.score.scorecard import Evidence, Finding, PaceWindow
from coach.score.silence import DeadAir, Silence
from coach.score.timeline import Spoken, Timeline
from coach.score.units import a_minute, counted
from coach.score.wording import both, clock, ending, seconds

_MOST = 3
"""Dead-air findings listed; the metric counts all."""
_TAIL = 40
"""Characters quoted of what was said before a silence."""
_MANY_HESITATIONS = 3
"""From here on they are remarked on. This project's own."""
_STEADY_SHARE = 0.7
"""Share of windows inside the band that is a strength."""


def pacing_findings(measured: Measured, bands: Bands, language: Language) -> list[Finding]:
    """Return findings on rate, silence, figures and fillers."""
    timeline, pace, silence = measured.timeline, measured.pace, measured.silence
    found: list[Finding | None] = [_dead_air(item, timeline, at) for at, item in enumerate(_longest(silence))]
    found += [_rate(timeline, pace, language), _steady(timeline, pace, language)]
    found += [_monotone(timeline, pace, bands, language), _runaway(timeline, pace, bands, language)]
    found += [_numbers(measured.numbers, bands), _hesitation(silence, timeline)]
    found.append(_fillers(measured.fillers, measured.per_minute, bands.fillers()))
    return [finding for finding in found if finding is not None]


def _longest(silence: Silence) -> list[DeadAir]:
    chosen = sorted(silence.dead_air, key=lambda item: -item.sec)[:_MOST]
    return sorted(chosen, key=lambda item: item.start)


def _dead_air(item: DeadAir, timeline: Timeline, number: int) -> Finding:
    before = next((spoken for spoken in reversed(timeline.voiced) if spoken.end <= item.start + 0.5), None)
    weights = {"amber": 0.35, "red": 0.6, "critical": 0.8}
    return Finding(
        id=f"pacing.dead_air.{number + 1}",
        rule="pacing.dead_air",
        panel="skill",
        tone="practise" if item.level != "amber" else "neutral",
        title=both(
            f"{clock(item.start)} 安静了 {seconds(item.sec)} 秒",
            f"{seconds(item.sec)} s of silence at {clock(item.start)}",
        ),
        detail=both(
            "这段时间没有人说话，刚进来的人会以为没开播。",
            "Nobody spoke; somebody just coming in may think the room is empty.",
        ),
        evidence=[_before_silence(item, before)],
        weight=weights[item.level],
    )


def _before_silence(item: DeadAir, before: Spoken | None) -> Evidence:
    quote = ending(before.text, _TAIL) if before else ""
    return Evidence(
        quote=quote,
        start=item.start,
        end=item.end,
        speaker="streamer" if before else "room",
        seq=before.seq if before else None,
    )


def _rate(timeline: Timeline, pace: Pace, language: Language) -> Finding | None:
    """Return the window furthest outside its band, if any is outside amber."""
    outside = [
        (window, rate, band) for window, rate, band in pace.judged() if not band.amber[0] <= rate <= band.amber[1]
    ]
    if not outside:
        return None
    window, rate, band = min(outside, key=lambda item: item[2].fit(item[1]))
    fast = rate > band.green[1]
    low, high = band.green
    share = len(outside) / len(pace.rates())
    return Finding(
        id="pacing.rate",
        rule="pacing.too_fast" if fast else "pacing.too_slow",
        panel="skill",
        tone="practise",
        title=both(
            f"{clock(window.start)} 前后说得偏{'快' if fast else '慢'}：{rate:.0f} {a_minute(language.unit).zh}",
            f"{'Fast' if fast else 'Slow'} around {clock(window.start)}: {rate:.0f} {a_minute(language.unit).en}",
        ),
        detail=both(
            f"这一段的舒服区间是 {low:.0f}-{high:.0f}。{len(outside)} 个窗口超出了黄线。",
            f"The easy range here is {low:.0f}-{high:.0f}. {counted(len(outside), 'window')} lay outside amber.",
        ),
        evidence=_in_window(timeline, window),
        weight=min(0.75, 0.4 + 0.5 * share),
    )


def _in_window(timeline: Timeline, window: PaceWindow) -> list[Evidence]:
    inside = [
        item for item in timeline.voiced if item.start < window.end and item.end > window.start and item.text.strip()
    ]
    longest = max(inside, key=lambda item: item.end - item.start, default=None)
    return [longest.evidence()] if longest else []


def _steady(timeline: Timeline, pace: Pace, language: Language) -> Finding | None:
    rates = pace.rates()
    good = [(window, rate, band) for window, rate, band in rates if _is_green(rate, band)]
    if len(rates) < 2 or len(good) < _STEADY_SHARE * len(rates):
        return None
    (window, rate, _), unit = good[0], a_minute(language.unit)
    return Finding(
        id="pacing.steady",
        rule="pacing.steady",
        panel="skill",
        tone="strength",
        title=both("语速合适", "A comfortable pace"),
        detail=both(
            f"{len(rates)} 个窗口里有 {len(good)} 个在舒服区间，比如 {clock(window.start)} 的 {rate:.0f} {unit.zh}。",
            f"{len(good)} of {len(rates)} windows were in the easy range, such as {rate:.0f} {unit.en} "
            f"at {clock(window.start)}.",
        ),
        evidence=_in_window(timeline, window),
        weight=0.4 + 0.2 * len(good) / len(rates),
    )


def _monotone(timeline: Timeline, pace: Pace, bands: Bands, language: Language) -> Finding | None:
    spread, judged = pace.spread(), pace.judged()
    if spread is None or len(judged) < bands.pack.monotone_windows or spread[1] >= bands.pack.monotone_below:
        return None
    rates = [rate for _, rate, _ in judged]
    return Finding(
        id="pacing.monotone",
        rule="pacing.monotone",
        panel="skill",
        tone="neutral",
        title=both("一个速度讲到底", "One speed throughout"),
        detail=both(
            f"{len(rates)} 个窗口都在 {min(rates):.0f}-{max(rates):.0f} {a_minute(language.unit).zh}，"
            f"起伏只有 {100 * spread[1]:.1f}%。"
            "报价慢一点、逼单快一点，听的人才知道哪里重要。",
            f"All {len(rates)} windows lay within {min(rates):.0f}-{max(rates):.0f} {a_minute(language.unit).en}, "
            f"{100 * spread[1]:.1f}% apart. Slower at the price and quicker at the close shows what matters.",
        ),
        evidence=_in_window(timeline, judged[0][0]),
        weight=0.25,
    )


def _runaway(timeline: Timeline, pace: Pace, bands: Bands, language: Language) -> Finding | None:
    limits = bands.pack.runaway
    runs = pace.runaways(bands.own.median_rate if bands.own else None, limits.windows, limits.over)
    if not runs:
        return None
    worst = max(runs, key=lambda run: run[-1].speaking_rate or 0.0)
    first, last = worst[0].speaking_rate or 0.0, worst[-1].speaking_rate or 0.0
    return Finding(
        id="pacing.runaway",
        rule="pacing.runaway",
        panel="skill",
        tone="practise",
        title=both(
            f"{clock(worst[0].start)} 起越说越快：{first:.0f} → {last:.0f} {a_minute(language.unit).zh}",
            f"Faster and faster from {clock(worst[0].start)}: {first:.0f} → {last:.0f} {a_minute(language.unit).en}",
        ),
        detail=both(
            f"连着 {len(worst)} 个窗口一个比一个快，最后比你的中位数快了四分之一以上。",
            f"{len(worst)} windows in a row were each faster than the last, ending a quarter over your median.",
        ),
        evidence=_in_window(timeline, worst[-1]),
        weight=0.45,
    )


def _numbers(numbers: NumberPace, bands: Bands) -> Finding | None:
    limit, rate = bands.pack.number_syllables_per_sec, numbers.median_rate()
    fast = numbers.over(limit)
    if rate is None or len(fast) < 2 or 2 * len(fast) < len(numbers.phrases):
        return None
    said = fast[0]
    return Finding(
        id="pacing.numbers_fast",
        rule="pacing.numbers_fast",
        panel="skill",
        tone="practise",
        title=both(
            f"数字说得太快：“{said.span.text}”每秒 {said.rate:.1f} 个音节",
            f"Figures said too fast: “{said.span.text}” at {said.rate:.1f} syllables a second",
        ),
        detail=both(
            f"{len(numbers.phrases)} 处价格、尺寸、日期里有 {len(fast)} 处超过每秒 {limit:g} 个音节，听的人来不及记。",
            f"{len(fast)} of {len(numbers.phrases)} prices, sizes and dates ran over {limit:g} syllables a second; "
            "nobody can take them in.",
        ),
        evidence=[
            item.spoken.evidence().model_copy(update={"start": round(item.start, 2), "end": round(item.end, 2)})
            for item in fast[:_MOST]
        ],
        weight=0.4,
    )


def _hesitation(silence: Silence, timeline: Timeline) -> Finding | None:
    found = sorted((item for item in silence.placed if item.is_hesitation), key=lambda item: item.start - item.end)
    if len(found) < _MANY_HESITATIONS:
        return None
    before = next((item for item in reversed(timeline.voiced) if item.start <= found[0].start), None)
    return Finding(
        id="pacing.hesitation",
        rule="pacing.hesitation",
        panel="skill",
        tone="neutral",
        title=both(f"句子中间卡住 {len(found)} 次", f"Stuck inside a sentence {len(found)} times"),
        detail=both(
            f"最长的一次停了 {seconds(found[0].sec)} 秒，旁边还有口头语、重复或拖长的音。",
            f"The longest lasted {seconds(found[0].sec)} s, beside a filler, a repeat or a drawn-out syllable.",
        ),
        evidence=[before.evidence()] if before else [],
        weight=0.3,
    )


def _is_green(rate: float, band: Band) -> bool:
    return band.green[0] <= rate <= band.green[1]


def _fillers(fillers: Fillers, per_minute: float | None, band: Band) -> Finding | None:
    if per_minute is None or per_minute <= band.green[1]:
        return None
    top = fillers.top()
    uses = [use for word, _ in top if (use := fillers.first_of(word))]
    words_zh = "、".join(f"“{word}” {count} 次" for word, count in top)
    words_en = ", ".join(f"“{word}” {count}×" for word, count in top)
    return Finding(
        id="pacing.fillers",
        rule="pacing.fillers",
        panel="skill",
        tone="practise" if per_minute > band.amber[1] else "neutral",
        title=both(f"口头语每分钟 {per_minute:.1f} 个", f"{per_minute:.1f} fillers a minute"),
        detail=both(
            f"最多的是{words_zh}。有几个没关系，密了才会盖住卖点。",
            f"Most: {words_en}. A few are human; many cover the point.",
        ),
        evidence=[use.evidence() for use in uses],
        weight=min(0.6, 0.3 + 0.04 * per_minute),
    )
