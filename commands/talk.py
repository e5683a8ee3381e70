"""How the streamer of a demo talks: leaves air for viewers, cuts one off, hears the next one out.

Fixed times would meet a viewer's line only by luck, and on a busy machine not at all, so what is said next waits for
what the room does.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.clock import Clock
from coach.event_log import EventLog
from coach.events import Event, LineVoiced, LineVoicing
from coach.ports import EAR_FRAME, FRAME_SEC, EarFrame, Int16Array

CUT_IN_SEC = 1.2
"""After a viewer began: late enough that words were heard, early enough that most lines are not over."""
BREATH_SEC = 0.7
"""After a viewer who was heard out."""
LAST_CHANCE_SEC = 12.0
"""Air before the last phrase while nobody has been cut off: every shipped room has somebody who fills it."""
TAIL_SEC = 6.0
"""After the last word: a viewer's answer is heard to its end."""

_SILENCE: Int16Array = np.zeros(EAR_FRAME, dtype=np.int16)
_SILENCE.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One piece of talk that is not interrupted."""

    pcm: Int16Array
    """int16 mono 16 kHz."""
    gap_sec: float = 0.0
    """Silence before it, if no viewer uses the gap."""
    text: str = ""
    """Its words, where they are known."""


class Talk:
    """Decides, frame by frame, whether the streamer speaks. Pure: knows only records and times, rehearsal seconds."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases
        self._next = 0
        self._rest: Int16Array | None = None
        self._quiet_since = 0.0
        self._line: tuple[str, float] | None = None
        self._line_over = 0.0
        self._cut_last = self._cut_any = False

    @property
    def said(self) -> Sequence[Phrase]:
        """Phrases said to their end, in order."""
        return self._phrases[: self._next - (self._rest is not None)]

    def note(self, event: Event) -> None:
        """Take an event of the room."""
        if isinstance(event, LineVoicing):
            self._line = (event.line_id, event.start)
        elif isinstance(event, LineVoiced):
            self._line, self._line_over = None, event.end
            self._cut_last = event.cut_off and bool(event.heard_text)
            self._cut_any = self._cut_any or self._cut_last

    def next_frame(self, at: float) -> Int16Array:
        """Return the 20 ms that begin at `at`, shape (320,)."""
        if self._rest is None and self._next < len(self._phrases) and self._may_begin(at):
            self._rest = self._phrases[self._next].pcm
            self._next += 1
        if self._rest is None:
            return _SILENCE
        frame, rest = self._rest[:EAR_FRAME], self._rest[EAR_FRAME:]
        self._rest = rest if len(rest) else None
        if self._rest is None:
            self._quiet_since = at
        return np.pad(frame, (0, EAR_FRAME - len(frame)))

    def is_over(self, at: float) -> bool:
        """Return whether everything was said and answered."""
        return self._rest is None and self._next == len(self._phrases) and at - self._quiet_since >= TAIL_SEC

    def _may_begin(self, at: float) -> bool:
        if self._line is not None:
            return not self._cut_last and at - self._line[1] >= CUT_IN_SEC
        if self._line_over > self._quiet_since:
            return at - self._line_over >= BREATH_SEC
        is_last = self._next == len(self._phrases) - 1 and self._next > 0
        wanted = self._phrases[self._next].gap_sec
        return at - self._quiet_since >= (LAST_CHANCE_SEC if is_last and not self._cut_any else wanted)


class TalkingEars:
    """Ears that hear a `Talk`, in real time like a microphone; silence for ever after its end.

    Args:
        talk: What is said when.
        log: The rehearsal's, for what the viewers do.
        clock: The rehearsal clock.
        said: Told each phrase as it ends.
        over: Told once when everything was said and answered.
    """

    def __init__(
        self,
        talk: Talk,
        log: EventLog,
        clock: Clock,
        *,
        said: Callable[[Phrase], None],
        over: Callable[[], None],
    ) -> None:
        self._talk = talk
        self._log = log
        self._clock = clock
        self._said = said
        self._over = over
        self._records_seen = self._phrases_told = 0

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield a frame every 20 ms; one that is late is followed by the next at once, so nothing drifts."""
        origin = self._clock.now()
        number, ended = 0, False
        while True:
            await self._clock.sleep_until(origin + (number + 1) * FRAME_SEC)
            yield EarFrame(self._frame(), number * EAR_FRAME)
            number += 1
            self._tell()
            if not ended and self._talk.is_over(self._clock.now()):
                ended = True
                self._over()

    def _frame(self) -> Int16Array:
        for record in self._log.records[self._records_seen :]:
            self._talk.note(record.event)
        self._records_seen = len(self._log.records)
        return self._talk.next_frame(self._clock.now())

    def _tell(self) -> None:
        for phrase in self._talk.said[self._phrases_told :]:
            self._said(phrase)
        self._phrases_told = len(self._talk.said)
