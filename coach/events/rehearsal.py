"""Begin, pauses and end of a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT

EndReason = Literal["streamer", "safe_word", "time", "disconnected", "stopped", "crashed", "failed"]
"""`safe_word`: the streamer said it or pressed the stop button; all pressure ended at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalStarted:
    """First of every log."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    rehearsal_id: str
    scenario_id: str
    scenario_version: int
    scenario_hash: str
    """SHA-256 of the scenario text used."""
    locale: str
    difficulty: int
    seed: int
    input: Literal["voice", "typed"]
    intensity_cap: int | None = None
    """How hostile a line could become, 0 to 4; null in older logs."""
    exposure: Literal["calm", "easy", "full"] = "full"
    """How much of the scenario's pressure was left in it."""
    replay_of: str = ""
    """Id of the rehearsal one moment of which is played again; empty if none is."""
    prep_sec: float = 0.0
    """Time to prepare, s: the rehearsal begins paused and goes on after it, or when the streamer resumes."""
    exam: bool = False
    """Whether the product card kept its points and facts to itself, and no cue was given."""
    started_at: str
    """Wall time, ISO 8601, UTC."""
    engines: dict[str, str] = field(default_factory=dict)
    """Engine name per port."""
    product_version: str = ""
    type: Literal["rehearsal_started"] = "rehearsal_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrophoneUsed:
    """Which microphone the streamer speaks into, and what is done to its sound. At the start and at each change."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    device: str
    """A name without meaning (hash), the same for the same microphone in the same browser; empty where not known."""
    echo_cancellation: bool | None = None
    """Null where the browser does not say, as for the next two."""
    noise_suppression: bool | None = None
    auto_gain_control: bool | None = None
    """On, loudness means nothing."""
    type: Literal["microphone_used"] = "microphone_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalPaused:
    """Viewers wait. Followed by RehearsalResumed or RehearsalEnded."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    reason: Literal["streamer", "disconnected"]
    type: Literal["rehearsal_paused"] = "rehearsal_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalResumed:
    """The room goes on after a pause."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    paused_sec: float
    """Length of the pause; it does not count towards the rehearsal's duration."""
    type: Literal["rehearsal_resumed"] = "rehearsal_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalEnded:
    """Last of every log."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    reason: EndReason
    type: Literal["rehearsal_ended"] = "rehearsal_ended"
