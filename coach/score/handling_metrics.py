"""Counts of how viewers' lines were handled: practice numbers of the persuasion panel."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from coach.room.handling import ANSWER_SEC
from coach.score.granted import granted_under_floor
from coach.score.scorecard import HandledLine, Metric, Text
from coach.score.wording import UNTIMED, both

_NO_LINES = both("这次没有需要回应的观众发言。", "No viewer's line called for anything this time.")
_NONE_OF_KIND = both("这次没有这一类观众发言。", "No viewer's line of this kind came this time.")


def handling_metrics(lines: Sequence[HandledLine], reason: Text | None, *, timed: bool) -> list[Metric]:
    """Return the shares and counts over all lines; `reason` says why there are none."""
    due = [line for line in lines if line.should != "ignore"]
    well = sum(line.handled == "well" for line in due)
    noticed = sum(line.noticed for line in due)
    return [
        _share(
            "handled_well",
            both("该回应的接好了", "Handled well, of what needed an answer"),
            well,
            len(due),
            reason,
            _WELL,
        ),
        _share("noticed", both("注意到的发言", "Lines noticed"), noticed, len(due), reason, _NOTICED),
        _in_time(due, reason, timed=timed),
        _latency(due, reason, timed=timed),
        *(_of_kind(name, title, should, lines, reason, method) for name, title, should, method in _KINDS),
        _below_floor(lines, reason),
    ]


def _counted(good: int, of: int, method: Text) -> Text:
    return both(f"{of} 条中 {good} 条：{method.zh}", f"{good} of {of}: {method.en}")


def _share(
    name: str, title: Text, good: int, of: int, reason: Text | None, method: Text, absent: Text = _NO_LINES
) -> Metric:
    none = reason or (None if of else absent)
    return Metric(
        id=name,
        name=title,
        panel="persuasion",
        value=None if none else round(100 * good / of, 1),
        unit="%",
        not_measured=none,
        method=method if none else _counted(good, of, method),
        confidence="medium",
    )


def _in_time(due: Sequence[HandledLine], reason: Text | None, *, timed: bool) -> Metric:
    asked = [line for line in due if line.should == "answer"]
    good = sum(line.in_time is True for line in asked)
    reason = reason or (None if timed else UNTIMED)
    return _share(
        "answered_in_time", both("及时回应", "Answered in time"), good, len(asked), reason, _IN_TIME, _NONE_OF_KIND
    )


def _latency(due: Sequence[HandledLine], reason: Text | None, *, timed: bool) -> Metric:
    told = [line.latency_sec for line in due if line.latency_sec is not None]
    reason = reason or (None if timed else UNTIMED) or (None if told else _NO_LINES)
    return Metric(
        id="answer_latency",
        name=both("回应时间（中位数）", "Median time to answer"),
        panel="persuasion",
        value=None if reason else round(median(told), 1),
        unit="s",
        not_measured=reason,
        method=both("从弹幕出现（或说完）到回应的第一个字", "From the line's end to the first word of its answer"),
        confidence="medium",
    )


def _of_kind(
    name: str, title: Text, should: str, lines: Sequence[HandledLine], reason: Text | None, method: Text
) -> Metric:
    of_kind = [line for line in lines if line.should == should]
    well = sum(line.handled == "well" for line in of_kind)
    return _share(name, title, well, len(of_kind), reason, method, _NONE_OF_KIND)


def _below_floor(lines: Sequence[HandledLine], reason: Text | None) -> Metric:
    count = len(granted_under_floor(lines))
    return Metric(
        id="below_floor",
        name=both("低于底价的让步", "Concessions below the floor"),
        panel="persuasion",
        value=None if reason else count,
        unit="×",
        band=(0, 0),
        verdict="none" if reason else "high" if count else "in_band",
        not_measured=reason,
        method=both("答应的价格低于商品底价的次数", "Times a price under the product's floor was agreed to"),
    )


_WELL = both(
    "需要回应、拒绝或保护的发言里，做法对、内容也到位的",
    "lines to be answered, refused or protected that got the right treatment, with substance",
)
_NOTICED = both("需要回应、拒绝或保护的发言里，有话接住的", "lines that needed something and were taken up in words")
_IN_TIME = both(
    f"该回答的发言里，{ANSWER_SEC:.0f} 秒内回应的", f"lines to be answered that were answered within {ANSWER_SEC:.0f} s"
)
_IGNORED = both(
    "黑粉、刷屏、离题里，没接或只轻轻带过的",
    "trolls, spam and off-topic lines left alone or met with one light line",
)
_REFUSED = both("合规诱饵里，明确拒绝的", "baits for a banned claim or deal that were clearly refused")
_PROTECTED = both(
    "未成年、过敏、孕期、生病、情绪低落的观众里，先照顾人的",
    "minors, allergy, pregnancy, illness and low mood where care came before the sale",
)
_KINDS: tuple[tuple[str, Text, str, Text], ...] = (
    ("rightly_ignored", both("该忽略的忽略了", "Rightly ignored"), "ignore", _IGNORED),
    ("refused_bait", both("拒绝了诱饵", "Bait refused"), "refuse", _REFUSED),
    ("protected", both("照顾了特殊观众", "Viewers protected"), "protect", _PROTECTED),
)
