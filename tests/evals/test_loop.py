"""The harness of `bench turns`: whole rehearsals over made sound, judged by what the viewers' track did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.events import LineDucked, LineHeld, LineResumed, LineVoiced, UtteranceHeard
from coach.ports import EAR_FRAME, Int16Array, VadDecision
from evals.barge_case import Case, judge, run_case, scenario
from evals.cast import SceneRecognizer, TracedSynthesizer, engines
from evals.loop import Played, Scene, Sound, rehearse
from tests.live.voices import frame


class LoudVad:
    """Calls a frame speech that has any sound in it."""

    name = "loud"

    def feed(self, pcm: Int16Array) -> VadDecision:
        loud = float(np.abs(pcm.astype(np.int32)).mean()) > 100
        return VadDecision(quick=loud, speech=0.95 if loud else 0.02)

    def reset(self) -> None:
        """Keep nothing."""


def voice(pattern: str) -> Int16Array:
    return np.concatenate([frame(mark, number) for number, mark in enumerate(pattern)])


def played(sound: Sound, *, words: bool = True, language: str = "zh") -> tuple[Played, Int16Array]:
    scene, synthesizer = Scene([sound]), TracedSynthesizer()
    recognizer = SceneRecognizer(scene, language) if words else None
    run = rehearse(
        scenario(language),
        scene,
        seconds=7.0,
        engines=engines(synthesizer, LoudVad),
        recognizer=recognizer,
    )
    return run, synthesizer.spoken[0][1]


def kinds(run: Played) -> list[str]:
    wanted = (LineDucked, LineHeld, LineResumed, LineVoiced)
    return [event.type for _, event in run.events(*wanted)]


def test_a_sentence_silences_the_viewer_and_its_words_end_the_line() -> None:
    run, planned = played(sound := Sound(voice("#" * 60), at=2.0, line=1, text="等一下我先说完"))
    outcome = judge(run, sound, planned)
    assert kinds(run)[:3] == ["line_ducked", "line_held", "line_voiced"]
    assert outcome.cut_off
    assert outcome.duck_ms is not None
    assert outcome.duck_ms <= 80
    assert outcome.silent_ms is not None
    assert outcome.silent_ms <= 130
    assert outcome.frames_after_flush == 0
    line = next(event for _, event in run.events(LineVoiced) if isinstance(event, LineVoiced))
    held = next(event for _, event in run.events(LineHeld) if isinstance(event, LineHeld))
    assert line.heard_text == held.heard_text == "一二三四五六七八九十"
    assert line.end == pytest.approx(line.start + 2.0 + outcome.silent_ms / 1000, abs=0.03)


def test_a_backchannel_silences_the_viewer_for_a_moment_and_loses_nothing() -> None:
    run, planned = played(sound := Sound(voice("#" * 14), at=2.0, line=1, text="对"))
    outcome = judge(run, sound, planned)
    assert kinds(run)[:3] == ["line_ducked", "line_held", "line_resumed"]
    assert not outcome.cut_off
    assert outcome.held
    assert outcome.lost_ms == 0
    assert outcome.resume_ms is not None
    assert 0 < outcome.resume_ms <= 350
    assert [event.text for _, event in run.events(UtteranceHeard) if isinstance(event, UtteranceHeard)] == ["对"]


def test_without_a_recogniser_sound_alone_tells_a_sentence_from_a_syllable() -> None:
    sentence = Sound(voice("#" * 60), at=2.0, line=1)
    syllable = Sound(voice("#" * 14), at=2.0, line=1)
    assert judge(*swapped(sentence)).cut_off
    assert not judge(*swapped(syllable)).cut_off


def swapped(sound: Sound) -> tuple[Played, Sound, Int16Array]:
    run, planned = played(sound, words=False)
    return run, sound, planned


def test_a_run_is_the_same_every_time() -> None:
    first, _ = played(Sound(voice("#" * 30), at=2.0, line=1, text="等一下"))
    second, _ = played(Sound(voice("#" * 30), at=2.0, line=1, text="等一下"))
    assert first.records == second.records
    assert np.array_equal(first.sound(), second.sound())
    assert np.array_equal(first.microphone, second.microphone)


def test_sound_that_was_cut_out_or_left_silent_is_found_missing() -> None:
    run, planned = played(sound := Sound(voice("." * 10), at=2.0, line=1))
    assert judge(run, sound, planned).lost_ms == 0
    frames = list(run.frames)
    without = replace(run, frames=frames[:100] + frames[110:] + frames[-10:])
    assert judge(without, sound, planned).lost_ms == pytest.approx(200, abs=20)
    muted = replace(run, frames=frames[:100] + [np.zeros_like(frames[0])] * 10 + frames[110:])
    assert judge(muted, sound, planned).lost_ms == pytest.approx(200, abs=20)


def test_a_microphone_frame_holds_the_sounds_that_are_due_on_a_background() -> None:
    sounds = [Sound(np.full(EAR_FRAME, 1000, np.int16), at=1.01), Sound(np.full(10, 32000, np.int16), at=1.01)]
    run = rehearse(
        scenario("zh"),
        Scene(sounds, background=np.full(7, 5, np.int16)),
        seconds=1.1,
        engines=engines(TracedSynthesizer(), LoudVad),
    )
    assert set(run.microphone[:16_160].tolist()) == {5}
    assert run.microphone[16_160] == 32767
    assert run.microphone[16_170] == 1005
    assert run.microphone[16_160 + EAR_FRAME] == 5


@pytest.mark.slow
def test_a_case_runs_with_the_product_s_own_detector() -> None:
    case = Case("made", "made", "a", voice("#" * 60), after_sec=2.0, phase_ms=3.0)
    outcome, _ = run_case(case)
    assert outcome.lost_ms == 0
