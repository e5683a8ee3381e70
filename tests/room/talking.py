"""A room in which the streamer really talks: utterances begin before they end, so that viewers can cut in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import LinePosted, LineVoicing, Record, SpeechStarted, UtteranceHeard
from coach.room.audience import Audience
from coach.scenario.model import Scenario
from tests.room.simulate import Room

PITCH = {
    "en": (
        "so let me show you how this works up close",
        "good question thank you for asking that",
        "i hear you and the price today is the one on the card",
        "look at the test report right here in my hand",
        "the link is up so order now if you like it",
        "let me come back to what i wanted to show you",
    ),
    "zh": (
        "我给大家近距离看一下这个细节",
        "这个问题问得好 谢谢你",
        "理解你的心情 今天的价格就是页面上的价格",
        "大家看我手里的检测报告",
        "链接已经上了 喜欢的可以去拍",
        "我们接着说刚才那一点",
    ),
}
"""Talk of somebody who answers a little and goes on; says no name, no selling point and no number."""
TALKS_SEC = 6.0
EVERY_SEC = 8.0


@dataclass
class TalkingRoom(Room):
    """Plays one rehearsal with a streamer who talks most of the time."""

    def talk(self, until: float, pitch: Sequence[str], *, every: float = EVERY_SEC) -> TalkingRoom:
        """Talk for six of every eight seconds, one sentence after another."""
        number = int(self.now // every)
        while self.now < until:
            self.run(number * every + every - TALKS_SEC)
            begun = self.now
            self.note(SpeechStarted(start=begun))
            self.run(begun + TALKS_SEC)
            text = pitch[number % len(pitch)]
            self.note(UtteranceHeard(utterance_id=f"t{number}", text=text, start=begun, end=self.now))
            number += 1
        return self

    def lines(self) -> list[Record]:
        """Return the records of lines that came out."""
        return [record for record in self.records if isinstance(record.event, LinePosted | LineVoicing)]


def talked(scenario: Scenario, *, seed: int, difficulty: int | None = None, until: float | None = None) -> TalkingRoom:
    """Play a scenario with the plain pitch to its end."""
    room = TalkingRoom(Audience(scenario, seed=seed, difficulty=difficulty))
    room.start()
    return room.talk(until or scenario.duration_sec, PITCH[scenario.language])
