"""Composure: what was done after each pressure event, against the streamer's own calm. Behaviour, never a feeling."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median

from coach.language import Language, TextSpan
from coach.room.calling import calls
from coach.scenario.model import Scenario
from coach.score.composure_calm import Baseline, baseline_of
from coach.score.composure_detail import curve_of, drift, gap, kinds, recovery
from coach.score.composure_features import NEVER, Response, event_score, features_of
from coach.score.composure_findings import composure_findings, composure_metrics
from coach.score.composure_gap import gap_findings
from coach.score.composure_interval import band_words, is_change, is_wide, median_interval, too_wide
from coach.score.composure_language import slips_in
from coach.score.composure_scale import load_composure
from coach.score.composure_shown import ComposureDetail
from coach.score.composure_talk import Stretch, Talk
from coach.score.composure_windows import CalmWindow, calm_windows, matched, response_window, until_of
from coach.score.composure_words import behaviour, next_action
from coach.score.history import NOTHING, History
from coach.score.intervals import Interval, merge
from coach.score.own_calm import LEAST_EVENTS
from coach.score.pressure_events import kind_of, pressure_events
from coach.score.reactions import Reactions, since
from coach.score.scorecard import Evidence, Finding, HandledLine, Metric, NamedScore, PressureCard, Text
from coach.score.sightings import Seen
from coach.score.thread import Thread, moment
from coach.score.timeline import Pressure, Spoken, Timeline
from coach.score.units import counted
from coach.score.voice import VoiceFeatures
from coach.score.wording import NO_WORDS, NOTHING_SAID, UNTIMED, both

_ROOM_TO_ANSWER_SEC = 8.0
"""An event with less time left before the next one or the end, and no reaction in it, is shown but not scored."""
_RETURN_SEC = 15.0
"""Full marks for the return last so long; an event cut short before has shown nothing of it."""

NAME = both("从容", "Composure")
METHOD = both(
    "每个压力事件，从事件结束到你说满 20 秒话或下一个事件为止，"
    "和你自己平静时（离任何压力事件 20 秒以上，同一阶段）相比："
    "回到商品的时间 22，用语 18（有攻击、哀求、责怪的话，该事件最高 40 分），开口时间 14（3 秒以内的停顿不算慢），"
    "重复改口 14，语速变化 10，句中停顿 10，花在为难你的人身上的时间 6；测不到的不算，其余按比例。"
    "偏离在平时波动的 1 倍以内满分，3.5 倍归零。总分是各事件的中位数，附 80% 区间；少于 3 个事件不打分。"
    "试验性指标：只看说了什么、多久，不判断情绪。声音的音高和响度不在其中。",
    "Each pressure event, from its end to 20 s of your speech or the next event, against your own calm moments (20 s "
    "and more from any pressure event, same stage): time back to the product 22, wording 18 (hostile, pleading or "
    "blaming words cap the event at 40), time to the first word 14 (a pause of up to 3 s is never slow), repeats and "
    "restarts 14, change of rate 10, silence in mid-sentence 10, time given to the one who presses 6; what was not "
    "measured is left out and the rest weigh more. Full marks within your usual scatter, none from 3.5 times as far. "
    "The score is the median of the events with its 80% interval, none under three. Experimental: words and seconds "
    "are read, not feelings. Pitch and loudness are no part of it.",
)


@dataclass(frozen=True, slots=True)
class Composure:
    """Cards of all pressure events and their score."""

    score: NamedScore
    cards: list[PressureCard]
    findings: list[Finding]
    metrics: list[Metric]
    detail: ComposureDetail | None = None


@dataclass(frozen=True, slots=True)
class PressureWindow:
    """Where one event is answered, and what it is held against; the recording is measured in the same places."""

    event: Pressure
    until: float
    """Next event or end of the rehearsal."""
    span: Interval
    said: Stretch
    calm: CalmWindow | None


def measure_composure(
    timeline: Timeline,
    scenario: Scenario,
    seen: Mapping[str, Sequence[Seen]],
    language: Language,
    handled: Sequence[HandledLine] = (),
    features: VoiceFeatures | None = None,
    history: History = NOTHING,
) -> Composure:
    """Return a card per pressure event, and a score from three events on.

    Args:
        timeline: The rehearsal.
        scenario: As it was used.
        seen: Where selling points show.
        language: Of the scenario.
        handled: What became of each viewer's line; tells who got the answer.
        features: Stretches of voice in the recording, for silences without word times.
        history: The streamer's own calm from earlier rehearsals.
    """
    room = _Room(timeline, scenario, seen, language, handled, features, history)
    reason = _reason(timeline)
    cards = [room.card(at, is_scored=reason is None) for at in range(len(room.windows))]
    scores = [card.score for card in cards if card.score is not None]
    reason = reason or (None if len(scores) >= LEAST_EVENTS else _too_few(len(scores)))
    detail = None if _reason(timeline) is not None or not timeline.voiced else room.detail(cards)
    return Composure(
        score=_named(scores, reason, history),
        cards=cards,
        findings=[*composure_findings(cards, handled), *(gap_findings(detail.gap, cards) if detail else [])],
        metrics=composure_metrics(cards, reason),
        detail=detail,
    )


def windows_of(timeline: Timeline, language: Language, talk: Talk) -> tuple[list[PressureWindow], list[CalmWindow]]:
    """Return where each event is answered, and the calm windows."""
    events = pressure_events(timeline, language.code)
    calm = calm_windows(timeline, events, talk)
    found = []
    for at, event in enumerate(events):
        until = until_of(events, at, timeline.end)
        span = response_window(event, until, talk)
        near = matched(calm, event.at, timeline.stage_at(event.at))
        found.append(PressureWindow(event, until, span, talk.within(span), near))
    return found, calm


def talk_of(timeline: Timeline, language: Language, features: VoiceFeatures | None) -> Talk:
    """Return the streamer's words in time; silences from the recording where words have no times."""
    return Talk(timeline, language, merge(features.voiced) if features is not None and features.voiced else None)


def _named(scores: Sequence[float], reason: Text | None, history: History) -> NamedScore:
    """Return the score with its interval; words alone where the interval is too wide for a number."""
    value: float | None = None
    interval = words = None
    if reason is None:
        value, interval = round(median(scores), 1), median_interval(scores)
        words = band_words(value)
        if is_wide(interval):
            reason = too_wide(value, interval)
            value = None
    return NamedScore(
        id="composure",
        name=NAME,
        value=value,
        not_measured=reason,
        method=METHOD,
        interval=interval,
        minimal_change=history.composure_change,
        change=_change(value, history),
        experimental=True,
        words=words,
    )


def _change(value: float | None, history: History) -> float | None:
    """Return the difference to the rehearsal before, where it is more than scatter."""
    before = history.composure
    if value is None or before is None or not is_change(value, before, history.composure_change):
        return None
    return round(value - before, 1)


def _reason(timeline: Timeline) -> Text | None:
    if not timeline.spoken:
        return NOTHING_SAID
    if not timeline.worded:
        return NO_WORDS
    return None if timeline.is_timed else UNTIMED


def _too_few(count: int) -> Text:
    return both(
        f"证据不足：能打分的压力事件只有 {count} 个，至少要 {LEAST_EVENTS} 个。",
        f"Not enough evidence: {counted(count, 'pressure event')} could be scored, {LEAST_EVENTS} are needed.",
    )


class _Room:
    """One rehearsal, prepared for being asked about its events."""

    def __init__(
        self,
        timeline: Timeline,
        scenario: Scenario,
        seen: Mapping[str, Sequence[Seen]],
        language: Language,
        handled: Sequence[HandledLine],
        features: VoiceFeatures | None,
        history: History,
    ) -> None:
        self._timeline = timeline
        self._scenario = scenario
        self._language = language
        self._handled = {line.seq: line for line in handled}
        self._answered = _answered_by(handled)
        waiting = sorted(
            (line.at, line.viewer_id) for line in handled if line.at is not None and line.should != "ignore"
        )
        self._waiting = waiting
        self._is_voiced = bool(timeline.voiced)
        self._talk = talk_of(timeline, language, features)
        self._thread = Thread(timeline, scenario, seen, language)
        self._reactions = Reactions(timeline)
        self.windows, self._calm = windows_of(timeline, language, self._talk)
        events = [window.event for window in self.windows]
        self._baseline: Baseline = baseline_of(
            timeline, events, self._calm, self._reactions, self._thread, history.calm
        )

    def card(self, at: int, *, is_scored: bool) -> PressureCard:
        """Return what happened at one event."""
        window, timed = self.windows[at], self._timeline.is_timed
        event, answers = window.event, self._reactions.answers(window.event)
        talking = timed and self._reactions.was_talking(event)
        latency = self._reactions.latency(event) if timed else None
        back = self._thread.back_after(since(event)) if timed else None
        back_sec = max(0.0, back.at - event.at) if back else None
        own = [item for item in _inside(answers, window.span) if not self._is_to_another(item, event)]
        slips = self._slips(event, own)
        reacted = back_sec if talking else latency
        has_room = window.until - event.at >= _ROOM_TO_ANSWER_SEC or (
            reacted is not None and event.at + reacted < window.until
        )
        card = PressureCard(
            seq=event.seq,
            at=round(event.at, 2),
            viewer_id=event.viewer_id,
            what=event.what,
            kind=kind_of(event, self._timeline),
            answer_latency_sec=_round(latency),
            already_talking=talking,
            return_sec=_round(back_sec),
            language_control=not slips if answers else None,
            slips=[slip.text for _, slip in slips],
            said=_said(slips, own or answers),
        )
        if not (is_scored and has_room):
            return card
        return self._scored(card, window, slips=len(slips) if answers else None)

    def _scored(self, card: PressureCard, window: PressureWindow, *, slips: int | None) -> PressureCard:
        response = Response(
            said=window.said,
            calm=window.calm,
            back_sec=self._back_sec(card, window),
            latency_sec=self._latency_sec(card, window.event),
            slips=slips,
            hostile_share=self._hostile_share(card, window),
        )
        if not _has_shown(response):
            return card
        features = features_of(response, self._baseline)
        score, gate = event_score(features)
        rate = window.calm.said.rate if window.calm else None
        curve = curve_of(card.at, window.until, card.return_sec, self._talk, rate) if self._is_voiced else []
        judged = card.model_copy(update={"features": features, "score": score, "gate": gate, "curve": curve})
        following = next_action(judged, self._handled.get(card.seq))
        return judged.model_copy(update={"behaviour": behaviour(judged), "next": following})

    def _back_sec(self, card: PressureCard, window: PressureWindow) -> float | None:
        """Return the time back; None where the next event came before it could be called long."""
        limit = window.until - window.event.at
        back = card.return_sec
        if (back is None or back > limit) and limit < _RETURN_SEC:
            return None
        return NEVER if back is None else back

    def _latency_sec(self, card: PressureCard, event: Pressure) -> float | None:
        """Return the time to the first word: 0 for talking over a line, none for typing or for talking on."""
        if not self._is_voiced:
            return None
        if card.already_talking:
            return 0.0 if event.cut_off else None
        return NEVER if card.answer_latency_sec is None else card.answer_latency_sec

    def _hostile_share(self, card: PressureCard, window: PressureWindow) -> float | None:
        """Return the share of a whole window given to the one who pressed, where somebody else waited for an answer.

        Of 20 s, also where the answer was shorter: one brief reply is nothing to hold against anybody.
        """
        if card.viewer_id is None or window.said.sec <= 0:
            return None
        earliest = window.event.at - load_composure().calm_distance_sec
        first = bisect_left(self._waiting, (earliest, ""))
        last = bisect_right(self._waiting, (window.span[1], "\uffff"))
        own = self._handled.get(card.seq)
        if own is None or all(viewer == card.viewer_id for _, viewer in self._waiting[first:last]):
            return None
        given = merge(
            (max(item.start, window.span[0]), min(item.end, window.span[1]))
            for item in own.evidence
            if item.speaker == "streamer" and item.start is not None and item.end is not None
        )
        return min(1.0, sum(end - start for start, end in given) / load_composure().window_sec)

    def _slips(self, event: Pressure, response: Sequence[Spoken]) -> list[tuple[Spoken, TextSpan]]:
        """Return hostile, pleading and blaming words, without those said before there was an event."""
        own = self._handled.get(event.seq)
        deserved = own is not None and own.should in ("answer", "protect")
        found = [
            (spoken, slip)
            for spoken in response
            for slip in slips_in(spoken, self._scenario, self._language, deserved=deserved)
        ]
        return [(spoken, slip) for spoken, slip in found if moment(spoken, slip.start) >= since(event)]

    def _is_to_another(self, spoken: Spoken, event: Pressure) -> bool:
        """Return whether an utterance answers another viewer's line, or calls another viewer by name."""
        if event.viewer_id is None:
            return False
        answered = self._answered.get(spoken.seq, set())
        if event.seq in answered or event.viewer_id in (called := self._called(spoken)):
            return False
        others = {self._handled[seq].viewer_id for seq in answered} - {event.viewer_id}
        return bool(others) or bool(called)

    def _called(self, spoken: Spoken) -> set[str]:
        """Return the viewers whom an utterance calls by name."""
        joined, code = self._timeline.joined.items(), self._scenario.language
        return {viewer_id for viewer_id, viewer in joined if calls(viewer.name, spoken.text, code)}

    def detail(self, cards: Sequence[PressureCard]) -> ComposureDetail:
        """Return what lies beside the score."""
        scored = [card for card in cards if card.score is not None]
        responses = [window.said for window, card in zip(self.windows, cards, strict=True) if card.score is not None]
        return ComposureDetail(
            calm=self._baseline.summary(self._timeline, self._timeline.device),
            recovery=recovery(cards),
            gap=gap(self._baseline, scored, responses),
            drift=drift(self._calm, cards, self._timeline.end),
            kinds=kinds(cards),
            baseline=self._baseline.source,
        )


def _has_shown(response: Response) -> bool:
    """Return whether there was a reaction, the lack of one, or talk enough to tell how the event was met."""
    is_reaction = response.back_sec is not None or response.latency_sec is not None or bool(response.slips)
    return is_reaction or response.said.sec >= load_composure().least_window_sec


def _answered_by(handled: Sequence[HandledLine]) -> dict[int, set[int]]:
    """Return which lines each utterance answers, by their records."""
    found: dict[int, set[int]] = {}
    for line in handled:
        for item in line.evidence:
            if item.speaker == "streamer" and item.seq is not None:
                found.setdefault(item.seq, set()).add(line.seq)
    return found


def _inside(answers: Sequence[Spoken], span: Interval) -> list[Spoken]:
    """Return the answers that begin inside the response window, at least one."""
    return [*answers[:1], *takewhile(lambda item: item.start < span[1], answers[1:])]


def _said(slips: Sequence[tuple[Spoken, TextSpan]], answers: Sequence[Spoken]) -> Evidence | None:
    if slips:
        return slips[0][0].evidence()
    return answers[0].evidence() if answers else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(max(0.0, value), 1)
