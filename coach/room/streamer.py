"""What the audience knows of the streamer: whether they speak, how long the room has been quiet."""

from __future__ import annotations

from coach.events import (
    Event,
    LineVoiced,
    LineVoicing,
    RehearsalStarted,
    SpeechPaused,
    SpeechStarted,
    UtteranceHeard,
    WordsHeard,
)

_FORGET_SEC = 2.5
"""After a pause this long without words the sound was no utterance (a cough, a door)."""
_TYPES_SEC = 12.0
"""What a sentence takes that is typed, some 40 characters (English) or 15 (Chinese) on a phone: so long is no silence.
Source: design value, at 40 words a minute and a second or two to think."""


class Streamer:
    """Follows the speech events of the log. All times room seconds."""

    def __init__(self) -> None:
        self._speaking = False
        self._began = 0.0
        self._paused_at: float | None = None
        self._last_sound = 0.0
        self._viewer_voice = False
        self._types = False
        self.said_anything = False

    def restart(self, now: float) -> None:
        """Forget what was being said: the room goes on from `now`."""
        self._speaking, self._paused_at, self._viewer_voice = False, None, False
        self._last_sound = now

    def note(self, event: Event, now: float) -> None:
        """Take one event that happened at `now`."""
        match event:
            case RehearsalStarted():
                self._types = event.input == "typed"
            case SpeechStarted() | WordsHeard():
                self._types = False
                self._began = self._began if self._speaking else now
                self._speaking, self._paused_at = True, None
            case SpeechPaused():
                self._paused_at = now
            case UtteranceHeard():
                self._speaking, self._paused_at, self.said_anything = False, None, True
                self._types = event.source == "typed"
            case LineVoicing():
                self._viewer_voice = True
            case LineVoiced():
                self._viewer_voice = False
            case _:
                return
        self._last_sound = now

    def is_speaking(self, now: float) -> bool:
        """Return whether an utterance is open."""
        if self._speaking and self._paused_at is not None and now - self._paused_at > _FORGET_SEC:
            self._speaking, self._paused_at = False, None
        return self._speaking

    def speaking_sec(self, now: float) -> float:
        """Return for how long an utterance has been open; 0 if none is."""
        return max(0.0, now - self._began) if self.is_speaking(now) else 0.0

    def silent_sec(self, now: float) -> float:
        """Return how long nobody has spoken aloud, or typed for all that can be told."""
        if self._viewer_voice or self.is_speaking(now):
            return 0.0
        return max(0.0, now - self._last_sound - (_TYPES_SEC if self._types else 0.0))
