"""Which answer computed ahead is the one that is asked for in the end, and what was computed in vain."""

from __future__ import annotations

from dataclasses import dataclass

from coach.room.prompt import messages
from coach.room.request import LineRequest


def same_words(ahead: LineRequest, asked: LineRequest, *, by_model: bool) -> bool:
    """Return whether a line foreseen can be said in place of the line asked for.

    Args:
        ahead: The line as foreseen in the pause.
        asked: The line as asked for at the end of the utterance.
        by_model: Whether a language model words it: then what it was told must be the same too.
    """
    if (ahead.line_id, ahead.viewer_id, ahead.text, ahead.voice, ahead.intent) != (
        asked.line_id,
        asked.viewer_id,
        asked.text,
        asked.voice,
        asked.intent,
    ):
        return False
    return not by_model or messages(ahead.brief) == messages(asked.brief)


@dataclass(slots=True)
class Waste:
    """Work done ahead and thrown away since the last answer."""

    answers: int = 0
    chars: int = 0
    """Characters worded, by a model or the script."""
    sound_sec: float = 0.0
    """Synthesised speech nobody heard."""

    def add(self, chars: int, sound_sec: float) -> None:
        """Count one answer that was dropped."""
        self.answers += 1
        self.chars += chars
        self.sound_sec += sound_sec

    def take(self) -> Waste:
        """Return the counts so far and begin again at zero."""
        counted = Waste(self.answers, self.chars, round(self.sound_sec, 3))
        self.answers, self.chars, self.sound_sec = 0, 0, 0.0
        return counted
