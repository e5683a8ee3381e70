"""What the engines failed at in a rehearsal, and what that does to the numbers: it is not the streamer's doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.score.coverage import Coverage
from coach.score.intervals import length, merge
from coach.score.scorecard import Finding, Metric, Text
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import both, clock, seconds

_TOO_MUCH = 0.25
"""Share of the voice from which unknown words leave no score of what was said. This project's own."""
_PLACES = 3
"""Places that a note names."""
_OF_WORDS = frozenset({"knowledge", "persuasion", "compliance"})
"""Panels whose figures rest on words."""
_OF_WHAT_IS_MISSING = frozenset({"coverage.miss", "genuine.too_little"})
"""Rules for words that were not there."""
_TOO_LITTLE_HEARD = both(
    "超过四分之一的话没有识别出来：证据不足，卖点覆盖和总分没有打。",
    "Over a quarter of your speech was not recognised: not enough evidence to score the selling points and the whole.",
)
_EFFECT = both(
    "其中的内容没法算进去，所以靠文字得出的数字没那么可靠；那时的观众发言也不算你没回应。",
    "What you said there could not be counted, so figures that rest on words are less sure, and viewers' lines just "
    "before do not count as unanswered.",
)
_OTHERS: tuple[tuple[frozenset[str], Text], ...] = (
    (
        frozenset({"ears", "vad"}),
        both(
            "你的声音没有收好（{places}）：旁边的停顿不算冷场。",
            "Your sound was not received well ({places}): silences beside it are no dead air.",
        ),
    ),
    (
        frozenset({"recorder"}),
        both(
            "录音出过问题（{places}）：声音测量和回放可能不完整。",
            "The recording had a fault ({places}): measures of the voice and clips may be incomplete.",
        ),
    ),
    (
        frozenset({"turn_model", "echo"}),
        both(
            "判断停顿或消除回声的部分出过问题（{places}）：观众可能接话太早或太晚，不是你的原因。",
            "What tells pauses from ends, or takes out echo, had a fault ({places}): viewers may have come in early or "
            "late, and that was not you.",
        ),
    ),
    (
        frozenset({"synthesizer", "mouth", "chat_model"}),
        both(
            "观众的声音或台词没有照常给出（{places}），换成了文字或备用台词：不影响你的分数。",
            "Viewers' voices or lines failed ({places}) and were replaced by text or prepared lines: your scores do "
            "not depend on it.",
        ),
    ),
)


def engine_notes(timeline: Timeline) -> list[Text]:
    """Return what failed, when, and what it does to the numbers; nothing where all went well."""
    return [*_unheard(timeline), *_others(timeline)]


def as_heard(coverage: Coverage, timeline: Timeline) -> Coverage:
    """Return coverage, without its score where points that seem missed may well have been told."""
    if not _hears_too_little(timeline):
        return coverage
    unscored = {"value": None, "not_measured": _TOO_LITTLE_HEARD}
    return replace(
        coverage,
        score=coverage.score.model_copy(update=unscored),
        metrics=[item.model_copy(update=unscored) if item.id == "coverage" else item for item in coverage.metrics],
    )


def fair(findings: Sequence[Finding], timeline: Timeline) -> list[Finding]:
    """Return the findings; where much was not heard, what is missing is told and is nothing to practise."""
    if not _hears_too_little(timeline):
        return list(findings)
    return [
        item.model_copy(update={"tone": "neutral"}) if item.rule in _OF_WHAT_IS_MISSING else item for item in findings
    ]


def less_sure(metrics: Sequence[Metric], timeline: Timeline) -> list[Metric]:
    """Return the figures; where anything was not heard, those that rest on words are one degree less sure."""
    if not timeline.unheard:
        return list(metrics)
    return [_less_sure(item) if item.panel in _OF_WORDS else item for item in metrics]


def _hears_too_little(timeline: Timeline) -> bool:
    """Return whether so much of the voice has no words that what is missing tells nothing."""
    if not timeline.hears_words:
        return False
    return _length(timeline.unheard) > _TOO_MUCH * _length(timeline.voiced)


def _length(spoken: Iterable[Spoken]) -> float:
    return length(merge((item.start, item.end) for item in spoken))


def _less_sure(metric: Metric) -> Metric:
    return metric.model_copy(update={"confidence": "medium" if metric.confidence == "high" else "low"})


def _unheard(timeline: Timeline) -> Iterable[Text]:
    lost = timeline.unheard
    if not lost:
        return
    places = _places([f"{clock(item.start)}–{clock(item.end)}" for item in lost])
    sec, count = seconds(_length(lost)), len(lost)
    effect = both("", "") if timeline.is_wordless else _EFFECT
    yield both(
        f"有 {count} 段话没有识别出来（{places.zh}，共 {sec} 秒）：是机器没听清，不是你没讲。{effect.zh}",
        f"{count} stretch{'' if count == 1 else 'es'} of your speech {'was' if count == 1 else 'were'} not recognised "
        f"({places.en}; {sec} s in all): the machine's doing, not yours. {effect.en}".rstrip(),
    )
    if _hears_too_little(timeline):
        yield _TOO_LITTLE_HEARD


def _others(timeline: Timeline) -> Iterable[Text]:
    for ports, text in _OTHERS:
        if faults := timeline.faults_of(ports):
            places = _places([clock(at) for at in faults])
            yield both(text.zh.format(places=places.zh), text.en.format(places=places.en))


def _places(told: Sequence[str]) -> Text:
    """Return the first few places, and how many more there are."""
    distinct = list(dict.fromkeys(told))
    shown, more = distinct[:_PLACES], len(distinct) - _PLACES
    zh, en = "、".join(shown), ", ".join(shown)
    return both(f"{zh} 等 {len(distinct)} 处", f"{en} and {more} more") if more > 0 else both(zh, en)
