"""Whether the one thing that a drill trains worked: read from what the scorecard holds anyway."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from coach.scenario.model import Scenario
from coach.score.drills import DRILLS
from coach.score.focus_readings import metric_of
from coach.score.granted import BARGAINERS, granted_under_floor
from coach.score.report_words import Words
from coach.score.scorecard import DrillOutcome, Evidence, HandledLine, Scorecard, Text
from coach.score.structure import CORE
from coach.score.structure_words import NAMES
from coach.score.wording import both

LEAST_LINES = 2
"""Lines from which an outcome is told: one may be luck."""
LEAST_SEC = 30.0
"""Length from which an outcome is told where nobody presses. By design: a sixth of a drill."""
_WELL = 2 / 3
"""Share of lines met well from which it worked, if none was met badly."""
_LEADS = {
    "worked": both("做到了", "It worked"),
    "not_yet": both("还没做到", "Not yet"),
    "no_evidence": both("证据不足，还看不出", "Not enough evidence"),
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What shows whether it worked."""

    worked: bool | None
    """None: not enough evidence."""
    figure: Text
    evidence: Evidence | None = None


def drill_outcome(card: Scorecard, scenario: Scenario) -> DrillOutcome | None:
    """Return whether a drill's one thing worked; None where the scenario is no drill on one thing."""
    if scenario.kind != "drill" or scenario.skill in (None, "replay"):
        return None
    seen = _seen(card, scenario)
    state = "no_evidence" if seen.worked is None else "worked" if seen.worked else "not_yet"
    drill = DRILLS.get(scenario.skill or "")
    name = drill.name if drill is not None else both(scenario.title, scenario.title)
    lead, figure = _LEADS[state], seen.figure
    return DrillOutcome.model_validate(
        {
            "drill_id": scenario.skill,
            "state": state,
            "text": both(f"{lead.zh}（{name.zh}）：{figure.zh}", f"{lead.en} ({name.en}): {figure.en}"),
            "evidence": seen.evidence,
        }
    )


def _seen(card: Scorecard, scenario: Scenario) -> _Seen:
    coverage = next(item for item in card.scores if item.id == "coverage")
    if coverage.value is None:
        return _Seen(None, coverage.not_measured or both("没有听到你说的话。", "Your words are not known."))
    drill = DRILLS.get(scenario.skill or "")
    if drill is None:
        return _lines(card, {viewer.type for viewer in scenario.viewers})
    if drill.id == "hold_price":
        return _price_held(card)
    if drill.viewer is not None:
        return _lines(card, {drill.viewer})
    if card.duration_sec is not None and card.duration_sec < LEAST_SEC:
        return _Seen(None, both("不到半分钟，太短了。", "Less than half a minute is too short."))
    return _CALM[drill.id](card)


# --- a viewer comes again and again ----------------------------------------------------------------------------


def _lines(card: Scorecard, types: Collection[str]) -> _Seen:
    lines = [line for line in card.handled if line.viewer_type in types]
    if len(lines) < LEAST_LINES:
        return _too_few(len(lines))
    rest = [line for line in lines if line.handled != "well"]
    well = len(lines) - len(rest)
    figure = both(
        f"{len(lines)} 条发言里 {well} 条接得好。",
        f"{well} of {len(lines)} lines {'was' if well == 1 else 'were'} met well.",
    )
    worked = well >= _WELL * len(lines) and all(line.handled != "badly" for line in lines)
    shown = [line for line in lines if line.handled == "well"][-1] if worked else _worst(rest)
    return _Seen(worked, figure, _answer(shown))


def _worst(lines: Sequence[HandledLine]) -> HandledLine:
    return next((line for line in lines if line.handled == "badly"), lines[0])


def _price_held(card: Scorecard) -> _Seen:
    """A price was held or not whether or not the answer was a good one otherwise."""
    asked = [line for line in card.handled if line.below_floor or (line.noticed and line.viewer_type in BARGAINERS)]
    low = granted_under_floor(card.handled)
    if len(asked) < LEAST_LINES and not low:
        return _too_few(len(asked))
    if low:
        return _Seen(
            False, both(f"{len(low)} 次答应了低于底价的价格。", f"a price under the floor was agreed to, {len(low)}×."),
            _answer(low[0]),
        )  # fmt: skip
    figure = both(
        f"砍价的 {len(asked)} 条都回应了，没有一次低于底价。",
        f"{len(asked)} bargaining lines were answered, none with a price under the floor.",
    )
    return _Seen(True, figure, _answer(asked[-1]))


def _too_few(count: int) -> _Seen:
    return _Seen(
        None,
        both(
            f"这样的发言只有 {count} 条，至少要 {LEAST_LINES} 条。",
            f"{count} line{'' if count == 1 else 's'} of that kind, and it takes {LEAST_LINES}.",
        ),
    )


def _answer(line: HandledLine) -> Evidence | None:
    """Return the answer to a line, else the line."""
    said = [item for item in line.evidence if item.speaker == "streamer"]
    return next(iter([*said, *line.evidence]), None)


# --- nobody presses --------------------------------------------------------------------------------------------


def _points(card: Scorecard) -> _Seen:
    told = [point for point in card.coverage if point.state == "hit"]
    best = min(told, key=lambda point: point.priority, default=None)
    figure = both(
        f"{len(card.coverage)} 个卖点讲清楚了 {len(told)} 个。",
        f"{len(told)} of {len(card.coverage)} selling points came across.",
    )
    return _Seen(bool(told), figure, best.evidence[0] if best is not None and best.evidence else None)


def _facts(card: Scorecard) -> _Seen:
    wrong = [error for error in card.fact_errors if error.stands]
    misstated = [point for point in card.coverage if point.state == "misstated" and not point.doubtful]
    if wrong or misstated:
        count = max(len(wrong), len(misstated))
        shown = [error.evidence for error in wrong] or [item for point in misstated for item in point.evidence]
        return _Seen(
            False,
            both(f"有 {count} 处和商品卡不符。", f"{count} thing{'' if count == 1 else 's'} contradicted the sheet."),
            next(iter(shown), None),
        )
    told = [point for point in card.coverage if point.state in ("hit", "partial")]
    if not told:
        return _Seen(None, both("没有说到商品卡上的卖点。", "no point of the sheet was told."))
    figure = both(
        f"讲到 {len(told)} 个卖点，没有一处和商品卡不符。",
        f"{len(told)} point{' was' if len(told) == 1 else 's were'} told, and nothing contradicted the sheet.",
    )
    return _Seen(True, figure, next((point.evidence[0] for point in told if point.evidence), None))


def _wording(card: Scorecard) -> _Seen:
    found = [item for item in card.compliance if item.severity != "L"]
    if not found:
        return _Seen(True, both("没有发现违规用语。", "no wording was found that the rules forbid."))
    figure = both(f"还有 {len(found)} 处违规用语。", f"{len(found)}× wording that the rules forbid or warn of.")
    return _Seen(False, figure, found[0].evidence)


def _stages(card: Scorecard) -> _Seen:
    heard = {stage.id for stage in card.stages}
    absent = [NAMES[name] for name in CORE if name not in heard]
    if not absent:
        return _Seen(True, both("四个核心环节都讲到了。", "all four core stages came."))
    zh, en = "、".join(name.zh for name in absent), ", ".join(name.en for name in absent)
    return _Seen(False, both(f"还缺：{zh}。", f"still missing: {en}."))


def _first_line(card: Scorecard) -> _Seen:
    welcome = next((stage for stage in card.stages if stage.id == "welcome"), None)
    told = [point for point in card.coverage if point.state in ("hit", "partial")]
    if welcome is None or not told:
        return _Seen(
            False,
            both("还没有听到欢迎。", "no welcome was heard.")
            if welcome is None
            else both("欢迎了，还没有讲卖点。", "a welcome came, no selling point yet."),
        )
    return _Seen(True, both("开口欢迎了，也讲了卖点。", "a welcome and a selling point came."), welcome.evidence[0])


def _within(*names: str) -> Callable[[Scorecard], _Seen]:
    """Return a reader of figures that must all lie in their range; the first outside, else the first, is told."""

    def read(card: Scorecard) -> _Seen:
        found = [metric for name in names if (metric := metric_of(card, name)) is not None]
        known = [metric for metric in found if metric.value is not None]
        if not known:
            reason = next((metric.not_measured for metric in found if metric.not_measured), None)
            return _Seen(None, reason or both("这次没有测到。", "it was not measured."))
        outside = [metric for metric in known if metric.verdict in ("low", "high")]
        shown = (outside or known)[0]
        zh, en = Words("zh"), Words("en")
        return _Seen(
            not outside,
            both(
                f"{shown.name.zh} {zh.value(shown)}（合适范围 {zh.band(shown)}）。",
                f"{shown.name.en} {en.value(shown)} (easy range {en.band(shown)}).",
            ),
        )

    return read


_CALM: Mapping[str, Callable[[Scorecard], _Seen]] = {
    "say_points": _points,
    "say_facts": _facts,
    "say_it_cleanly": _wording,
    "fill_the_gap": _within("dead_air"),
    "even_pace": _within("speaking_rate"),
    "no_fillers": _within("fillers_per_min"),
    "whole_loop": _stages,
    "own_words": _within("read_aloud_share", "repeated_share"),
    "first_line": _first_line,
}
"""Drill to what shows it."""
