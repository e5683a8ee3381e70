"""Numbers on structure and rhythm, each with its reason where it cannot be measured."""

from __future__ import annotations

from typing import Literal

from coach.score.cadence import (
    CALLS_CLOSE,
    CALLS_EXPLAIN,
    LINKS_CLOSE,
    Gap,
    Overused,
    QuickPass,
    Rate,
)
from coach.score.scorecard import Metric, Text
from coach.score.structure import CORE, MUST, Structure
from coach.score.wording import NO_WORDS, NOTHING_SAID, UNTIMED, both

Verdict = Literal["in_band", "low", "high", "none"]
BRIEF = both("这次不到一分钟，看不出结构和节奏。", "Less than a minute: too little to see a structure or a rhythm.")
DRILL = both("这是单项练习，不看整场的结构。", "This is a drill; the structure of a whole pitch is not looked at.")
_NO_PHASE = both("这个环节不到半分钟。", "This phase took less than half a minute.")
_NO_SWITCH = both("这次没有换品。", "No other product was turned to.")


def stages_metric(structure: Structure, reason: Text | None) -> Metric:
    """Return how many of the core stages came."""
    shown = [name for name in CORE if structure.stage(name)]
    return Metric(
        id="stages",
        name=both("核心环节", "Core stages"),
        panel="skill",
        value=None if reason else len(shown),
        unit=f"/{len(CORE)}",
        band=(len(CORE), len(CORE)),
        verdict="none" if reason else "in_band" if len(shown) == len(CORE) else "low",
        not_measured=reason,
        method=both("开场、塑品、报价、逼单，按提示语识别", "Welcome, value, price and close, told by cue words"),
        confidence="medium",
    )


def complete_metric(structure: Structure, reason: Text | None) -> Metric:
    """Return the share of what the shown stages must contain that was in them."""
    of = sum(len(MUST[stage.name]) for stage in structure.stages)
    held = of - sum(len(stage.missing) for stage in structure.stages)
    core = any(structure.stage(name) for name in CORE)
    reason = reason or (None if of and core else both("没有听出核心环节。", "No core stage was recognised."))
    return _metric(
        "stage_content",
        both("环节内容完整度", "What the stages held"),
        round(100 * held / of, 1) if of else None,
        "%",
        reason,
        both(f"该有的 {of} 项里有 {held} 项", f"{held} of {of} things that belong in the stages shown"),
    )


def gap_metric(name: str, title: Text, gap: Gap, most: float, reason: Text | None, *, timed: bool) -> Metric:
    """Return the longest stretch without something, seconds."""
    reason = reason or (None if timed else UNTIMED)
    return _metric(
        name,
        title,
        round(gap.sec, 1),
        "s",
        reason,
        both(f"两次之间最长的间隔，建议不超过 {most:.0f} 秒", f"Longest stretch between two; {most:.0f} s at most"),
        band=(0, most),
    )


def prompts_metric(structure: Structure, minutes: float | None, reason: Text | None) -> Metric:
    """Return how often viewers were asked for something, a minute."""
    count = sum(bool(turn.hits["prompt"]) for turn in structure.turns)
    reason = reason or (None if minutes else UNTIMED)
    return _metric(
        "interaction_prompts",
        both("互动引导", "Prompts to viewers"),
        round(count / minutes, 2) if minutes else None,
        "/min",
        reason,
        both(f"请观众回答或做点什么的句数，共 {count} 句", f"Utterances asking viewers to answer or act: {count}"),
    )


def rate_metric(phase: str, rate: Rate, reason: Text | None, *, timed: bool) -> Metric:
    """Return calls to order a minute in a phase."""
    reason = reason or (None if timed else UNTIMED) or (None if rate.per_minute is not None else _NO_PHASE)
    close = phase == "close"
    return _metric(
        f"calls_{phase}",
        both("逼单时的下单引导", "Calls to order while closing")
        if close
        else both("塑品时的下单引导", "Calls to order while explaining"),
        rate.per_minute,
        "/min",
        reason,
        both(f"逼单时每分钟至少 {CALLS_CLOSE:g} 次", f"At least {CALLS_CLOSE:g} a minute while closing")
        if close
        else both(f"塑品时每分钟最多 {CALLS_EXPLAIN:g} 次", f"At most {CALLS_EXPLAIN:g} a minute while explaining"),
        band=(CALLS_CLOSE, 99) if close else (0, CALLS_EXPLAIN),
    )


def calls_metric(structure: Structure, reason: Text | None) -> Metric:
    """Return the calls to order, in all."""
    return _metric(
        "calls_to_order",
        both("下单引导", "Calls to order"),
        sum(turn.calls for turn in structure.turns),
        "×",
        reason,
        both("请观众下单、点链接或购物车的句数", "Utterances that ask to order or to open link or cart"),
    )


def links_metric(count: int, closed: bool, reason: Text | None) -> Metric:
    """Return how often the link's number was said while closing."""
    return _metric(
        "link_number",
        both("逼单时报链接号", "Link number while closing"),
        count,
        "×",
        reason or (None if closed else _NO_PHASE),
        both(f"逼单时至少报 {LINKS_CLOSE} 次", f"At least {LINKS_CLOSE} times while closing"),
        band=(LINKS_CLOSE, 99),
    )


def overused_metric(found: Overused | None, reason: Text | None) -> Metric:
    """Return the share of utterances with the phrase that is most overused."""
    return _metric(
        "overused_phrase",
        both("同一句话用得太多", "One phrase, too often"),
        round(100 * found.share, 1) if found else 0.0,
        "%",
        reason,
        both(f"“{found.words}”出现在 {len(found.turns)} 句里", f"“{found.words}” is in {len(found.turns)} utterances")
        if found
        else both(
            "没有哪句话超过四分之一的句子或每分钟 6 次", "No phrase is in over a quarter of utterances or over 6/min"
        ),
        band=(0, 25),
    )


def quick_pass_metric(found: QuickPass | None, reason: Text | None) -> Metric:
    """Return the seconds before the first turn to another product."""
    reason = reason or (None if found else _NO_SWITCH) or (None if found and found.sec is not None else UNTIMED)
    value = round(found.sec, 1) if found and found.sec is not None else None
    return _metric(
        "before_switch",
        both("换品前讲了多久", "Time before switching"),
        value,
        "s",
        reason,
        both(
            "换品前至少 60 秒、2 个卖点（防快速过款）", "At least 60 s and 2 points before switching (quick-pass guard)"
        ),
        band=(60, 86_400),
    )


def no_words(spoken: bool, worded: bool) -> Text | None:
    """Return why nothing can be said about words, if so."""
    return None if worded else NO_WORDS if spoken else NOTHING_SAID


def _metric(
    name: str,
    title: Text,
    value: float | None,
    unit: str,
    reason: Text | None,
    method: Text,
    *,
    band: tuple[float, float] | None = None,
) -> Metric:
    shown = None if reason else value
    return Metric(
        id=name,
        name=title,
        panel="skill",
        value=shown,
        unit=unit,
        band=band,
        verdict=_verdict(shown, band),
        not_measured=reason if shown is None else None,
        method=method,
        confidence="medium",
    )


def _verdict(value: float | None, band: tuple[float, float] | None) -> Verdict:
    if value is None or band is None:
        return "none"
    return "low" if value < band[0] else "high" if value > band[1] else "in_band"
