"""Where the viewers' echo is, if there is one, and how much of what the microphone hears is more than that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from audio.echo_delay import HEARD_SAMPLES, LONGEST_SEC, PLAYED_SAMPLES, DelayFinder, DelayPeak
from audio.echo_filter import PARTS, Prediction
from audio.echo_path import AUDIBLE_DB, EchoPath, PathSight
from audio.echo_reference import Float32Array, Reference
from audio.sound_tail import SoundTail
from coach.ports import EAR_FRAME, EAR_RATE_HZ

KEEP_SEC = 3.0
"""Of the reference: the longest delay, what it is compared with, and a loop that is late."""
_TAIL_SEC = 0.6
"""A room rings on after a viewer's last sample."""
_QUIETEST = 2.5e-7
"""Lowest background, mean square: -66 dBFS, as digital silence must not make breath loud."""
_STRONG = 10.0
"""Peak height that two unrelated voices hardly pass twice at the same delay; nine of ten echoes pass it 80 ms after
they begin. Both in simulated rooms with synthetic voices."""
_FAINT, _FAINT_LOOKS = 6.0, 6
"""An echo near the background passes this; seven looks in a row at the same delay tells it from chance."""
_SURELY_DB = 20.0
_SAME_SAMPLES = 24
"""Two peaks this close are one path: 1.5 ms, half a metre."""
_LEAD = 160
"""The filter begins 10 ms before the peak, for a direct sound weaker than its first reflections."""
_REACH = 1600
"""A peak within 100 ms after the filter's begin needs no new filter."""
_SUDDEN_BLOCKS = 6
"""Where somebody seems to speak, the last 120 ms are looked at by themselves: an echo that jumped within a line, as
when a sound server falls behind, is hidden by what came before it in a longer look."""
_LOOK_BLOCKS, _LOOK_CALM_BLOCKS = 2, 5
_DOUBT_BLOCKS = 4
"""After a peak this strong nothing counts for 80 ms: the next looks confirm or forget it."""
_CLEAR_BLOCKS = 16
"""Sound without a peak for 320 ms while a viewer speaks is no echo: a peak would stand after 160."""
_BUZZ_BLOCK = 0.25
"""What a block counts while all that was played is one steady sound, which tells no delay: the first vowel of a line
is one too, and another sound has come after 1.3 s."""
_SILENT_BLOCKS = 40
"""A viewer heard for 0.8 s by a silent microphone: no echo comes back, a headset or the browser takes it out."""


class EchoState(StrEnum):
    """What is known of the echo."""

    UNKNOWN = "unknown"
    """No viewer was loud long enough to tell."""
    CLEAR = "clear"
    """The viewers do not come back."""
    FOUND = "found"
    """They do; the path is being followed."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One block as the tracker sees it."""

    is_echo: bool
    """Whether it must be taken for no more than echo."""
    prediction: Prediction | None = None
    """Of the echo, where there is one."""
    rest: Float32Array | None = None
    """What it leaves, quieter where it is echo still."""
    above_db: float = 0.0
    """How far it stands above all that can be echo, where there is a prediction."""
    has_viewer: bool = False
    """Whether a viewer sounds in it, by the prediction."""


NOTHING_PLAYED = Sight(is_echo=False)


class EchoTracker:
    """Follows one microphone against one reference.

    Args:
        reference: What is played.
        trusting: Begin as if there were no echo, as where a browser takes it out. An echo is found all the same.
    """

    def __init__(self, reference: Reference, *, trusting: bool) -> None:
        self._reference = reference
        self._state = EchoState.CLEAR if trusting else EchoState.UNKNOWN
        self._heard = SoundTail(HEARD_SAMPLES)
        self._floor = 1.0
        self._above_db = 0.0
        self._blocks = 0
        self._sounding = 0.0
        self._silent = self._doubted = 0
        self._candidate: DelayPeak | None = None
        self._jumped: DelayPeak | None = None
        self._alike = 0
        self._known: int | None = None
        self._path: EchoPath | None = None

    @property
    def state(self) -> EchoState:
        """What is known so far."""
        return EchoState.FOUND if self._path is not None else self._state

    @property
    def delay(self) -> int | None:
        """From a sample played to its echo, samples at 16 kHz; None where no echo is known."""
        return self._path.delay + _LEAD if self._path is not None else None

    def interrupt(self) -> None:
        """Forget the last moments: sound was lost, and what comes next does not follow them."""
        self._heard.clear()
        self._candidate = None

    def retime(self, samples: int) -> None:
        """Learn that all blocks so far were placed this many samples too late."""
        self.interrupt()
        self._known = None
        if self._path is not None:
            self._path.delay = max(0, self._path.delay - samples)

    def hear(self, block: Float32Array, end: int) -> Sight:
        """Take 20 ms of microphone whose last sample is number `end` - 1 on the reference's time line."""
        self._heard.append(block)
        self._above_db = self._above_background(block)
        if end - self._reference.loud_until > (LONGEST_SEC + _TAIL_SEC) * EAR_RATE_HZ:
            self._sounding, self._silent, self._doubted = 0.0, 0, 0
            return NOTHING_PLAYED
        self._blocks += 1
        self._look(end)
        doubted, self._doubted = self._doubted > 0, max(0, self._doubted - 1)
        if self._path is not None:
            seen = self._follow(self._path, block, end)
            is_echo = seen.is_echo or doubted
            return Sight(is_echo, seen.prediction, seen.rest, seen.above_db, seen.has_viewer)
        if self._state is EchoState.UNKNOWN:
            self._count(end)
        return Sight(is_echo=self._state is EchoState.UNKNOWN or doubted)

    def _follow(self, path: EchoPath, block: Float32Array, end: int) -> PathSight:
        played = self._reference.before(end - path.delay, EAR_FRAME)
        seen = path.step(played, block, self._above_db)
        if path.shift:
            first = end - path.delay - path.shift
            path.realign([self._reference.before(first - n * EAR_FRAME, EAR_FRAME) for n in range(PARTS, -1, -1)])
        if path.is_gone:
            self._path, self._candidate, self._state = None, None, EchoState.CLEAR
        return seen

    @property
    def _audible(self) -> bool:
        return self._above_db >= AUDIBLE_DB

    def _above_background(self, block: Float32Array) -> float:
        power = max(float(np.dot(block, block)) / EAR_FRAME, 1e-9)
        self._floor = min(self._floor * 10 ** (0.3 * EAR_FRAME / EAR_RATE_HZ), power)
        return 10 * math.log10(power / max(self._floor, _QUIETEST))

    def _count(self, end: int) -> None:
        """See whether it can be told that no echo comes back."""
        is_buzz = self._candidate is not None and self._candidate.height == 0.0
        self._sounding += self._audible * (_BUZZ_BLOCK if is_buzz else 1.0)
        self._silent += not self._audible and end - self._reference.loud_until < EAR_FRAME
        if (self._sounding >= _CLEAR_BLOCKS and not self._doubted) or self._silent >= _SILENT_BLOCKS:
            self._state = EchoState.CLEAR

    # --- finding --------------------------------------------------------------------------------------------

    def _look(self, end: int) -> None:
        """Compare microphone and reference now and then; two like findings in a row make an echo."""
        calm = self._path is not None and not self._path.is_suspicious
        if not self._audible or self._blocks % (_LOOK_CALM_BLOCKS if calm else _LOOK_BLOCKS):
            return
        finder = DelayFinder(self._reference.before(end, PLAYED_SAMPLES))
        peak = finder.find(self._heard.latest)
        before, self._candidate = self._candidate, peak
        alike = before is not None and abs(before.samples - peak.samples) <= _SAME_SAMPLES
        self._alike = self._alike + 1 if alike and peak.height >= _FAINT else 0
        astray = self._path is None or not 0 <= peak.samples - self._path.delay <= _REACH
        if astray and peak.height >= _STRONG:
            self._doubted = _DOUBT_BLOCKS
        self._doubted = max(self._doubted, self._jump_doubt(finder))
        if not astray and self._path is not None and not self._path.is_lost:
            return
        if self._alike >= (1 if peak.height >= _STRONG else _FAINT_LOOKS) or self._is_known(peak):
            self._lock(max(0, peak.samples - _LEAD), end)

    def _jump_doubt(self, finder: DelayFinder) -> int:
        """Return for how many blocks what seems to be somebody may be the echo at another place.

        A strong look is doubted until the next, two that tell the same delay for longer: two voices may be alike by
        chance, but hardly twice at the same delay.
        """
        before, self._jumped = self._jumped, None
        if self._path is None or not self._path.accuses:
            return 0
        peak = finder.find(self._heard.latest, newest=_SUDDEN_BLOCKS * EAR_FRAME)
        if peak.height < _FAINT or 0 <= peak.samples - self._path.delay <= _REACH:
            return 0
        self._jumped = peak
        if before is not None and abs(before.samples - peak.samples) <= _SAME_SAMPLES:
            return _DOUBT_BLOCKS
        return _LOOK_BLOCKS if before is None and peak.height >= _STRONG else 0

    def _is_known(self, peak: DelayPeak) -> bool:
        """Whether an echo that was lost is back at its old place."""
        known = self._known is not None and abs(peak.samples - self._known) <= _SAME_SAMPLES
        return known and self._path is None and peak.height >= _FAINT

    def _lock(self, delay: int, end: int) -> None:
        """Begin a path at this delay and teach it what was just heard."""
        if self._path is not None and abs(delay - self._path.delay) <= _SAME_SAMPLES:
            return
        self._path, self._known = EchoPath(delay), delay + _LEAD
        blocks = HEARD_SAMPLES // EAR_FRAME
        for number in range(blocks - 1):  # the last one is judged after this
            heard = self._heard.latest[number * EAR_FRAME : (number + 1) * EAR_FRAME].copy()
            before = end - (blocks - 1 - number) * EAR_FRAME - delay
            self._path.step(self._reference.before(before, EAR_FRAME), heard, _SURELY_DB)
