"""All measures of one rehearsal's delivery, from which its metrics and findings are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from coach.score.fillers import Fillers
from coach.score.number_pace import NumberPace
from coach.score.pace import Pace
from coach.score.scorecard import Text
from coach.score.silence import Silence
from coach.score.speech import Speech
from coach.score.timeline import Timeline


@dataclass(frozen=True)
class Measured:
    """All measures of one rehearsal's delivery."""

    timeline: Timeline
    speech: Speech
    pace: Pace
    silence: Silence
    numbers: NumberPace
    fillers: Fillers
    per_minute: float | None
    """Fillers a minute of speech; None where speech was too short or its words are unknown."""
    reason: Text | None
    """Why rates cannot be measured, if they cannot."""

    @property
    def is_timed(self) -> bool:
        """Whether silences are known."""
        return bool(self.pace.windows)

    @cached_property
    def has_word_times(self) -> bool:
        """Whether any utterance says when its words were spoken."""
        return any(item.heard.words for item in self.timeline.voiced)

    @property
    def is_transcript(self) -> bool:
        """Whether somebody wrote the words down, or a recogniser whose words were handed in."""
        return any(item.heard.engine.startswith("transcript") for item in self.timeline.spoken)
