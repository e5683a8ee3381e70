from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from audio.asr.sphinx_features import BANDS, CEPSTRA, FrontEnd, NoiseTracker
from coach.ports import EAR_RATE_HZ, Int16Array


def tones(seconds: float) -> Int16Array:
    """Tones that come and go over a faint noise."""
    t = np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ
    sound = 4000 * np.sin(2 * np.pi * (300 + 900 * t) * t) * (np.sin(2 * np.pi * 3 * t) > 0)
    return np.asarray(sound + np.random.default_rng(3).normal(0, 30, len(t)), np.int16)


@pytest.mark.parametrize("piece", [1, 159, 160, 777, 16_000])
def test_pieces_of_any_length_give_the_same_cepstra(piece: int) -> None:
    pcm = tones(0.4)
    whole = FrontEnd().feed(pcm)
    front = FrontEnd()
    pieces = [front.feed(pcm[at : at + piece]) for at in range(0, len(pcm), piece)]
    assert whole.shape == ((len(pcm) - 410) // 160 + 1, CEPSTRA)
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-4)


def test_silence_and_nothing_give_finite_numbers() -> None:
    assert FrontEnd().feed(np.empty(0, np.int16)).shape == (0, CEPSTRA)
    assert np.isfinite(FrontEnd().feed(np.zeros(EAR_RATE_HZ, np.int16))).all()
    assert np.isfinite(FrontEnd().feed(np.full(EAR_RATE_HZ, -32768, np.int16))).all()


def test_they_are_the_cepstra_that_pocketsphinx_makes(tmp_path: Path) -> None:
    sphinx = pytest.importorskip("pocketsphinx")
    pcm = tones(1.5)
    decoder = sphinx.Decoder(lm=None, mfclogdir=str(tmp_path), loglevel="FATAL")
    decoder.set_align_text("the")
    decoder.start_utt()
    decoder.process_raw(pcm.tobytes(), True, True)
    decoder.end_utt()
    data = next(tmp_path.iterdir()).read_bytes()
    theirs = np.frombuffer(data, ">f4", offset=struct.calcsize(">i")).reshape(-1, CEPSTRA)
    ours = FrontEnd().feed(pcm)
    assert len(theirs) - len(ours) in (0, 1)  # theirs pads the last frame with silence
    np.testing.assert_allclose(ours, theirs[: len(ours)], atol=0.01)


def test_steady_noise_is_turned_down_and_what_stands_out_is_kept() -> None:
    tracker = NoiseTracker()
    noise = np.full(BANDS, 1e6)
    for _ in range(500):
        quiet = tracker.clean(noise)
    loud = tracker.clean(noise * 1000)
    assert (quiet < 0.2 * noise).all()
    assert (loud > 300 * noise).all()
