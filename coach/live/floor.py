"""Who may speak aloud now. The streamer talks most of the time, so viewers wait by default."""

from __future__ import annotations

from coach.live.tuning import FloorTimes
from coach.room.request import FloorPolicy


class Floor:
    """Keeps when each side last made a sound, and answers whether a viewer may begin. All times rehearsal seconds."""

    def __init__(self, times: FloorTimes) -> None:
        self._times = times
        self._talking = False
        self._utterance_open = False
        self._streamer_last = 0.0
        self._viewer_last = float("-inf")
        self._viewer_speaking = False
        self._sound_since: float | None = None
        self._sound_last = float("-inf")

    @property
    def streamer_talking(self) -> bool:
        """Whether the streamer makes a sound now; False in a pause inside an utterance."""
        return self._talking

    def streamer_talks(self) -> None:
        """Note that the streamer began to speak or went on after a pause."""
        self._talking = self._utterance_open = True

    def sound_heard(self, at: float) -> None:
        """Note a sound of the streamer's that may yet become speech: a cough, a breath taken in."""
        if self._sound_since is None or at - self._sound_last > self._times.settle_ms / 1000:
            self._sound_since = at
        self._sound_last = at

    def streamer_pauses(self, at: float) -> None:
        """Note that the streamer fell silent at `at`, inside an utterance."""
        self._talking = False
        self._streamer_last = at

    def utterance_over(self, at: float | None = None) -> None:
        """Note that the utterance ended; its last sound was at `at` if that is known."""
        self._talking = self._utterance_open = False
        self._streamer_last = self._streamer_last if at is None else at

    def viewer_began(self) -> None:
        """Note that a viewer has the floor."""
        self._viewer_speaking = True

    def viewer_stopped(self, at: float) -> None:
        """Note that no viewer has the floor."""
        self._viewer_speaking = False
        self._viewer_last = at

    def may_speak(self, policy: FloorPolicy, at: float, *, answers: bool) -> bool:
        """Return whether a viewer with this policy may begin at `at`.

        Args:
            policy: How the persona treats the floor.
            at: Now, rehearsal seconds.
            answers: Whether the line answers the utterance that has just ended; such a line needs no further gap.
        """
        if self._viewer_speaking:
            return False
        if policy == "cuts_in":
            return True
        if self._talking:
            return False
        if self._utterance_open:
            return policy == "needs_gap" and self._silence_ms(at) >= self._times.gap_ms
        if answers:
            return True
        if (at - self._viewer_last) * 1000 + 0.5 < self._times.between_lines_ms:
            return False
        if self._is_stirring(at):
            return False
        wanted = self._times.gap_ms if policy == "needs_gap" else self._times.waits_ms
        return self._silence_ms(at) >= wanted

    def _is_stirring(self, at: float) -> bool:
        """Return whether there is a sound that has not gone on for so long that it is the room's."""
        if self._sound_since is None or (at - self._sound_last) * 1000 + 0.5 >= self._times.settle_ms:
            return False
        return (at - self._sound_since) * 1000 < self._times.steady_ms

    def _silence_ms(self, at: float) -> float:
        return (at - self._streamer_last) * 1000 + 0.5
