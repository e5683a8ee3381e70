"""How the engines did: times and failures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT

Port = Literal["vad", "recognizer", "synthesizer", "chat_model", "echo", "turn_model", "recorder", "ears", "mouth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTimed:
    """How long one reaction of the loop took, as the server sees it; wire figures come from `evals/`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: Literal["answer", "duck", "stop"]
    """`answer`: last voiced sample to first sample of the viewer. `duck`, `stop`: onset to quieter, to silent."""
    total_ms: float
    line_id: str
    endpoint_ms: float | None = None
    """Of it, waiting for the end of the utterance."""
    recognize_ms: float | None = None
    """Of it, waiting for the final words."""
    write_ms: float | None = None
    """Of it, waiting for the first clause of the line."""
    synthesize_ms: float | None = None
    """Of it, waiting for the first sound of the clause."""
    floor_ms: float | None = None
    """Of it, waiting for the floor."""
    playout_ms: float | None = None
    """Of it, from the first sound of the clause to the frame that carried it."""
    foreseen: bool | None = None
    """Whether the answer had been computed in the pause before the utterance ended."""
    dropped_finals: int | None = None
    """Final words computed in a pause of this utterance and thrown away, as speech went on."""
    dropped_answers: int | None = None
    """Answers computed ahead and thrown away since the last answer."""
    dropped_chars: int | None = None
    """Characters worded for them."""
    dropped_sound_sec: float | None = None
    """Speech synthesised for them, s."""
    type: Literal["turn_timed"] = "turn_timed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUsed:
    """What the language model took in this rehearsal; once, before its end."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    model: str
    requests: int
    prompt_tokens: int
    completion_tokens: int
    estimated_requests: int = 0
    """Requests whose tokens were estimated by length, because the server did not say or the answer was cut short."""
    cost: float | None = None
    """Null where no prices are set."""
    currency: str = ""
    type: Literal["model_used"] = "model_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFailed:
    """An engine failed and the rehearsal went on without it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    port: Port
    engine: str
    error: str
    """One sentence for the user."""
    fallback: str
    """What is done instead, e.g. `scripted line`, `line goes to chat`, `typed input stays`."""
    type: Literal["engine_failed"] = "engine_failed"
