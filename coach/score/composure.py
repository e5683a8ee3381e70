"""Composure: what was done after each pressure event. Behaviour in words and seconds, never a feeling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from coach.language import Language, TextSpan
from coach.scenario.model import Scenario
from coach.score.composure_findings import composure_findings, composure_metrics
from coach.score.intervals import merge
from coach.score.scorecard import Evidence, Finding, Metric, NamedScore, PressureCard, Text
from coach.score.sightings import Seen
from coach.score.thread import Thread, moment
from coach.score.timeline import Pressure, Spoken, Timeline
from coach.score.wording import NO_WORDS, NOTHING_SAID, UNTIMED, both

_MIN_EVENTS = 3
_RESPONSE_SEC = 20.0
"""Language control is read in this many seconds of the streamer's speech after an event (DOMAIN §4.2)."""
_ROOM_TO_ANSWER_SEC = 8.0
"""An event with less time left before the next one or the end, and no reaction in it, is shown but not scored."""
_GATE = 40.0
_OVERLAP_SEC = 0.3
"""Words said this little before the event's end still answer it; a pause as short ends no talk."""
_GOES_ON_SEC = 1.0
"""Talk that goes on this long past an event was no mere last word; a line is cut off within this time."""

NAME = both("从容", "Composure")
METHOD = both(
    "每个压力事件：70% 回到卖点、价格或流程用语的时间（10 秒内满分，45 秒归零），"
    "30% 开口时间（3 秒内满分，12 秒归零；打字时，或者事件发生时你正在说话，就只看回到商品的时间）；"
    "出现攻击、哀求或责怪的话，该事件最高 40 分。"
    "总分是各事件的中位数，少于 3 个不打分。试验性指标：只看说了什么、多久，不判断情绪。",
    "Per pressure event: 70% time back to a selling point, price or stage words (full up to 10 s, none at 45 s), "
    "30% time to the first word (full up to 3 s, none at 12 s; when typing, or when you were already talking as it "
    "happened, the time back counts alone); hostile, pleading or blaming words cap the event at 40. The score is the "
    "median of the events, none under three. Experimental: words and seconds are read, not feelings.",
)


@dataclass(frozen=True, slots=True)
class Composure:
    """Cards of all pressure events and their score."""

    score: NamedScore
    cards: list[PressureCard]
    findings: list[Finding]
    metrics: list[Metric]


def measure_composure(
    timeline: Timeline, scenario: Scenario, seen: Mapping[str, Sequence[Seen]], language: Language
) -> Composure:
    """Return a card per pressure event, and a score from three events on."""
    reason = _reason(timeline)
    thread = Thread(timeline, scenario, seen, language)
    cards = [_card(timeline, at, thread, language, is_scored=reason is None) for at in range(len(timeline.pressure))]
    scores = [card.score for card in cards if card.score is not None]
    reason = reason or (None if len(scores) >= _MIN_EVENTS else _too_few(len(scores)))
    value = None if reason else round(median(scores), 1)
    return Composure(
        score=NamedScore(id="composure", name=NAME, value=value, not_measured=reason, method=METHOD),
        cards=cards,
        findings=composure_findings(cards, timeline),
        metrics=composure_metrics(cards, reason),
    )


def _reason(timeline: Timeline) -> Text | None:
    if not timeline.spoken:
        return NOTHING_SAID
    if not timeline.worded:
        return NO_WORDS
    return None if timeline.is_timed else UNTIMED


def _too_few(count: int) -> Text:
    return both(
        f"证据不足：能打分的压力事件只有 {count} 个，至少要 3 个。",
        f"Not enough evidence: {count} pressure event(s) could be scored, three are needed.",
    )


def _card(timeline: Timeline, at: int, thread: Thread, language: Language, *, is_scored: bool) -> PressureCard:
    event = timeline.pressure[at]
    until = timeline.pressure[at + 1].at if at + 1 < len(timeline.pressure) else timeline.end
    timed, answers = timeline.is_timed, _answers(timeline.worded, event)
    talking = timed and _was_talking(timeline, event)
    voice = _answers(timeline.spoken, event)  # also where the words were lost: somebody answered
    latency = max(0.0, voice[0].start - event.at) if timed and voice and not talking else None
    back = thread.back_after(_since(event)) if timed else None
    back_sec = max(0.0, back.at - event.at) if back else None
    slips = _slips(event, _response(answers, until), language)
    reacted = back_sec if talking else latency
    has_room = until - event.at >= _ROOM_TO_ANSWER_SEC or (reacted is not None and event.at + reacted < until)
    return PressureCard(
        seq=event.seq,
        at=round(event.at, 2),
        viewer_id=event.viewer_id,
        what=event.what,
        answer_latency_sec=_round(latency),
        already_talking=talking,
        return_sec=_round(back_sec),
        language_control=not slips if answers else None,
        slips=[slip.text for _, slip in slips],
        score=event_score(latency, back_sec, bool(slips), return_only=talking or not timeline.voiced)
        if is_scored and has_room
        else None,
        said=_said(slips, answers),
    )


def event_score(latency: float | None, back: float | None, slipped: bool, *, return_only: bool) -> float:
    """Return 0 to 100 by the formula of METHOD; what never came counts 0."""
    returned = 0.0 if back is None else _falling(back, 10.0, 45.0)
    answered = 0.0 if latency is None else _falling(latency, 3.0, 12.0)
    score = 100 * (returned if return_only else 0.7 * returned + 0.3 * answered)
    return round(min(score, _GATE) if slipped else score, 1)


def _falling(value: float, full_to: float, none_from: float) -> float:
    return max(0.0, min(1.0, (none_from - value) / (none_from - full_to)))


def _answers(spoken: Sequence[Spoken], event: Pressure) -> list[Spoken]:
    """Return the utterances that can answer: begun after the event, or going on well past it."""
    return [
        item
        for item in spoken
        if item.start >= event.at - _OVERLAP_SEC or (item.end > event.at and event.at < (item.start + item.end) / 2)
    ]


def _was_talking(timeline: Timeline, event: Pressure) -> bool:
    """Return whether the streamer stopped the line by talking over it, or spoke on through the event."""
    talk = merge(((item.start, item.end) for item in timeline.voiced), bridge_sec=_OVERLAP_SEC)
    if event.cut_off:
        return any(start < event.at <= end for start, end in talk)
    return any(start < event.at - _OVERLAP_SEC and end > event.at + _GOES_ON_SEC for start, end in talk)


def _since(event: Pressure) -> float:
    """Return from when words can be a reaction: people begin a moment early, and whoever cuts a line off must."""
    return event.at - (_GOES_ON_SEC if event.cut_off else _OVERLAP_SEC)


def _response(answers: Sequence[Spoken], until: float) -> list[Spoken]:
    """Return the answers inside the response window: 20 s of speech, at most to the next event, at least one."""
    chosen: list[Spoken] = []
    spoken = 0.0
    for item in answers:
        if chosen and (item.start >= until or spoken >= _RESPONSE_SEC):
            break
        chosen.append(item)
        spoken += item.end - item.start
    return chosen


def _slips(event: Pressure, response: Sequence[Spoken], language: Language) -> list[tuple[Spoken, TextSpan]]:
    """Return hostile, pleading and blaming words of the response, without those said before there was an event."""
    found = [(spoken, slip) for spoken in response for slip in language.slips(spoken.text)]
    return [(spoken, slip) for spoken, slip in found if moment(spoken, slip.start) >= _since(event)]


def _said(slips: Sequence[tuple[Spoken, TextSpan]], answers: Sequence[Spoken]) -> Evidence | None:
    if slips:
        return slips[0][0].evidence()
    return answers[0].evidence() if answers else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(max(0.0, value), 1)
