"""What the talk of a drill shows in which nobody presses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coach.language import Language
from coach.score.drill_seen import Seen
from coach.score.focus_readings import metric_of
from coach.score.genuine import LEAST_UNITS
from coach.score.intervals import length, merge
from coach.score.report_words import Words
from coach.score.scorecard import Evidence, Metric, Scorecard
from coach.score.structure import CORE
from coach.score.structure_words import NAMES
from coach.score.timeline import Timeline
from coach.score.wording import both

_SHARE_OF_LEAST = 0.5
"""Of the words that a whole rehearsal takes to be told from a few read sentences. By design: a drill is short."""
_LOST_SEC = 1.0
"""Speech without words from which something may have been said in it: a welcome takes a second."""

_SHARES = frozenset({"own_words"})
"""Drills whose figure is a share of the words: of a few words it tells nothing."""

Read = Callable[[Scorecard], Seen]


def talk_shown(drill_id: str, card: Scorecard, timeline: Timeline, language: Language) -> Seen:
    """Return whether a calm drill's one thing worked.

    What was heard tells at any length; what was not heard tells only where enough was said, and all of it was heard.
    """
    seen = _READS[drill_id](card)
    if seen.worked is None:
        return seen
    if seen.rests_on_absence:
        return _too_brief(timeline, language) or _lost(timeline) or seen
    return (_too_brief(timeline, language) if drill_id in _SHARES else None) or seen


def _too_brief(timeline: Timeline, language: Language) -> Seen | None:
    least = round(_SHARE_OF_LEAST * LEAST_UNITS[language.code])
    units = sum(language.count_units(item.text) for item in timeline.worded)
    if units >= least:
        return None
    zh, en = ("字", "characters") if language.code == "zh" else ("词", "words")
    return Seen(None, both(f"只说了 {units} {zh}，至少要 {least} {zh}。", f"{en} said: {units}; it takes {least}."))


def _lost(timeline: Timeline) -> Seen | None:
    lost = timeline.unheard
    is_lost = length(merge((item.start, item.end) for item in lost)) >= _LOST_SEC if timeline.is_timed else bool(lost)
    if not is_lost and not timeline.faults_of({"ears", "vad"}):
        return None
    return Seen(
        None,
        both(
            "有些话机器没听到，没听到的不等于没说。",
            "some of your speech was not received or recognised, so what was not heard may have been said.",
        ),
    )


# --- what was said ---------------------------------------------------------------------------------------------


def _points(card: Scorecard) -> Seen:
    told = [point for point in card.coverage if point.state == "hit"]
    best = min(told, key=lambda point: point.priority, default=None)
    figure = both(
        f"{len(card.coverage)} 个卖点讲清楚了 {len(told)} 个。",
        f"{len(told)} of {len(card.coverage)} selling points came across.",
    )
    shown = best.evidence[0] if best is not None and best.evidence else None
    return Seen(bool(told), figure, shown, rests_on_absence=not told)


def _facts(card: Scorecard) -> Seen:
    wrong = _contradictions(card)
    if wrong is not None:
        return wrong
    told = [point for point in card.coverage if point.state in ("hit", "partial")]
    if not told:
        return Seen(None, both("没有说到商品卡上的卖点。", "no point of the sheet was told."))
    figure = both(
        f"讲到 {len(told)} 个卖点，没有一处和商品卡不符。",
        f"{len(told)} point{' was' if len(told) == 1 else 's were'} told, and nothing contradicted the sheet.",
    )
    shown = next((point.evidence[0] for point in told if point.evidence), None)
    return Seen(True, figure, shown, rests_on_absence=True)


def _contradictions(card: Scorecard) -> Seen | None:
    wrong = [error for error in card.fact_errors if error.stands]
    misstated = [point for point in card.coverage if point.state == "misstated" and not point.doubtful]
    count = max(len(wrong), len(misstated))
    if not count:
        return None
    shown: list[Evidence] = [error.evidence for error in wrong]
    shown += [item for point in misstated for item in point.evidence]
    figure = both(f"有 {count} 处和商品卡不符。", f"{count} thing{'' if count == 1 else 's'} contradicted the sheet.")
    return Seen(False, figure, next(iter(shown), None))


def _wording(card: Scorecard) -> Seen:
    found = [item for item in card.compliance if item.severity != "L"]
    if not found:
        none = both("没有发现违规用语。", "no wording was found that the rules forbid.")
        return Seen(True, none, rests_on_absence=True)
    figure = both(f"还有 {len(found)} 处违规用语。", f"{len(found)}× wording that the rules forbid or warn of.")
    return Seen(False, figure, found[0].evidence)


def _stages(card: Scorecard) -> Seen:
    heard = {stage.id for stage in card.stages}
    absent = [NAMES[name] for name in CORE if name not in heard]
    if not absent:
        return Seen(True, both("四个核心环节都讲到了。", "all four core stages came."))
    zh, en = "、".join(name.zh for name in absent), ", ".join(name.en for name in absent)
    return Seen(False, both(f"还缺：{zh}。", f"still missing: {en}."), rests_on_absence=True)


def _first_line(card: Scorecard) -> Seen:
    welcome = next((stage for stage in card.stages if stage.id == "welcome"), None)
    if welcome is None:
        return Seen(False, both("还没有听到欢迎。", "no welcome was heard."), rests_on_absence=True)
    if not any(point.state in ("hit", "partial") for point in card.coverage):
        none = both("欢迎了，还没有讲卖点。", "a welcome came, no selling point yet.")
        return Seen(False, none, rests_on_absence=True)
    return Seen(True, both("开口欢迎了，也讲了卖点。", "a welcome and a selling point came."), welcome.evidence[0])


# --- how it was said -------------------------------------------------------------------------------------------


def _delivery(name: str) -> Read:
    """Return a reader of one figure of delivery; there is none where there was too little speech for pacing."""

    def read(card: Scorecard) -> Seen:
        pacing = next(item for item in card.scores if item.id == "pacing")
        return Seen(None, pacing.not_measured) if pacing.not_measured is not None else _within(card, name)

    return read


def _own_words(card: Scorecard) -> Seen:
    return _within(card, "read_aloud_share", "repeated_share")


def _within(card: Scorecard, *names: str) -> Seen:
    """Return whether all figures lie in their range; the first outside, else the first, is told."""
    found = [metric for name in names if (metric := metric_of(card, name)) is not None]
    known = [metric for metric in found if metric.value is not None]
    if not known:
        reason = next((metric.not_measured for metric in found if metric.not_measured), None)
        return Seen(None, reason or both("这次没有测到。", "it was not measured."))
    outside = [metric for metric in known if metric.verdict in ("low", "high")]
    return _figure((outside or known)[0], is_inside=not outside)


def _figure(metric: Metric, *, is_inside: bool) -> Seen:
    zh, en = Words("zh"), Words("en")
    return Seen(
        is_inside,
        both(
            f"{metric.name.zh} {zh.value(metric)}（合适范围 {zh.band(metric)}）。",
            f"{metric.name.en} {en.value(metric)} (easy range {en.band(metric)}).",
        ),
    )


_READS: Mapping[str, Read] = {
    "say_points": _points,
    "say_facts": _facts,
    "say_it_cleanly": _wording,
    "fill_the_gap": _delivery("dead_air"),
    "even_pace": _delivery("speaking_rate"),
    "no_fillers": _delivery("fillers_per_min"),
    "whole_loop": _stages,
    "own_words": _own_words,
    "first_line": _first_line,
}
"""Drill to what shows it."""
