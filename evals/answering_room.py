"""An audience that answers every utterance aloud, so that each turn of a benchmark measures something.

It stands in for `coach.room.audience.Audience`, whose viewers rightly let many utterances stand. What is measured is
the loop, never the audience.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coach.events import Record, RehearsalEnded, RehearsalStarted, UtteranceHeard, ViewerJoined
from coach.live import rehearsal
from coach.ports import VoiceSpec
from coach.room.request import Action, Dropped, LineBrief, LineRequest
from coach.scenario.model import Scenario

LINES = {
    "en": (
        "Well I have looked at three of these already, so why should I take yours and not the cheaper one",
        "That sounds nice, but my sister bought the same thing last year and it broke within a few weeks",
        "Okay, and how long does the shipping take if I order it tonight and live far out in the country",
        "I am still not sure about the size, could you hold it next to something that everybody knows",
    ),
    "zh": (
        "我刚刚看了三家都差不多，你家为什么要贵一点，能不能说说到底好在哪里",
        "听起来是不错，可是我姐姐去年买过一样的，用了没几个星期就坏掉了",
        "那如果我今天晚上下单，住得又比较远，大概要多久才能收到货呢",
        "尺寸我还是有点拿不准，你能不能拿一个大家都知道的东西比一比",
    ),
}
"""Five seconds and more of speech each: long enough to be cut off."""


@contextmanager
def everybody_is_answered() -> Iterator[None]:
    """Put this audience in the place of the real one, in this process, for the block."""
    names = vars(rehearsal)
    real = names["Audience"]
    names["Audience"] = AnsweringRoom
    try:
        yield
    finally:
        names["Audience"] = real


class AnsweringRoom:
    """Has the interface of `Audience`. One viewer, who never speaks unasked."""

    def __init__(self, scenario: Scenario, *, seed: int | None = None, difficulty: int | None = None) -> None:
        self._scenario = scenario
        self._viewer = scenario.viewers[0]
        self._count = 0

    def observe(self, record: Record) -> list[Action]:
        """Answer an utterance, whatever it says."""
        match record.event:
            case RehearsalStarted():
                spec = self._viewer
                joined = ViewerJoined(viewer_id=spec.id, name=spec.name, viewer_type=spec.type, channel=spec.channel)
                return [joined]
            case UtteranceHeard() as utterance:
                self._count += 1
                return [self._line(utterance, record.at)]
            case RehearsalEnded() | _:
                return []

    def answers(self, utterance: UtteranceHeard, at: float) -> list[Action]:
        """Return what `observe` would do; nothing changes."""
        self._count += 1
        line = self._line(utterance, at)
        self._count -= 1
        return [line]

    def tick(self, at: float) -> list[Action]:
        """Do nothing unasked."""
        return []

    def dropped(self, dropped: Dropped) -> None:
        """Let it be."""

    def _line(self, utterance: UtteranceHeard, at: float) -> LineRequest:
        language = self._scenario.language
        brief = LineBrief(
            language=language,
            persona="",
            intent="ask",
            instruction="",
            product="",
            state="",
            intensity_cap=1,
            max_chars=200,
        )
        return LineRequest(
            line_id=f"l{self._count}",
            viewer_id=self._viewer.id,
            channel="voice",
            intent="ask",
            text=LINES[language][self._count % len(LINES[language])],
            voice=VoiceSpec(language, gender="female"),
            floor="needs_gap",
            reply_to=utterance.utterance_id,
            expires_at=at + 10.0,
            brief=brief,
        )
