"""One sparse word of advice while the room runs, for scenarios that ask for it.

Busy live feedback does worse than none (Chollet 2022); a single word, seldom, was found pleasant (Rhema 2015). So: two
rules that hold for any speaker, one word at a time, at least 20 s apart, and nothing in an exam or where words are
typed. Teaching is the scorecard's part.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from coach.events import (
    CueShown,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalPaused,
    RehearsalResumed,
    SpeechPaused,
    SpeechStarted,
    UtteranceHeard,
)
from coach.language import Language, language_for
from coach.room.room_time import RoomTime
from coach.scenario.model import DemoWindow, Scenario

APART_SEC = 20.0
"""Least time between two cues (DOMAIN §1.5)."""
SAME_APART_SEC = 60.0
"""Least time until the same cue comes again: told once, it is known. This project's own."""
FASTEST = {"zh": 380.0, "en": 210.0}
"""Units a minute above which no stage of a pitch is well spoken: the outer edge of the widest band (DOMAIN §3.1)."""
HEARD_SEC = 30.0
"""Stretch over which the pace is taken, as the scorer takes it (DOMAIN §3.1)."""
ENOUGH_SEC = 12.0
"""Speech in it from which a pace says something. This project's own."""
SILENT_SEC = 8.0
"""Silence of everybody that is critical dead air (DOMAIN §3.2)."""
OPENING_SEC = 5.0
"""Time to settle before silence counts (DOMAIN §3.2)."""

LONGEST_SEC = 26.0
"""Longest an utterance stays open (`EndpointTimes.max_sec` and what ends it then); one that did was no speech."""

TEXTS = {"slower": {"zh": "慢一点", "en": "Slower"}, "silence": {"zh": "接着说", "en": "Keep talking"}}


class Cues:
    """Says when a cue is due. Synchronous and pure: the same records and times give the same cues."""

    def __init__(self, language: Language, demo_windows: Sequence[DemoWindow] = ()) -> None:
        self._language = language
        self._shown_in_silence = [(window.from_sec, window.to_sec) for window in demo_windows]
        self._time = RoomTime()
        self._spoken: deque[UtteranceHeard] = deque()
        self._voices: set[str] = set()
        """Lines that are being spoken."""
        self._open_since: float | None = None
        """Onset of the streamer's open utterance. A pause in it is no end, and one that comes to nothing has none."""
        self._quiet_since = 0.0
        self._last_at: float | None = None
        self._last_of: dict[str, float] = {}

    def observe(self, record: Record) -> None:
        """Take note of what happened."""
        match record.event:
            case SpeechStarted():
                self._open_since = record.at
            case SpeechPaused():
                self._quiet_since = record.at
            case UtteranceHeard() as utterance:
                self._open_since, self._quiet_since = None, record.at
                if utterance.source == "voice":
                    self._spoken.append(utterance)
            case LineVoicing(line_id=line_id):
                self._voices.add(line_id)
            case LineVoiced(line_id=line_id):
                self._voices.discard(line_id)
                self._quiet_since = record.at
            case RehearsalPaused():
                self._time.pause(record.at)
            case RehearsalResumed(paused_sec=paused_sec):
                self._time.resume(paused_sec)
                self._voices.clear()
                self._open_since, self._quiet_since = None, record.at
            case _:
                pass

    def due(self, at: float) -> CueShown | None:
        """Return the cue for this moment (rehearsal seconds), if there is one; it counts as shown."""
        if self._last_at is not None and at - self._last_at < APART_SEC:
            return None
        for rule, holds in (("slower", self._is_too_fast), ("silence", self._is_silent)):
            if at - self._last_of.get(rule, -SAME_APART_SEC) >= SAME_APART_SEC and holds(at):
                self._last_at = self._last_of[rule] = at
                return CueShown(text=TEXTS[rule][self._language.code], rule=rule)
        return None

    def _is_too_fast(self, at: float) -> bool:
        while self._spoken and self._spoken[0].end < at - HEARD_SEC:
            self._spoken.popleft()
        seconds = sum(utterance.end - utterance.start for utterance in self._spoken)
        if seconds < ENOUGH_SEC:
            return False
        units = sum(self._language.count_units(utterance.text) for utterance in self._spoken)
        return 60.0 * units / seconds > FASTEST[self._language.code]

    def _is_silent(self, at: float) -> bool:
        room_sec = self._time.of(at)
        is_open = self._open_since is not None and at - self._open_since < LONGEST_SEC
        if self._voices or is_open or room_sec < OPENING_SEC + SILENT_SEC:
            return False
        if any(start <= room_sec <= end for start, end in self._shown_in_silence):
            return False
        return at - self._quiet_since >= SILENT_SEC


def cues_for(scenario: Scenario, *, exam: bool, typed: bool) -> Cues | None:
    """Return who gives cues, where the scenario asks for them; None in an exam, or without a voice to go by."""
    if scenario.cues == "off" or exam or typed:
        return None
    return Cues(language_for(scenario.locale), scenario.demo_windows)
