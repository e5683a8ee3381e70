"""Pauses, dead air and hesitations (DOMAIN §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from coach.language import Language
from coach.score.bands import BandPack
from coach.score.intervals import Interval, merge, subtract
from coach.score.speech import Speech
from coach.score.timeline import Spoken, Timeline

PauseKind = Literal["brief", "medium", "long"]


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
    hesitations: int | None
    """Silences inside a clause beside a filler or a repeat; None without word times."""

    def count(self, kind: PauseKind) -> int:
        """Return pauses of a class: brief under 0.2 s, medium to 1 s, long beyond."""
        return sum(pause_kind(sec) == kind for sec in self.pauses)

    def median_pause(self) -> float | None:
        """Return the median of pauses that are no mere articulation (0.2 s and more)."""
        felt = [sec for sec in self.pauses if sec >= 0.2]
        return median(felt) if felt else None


def pause_kind(sec: float) -> PauseKind:
    """Return the class of a pause (Campione & Véronis 2002)."""
    return "brief" if sec < 0.2 else "medium" if sec <= 1.0 else "long"


def measure_silence(timeline: Timeline, speech: Speech, language: Language, pack: BandPack) -> Silence:
    """Return pauses and dead air. Exempt: viewers' voices, paused stretches, the opening, 3 s after pressure."""
    exempt = merge(
        [
            *timeline.viewer_voice,
            *timeline.paused,
            (0.0, pack.opening_sec),
            *((event.at, event.at + pack.composed_pause_sec) for event in timeline.pressure),
        ]
    )
    gaps = _gaps(speech.stretches, timeline.end)
    unfilled = [piece for gap in gaps for piece in subtract(gap, exempt)]
    inner = _gaps(speech.stretches, speech.stretches[-1][1])[1:] if speech.stretches else []
    away = merge([*timeline.viewer_voice, *timeline.paused])
    return Silence(
        pauses=tuple(end - start for gap in inner for start, end in subtract(gap, away)),
        dead_air=tuple(found for piece in unfilled if (found := _dead_air(piece, pack))),
        hesitations=_hesitations(timeline.voiced, language, pack),
    )


def _gaps(stretches: Sequence[Interval], end: float) -> list[Interval]:
    """Return what lies before, between and after the stretches; the first gap may be empty."""
    edges = [(0.0, 0.0), *stretches, (end, end)]
    return [(left[1], max(left[1], right[0])) for left, right in pairwise(edges)]


def _dead_air(piece: Interval, pack: BandPack) -> DeadAir | None:
    limits, sec = pack.dead_air_sec, piece[1] - piece[0]
    if sec < limits.amber:
        return None
    level: Literal["amber", "red", "critical"] = (
        "critical" if sec >= limits.critical else "red" if sec >= limits.red else "amber"
    )
    return DeadAir(piece[0], piece[1], level)


def _hesitations(spoken: Sequence[Spoken], language: Language, pack: BandPack) -> int | None:
    timed = [item for item in spoken if item.heard.words]
    return sum(_hesitations_in(item, language, pack) for item in timed) if timed else None


def _hesitations_in(item: Spoken, language: Language, pack: BandPack) -> int:
    words, count = item.heard.words, 0
    for at, (left, right) in enumerate(pairwise(words)):
        if right.start - left.end < pack.hesitation_sec:
            continue
        before, after = " ".join(word.text for word in words[max(0, at - 1) : at + 1]), right.text
        stumbles = language.fillers(before) or language.fillers(after) or language.disturbances(f"{left.text} {after}")
        count += bool(stumbles) or language.ending(before) == "open"
    return count
