"""Where an utterance begins, pauses and ends: one frame in, at most one decision out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coach.live.hangover import DOUBTLESS, Pauses, hangover_curve
from coach.live.pause_habit import FALSE_END_SEC, PauseHabit
from coach.live.tuning import EndpointTimes
from coach.ports import FRAME_SEC

BURST_MS = 60.0
"""A sound shorter than this inside a silence is a stop's release, a click, a breath: it neither resumes speech nor
starts the silence anew. Releases last 10 to 50 ms."""
HELD_MS = 100.0
"""A sound inside a silence may be the next word's beginning: so long it holds an end back until that is known."""


class Turn(StrEnum):
    """What happened to the streamer's utterance at this frame."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class TurnChange:
    """A decision. Followed by: STARTED (PAUSED RESUMED)* [PAUSED] (ENDED | DISCARDED)."""

    turn: Turn
    start: float
    """Onset of the utterance, rehearsal seconds."""
    last_voiced: float
    """End of the last voiced frame, rehearsal seconds."""
    voiced_sec: float
    """Voiced time of the utterance so far."""


class Endpointer:
    """Hears voiced and silent frames, knows how finished the words and the voice seem, and decides.

    Invariant: between STARTED and ENDED or DISCARDED there is exactly one open utterance.
    """

    def __init__(self, times: EndpointTimes) -> None:
        self._times = times
        pauses = Pauses(times.pause_median_ms / 1000, times.pause_spread)
        self._curve = hangover_curve(pauses, times.cut_in_rate, times.finished_ms / 1000, times.longest_ms / 1000)
        self._habit = PauseHabit(pauses)
        self._ended_at: float | None = None
        self.forget()

    def forget(self) -> None:
        """Drop any open utterance, as after a gap or a pause of the rehearsal; what was learnt of pauses stays."""
        self._open = False
        self._paused = False
        self._asked_at: float | None = None
        self._was_voiced = False
        self._run_sec = 0.0
        self._loud_sec = 0.0
        self._start = self._last_voiced = 0.0
        self._voiced_sec = 0.0

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open and not in a pause."""
        return self._open and not self._paused

    @property
    def open(self) -> bool:
        """Whether an utterance is open."""
        return self._open

    @property
    def last_voiced(self) -> float:
        """End of the open utterance's last voiced frame, rehearsal seconds."""
        return self._last_voiced

    def hear(
        self,
        speech: float,
        at: float,
        finished: float | None = None,
        *,
        loud: bool = True,
        is_judged: bool = False,
    ) -> TurnChange | None:
        """Advance by one 20 ms frame that ends at `at`.

        Args:
            speech: Probability that the frame is speech.
            at: End of the frame, rehearsal seconds.
            finished: Log-odds that the utterance is finished, by words and voice; None if nothing tells.
            loud: Whether the frame is near the voice's level. The speech probability falls 40 to 170 ms after the
                voice does: speech that is not loud is over.
            is_judged: Whether more about this pause is on its way: an end waits for it, for a while.
        """
        voiced = self._is_voiced(speech)
        if not self._open:
            return self._before(voiced and loud, at)  # the detector's tail of the last utterance begins none
        self._loud_sec = self._loud_sec + FRAME_SEC if loud else 0.0
        self._run_sec = self._run_sec + FRAME_SEC if voiced and loud else 0.0
        if self._run_sec and not self._is_burst(at):
            return self._voiced(at)
        return self._silent(at, finished or 0.0, is_judged=is_judged)

    def close(self) -> TurnChange | None:
        """End an open utterance now, e.g. because the rehearsal ends."""
        if not self._open:
            return None
        return self._finish()

    def hangover_ms(self, finished: float, at: float) -> float:
        """Return the silence that ends the open utterance: less, the surer it is finished.

        Args:
            finished: Log-odds that the utterance is finished.
            at: Now, rehearsal seconds.
        """
        times, habit = self._times, self._habit
        shortest = float(times.certain_ms if finished >= DOUBTLESS else times.finished_ms)
        waits_ms = float(np.interp(finished, *self._curve)) * 1000 - times.finished_ms
        hangover = max(habit.patience_ms, min(float(times.longest_ms), shortest + waits_ms * habit.stretch))
        return min(hangover, times.tired_ms) if at - self._start >= times.max_sec else hangover

    def wants_opinion(self, least: float, most: float, at: float) -> bool:
        """Return, once a pause, whether the turn model is to be asked now: just before its answer can matter.

        Most pauses inside utterances are over by then, and where no answer could move the end, it is never asked.

        Args:
            least: Log-odds that the utterance is finished, should the model be sure that it is not.
            most: The same, should it be sure that it is.
            at: Now, rehearsal seconds.
        """
        if not self._paused or self._asked_at is not None:
            return False
        soonest_ms = self.hangover_ms(most, at)
        silence_ms = (at - self._last_voiced) * 1000 + 0.5
        if self.hangover_ms(least, at) - soonest_ms < FRAME_SEC * 1000 or silence_ms < soonest_ms - self._times.ask_ms:
            return False
        self._asked_at = at
        return True

    def _is_voiced(self, speech: float) -> bool:
        limit = self._times.keep_threshold if self._was_voiced else self._times.start_threshold
        self._was_voiced = speech >= limit
        return self._was_voiced

    def _is_burst(self, at: float) -> bool:
        """Return whether the present run of voiced frames is short and stands alone."""
        silence_ms = (at - self._run_sec - self._last_voiced) * 1000 + 0.5
        return silence_ms >= BURST_MS and self._run_sec * 1000 + 0.5 < BURST_MS

    def _before(self, voiced: bool, at: float) -> TurnChange | None:
        self._run_sec = self._run_sec + FRAME_SEC if voiced else 0.0
        self._learn_from_silence(at)
        if self._run_sec * 1000 + 0.5 < self._times.start_ms:
            return None
        self._open, self._paused, self._asked_at = True, False, None
        self._start = at - self._run_sec
        self._last_voiced = at
        self._voiced_sec = self._run_sec
        self._run_sec = self._loud_sec = 0.0
        self._learn_from_onset()
        return self._change(Turn.STARTED)

    def _learn_from_silence(self, at: float) -> None:
        if self._ended_at is not None and at - self._ended_at > FALSE_END_SEC and self._run_sec == 0.0:
            self._habit.ended()
            self._ended_at = None

    def _learn_from_onset(self) -> None:
        if self._ended_at is not None:
            self._habit.cut((self._start - self._ended_at) * 1000)
            self._ended_at = None

    def _voiced(self, at: float) -> TurnChange | None:
        pause_ms = (at - self._run_sec - self._last_voiced) * 1000
        self._voiced_sec += min(at - self._last_voiced, self._run_sec)
        self._last_voiced = at
        if at - self._start >= self._times.max_sec + 5.0:
            return self._finish()
        self._asked_at = None
        if self._paused:
            self._paused = False
            self._habit.resumed(pause_ms)
            return self._change(Turn.RESUMED)
        return None

    def _silent(self, at: float, finished: float, *, is_judged: bool) -> TurnChange | None:
        silence_ms = (at - self._last_voiced) * 1000 + 0.5
        may_go_on = 0.0 < self._loud_sec * 1000 <= HELD_MS
        asked_at = self._last_voiced + self._times.pause_ms / 1000 if self._asked_at is None else self._asked_at
        waits = is_judged and (at - asked_at) * 1000 + 0.5 < self._times.judged_ms
        if silence_ms >= self.hangover_ms(finished, at) and not may_go_on and not waits:
            return self._finish()
        if not self._paused and silence_ms >= self._times.pause_ms:
            self._paused = True
            return self._change(Turn.PAUSED)
        return None

    def _finish(self) -> TurnChange:
        enough = self._voiced_sec * 1000 + 0.5 >= self._times.min_voiced_ms
        change = self._change(Turn.ENDED if enough else Turn.DISCARDED)
        if enough:
            self._ended_at = self._last_voiced
        self.forget()
        return change

    def _change(self, turn: Turn) -> TurnChange:
        return TurnChange(turn, self._start, self._last_voiced, self._voiced_sec)
