"""One sound over one speaking viewer: what the viewer's track did, sample by sample."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from coach.events import LineVoiced, LineVoicing
from coach.live.tuning import LiveTuning
from coach.ports import EAR_RATE_HZ, FRAME_SEC, MOUTH_RATE_HZ, Int16Array
from coach.scenario.load import LoadedScenario, parse_scenario
from evals.cast import SceneRecognizer, TracedSynthesizer, engines
from evals.loop import Played, Scene, Sound, rehearse
from evals.sound import BLOCK_SEC, Bools, Floats, active_end, block_rms, voiced_span

LEAD_SEC = 1.0
"""Room in the line before a sound may begin."""
AFTER_SEC = 3.0
"""How long a run goes on after the sound."""
LINE_CHARS = 155
SILENT, DUCKED, FULL = 0.02, 0.5, 0.8
"""Shares of the line's own level: under the first it is silent, under the second ducked, above the last full."""
LOST_BLOCK_SEC = 0.01
_SAME = 0.5
"""Normalised correlation of a block that is the one looked for, fades included; of another it is under 0.25."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sound that is put over the viewer's line."""

    name: str
    kind: str
    half: str
    pcm: Int16Array
    """16 kHz, at the level meant."""
    after_sec: float
    """After the line's first sample."""
    phase_ms: float
    language: str = "zh"
    text: str = ""
    """Words in it."""
    words_lag_ms: float | None = None
    """Recogniser's delay; None: no recogniser."""
    background: Int16Array | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened. Times in ms from the sound's first voiced 5 ms block, None where it did not happen."""

    duck_ms: float | None
    """To the first block under half the level."""
    silent_ms: float | None
    """To the end of the last loud block before the viewer fell silent for good or for 250 ms."""
    cut_off: bool
    """Whether the line was ended."""
    cut_ms: float | None
    held: bool
    """Whether the viewer fell silent within the line, for 60 ms or more."""
    silence_ms: float
    """All silence within the line."""
    resume_ms: float | None
    """From the end of the sound until the viewer is back at full level for good; 0 if it was before. None if
    the line was cut off, or never turned down."""
    dimmed_ms: float
    """How long the viewer was not at full level."""
    lost_ms: float
    """Planned sound that was never heard although the line was not cut off."""
    frames_after_flush: int
    """Loud frames handed out after the line was ended."""


def run_case(case: Case, tuning: LiveTuning | None = None) -> tuple[Outcome, Played]:
    """Play a case through the loop."""
    sound = Sound(case.pcm, at=case.after_sec, line=1, text=case.text)
    scene = Scene([sound], case.background)
    synthesizer = TracedSynthesizer()
    recognizer = None
    if case.words_lag_ms is not None:
        recognizer = SceneRecognizer(scene, case.language, lag_ms=case.words_lag_ms)
    played = rehearse(
        scenario(case.language),
        scene,
        seconds=2.2 + case.after_sec + len(case.pcm) / 16_000 + AFTER_SEC,
        engines=engines(synthesizer),
        recognizer=recognizer,
        tuning=tuning,
        phase_ms=case.phase_ms,
    )
    return judge(played, sound, synthesizer.spoken[0][1]), played


def judge(played: Played, sound: Sound, planned: Int16Array) -> Outcome:
    """Read from the viewers' track what the sound did to the first line."""
    assert sound.begun is not None, "the viewer never spoke"
    onset = sound.begun + voiced_span(sound.pcm)[0]
    offset = sound.begun + active_end(sound.pcm)
    line = next(event for _, event in played.events(LineVoiced) if isinstance(event, LineVoiced))
    ended_at = next(at for at, _ in played.events(LineVoiced))
    over = played.origin + len(played.microphone) / EAR_RATE_HZ - FRAME_SEC  # then the streamer leaves
    cut = line.cut_off and ended_at < over
    levels, times = _levels(played, planned, line.start, ended_at + 0.1 if cut else over)
    dim = times[(levels < FULL) & (times >= onset)]
    quiet = levels < SILENT
    within = quiet[: np.flatnonzero(~quiet)[-1]] if (~quiet).any() else quiet
    return Outcome(
        duck_ms=_first_after(times[levels < DUCKED], onset),
        silent_ms=_falls_silent(levels, times, onset),
        cut_off=cut,
        cut_ms=round((ended_at - onset) * 1000, 1) if cut else None,
        held=_longest_run(within) * BLOCK_SEC >= 0.06,
        silence_ms=round(int(within.sum()) * BLOCK_SEC * 1000, 1),
        resume_ms=None if cut or not len(dim) else round(max(0.0, dim[-1] + BLOCK_SEC - offset) * 1000, 1),
        dimmed_ms=round(len(dim) * BLOCK_SEC * 1000, 1),
        lost_ms=0.0 if cut else _lost_ms(played, planned, line.start),
        frames_after_flush=_loud_frames_after(played, ended_at) if cut else 0,
    )


def _levels(played: Played, planned: Int16Array, start: float, end: float) -> tuple[Floats, Floats]:
    """Return (share of the line's level, rehearsal seconds) of each 5 ms block handed out in [start, end]."""
    full = float(np.sqrt((planned.astype(np.float64) ** 2).mean()))
    levels = block_rms(played.sound(), MOUTH_RATE_HZ) / full
    times = np.repeat(played.times, 4) + np.tile(np.arange(4) * BLOCK_SEC, len(played.times))
    inside = (times >= start - 1e-6) & (times < end - 1e-6)
    return levels[inside], times[inside]


def _first_after(times: Floats, onset: float) -> float | None:
    later = times[times >= onset]
    return round(float(later[0] - onset) * 1000, 1) if len(later) else None


def _falls_silent(levels: Floats, times: Floats, onset: float) -> float | None:
    """Return when the last loud block before 250 ms of silence, or before the line's early end, was over."""
    loud = times[levels >= SILENT]
    if not len(loud):
        return None
    next_loud = np.append(loud[1:], np.inf if times[-1] - loud[-1] > BLOCK_SEC / 2 else loud[-1])
    last = loud[(next_loud - loud > 0.25) & (loud >= onset)]
    return round(float(last[0] + BLOCK_SEC - onset) * 1000, 1) if len(last) else None


def _longest_run(flags: Bools) -> int:
    longest = run = 0
    for flag in flags:
        run = run + 1 if flag else 0
        longest = max(longest, run)
    return longest


def _lost_ms(played: Played, planned: Int16Array, start: float) -> float:
    """Return how much of the planned sound up to the last one heard is missing in what was handed out.

    Looks for each 10 ms of it, in order, at any volume.
    """
    size = round(LOST_BLOCK_SEC * MOUTH_RATE_HZ)
    track = played.sound().astype(np.float64)[round((start - played.times[0]) * MOUTH_RATE_HZ) :]
    lost, position = 0, 0
    for index in range(len(planned) // size):
        block = planned[index * size : (index + 1) * size].astype(np.float64)
        found = _find(track, block, position)
        if found is None and position + size * 40 >= len(track):
            break
        if found is None:
            lost += 1
        else:
            position = found + size // 2
    return round(lost * LOST_BLOCK_SEC * 1000, 1)


def _find(track: Floats, block: Floats, position: int) -> int | None:
    """Return where the block sounds in the track, near `position` or anywhere after it, whatever its volume."""
    size = len(block)
    for begin in (position, max(0, position - 2 * size), max(0, position - size)):
        end = begin + 4 * size if begin != position - size else len(track)
        likeness = _likeness(track[begin:end], block)
        if len(likeness) and likeness.max() >= _SAME:
            return begin + int(likeness.argmax())
    return None


def _likeness(track: Floats, block: Floats) -> Floats:
    """Return the normalised correlation of a block with each place of a track: 1 where it is the same, at any level."""
    if len(track) < len(block):
        return np.zeros(0)
    width = 1 << (len(track) + len(block)).bit_length()
    spectrum = np.fft.rfft(track, width) * np.conj(np.fft.rfft(block, width))
    matches = np.fft.irfft(spectrum, width)[: len(track) - len(block) + 1]
    energy = np.concatenate([[0.0], np.cumsum(track**2)])
    local = np.sqrt(np.maximum(energy[len(block) :] - energy[: -len(block)], 1.0))
    likeness: Floats = matches / (local * np.sqrt(block @ block))
    return likeness


def _loud_frames_after(played: Played, ended_at: float) -> int:
    """Return frames with sound handed out after the record that ended the line, for 300 ms or to the next line."""
    later = [event.start for _, event in played.events(LineVoicing) if isinstance(event, LineVoicing)]
    until = min([ended_at + 0.3, *(start for start in later if start > ended_at)])
    return sum(
        1
        for at, frame in zip(played.times, played.frames, strict=True)
        if ended_at < at < until and np.abs(frame.astype(np.int32)).max() > 100
    )


@cache
def scenario(language: str) -> LoadedScenario:
    """Return a scenario in which one viewer says one long line, whatever happens."""
    line = "一二三四五六七八九十" * (LINE_CHARS // 10) if language == "zh" else "la " * (LINE_CHARS // 3)
    spec = {
        "id": "bench-barge",
        "version": 1,
        "locale": "zh-CN" if language == "zh" else "en-US",
        "title": "Barge bench",
        "category": "home",
        "difficulty": 1,
        "duration_sec": 120,
        "product": {
            "name": "Mug",
            "price": {"list": 20, "live": 15, "floor": 14, "currency": "USD"},
            "selling_points": [{"id": "size", "title": "Holds half a litre"}],
        },
        "viewers": [
            {
                "id": "ann",
                "type": "haggler",
                "name": "Ann",
                "channel": "voice",
                "floor": "needs_gap",
                "patience": 100,
                "price_limit": 1,
                "lines": {"push": [line.strip()]},
            }
        ],
        "events": [{"at_sec": 1, "viewer": "ann", "intent": "push"}],
    }
    return parse_scenario(json.dumps(spec), "bench-barge")
