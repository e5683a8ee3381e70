"""One scripted streamer: reads what appears, decides what to do next, words it. Sees no viewer's state or type."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.language import language_for
from coach.room.simulated.manner import Manner
from coach.room.simulated.need import CARE, NeedReader
from coach.room.simulated.sheet import Sheet
from coach.room.simulated.wordings import wordings
from coach.scenario.model import Scenario

_PRESSING = (*CARE, "aftersales", "wrong_price", "link_down")
"""Answered before all else; among the others whoever has waited longest is next."""
_IDLE = ("remark", "praise", "lurk", "attack", "spam", "off_topic")
"""Taken up when nobody else waits."""
_HEALTH = (
    "治",
    "药",
    "血",
    "胎",
    "祛",
    "癌",
    "减肥",
    "瘦",
    "敏",
    "cure",
    "blood",
    "pregnan",
    "treat",
    "heal",
    "acne",
    "lose ",
)
_DEALING = ("转账", "私下", "加微", "venmo", "cash app", "direct", "skip the app")
_CLOSING_STAGES = ("price", "close", "报价", "逼单")


@dataclass(frozen=True, slots=True)
class Speech:
    """One utterance about to be said."""

    text: str
    act: str
    seconds: float
    answers: str = ""
    """Line it answers."""


@dataclass(slots=True)
class _Seen:
    line_id: str
    viewer: str
    text: str
    need: str
    topic: str
    at: float
    since: float
    """When this viewer put the first line that nobody has answered yet."""
    ready: float


@dataclass(slots=True)
class _Turns:
    """Picks wordings and acts in turn, so that none comes back before the others."""

    rng: random.Random
    left: dict[str, list[str]] = field(default_factory=dict)

    def next(self, key: str, options: tuple[str, ...], *, ordered: bool = False) -> str:
        rest = self.left.get(key)
        if not rest:
            rest = list(options)
            if not ordered:
                self.rng.shuffle(rest)
            rest.reverse()
            self.left[key] = rest
        return rest.pop()


class Performer:
    """Plays one streamer.

    Args:
        scenario: Its product sheet and locale are all that is looked at, and how viewers are called.
        manner: How it behaves.
        rng: Makes it repeatable.
    """

    def __init__(self, scenario: Scenario, manner: Manner, rng: random.Random) -> None:
        self._manner = manner
        self._rng = rng
        self._language = language_for(scenario.locale)
        self._words = wordings(self._language.code)
        self._sheet = Sheet(scenario, rng)
        self._reader = NeedReader(self._language, self._sheet.topics())
        self._turns = _Turns(rng)
        self._inbox: list[_Seen] = []
        self._plan: deque[str] = deque(manner.opening)
        self._answers = 0
        self._served: set[str] = set()

    # --- what it perceives ----------------------------------------------------------------------------------

    def sees(self, line_id: str, viewer: str, text: str, at: float, *, aloud: bool) -> None:
        """Take a line that a viewer typed or said aloud."""
        if self._rng.random() >= (self._manner.takes_up if aloud else self._manner.notices):
            return
        need, topic = self._reader.read(viewer, text)
        ready = at if aloud else at + self._rng.uniform(*self._manner.reacts)
        before = next((seen for seen in self._inbox if seen.viewer == viewer), None)
        if before is not None and need == "remark":
            return  # what was asked before still stands
        self._inbox = [seen for seen in self._inbox if seen.viewer != viewer]
        since = at if before is None else before.since
        self._inbox.append(_Seen(line_id, viewer, text, self._finer(need, text), topic, at, since, ready))

    def room_changed(self, reason: str) -> None:
        """Take what happened to the room: viewers gone, a link that fails, a wrong price on the card."""
        act = {"audience_drop": "revive", "zero_orders": "revive", "link_failure": "link_down"}.get(reason, reason)
        if act in ("revive", "link_down", "wrong_price") and "point" in self._manner.opening:
            self._plan.appendleft(act)

    def stage(self, name: str) -> None:
        """Take the next stage of the plan on the wall."""
        if name in _CLOSING_STAGES and "cta" in self._manner.opening:
            self._plan.extendleft(("cta", "price"))

    def talks_over(self) -> bool:
        """Return whether it cuts off the viewer who has just begun to speak."""
        return self._rng.random() < self._manner.talks_over

    def pause(self) -> float:
        """Return how long it stays silent now, seconds."""
        chance, least, most = self._manner.dead_air
        if self._rng.random() < chance:
            return self._rng.uniform(least, most)
        return self._rng.uniform(*self._manner.gap)

    # --- what it does ---------------------------------------------------------------------------------------

    def speak(self, now: float) -> Speech:
        """Return what it says now."""
        seen = self._next_line(now) if self._answers < self._manner.answers_in_a_row else None
        if seen is not None:
            act = self._act_for(seen)
            if act:
                self._answers += 1
                speech = self._say(act, seen)
                self._served.add(seen.viewer)
                return speech
        self._answers = 0
        if not self._plan:
            self._plan.extend(self._manner.loop)
        return self._say(self._plan.popleft(), None)

    def cut_short(self, speech: Speech) -> None:
        """Take note that an utterance was broken off: it is said again."""
        if not speech.answers:
            self._plan.appendleft(speech.act)

    def _next_line(self, now: float) -> _Seen | None:
        """Return the most urgent line; what nothing is to be done about is passed over."""
        self._inbox = [seen for seen in self._inbox if now - seen.at <= self._manner.remembers]
        ready = [seen for seen in self._inbox if seen.ready <= now]
        if not ready:
            return None
        best = min(ready, key=lambda seen: (_rank(seen.need), seen.since))
        self._inbox.remove(best)
        return best

    def _act_for(self, seen: _Seen) -> str:
        options = self._manner.acts.get(seen.need, (seen.need,))
        act = self._turns.next(f"act {seen.need}", options, ordered=True)
        if act == "topic":
            return "point_answer" if self._sheet.is_point(seen.topic) else _topic_act(seen.topic)
        if act == "aftersales" and seen.viewer in self._served:
            return "aftersales_again"
        if act == "concede" and self._rng.random() >= self._manner.gives_in:
            return "vague_answer"
        if act == "concede" and not self._sheet.can_concede:
            return "hold"
        return act

    def _say(self, act: str, seen: _Seen | None) -> Speech:
        viewer = seen.viewer if seen is not None and self._manner.names else ""
        forgets = self._rng.random() < self._manner.forgets
        slots = self._sheet.slots(seen.topic if seen is not None else "", viewer, forgets=forgets)
        template = self._turns.next(act, self._words.acts[act])
        text = worded(template, slots)
        text = self._hesitant(text)
        return Speech(text, act, self._seconds(text), seen.line_id if seen is not None else "")

    def _hesitant(self, text: str) -> str:
        if not self._manner.hesitates:
            return text
        mark = "，" if self._language.code == "zh" else ","
        parts = re.split(rf"(?<={mark})", text)
        said = []
        for part in parts:
            if self._rng.random() < self._manner.hesitates:
                said.append(f"{self._rng.choice(self._words.fillers)}{mark}")
            said.append(part)
        return ("" if self._language.code == "zh" else " ").join(piece.strip() for piece in said if piece.strip())

    def _seconds(self, text: str) -> float:
        rate = self._manner.units_per_min[self._language.code] * self._rng.uniform(0.92, 1.08)
        return max(0.5, self._language.count_units(text) * 60 / rate)

    def _finer(self, need: str, text: str) -> str:
        """Tell health claims and side deals from other claims."""
        if need != "claim":
            return need
        low = text.lower()
        if any(cue in low for cue in _DEALING):
            return "claim_deal"
        return "claim_health" if any(cue in low for cue in _HEALTH) else "claim"


def _topic_act(topic: str) -> str:
    return "proof" if topic.startswith("proof:") else "fact"


def _rank(need: str) -> int:
    if need in _PRESSING:
        return 0
    return 2 if need in _IDLE else 1


def worded(template: str, slots: Mapping[str, str]) -> str:
    """Return a template with its slots filled, and without what an empty one leaves behind."""
    text = template.format_map(slots)
    text = re.sub(r"\s+([,.])", r"\1", text)
    text = re.sub(r"^[，,\s]+", "", text)
    return re.sub(r"[，,]\s*([，,.])", r"\1", " ".join(text.split()))
