"""Whether an utterance is finished: what its words and its sound say, weighed into one number.

Words, pitch and level, and a learned ear are witnesses of different things, so their log-odds add up.
"""

from __future__ import annotations

from coach.live.loudness import Loudness
from coach.live.prosody import Prosody
from coach.ports import SURE, Int16Array

STALE = 0.3
"""Weight of words that may lack the last ones said: a recogniser's partial trails speech by a word or more."""
WORDLESS = -0.9
"""Log-odds where neither words nor a learned ear tell: voice alone must be quite clear to end anything soon."""
TRUST = 0.5
"""Weight of a turn model's log-odds: networks are surer than they are right, by a factor of about two (Guo et al. 2017:
temperatures of 1.5 to 3)."""
TONAL = frozenset({"zh"})
"""Languages in which the pitch of a last syllable belongs to the word."""
FRESH_SEC = 0.05
"""Words are whole if they are of all sound up to so little before its end."""


class FinishEvidence:
    """Gathers what tells whether the open utterance is finished. One per connection.

    Args:
        language: `zh` or `en`.
    """

    def __init__(self, language: str) -> None:
        self.loudness = Loudness()
        self._prosody = Prosody(is_tonal=language in TONAL)
        self.begin()

    def begin(self) -> None:
        """A new utterance: nothing has been said yet."""
        self._words: float | None = None
        self._words_until = -1.0
        self._voice: float | None = None
        self._learned: float | None = None

    def forget(self) -> None:
        """Forget room, voice and words, as after a gap."""
        self.loudness.forget()
        self._prosody.forget()
        self.begin()

    def hear(self, pcm: Int16Array, *, is_speech: bool) -> None:
        """Take one 20 ms frame, shape (320,), int16 16 kHz mono."""
        self.loudness.hear(pcm, is_speech=is_speech)
        is_voiced = is_speech and self.loudness.is_loud
        self._prosody.hear(pcm, under_voice_db=self.loudness.under_voice_db, is_voiced=is_voiced)
        if is_voiced:
            self._voice = None

    def resumed(self) -> None:
        """What was learned of a pause is void: it was none."""
        self._learned = None

    def learned(self, finished: float) -> None:
        """Take the log-odds that a turn model gives at the present pause."""
        self._learned = finished

    def words(self, finished: float | None, until: float) -> None:
        """Take the log-odds that words give which cover the sound up to `until`, rehearsal seconds."""
        self._words = finished
        self._words_until = until

    def finished(self, last_voiced: float) -> float:
        """Return the log-odds that the utterance whose last voiced sound ended at `last_voiced` is finished."""
        return self._with(self._learned, last_voiced)

    def bounds(self, last_voiced: float) -> tuple[float, float]:
        """Return what `finished` can be at least and at most once a turn model has answered."""
        return self._with(-SURE, last_voiced), self._with(SURE, last_voiced)

    def _with(self, learned: float | None, last_voiced: float) -> float:
        sound = self._sound() + TRUST * (learned or 0.0)
        if self._words is None:
            return sound + (WORDLESS if learned is None else 0.0)
        if self._words_until >= last_voiced - FRESH_SEC:
            return sound + self._words
        return sound + min(0.0, WORDLESS + STALE * self._words)

    def _sound(self) -> float:
        if self._voice is None:
            self._voice = self._prosody.finished()
        return self._voice
