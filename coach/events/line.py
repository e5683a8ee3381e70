"""What viewers wrote and said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT

Channel = Literal["chat", "voice"]
CutBy = Literal["streamer", "pause", "end", "failure", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePosted:
    """A viewer's danmaku appeared."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    viewer_id: str
    text: str
    intent: str
    pressure: bool = False
    """Whether this line tests composure."""
    reply_to: str | None = None
    """Utterance it answers, if any."""
    writer: str = "scripted"
    """Who worded it: `scripted` or the model's name."""
    type: Literal["line_posted"] = "line_posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVoicing:
    """A viewer began to speak aloud. Then (LineDucked, LineHeld, LineResumed)*, then LineVoiced with its id."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    viewer_id: str
    text: str
    """Planned text; grows with later clauses, LineVoiced has the whole."""
    intent: str
    start: float
    """First sample handed to the mouth, rehearsal seconds."""
    pressure: bool = False
    reply_to: str | None = None
    writer: str = "scripted"
    cuts_in: bool = False
    """Whether the viewer spoke over the streamer on purpose."""
    type: Literal["line_voicing"] = "line_voicing"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDucked:
    """The speaking viewer was turned down because the streamer may be talking."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    speech_start: float
    """Onset of the sound that ducked it, rehearsal seconds."""
    type: Literal["line_ducked"] = "line_ducked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHeld:
    """The speaking viewer fell silent because the streamer very likely talks. Then LineResumed or LineVoiced."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    speech_start: float
    """Onset of the sound that silenced it, rehearsal seconds."""
    heard_text: str
    """What was played until then, cut at the last whole word."""
    type: Literal["line_held"] = "line_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResumed:
    """False alarm: the ducked or held viewer goes on at full level, at the very sample; nothing was lost."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    type: Literal["line_resumed"] = "line_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVoiced:
    """A viewer stopped speaking."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    line_id: str
    viewer_id: str
    text: str
    """What would have been said."""
    heard_text: str
    """What was in fact played, cut at the last whole word."""
    cut_off: bool
    """Whether it ended before all of it was played, for whatever reason."""
    start: float
    """Rehearsal seconds."""
    end: float
    """Last sample played, rehearsal seconds."""
    cut_by: CutBy | None = None
    """What ended it early: the streamer talking over it, a pause or lost connection, the end of the rehearsal, a fault
    of an engine; `none` if it was played whole; null in logs of before 2026-11-26, which do not tell."""
    type: Literal["line_voiced"] = "line_voiced"

    @property
    def cut_by_streamer(self) -> bool:
        """Whether the streamer may have cut it off: sure where `cut_by` says so, possible where it says nothing."""
        return self.cut_off and self.cut_by in (None, "streamer")
