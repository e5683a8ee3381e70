"""Pauses, dead air and hesitations (DOMAIN §3.2)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from coach.language import Language
from coach.score.bands import BandPack
from coach.score.intervals import Interval, merge, subtract
from coach.score.pauses import PlacedPause, place_pauses
from coach.score.speech import Speech
from coach.score.timeline import Timeline

PauseKind = Literal["brief", "medium", "long"]
_HEARING = frozenset({"vad", "recognizer", "ears"})
"""Ports that hear the streamer: where one fails, silence may be the device's."""
_FAULT_SEC = 3.0
"""Time before a silence in which such a fault explains it. This project's own."""


@dataclass(frozen=True, slots=True)
class DeadAir:
    """A silence nobody filled."""

    start: float
    end: float
    level: Literal["amber", "red", "critical"]

    @property
    def sec(self) -> float:
        """Length in seconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Silence:
    """All pauses of the streamer."""

    pauses: tuple[float, ...]
    """Every pause between stretches of voice, in seconds, viewers' voices taken out."""
    dead_air: tuple[DeadAir, ...]
    placed: tuple[PlacedPause, ...]
    """Pauses between words and utterances, by where they stand."""

    @property
    def hesitations(self) -> int:
        """Silences inside a clause beside a filler, a repeat or a drawn-out syllable."""
        return sum(item.is_hesitation for item in self.placed)

    def count(self, kind: PauseKind) -> int:
        """Return pauses of a class: brief under 0.2 s, medium to 1 s, long beyond."""
        return sum(pause_kind(sec) == kind for sec in self.pauses)

    def median_pause(self) -> float | None:
        """Return the median of pauses that are no mere articulation (0.2 s and more); of logarithms it is the same."""
        felt = [sec for sec in self.pauses if sec >= 0.2]
        return median(felt) if felt else None


def pause_kind(sec: float) -> PauseKind:
    """Return the class of a pause (Campione & Véronis 2002)."""
    return "brief" if sec < 0.2 else "medium" if sec <= 1.0 else "long"


def measure_silence(
    timeline: Timeline, speech: Speech, language: Language, pack: BandPack, demos: Sequence[Interval] = ()
) -> Silence:
    """Return pauses and dead air.

    No dead air: viewers' voices, paused stretches, authored demonstrations, the opening, 3 s after pressure, and
    silences in which what hears the streamer failed.
    """
    exempt = merge(
        [
            *timeline.viewer_voice,
            *timeline.paused,
            *demos,
            (0.0, pack.opening_sec),
            *((event.at, event.at + pack.composed_pause_sec) for event in timeline.pressure),
        ]
    )
    faults = sorted(timeline.faults_of({*_HEARING, "recorder"} if speech.is_measured else _HEARING))
    gaps = [gap for gap in _gaps(speech.stretches, timeline.end) if not _is_faulty(gap, faults)]
    unfilled = [piece for gap in gaps for piece in subtract(gap, exempt)]
    inner = _gaps(speech.stretches, speech.stretches[-1][1])[1:] if speech.stretches else []
    away = merge([*timeline.viewer_voice, *timeline.paused])
    return Silence(
        pauses=tuple(end - start for gap in inner for start, end in subtract(gap, away)),
        dead_air=tuple(found for piece in unfilled if (found := _dead_air(piece, pack))),
        placed=place_pauses(timeline, language, pack),
    )


def _gaps(stretches: Sequence[Interval], end: float) -> list[Interval]:
    """Return what lies before, between and after the stretches; the first gap may be empty."""
    edges = [(0.0, 0.0), *stretches, (end, end)]
    return [(left[1], max(left[1], right[0])) for left, right in pairwise(edges)]


def _is_faulty(gap: Interval, faults: Sequence[float]) -> bool:
    return bisect_left(faults, gap[0] - _FAULT_SEC) < bisect_right(faults, gap[1])


def _dead_air(piece: Interval, pack: BandPack) -> DeadAir | None:
    limits, sec = pack.dead_air_sec, piece[1] - piece[0]
    if sec < limits.amber:
        return None
    level: Literal["amber", "red", "critical"] = (
        "critical" if sec >= limits.critical else "red" if sec >= limits.red else "amber"
    )
    return DeadAir(piece[0], piece[1], level)
