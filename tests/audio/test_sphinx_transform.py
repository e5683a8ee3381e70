from __future__ import annotations

import numpy as np
import pytest

from audio.asr.sphinx_features import CEPSTRA, Cepstra
from audio.asr.sphinx_model import AcousticModel
from audio.asr.sphinx_speaker import Speaker, are_close, balanced_mean
from audio.asr.sphinx_transform import IDENTITY, Statistics, fit

PHONES, DENSITY = 4, 8
Row = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def small_model() -> AcousticModel:
    """A model of four phones, the Gaussians of each near its centre; slopes and curvatures may be anything."""
    rng = np.random.default_rng(1)
    means = rng.normal(0, 0.3, (PHONES, 3, DENSITY, CEPSTRA))
    means[:, 0] += rng.normal(0, 10, (PHONES, 1, CEPSTRA))
    variances = np.ones((PHONES, 3, DENSITY, CEPSTRA), np.float32)
    variances[:, 1:] = 400
    weights = np.full((3, PHONES, DENSITY), -np.log(DENSITY), np.float32)
    return AcousticModel(means.astype(np.float32), variances, weights)


def say(model: AcousticModel, frames: int, seed: int) -> tuple[Cepstra, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return an utterance as the model expects it, and the phone in each frame (each phone has one senone)."""
    rng = np.random.default_rng(seed)
    phones = np.repeat(rng.integers(0, PHONES, frames // 10), 10)
    centres = model.means[phones, 0, rng.integers(0, DENSITY, len(phones))]
    return np.asarray(centres + rng.normal(0, 1, centres.shape), np.float32), phones


def voice(seed: int) -> tuple[Row, Row]:
    """Return matrix and offset by which a voice bends what the model expects."""
    rng = np.random.default_rng(seed)
    return np.eye(CEPSTRA) + rng.normal(0, 0.08, (CEPSTRA, CEPSTRA)), rng.normal(0, 2, CEPSTRA)


def bend(cepstra: Cepstra, bent: tuple[Row, Row]) -> Cepstra:
    return np.asarray(cepstra @ bent[0].T + bent[1], np.float32)


def known(model: AcousticModel, bent: tuple[Row, Row], frames: int = 3_000) -> Speaker:
    cepstra, phones = say(model, frames, seed=5)
    statistics = Statistics()
    statistics.add(model, bend(cepstra, bent), phones, phones)
    speaker = Speaker()
    speaker.learn_voice(statistics)
    return speaker


def test_a_transform_makes_up_for_a_voice_it_has_heard() -> None:
    model, bent = small_model(), voice(2)
    fresh, _ = say(model, 500, seed=6)
    transform = known(model, bent).transform
    before, after = (
        float(np.abs(heard - fresh).mean()) for heard in (bend(fresh, bent), transform.apply(bend(fresh, bent)))
    )
    assert after < 0.5 * before
    assert fit(model, transform.apply(bend(fresh, bent))) + transform.log_volume > fit(model, bend(fresh, bent)) + 1


def test_a_few_frames_hardly_move_it() -> None:
    model, bent = small_model(), voice(2)
    little, much = known(model, bent, 10).transform, known(model, bent).transform
    assert np.abs(little.rows - IDENTITY.rows).max() < 0.5 * np.abs(much.rows - IDENTITY.rows).max()


def test_the_transform_of_one_voice_is_not_used_for_another() -> None:
    model = small_model()
    speaker = known(model, voice(2))
    fresh, _ = say(model, 300, seed=7)
    assert speaker.transform_for(model, bend(fresh, voice(2))) is speaker.transform
    assert speaker.transform_for(model, fresh) is IDENTITY
    assert Speaker().transform_for(model, fresh) is IDENTITY


def utterance(pause_frames: int) -> Cepstra:
    rng = np.random.default_rng(4)
    speech, pause = rng.normal(5, 1, (200, CEPSTRA)), rng.normal(-5, 1, (pause_frames, CEPSTRA))
    speech[:, 0] += 100
    pause[:, 0] += 20
    return np.asarray(np.concatenate((pause, speech)), np.float32)


@pytest.mark.parametrize("pause_frames", [20, 400])
def test_the_mean_does_not_depend_on_how_long_nobody_spoke(pause_frames: int) -> None:
    usual = balanced_mean(utterance(60))
    np.testing.assert_allclose(balanced_mean(utterance(pause_frames)), usual, atol=0.3)


def test_digital_silence_and_nothing_leave_a_mean() -> None:
    silence = np.full((100, CEPSTRA), -50, np.float32)
    assert (balanced_mean(silence) == 0).all()
    assert (balanced_mean(silence[:0]) == 0).all()
    np.testing.assert_allclose(balanced_mean(np.concatenate((silence, utterance(60)))), balanced_mean(utterance(60)))


def test_a_known_voice_has_its_mean_from_the_first_frame_on_and_a_new_one_moves_it() -> None:
    speaker = Speaker()
    speaker.learn_mean(utterance(60))
    assert speaker.is_known
    np.testing.assert_allclose(speaker.mean_of(utterance(60)[:30]), balanced_mean(utterance(60)))
    moved = speaker.mean_of(utterance(60) + 10)
    assert (moved > balanced_mean(utterance(60)) + 6).all()
    assert not are_close(moved, balanced_mean(utterance(60)), utterance(60))
