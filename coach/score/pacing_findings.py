"""What delivery shows, each with the place where it can be heard."""

from __future__ import annotations

from coach.language import Language
from coach.score.bands import Band, Bands
from coach.score.fillers import Fillers
from coach.score.pace import Pace
from coach.score.scorecard import Evidence, Finding, PaceWindow
from coach.score.silence import DeadAir, Silence
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import both, clock, seconds, shorten

_MOST = 3
"""Dead-air findings listed; the metric counts all."""
_STEADY_SHARE = 0.7
"""Share of windows inside the band that is a strength."""


def pacing_findings(
    timeline: Timeline,
    pace: Pace,
    silence: Silence,
    fillers: Fillers,
    per_minute: float | None,
    bands: Bands,
    language: Language,
) -> list[Finding]:
    """Return findings on rate, silence and fillers."""
    found = [_dead_air(item, timeline, at) for at, item in enumerate(_longest(silence))]
    found += [finding for finding in (_rate(timeline, pace, language), _steady(timeline, pace, language)) if finding]
    filler = _fillers(fillers, per_minute, bands.fillers())
    return [*found, filler] if filler else found


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
    quote = shorten(before.text[-40:]) if before else ""
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
            f"{clock(window.start)} 前后说得偏{'快' if fast else '慢'}：{rate:.0f} {language.unit}/分",
            f"{'Fast' if fast else 'Slow'} around {clock(window.start)}: {rate:.0f} {language.unit} a minute",
        ),
        detail=both(
            f"这一段的舒服区间是 {low:.0f}-{high:.0f}。{len(outside)} 个窗口超出了黄线。",
            f"The easy range here is {low:.0f}-{high:.0f}. {len(outside)} window(s) lay outside amber.",
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
    window, rate, _ = good[0]
    return Finding(
        id="pacing.steady",
        rule="pacing.steady",
        panel="skill",
        tone="strength",
        title=both("语速稳", "A steady pace"),
        detail=both(
            f"{len(rates)} 个窗口里有 {len(good)} 个在舒服区间，"
            f"比如 {clock(window.start)} 的 {rate:.0f} {language.unit}/分。",
            f"{len(good)} of {len(rates)} windows were in the easy range, such as {rate:.0f} {language.unit} a minute "
            f"at {clock(window.start)}.",
        ),
        evidence=_in_window(timeline, window),
        weight=0.4 + 0.2 * len(good) / len(rates),
    )


def _is_green(rate: float, band: Band) -> bool:
    return band.green[0] <= rate <= band.green[1]


def _fillers(fillers: Fillers, per_minute: float | None, band: Band) -> Finding | None:
    if per_minute is None or per_minute <= band.green[1]:
        return None
    top = fillers.top()
    uses = [use for word, _ in top if (use := fillers.first_of(word))]
    words_zh = "、".join(f"“{word}” {count} 次" for word, count in top)
    words_en = ", ".join(f'"{word}" {count}×' for word, count in top)
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
        evidence=[use.spoken.evidence() for use in uses],
        weight=min(0.6, 0.3 + 0.04 * per_minute),
    )
