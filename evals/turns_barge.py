"""Barge-ins and false alarms: what stops a speaking viewer, how fast, and what must not.

Real barge-ins are recorded sentences begun at a random point of a viewer's line. False alarms are noises at 0, -10 and
-20 dB under the level of speech, and backchannels, recorded and synthesised. Each runs with a recogniser that knows the
words and without one.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import numpy as np

from coach.errors import InputError
from coach.ports import EAR_RATE_HZ, Int16Array
from evals.backchannels import backchannels
from evals.barge_case import LEAD_SEC, Case, Outcome, run_case
from evals.recordings import Recording
from evals.results import percentiles, rate
from evals.sound import at_level, voiced_span
from evals.turns import Options, Section

SPEECH_DBFS = -23.0
"""Active level of speech at the microphone. Source: a browser's gain control aims at -18 to -26 dBFS."""
NOISE_DB = (0.0, -10.0, -20.0)
ROOM_DBFS = -60.0
"""Background. Source: microphones of laptops in quiet rooms, -55 to -65 dBFS."""
RECOGNIZER_LAG_MS = 250.0
WANTED_KINDS = ("cough", "laugh", "keyboard", "door", "music")
"""What the product promises; the rest is reported as `other`."""
_KIND_OF = {"doorbell": "door", "door knock": "door", "click": "keyboard"}
_BEFORE_SEC, _MAX_BARGE_SEC = 0.3, 4.0

Judged = tuple[Case, Outcome]


def measure(options: Options) -> Section:
    """Run all cases; deterministic for a seed and a set of recordings."""
    noises, voices = false_alarms(options), barge_ins(options)
    known = {case.kind for case in (*noises, *voices)}
    if not options.kinds <= known:
        strange = ", ".join(sorted(options.kinds - known))
        raise InputError(f"--kinds: expected some of {', '.join(sorted(known))}; got {strange}.")
    false = [(case, run_case(case)[0]) for case in _chosen(noises, options)]
    true = [(case, run_case(case)[0]) for case in _chosen(voices, options)]
    return Section(
        summarise(true, false), {"cases": [_row(*judged) for judged in (*true, *false)]}, _plots(true, false)
    )


def false_alarms(options: Options) -> list[Case]:
    """Return noises at three levels, and backchannels, with and without a recogniser."""
    noises = [recording for recording in options.recordings if recording.language == "noise"]
    cases = [
        _case(
            options,
            f"{recording.name}@{level:g}",
            kind_of(recording),
            recording.half,
            at_level(pcm, SPEECH_DBFS + level),
        )
        for recording in noises
        for pcm in (recording.read(),)
        for level in NOISE_DB
    ]
    for spoken in backchannels(options.recordings):
        case = _case(options, spoken.name, "backchannel", spoken.half, at_level(spoken.pcm, SPEECH_DBFS))
        case = replace(case, language=spoken.language, text=spoken.text)
        cases += [case, replace(case, words_lag_ms=RECOGNIZER_LAG_MS)]
    return cases


def barge_ins(options: Options) -> list[Case]:
    """Return recorded sentences of a few seconds, with and without a recogniser."""
    cases = []
    for recording in options.recordings:
        if not is_barge_in(recording):
            continue
        pcm = beginning(at_level(recording.read(), SPEECH_DBFS))
        case = _case(options, recording.name, f"speech_{recording.language}", recording.half, pcm)
        cases.append(replace(case, language=recording.language))
        if recording.transcript:
            text = recording.transcript
            cases.append(replace(case, language=recording.language, text=text, words_lag_ms=RECOGNIZER_LAG_MS))
    return cases


def beginning(pcm: Int16Array) -> Int16Array:
    """Return a clip from shortly before its first voiced sample, a few seconds at most."""
    first = max(0, round((voiced_span(pcm)[0] - _BEFORE_SEC) * EAR_RATE_HZ))
    return pcm[first : first + round(_MAX_BARGE_SEC * EAR_RATE_HZ)]


def is_barge_in(recording: Recording) -> bool:
    """Return whether a recording is someone who takes the floor: speech in a normal voice that is no backchannel."""
    return recording.language in ("zh", "en") and not recording.tags & {"backchannel", "whisper", "breath"}


def kind_of(recording: Recording) -> str:
    """Return the promised kind a noise belongs to, or `other`."""
    kinds = {_KIND_OF.get(tag, tag) for tag in recording.tags}
    return next((kind for kind in WANTED_KINDS if kind in kinds), "other")


def _case(options: Options, name: str, kind: str, half: str, pcm: Int16Array) -> Case:
    dice = random.Random(options.seed * 1_000_003 + zlib.crc32(name.encode()))
    after = LEAD_SEC + dice.uniform(0, 2.0)
    return Case(name, kind, half, pcm, after_sec=after, phase_ms=dice.uniform(0, 20), background=_room())


@cache
def _room() -> Int16Array:
    """Return seven seconds of the hiss that a microphone has in a quiet room."""
    hiss = np.random.default_rng(5).normal(0, 32768 * 10 ** (ROOM_DBFS / 20), 7 * EAR_RATE_HZ)
    return np.asarray(hiss).astype(np.int16)


def _chosen(cases: Iterable[Case], options: Options) -> list[Case]:
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for case in cases:
        if options.kinds and case.kind not in options.kinds:
            continue
        counts[case.kind] += 1
        if options.limit is None or counts[case.kind] <= options.limit:
            kept.append(case)
    return kept


def summarise(true: Sequence[Judged], false: Sequence[Judged]) -> dict[str, Any]:
    """Return the figures under the benchmark's stable keys."""
    promised = [judged for judged in false if judged[0].kind != "other"]
    stopped = [judged for judged in true if judged[1].silent_ms is not None]
    return {
        "duck_ms": percentiles([o.duck_ms for _, o in true if o.duck_ms is not None]),
        "stop_ms": percentiles([o.silent_ms for _, o in stopped if o.silent_ms is not None]),
        "missed_barge_ins": rate(sum(not o.cut_off for _, o in true), len(true)),
        "frames_after_flush_max": max((o.frames_after_flush for _, o in true), default=0),
        "false_stop_rate": rate(sum(o.cut_off for _, o in promised), len(promised)),
        "false_hold_rate": rate(sum(o.held for _, o in promised), len(promised)),
        "resume_ms": percentiles([o.resume_ms for _, o in promised if o.resume_ms is not None]),
        "words_lost": round(sum(o.lost_ms for _, o in false) / 200.0, 1),
        "barge": {
            "by_kind": _by(false, lambda case: case.kind, _false_figures),
            "by_half": _by(promised, lambda case: case.half, _false_figures),
            "speech": _by(true, lambda case: f"{case.language}_{_words(case)}", _true_figures),
            "speech_by_half": _by(true, lambda case: case.half, _true_figures),
            "backchannel": _by([judged for judged in false if judged[0].kind == "backchannel"], _words, _false_figures),
        },
    }


def _words(case: Case) -> str:
    return "no_words" if case.words_lag_ms is None else "words"


def _by(judged: Sequence[Judged], key: Callable[[Case], str], figures: Callable[[list[Judged]], Any]) -> dict[str, Any]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for pair in judged:
        groups[key(pair[0])].append(pair)
    return {name: figures(groups[name]) for name in sorted(groups)}


def _false_figures(judged: list[Judged]) -> dict[str, Any]:
    resumes = [outcome.resume_ms for _, outcome in judged if outcome.resume_ms is not None]
    return {
        "n": len(judged),
        "false_stop_rate": rate(sum(outcome.cut_off for _, outcome in judged), len(judged)),
        "held_rate": rate(sum(outcome.held for _, outcome in judged), len(judged)),
        "resume_p95_ms": percentiles(resumes)["p95"],
        "dimmed_ms_mean": round(sum(outcome.dimmed_ms for _, outcome in judged) / len(judged), 1),
        "lost_ms": round(sum(outcome.lost_ms for _, outcome in judged), 1),
    }


def _true_figures(judged: list[Judged]) -> dict[str, Any]:
    duck = percentiles([outcome.duck_ms for _, outcome in judged if outcome.duck_ms is not None])
    stop = percentiles([outcome.silent_ms for _, outcome in judged if outcome.silent_ms is not None])
    return {
        "n": len(judged),
        "missed_rate": rate(sum(not outcome.cut_off for _, outcome in judged), len(judged)),
        "duck_p50_ms": duck["p50"],
        "duck_p95_ms": duck["p95"],
        "stop_p50_ms": stop["p50"],
        "stop_p95_ms": stop["p95"],
    }


def _row(case: Case, outcome: Outcome) -> dict[str, Any]:
    return {"name": case.name, "kind": case.kind, "half": case.half, "words": _words(case), **asdict(outcome)}


def _plots(true: Sequence[Judged], false: Sequence[Judged]) -> dict[str, dict[str, list[float]]]:
    return {
        "ms after the streamer's first voiced sample, without wire": {
            "ducked": [o.duck_ms for _, o in true if o.duck_ms is not None],
            "silent": [o.silent_ms for _, o in true if o.silent_ms is not None],
        },
        "ms from the end of a false alarm to full level, without wire": {
            "resume": [o.resume_ms for _, o in false if o.resume_ms is not None],
        },
    }
