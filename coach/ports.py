"""What the product needs from the outside, as protocols. Adapters implement them; fakes are in `coach.testing`.

Sample formats, everywhere: microphone side int16 mono 16 kHz in frames of 320 samples (20 ms); viewer side int16
mono 48 kHz in frames of 960 samples (20 ms).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.events import Record

Int16Array: TypeAlias = NDArray[np.int16]

FRAME_SEC = 0.020
EAR_RATE_HZ = 16_000
EAR_FRAME = 320
"""Samples of one microphone frame, 20 ms at 16 kHz."""
MOUTH_RATE_HZ = 48_000
MOUTH_FRAME = 960
"""Samples of one viewer frame, 20 ms at 48 kHz: Opus encodes it without a resampler in between."""


# --- hearing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EarFrame:
    """20 ms of microphone."""

    pcm: Int16Array
    """Shape (320,), int16, 16 kHz mono."""
    position: int
    """First sample's number on the ears' own 16 kHz time line; a jump means lost audio."""


class Ears(Protocol):
    """One source of microphone audio: a browser, a sound card, a file."""

    def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield frames in order and in real time until the source ends. To be iterated once, inside `aclosing`."""
        ...


@dataclass(frozen=True, slots=True)
class VadDecision:
    """Two opinions on one frame."""

    quick: bool
    """Instant first opinion, reversible: good enough to duck a viewer."""
    speech: float
    """Probability 0 to 1 of the confirmed opinion; may lag the frame by up to 32 ms."""


class Vad(Protocol):
    """Voice activity detector, one per connection, fed every frame. Synchronous: must take well under 1 ms."""

    name: str

    def feed(self, pcm: Int16Array) -> VadDecision:
        """Advance by one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.

        Raises:
            ValueError: If the shape differs; frames are never padded silently.
        """
        ...

    def reset(self) -> None:
        """Forget the past, as after a gap."""
        ...


class EchoCanceller(Protocol):
    """Takes the viewers out of one connection's microphone. Synchronous: must take well under 1 ms a frame.

    Order: `played` for every frame handed to the mouth as it is handed out; for every microphone frame `clean`, then
    `weigh` with what the detector made of the cleaned frame.
    """

    name: str

    def played(self, pcm: Int16Array, at: float) -> None:
        """Take one frame handed to the mouth, silence too: shape (960,), int16, 48 kHz, at rehearsal seconds."""
        ...

    def clean(self, frame: EarFrame, at: float) -> Int16Array:
        """Return the frame without the viewers in it, shape (320,); `at` is when it began, rehearsal seconds."""
        ...

    def spoken(self) -> Int16Array:
        """Return the frame cleaned last as a recogniser should hear it; it may be silenced where it is all echo."""
        ...

    def weigh(self, vad: VadDecision) -> VadDecision:
        """Return the opinions on the frame cleaned last, worth less where all of it may be echo."""
        ...

    def trouble(self) -> str | None:
        """Return, once, that an echo is heard which nothing takes out, in a sentence; else None."""
        ...


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One recognised word; times count from the first sample fed."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What has been understood so far."""

    text: str
    words: tuple[HeardWord, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class RecognitionHints:
    """What is likely to be said; engines that can, lean towards it."""

    language: str
    """`zh` or `en`."""
    phrases: tuple[str, ...] = ()
    """Whole sentences or clauses: selling points, common live-room lines."""
    words: tuple[str, ...] = ()
    """Names and product words."""


class Hearing(Protocol):
    """Recognition of one utterance. Order: feed+, (final, feed*)*, aclose."""

    def feed(self, pcm: Int16Array) -> None:
        """Take more audio, any length, int16 16 kHz mono. Returns at once; the work is done elsewhere."""
        ...

    async def final(self) -> Hypothesis:
        """Return the best reading of all that was fed. May be called again after more `feed`.

        Raises:
            EngineError: If the engine failed.
        """
        ...

    async def aclose(self) -> None:
        """Give up the utterance. Idempotent; `final` must not be called after."""
        ...


class Recognizer(Protocol):
    """Speech to text. One per process and language; opens a `Hearing` per utterance."""

    name: str

    async def prepare(self, hints: RecognitionHints) -> None:
        """Load and warm what these hints need, so that the first utterance is not slow.

        Raises:
            EngineError: If it cannot run, e.g. no model for the language.
        """
        ...

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. `on_partial` is called on the event loop with each newer partial."""
        ...

    async def aclose(self) -> None:
        """Release threads and models. Idempotent."""
        ...


class PageRecognizer(Recognizer, Protocol):
    """A recogniser whose words come from the page. One per rehearsal."""

    def hear_page(self, result: int, text: str, *, is_final: bool) -> None:
        """Take a result of the browser's own recognition, new or grown.

        Args:
            result: Counts the page's results from 0; later guesses of one result carry its number.
            text: All of the result's words.
            is_final: Whether it will not change again.
        """
        ...


# --- speaking --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """How a viewer sounds."""

    language: str
    """`zh` or `en`."""
    gender: Literal["female", "male", "neutral"] = "neutral"
    rate: float = 1.0
    """Times the engine's normal pace."""
    pitch: float = 1.0
    """Times the engine's normal pitch."""
    seed: int = 0
    """Tells viewers of one gender apart: engines map it to a variant or speaker."""
    viewer_type: str = ""
    """Type of viewer (`haggler` …): engines may let each speak in a manner of its own."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word of the text begins in the sound."""

    offset: int
    """Characters from the start of the text given to `speak`."""
    length: int
    """Characters."""
    sample: int
    """48 kHz samples from the first sample of this `speak` call."""


@dataclass(frozen=True, slots=True)
class SpeechChunk:
    """A stretch of synthesised speech."""

    pcm: Int16Array
    """Shape (n,), int16, 48 kHz mono; any n > 0."""
    words: tuple[WordMark, ...] = ()
    """Words that begin inside this chunk, in order."""


class Synthesizer(Protocol):
    """Text to speech."""

    name: str

    async def prepare(self, language: str) -> None:
        """Load and warm.

        Raises:
            EngineError: If it cannot run or has no voice for the language.
        """
        ...

    def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield the sound of one clause as soon as it is there. Closing the iterator cancels the rest.

        Raises:
            EngineError: If the engine failed.
        """
        ...

    async def aclose(self) -> None:
        """Release threads and models. Idempotent."""
        ...


class FrameSource(Protocol):
    """What a mouth plays."""

    def next_frame(self) -> Int16Array:
        """Return the next 20 ms, shape (960,), int16 48 kHz mono; silence if nobody speaks. Never blocks."""
        ...


class Mouth(Protocol):
    """Where viewers are heard: a browser, a sound card, a file."""

    async def play(self, source: FrameSource) -> None:
        """Pull one frame every 20 ms on absolute deadlines until cancelled or the far side is gone."""
        ...


class Recorder(Protocol):
    """Keeps both sides' sound, in files whose time equals rehearsal time."""

    def streamer(self, pcm: Int16Array, at: float) -> None:
        """Add microphone sound (16 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        ...

    def viewers(self, pcm: Int16Array, at: float) -> None:
        """Add played sound (48 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        ...

    def failure(self) -> str | None:
        """Return why recording stopped (disk full …), once, else None."""
        ...

    async def aclose(self) -> None:
        """Finish the files. Idempotent."""
        ...


# --- thinking --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model that answers in a stream."""

    name: str

    def stream(self, messages: Sequence[ChatMessage], *, max_tokens: int = 120) -> AsyncGenerator[str, None]:
        """Yield pieces of the answer as they come. Closing the iterator cancels the request.

        Raises:
            EngineError: On any failure of network or server.
        """
        ...

    async def aclose(self) -> None:
        """Release connections. Idempotent."""
        ...


# --- keeping ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RehearsalSummary:
    """One row of the index."""

    id: str
    scenario_id: str
    scenario_title: str
    locale: str
    state: Literal["running", "ended", "scored"]
    started_at: str
    """ISO 8601, UTC."""
    duration_sec: float | None = None
    end_reason: str | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    """`pacing`, `coverage`, `composure`: 0 to 100, null where not measured."""
    recovered: bool = False
    """Whether it was closed by a later start, after a crash."""


class RehearsalStore(Protocol):
    """Index of rehearsals. Synchronous; callers on an event loop use a thread."""

    def save(self, summary: RehearsalSummary) -> None:
        """Insert or replace by id."""
        ...

    def get(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return one row or None."""
        ...

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return rows, newest first."""
        ...

    def delete(self, rehearsal_id: str) -> bool:
        """Remove one row; return whether it was there."""
        ...

    def close(self) -> None:
        """Release the database. Idempotent."""
        ...


class RehearsalFiles(Protocol):
    """One rehearsal's open folder. Synchronous and called from one writer thread."""

    @property
    def path(self) -> Path:
        """The folder."""
        ...

    def append(self, records: Sequence[Record]) -> None:
        """Write whole JSON lines to `events.jsonl` and flush. A failed write leaves only whole lines behind.

        Raises:
            StorageError: If the disk is full or gone.
        """
        ...

    def save_scorecard(self, text: str) -> None:
        """Write `scorecard.json` in one step (a reader sees the old file or the new one).

        Raises:
            StorageError: If the disk is full or gone.
        """
        ...

    def close(self) -> None:
        """Close the file. Idempotent."""
        ...


class Keeper(Protocol):
    """Opens a folder and an index row per rehearsal. Synchronous; callers on an event loop use a thread."""

    def open(self, summary: RehearsalSummary, scenario_text: str) -> RehearsalFiles:
        """Create the folder with `scenario.yaml` and the index row (state `running`).

        Raises:
            StorageError: If either cannot be written.
        """
        ...

    def update(self, summary: RehearsalSummary) -> None:
        """Replace the index row."""
        ...
