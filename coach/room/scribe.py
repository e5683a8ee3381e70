"""Turns what a viewer wishes to say into a line request, and keeps track of it until it is out."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from zlib import crc32

from coach.events import Channel
from coach.language import Language
from coach.ports import VoiceSpec
from coach.room.brief import line_brief
from coach.room.director import Wish
from coach.room.lines import LinePool
from coach.room.pack import LinePack
from coach.room.question import question_of
from coach.room.request import LineRequest, Turn
from coach.room.slots import Talk, line_slots
from coach.room.told import was_told
from coach.room.viewer import Deal, ViewerState
from coach.scenario.model import Intent, Scenario

_RECENT = 8
"""Turns a model is shown."""
_ASKING = ("open", "ask", "push", "ignored_remark")
_THANKING = ("thank", "soften", "praise", "accept", "buy")
"""Lines that want to know something, and lines of those who have been told."""
_AVOID = 40
"""Lines a model is told not to repeat."""


@dataclass(slots=True)
class OpenLine:
    """A line asked for and not yet out."""

    request: LineRequest
    wish: Wish
    asked_at: float
    """Room seconds."""
    speaker: str
    """The viewer's name."""
    voicing: bool = False


class Scribe:
    """Words wishes. One per rehearsal."""

    def __init__(self, scenario: Scenario, language: Language, pack: LinePack, rng: random.Random) -> None:
        self._scenario = scenario
        self._language = language
        self._pack = pack
        self._pool = LinePool(pack, language, rng, scenario.intensity_cap)
        self._recent: deque[Turn] = deque(maxlen=_RECENT)
        self._avoid: deque[str] = deque(maxlen=_AVOID)
        self._count = 0
        self.talk = Talk()
        self.open: dict[str, OpenLine] = {}

    @property
    def voice_busy(self) -> bool:
        """Whether a spoken line is asked for or being said."""
        return any(line.request.channel == "voice" for line in self.open.values())

    def waits_for(self, viewer_id: str) -> bool:
        """Return whether a line of this viewer is on its way."""
        return any(line.request.viewer_id == viewer_id for line in self.open.values())

    def ask(
        self, wish: Wish, channel: Channel, state: ViewerState, deal: Deal, now: float, expires_at: float, *, floor: str
    ) -> LineRequest | None:
        """Return the request for a wish; None if no unused line is left for it.

        Args:
            wish: What to say.
            channel: Where.
            state: Who.
            deal: The sale.
            now: Room seconds.
            expires_at: Rehearsal seconds.
            floor: Floor policy of the viewer.
        """
        known = self._pack.types.get(state.spec.type)
        phrases = known.phrases if known else {}
        slots = line_slots(state, self._scenario, deal, channel, self.talk, about=wish.about, phrases=phrases)
        taken = self._fixed(wish) or self._pool.take(
            state,
            wish.intent,
            channel,
            slots,
            fits=lambda text, kind: not was_told(text, state.spec.type, kind, state.heard, self._scenario),
        )
        if taken is None:
            return None
        text, intent = taken
        self._count += 1
        request = LineRequest(
            line_id=f"l{self._count}",
            viewer_id=wish.viewer_id,
            channel=channel,
            intent=intent,
            text=text,
            voice=voice_of(state, self._scenario.language),
            floor="cuts_in" if floor == "cuts_in" else "needs_gap" if floor == "needs_gap" else "waits",
            pressure=wish.pressure,
            reply_to=wish.reply_to,
            fixed=bool(wish.text),
            expires_at=expires_at,
            brief=line_brief(
                state,
                intent,
                channel,
                self._scenario,
                deal,
                self._language,
                self._pack,
                slots,
                tuple(self._recent),
                tuple(self._avoid),
            ),
        )
        self.open[request.line_id] = OpenLine(request, wish, now, state.spec.name)
        return request

    def out(self, line_id: str, text: str, heard: str, *, cut_off: bool = False) -> OpenLine | None:
        """Note that a line is out; return what it was, None if it is not ours.

        Args:
            line_id: Which.
            text: As worded in the end.
            heard: What of it was heard; all of it for danmaku.
            cut_off: Whether it was ended before all of it was said; the model is shown a dash.
        """
        line = self.open.pop(line_id, None)
        if line is None:
            return None
        if text != line.request.text:  # a model worded it: the scripted line is still unused
            self._pool.give_back(line.request.text)
            self._pool.mark(text)
        self._avoid.append(text)
        self._spoke(line.request.viewer_id, line.speaker, text, line.request.intent)
        self.remember(line.speaker, f"{heard}—" if heard and cut_off else heard)
        return line

    def _spoke(self, viewer_id: str, name: str, text: str, intent: str) -> None:
        """Keep who spoke and what that did, for those who pick it up."""
        asks = intent in _ASKING and question_of(text, self._scenario).asks
        self.talk.spoke.append((viewer_id, name))
        self.talk.did[name] = "asks" if asks else "thanks" if intent in _THANKING else ""

    def recall(self, state: ViewerState, text: str, heard: str) -> None:
        """Take up a line of an earlier rehearsal."""
        self._pool.mark(text)
        self._avoid.append(text)
        self._spoke(state.spec.id, state.spec.name, text, "")
        self.remember(state.spec.name, heard)

    def lost(self, line_id: str) -> OpenLine | None:
        """Note that a line never came out; its wording may be used again."""
        line = self.open.pop(line_id, None)
        if line is not None:
            self._pool.give_back(line.request.text)
        return line

    def forget(self, viewer_id: str) -> None:
        """Drop what is kept for somebody who never comes back."""
        self._pool.forget(viewer_id)

    def _fixed(self, wish: Wish) -> tuple[str, Intent] | None:
        """Return the words a wish comes with, if it does."""
        if not wish.text:
            return None
        self._pool.mark(wish.text)
        return wish.text, wish.intent

    def remember(self, speaker: str, text: str) -> None:
        """Keep a turn for the model."""
        if text:
            self._recent.append(Turn(speaker=speaker, text=text))

    def point_said(self, title: str) -> None:
        """Remember the selling point that came up last, for lines that pick it up."""
        self.talk.point = title


def voice_of(state: ViewerState, language: str) -> VoiceSpec:
    """Return a viewer's voice; what the author left open follows from the viewer's id, the same every time."""
    spec = state.spec
    seed = crc32(spec.id.encode())
    gender = spec.voice.gender or ("female" if seed % 2 else "male")
    return VoiceSpec(
        language=language,
        gender=gender,
        rate=spec.voice.rate,
        pitch=spec.voice.pitch,
        seed=seed % 1000,
        viewer_type=spec.type,
    )
