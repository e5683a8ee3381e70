"""What the engines failed at in a rehearsal, and what that does to the numbers: it is not the streamer's doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coach.language import language_for
from coach.score.coverage import Coverage
from coach.score.intervals import length, merge
from coach.score.scorecard import Finding, Metric, Text
from coach.score.timeline import Spoken, Timeline
from coach.score.wording import both, clock, seconds

_TOO_MUCH = 0.25
"""Share of the voice from which unknown words leave no score of what was said. This project's own."""
_PLACES = 3
"""Places that a note names."""
_TYPED_PER_SEC = 4.0
"""Typed syllables that count as a second of voice: about what people say in one. This project's own."""
OF_THE_VOICE = frozenset(
    {
        "dead_air", "dead_air_per_10min", "dead_air_share", "longest_dead_air", "pause_median", "first_word",
        "cut_offs", "cut_ins",
    }
)  # fmt: skip
"""Figures measured on voice and time; all others rest on words."""
OF_WHAT_WAS_SAID = frozenset(
    {
        "cadence.same_sentence", "compliance", "composure.gap", "composure.language", "coverage.misstated", "facts",
        "genuine.read_aloud", "genuine.repeated", "genuine.word_list", "handling.badly_answered",
        "handling.below_floor", "handling.defensive", "handling.fed_the_troll", "handling.sold_to_vulnerable",
        "handling.took_bait", "pacing.dead_air", "pacing.fillers", "pacing.hesitation", "pacing.numbers_fast",
        "pacing.runaway", "pacing.too_fast", "start.nothing_said", "structure.many_calls", "structure.overused",
    }
)  # fmt: skip
"""Rules, and families of rules, for what was heard: they hold however much was not."""
OF_WHAT_IS_MISSING = frozenset(
    {
        "cadence.core", "compliance.disclosure.missing", "composure.return", "coverage.miss", "coverage.partial",
        "genuine.too_little", "handling.unanswered", "handling.weak", "pacing.monotone", "pacing.too_slow",
        "price.late", "price.never", "price.rare", "structure.absent", "structure.close_short", "structure.few_calls",
        "structure.few_links", "structure.hook_short", "structure.late", "structure.no_prompt",
        "structure.no_welcome", "structure.price_first", "structure.price_short", "structure.proof_short",
        "structure.quick_pass", "structure.value_short", "structure.welcome_short",
    }
)  # fmt: skip
"""Rules for what did not come, came late or too little: it may have been in words that were lost."""
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
    if not hears_too_little(timeline):
        return coverage
    return coverage.unscored(_TOO_LITTLE_HEARD)


def fair(findings: Sequence[Finding], timeline: Timeline) -> list[Finding]:
    """Return the findings; where much was not heard, what is missing is told and is nothing to practise."""
    if not hears_too_little(timeline):
        return list(findings)
    return [
        item
        if item.tone != "practise" or is_of_what_was_said(item.rule)
        else item.model_copy(update={"tone": "neutral"})
        for item in findings
    ]


def is_of_what_was_said(rule: str) -> bool:
    """Return whether a rule's findings hold however much was not heard; not those of a rule that nobody sorted."""
    if rule in OF_WHAT_IS_MISSING:
        return False
    return rule in OF_WHAT_WAS_SAID or rule.partition(".")[0] in OF_WHAT_WAS_SAID


def less_sure(metrics: Sequence[Metric], timeline: Timeline) -> list[Metric]:
    """Return the figures; where anything was not heard, those that rest on words are one degree less sure."""
    if not timeline.unheard:
        return list(metrics)
    return [item if item.id in OF_THE_VOICE else _less_sure(item) for item in metrics]


def hears_too_little(timeline: Timeline) -> bool:
    """Return whether so much of the talk has no words that what is missing tells nothing.

    What was typed instead counts as talk. Where no words are known at all, every measure says so itself.
    """
    lost = _length(timeline.unheard)
    if not lost or timeline.is_wordless:
        return False
    return lost > _TOO_MUCH * (_length(timeline.voiced) + _typed_sec(timeline))


def _typed_sec(timeline: Timeline) -> float:
    """Return about how long it would take to say what was typed."""
    typed = [item.text for item in timeline.worded if item.heard.source == "typed"]
    if not typed or timeline.started is None:
        return 0.0
    language = language_for(timeline.started.locale)
    return sum(map(language.syllables, typed)) / _TYPED_PER_SEC


def _length(spoken: Iterable[Spoken]) -> float:
    return length(merge((item.start, item.end) for item in spoken))


def _less_sure(metric: Metric) -> Metric:
    return metric.model_copy(update={"confidence": "medium" if metric.confidence == "high" else "low"})


def _unheard(timeline: Timeline) -> Iterable[Text]:
    lost = [item for item in timeline.unheard if item.end > item.start]
    if not lost:
        yield from _nothing_lost(timeline)
        return
    places = _places([f"{clock(item.start)}–{clock(item.end)}" for item in lost])
    sec, count = seconds(_length(lost)), len(lost)
    effect = both("", "") if timeline.is_wordless else _EFFECT
    yield both(
        f"有 {count} 段话没有识别出来（{places.zh}，共 {sec} 秒）：是机器没听清，不是你没讲。{effect.zh}",
        f"{count} stretch{'' if count == 1 else 'es'} of your speech {'was' if count == 1 else 'were'} not recognised "
        f"({places.en}; {sec} s in all): the machine's doing, not yours. {effect.en}".rstrip(),
    )
    if hears_too_little(timeline):
        yield _TOO_LITTLE_HEARD


def _nothing_lost(timeline: Timeline) -> Iterable[Text]:
    if faults := timeline.faults_of({"recognizer"}):
        places = _places([clock(at) for at in faults])
        yield both(
            f"语音识别出过问题（{places.zh}）：没有测到因此丢掉的话，打的字照常算。",
            f"Speech recognition failed ({places.en}): no stretch of your speech is known to be lost, and what you "
            "typed counts as ever.",
        )


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
