"""Barge-in: quieter at the first sound, silent once speech is likely, cut off once it is certain, or back again.

Going quieter and falling silent are undone at the exact sample, so they may be wrong; ending the line may not. What
tells them apart, per 20 ms frame: the quick detector (any sound that might be speech), the confirmed one (a
probability that follows within 30 to 60 ms), what the voice is made of (`Articulation`), and words where a recogniser
has some. Sound alone is enough to decide.
"""

from __future__ import annotations

from enum import StrEnum

from coach.live.articulation import Articulation
from coach.live.tuning import BargeTimes
from coach.ports import FRAME_SEC, Int16Array, VadDecision

_FRAME_MS = FRAME_SEC * 1000
_EPSILON_MS = 0.5
_DEAF_SEC = 1.0
"""As the listener gives up a microphone that sends nothing."""


class Barge(StrEnum):
    """What to do with the speaking viewer."""

    DUCK = "duck"
    """Turn down; reversible."""
    HOLD = "hold"
    """Fall silent and keep the place; reversible."""
    STOP = "stop"
    """End the line."""
    RESTORE = "restore"
    """Go on at full level where it was."""


class Alarms:
    """Sounds that turned out to be nothing. One per rehearsal: a noisy room makes the quick detector's word count less.

    Times are rehearsal seconds.
    """

    MANY = 2
    WITHIN_SEC = 8.0
    """So many false alarms in such a time mean that there is a keyboard, a fan or a street. Source: design value."""

    def __init__(self) -> None:
        self._at: list[float] = []

    def add(self, at: float) -> None:
        """Note a false alarm."""
        self._at = [*self._at[-self.MANY :], at]

    def are_many(self, at: float) -> bool:
        """Return whether the room is noisy now."""
        return sum(1 for earlier in self._at if at - earlier < self.WITHIN_SEC) >= self.MANY


class BargeIn:
    """Watches the streamer while one viewer speaks. One per spoken line.

    `onset` is the rehearsal time of the first sound of the present suspicion, for measuring.

    Args:
        times: Thresholds.
        streamer_was_talking: The viewer cuts in: the speech that was going on already does not turn it down, only much
            more of it ends the line.
        alarms: Shared by the lines of a rehearsal.
    """

    def __init__(self, times: BargeTimes, *, streamer_was_talking: bool = False, alarms: Alarms | None = None) -> None:
        self._times = times
        self._overlapping = streamer_was_talking
        self._alarms = alarms or Alarms()
        self._articulation = Articulation()
        self._stance: Barge = Barge.RESTORE
        self._over = False
        self._heard_at = 0.0
        self._first = True
        self.onset = 0.0
        self._sound_ms = self._quick_ms = self._evidence_ms = 0.0
        self._silence_ms = self._unconfirmed_ms = self._doubt_ms = self._since_ms = 0.0
        self._dismissed = False
        self._sure_ms = 0.0
        """Confirmed speech of this and recent suspicions."""

    @property
    def held(self) -> bool:
        """Whether the viewer has been silenced and may still go on."""
        return self._stance is Barge.HOLD

    def hear(self, vad: VadDecision, pcm: Int16Array, at: float) -> Barge | None:
        """Advance by one frame.

        Args:
            vad: Opinions on it.
            pcm: Shape (320,), int16, 16 kHz mono.
            at: Its end, rehearsal seconds.
        """
        self._heard_at = at
        sure = vad.speech >= self._times.sure_threshold
        self._articulation.hear(pcm, counts=sure)
        if self._over:
            return None
        first, self._first = self._first, False
        if not (vad.quick or vad.speech >= self._times.keep_threshold):
            return self._silence(at)
        if self._sound_ms == 0.0:
            self.onset = at - FRAME_SEC
            self._dismissed = first  # it was there before the viewer spoke
        self._sound_ms += _FRAME_MS
        self._silence_ms = 0.0
        self._weigh(vad, sure)
        return self._overlap() if self._overlapping else self._sound(at)

    def unheard(self, at: float) -> Barge | None:
        """Let the viewer go on where no microphone frame has come for a second: nobody can be talking into it."""
        if self._stance is Barge.RESTORE or self._over or at - self._heard_at < _DEAF_SEC:
            return None
        self._forget()
        return self._become(Barge.RESTORE)

    def words(self, backchannel: bool, *, final: bool = False) -> Barge | None:
        """Take what has been understood of the streamer so far.

        Words stop a viewer if a voice says them: recognisers hear some in laughs and coughs too. While it still sounds,
        the voice must be as varied as words are; once it has ended, only a long one must.

        Args:
            backchannel: Whether they leave the floor to the viewer.
            final: Whether these are the words of an utterance that has ended.
        """
        if self._over or backchannel or self._overlapping or self._articulation.counted_ms < self._times.words_ms:
            return None
        if final:
            short = self._articulation.counted_ms < self._times.stop_ms
            return self._stop() if short or self._is_worded() else None
        return self._stop() if self._stance is not Barge.RESTORE and self._is_worded() else None

    # --- weighing -------------------------------------------------------------------------------------------------

    def _weigh(self, vad: VadDecision, sure: bool) -> None:
        """Add what this frame says."""
        low, high = self._times.keep_threshold, self._times.clear_threshold
        share = min(1.0, max(0.0, (vad.speech - low) / (high - low)))
        if share > 0.0 and self._articulation.is_voiced:
            share = 1.0  # a pitch and a leaning to speech: music and coughs have only one of them
        self._evidence_ms += share * _FRAME_MS if share else -min(self._evidence_ms, _FRAME_MS / 2)
        self._unconfirmed_ms = 0.0 if sure else self._unconfirmed_ms + _FRAME_MS
        self._doubt_ms = 0.0 if vad.speech >= low else self._doubt_ms + _FRAME_MS
        self._sure_ms += _FRAME_MS if sure else 0.0
        if vad.quick:
            self._quick_ms += _FRAME_MS

    def _sound(self, at: float) -> Barge | None:
        if self._is_certain():
            return self._stop()
        match self._stance:
            case Barge.RESTORE if self._is_likely():
                return self._become(Barge.HOLD)
            case Barge.RESTORE if self._is_credible(at):
                return self._become(Barge.DUCK)
            case Barge.DUCK if self._is_likely():
                return self._become(Barge.HOLD)
            case Barge.DUCK if self._since_ms >= self._times.doubt_ms and self._unconfirmed_ms >= self._times.doubt_ms:
                return self._dismiss(at)
            case Barge.HOLD if self._doubt_ms >= self._times.resume_ms:
                return self._dismiss(at)
        self._since_ms += _FRAME_MS
        return None

    def _is_credible(self, at: float) -> bool:
        """Return whether there is a sound worth turning the viewer down for."""
        if self._evidence_ms > 0.0 and self._quick_ms > 0.0:
            return True
        quiet_room = not (self._dismissed or self._alarms.are_many(at))
        return quiet_room and self._quick_ms + _EPSILON_MS >= self._times.duck_ms

    def _is_likely(self) -> bool:
        """Return whether this is speech as far as one can tell so early."""
        lead_ms = 0.0 if self._dismissed else min(self._times.lead_ms, self._quick_ms / 4)
        return self._evidence_ms + lead_ms + _EPSILON_MS >= self._times.hold_ms

    def _is_certain(self) -> bool:
        """Return whether the sound alone says that the streamer takes the floor."""
        times, sure_ms, voice = self._times, self._sure_ms + _EPSILON_MS, self._articulation
        if sure_ms >= times.surely_ms:
            return True
        if sure_ms >= times.spoken_ms and voice.distinct >= times.spoken_sounds:
            return self._is_varied() or voice.voiced_share >= times.spoken_share
        return sure_ms >= times.stop_ms and self._is_varied()

    def _is_varied(self) -> bool:
        """Return whether the voice makes new sounds as speech does: a laugh or a hum has soon made all of its own."""
        times, voice = self._times, self._articulation
        later_sec = max(0.0, voice.counted_ms - times.stop_ms) / 1000
        sooner = min(1.0, voice.counted_ms / times.stop_ms)
        voicing = (voice.voiced_share - 0.5) * times.voicing_sounds
        return voice.distinct + voicing >= times.stop_sounds * sooner + later_sec * times.new_sounds_per_sec

    def _is_worded(self) -> bool:
        """Return whether the voice may be one that says words."""
        return self._is_varied() or self._articulation.voiced_share >= self._times.spoken_share

    def _overlap(self) -> Barge | None:
        return self._stop() if self._sure_ms + _EPSILON_MS >= self._times.overlap_ms else None

    # --- changing -------------------------------------------------------------------------------------------------

    def _silence(self, at: float) -> Barge | None:
        self._silence_ms += _FRAME_MS
        limit = self._times.resume_ms if self._stance is Barge.HOLD or self._overlapping else self._times.restore_ms
        if self._silence_ms >= self._times.forget_ms:
            self._sure_ms = 0.0
            self._articulation.reset()
        if self._silence_ms + _EPSILON_MS < limit:
            return None
        was, silence_ms = self._stance, self._silence_ms
        if self._sound_ms:
            self._sure_ms /= 2  # it counts less towards the next, so that one 嗯 after the other never adds up
        if was is Barge.DUCK:
            self._alarms.add(at)
        self._overlapping = False
        self._stance = Barge.RESTORE
        self._forget()
        self._silence_ms = silence_ms
        return Barge.RESTORE if was is not Barge.RESTORE else None

    def _dismiss(self, at: float) -> Barge:
        """Go on although it still sounds: it is no speech. Only confirmed speech turns the viewer down again."""
        self._alarms.add(at)
        quick_ms, sound_ms, onset = self._quick_ms, self._sound_ms, self.onset
        self._become(Barge.RESTORE)
        self._forget()
        self._quick_ms, self._sound_ms, self.onset = quick_ms, sound_ms, onset
        self._dismissed = True
        return Barge.RESTORE

    def _become(self, stance: Barge) -> Barge:
        self._stance = stance
        self._since_ms = 0.0
        return stance

    def _stop(self) -> Barge:
        self._over = True
        return Barge.STOP

    def _forget(self) -> None:
        """Begin a new suspicion."""
        self._sound_ms = self._quick_ms = self._evidence_ms = 0.0
        self._silence_ms = self._unconfirmed_ms = self._doubt_ms = self._since_ms = 0.0
        self._dismissed = False
