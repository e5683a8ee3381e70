"""The viewers' one voice track: what is queued, what was played, and what was heard of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.live.tuning import BargeTimes
from coach.live.word_times import placed_words
from coach.ports import MOUTH_FRAME, MOUTH_RATE_HZ, MOUTH_SILENCE, Int16Array, WordMark


@dataclass(frozen=True, slots=True)
class Heard:
    """What of a line reached the ear."""

    text: str
    """Whole words only."""
    samples: int
    """48 kHz samples handed out."""
    complete: bool
    """Whether all of the line was played."""


@dataclass(slots=True)
class _Clause:
    """A piece of the line's text and where its sound lies."""

    offset: int
    text: str
    start: int
    """Its first sample in the line."""
    end: int | None = None
    """After its last sample; None while more may come."""


class Playout:
    """A queue of speech for one line at a time, handed out in 20 ms frames with ducking and a click-free stop.

    Invariants: only the line last begun can add sound (a late worker of a stopped line is refused); at most the
    frame being handed out is past recall; heard text ends with the last word whose end was handed out.
    """

    def __init__(self, times: BargeTimes) -> None:
        self._duck_gain = 10 ** (times.duck_db / 20)
        self._ramp = max(1, times.ramp_ms * MOUTH_RATE_HZ // 1000)
        self._line: str | None = None
        self._held = False
        self._gain = self._target = self._gain_before = 1.0
        self._tail: Int16Array | None = None
        self._silent = True
        self._on_started: Callable[[], None] | None = None
        self._on_drained: Callable[[], None] | None = None
        self._clear()

    @property
    def line(self) -> str | None:
        """The line that may add sound now."""
        return self._line

    @property
    def silent(self) -> bool:
        """Whether the last frame handed out held nothing of the line."""
        return self._silent

    @property
    def started(self) -> bool:
        """Whether a frame of the present line has been handed out."""
        return self._played > 0

    def begin(self, line_id: str, on_started: Callable[[], None], on_drained: Callable[[], None]) -> None:
        """Open the track for a line.

        Args:
            line_id: The line; later calls must name it.
            on_started: Called as the first frame is handed out.
            on_drained: Called once, after the last frame of a finished line was handed out.

        Raises:
            RuntimeError: If another line is still open.
        """
        if self._line is not None:
            raise RuntimeError(f"expected an idle track for {line_id!r}, but {self._line!r} is playing")
        self._clear()
        self._line = line_id
        self._on_started, self._on_drained = on_started, on_drained

    def push(self, line_id: str, pcm: Int16Array, marks: Sequence[WordMark]) -> bool:
        """Queue sound. Marks count characters in the whole line and samples from this piece's first sample.

        Returns:
            False if the line is no longer the one on the track; the sound is dropped.
        """
        if line_id != self._line:
            return False
        self._marks.extend((self._pushed + mark.sample, mark.offset, mark.length) for mark in marks)
        self._queue.append(pcm)
        self._pushed += len(pcm)
        return True

    def add_text(self, line_id: str, text: str) -> int:
        """Append text to the line and return the offset where it begins."""
        if line_id != self._line:
            return 0
        offset = len(self._text)
        self._text += text
        self._clauses.append(_Clause(offset, text, self._pushed))
        return offset

    def end_text(self, line_id: str) -> None:
        """Say that all sound of the text last added is queued; where its engine gave no words, they are placed now."""
        if line_id == self._line and self._clauses:
            self._clauses[-1].end = self._pushed

    def finish(self, line_id: str) -> None:
        """Say that no more sound of this line will come."""
        if line_id == self._line:
            self._finished = True

    def duck(self) -> None:
        """Turn the viewer down."""
        self._target = self._duck_gain

    def hold(self) -> None:
        """Fall silent and keep the place: what fades out now sounds again after `restore`."""
        if self._line is None or self._held:
            return
        self._gain_before = self._gain
        if self.started:
            self._tail = self._fade_out()
        self._held = True
        self._gain = 0.0

    def restore(self) -> None:
        """Turn the viewer up again; after `hold`, go on at the first sample that was not heard in full."""
        self._target = 1.0
        if self._held and self._tail is not None:  # the fade was not handed out yet
            self._tail, self._gain = None, self._gain_before
        self._held = False

    def flush(self) -> Heard:
        """Stop the line now, with a short fade of what would have come next, and say what was heard."""
        heard = self.heard()
        if self._line is not None and self.started and not self._held:
            self._tail = self._fade_out()
        self._line = None
        self._clear()
        return heard

    def heard(self) -> Heard:
        """Return what of the present line has been handed out so far."""
        complete = self._finished and self._played >= self._pushed
        text = self._text if complete else self._text[: self._heard_chars()]
        return Heard(text.strip(), self._played, complete)

    def heard_words(self) -> Heard:
        """Return the words played so far of a line whose end never came: its synthesis failed."""
        return Heard(self._text[: self._heard_chars()].strip(), self._played, complete=False)

    def next_frame(self) -> Int16Array:
        """Return the next 20 ms, shape (960,), int16."""
        self._silent = True
        if self._tail is not None:
            tail, self._tail = self._tail, None
            return tail
        if self._held:
            return MOUTH_SILENCE
        if self._line is None or self._played >= self._pushed:
            return self._idle()
        self._silent = False
        frame = self._take(MOUTH_FRAME)
        first = self._played == 0
        self._played += len(frame)
        frame = self._shape(frame)
        if first and self._on_started is not None:
            self._on_started()
        return frame

    def _idle(self) -> Int16Array:
        """Hand out silence; close a line that has nothing left."""
        if self._line is not None and self._finished:
            done, self._on_drained = self._on_drained, None
            self._line = None
            if done is not None:
                done()
        return MOUTH_SILENCE

    def _take(self, wanted: int) -> Int16Array:
        """Remove up to `wanted` samples from the queue."""
        parts: list[Int16Array] = []
        missing = wanted
        while missing and self._queue:
            head = self._queue[0]
            parts.append(head[:missing])
            if len(head) <= missing:
                self._queue.popleft()
            else:
                self._queue[0] = head[missing:]
            missing -= len(parts[-1])
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _peek(self, wanted: int) -> Int16Array:
        """Return up to `wanted` samples from the queue and leave them there."""
        parts: list[Int16Array] = []
        for piece in self._queue:
            parts.append(piece[: wanted - sum(map(len, parts))])
            if sum(map(len, parts)) >= wanted:
                break
        return np.concatenate(parts) if parts else MOUTH_SILENCE[:0]

    def _shape(self, frame: Int16Array) -> Int16Array:
        """Apply the gain, ramped if it is changing, and pad to a whole frame."""
        if self._gain != 1.0 or self._target != 1.0:
            gain = np.full(len(frame), self._target, dtype=np.float32)
            ramp = min(self._ramp, len(frame))
            gain[:ramp] = np.linspace(self._gain, self._target, ramp, dtype=np.float32)
            self._gain = self._target
            frame = (frame * gain).astype(np.int16)
        if len(frame) < MOUTH_FRAME:
            frame = np.concatenate([frame, MOUTH_SILENCE[: MOUTH_FRAME - len(frame)]])
        return frame

    def _fade_out(self) -> Int16Array | None:
        """Return one last frame that falls to silence within the ramp."""
        rest = self._peek(self._ramp)
        if not len(rest):
            return None
        fade = np.linspace(self._gain, 0.0, len(rest), dtype=np.float32)
        frame = np.zeros(MOUTH_FRAME, dtype=np.int16)
        frame[: len(rest)] = (rest * fade).astype(np.int16)
        return frame

    def _heard_chars(self) -> int:
        """Return where the last whole word that was handed out ends, in characters of the line."""
        marks = sorted(self._marks + [mark for clause in self._clauses for mark in self._placed(clause)])
        chars = 0
        for index, (_, offset, length) in enumerate(marks):
            end = marks[index + 1][0] if index + 1 < len(marks) else self._pushed
            if end > self._played:
                break
            chars = offset + length
        return chars

    def _placed(self, clause: _Clause) -> list[tuple[int, int, int]]:
        """Return marks for a clause whose engine gave none."""
        if any(clause.offset <= offset < clause.offset + len(clause.text) for _, offset, _ in self._marks):
            return []
        samples = None if clause.end is None else clause.end - clause.start
        return [
            (clause.start + mark.sample, clause.offset + mark.offset, mark.length)
            for mark in placed_words(clause.text, samples)
        ]

    def _clear(self) -> None:
        self._queue: deque[Int16Array] = deque()
        self._marks: list[tuple[int, int, int]] = []
        self._clauses: list[_Clause] = []
        self._text = ""
        self._pushed = self._played = 0
        self._finished = self._held = False
        self._gain = self._target = self._gain_before = 1.0
