"""What structure and rhythm show, each with the words that show it."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.bands import Bands
from coach.score.cadence import (
    CALLS_CLOSE,
    CALLS_EXPLAIN,
    LINKS_CLOSE,
    PROMPT_SEC,
    QUICK_POINTS,
    WELCOME_SEC,
    Gap,
    Overused,
    QuickPass,
    Rate,
)
from coach.score.scorecard import Evidence, Finding, Text, Tone
from coach.score.structure import CORE, Structure, Turn
from coach.score.structure_words import ITEMS, NAMES, joined
from coach.score.timeline import Timeline
from coach.score.units import counted
from coach.score.wording import both, clock, seconds

_LATE_SEC = 30.0
"""How far a stage may begin from its planned time before it is remarked on. A design default."""
_KINDS = {"hook": ("welcome", "hook"), "explain": ("value",), "price": ("price",), "close": ("close",), "qa": ("qa",)}
"""Kinds of authored stages → stages as they are heard."""


def structure_findings(structure: Structure) -> list[Finding]:
    """Return findings on which stages came, in what order, and what they were short of."""
    absent = [name for name in CORE if not structure.stage(name)]
    found = [_absent(absent, structure)] if absent else [_whole(structure)]
    early = _price_first(structure)
    short = _short(structure)
    return [*found, *([early] if early else []), *([short] if short else [])]


def _finding(rule: str, tone: Tone, title: Text, detail: Text, evidence: Sequence[Evidence], weight: float) -> Finding:
    return Finding(
        id=rule,
        rule=rule,
        panel="skill",
        tone=tone,
        title=title,
        detail=detail,
        evidence=list(evidence),
        weight=weight,
    )


def _quotes(turns: Sequence[Turn], most: int = 1) -> list[Evidence]:
    return [turn.spoken.evidence() for turn in turns[:most]]


def _absent(names: Sequence[str], structure: Structure) -> Finding:
    zh, en = joined([NAMES[name] for name in names])
    return _finding(
        "structure.absent",
        "practise" if len(names) > 1 else "neutral",
        both(f"没听到的环节：{zh}", f"Stages that did not come: {en}"),
        both(
            "一轮完整的讲解至少有开场、塑品、报价和逼单。",
            "A whole round has at least a welcome, a build-up of value, a price and a close.",
        ),
        _quotes(structure.turns),
        0.3 + 0.1 * len(names),
    )


def _whole(structure: Structure) -> Finding:
    turns = [stage.turns[0] for stage in structure.stages if stage.name in CORE]
    return _finding(
        "structure.whole",
        "strength",
        both("四个核心环节都讲到了", "All four core stages came"),
        both("开场、塑品、报价、逼单都有，观众跟得上。", "Welcome, value, price and close: easy to follow."),
        _quotes(turns, 2),
        0.45,
    )


def _price_first(structure: Structure) -> Finding | None:
    """Return a finding if the price came before anything that makes it worth it."""
    price, value = structure.stage("price"), structure.stage("value")
    if price is None or value is None or price.turns[0].answers:
        return None
    if price.turns[0].spoken.start >= value.turns[0].spoken.start or not price.turns[0].price:
        return None
    return _finding(
        "structure.price_first",
        "neutral",
        both("还没讲价值就报了价", "The price came before its worth"),
        both(
            "先让观众知道好在哪里，再报价，价格才有得比。",
            "Say first what it is worth; then the price has something to be compared with.",
        ),
        _quotes(price.turns),
        0.35,
    )


def _short(structure: Structure) -> Finding | None:
    """Return the stage that lacks most of what belongs in it."""
    lacking = [stage for stage in structure.stages if stage.missing and stage.name in (*CORE, "hook", "proof")]
    if not lacking:
        return None
    worst = max(lacking, key=lambda stage: (len(stage.missing), stage.name in CORE, -stage.turns[0].spoken.start))
    zh, en = joined([ITEMS[item] for item in worst.missing])
    name = NAMES[worst.name]
    return _finding(
        f"structure.{worst.name}_short",
        "practise" if worst.name in CORE and worst.name != "welcome" else "neutral",
        both(f"{name.zh}还差：{zh}", f"{name.en}: still missing {en}"),
        both("这个环节听到了，补上这几样就完整了。", "The stage was heard; these would make it whole."),
        _quotes(worst.turns),
        0.3 + 0.05 * len(worst.missing),
    )


# --- against the author's plan ---------------------------------------------------------------------------------


def plan_findings(structure: Structure, timeline: Timeline, bands: Bands) -> list[Finding]:
    """Return where a stage began well before or after the time that the scenario plans for it."""
    found: list[Finding] = []
    for start, planned in timeline.stages:
        heard = [structure.stage(name) for name in _KINDS.get(bands.kind(planned), ())]
        first = min((stage.turns[0].spoken for stage in heard if stage), key=lambda spoken: spoken.start, default=None)
        if first is None:
            continue
        off = first.start - start
        if off > _LATE_SEC:
            found.append(_off_plan(planned, off, first.evidence()))
    return found[:1]


def _off_plan(planned: str, off: float, quote: Evidence) -> Finding:
    return _finding(
        "structure.late",
        "neutral",
        both(f"“{planned}”比计划晚了 {seconds(off)} 秒", f"“{planned}” began {seconds(off)} s later than planned"),
        both("前面的环节可以再紧一点。", "The stages before it can be tighter."),
        [quote],
        0.3,
    )


# --- rhythm ----------------------------------------------------------------------------------------------------


def gap_finding(rule: str, gap: Gap, most: float, title: Text, detail: Text) -> Finding | None:
    """Return a finding if a stretch without something was too long. Titles hold `{at}` and `{sec}`."""
    if gap.sec <= most or gap.turn is None:
        return None
    at, sec = clock(gap.start), seconds(gap.sec)
    return _finding(
        rule,
        "practise" if gap.sec > 1.5 * most else "neutral",
        both(title.zh.format(at=at, sec=sec), title.en.format(at=at, sec=sec)),
        detail,
        [gap.turn.spoken.evidence()],
        min(0.5, 0.3 + 0.1 * (gap.sec / most - 1)),
    )


def prompt_gap(gap: Gap) -> Finding | None:
    """Return a finding if viewers were not asked for anything for long."""
    return gap_finding(
        "structure.no_prompt",
        gap,
        PROMPT_SEC,
        both("{at} 起有 {sec} 秒没有互动", "No prompt to viewers for {sec} s from {at}"),
        both(
            "两三分钟问一次观众答得上来的问题，比如选颜色、报身高。",
            "Every two or three minutes ask something easy to answer: a colour, a size, a yes.",
        ),
    )


def welcome_gap(gap: Gap) -> Finding | None:
    """Return a finding if nobody was welcomed for long."""
    return gap_finding(
        "structure.no_welcome",
        gap,
        WELCOME_SEC,
        both("{at} 起有 {sec} 秒没有招呼新进来的人", "Nobody was welcomed for {sec} s from {at}"),
        both(
            "刚进来的人不知道在讲什么，一两分钟招呼一次，带一句主题。",
            "Newcomers don't know what this is about: every minute or two a welcome with the theme in it.",
        ),
    )


def rate_findings(close: Rate, explain: Rate, links: int, structure: Structure) -> list[Finding]:
    """Return findings on calls to order and on the link's number."""
    found: list[Finding] = []
    closing = [turn for turn in structure.turns if turn.phase == "close"]
    calls = [turn for turn in structure.turns if turn.calls and turn.phase == "explain"]
    if close.per_minute is not None and close.per_minute < CALLS_CLOSE and closing:
        found.append(_few_calls(close, closing))
    if explain.per_minute is not None and explain.per_minute > CALLS_EXPLAIN and explain.calls > 1 and calls:
        found.append(_many_calls(explain, calls))
    if close.minutes >= 0.5 and links < LINKS_CLOSE and closing:
        found.append(_few_links(links, closing))
    return found


def _few_calls(close: Rate, closing: Sequence[Turn]) -> Finding:
    return _finding(
        "structure.few_calls",
        "neutral",
        both(
            f"逼单时每分钟只引导了 {close.per_minute:g} 次下单",
            f"{close.per_minute:g} calls to order a minute in the close",
        ),
        both("逼单时每分钟至少说一次怎么拍。", "While closing, say how to order at least once a minute."),
        _quotes(closing),
        0.35,
    )


def _many_calls(explain: Rate, calls: Sequence[Turn]) -> Finding:
    return _finding(
        "structure.many_calls",
        "neutral",
        both(
            f"还在讲品就每分钟催了 {explain.per_minute:g} 次下单",
            f"{explain.per_minute:g} calls to order a minute while still explaining",
        ),
        both(
            "讲清楚之前催，听起来像没有话讲。",
            "Pushing before it is explained sounds like running out of things to say.",
        ),
        _quotes(calls, 2),
        0.35,
    )


def _few_links(links: int, closing: Sequence[Turn]) -> Finding:
    return _finding(
        "structure.few_links",
        "neutral",
        both(f"逼单时链接号报了 {links} 次", f"The link's number was said {links}× in the close"),
        both(
            "至少报两次几号链接，刚进来的人才找得到。",
            "Say the number at least twice; newcomers need it to find the item.",
        ),
        _quotes(closing),
        0.3,
    )


def overused_finding(found: Overused) -> Finding:
    """Return a finding on a phrase that wears out."""
    return _finding(
        "structure.overused",
        "neutral" if found.share < 0.4 else "practise",
        both(f"“{found.words}”说了 {found.count} 次", f"“{found.words}” was said {found.count} times"),
        both("同一句话说多了，观众就听不见了，换着说。", "Said that often, it is no longer heard: vary it."),
        _quotes(found.turns, 3),
        min(0.45, 0.25 + found.share / 2),
    )


def quick_pass_finding(found: QuickPass) -> Finding:
    """Return a finding on leaving a product too soon."""
    told = f"{found.points}/{QUICK_POINTS}"
    zh = f"{seconds(found.sec)} 秒、" if found.sec is not None else ""
    en = f"{seconds(found.sec)} s and " if found.sec is not None else ""
    return _finding(
        "structure.quick_pass",
        "practise",
        both(f"换品太快：只讲了{zh}{found.points} 个卖点", f"Switched after {en}{counted(found.points, 'point')}"),
        both(
            f"平台会把快速过款当违规；至少讲 60 秒、{QUICK_POINTS} 个卖点（现在 {told}）。",
            f"Platforms take quick passes for a violation: at least 60 s and {QUICK_POINTS} points (now {told}).",
        ),
        [found.turn.spoken.evidence()],
        0.6,
    )
