from __future__ import annotations

import wave
from collections.abc import Iterator

import numpy as np
import pytest

from audio.vad import cascade, silero
from audio.vad.cascade import CascadeVad
from audio.vad.silero import SileroVad
from audio.vad.webrtc import NoiseFloor, WebRtcVad, level_db
from coach.errors import MissingPart
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Int16Array, VadDecision
from tests.data import audio_clip, manifest

CLIP = "en/librispeech_1688-142285-0002.wav"


@pytest.fixture
def without_silero(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine where faster-whisper, which ships the model, is not installed."""
    silero._session.cache_clear()
    monkeypatch.setattr(silero, "find_spec", lambda name: None)
    yield
    silero._session.cache_clear()


def frames(pcm: Int16Array) -> Int16Array:
    return pcm[: len(pcm) // EAR_FRAME * EAR_FRAME].reshape(-1, EAR_FRAME)


def decide(vad: CascadeVad, pcm: Int16Array) -> list[VadDecision]:
    return [vad.feed(frame) for frame in frames(pcm)]


def noise(level: float, seconds: float = 3.0) -> Int16Array:
    return np.random.default_rng(3).normal(0, level, round(seconds * EAR_RATE_HZ)).astype(np.int16)


def recording() -> Int16Array:
    with wave.open(str(audio_clip(CLIP))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def test_a_recorded_voice_is_speech_to_both() -> None:
    (start, end), *_ = next(clip.speech for clip in manifest() if clip.name == CLIP)
    vad = CascadeVad()
    assert vad.name == "webrtc+silero"
    decisions = decide(vad, recording())
    voiced = decisions[round(start / 0.02) + 5 : round(end / 0.02) - 5]
    before = decisions[: round(start / 0.02) - 3]
    assert np.mean([decision.speech > 0.5 for decision in voiced]) > 0.9
    assert np.mean([decision.quick for decision in voiced]) > 0.7
    assert before
    assert max(decision.speech for decision in before) < 0.5


@pytest.mark.parametrize("level", [0, 30, 300, 3000], ids=lambda level: f"sigma {level}")
def test_silence_and_noise_of_any_loudness_are_not_speech(level: int) -> None:
    decisions = decide(CascadeVad(), noise(level))
    assert max(decision.speech for decision in decisions) < 0.5
    assert not any(decision.quick for decision in decisions)


def test_reset_forgets_everything() -> None:
    pcm = recording()
    used, fresh = CascadeVad(), CascadeVad()
    decide(used, pcm[: 31 * EAR_FRAME])
    used.reset()
    assert decide(used, pcm) == decide(fresh, pcm)


def test_two_streams_share_the_network_but_not_their_state() -> None:
    pcm = recording()
    alone, beside, other = CascadeVad(), CascadeVad(), CascadeVad()
    expected = decide(alone, pcm)
    mixed = []
    for frame, disturbance in zip(frames(pcm), frames(noise(3000)), strict=False):
        other.feed(disturbance)
        mixed.append(beside.feed(frame))
    assert mixed == expected[: len(mixed)]


@pytest.mark.parametrize(
    "frame",
    [np.zeros(319, np.int16), np.zeros(512, np.int16), np.zeros((320, 1), np.int16), np.zeros(320, np.float32)],
    ids=["short", "long", "two dimensions", "float"],
)
def test_a_frame_of_another_shape_is_refused(frame: Int16Array) -> None:
    with pytest.raises(ValueError, match=r"int16 of shape \(320,\)"):
        CascadeVad().feed(frame)
    with pytest.raises(ValueError, match=r"int16 of shape \(320,\)"):
        WebRtcVad().feed(frame)
    if frame.shape != (512,):
        with pytest.raises(ValueError, match=r"int16 of shape \(512,\)"):
            SileroVad().feed(frame)


@pytest.mark.usefixtures("without_silero")
def test_without_silero_the_quick_one_serves_alone_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    vad = CascadeVad()
    assert vad.name == "webrtc"
    assert "faster-whisper" in caplog.text
    speech = [decision.speech for decision in decide(vad, recording())]
    assert max(speech) == 1.0
    assert max(decision.speech for decision in decide(CascadeVad(), noise(300))) == 0.0
    vad.reset()
    assert vad.feed(np.zeros(EAR_FRAME, np.int16)).speech == 0.0


@pytest.mark.usefixtures("without_silero")
def test_a_missing_model_says_how_to_get_it() -> None:
    with pytest.raises(MissingPart, match="uv sync --extra voice"):
        SileroVad()


def test_a_foreign_model_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("model") / "silero_vad_v6.onnx"
    path.write_bytes(b"not a network")
    silero._session.cache_clear()
    monkeypatch.setattr(silero, "model_path", lambda: path)
    with pytest.raises(MissingPart, match="is not the Silero v6 model"):
        SileroVad()
    assert cascade._silero_or_none() is None


def test_the_noise_floor_falls_at_once_and_rises_slowly() -> None:
    floor = NoiseFloor()
    quiet, loud = (np.full(EAR_FRAME, level, np.int16) for level in (33, 3277))  # -60 and -20 dBFS
    assert floor.above(loud) == 0.0
    assert floor.above(quiet) == 0.0
    assert floor.above(loud) == pytest.approx(40.0, abs=0.2)
    for _ in range(50 * 5):
        above = floor.above(loud)
    assert above == pytest.approx(25.0, abs=0.3)


@pytest.mark.parametrize(("pcm", "level"), [(np.full(9, 32767, np.int16), 0.0), (np.zeros(9, np.int16), -120.0)])
def test_level_is_in_dbfs(pcm: Int16Array, level: float) -> None:
    assert level_db(pcm) == pytest.approx(level, abs=0.01)
    assert level_db(np.empty(0, np.int16)) == -120.0
