"""The turns of `bench latency` without a wire: the whole loop in virtual time, so that decisions alone take time.

Engines: `free`, or `embedded` with its recogniser's words replaced by known ones, since an engine in another process
cannot run in virtual time; eSpeak and the product's turn model run for real and take no virtual time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from audio.engines import choose
from coach.errors import InputError
from coach.events import LineVoiced, LineVoicing, TurnTimed
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, Synthesizer
from coach.scenario.load import load_scenario
from evals import wire
from evals.answering_room import everybody_is_answered
from evals.cast import engines
from evals.free_engines import EvenSynthesizer, KnownClip, KnownClipsRecognizer
from evals.loop import Played, Scene, Sound, rehearse
from evals.server import CASES
from evals.sound import BLOCK_SEC, LOUD_RMS, at_level, block_rms, voiced_span
from evals.wire import Figures
from evals.word_times import spoken_words

if TYPE_CHECKING:
    from evals.latency import Plan, Run
    from evals.recordings import Recording

FILES = {"en": "latency.yaml", "zh": "latency-zh.yaml"}
LEAD_SEC = 1.5
ANSWER_ROOM_SEC = 9.0
"""Between the end of one clip and the next: an answer of the benchmark's audience takes up to 7 s."""


def measure(names: str, plan: Plan) -> Run:
    """Let every clip of each language be said and answered once, `turns` of them.

    Raises:
        InputError: If the engines cannot run without real time.
    """
    from evals.latency import Run

    run = Run(engines={"recognizer": "known words", "synthesizer": _synthesizer(names).name})
    with everybody_is_answered():
        for language, clips in plan.clips.items():
            figures = Figures()
            for number in range(plan.turns):
                clip = clips[(plan.seed + number) % len(clips)]
                figures.add(_one(clip, language, _synthesizer(names), phase_ms=(7.0 * number + 3.0) % 20))
            run.by_language[language] = figures
            run.figures.add(figures)
    return run


def _synthesizer(names: str) -> Synthesizer:
    if names == "free":
        return EvenSynthesizer()
    if names != "embedded":
        raise InputError(f"--loop runs `free` and `embedded` engines, not {names!r}: others need real time")
    from audio.tts.espeak import EspeakSynthesizer

    return EspeakSynthesizer()


def _one(clip: Recording, language: str, synthesizer: Synthesizer, phase_ms: float) -> Figures:
    pcm = at_level(clip.read(), wire.SPEECH_DBFS)
    sound = Sound(pcm, at=LEAD_SEC, text=clip.transcript)
    scene = Scene([sound])
    words = [(word.start, word.end, word.text) for word in spoken_words(clip, pcm)]
    played = rehearse(
        load_scenario(CASES / FILES[language]),
        scene,
        seconds=LEAD_SEC + len(pcm) / EAR_RATE_HZ + ANSWER_ROOM_SEC,
        engines=replace(engines(synthesizer), turn_model=choose().turn_model),
        recognizer=KnownClipsRecognizer([KnownClip.of(pcm, words, language)]),
        phase_ms=phase_ms,
    )
    return _judged(played, sound)


def _judged(played: Played, sound: Sound) -> Figures:
    figures = Figures(turns=1)
    first, last = voiced_span(sound.pcm)
    begun = sound.begun or 0.0
    lines = [event for _, event in played.events(LineVoicing) if isinstance(event, LineVoicing)]
    ends = [event.end for _, event in played.events(LineVoiced) if isinstance(event, LineVoiced)]
    if any(begun + first < line.start < begun + last for line in lines):
        figures.cut_ins = 1
    else:
        heard = _first_loud(played, begun + last)
        if heard is None:
            figures.missed = 1
        else:
            figures.voice_to_voice_ms.append((heard - begun - last) * 1000)
    assert len(ends) <= len(lines), "a line ended that never began"
    timed = [event for _, event in played.events(TurnTimed) if isinstance(event, TurnTimed)]
    figures.server = [{name: getattr(event, name) for name in event.__slots__} for event in timed]
    return figures


def _first_loud(played: Played, since: float) -> float | None:
    """Return when the viewers' track was first loud after `since`, rehearsal seconds."""
    pcm: Int16Array = played.sound()
    blocks = block_rms(pcm, MOUTH_RATE_HZ)
    times = np.repeat(played.times, 4) + np.tile(np.arange(4) * BLOCK_SEC, len(played.times))
    loud = times[(blocks[: len(times)] > LOUD_RMS) & (times >= since)]
    return float(loud[0]) if len(loud) else None
