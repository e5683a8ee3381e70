"""Who took the floor from whom: counts, without a judgement. Talking over a heckler may be right."""

from __future__ import annotations

from collections.abc import Sequence

from coach.language import Language
from coach.score.intervals import merge, overlap
from coach.score.scorecard import Metric, Text
from coach.score.timeline import Line, Timeline
from coach.score.wording import NO_WORDS, UNTIMED, both

_NEAR_SEC = 0.5
"""How far the streamer's voice may be from a line's end and still be what ended it: a stop takes at most that long."""
_NO_VOICE = both(
    "这次没有观众开口说话，所以没有可以数的。", "No viewer spoke aloud this time, so there is nothing to count."
)


def turn_metrics(timeline: Timeline, language: Language) -> list[Metric]:
    """Return how often the streamer cut viewers off, viewers cut in, and the streamer only said 嗯 or "uh-huh"."""
    aloud = [line for line in timeline.lines if line.aloud]
    reason = UNTIMED if not timeline.is_timed else None if aloud else _NO_VOICE
    return [
        _count(
            "cut_offs",
            both("打断观众", "Viewers cut off"),
            both("观众说话时你开口，观众因此停下的次数", "Spoken lines that ended because you talked over them"),
            len(_cut_off(aloud, timeline)),
            reason,
        ),
        _count(
            "cut_ins",
            both("被观众插话", "Viewers cutting in"),
            both("你正在说话时观众开口的次数", "Spoken lines that began while you were talking"),
            len(_cut_in(aloud, timeline)),
            reason,
        ),
        _count(
            "backchannels",
            both("应和", "Backchannels"),
            both(
                "观众说话时你只应一声（嗯、对）的次数", "Times you only said “uh-huh” or “right” while a viewer spoke"
            ),
            _backchannels(timeline, language),
            reason or (NO_WORDS if timeline.is_wordless else None),
        ),
    ]


def _cut_off(lines: Sequence[Line], timeline: Timeline) -> list[Line]:
    """Return the lines that the streamer's voice ended: not a pause, not the end of the rehearsal, not a cough."""
    talk = merge((item.start, item.end) for item in timeline.voiced)
    return [line for line in lines if line.cut_off and overlap((line.end - _NEAR_SEC, line.end + _NEAR_SEC), talk) > 0]


def _cut_in(lines: Sequence[Line], timeline: Timeline) -> list[Line]:
    talk = merge((item.start, item.end) for item in timeline.voiced)
    return [line for line in lines if line.cuts_in and overlap((line.start, line.start + _NEAR_SEC), talk) > 0]


def _backchannels(timeline: Timeline, language: Language) -> int:
    spoken = [item for item in timeline.voiced if language.is_backchannel(item.text)]
    return sum(overlap((item.start, item.end), timeline.viewer_voice) > 0 for item in spoken)


def _count(name: str, title: Text, method: Text, value: int, reason: Text | None) -> Metric:
    return Metric(
        id=name,
        name=title,
        panel="skill",
        value=None if reason else value,
        unit="×",
        not_measured=reason,
        method=method,
        confidence="medium",
    )
